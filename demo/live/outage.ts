/** A server that does not answer: told once a minute instead of once an attempt, and asked by one instead of by everybody. */
import { ApiUnreachable, createApi } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import { setTimeout as sleep } from 'node:timers/promises'

export interface OutageOptions {
  /** Whether the server answers. */
  readonly isThere: () => Promise<boolean>
  /** Waits; rejects when the demo stops. */
  readonly pause: (ms: number) => Promise<unknown>
  readonly onAway: () => void
  readonly onBack: () => void
  /** An error of a server that is there. */
  readonly onError: (error: unknown) => void
}

export interface Outage {
  readonly isAway: boolean
  /** Tells the error, unless the server is away: then it is one of many of its kind. */
  take(error: unknown): void
}

export const askEveryMs = 1000
export const tellEveryMs = 60_000

/** `fetch` itself says no more than this. */
const isUnreachable = (error: unknown): boolean => error instanceof ApiUnreachable || (error instanceof TypeError && error.message === 'fetch failed')

export const isServerThere = (url: string): Promise<boolean> =>
  createApi({ baseUrl: url }).call(routes.setupState, { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    (error: unknown) => !(error instanceof ApiUnreachable),
  )

export const pauseUntil = (stopped: AbortSignal) => (ms: number): Promise<unknown> => sleep(ms, undefined, { signal: stopped })

export const watchOutage = ({ isThere, pause, onAway, onBack, onError }: OutageOptions): Outage => {
  let isAway = false
  const follow = async (first: unknown): Promise<void> => {
    for (let asked = 0; ; asked++) {
      await pause(askEveryMs)
      if (await isThere()) {
        isAway = false
        // Back before anybody was told: one call that went astray.
        return asked === 0 ? onError(first) : onBack()
      }
      if (asked % (tellEveryMs / askEveryMs) === 0) onAway()
    }
  }
  return {
    get isAway() {
      return isAway
    },
    take(error) {
      if (isAway) return
      if (!isUnreachable(error)) return onError(error)
      isAway = true
      follow(error).catch(() => undefined) // the demo stops, and nobody needs to know any more
    },
  }
}

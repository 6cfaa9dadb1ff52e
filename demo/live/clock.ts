/**
 * The demo's own clock: it runs `speed` times as fast as the wall's, and begins late in a morning whenever the demo is started, so
 * that it is a lively hour. What the server measures (offers, targets, wrap-up limits) keeps the time of the wall.
 */
import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { homeZone } from '../shifts.ts'
import { dayMs, instantOf, wallClock } from '../zone.ts'

const beginMinute = 10 * 60

export interface DemoClock {
  readonly speed: number
  /** Of the demo's day, epoch milliseconds. */
  now(): number
  /** Waits so long by the demo's day; false, and at once, when the demo stops. */
  pause(ms: number): Promise<boolean>
  readonly isStopped: boolean
  stop(): void
}

/** @param startedAt epoch milliseconds by the wall; the demo's day is this one */
export const startClock = (speed: number, startedAt: number): DemoClock => {
  const begin = instantOf(homeZone, Math.floor(wallClock(homeZone, startedAt) / dayMs) * dayMs + beginMinute * 60_000)
  const origin = performance.now()
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal) // everybody waits for it
  return {
    speed,
    now: () => begin + (performance.now() - origin) * speed,
    pause: (ms) =>
      sleep(Math.max(0, ms / speed), true, { signal: stopping.signal }).catch((error: unknown) => {
        if (stopping.signal.aborted) return false
        throw error
      }),
    get isStopped() {
      return stopping.signal.aborted
    },
    stop: () => stopping.abort(),
  }
}

/** The channel's settings: those of the last visit at once, the present ones when the page has time for them. */
import type { WidgetConfig } from '@otklik/contract/web-chat'
import { Unreachable, type Server } from './server.ts'
import type { Store } from './storage.ts'
import { retryMs, type Timers } from './timers.ts'

export interface SettingsDeps {
  readonly server: Pick<Server, 'config'>
  readonly local: Store
  readonly timers: Timers
  readonly random: () => number
  /** Null: the chat is not to be shown. */
  readonly onConfig: (config: WidgetConfig | null) => void
  /** After each try, with or without an answer. */
  readonly onSettled: () => void
  readonly report: (error: Error) => void
}

/** @returns loads; without an answer it tries again by itself, with what is known meanwhile */
export const createSettings = ({ server, local, timers, random, onConfig, onSettled, report }: SettingsDeps) => {
  let attempt = 0
  const again = (ms: number) => timers.after('config', ms, () => void load())
  const load = async (): Promise<void> => {
    try {
      const answer = await server.config()
      attempt = 0
      if (answer.ok) {
        local.set('config', JSON.stringify(answer.value))
        onConfig(answer.value)
      } else if (answer.code === 'rateLimited') again(answer.retryAfterSeconds * 1000)
      else {
        local.remove('config')
        onConfig(null)
        report(new Error(`Otklik: not shown here (${answer.code}). Check data-channel and the sites of the channel.`))
      }
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      // A site that is not listed gets no answer that a page may read, so this is all that its owner can be told; one that has had settings is listed.
      if (attempt === 1 && !local.get('config')) report(new Error('Otklik: no answer. Is this site listed?', { cause: error }))
      again(retryMs(attempt++, random, 1000, 30_000))
    }
    onSettled()
  }
  return load
}

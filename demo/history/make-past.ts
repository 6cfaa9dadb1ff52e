/** `--history`: writes a past while the server is down, has the server count it, and holds its figures against their targets. */
import type { Api } from '@otklik/client/http'
import type { Centre } from '../centre.ts'
import type { HistoryOptions } from '../options.ts'
import { withDatabaseOf, type OwnServer } from '../own-server.ts'
import { tellFindings } from '../print.ts'
import { homeZone } from '../shifts.ts'
import type { Texts } from '../texts/texts.ts'
import { dateOf } from '../zone.ts'
import { askServer, onlyFurther, waitUntilCounted } from './ask-server.ts'
import { compareFigures } from './figures.ts'
import { planPast, type Past } from './plan.ts'
import { lookAtStart, writePast } from './write.ts'

export interface MakePastOptions {
  readonly own: OwnServer
  readonly history: HistoryOptions
  readonly seed: number
  readonly centre: Centre
  readonly texts: Texts
  /** `start` answers the administrator's session. */
  readonly server: { stop(): Promise<unknown>; start(): Promise<Api> }
  readonly signal: AbortSignal
  readonly say: (line?: string) => void
}

/** `there`: written before, and left as it is; `stopped`: what is written so far is a shorter past. */
export type PastOutcome = 'met' | 'missed' | 'there' | 'contactsThere' | 'stopped'

const tellEvery = { days: 50, counts: 5 } as const

export const makePast = async (options: MakePastOptions): Promise<PastOutcome> => {
  const { own, history, seed, centre, texts, server, signal, say } = options
  const { terminal } = texts
  const start = await withDatabaseOf(own, lookAtStart)
  if (!start.ok) {
    if (start.reason === 'contactsThere') return 'contactsThere'
    say(terminal.historyThere(dateOf(homeZone, start.since.getTime())))
    return 'there'
  }
  if (start.retentionDays !== null && start.retentionDays < history.days) say(terminal.forgetting(start.retentionDays))
  const past = planPast({ ...history, seed, centre, texts, now: Date.now(), numbers: start.numbers })
  say(terminal.writing(history.days, past.contacts))
  await server.stop()
  await withDatabaseOf(own, (url) => writePast(url, untilStopped(past, signal), centre, start.numbers, progress(options)))
  if (signal.aborted) return 'stopped'
  const api = await server.start()
  const writtenAt = Date.now()
  let looks = 0
  const further = onlyFurther(past)
  await waitUntilCounted(api, writtenAt, (countedTo) => {
    if (looks++ % tellEvery.counts === 0 && further(Date.parse(countedTo))) say(terminal.counting(dateOf(homeZone, Date.parse(countedTo))))
    signal.throwIfAborted()
  })
  const { lines, missed } = tellFindings(compareFigures(history, await askServer(api, past)), centre.language, terminal)
  say()
  for (const line of lines) say(line)
  say()
  say(missed.length === 0 ? terminal.allMet : terminal.missed(missed))
  return missed.length === 0 ? 'met' : 'missed'
}

/** The same past, broken off between two days when the demo is stopped. */
const untilStopped = (past: Past, signal: AbortSignal): Past => ({
  ...past,
  *days() {
    for (const day of past.days()) {
      if (signal.aborted) return
      yield day
    }
  },
})

const progress = ({ texts, say }: MakePastOptions) => {
  const began = performance.now()
  let [days, contacts] = [0, 0]
  return (day: { readonly contacts: readonly unknown[] }) => {
    contacts += day.contacts.length
    if (++days % tellEvery.days === 0) say(texts.terminal.written(days, contacts, Math.round((performance.now() - began) / 1000)))
  }
}

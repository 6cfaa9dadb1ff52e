/**
 * Counts the log: from the cursor to the horizon in batches, each of them one transaction that adds the sums, keeps what is not
 * over, and moves the cursor. So every event is counted once, whoever counts, and whenever it was cut off. The process that
 * distributes contacts counts; what another one counted meanwhile is noticed by the cursor, and read again.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import { metricEventKinds, type MetricEvent } from '@otklik/metrics/event'
import { follow, forgetIssues, type Following } from '@otklik/metrics/follow'
import type { Database } from '../store/database.ts'
import { addFigures, keepLives, loadFiguresCursor, loadLives, moveFiguresCursor } from '../store/figures.ts'
import { loadEventsAfter, type Cursor } from '../store/log.ts'

export interface CountingOptions {
  readonly database: Pick<Database, 'reader' | 'transaction' | 'snapshot'>
  /** Whether this process is the one that counts. */
  readonly isLeading: () => boolean
  readonly onError: (error: unknown, doing: string) => void
  /** Events in one transaction; it holds the log's horizon back while it is written. */
  readonly batch?: number
}

/** Small ones beside the work of the day, which waits for none of them; large ones when there is a whole past to count. */
const batches = { near: 200, far: 1000 } as const
const nearRounds = 15
const pauseMs = 500
const pauseAfterFaultMs = 5000
const forgetMs = 3_600_000

const counted: ReadonlySet<string> = new Set(metricEventKinds)
/** A logged event is one of the figures' as it stands. */
export const isCounted = (event: LoggedEvent): event is Extract<LoggedEvent, { kind: MetricEvent['kind'] }> => counted.has(event.kind)

export class Counting {
  readonly #options: CountingOptions
  /** What is not over, as it was at the cursor. */
  #memory: { readonly following: Following; cursor: Cursor; forgottenAt: number } | undefined
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(options: CountingOptions) {
    this.#options = options
  }

  start(): void {
    this.#schedule(pauseMs)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#catchUp().then((isWell) => {
        if (!this.#stopped) this.#schedule(isWell ? pauseMs : pauseAfterFaultMs)
      })
    }, delayMs)
  }

  async #catchUp(): Promise<boolean> {
    try {
      for (let round = 0; !this.#stopped && this.#options.isLeading(); round++)
        if (!(await this.count(this.#options.batch ?? batches[round < nearRounds ? 'near' : 'far']))) break
      return true
    } catch (error) {
      this.#options.onError(error, 'counting figures')
      return false
    }
  }

  /** Counts one batch. @returns whether there may be more already; a few that have come meanwhile wait for the next turn */
  async count(batch: number = this.#options.batch ?? batches.far): Promise<boolean> {
    const { database } = this.#options
    const memory = (this.#memory ??= await this.#remember())
    const from = memory.cursor
    const events = await loadEventsAfter(database.reader, from, batch)
    const last = events.at(-1)
    if (!last) return false
    const { following } = memory
    // From here on the memory is ahead of what is written: it stands only when the transaction does.
    this.#memory = undefined
    // The log is in the order of transactions; what befell one contact is in the order of its numbers.
    const inTurn = events.filter(isCounted).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    const increments = inTurn.flatMap((event) => follow(following, event))
    const now = last.at.getTime()
    const forgets = now - memory.forgottenAt > forgetMs
    if (forgets) forgetIssues(following, now)
    const to: Cursor = { generation: from.generation, tx: last.tx, id: last.id }
    const isOurs = await database.transaction(async (tx) => {
      if (!(await moveFiguresCursor(tx, from, to))) return false
      await addFigures(tx, increments)
      await keepLives(tx, following)
      return true
    })
    if (!isOurs) return true
    for (const ids of Object.values(following.touched)) ids.clear()
    this.#memory = { following, cursor: to, forgottenAt: forgets ? now : memory.forgottenAt }
    return events.length === batch
  }

  async #remember() {
    const { database } = this.#options
    return database.snapshot(async (reader) => ({ following: await loadLives(reader), cursor: await loadFiguresCursor(reader), forgottenAt: 0 }))
  }
}

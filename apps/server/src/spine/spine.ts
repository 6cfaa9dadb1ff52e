/**
 * The spine: every committed event reaches every follower of this process.
 *
 * Fast path: events of this process's own transactions are handed over right after their commit. Truth: a loop reads the
 * log up to the horizon, so that events of other processes, and of a commit whose answer was lost, arrive too. Followers
 * get each event once (duplicates are dropped by id); the cursor advances by the horizon only.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import type { Reader } from '../store/database.ts'
import { comparePlaces, loadEventsAfter, loadHorizon, type Cursor } from '../store/log.ts'

export type Follower = (events: readonly LoggedEvent[]) => void

export interface SpineOptions {
  readonly reader: Reader
  /** How often the log is read when nobody pokes, milliseconds. */
  readonly pollMs: number
  readonly batch?: number
  readonly onError: (error: unknown) => void
}

/** Transactions that another node may have seen before this one. */
const furthestAhead = 100_000n

/** How many events a process keeps for sockets that resume. */
const keptEvents = 20_000

export class Spine {
  readonly #options: SpineOptions
  /** Those who decide, then those who tell. */
  readonly #followers = { first: new Set<Follower>(), later: new Set<Follower>() }
  readonly #cursorListeners = new Set<(cursor: Cursor) => void>()
  /** Handed over by the fast path and not yet passed by the cursor. */
  readonly #early = new Map<string, LoggedEvent>()
  /** The newest events behind the cursor, in the log's order. */
  #kept: LoggedEvent[] = []
  #keptFrom: Cursor | undefined
  #cursor: Cursor | undefined
  #timer: NodeJS.Timeout | undefined
  #reading: Promise<void> | undefined
  #again = false
  #stopped = false
  /** When the log was last read to its horizon; lag is now minus this. */
  lastReadAt = 0

  constructor(options: SpineOptions) {
    this.#options = options
  }

  get cursor(): Cursor {
    if (!this.#cursor) throw new Error('the spine has not started')
    return this.#cursor
  }

  /** Starts reading at the present horizon. */
  async start(): Promise<void> {
    this.#cursor = this.#keptFrom = await loadHorizon(this.#options.reader)
    this.lastReadAt = Date.now()
    this.#schedule()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#reading
  }

  /** @param turn `first`, before all the others: whoever decides goes on working while the rest is being told */
  follow(follower: Follower, turn: 'first' | 'later' = 'later'): () => void {
    this.#followers[turn].add(follower)
    return () => this.#followers[turn].delete(follower)
  }

  /** Tells when the cursor has moved: everything before it was handed over. */
  onCursor(listener: (cursor: Cursor) => void): () => void {
    this.#cursorListeners.add(listener)
    return () => this.#cursorListeners.delete(listener)
  }

  /** The fast path: events of a transaction that has just committed. */
  publish(events: readonly LoggedEvent[]): void {
    // What the log has brought already, before its own commit was answered, lies behind the cursor.
    const fresh = events.filter((event) => !this.#early.has(event.id) && comparePlaces(event, this.cursor) > 0)
    for (const event of fresh) this.#early.set(event.id, event)
    if (fresh.length > 0) this.#hand(fresh)
  }

  /** Reads now: another process says that there is something. */
  poke(): void {
    if (this.#reading) this.#again = true
    else this.#schedule(0)
  }

  /**
   * Events after a cursor, for a socket that resumes, with those of the fast path that the cursor has not passed.
   * Undefined when the cursor is of another generation or too old: the client must fetch its state anew.
   */
  eventsAfter(cursor: Cursor): LoggedEvent[] | undefined {
    const from = this.#keptFrom
    if (!from || cursor.generation !== from.generation || comparePlaces(cursor, from) < 0) return undefined
    // Another node may be a little ahead of this one; a cursor from far ahead is of a log that is gone.
    if (BigInt(cursor.tx) - BigInt(this.cursor.tx) > furthestAhead) return undefined
    let start = this.#kept.length
    while (start > 0 && comparePlaces(this.#kept[start - 1] as LoggedEvent, cursor) > 0) start--
    return [...this.#kept.slice(start), ...this.#early.values()]
  }

  #schedule(delayMs = this.#options.pollMs): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#reading = this.#catchUp()
        .catch(this.#options.onError)
        .finally(() => {
          this.#reading = undefined
          const soon = this.#again
          this.#again = false
          this.#schedule(soon ? 0 : undefined)
        })
    }, delayMs)
  }

  async #catchUp(): Promise<void> {
    // Few at once: when a long transaction ends there are many, and whoever is waiting for an answer does not wait for all of them.
    const { reader, batch = 250 } = this.#options
    // The horizon is taken before the rows: what commits in between is read the next time.
    const horizon = await loadHorizon(reader)
    if (horizon.generation !== this.cursor.generation) {
      this.#cursor = this.#keptFrom = horizon
      this.#kept = []
      this.#early.clear()
      for (const listener of this.#cursorListeners) listener(horizon)
      return
    }
    for (;;) {
      const events = await loadEventsAfter(reader, this.cursor, batch)
      const last = events.at(-1)
      const fresh = events.filter((event) => !this.#early.delete(event.id))
      this.#keep(events)
      if (fresh.length > 0) this.#hand(fresh)
      if (last) this.#advance({ generation: horizon.generation, tx: last.tx, id: last.id })
      if (events.length < batch) break
    }
    if (comparePlaces(this.cursor, horizon) < 0) this.#advance(horizon)
    this.lastReadAt = Date.now()
  }

  #advance(cursor: Cursor): void {
    this.#cursor = cursor
    for (const listener of this.#cursorListeners) listener(cursor)
  }

  #keep(events: readonly LoggedEvent[]): void {
    this.#kept.push(...events)
    if (this.#kept.length <= keptEvents * 1.5) return
    const dropped = this.#kept.splice(0, this.#kept.length - keptEvents).at(-1)
    if (dropped) this.#keptFrom = { generation: this.cursor.generation, tx: dropped.tx, id: dropped.id }
  }

  #hand(events: readonly LoggedEvent[]): void {
    for (const follower of [...this.#followers.first, ...this.#followers.later]) {
      try {
        follower(events)
      } catch (error) {
        this.#options.onError(error) // one follower's bug must not starve the others
      }
    }
  }
}

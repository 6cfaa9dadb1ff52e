/**
 * The router: leads by a lease, keeps the waiting room, turns its decisions into claims.
 *
 *  standby ──lease acquired──▶ rebuilding ──▶ leading ──lease lost, stop──▶ standby
 *
 * While leading there is one claim statement in flight at most; what is decided during it goes into the next (natural
 * batching). Everything that it writes carries the epoch, so a leader that was frozen and wakes up late writes nothing.
 */
import { randomUUID } from 'node:crypto'
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, OfferId } from '@otklik/model/ids'
import type { Decision } from '@otklik/routing/decision'
import { recordMissedOffer } from '../actions/answer-offer.ts'
import type { Deps } from '../actions/deps.ts'
import { turnOverflows, turnQueues } from '../actions/settings/queue-routing.ts'
import { claimContacts, type Claim } from '../store/claims.ts'
import type { Database } from '../store/database.ts'
import { acquireLease, fenceLease, leaseSeconds, releaseLease, renewLease } from '../store/lease.ts'
import { appendEvent } from '../store/log.ts'
import { loadRoutingAgents, loadRoutingContacts, loadRoutingQueues } from '../store/routing-rows.ts'
import { loadWaitingSteps } from '../store/waiting-steps.ts'
import type { Follower } from '../spine/spine.ts'
import { traceOf } from './trace.ts'
import { WaitingRoom, type Outlook } from './waiting-room.ts'

export interface RouterOptions {
  readonly deps: Deps
  readonly database: Pick<Database, 'reader' | 'snapshot' | 'statement'>
  readonly follow: (follower: Follower) => () => void
  /** Work that only the leader does, each second: contacts whose time is over, agents who are lost. */
  readonly sweep: (epoch: number) => Promise<void>
  readonly onError: (error: unknown, doing: string) => void
  readonly onLeading: (leading: boolean, epoch: number | undefined) => void
}

type Offer = Extract<Decision, { kind: 'offer' }>

const largestBatch = 64
const renewMs = 1000

export class Router {
  readonly #options: RouterOptions
  readonly #holder = randomUUID()
  #epoch: number | undefined
  #room: WaitingRoom | undefined
  /** Events that came while the rows were being loaded. */
  #buffer: LoggedEvent[] = []
  #pending: Offer[] = []
  #claiming = false
  #loading = false
  #sweeping = false
  #rebuilding: Promise<void> | undefined
  /** What goes on beside the lease and the log. */
  readonly #underWay = new Set<Promise<void>>()
  #renewTimer: NodeJS.Timeout | undefined
  #dueTimer: NodeJS.Timeout | undefined
  #unfollow: (() => void) | undefined
  #stopped = false
  #beating: Promise<void> | undefined
  #leaseUntil = 0

  constructor(options: RouterOptions) {
    this.#options = options
  }

  get leading(): boolean {
    return this.#room !== undefined
  }

  start(): void {
    this.#unfollow = this.#options.follow((events) => this.#onEvents(events))
    this.#beat()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#renewTimer)
    await this.#beating
    await this.#rebuilding
    const epoch = this.#epoch
    this.#stepDown()
    this.#unfollow?.()
    if (epoch !== undefined) await releaseLease(this.#options.database.reader, this.#holder, epoch)
    // Without the lease it comes to its end soon; nothing of it happens after this.
    await Promise.all(this.#underWay)
  }

  /** Places of waiting contacts and what may be said of their waits, when this process leads. */
  outlooks(): Map<ContactId, Outlook> | undefined {
    return this.#room && new Map(this.#room.outlooks(this.#options.deps.now().getTime()))
  }

  // ---- leadership ----

  #beat(): void {
    this.#beating = this.#renewOrAcquire()
      .catch((error: unknown) => {
        this.#options.onError(error, 'keeping the lease')
        // No answer for longer than the lease: somebody else may lead by now, and our claims are refused.
        if (performance.now() > this.#leaseUntil) this.#stepDown()
      })
      .finally(() => {
        if (!this.#stopped) this.#renewTimer = setTimeout(() => this.#beat(), renewMs)
      })
  }

  async #renewOrAcquire(): Promise<void> {
    const { reader } = this.#options.database
    const askedAt = performance.now()
    if (this.#epoch !== undefined) {
      if (!(await renewLease(reader, this.#holder, this.#epoch))) return this.#stepDown()
      this.#leaseUntil = askedAt + leaseSeconds * 1000
      if (!this.#room) return this.#rebuildBeside(this.#epoch) // the last try failed: nobody else may lead meanwhile
      this.#arm() // the clock may have jumped: a laptop that slept, a time server
      this.#beside(this.#sweep(this.#epoch, this.#room))
      return
    }
    const epoch = await acquireLease(reader, this.#holder)
    if (epoch === undefined) return
    this.#epoch = epoch
    this.#leaseUntil = askedAt + leaseSeconds * 1000
    this.#rebuildBeside(epoch)
  }

  /** Beside the lease, never in its way: with many contacts it takes longer than the lease lasts. */
  #rebuildBeside(epoch: number): void {
    this.#rebuilding ??= this.#rebuild(epoch)
      .catch((error: unknown) => this.#options.onError(error, 'loading everything for the router'))
      .finally(() => (this.#rebuilding = undefined))
  }

  /** Work that reports its own failures. */
  #beside(work: Promise<void>): void {
    const entry = work.finally(() => this.#underWay.delete(entry))
    this.#underWay.add(entry)
  }

  /** Beside the lease, as well: a long sweep must not cost the leadership. */
  async #sweep(epoch: number, room: WaitingRoom): Promise<void> {
    if (this.#sweeping) return
    this.#sweeping = true
    const { deps } = this.#options
    try {
      const turns = room.turnsDue(deps.now().getTime())
      if (turns.length > 0) await turnQueues(deps, turns, (tx) => fenceLease(tx, epoch))
      const overflows = room.overflowsDue(deps.now().getTime())
      if (overflows.length > 0) await turnOverflows(deps, overflows, (tx) => fenceLease(tx, epoch))
      await this.#options.sweep(epoch)
    } catch (error) {
      this.#options.onError(error, 'sweeping')
    } finally {
      this.#sweeping = false
    }
  }

  #stepDown(): void {
    const led = this.#epoch !== undefined
    this.#epoch = undefined
    this.#room = undefined
    this.#pending = []
    this.#buffer = []
    clearTimeout(this.#dueTimer)
    if (led) this.#options.onLeading(false, undefined)
  }

  /** Fills a new waiting room from one snapshot; what was logged meanwhile is compared by version and follows. */
  async #rebuild(epoch: number): Promise<void> {
    const { deps, database } = this.#options
    this.#buffer = []
    const rows = await database.snapshot(async (reader) => ({
      queues: await loadRoutingQueues(reader),
      agents: await loadRoutingAgents(reader),
      contacts: await loadRoutingContacts(reader, deps.now()),
    }))
    if (this.#epoch !== epoch) return
    await deps.transaction((tx) => appendEvent(tx, deps.now(), 'router.started', this.#holder, { epoch }))
    if (this.#epoch !== epoch) return
    const room = new WaitingRoom()
    const now = deps.now().getTime()
    const decisions = [...room.take(rows, now), ...room.start(now)]
    this.#room = room
    this.#options.onLeading(true, epoch)
    this.#perform(decisions)
    this.#onEvents(this.#buffer.splice(0))
    this.#beside(this.#recall(room, now))
  }

  /** How long people waited before this process led; beside everything else, a queue at a time: nobody waits for it. */
  async #recall(room: WaitingRoom, began: number): Promise<void> {
    try {
      for (const queueId of room.queueIds) {
        if (room !== this.#room) return
        room.learn(queueId, await loadWaitingSteps(this.#options.database.reader, queueId, began))
      }
    } catch (error) {
      this.#options.onError(error, 'reading back how long people waited') // it is learned anew
    }
  }

  // ---- following and deciding ----

  #onEvents(events: readonly LoggedEvent[]): void {
    const room = this.#room
    if (!room) {
      if (this.#epoch !== undefined) this.#buffer.push(...events)
      return
    }
    const now = this.#options.deps.now().getTime()
    this.#perform(events.flatMap((event) => room.follow(event, now)))
  }

  #perform(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (decision.kind === 'offer') this.#pending.push(decision)
      if (decision.kind === 'expire') this.#beside(this.#recordMiss(decision.contactId, decision.agentId))
    }
    this.#beside(this.#claim())
    this.#beside(this.#loadMissing())
    this.#arm()
  }

  #arm(): void {
    clearTimeout(this.#dueTimer)
    const due = this.#room?.nextDueAt()
    if (due === undefined) return
    const wait = Math.max(0, Math.min(due - this.#options.deps.now().getTime(), 60_000))
    this.#dueTimer = setTimeout(() => {
      const room = this.#room
      if (room) this.#perform(room.tick(this.#options.deps.now().getTime()))
    }, wait)
  }

  // ---- claims ----

  async #claim(): Promise<void> {
    if (this.#claiming) return
    this.#claiming = true
    try {
      while (this.#pending.length > 0 && this.#room) await this.#claimBatch(this.#room)
    } finally {
      this.#claiming = false
    }
  }

  async #claimBatch(room: WaitingRoom): Promise<void> {
    const { deps, database } = this.#options
    const epoch = this.#epoch
    if (epoch === undefined) return
    const batch = this.#pending.splice(0, largestBatch)
    const at = deps.now()
    const claims: Claim[] = batch.flatMap((offer) => {
      const terms = room.claimTerms(offer.contactId, offer.agentId, offer.trace.queueId)
      if (!terms) return []
      return [
        {
          contactId: offer.contactId,
          agentId: offer.agentId,
          contactVersion: terms.contactVersion,
          agentVersion: terms.agentVersion,
          offerId: deps.newId(),
          expiresAt: new Date(at.getTime() + terms.queue.definition.offerSeconds * 1000),
          trace: traceOf(offer.trace, terms.queue, at),
        },
      ]
    })
    let won: readonly LoggedEvent[] = []
    try {
      const statement = await database.statement(async (reader) => ({ events: await claimContacts(reader, epoch, claims, at) }))
      won = statement.events
    } catch (error) {
      // No answer is neither yes nor no: both rows are loaded before anything else is decided about them.
      this.#options.onError(error, 'claiming')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    if (room !== this.#room) return
    // The events of won pairs have reached the engine already, through the spine, when the statement answered.
    const wonContacts = new Set(won.flatMap((event) => (event.kind === 'contact.offered' ? [event.payload.contactId] : [])))
    const now = deps.now().getTime()
    this.#perform(batch.filter((offer) => !wonContacts.has(offer.contactId)).flatMap((offer) => room.claimLost(offer.contactId, offer.agentId, now)))
  }

  async #recordMiss(contactId: ContactId, agentId: AgentId): Promise<void> {
    const { deps, database, onError } = this.#options
    const epoch = this.#epoch
    if (epoch === undefined) return
    try {
      const row = await database.reader.db
        .selectFrom('contactRouting')
        .select('offerId')
        .where('contactId', '=', contactId)
        .where('agentId', '=', agentId)
        .executeTakeFirst()
      if (!row?.offerId) return
      const answer = { contactId, agentId, offerId: row.offerId as OfferId }
      await recordMissedOffer(deps, answer, (tx) => fenceLease(tx, epoch))
    } catch (error) {
      onError(error, 'recording a missed offer') // the sweep finds it again
    }
  }

  // ---- rows that are missing ----

  async #loadMissing(): Promise<void> {
    const room = this.#room
    if (!room || this.#loading) return
    this.#loading = true
    try {
      while (room === this.#room) {
        const contacts = [...room.missing.contacts]
        const agents = [...room.missing.agents]
        const queues = [...room.missing.queues]
        if (contacts.length + agents.length + queues.length === 0) return
        room.missing.contacts.clear()
        room.missing.agents.clear()
        room.missing.queues.clear()
        const rows = await this.#options.database.snapshot(async (reader) => ({
          queues: queues.length > 0 ? await loadRoutingQueues(reader, queues) : [],
          agents: agents.length > 0 ? await loadRoutingAgents(reader, agents) : [],
          contacts: contacts.length > 0 ? await loadRoutingContacts(reader, this.#options.deps.now(), contacts) : [],
        }))
        if (room !== this.#room) return
        const found = new Set(rows.contacts.map(({ row }) => row.contactId))
        const now = this.#options.deps.now().getTime()
        const decisions = [...room.take(rows, now), ...room.forget(contacts.filter((id) => !found.has(id)), now)]
        this.#perform(decisions)
      }
    } catch (error) {
      this.#options.onError(error, 'loading rows for the router')
      this.#stepDown() // a room that cannot be trusted is rebuilt
    } finally {
      this.#loading = false
    }
  }
}

/**
 * The engine with the versions of the rows that it believes. One waiting room lives as long as one epoch of the lease:
 * it is filled from a snapshot, follows the log, and is thrown away when leadership ends.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import type { Decision } from '@otklik/routing/decision'
import { apply, beingOffered, createRouting, nextDueAt, positions, staffingOf, type Routing } from '@otklik/routing/engine'
import type { SaidWait } from '@otklik/routing/expected-wait'
import { isOpenAt, opensAt } from '@otklik/model/opening-hours'
import type { AgentRow, ContactRow, RoutingInput } from '@otklik/routing/input'
import type { RoutingQueue, Versioned } from '../store/routing-rows.ts'
import type { WaitingStep } from '../store/waiting-steps.ts'
import { judge, translateEvent } from './follow.ts'
import { Foretelling } from './foretelling.ts'

/** Rows that must be loaded before the engine can go on with them. */
export interface Missing {
  readonly contacts: Set<ContactId>
  readonly agents: Set<AgentId>
  readonly queues: Set<QueueId>
}

export interface Rows {
  readonly queues: readonly RoutingQueue[]
  readonly agents: readonly Versioned<AgentRow>[]
  readonly contacts: readonly Versioned<ContactRow>[]
}

export interface Outlook {
  readonly position: number
  readonly wait: SaidWait | { readonly kind: 'closed'; readonly opensAt: number | undefined } | { readonly kind: 'nobody' } | { readonly kind: 'notReady' } | undefined
}

/** An overflow ends when the expected wait is this part of what began it. */
const shortAgain = 0.7

export class WaitingRoom {
  readonly #routing: Routing = createRouting()
  readonly #contactVersions = new Map<ContactId, number>()
  readonly #agentVersions = new Map<AgentId, number>()
  readonly #queues = new Map<QueueId, RoutingQueue>()
  readonly #foretelling = new Foretelling()
  readonly missing: Missing = { contacts: new Set(), agents: new Set(), queues: new Set() }

  /** Takes loaded rows: all of them at the start, or those that were missing. Rows older than what is known are passed over. */
  take(rows: Rows, now: number): Decision[] {
    return [
      ...rows.queues.flatMap((queue) => {
        this.#queues.set(queue.definition.queueId, queue)
        this.#foretelling.turn(queue.definition.queueId, queue.definition.open, now)
        return this.#apply({ kind: 'setQueue', queue: queue.definition }, now)
      }),
      ...rows.agents.flatMap(({ row, version }) => {
        if (version < (this.#agentVersions.get(row.agentId) ?? 0)) return []
        this.#agentVersions.set(row.agentId, version)
        return this.#apply({ kind: 'syncAgent', agent: row }, now)
      }),
      ...rows.contacts.flatMap(({ row, version }) => {
        if (version < (this.#contactVersions.get(row.contactId) ?? 0)) return []
        this.#contactVersions.set(row.contactId, version)
        this.#foretelling.believe(row, now)
        return this.#apply({ kind: 'syncContact', contact: row }, now)
      }),
    ]
  }

  /** These contacts were looked for and have no row: they are closed. */
  forget(contactIds: Iterable<ContactId>, now: number): Decision[] {
    return [...contactIds].flatMap((contactId) => {
      this.#contactVersions.delete(contactId)
      this.#foretelling.forget(contactId)
      return this.#apply({ kind: 'syncContact', contact: closedRow(contactId) }, now)
    })
  }

  /** The rebuild is complete. */
  start(now: number): Decision[] {
    return this.#apply({ kind: 'start' }, now)
  }

  tick(now: number): Decision[] {
    return this.#apply({ kind: 'tick' }, now)
  }

  /** Queues whose hour it is to open or to close. */
  turnsDue(now: number): { queueId: QueueId; open: boolean }[] {
    return [...this.#queues.values()].flatMap(({ definition, hours }) => {
      const open = hours ? isOpenAt(hours, now) : definition.open
      return open === definition.open ? [] : [{ queueId: definition.queueId, open }]
    })
  }

  /** Queues whose expected wait has grown too long, or is short again; between the two nothing turns, so that it does not flicker. */
  overflowsDue(now: number): { queueId: QueueId; overflowing: boolean }[] {
    return [...this.#queues.values()].flatMap(({ definition: { queueId }, overflow }) => {
      if (!overflow) return []
      const seconds = this.#foretelling.pressure(queueId, now)
      const overflowing = overflow.overflowing ? seconds > overflow.overSeconds * shortAgain : seconds > overflow.overSeconds
      return overflowing === overflow.overflowing ? [] : [{ queueId, overflowing }]
    })
  }

  get queueIds(): readonly QueueId[] {
    return [...this.#queues.keys()]
  }

  /** What happened in a queue before this room was filled: only waits are learned from it. */
  learn(queueId: QueueId, steps: readonly WaitingStep[]): void {
    this.#foretelling.learn(queueId, steps, this.#queues.get(queueId)?.hours ?? null)
  }

  nextDueAt(): number | undefined {
    return nextDueAt(this.#routing)
  }

  /** Each waiting contact's place by arrival, and what may be said of its wait; the first place while an agent is being asked. */
  *outlooks(now: number): Iterable<readonly [ContactId, Outlook]> {
    const closed = new Map<QueueId, Outlook['wait']>()
    for (const { definition, hours } of this.#queues.values())
      if (hours && !definition.open) closed.set(definition.queueId, { kind: 'closed', opensAt: opensAt(hours, now) })
    for (const [contactId, position] of positions(this.#routing)) {
      const queueId = this.#foretelling.queueOf(contactId)
      yield [contactId, { position, wait: (queueId && closed.get(queueId)) ?? this.#promise(contactId, position, now) }]
    }
    for (const contactId of beingOffered(this.#routing)) yield [contactId, { position: 1, wait: undefined }]
  }

  /** A time is said only while somebody is available who may be asked: who is on a break keeps no promise of ours. */
  #promise(contactId: ContactId, position: number, now: number): Outlook['wait'] {
    const staffing = staffingOf(this.#routing, contactId)
    if (staffing === 'available') return this.#foretelling.say(contactId, position, now)
    return { kind: staffing === 'notReady' ? 'notReady' : 'nobody' }
  }

  /** The next step of the log. What does not follow on from what is known is put on the list of missing rows. */
  follow(event: LoggedEvent, now: number): Decision[] {
    const touched = translateEvent(event)
    if (!touched) return []
    if (touched.queueChanged) {
      this.missing.queues.add(touched.queueChanged)
      return []
    }
    const { contact, agent } = touched
    const freshness = judge(
      touched,
      contact ? (this.#contactVersions.get(contact.id) ?? 0) : 0,
      agent ? (this.#agentVersions.get(agent.id) ?? 0) : 0,
    )
    if (freshness === 'seen') return []
    if (freshness === 'gap' || touched.profileChanged || touched.reload) {
      this.#foretelling.follow(event)
      if (contact) this.missing.contacts.add(contact.id)
      if (agent) this.missing.agents.add(agent.id)
      return []
    }
    this.#foretelling.follow(event)
    if (contact) this.#contactVersions.set(contact.id, contact.version)
    if (agent) this.#agentVersions.set(agent.id, agent.version)
    if (event.kind === 'contact.closed') this.#contactVersions.delete(event.payload.contactId)
    return touched.input ? this.#apply(touched.input, now) : []
  }

  /** The versions that a claim of this pair is conditional on, and the queue, which says how long its offer stands. */
  claimTerms(contactId: ContactId, agentId: AgentId, queueId: QueueId) {
    const contactVersion = this.#contactVersions.get(contactId)
    const agentVersion = this.#agentVersions.get(agentId)
    const queue = this.#queues.get(queueId)
    return contactVersion === undefined || agentVersion === undefined || queue === undefined ? undefined : { contactVersion, agentVersion, queue }
  }

  /** The database did not take the pair: its rows have moved on and are loaded anew. */
  claimLost(contactId: ContactId, agentId: AgentId, now: number): Decision[] {
    this.missing.contacts.add(contactId)
    this.missing.agents.add(agentId)
    return this.#apply({ kind: 'claimLost', contactId, agentId }, now)
  }

  #apply(input: RoutingInput, now: number): Decision[] {
    const decisions = apply(this.#routing, input, now)
    for (const decision of decisions) {
      if (decision.kind !== 'reload') continue
      if (decision.contactId) this.missing.contacts.add(decision.contactId)
      if (decision.agentId) this.missing.agents.add(decision.agentId)
    }
    return decisions
  }
}

const closedRow = (contactId: ContactId): ContactRow => ({
  contactId,
  state: 'closed',
  queueId: '' as QueueId,
  channel: 'chat',
  language: null,
  arrivedAt: 0,
  seq: 0,
  agentId: null,
  offerExpiresAt: null,
  reservedFor: null,
  exclusions: [],
})

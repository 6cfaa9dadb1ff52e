/**
 * A small centre that lives by chance: it commits transitions to the oracle as the database would, tells the engine,
 * and answers the engine's decisions. Everything follows from the numbers of its steps, so a run can be shrunk and
 * repeated.
 */
import { agentIds, at, languages, queueIds, someAgent, someQueue } from './chance.test-support.ts'
import { commit, rowOfAgent, rowOfContact } from './database.test-support.ts'
import type { Decision } from './decision.ts'
import { apply, createRouting, nextDueAt, type Routing, snapshot } from './engine.ts'
import { type ContactRow, routedChannels, type RoutingInput } from './input.ts'
import { judgeBeliefs, judgeIndex, judgeOffer, judgeRest } from './judge.test-support.ts'
import { hold, Oracle, type OracleAgent, type OracleContact } from './oracle.test-support.ts'
import type { AgentId, ContactId } from '@otklik/model/ids'

/** What to do, and three numbers that choose among what is possible. */
export type Step = { readonly act: number; readonly a: number; readonly b: number; readonly c: number }

/** Whatever is due runs in one call, so that the state after each call can be judged. */
const unsliced = { timersPerApply: Infinity }

export class World {
  readonly oracle = new Oracle()
  readonly log: { input: RoutingInput; now: number; decisions: string }[] = []
  /** The engine and, after a rebuild, the rebuilt one beside it. */
  readonly engines: Routing[] = [createRouting(unsliced)]
  private seq = 0
  private ticket = 0
  private claims: { contactId: ContactId; agentId: AgentId }[] = []
  private steps = 0
  /** Whether each decision is compared with brute force, or only what must hold in the end. */
  private exact = true

  constructor() {
    queueIds.forEach((_, i) => this.tell({ kind: 'setQueue', queue: someQueue(i, i * 7 + 1, i * 5) }))
    agentIds.forEach((_, i) => {
      this.tell({ kind: 'setAgent', agent: someAgent(i, i * 11 + 3, i * 3 + 1) })
      this.tell({ kind: 'available', agentId: agentIds[i]!, ...this.fresh() })
    })
    this.tell({ kind: 'start' })
  }

  run(step: Step): void {
    this.act(step)
    if (++this.steps % 4 === 0) for (const engine of this.engines) judgeIndex(engine)
  }

  /** The same inputs at the same instants lead a fresh engine to the same decisions. */
  replay(): void {
    const engine = createRouting(unsliced)
    for (const { input, now, decisions } of this.log) {
      const again = JSON.stringify(apply(engine, input, now))
      hold('replay gives the same decisions', again === decisions, () => `${input.kind}: ${again} for ${decisions}`)
    }
  }

  /** Builds an engine from the rows, as the shell does at start; it follows beside the running one from now on. */
  rebuild(): void {
    // A claim in flight has no row: let them all come back first.
    while (this.claims.length > 0) this.answerClaim(0, true)
    const { oracle } = this
    // The other way of searching a tier must lead to the same decisions.
    const engine = createRouting({ ...unsliced, wideTier: 1 })
    const feed = (input: RoutingInput): Decision[] => apply(engine, input, oracle.now)
    for (const queue of oracle.queues.values()) feed({ kind: 'setQueue', queue })
    for (const agent of [...oracle.agents.values()].sort((x, y) => x.ticket - y.ticket)) {
      feed({ kind: 'syncAgent', agent: rowOfAgent(agent) })
    }
    const contacts = [...oracle.contacts.values()].sort((x, y) => x.arrivedAt - y.arrivedAt || x.seq - y.seq)
    for (const contact of contacts) feed({ kind: 'syncContact', contact: rowOfContact(contact) })
    const decisions = feed({ kind: 'start' })
    hold('rebuilt engine = running engine', decisions.length === 0, () => JSON.stringify(decisions))
    this.same(engine)
    // Offers whose time was over before are said to be over once more.
    const overdue = feed({ kind: 'tick' }).map((decision) => `${decision.kind} ${decision.contactId}`)
    const expired = contacts.filter((contact) => contact.expired).map(({ contactId }) => `expire ${contactId}`)
    hold(
      'rebuilt engine = running engine',
      overdue.sort().join() === expired.sort().join(),
      () => `${overdue} for ${expired}`,
    )
    this.engines[1] = engine
  }

  private same(engine: Routing): void {
    const [left, right] = [JSON.stringify(snapshot(this.engines[0]!)), JSON.stringify(snapshot(engine))]
    hold('rebuilt engine = running engine', left === right, () => `${right} for ${left}`)
  }

  private act({ act, a, b, c }: Step): void {
    const { oracle } = this
    const contacts = [...oracle.contacts.values()]
    const among = (...places: string[]): OracleContact | undefined =>
      at(contacts.filter(({ place, reloading }) => !reloading && places.includes(place)), a)
    const agent = at([...oracle.agents.values()], a)!
    if (act < 22) return this.enqueue(a, b, c)
    if (act < 38) return this.claims.length > 0 ? this.answerClaim(a, b % 8 !== 0) : undefined
    if (act < 50) {
      return this.onContact(among('offered'), (contactId) => ({ kind: 'accept', contactId, ...this.fresh() }))
    }
    if (act < 57) return this.refuse(among('offered'), b % 2 === 0 ? 'decline' : 'miss')
    if (act < 61) return this.onContact(among('active'), (contactId) => ({ kind: 'end', contactId }))
    if (act < 62) return this.onContact(among('wrapUp'), (contactId) => ({ kind: 'reopen', contactId }))
    if (act < 70) {
      return this.onContact(
        among('wrapUp', 'active'),
        (contactId) => ({ kind: 'finish', contactId, ...this.fresh() }),
      )
    }
    if (act < 74) return this.transfer(among('active', 'queued'), b, c)
    if (act < 78) {
      return this.onContact(among('queued', 'claimed', 'offered'), (contactId) => ({ kind: 'abandon', contactId }))
    }
    if (act < 83) return this.tell({ kind: 'available', agentId: agent.agentId, ...this.fresh() })
    if (act < 85) return this.tell({ kind: 'notReady', agentId: agent.agentId })
    if (act < 87) return this.tell({ kind: 'offline', agentId: agent.agentId })
    if (act < 89) return this.tell({ kind: 'setAgent', agent: someAgent(a, b, c) })
    if (act < 91) {
      return this.tell({ kind: 'setQueue', queue: someQueue(a, b, c, this.oracle.queues.get(at(queueIds, a)!)) })
    }
    if (act === 99) return this.toggleQueue(a)
    if (act < 92) return this.pick(among('queued'), agent)
    if (act < 93) return this.miss(contacts, agent, a, b)
    const by = [40, 900, 7_000, 31_000][b % 4]! + (c % 97)
    return a % 8 === 0 ? this.oversleep(by) : this.advance(by)
  }

  /** Lets time pass without a call: many timers run at once, and only where they lead is judged. */
  private oversleep(by: number): void {
    this.oracle.now += by
    this.exact = false
    this.tell({ kind: 'tick' })
    this.exact = true
  }

  /** Lets time pass; the engine is called at each instant that it asked for. */
  advance(by: number): void {
    const { oracle } = this
    const until = oracle.now + by
    for (;;) {
      const due = nextDueAt(this.engines[0]!)
      if (this.engines[1]) {
        hold(
          'rebuilt engine = running engine',
          this.dueOf(1) === this.dueOf(0),
          () => `due ${this.dueOf(1)} for ${this.dueOf(0)}`,
        )
      }
      if (due === undefined || due > until) break
      oracle.now = Math.max(oracle.now, due)
      this.tell({ kind: 'tick' })
      hold(
        'every offer ends',
        (nextDueAt(this.engines[0]!) ?? Infinity) > oracle.now,
        () => 'a timer that is due did not run',
      )
    }
    oracle.now = until
    this.tell({ kind: 'tick' })
  }

  /** What the database gives to an agent who becomes free at a load; few occupancies, so that many are equal. */
  private fresh(): { ticket: number; occupancy: number } {
    return { ticket: ++this.ticket, occupancy: (this.ticket >> 1) % 2 }
  }

  private dueOf(engine: number): number | undefined {
    return nextDueAt(this.engines[engine]!)
  }

  private enqueue(a: number, b: number, c: number): void {
    const { oracle } = this
    const soon = oracle.now + 4_000 + (c % 60) * 1000
    const arrivedAt = b % 5 === 0 ? oracle.now - (c % 40) * 1000 : oracle.now
    this.tell({
      kind: 'enqueue',
      contactId: `c${this.seq}` as ContactId,
      queueId: at(queueIds, a)!,
      channel: at(routedChannels, b)!,
      language: c % 4 === 0 ? null : at(languages, c)!,
      arrivedAt,
      seq: this.seq++,
      ...(c % 6 === 0 && { reservedFor: { agentId: at(agentIds, b + c)!, until: soon } }),
      ...(c % 11 === 0 && { exclusions: [{ agentId: at(agentIds, c)!, until: soon }] }),
    })
  }

  private answerClaim(a: number, won: boolean): void {
    const index = a % this.claims.length
    const [claim] = this.claims.splice(index, 1)
    const contact = this.oracle.contacts.get(claim!.contactId)
    const stands = contact?.place === 'claimed' && contact.agentId === claim!.agentId
    if (stands && won) this.tell({ kind: 'claimWon', ...claim!, expiresAt: this.oracle.now + 15_000 })
    else this.tell({ kind: 'claimLost', ...claim! })
  }

  private onContact(contact: OracleContact | undefined, input: (contactId: ContactId) => RoutingInput): void {
    if (contact) this.tell(input(contact.contactId))
  }

  private refuse(contact: OracleContact | undefined, kind: 'decline' | 'miss'): void {
    if (!contact) return
    this.tell({
      kind,
      contactId: contact.contactId,
      agentId: contact.agentId!,
      ...this.fresh(),
      until: this.oracle.now + 30_000,
    })
  }

  private transfer(contact: OracleContact | undefined, b: number, c: number): void {
    if (!contact) return
    const { now } = this.oracle
    this.tell({
      kind: 'transfer',
      contactId: contact.contactId,
      queueId: at(queueIds, b)!,
      until: now + 30_000,
      ...(c % 3 > 0 && contact.place === 'active' && this.fresh()),
      ...(c % 2 === 0 && { reservedFor: { agentId: at(agentIds, b + c)!, until: now + 20_000 } }),
    })
  }

  private pick(contact: OracleContact | undefined, agent: OracleAgent): void {
    if (!contact || !this.oracle.isFree(agent, contact.channel)) return
    this.tell({
      kind: 'claimWon',
      contactId: contact.contactId,
      agentId: agent.agentId,
      expiresAt: this.oracle.now + 15_000,
    })
  }

  /** The engine misses something that the database did, or hears of a thing that it does not know. */
  private miss(contacts: readonly OracleContact[], agent: OracleAgent, a: number, b: number): void {
    const contact = at(contacts, a)
    const unknown = 'c-unknown' as ContactId
    if (b % 4 === 0 || !contact) return this.tell({ kind: 'accept', contactId: unknown, ticket: this.ticket })
    if (b % 4 === 1 && !contact.reloading && contact.place !== 'claimed') return this.syncContact(contact.contactId)
    if (b % 4 === 2 && !agent.reloading) return this.tell({ kind: 'syncAgent', agent: rowOfAgent(agent) })
    if (contact.place !== 'queued' && contact.place !== 'offered') return
    this.oracle.contacts.delete(contact.contactId)
    this.tellEngines(
      { kind: 'syncContact', contact: { ...rowOfContact(contact), state: 'closed', agentId: null } },
      new Set(),
    )
  }

  private syncContact(contactId: ContactId): void {
    const contact = this.oracle.contacts.get(contactId)
    if (contact) {
      contact.reloading = false
      contact.expiresAgain = contact.expired
      this.tellEngines(
        { kind: 'syncContact', contact: rowOfContact(contact) },
        new Set(contact.agentId ? [contact.agentId] : []),
      )
      if (contact.expiresAgain) this.tell({ kind: 'tick' })
      return
    }
    const closed = { contactId, state: 'closed', queueId: queueIds[0]!, channel: 'voice', language: null } as const
    const row: ContactRow = {
      ...closed,
      arrivedAt: 0,
      seq: 0,
      agentId: null,
      offerExpiresAt: null,
      reservedFor: null,
      exclusions: [],
    }
    this.tellEngines({ kind: 'syncContact', contact: row }, new Set())
  }

  private tell(input: RoutingInput): void {
    const touched = commit(this.oracle, input)
    this.tellEngines(input, touched)
  }

  /** @param later agents whom the input sets free: their turn comes after contacts have been placed */
  private tellEngines(input: RoutingInput, touched: ReadonlySet<AgentId>): void {
    const { oracle } = this
    const [running, rebuilt] = this.engines
    const decisions = apply(running!, input, oracle.now)
    const text = JSON.stringify(decisions)
    this.log.push({ input, now: oracle.now, decisions: text })
    if (rebuilt) {
      const other = JSON.stringify(apply(rebuilt, input, oracle.now))
      hold('rebuilt engine = running engine', other === text, () => `${input.kind}: ${other} for ${text}`)
    }
    if (input.kind === 'setQueue') this.judgeOrder(decisions)
    const later = new Set(touched)
    for (const decision of decisions) this.absorb(decision, later)
    if (running!.started) judgeRest(oracle)
    judgeBeliefs(oracle, running!)
    if (rebuilt) this.same(rebuilt)
    for (const decision of decisions) {
      if (decision.kind !== 'reload') continue
      const agent = decision.agentId === undefined ? undefined : oracle.agents.get(decision.agentId)
      if (agent) this.tell({ kind: 'syncAgent', agent: rowOfAgent(agent) })
      if (decision.contactId !== undefined) this.syncContact(decision.contactId)
    }
  }

  /** Agents whom a queue's change concerns are matched by ticket; those with holds before the others. */
  private judgeOrder(decisions: readonly Decision[]): void {
    const ordered = (rule: 'sticky' | 'agent'): number[] =>
      decisions.flatMap((decision) =>
        decision.kind === 'offer' && decision.trace.rule === rule
          ? [this.oracle.agents.get(decision.agentId)!.ticket]
          : [],
      )
    for (const tickets of [ordered('sticky'), ordered('agent')]) {
      hold(
        'replay gives the same decisions',
        tickets.every((ticket, i) => i === 0 || tickets[i - 1]! < ticket),
        () => `tickets ${tickets}`,
      )
    }
  }

  private absorb(decision: Decision, later: Set<AgentId>): void {
    if (decision.kind === 'offer') {
      judgeOffer(this.oracle, decision, later, this.exact)
      if (decision.trace.rule !== 'arrival') later.delete(decision.agentId)
      this.claims.push({ contactId: decision.contactId, agentId: decision.agentId })
    } else if (decision.kind === 'expire') {
      const contact = this.oracle.contacts.get(decision.contactId)
      const open = contact?.place === 'offered' && contact.agentId === decision.agentId
      const due = open && contact.expiresAt! <= this.oracle.now && contact.expired === contact.expiresAgain
      hold('every offer ends', due, () => `${JSON.stringify(decision)} for ${JSON.stringify(contact)}`)
      contact!.expired = true
      contact!.expiresAgain = false
    }
  }

  /** A closed queue gathers contacts while agents stay idle; opening it matches several at once. */
  private toggleQueue(a: number): void {
    const queue = this.oracle.queues.get(at(queueIds, a)!)!
    this.tell({ kind: 'setQueue', queue: { ...queue, open: !queue.open } })
  }
}

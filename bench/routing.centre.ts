/**
 * A large centre for the routing benchmark: 10,000 agents, 100 skills with 3–8 each, and a database that always agrees.
 */
import { apply, createRouting, nextDueAt, type Routing } from '@otklik/routing/engine'
import type { Decision } from '@otklik/routing/decision'
import { routedChannels, type RoutingInput } from '@otklik/routing/input'
import type { AgentId, ContactId, QueueId, SkillId } from '@otklik/model/ids'

export const agentCount = 10_000
const skillCount = 100
const languages = ['ru', 'en']

/** Mulberry32: the same centre every time. */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0')
/** A UUID of version 7: milliseconds first, ten apart, then what tells kinds and numbers apart. */
const idOf = (kind: string, number: number): string => {
  const milliseconds = hex(0x0190_0000_0000 + number * 10, 12)
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-${kind}-${hex(number, 12)}`
}

/** Ids as an event brings them: flat strings, not the joints of a template. */
const parsed = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

export type CentreOptions = {
  /** Distinct profiles among the agents. */
  readonly profiles: number
  /** One queue that asks nothing, beside one queue per skill. */
  readonly anyAgentQueue?: boolean
}

export class Centre {
  now = 1_700_000_000_000
  seq = 0
  ticket = 0
  inputs = 0
  /** Arrivals made beforehand, so that making ids is not measured. */
  prepared: Extract<RoutingInput, { kind: 'enqueue' }>[] = []
  waiting = 0
  readonly routing: Routing = createRouting()
  readonly random = seeded(4)
  readonly queueIds: QueueId[] = []
  readonly agentIds: AgentId[] = []
  readonly inHand: ContactId[] = []

  constructor({ profiles, anyAgentQueue = false }: CentreOptions) {
    const { random } = this
    for (let i = 0; i < skillCount; i++) {
      const skillId = `skill-${i}` as SkillId
      const queueId = idOf('aaaa', i) as QueueId
      this.queueIds.push(queueId)
      this.send({
        kind: 'setQueue',
        queue: {
          queueId,
          skills: anyAgentQueue && i === 0 ? [] : [{ skillId, level: 1 + (i % 3) }],
          priority: (1 + (i % 5)) as 1 | 2 | 3 | 4 | 5,
          targetSeconds: [20, 60, 3600][i % 3]!,
          offerSeconds: 15,
          open: true,
          rings: [
            { afterSeconds: 60, skills: [{ skillId, level: 1 }] },
            { afterSeconds: 180, anyLanguage: true },
          ],
        },
      })
    }
    const made = Array.from({ length: profiles }, () => {
      const skills = new Map<number, number>()
      const wanted = 3 + Math.floor(random() * 6)
      while (skills.size < wanted) skills.set(Math.floor(random() * skillCount), 1 + Math.floor(random() * 5))
      return {
        skills: [...skills].map(([skill, level]) => ({ skillId: `skill-${skill}` as SkillId, level })),
        languages: random() < 0.3 ? languages : [languages[random() < 0.8 ? 0 : 1]!],
      }
    })
    for (let i = 0; i < agentCount; i++) {
      const agentId = idOf('bbbb', i) as AgentId
      this.agentIds.push(agentId)
      this.send({
        kind: 'syncAgent',
        agent: {
          agentId,
          ...made[i % profiles]!,
          caps: { voice: 1, chat: 3, mail: 2, total: 4 },
          base: 'offline',
          ticket: 0,
          occupancy: 0,
        },
      })
    }
    this.send({ kind: 'start' })
  }

  send(input: RoutingInput): Decision[] {
    this.inputs++
    return apply(this.routing, input, this.now)
  }

  logIn(agentId: AgentId): Decision[] {
    return this.send({ kind: 'available', agentId, ticket: ++this.ticket })
  }

  arrival(
    queue = Math.floor(this.random() * skillCount),
    arrivedAt = this.now,
  ): Extract<RoutingInput, { kind: 'enqueue' }> {
    const seq = this.seq++
    return {
      kind: 'enqueue',
      contactId: idOf('cccc', seq) as ContactId,
      queueId: this.queueIds[queue]!,
      channel: routedChannels[queue % 3]!,
      language: languages[seq % 5 === 0 ? 1 : 0]!,
      arrivedAt,
      seq,
    }
  }

  /** The database agrees to every offer, and every agent accepts at once. */
  serve(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (decision.kind !== 'offer') continue
      this.waiting--
      this.send({
        kind: 'claimWon',
        contactId: decision.contactId,
        agentId: decision.agentId,
        expiresAt: this.now + 15_000,
      })
      const next = this.send({ kind: 'accept', contactId: decision.contactId, ticket: ++this.ticket })
      this.inHand.push(decision.contactId)
      this.serve(next)
    }
  }

  enqueue(input = this.arrival()): void {
    this.waiting++
    this.serve(this.send(input))
  }

  /** Arrivals until `waiting` contacts find nobody. */
  fill(waiting: number, apartMs: number): void {
    while (this.waiting < waiting) {
      this.now += apartMs
      this.runDue()
      this.enqueue(parsed(this.arrival()))
    }
  }

  runDue(): void {
    for (let due = nextDueAt(this.routing); due !== undefined && due <= this.now; due = nextDueAt(this.routing)) {
      this.serve(this.send({ kind: 'tick' }))
    }
  }

  prepare(count: number): void {
    this.prepared = Array.from({ length: count }, () => parsed(this.arrival())).reverse()
  }

  /** One contact arrives; when as many wait as before, one in hand ends, so that its agent takes the most urgent. */
  cycle(apartMs: number, waiting: number): void {
    this.now += apartMs
    const input = this.prepared.pop() ?? this.arrival()
    this.enqueue(Object.assign(input, { arrivedAt: this.now }))
    while (this.waiting > waiting) {
      const index = Math.floor(this.random() * this.inHand.length)
      const contactId = this.inHand[index]!
      this.inHand[index] = this.inHand.at(-1)!
      this.inHand.pop()
      this.send({ kind: 'end', contactId })
      this.serve(this.send({ kind: 'finish', contactId, ticket: ++this.ticket }))
    }
  }
}

import { describe, expect, it } from 'vitest'
import type { Decision } from './decision.ts'
import { apply, beingOffered, createRouting, nextDueAt, positions, snapshot, staffingOf } from './engine.ts'
import type { AgentProfile, QueueDefinition, RoutingInput } from './input.ts'
import type { AgentId, ContactId, QueueId, SkillId } from '@otklik/model/ids'

const skillId = 'billing' as SkillId
const queueId = 'queue' as QueueId
const [anna, boris] = ['anna', 'boris'] as [AgentId, AgentId]
const c = (number: number): ContactId => `c${number}` as ContactId

const queue = (changes: Partial<QueueDefinition> = {}): QueueDefinition => ({
  queueId,
  skills: [{ skillId, level: 2 }],
  priority: 3,
  targetSeconds: 20,
  offerSeconds: 15,
  open: true,
  rings: [],
  ...changes,
})

const profile = (agentId: AgentId, level: number, changes: Partial<AgentProfile> = {}): AgentProfile => ({
  agentId,
  skills: [{ skillId, level }],
  languages: ['ru'],
  caps: { voice: 1, chat: 3, mail: 2, total: 4 },
  ...changes,
})

/** A started engine with one queue and these agents available, and short words for the usual inputs. */
const centre = (agents: readonly AgentProfile[], definition = queue()) => {
  const routing = createRouting()
  let ticket = 0
  let seq = 0
  let now = 1_000_000
  const send = (input: RoutingInput): Decision[] => apply(routing, input, now)
  const arrive = (number: number, changes: Partial<Extract<RoutingInput, { kind: 'enqueue' }>> = {}): Decision[] =>
    send({
      kind: 'enqueue',
      contactId: c(number),
      queueId,
      channel: 'chat',
      language: 'ru',
      arrivedAt: now,
      seq: seq++,
      ...changes,
    })
  const won = (number: number, agentId: AgentId): Decision[] =>
    send({ kind: 'claimWon', contactId: c(number), agentId, expiresAt: now + 15_000 })
  const accept = (number: number): Decision[] => send({ kind: 'accept', contactId: c(number), ticket: ++ticket })
  send({ kind: 'setQueue', queue: definition })
  for (const agent of agents) {
    send({ kind: 'setAgent', agent })
    send({ kind: 'available', agentId: agent.agentId, ticket: ++ticket })
  }
  send({ kind: 'start' })
  const wait = (ms: number): void => void (now += ms)
  return { routing, send, arrive, won, accept, wait, nextTicket: () => ++ticket, now: () => now }
}

const pairs = (decisions: readonly Decision[]): string[] =>
  decisions.map((decision) => `${decision.kind} ${decision.contactId ?? ''} ${decision.agentId ?? ''}`.trim())

describe('the engine', () => {
  it('gives a contact to the least over-qualified, and says who came second', () => {
    const { arrive } = centre([profile(anna, 5), profile(boris, 3)])
    const [offer] = arrive(1)
    expect(offer).toMatchObject({
      kind: 'offer',
      agentId: boris,
      trace: { rule: 'arrival', fit: 1, ring: 0, freeCandidates: 2, runnerUpAgent: { agentId: anna, fit: 3 } },
    })
  })

  it('says by whose skills an agent qualified, and why a reservation did not hold', () => {
    const other = [{ skillId: 'expert' as SkillId, level: 1 }]
    const expert = profile(boris, 1, { skills: other })
    const { arrive, won, wait, send, now } = centre([expert], queue({ orSkills: [other] }))
    expect(arrive(1)).toMatchObject([{ agentId: boris, trace: { way: 1, reservedFor: null, reservationEnd: null } }])
    won(1, boris)
    send({ kind: 'setAgent', agent: profile(anna, 2) })
    expect(arrive(2, { reservedFor: { agentId: boris, until: now() + 5000 } })).toEqual([])
    send({ kind: 'available', agentId: anna, ticket: 9 })
    wait(5000)
    expect(send({ kind: 'tick' })).toMatchObject([{ agentId: anna, trace: { way: 0, reservedFor: boris, reservationEnd: 'timeOver' } }])
    won(2, anna)
    send({ kind: 'accept', contactId: c(2), ticket: 10 })
    send({ kind: 'notReady', agentId: boris })
    send({ kind: 'abandon', contactId: c(1) })
    expect(arrive(3, { reservedFor: { agentId: boris, until: now() + 5000 } })).toMatchObject([{ agentId: anna, trace: { reservedFor: boris, reservationEnd: 'notAvailable' } }])
  })

  it('gives a freed agent the most urgent contact: priority and target weigh the wait', () => {
    const { send, arrive, won, accept, wait, nextTicket } = centre([profile(anna, 2)])
    const vip = 'vip' as QueueId
    send({ kind: 'setQueue', queue: queue({ queueId: vip, priority: 5 }) })
    arrive(0, { channel: 'voice' })
    won(0, anna)
    accept(0)
    arrive(1)
    wait(3_000)
    arrive(2, { queueId: vip })
    wait(2_000)
    send({ kind: 'end', contactId: c(0) })
    // 2 s × 4 / 20 outweighs 5 s × 1 / 20.
    const [offer] = send({ kind: 'finish', contactId: c(0), ticket: nextTicket() })
    expect(offer).toMatchObject({
      contactId: c(2),
      trace: { rule: 'agent', urgency: 0.4, runnerUpContact: { contactId: c(1), urgency: 0.25 } },
    })
  })

  it('says once that an offer is over, and takes a late accept', () => {
    const { arrive, won, wait, send, accept, routing } = centre([
      profile(anna, 2, { caps: { voice: 1, chat: 1, mail: 0, total: 1 } }),
    ])
    arrive(1)
    won(1, anna)
    wait(15_000)
    expect(pairs(send({ kind: 'tick' }))).toEqual(['expire c1 anna'])
    expect(send({ kind: 'tick' })).toEqual([])
    expect(nextDueAt(routing)).toBeUndefined()
    accept(1)
    expect(snapshot(routing).contacts).toMatchObject([{ place: 'active', agentId: anna }])
  })

  it('asks the agent who went away with a contact for it again, when nobody is to be kept from it', () => {
    const { arrive, won, accept, send, nextTicket } = centre([profile(anna, 2)])
    arrive(1)
    won(1, anna)
    accept(1)
    send({ kind: 'offline', agentId: anna })
    expect(send({ kind: 'transfer', contactId: c(1), queueId, ticket: nextTicket(), until: 0 })).toEqual([])
    expect(pairs(send({ kind: 'available', agentId: anna, ticket: nextTicket() }))).toEqual(['offer c1 anna'])
  })

  it('keeps the arrival of a declined contact, and asks somebody else', () => {
    const { arrive, won, wait, send, nextTicket, now, routing } = centre([profile(anna, 2), profile(boris, 5)])
    arrive(1)
    won(1, anna)
    wait(4_000)
    expect(
      pairs(send({ kind: 'decline', contactId: c(1), agentId: anna, ticket: nextTicket(), until: now() + 30_000 })),
    ).toEqual(['offer c1 boris'])
    expect(snapshot(routing).contacts).toMatchObject([{ arrivedAt: now() - 4_000, exclusions: [{ agentId: anna }] }])
  })

  it('asks the refuser again after the exclusion, or at once when nobody else is online', () => {
    const { arrive, won, wait, send, nextTicket, now } = centre([profile(anna, 2), profile(boris, 5)])
    send({ kind: 'notReady', agentId: boris })
    arrive(1)
    won(1, anna)
    const refuse = (): Decision[] =>
      send({ kind: 'decline', contactId: c(1), agentId: anna, ticket: nextTicket(), until: now() + 30_000 })
    expect(refuse()).toEqual([])
    wait(30_000)
    expect(pairs(send({ kind: 'tick' }))).toEqual(['offer c1 anna'])
    won(1, anna)
    expect(refuse()).toEqual([])
    expect(pairs(send({ kind: 'offline', agentId: boris }))).toEqual(['offer c1 anna'])
  })

  it('relaxes by age, and skips a ring of which nobody is online', () => {
    const rings = [{ afterSeconds: 30, skills: [{ skillId, level: 1 }] }]
    const { arrive, wait, send, routing } = centre([profile(anna, 1), profile(boris, 2)], queue({ rings }))
    send({ kind: 'notReady', agentId: boris })
    expect(arrive(1)).toEqual([])
    expect(nextDueAt(routing)).toBe(1_030_000)
    wait(30_000)
    expect(send({ kind: 'tick' })).toMatchObject([{ kind: 'offer', agentId: anna, trace: { ring: 1 } }])
    send({ kind: 'claimWon', contactId: c(1), agentId: anna, expiresAt: 2_000_000 })
    send({ kind: 'accept', contactId: c(1), ticket: 99 })
    send({ kind: 'offline', agentId: boris })
    expect(arrive(2)).toMatchObject([{ kind: 'offer', agentId: anna, trace: { ring: 1 } }])
  })

  it('tells who is available from who is at work, wherever an agent joins or leaves a contact’s circle', () => {
    const { arrive, send, routing } = centre([profile(anna, 1), profile(boris, 2)])
    send({ kind: 'notReady', agentId: boris })
    arrive(1)
    expect(staffingOf(routing, c(1))).toBe('notReady')
    const row = { base: 'available' as const, ticket: 7, occupancy: 0 }
    send({ kind: 'syncAgent', agent: { ...profile(anna, 2), ...row, base: 'offline' } })
    expect(staffingOf(routing, c(1))).toBe('notReady')
    send({ kind: 'offline', agentId: boris })
    expect(staffingOf(routing, c(1))).toBe('offline')
    send({ kind: 'syncAgent', agent: { ...profile(boris, 2, { caps: { voice: 1, chat: 0, mail: 0, total: 0 } }), ...row } })
    expect(staffingOf(routing, c(1)), 'available for nothing that is waited for').toBe('offline')
    send({ kind: 'syncAgent', agent: { ...profile(anna, 2), ...row } })
    expect(staffingOf(routing, c(1))).toBe('available')
  })

  it('holds a contact for its preferred agent while that agent is available, and no longer than told', () => {
    const { arrive, won, accept, wait, send, now } = centre([
      profile(anna, 2, { caps: { voice: 1, chat: 1, mail: 0, total: 1 } }),
      profile(boris, 3),
    ])
    arrive(1)
    won(1, anna)
    accept(1)
    expect(arrive(2, { reservedFor: { agentId: anna, until: now() + 20_000 } })).toEqual([])
    wait(20_000)
    expect(pairs(send({ kind: 'tick' }))).toEqual(['offer c2 boris'])
  })

  it('keeps a contact for nobody once it was offered: after a refusal it is everybody’s', () => {
    const { arrive, won, send, now, routing, nextTicket } = centre([profile(boris, 1)])
    arrive(1, { reservedFor: { agentId: boris, until: now() + 60_000 } })
    won(1, boris)
    send({ kind: 'decline', contactId: c(1), agentId: boris, ticket: nextTicket(), until: now() + 1_000 })
    expect(snapshot(routing).contacts).toMatchObject([{ place: 'waiting', reservedFor: null }])
  })

  it('lets a call interrupt mail, but not a chat', () => {
    const { arrive, won, accept } = centre([profile(anna, 2), profile(boris, 2)])
    arrive(1, { channel: 'mail' })
    won(1, anna)
    accept(1)
    arrive(2)
    won(2, boris)
    accept(2)
    expect(pairs(arrive(3, { channel: 'voice' }))).toEqual(['offer c3 anna'])
    expect(arrive(4, { channel: 'voice' })).toEqual([])
  })

  it('knows of whom an agent is being asked, beside the places of those who wait', () => {
    const { arrive, won, accept, routing } = centre([profile(anna, 2, { caps: { voice: 1, chat: 1, mail: 0, total: 1 } })])
    arrive(1)
    won(1, anna)
    arrive(2)
    expect([[...beingOffered(routing)], [...positions(routing)]]).toEqual([[c(1)], [[c(2), 1]]])
    accept(1)
    expect([...beingOffered(routing)]).toEqual([])
  })

  it('keeps the contacts of a closed queue in their places, and serves them when it opens', () => {
    const { arrive, send, routing } = centre([profile(anna, 2)])
    send({ kind: 'setQueue', queue: queue({ open: false }) })
    expect([...arrive(1), ...arrive(2)]).toEqual([])
    expect([...positions(routing)]).toEqual([[c(1), 1], [c(2), 2]])
    expect(pairs(send({ kind: 'setQueue', queue: queue() }))).toEqual(['offer c1 anna'])
  })

  it('asks for the rows of a lost claim, and decides again only with them', () => {
    const { arrive, send } = centre([profile(anna, 2)])
    arrive(1)
    expect(pairs(send({ kind: 'claimLost', contactId: c(1), agentId: anna }))).toEqual(['reload c1 anna'])
    expect(send({ kind: 'syncAgent', agent: { ...profile(anna, 2), base: 'available', occupancy: 0, ticket: 1 } })).toEqual([])
    const row = {
      contactId: c(1),
      queueId,
      channel: 'chat',
      language: 'ru',
      arrivedAt: 1_000_000,
      seq: 0,
      agentId: null,
    } as const
    const sync = send({
      kind: 'syncContact',
      contact: { ...row, state: 'queued', offerExpiresAt: null, reservedFor: null, exclusions: [] },
    })
    expect(pairs(sync)).toEqual(['offer c1 anna'])
  })

  it('takes an offer that a person made', () => {
    const { arrive, send, won, accept, routing } = centre([profile(anna, 2), profile(boris, 1)])
    send({ kind: 'notReady', agentId: anna })
    arrive(1)
    expect(won(1, boris)).toEqual([])
    accept(1)
    expect(snapshot(routing).contacts).toMatchObject([{ place: 'active', agentId: boris }])
  })

  it('answers what it does not know with a reload, never with an error', () => {
    const { send } = centre([])
    expect(pairs(send({ kind: 'accept', contactId: c(9), ticket: 1 }))).toEqual(['reload c9'])
    expect(pairs(send({ kind: 'available', agentId: anna, ticket: 1 }))).toEqual(['reload  anna'])
    expect(
      pairs(send({ kind: 'miss', contactId: c(9), agentId: anna, ticket: 1, until: 2 })),
    ).toEqual(['reload c9 anna'])
  })

  it('runs timers in slices', () => {
    const rings = [{ afterSeconds: 30, skills: [] }]
    const { arrive, wait, send, routing, now } = centre([], queue({ rings }))
    for (let i = 0; i < 5_000; i++) arrive(i)
    wait(30_000)
    let calls = 0
    for (let due = nextDueAt(routing); due !== undefined && due <= now(); due = nextDueAt(routing)) {
      send({ kind: 'tick' })
      calls++
    }
    expect(calls).toBe(3)
    expect(new Set(snapshot(routing).contacts.map(({ ring }) => ring?.byAge))).toEqual(new Set([1]))
  })

  it('finds the same agent in a wide tier by either walk', () => {
    const [narrow, wide] = [createRouting({ wideTier: Infinity }), createRouting({ wideTier: 1 })]
    const both = (input: RoutingInput): string => {
      const [one, other] = [narrow, wide].map((routing) => JSON.stringify(apply(routing, input, 1_000_000)))
      expect(other).toBe(one)
      return one!
    }
    both({ kind: 'setQueue', queue: queue({ skills: [] }) })
    for (let i = 0; i < 600; i++) {
      const agentId = `agent-${i}` as AgentId
      const own = { skillId: `skill-${i % 500}` as SkillId, level: 1 }
      both({
        kind: 'setAgent',
        agent: { agentId, skills: [own], languages: ['ru'], caps: { voice: 1, chat: 3, mail: 1, total: 3 } },
      })
      both({ kind: 'available', agentId, ticket: (i * 7919) % 601 })
    }
    both({ kind: 'start' })
    for (let i = 0; i < 1_500; i++) {
      const seq = { arrivedAt: 1_000_000, seq: i }
      const decisions = both({
        kind: 'enqueue',
        contactId: c(i),
        queueId,
        channel: i % 3 === 0 ? 'mail' : 'chat',
        language: 'ru',
        ...seq,
      })
      for (const offer of JSON.parse(decisions) as Extract<Decision, { kind: 'offer' }>[]) {
        both({ kind: 'claimWon', contactId: offer.contactId, agentId: offer.agentId, expiresAt: 2_000_000 })
        both({ kind: 'accept', contactId: offer.contactId, ticket: 1_000 + i })
      }
    }
  })
})

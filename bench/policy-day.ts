/**
 * A day of a chat centre, played through the real engine: 60 agents of three kinds, six queues, a morning and an evening peak,
 * customers who lose patience, contacts that a better agent solves more often. The same customers come, whatever the policy.
 */
import { apply, createRouting, nextDueAt } from '@otklik/routing/engine'
import type { Decision } from '@otklik/routing/decision'
import type { AgentPolicy, RoutingInput, SkillLevel } from '@otklik/routing/input'
import type { AgentId, ContactId, QueueId, SkillId } from '@otklik/model/ids'
import { seeded } from './routing.centre.ts'

const hours = 14
const agentCount = 60
const slots = 3
const tau = 1800

interface Visit {
  readonly at: number
  readonly queue: number
  readonly patience: number
  /** Seconds of work for an agent of exactly the level that is asked. */
  readonly work: number
  /** Against the agent's chance to solve it. */
  readonly hardness: number
}

export interface Outcome {
  readonly waits: readonly number[]
  readonly inTarget: number
  readonly abandoned: number
  readonly solved: number
  /** Of the contacts that ask level 3. */
  readonly hardSolved: number
  readonly answered: number
  /** Share of the day with something in hand, by agent, ascending. */
  readonly busy: readonly number[]
}

const skills = ['plans', 'network', 'money'].map((name) => name as SkillId)
const asked = (queue: number): SkillLevel => ({ skillId: skills[queue % 3]!, level: queue < 3 ? 1 : 3 })
const target = 20

/** Two peaks: 10–12 and 18–20 of a day that begins at 8. */
const rateAt = (second: number): number => {
  const hour = 8 + second / 3600
  const peak = (at: number): number => Math.exp(-((hour - at) ** 2) / 3)
  return 0.12 + 0.13 * peak(11) + 0.15 * peak(19)
}

const draw = (random: () => number) => ({
  exponential: (mean: number): number => -Math.log(1 - random()) * mean,
  logNormal: (median: number, sigma: number): number =>
    median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())),
})

export const visitsOf = (seed: number): Visit[] => {
  const random = seeded(seed)
  const { exponential, logNormal } = draw(random)
  const visits: Visit[] = []
  for (let at = 0; ; ) {
    at += exponential(1 / 0.6)
    if (at > hours * 3600) return visits
    if (random() > rateAt(at) / 0.6) continue
    const queue = random() < 0.75 ? Math.floor(random() * 3) : 3 + Math.floor(random() * 3)
    visits.push({ at, queue, patience: exponential(180), work: logNormal(420, 0.6), hardness: random() })
  }
}

/** A third knows one thing well, a third two, a third everything and better. */
const levelsOf = (agent: number): SkillLevel[] => {
  const skill = (n: number): SkillId => skills[(agent + n) % 3]!
  if (agent % 5 < 2) return [{ skillId: skill(0), level: 2 }]
  if (agent % 5 < 4) return [{ skillId: skill(0), level: 3 }, { skillId: skill(1), level: 2 }]
  return skills.map((skillId) => ({ skillId, level: 5 }))
}

type Happening = { readonly at: number; readonly run: () => void }

export const playDay = (visits: readonly Visit[], policy: AgentPolicy): Outcome => {
  const routing = createRouting()
  const agents = Array.from({ length: agentCount }, (_, i) => ({
    id: `agent-${i}` as AgentId, levels: levelsOf(i), inHand: 0, share: 0, since: 0, busySeconds: 0, order: 0,
  }))
  const byId = new Map(agents.map((agent) => [agent.id, agent]))
  const open = new Map<ContactId, { visit: Visit; place: 'waiting' | 'served' }>()
  const outcome = { waits: [] as number[], inTarget: 0, abandoned: 0, solved: 0, hardSolved: 0, answered: 0 }
  const happenings: Happening[] = []
  let now = 0
  let ticket = 0
  const soon = (at: number, run: () => void): void => {
    let i = happenings.length
    happenings.push({ at, run })
    for (; i > 0 && happenings[(i - 1) >> 1]!.at > at; i = (i - 1) >> 1) happenings[i] = happenings[(i - 1) >> 1]!
    happenings[i] = { at, run }
  }
  const next = (): Happening | undefined => {
    const first = happenings[0]
    const last = happenings.pop()
    if (!first || !last || happenings.length === 0) return first
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= happenings.length) break
      if (child + 1 < happenings.length && happenings[child + 1]!.at < happenings[child]!.at) child++
      if (happenings[child]!.at >= last.at) break
      happenings[i] = happenings[child]!
      i = child
    }
    happenings[i] = last
    return first
  }

  const tell = (input: RoutingInput): void => {
    for (const decision of apply(routing, input, Math.round(now * 1000))) answer(decision)
  }
  /** As the database keeps it: migrations/0007. */
  const turn = (agent: (typeof agents)[number], by: 1 | -1): number => {
    const was = agent.inHand > 0
    agent.inHand += by
    const is = agent.inHand > 0
    if (was !== is) {
      const decay = Math.exp(-(now - agent.since) / tau)
      if (was) agent.busySeconds += now - agent.since
      agent.share = was ? 1 - (1 - agent.share) * decay : agent.share * decay
      agent.since = now
      agent.order = is ? -Math.log(Math.max(1 - agent.share, 1e-9)) - now / tau : Math.log(Math.max(agent.share, 1e-9)) + now / tau
    }
    return agent.order
  }
  const answer = (decision: Decision): void => {
    if (decision.kind !== 'offer') return
    const { contactId, agentId } = decision
    const contact = open.get(contactId)!
    const agent = byId.get(agentId)!
    contact.place = 'served'
    // Taken after three seconds; the wait ends then.
    soon(now, () => tell({ kind: 'claimWon', contactId, agentId, expiresAt: Math.round(now * 1000) + 20_000 }))
    soon(now + 3, () => {
      const { visit } = contact
      const wait = now - visit.at
      const { skillId, level } = asked(visit.queue)
      const held = agent.levels.find((own) => own.skillId === skillId)?.level ?? 0
      outcome.answered++
      outcome.waits.push(wait)
      if (wait <= target) outcome.inTarget++
      const solves = visit.hardness < Math.min(0.98, 0.66 + 0.08 * held - 0.07 * (level - 1))
      if (solves) outcome.solved++
      if (solves && level === 3) outcome.hardSolved++
      const occupancy = turn(agent, 1)
      tell({ kind: 'accept', contactId, ticket: ++ticket, occupancy })
      // Several at once take longer each; who knows more is a little quicker.
      const seconds = visit.work * (1 + 0.25 * (agent.inHand - 1)) * (1 - 0.04 * (held - level))
      soon(now + seconds, () => {
        const after = turn(agent, -1)
        open.delete(contactId)
        tell({ kind: 'finish', contactId, ticket: ++ticket, occupancy: after })
      })
    })
  }

  for (let queue = 0; queue < 6; queue++)
    tell({
      kind: 'setQueue',
      queue: {
        queueId: `queue-${queue}` as QueueId, skills: [asked(queue)], priority: 3, targetSeconds: target, offerSeconds: 20, open: true, policy,
        rings: queue < 3 ? [] : [{ afterSeconds: 60, skills: [{ ...asked(queue), level: 2 }] }],
      },
    })
  for (const { id, levels } of agents) {
    const caps = { voice: 0, chat: slots, mail: 0, total: slots }
    tell({ kind: 'syncAgent', agent: { agentId: id, skills: levels, languages: ['ru'], caps, base: 'available', ticket: ++ticket, occupancy: 0 } })
  }
  tell({ kind: 'start' })
  visits.forEach((visit, seq) => {
    const contactId = `contact-${seq}` as ContactId
    soon(visit.at, () => {
      open.set(contactId, { visit, place: 'waiting' })
      const queueId = `queue-${visit.queue}` as QueueId
      soon(now + visit.patience, () => {
        if (open.get(contactId)?.place !== 'waiting') return
        open.delete(contactId)
        outcome.abandoned++
        tell({ kind: 'abandon', contactId })
      })
      tell({ kind: 'enqueue', contactId, queueId, channel: 'chat', language: 'ru', arrivedAt: Math.round(now * 1000), seq })
    })
  })
  for (let happening = next(); happening; happening = next()) {
    for (let due = nextDueAt(routing); due !== undefined && due < Math.round(happening.at * 1000); due = nextDueAt(routing)) {
      now = Math.max(now, due / 1000)
      tell({ kind: 'tick' })
    }
    now = Math.max(now, happening.at)
    happening.run()
  }
  return { ...outcome, busy: agents.map(({ busySeconds }) => busySeconds / (hours * 3600)).sort((a, b) => a - b) }
}

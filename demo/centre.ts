/** The centre of the demo as a plan: who and what there is, before anything of it has an id. */
import type { QueueRoutingWrite } from '@otklik/contract/queue-routing'
import type { Language, Outcome, RaisedTopic, Topic, Words } from './texts/shape.ts'
import { topics } from './texts/shape.ts'
import { shifts, type ShiftName, type Site } from './shifts.ts'

export type QueueName = Topic | RaisedTopic
export type TeamName = keyof Words['teams']

export const queuePlans: Readonly<
  Record<QueueName, {
    readonly line: 1 | 2
    readonly priority: number
    readonly targetSeconds: number
    readonly wrapUpSeconds: number
    readonly raisesTo: RaisedTopic | null
    readonly level: number
    /** How its contacts are handed out, where it is not as usual. */
    readonly routing?: Partial<Pick<QueueRoutingWrite, 'policy' | 'preferredSeconds' | 'picking' | 'ratingStyle'>> & { readonly helpedBy?: { readonly queue: RaisedTopic; readonly overSeconds: number } }
  }>
> = {
  experts: { line: 2, priority: 4, targetSeconds: 60, wrapUpSeconds: 120, raisesTo: null, level: 2, routing: { picking: true } },
  claims: { line: 2, priority: 4, targetSeconds: 60, wrapUpSeconds: 120, raisesTo: null, level: 2, routing: { picking: true, preferredSeconds: 60 } },
  plans: { line: 1, priority: 3, targetSeconds: 20, wrapUpSeconds: 60, raisesTo: 'claims', level: 1 },
  // When a mast goes down the second line helps out.
  network: { line: 1, priority: 4, targetSeconds: 20, wrapUpSeconds: 90, raisesTo: 'experts', level: 1, routing: { helpedBy: { queue: 'experts', overSeconds: 90 } } },
  payments: { line: 1, priority: 3, targetSeconds: 20, wrapUpSeconds: 60, raisesTo: 'claims', level: 1, routing: { policy: 'mostSkilled' } },
  orders: { line: 1, priority: 2, targetSeconds: 20, wrapUpSeconds: 60, raisesTo: 'claims', level: 1, routing: { policy: 'evenOccupancy', ratingStyle: 'stars' } },
}

export interface AgentPlan {
  readonly name: string
  readonly email: string
  readonly line: 1 | 2
  readonly team: TeamName
  readonly shift: ShiftName
  readonly skills: Readonly<Partial<Record<QueueName, number>>>
}

export const maxChats = 3
export const emailOf = { administrator: 'admin@demo.example', supervisor: (number: number) => `supervisor${number}@demo.example`, agent: (number: number) => `agent${number}@demo.example` }

const firstShifts: readonly ShiftName[] = ['day', 'late', 'early', 'day', 'late', 'early', 'late', 'night']
const secondShifts: readonly ShiftName[] = ['late', 'day']
const teamsOf: Readonly<Record<Site, readonly TeamName[]>> = { saransk: ['saransk1', 'saransk2'], irkutsk: ['irkutsk1', 'irkutsk2'] }

/**
 * The people: everybody of the first line can do all of its work and one part of it best; every seventh is of the second line, in Saransk.
 * @param count 8 to 60
 */
export const planAgents = (count: number, words: Words): readonly AgentPlan[] => {
  const second = Math.max(2, Math.round(count / 7))
  return Array.from({ length: count }, (_, index) => {
    const place = count - 1 - index
    const isSecond = place < second
    const order = isSecond ? place : index
    const shift = (isSecond ? secondShifts[order % secondShifts.length] : firstShifts[order % firstShifts.length]) ?? 'day'
    const team = isSecond ? 'second' : teamsOf[shifts[shift].site][Math.floor(order / 2) % 2] ?? 'saransk1'
    const best = topics[order % topics.length]
    return {
      name: words.agents[index] ?? emailOf.agent(index + 1),
      email: emailOf.agent(index + 1),
      line: isSecond ? 2 : 1,
      team,
      shift,
      skills: isSecond
        ? { experts: order % 2 === 0 ? 3 : 5, claims: order % 2 === 0 ? 5 : 3 }
        : Object.fromEntries(topics.map((topic, turn) => [topic, topic === best ? 5 : 1 + ((order + turn) % 3)])),
    }
  })
}

/** A centre that stands: the plan with the ids that it got. */
export interface Centre {
  readonly language: Language
  /** To which visitors of its channels agree. */
  readonly consentVersion: string
  readonly queues: Readonly<Record<QueueName, string>>
  readonly channels: Readonly<Record<Topic, string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly reasons: Readonly<Record<keyof Words['reasons'], string>>
  readonly agents: readonly (AgentPlan & { readonly id: string })[]
}

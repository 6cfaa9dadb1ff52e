/**
 * An agent's time: busy while anything is in hand (the union of all that is, never its sum), else by presence. An offer that
 * waits for an answer is not in hand. Time is cut at the borders of intervals; so is nothing else.
 */
import type { Presence } from '@otklik/model/presence'
import type { Increment } from './event.ts'
import { intervalMs, intervalOf, type Counter } from './sums.ts'

export interface AgentLife {
  readonly agentId: string
  presence: Presence
  /** Contacts in hand, and each one's share of the agent's time so far: as much as of all that was held beside it. */
  readonly held: Map<string, number>
  /** Up to when time has been counted. */
  countedTo: number
}

export const beginAgent = (agentId: string, at: number): AgentLife => ({ agentId, presence: 'offline', held: new Map(), countedTo: at })

const counterOf = ({ held, presence }: AgentLife): Counter | null =>
  held.size > 0 ? 'busyMs' : presence === 'available' ? 'availableMs' : presence === 'notReady' ? 'notReadyMs' : null

/** Counts the time up to `at`. What happened before what was counted already adds nothing: clocks of several processes differ. */
export const countTime = (agent: AgentLife, at: number): Increment[] => {
  const from = agent.countedTo
  if (at <= from) return []
  agent.countedTo = at
  for (const [contactId, effort] of agent.held) agent.held.set(contactId, effort + (at - from) / agent.held.size)
  const counter = counterOf(agent)
  if (counter === null) return []
  const increments: Increment[] = []
  for (let begin = from; begin < at; begin = intervalOf(begin) + intervalMs)
    increments.push({ at: begin, subject: { agentId: agent.agentId }, sums: { [counter]: Math.min(at, intervalOf(begin) + intervalMs) - begin } })
  return increments
}

/** Takes a contact out of the agent's hands. @returns its share of the agent's time, milliseconds */
export const release = (agent: AgentLife, contactId: string): number => {
  const effort = agent.held.get(contactId) ?? 0
  agent.held.delete(contactId)
  return effort
}

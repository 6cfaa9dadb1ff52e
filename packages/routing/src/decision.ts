/** What the engine asks of its shell, in the order in which it is to be done. */
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import type { AgentPolicy } from './input.ts'

/**
 * How a pair came about: the contact arrived (or came back, or relaxed) and took the best agent; an agent came free and
 * took the most urgent contact; the contact was held for this agent; a person picked it.
 */
export type TraceRule = 'arrival' | 'agent' | 'sticky' | 'pick'

/** Why a contact that was kept for an agent went to another: no such agent to wait for, the time over, or the agent refused it. */
export type ReservationEnd = 'notAvailable' | 'timeOver' | 'excluded'

/** Why this agent and this contact; stored with the offer, so it holds only ids and numbers. */
export type Trace = {
  readonly rule: TraceRule
  /** By which the agent was chosen, where the contact chose. */
  readonly policy: AgentPolicy
  readonly queueId: QueueId
  /** Of the contact. */
  readonly seq: number
  readonly waitedSeconds: number
  /** waited / target × 2^(priority − 3). */
  readonly urgency: number
  /** The relaxation step that was in force, 0 = what the queue asks at first. */
  readonly ring: number
  /** Σ (level held − level asked), 0 = exactly what was asked; null where skills were not looked at. */
  readonly fit: number | null
  /**
   * By whose skills the agent qualified: 0 for those that the queue asks itself, else the place, from 1, in the `orSkills` of
   * the ring in force.
   */
  readonly way: number
  /** The agent's contacts in hand that count for this channel. */
  readonly load: number
  /** How busy the agent was lately, as the database puts it. */
  readonly occupancy: number
  /** For whom the contact had been kept, where another got it, and why. */
  readonly reservedFor: AgentId | null
  readonly reservationEnd: ReservationEnd | null
  /** Agents who were eligible and free for the contact at that moment, exclusions apart, the chosen one included. */
  readonly freeCandidates: number
  readonly runnerUpAgent: {
    readonly agentId: AgentId
    readonly fit: number
    readonly load: number
    readonly ticket: number
    readonly occupancy: number
  } | null
  readonly runnerUpContact: {
    readonly contactId: ContactId
    readonly urgency: number
    readonly waitedSeconds: number
  } | null
}

export type Decision =
  /** Claim the pair in the database. Until `claimWon` or `claimLost` comes in, nobody else gets either of the two. */
  | { readonly kind: 'offer'; readonly contactId: ContactId; readonly agentId: AgentId; readonly trace: Trace }
  /**
   * The offer's time is over: record the miss. Said once per offer; the engine changes when `miss` or `accept` comes
   * in.
   */
  | { readonly kind: 'expire'; readonly contactId: ContactId; readonly agentId: AgentId }
  /** An input did not fit what the engine believes: load the rows and send `syncAgent` first, then `syncContact`. */
  | { readonly kind: 'reload'; readonly contactId?: ContactId; readonly agentId?: AgentId }

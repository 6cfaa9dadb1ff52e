/**
 * What the router's shell tells the engine. Every input but `start` and `tick` repeats something that the database has
 * already committed: the engine follows, it never decides that a transition took place.
 *
 * Instants are epoch milliseconds, durations seconds. `seq` orders contacts of equal arrival and `ticket` orders agents
 * of equal load; both grow monotonically and are given out by the database. `occupancy` orders agents of equal load by how
 * busy they were lately; it comes with the ticket, and any number will do that keeps its order while nobody works.
 */
import type { AgentId, ContactId, QueueId, SkillId } from '@otklik/model/ids'
import type { ContactState } from '@otklik/model/contact'
import type { Presence } from '@otklik/model/presence'

/** What a contact occupies of an agent: voice excludes everything else, mail may be interrupted by anything. */
export const routedChannels = ['voice', 'chat', 'mail'] as const
export type RoutedChannel = (typeof routedChannels)[number]

/** A skill and its level, an integer from 1 to 255: asked by a queue, or held by an agent. */
export type SkillLevel = { readonly skillId: SkillId; readonly level: number }

/**
 * A relaxation step: from `afterSeconds` of waiting on, the queue asks this instead. What a ring does not name stays as
 * the ring before asked it.
 */
export type Ring = {
  readonly afterSeconds: number
  readonly skills?: readonly SkillLevel[]
  /** Agents who have one of these sets of skills may take the contact, too: what other queues ask of theirs. */
  readonly orSkills?: readonly (readonly SkillLevel[])[]
  /** The contact's language no longer matters. */
  readonly anyLanguage?: boolean
}

/**
 * Whom a contact takes among the free agents who are eligible.
 * - `bestFit`: least over-qualified, then lightest load, then longest free at that load.
 * - `mostSkilled`: most over-qualified, then the same.
 * - `evenOccupancy`: whatever the fit, lightest load, then least busy lately, then longest free.
 */
export const agentPolicies = ['bestFit', 'mostSkilled', 'evenOccupancy'] as const
export type AgentPolicy = (typeof agentPolicies)[number]

export type QueueDefinition = {
  readonly queueId: QueueId
  readonly skills: readonly SkillLevel[]
  /** Agents who have one of these sets of skills may take its contacts from the beginning: an overflow. Steps keep it. */
  readonly orSkills?: readonly (readonly SkillLevel[])[]
  readonly priority: 1 | 2 | 3 | 4 | 5
  readonly targetSeconds: number
  /** How long an agent may look at an offer; the claim turns it into the absolute `expiresAt`. */
  readonly offerSeconds: number
  /**
   * Contacts of a closed queue keep their place and are offered to nobody, until it opens or the database closes them.
   */
  readonly open: boolean
  /** At most 30; ordered by age. */
  readonly rings: readonly Ring[]
  /** `bestFit` when absent. */
  readonly policy?: AgentPolicy
}

export type Caps = { readonly voice: number; readonly chat: number; readonly mail: number; readonly total: number }

export type AgentProfile = {
  readonly agentId: AgentId
  readonly skills: readonly SkillLevel[]
  readonly languages: readonly string[]
  readonly caps: Caps
}

/** An agent as the database has it; what the agent has in hand follows from the contacts' rows. */
export type AgentRow = AgentProfile & { readonly base: Presence; readonly ticket: number; readonly occupancy: number }

/** An agent until an instant: a hold for the preferred agent, or an agent who is not to be asked. */
export type AgentUntil = { readonly agentId: AgentId; readonly until: number }

/** A contact as the database has it. */
export type ContactRow = {
  readonly contactId: ContactId
  readonly state: ContactState
  readonly queueId: QueueId
  readonly channel: RoutedChannel
  readonly language: string | null
  readonly arrivedAt: number
  readonly seq: number
  readonly agentId: AgentId | null
  readonly offerExpiresAt: number | null
  readonly reservedFor: AgentUntil | null
  readonly exclusions: readonly AgentUntil[]
}

export type RoutingInput =
  | { readonly kind: 'setQueue'; readonly queue: QueueDefinition }
  | { readonly kind: 'setAgent'; readonly agent: AgentProfile }
  | { readonly kind: 'available'; readonly agentId: AgentId; readonly ticket: number; readonly occupancy?: number }
  /** The database has already withdrawn a pending offer; the engine returns its contact by itself. */
  | { readonly kind: 'notReady'; readonly agentId: AgentId }
  | { readonly kind: 'offline'; readonly agentId: AgentId }
  | {
      readonly kind: 'enqueue'
      readonly contactId: ContactId
      readonly queueId: QueueId
      readonly channel: RoutedChannel
      readonly language: string | null
      readonly arrivedAt: number
      readonly seq: number
      readonly reservedFor?: AgentUntil
      readonly exclusions?: readonly AgentUntil[]
    }
  /** Also for a pair that the engine did not ask for: a manual pick. */
  | { readonly kind: 'claimWon'; readonly contactId: ContactId; readonly agentId: AgentId; readonly expiresAt: number }
  | { readonly kind: 'claimLost'; readonly contactId: ContactId; readonly agentId: AgentId }
  | { readonly kind: 'accept'; readonly contactId: ContactId; readonly ticket: number; readonly occupancy?: number }
  | {
      readonly kind: 'decline' | 'miss'
      readonly contactId: ContactId
      readonly agentId: AgentId
      readonly ticket: number
      readonly occupancy?: number
      /** Until when the agent is not asked again for this contact; `exclusionSeconds` from now when absent. */
      readonly until?: number
    }
  | { readonly kind: 'end'; readonly contactId: ContactId }
  | { readonly kind: 'reopen'; readonly contactId: ContactId }
  | { readonly kind: 'finish'; readonly contactId: ContactId; readonly ticket: number; readonly occupancy?: number }
  /** Also an escalation and, without a ticket, the loss of the agent or the move of a waiting contact. */
  | {
      readonly kind: 'transfer'
      readonly contactId: ContactId
      readonly queueId: QueueId
      readonly ticket?: number
      readonly occupancy?: number
      readonly reservedFor?: AgentUntil
      /** Until when the agent who gave it away is not asked again, 0 for not at all; `exclusionSeconds` from now when absent. */
      readonly until?: number
    }
  | { readonly kind: 'abandon'; readonly contactId: ContactId }
  /** The row was loaded afresh: forget what was believed and take this. */
  | { readonly kind: 'syncAgent'; readonly agent: AgentRow }
  | { readonly kind: 'syncContact'; readonly contact: ContactRow }
  /** The rebuild is complete: match everybody. Nothing is offered before it. */
  | { readonly kind: 'start' }
  | { readonly kind: 'tick' }

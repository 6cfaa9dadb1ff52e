/**
 * Whose things a query may touch. Store functions that read or change contacts and customers ask for a `Scope`, and only
 * `authorise…` makes one, so that a query without an owner does not compile.
 */
import type { AgentId, ChannelAccountId, CustomerId } from '@otklik/model/ids'

declare const authorised: unique symbol

export type Scope =
  | { readonly [authorised]: true; readonly kind: 'agent'; readonly agentId: AgentId }
  | { readonly [authorised]: true; readonly kind: 'centre' }
  | { readonly [authorised]: true; readonly kind: 'system' }

export interface Visitor {
  readonly customerId: CustomerId
  readonly channelAccountId: ChannelAccountId
}

/** A visitor who writes. */
export interface Writer extends Visitor {
  /** As whom they came: a merge changes the customer, never this. */
  readonly visitorId: CustomerId
}

/** Who asks, as far as the scope depends on it. */
export interface Asker {
  readonly id: AgentId
  /** Administrators, and supervisors of all queues. */
  readonly seesAll: boolean
}

/**
 * An agent sees the contacts that they hold or held, and all contacts of a customer whom they hold; a supervisor also those
 * of their queues and teams.
 */
export const authoriseAgent = (agentId: AgentId) => ({ kind: 'agent', agentId }) as Scope

/** As above; whoever sees all, the whole centre, as far as their routes let them. */
export const authoriseActor = ({ id, seesAll }: Asker): Scope => (seesAll ? ({ kind: 'centre' } as Scope) : authoriseAgent(id))

/** The program itself: rebuilding, sweeping, publishing to those who may see. */
export const authoriseSystem = () => ({ kind: 'system' }) as Scope

/** Whom an event of the log concerns. Pure. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, CustomerId, MessageId } from '@otklik/model/ids'

export interface Audience {
  readonly contactId?: ContactId
  /** Agents who held the contact before or after. */
  readonly agents: readonly AgentId[]
  /** Agents whose own state changed. */
  readonly me: readonly AgentId[]
  readonly messageId?: MessageId
  /** The customer's view stays as it is: whom we ask is not shown. */
  readonly unseenByVisitor?: true
  /** What agents choose from changed. */
  readonly catalogue?: true
  /** Sessions of this agent were ended. */
  readonly revoked?: { readonly agentId: AgentId; readonly chain: string | null }
}

const present = <Value>(...values: (Value | null | undefined)[]): Value[] => values.filter((value): value is Value => value !== null && value !== undefined)

export const audienceOf = (event: LoggedEvent): Audience | undefined => {
  switch (event.kind) {
    case 'contact.queued': {
      const { contactId, cause, fromAgentId, reservedFor } = event.payload
      // Whoever put it off has it in a list, and may not be offered it for a while.
      return { contactId, agents: present(fromAgentId, cause === 'woken' ? reservedFor : null), me: [] }
    }
    case 'contact.offered':
    case 'contact.declined':
    case 'contact.missed':
    case 'contact.withdrawn':
      return { contactId: event.payload.contactId, agents: [event.payload.agentId], me: [], unseenByVisitor: true }
    case 'contact.accepted':
    case 'contact.picked':
    case 'contact.snoozed':
      return { contactId: event.payload.contactId, agents: [event.payload.agentId], me: [] }
    case 'contact.closed':
    case 'contact.rated': {
      const agents = present(event.payload.agentId)
      return { contactId: event.payload.contactId, agents, me: agents }
    }
    case 'contact.wrapUpStarted':
    case 'contact.reopened':
    case 'contact.awayChanged':
    case 'contact.changed':
    case 'message.read':
      return { contactId: event.payload.contactId, agents: present(event.payload.agentId), me: [] }
    case 'message.received':
    case 'message.sent':
    case 'message.noted':
    case 'message.noticed':
    case 'message.fileRemoved':
      return {
        contactId: event.payload.contactId,
        agents: present(event.payload.agentId),
        me: [],
        messageId: event.payload.messageId,
      }
    case 'presence.changed':
      return { agents: [], me: [event.payload.agentId] }
    case 'agent.changed':
      return { agents: [], me: [event.payload.agentId], catalogue: true }
    case 'queue.changed':
      return event.payload.only === 'overflow' ? undefined : { agents: [], me: [], catalogue: true }
    case 'settings.changed':
      return { agents: [], me: [], catalogue: true }
    case 'session.revoked':
      return { agents: [], me: [], revoked: event.payload }
    case 'visitor.forgotten':
    case 'customer.blockChanged':
    case 'customer.merged':
    case 'customer.mergeUndone':
    case 'customer.erased':
      return { agents: [], me: [] }
    // Whoever holds the customer is told by `contact.changed`.
    case 'customer.changed':
    case 'customer.exported':
    case 'router.started':
      return undefined
  }
}

/** Those who see other chats from now on: they were found to be one person, or not to be. */
export const mixedUpBy = (event: LoggedEvent): readonly CustomerId[] =>
  event.kind === 'customer.merged' || event.kind === 'customer.mergeUndone' ? [event.payload.survivorId, event.payload.mergedId] : []

/**
 * What an event of the log means to the routing engine. Pure: the shell compares versions and applies.
 *
 * An event names the versions that contact and agent have after it. Both one above what is known: it is the next step
 * and becomes an input. Both known already: it was seen. Anything else: something is missing, the rows are loaded.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import type { RoutingInput } from '@otklik/routing/input'

export interface Touched {
  readonly contact?: { readonly id: ContactId; readonly version: number }
  readonly agent?: { readonly id: AgentId; readonly version: number }
  /** What the engine is told; absent when only the versions move. */
  readonly input?: RoutingInput
  /** Definitions to be read anew. */
  readonly queueChanged?: QueueId
  readonly profileChanged?: AgentId
  /** The rows say it better than an input would: load them. */
  readonly reload?: true
}

const until = (agentId: AgentId | null, at: number | null) => (agentId && at !== null ? { agentId, until: at } : undefined)

/** What is said of an agent who became free at a load. */
const renewed = (ticket: number | null, occupancy: number | null) => ({
  ...(ticket === null ? {} : { ticket }),
  ...(occupancy === null ? {} : { occupancy }),
})

/** Nothing for events that do not concern routing. */
export const translateEvent = (event: LoggedEvent): Touched | undefined => {
  switch (event.kind) {
    case 'contact.queued': {
      const p = event.payload
      const contact = { id: p.contactId, version: p.contactVersion }
      const reservedFor = until(p.reservedFor, p.reservedUntil)
      // What was put off, the engine has forgotten.
      if (p.cause === 'arrived' || p.cause === 'woken')
        return {
          contact,
          input: {
            kind: 'enqueue',
            contactId: p.contactId,
            queueId: p.queueId,
            channel: 'chat',
            language: p.language,
            arrivedAt: p.arrivedAt,
            seq: p.seq,
            ...(reservedFor ? { reservedFor } : {}),
          },
        }
      return {
        contact,
        ...(p.fromAgentId && p.fromAgentVersion !== null ? { agent: { id: p.fromAgentId, version: p.fromAgentVersion } } : {}),
        input: {
          kind: 'transfer',
          contactId: p.contactId,
          queueId: p.queueId,
          ...renewed(p.fromAgentTicket, p.fromAgentOccupancy),
          ...(reservedFor ? { reservedFor } : {}),
          until: p.excludedUntil ?? 0,
        },
      }
    }
    case 'contact.offered': {
      const { contactId, agentId, expiresAt } = event.payload
      return { ...held(event.payload), input: { kind: 'claimWon', contactId, agentId, expiresAt } }
    }
    case 'contact.accepted':
      return { ...held(event.payload), input: { kind: 'accept', contactId: event.payload.contactId, ticket: event.payload.ticket, occupancy: event.payload.occupancy } }
    case 'contact.picked':
      // A person did it, without an offer and whatever the agent's presence.
      return { ...held(event.payload), reload: true }
    case 'contact.snoozed': {
      const { contactId, ticket, occupancy } = event.payload
      return { ...held(event.payload), input: { kind: 'finish', contactId, ticket, occupancy } }
    }
    case 'contact.declined':
    case 'contact.missed': {
      const { contactId, agentId, ticket, occupancy, excludedUntil } = event.payload
      return {
        ...held(event.payload),
        input: { kind: event.kind === 'contact.missed' ? 'miss' : 'decline', contactId, agentId, ticket, occupancy, until: excludedUntil },
      }
    }
    case 'contact.withdrawn':
      // The presence that took the offer back follows in the same transaction, and tells the engine both.
      return held(event.payload)
    case 'contact.wrapUpStarted':
      return { contact: contactOf(event.payload), input: { kind: 'end', contactId: event.payload.contactId } }
    case 'contact.reopened':
      return { contact: contactOf(event.payload), input: { kind: 'reopen', contactId: event.payload.contactId } }
    case 'contact.closed': {
      const { contactId, agentId, agentVersion, ticket, occupancy, reason } = event.payload
      return {
        contact: contactOf(event.payload),
        ...(agentId && agentVersion !== null ? { agent: { id: agentId, version: agentVersion } } : {}),
        input: reason === 'abandoned' || ticket === null ? { kind: 'abandon', contactId } : { kind: 'finish', contactId, ticket, ...renewed(null, occupancy) },
      }
    }
    case 'presence.changed': {
      const { agentId, agentVersion, to, ticket, occupancy } = event.payload
      return {
        agent: { id: agentId, version: agentVersion },
        input: to === 'available' && ticket !== null ? { kind: 'available', agentId, ticket, ...renewed(null, occupancy) } : { kind: to === 'offline' ? 'offline' : 'notReady', agentId },
      }
    }
    case 'agent.changed':
      return { agent: { id: event.payload.agentId, version: event.payload.agentVersion }, profileChanged: event.payload.agentId }
    case 'queue.changed':
      return { queueChanged: event.payload.queueId }
    default:
      return undefined
  }
}

const contactOf = (p: { contactId: ContactId; contactVersion: number }) => ({ id: p.contactId, version: p.contactVersion })
const held = (p: { contactId: ContactId; contactVersion: number; agentId: AgentId; agentVersion: number }) => ({
  contact: contactOf(p),
  agent: { id: p.agentId, version: p.agentVersion },
})

export type Freshness = 'next' | 'seen' | 'gap'

/** How an event's versions stand to what is known. Zero is the version of what does not exist yet. */
export const judge = (touched: Touched, contactKnown: number, agentKnown: number): Freshness => {
  const steps = [
    ...(touched.contact ? [touched.contact.version - contactKnown] : []),
    ...(touched.agent ? [touched.agent.version - agentKnown] : []),
  ]
  if (steps.every((step) => step <= 0)) return 'seen'
  return steps.every((step) => step === 1) ? 'next' : 'gap'
}

/**
 * The database's side of a test: rows of the oracle, and the transitions that it commits before the engine hears of
 * them.
 */
import type { AgentRow, ContactRow, RoutingInput } from './input.ts'
import type { Oracle, OracleAgent, OracleContact } from './oracle.test-support.ts'
import type { AgentId } from '@otklik/model/ids'

export const rowOfAgent = ({ agentId, skills, languages, caps, base, ticket, occupancy }: OracleAgent): AgentRow => {
  return { agentId, skills, languages, caps, base, ticket, occupancy }
}

export const rowOfContact = (contact: OracleContact): ContactRow => ({
  contactId: contact.contactId,
  state: contact.place === 'claimed' ? 'queued' : contact.place,
  queueId: contact.queueId,
  channel: contact.channel,
  language: contact.language,
  arrivedAt: contact.arrivedAt,
  seq: contact.seq,
  agentId: contact.place === 'claimed' ? null : contact.agentId,
  offerExpiresAt: contact.expiresAt,
  reservedFor: contact.reservedFor,
  exclusions: contact.exclusions,
})

const renewed = ({ ticket, occupancy }: { ticket?: number; occupancy?: number }) => ({
  ...(ticket !== undefined && { ticket }),
  ...(occupancy !== undefined && { occupancy }),
})

/** Makes the transition in the oracle; returns the agents whose turn comes after contacts have been placed. */
export const commit = (oracle: Oracle, input: RoutingInput): Set<AgentId> => {
  const contact = 'contactId' in input ? oracle.contacts.get(input.contactId) : undefined
  const holder = contact?.agentId ? oracle.agents.get(contact.agentId) : undefined
  const touched = new Set<AgentId>(holder ? [holder.agentId] : [])
  const noOffer = { expiresAt: null, expired: false, expiresAgain: false }
  const returnToQueue = (returned: OracleContact): void =>
    void Object.assign(returned, noOffer, { place: 'queued', agentId: null })
  const exclude = (agentId: AgentId, until: number): void => {
    contact!.exclusions = [
      ...contact!.exclusions.filter((exclusion) => exclusion.agentId !== agentId),
      { agentId, until },
    ]
  }
  switch (input.kind) {
    case 'setQueue':
      oracle.queues.set(input.queue.queueId, input.queue)
      break
    case 'setAgent': {
      const before = oracle.agents.get(input.agent.agentId)
      const { base, ticket, occupancy, reloading } = before ?? { base: 'offline', ticket: 0, occupancy: 0, reloading: false }
      oracle.agents.set(input.agent.agentId, { ...input.agent, base, ticket, occupancy, reloading })
      touched.add(input.agent.agentId)
      break
    }
    case 'syncAgent':
      oracle.agents.get(input.agent.agentId)!.reloading = false
      touched.add(input.agent.agentId)
      break
    case 'available':
      Object.assign(oracle.agents.get(input.agentId)!, { base: 'available' }, renewed(input))
      touched.add(input.agentId)
      break
    case 'notReady':
    case 'offline': {
      const pending = oracle.pendingOf(input.agentId)
      if (pending) returnToQueue(pending)
      oracle.agents.get(input.agentId)!.base = input.kind
      break
    }
    case 'enqueue': {
      const { contactId, queueId, channel, language, arrivedAt, seq } = input
      const fresh = { ...noOffer, place: 'queued', agentId: null, reloading: false } as const
      const reservedFor = input.reservedFor ?? null
      const exclusions = [...(input.exclusions ?? [])]
      const row = { contactId, queueId, channel, language, arrivedAt, seq, reservedFor, exclusions }
      oracle.contacts.set(contactId, { ...fresh, ...row })
      break
    }
    case 'claimWon':
      Object.assign(contact!, { place: 'offered', agentId: input.agentId, expiresAt: input.expiresAt, reservedFor: null })
      break
    case 'claimLost':
      if (contact?.place !== 'claimed' || contact.agentId !== input.agentId) break
      returnToQueue(contact)
      contact.reloading = true
      holder!.reloading = true
      break
    case 'accept':
      if (!contact) break
      Object.assign(contact, noOffer, { place: 'active', reservedFor: null })
      Object.assign(holder!, renewed(input))
      break
    case 'decline':
    case 'miss':
      Object.assign(holder!, renewed(input))
      exclude(input.agentId, input.until!)
      returnToQueue(contact!)
      if (input.kind === 'miss') holder!.base = 'notReady'
      break
    case 'end':
    case 'reopen':
      contact!.place = input.kind === 'end' ? 'wrapUp' : 'active'
      break
    case 'finish':
      Object.assign(holder!, renewed(input))
      oracle.contacts.delete(input.contactId)
      break
    case 'transfer':
      if (contact!.place === 'active') exclude(contact!.agentId!, input.until!)
      if (input.reservedFor) {
        contact!.exclusions = contact!.exclusions.filter(({ agentId }) => agentId !== input.reservedFor!.agentId)
      }
      if (holder) Object.assign(holder, renewed(input))
      Object.assign(contact!, { queueId: input.queueId, reservedFor: input.reservedFor ?? null })
      returnToQueue(contact!)
      break
    case 'abandon':
      oracle.contacts.delete(input.contactId)
      break
  }
  return touched
}

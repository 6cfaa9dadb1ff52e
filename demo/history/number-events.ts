/** Puts a day's events in order and numbers them: versions of contacts and agents, tickets of those who became free, places in line. */
import type { HistoryEvent } from './event.ts'

export interface Numbers {
  /** Of each agent's capacity row, as the last event left it. */
  readonly agentVersions: Map<string, number>
  ticket: number
  seq: number
}

/**
 * Of one instant the events keep the order in which they are given; those of one contact must be in theirs.
 * @returns the version at which each contact ended
 */
export const numberEvents = (events: HistoryEvent[], numbers: Numbers): ReadonlyMap<string, number> => {
  events.sort((a, b) => a.at - b.at)
  const contacts = new Map<string, number>()
  const places = new Map<string, number>()
  const nextOfAgent = (id: string): number => {
    const version = (numbers.agentVersions.get(id) ?? 1) + 1
    numbers.agentVersions.set(id, version)
    return version
  }
  for (const { kind, payload } of events) {
    if ('contactVersion' in payload) {
      payload.contactVersion = (contacts.get(payload.contactId) ?? 0) + 1
      contacts.set(payload.contactId, payload.contactVersion)
    }
    if (kind === 'contact.queued') {
      let place = places.get(payload.contactId)
      if (place === undefined) places.set(payload.contactId, (place = ++numbers.seq))
      payload.seq = place
      if (payload.fromAgentId !== null) {
        payload.fromAgentVersion = nextOfAgent(payload.fromAgentId)
        payload.fromAgentTicket = ++numbers.ticket
      }
    } else if (kind === 'contact.offered') payload.seq = places.get(payload.contactId) ?? 0
    if ('agentVersion' in payload && payload.agentId !== null) payload.agentVersion = nextOfAgent(payload.agentId)
    if ('ticket' in payload && payload.ticket !== null) payload.ticket = ++numbers.ticket
  }
  return contacts
}

/**
 * The log read from its beginning: every step must be one that the model's tables allow, versions must rise without a
 * gap, no agent may hold more than the limit, no contact may have two agents. What comes out must be what the rows say.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import { decideContact, type ContactInput, type ContactState } from '@otklik/model/contact'
import { decidePresence, type Presence, type PresenceCause, type PresenceInput } from '@otklik/model/presence'
import { decideSlot, slotOf } from '@otklik/model/slot'

export interface ReplayedContact {
  state: ContactState
  version: number
  queueId: string
  agentId: string | null
}
export interface ReplayedAgent {
  presence: Presence
  version: number
  held: Set<string>
}
export interface Replayed {
  readonly contacts: Map<string, ReplayedContact>
  readonly agents: Map<string, ReplayedAgent>
  /** What must not be, in words. */
  readonly faults: string[]
}

const presenceInput = (to: Presence, cause: PresenceCause): PresenceInput => {
  if (cause === 'missed') return 'miss'
  if (cause === 'lost') return 'lose'
  return to === 'offline' ? 'signOut' : to === 'available' ? 'becomeAvailable' : 'becomeNotReady'
}

/**
 * @param events of the whole log; those of one contact and of one agent must be in the order in which they happened,
 *   which is the order of their ids
 * @param maxChats how many contacts each agent may hold
 */
export const replay = (events: readonly LoggedEvent[], maxChats: ReadonlyMap<string, number>): Replayed => {
  const contacts = new Map<string, ReplayedContact>()
  const agents = new Map<string, ReplayedAgent>()
  const faults: string[] = []
  const fault = (event: LoggedEvent, what: string) => faults.push(`${event.kind} ${event.id}: ${what}`)

  const agentOf = (id: string): ReplayedAgent => {
    let agent = agents.get(id)
    if (!agent) agents.set(id, (agent = { presence: 'offline', version: 1, held: new Set() }))
    return agent
  }
  const stepAgent = (event: LoggedEvent, id: string, version: number): ReplayedAgent => {
    const agent = agentOf(id)
    if (version !== agent.version + 1) fault(event, `agent ${id} goes from version ${agent.version} to ${version}`)
    agent.version = version
    return agent
  }
  const stepContact = (event: LoggedEvent, id: string, version: number, input: ContactInput): ReplayedContact | undefined => {
    const contact = contacts.get(id)
    if (!contact) return void fault(event, `contact ${id} was never queued`)
    if (version !== contact.version + 1) fault(event, `contact ${id} goes from version ${contact.version} to ${version}`)
    const next = decideContact(contact.state, input)
    if (!next.ok) return void fault(event, `contact ${id} is ${contact.state}, ${next.refusal}`)
    if ((contact.state !== 'queued' && contact.state !== 'snoozed') || input === 'offer' || input === 'pick') {
      const slot = decideSlot(slotOf(contact.state), input)
      if (!slot.ok) fault(event, `slot: ${slot.refusal}`)
    }
    contact.state = next.state
    contact.version = version
    return contact
  }
  const release = (event: LoggedEvent, contact: ReplayedContact, id: string, agentId: string | null) => {
    if (contact.agentId !== agentId) fault(event, `contact ${id} was with ${contact.agentId}, not with ${agentId}`)
    if (agentId) agentOf(agentId).held.delete(id)
    contact.agentId = null
  }

  for (const event of events) {
    switch (event.kind) {
      case 'contact.queued': {
        const p = event.payload
        if (p.cause === 'arrived') {
          if (contacts.has(p.contactId)) fault(event, `contact ${p.contactId} arrives twice`)
          contacts.set(p.contactId, { state: 'queued', version: p.contactVersion, queueId: p.queueId, agentId: null })
          break
        }
        const input = p.cause === 'transferred' || p.cause === 'answered' ? 'transfer' : p.cause === 'escalated' ? 'escalate' : p.cause === 'woken' ? 'wake' : 'loseAgent'
        const contact = stepContact(event, p.contactId, p.contactVersion, input)
        if (p.fromAgentId && p.fromAgentVersion !== null) stepAgent(event, p.fromAgentId, p.fromAgentVersion)
        if (!contact) break
        release(event, contact, p.contactId, p.fromAgentId)
        contact.queueId = p.queueId
        break
      }
      case 'contact.offered': {
        const p = event.payload
        const agent = stepAgent(event, p.agentId, p.agentVersion)
        const contact = stepContact(event, p.contactId, p.contactVersion, 'offer')
        if (agent.presence !== 'available') fault(event, `agent ${p.agentId} is ${agent.presence}`)
        if ([...agent.held].some((id) => contacts.get(id)?.state === 'offered')) fault(event, `agent ${p.agentId} has an offer already`)
        agent.held.add(p.contactId)
        if (agent.held.size > (maxChats.get(p.agentId) ?? Infinity)) fault(event, `agent ${p.agentId} holds ${agent.held.size}`)
        if (contact) contact.agentId = p.agentId
        break
      }
      case 'contact.accepted': {
        const p = event.payload
        stepAgent(event, p.agentId, p.agentVersion)
        const contact = stepContact(event, p.contactId, p.contactVersion, 'accept')
        if (contact && contact.agentId !== p.agentId) fault(event, `contact ${p.contactId} was offered to ${contact.agentId}`)
        break
      }
      case 'contact.picked': {
        const p = event.payload
        const agent = stepAgent(event, p.agentId, p.agentVersion)
        const contact = stepContact(event, p.contactId, p.contactVersion, 'pick')
        if (agent.presence === 'offline') fault(event, `agent ${p.agentId} is offline`)
        agent.held.add(p.contactId)
        if (agent.held.size > (maxChats.get(p.agentId) ?? Infinity)) fault(event, `agent ${p.agentId} holds ${agent.held.size}`)
        if (contact) contact.agentId = p.agentId
        break
      }
      case 'contact.snoozed': {
        const p = event.payload
        const contact = stepContact(event, p.contactId, p.contactVersion, 'snooze')
        stepAgent(event, p.agentId, p.agentVersion)
        if (contact) release(event, contact, p.contactId, p.agentId)
        break
      }
      case 'contact.declined':
      case 'contact.missed':
      case 'contact.withdrawn': {
        const p = event.payload
        const agent = stepAgent(event, p.agentId, p.agentVersion)
        const input = event.kind === 'contact.declined' ? 'decline' : event.kind === 'contact.missed' ? 'miss' : 'withdraw'
        const contact = stepContact(event, p.contactId, p.contactVersion, input)
        if (contact) release(event, contact, p.contactId, p.agentId)
        // The presence of a missed offer is told by the event that follows, under the same version.
        if (event.kind === 'contact.missed') agent.version = p.agentVersion - 1
        break
      }
      case 'contact.wrapUpStarted':
        stepContact(event, event.payload.contactId, event.payload.contactVersion, 'end')
        break
      case 'contact.reopened':
        stepContact(event, event.payload.contactId, event.payload.contactVersion, 'customerMessage')
        break
      case 'contact.closed': {
        const p = event.payload
        const input = p.reason === 'abandoned' || p.by === 'customer' || p.reason === 'blocked' && !p.agentId ? 'leave' : p.by === 'limit' ? 'wrapUpLimit' : p.by === 'lost' ? 'loseAgent' : 'finish'
        const contact = stepContact(event, p.contactId, p.contactVersion, input)
        if (p.agentId && p.agentVersion !== null) stepAgent(event, p.agentId, p.agentVersion)
        if (contact) release(event, contact, p.contactId, p.agentId)
        break
      }
      case 'presence.changed': {
        const p = event.payload
        const agent = stepAgent(event, p.agentId, p.agentVersion)
        if (agent.presence !== p.from) fault(event, `agent ${p.agentId} was ${agent.presence}, not ${p.from}`)
        const next = decidePresence(agent.presence, presenceInput(p.to, p.cause))
        if (!next.ok || next.state !== p.to) fault(event, `presence ${agent.presence} does not lead to ${p.to} by ${p.cause}`)
        agent.presence = p.to
        break
      }
      case 'agent.changed': {
        // A new agent begins with version 1; every later change is a step.
        const agent = agentOf(event.payload.agentId)
        if (event.payload.agentVersion > 1) stepAgent(event, event.payload.agentId, event.payload.agentVersion)
        else agent.version = 1
        break
      }
      default:
    }
  }
  return { contacts, agents, faults }
}

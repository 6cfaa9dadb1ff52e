/** The engine's beliefs as a plain value: a rebuilt engine must believe what the running one does. */
import { presenceNames } from './agents.ts'
import * as at from './contacts.ts'
import { type AgentUntil, routedChannels, type RoutedChannel } from './input.ts'
import { agentIdOf, contactIdOf } from './moves.ts'
import type { RoutingState } from './state.ts'
import type { Presence } from '@otklik/model/presence'
import type { AgentId, ContactId } from '@otklik/model/ids'

export type ContactPlace = 'waiting' | 'sticky' | 'claiming' | 'offered' | 'active' | 'wrapUp' | 'reloading'

export type ContactSnapshot = {
  readonly contactId: ContactId
  readonly place: ContactPlace
  readonly queueId: string
  readonly channel: RoutedChannel
  readonly language: string | null
  readonly arrivedAt: number
  readonly seq: number
  readonly agentId: AgentId | null
  readonly offerExpiresAt: number | null
  /**
   * The ring that its age demands, and the one in force because somebody of it is online; null unless waiting in a
   * class.
   */
  readonly ring: { readonly byAge: number; readonly inForce: number } | null
  readonly reservedFor: AgentUntil | null
  readonly exclusions: readonly AgentUntil[]
}

export type AgentSnapshot = {
  readonly agentId: AgentId
  readonly base: Presence
  readonly ticket: number
  readonly occupancy: number
  readonly inHand: Readonly<Record<RoutedChannel, number>>
  readonly pending: ContactId | null
  readonly reloading: boolean
  /** Channels in which the agent could be offered something now. */
  readonly freeFor: readonly RoutedChannel[]
}

export type RoutingSnapshot = {
  readonly contacts: readonly ContactSnapshot[]
  readonly agents: readonly AgentSnapshot[]
}

const placeNames: Record<number, ContactPlace> = {
  [at.waiting]: 'waiting',
  [at.sticky]: 'sticky',
  [at.claiming]: 'claiming',
  [at.offered]: 'offered',
  [at.active]: 'active',
  [at.wrapUp]: 'wrapUp',
  [at.reloading]: 'reloading',
}

/** Contacts and agents by id. O(n log n): for tests and for comparing a rebuilt engine with a running one. */
export const snapshot = (routing: RoutingState): RoutingSnapshot => {
  const { contacts, agents } = routing
  const contactRows: ContactSnapshot[] = []
  for (let contact = 0; contact < contacts.ids.length; contact++) {
    if (contacts.state.get(contact) !== at.gone) contactRows.push(contactSnapshot(routing, contact))
  }
  const agentRows: AgentSnapshot[] = []
  for (let agent = 0; agent < agents.size; agent++) {
    if (agents.profile[agent] !== null) agentRows.push(agentSnapshot(routing, agent))
  }
  return {
    contacts: contactRows.sort((a, b) => (a.contactId < b.contactId ? -1 : 1)),
    agents: agentRows.sort((a, b) => (a.agentId < b.agentId ? -1 : 1)),
  }
}

const contactSnapshot = (routing: RoutingState, contact: number): ContactSnapshot => {
  const { contacts, classes, languages } = routing
  const place = placeNames[contacts.state.get(contact)]!
  const contactClass = place === 'waiting' ? classes.all[contacts.contactClass.get(contact)]! : null
  const reserved = contacts.reservedAgent.get(contact)
  const exclusions: AgentUntil[] = []
  for (let e = contacts.exclusion.get(contact); e >= 0; e = routing.exclusions.next[e]!) {
    exclusions.push({
      agentId: agentIdOf(routing, routing.exclusions.agent[e]!),
      until: routing.exclusions.nodes.first.get(e),
    })
  }
  return {
    contactId: contactIdOf(routing, contact),
    place,
    queueId: classes.queues[contacts.queue.get(contact)]!.id,
    channel: routedChannels[contacts.channel.get(contact)]!,
    language: contacts.language.get(contact) < 0 ? null : languages.ids[contacts.language.get(contact)]!,
    arrivedAt: contacts.arrivals.first.get(contact),
    seq: contacts.arrivals.second.get(contact),
    agentId: contacts.agent.get(contact) < 0 ? null : agentIdOf(routing, contacts.agent.get(contact)),
    offerExpiresAt: place === 'offered' ? contacts.expiresAt[contact]! : null,
    ring: contactClass && { byAge: contactClass.ring, inForce: contactClass.ring + contactClass.ladder.effective },
    reservedFor:
      reserved < 0 || contacts.reservedUntil[contact]! <= routing.now
        ? null
        : { agentId: agentIdOf(routing, reserved), until: contacts.reservedUntil[contact]! },
    exclusions: exclusions.sort((a, b) => (a.agentId < b.agentId ? -1 : 1)),
  }
}

const agentSnapshot = (routing: RoutingState, agent: number): AgentSnapshot => {
  const { agents } = routing
  const [voice, chat, mail] = agents.inHand.map((column) => column.get(agent))
  return {
    agentId: agentIdOf(routing, agent),
    base: presenceNames[agents.base.get(agent)]!,
    ticket: agents.ticket[agent]!,
    occupancy: agents.occupancy[agent]!,
    inHand: { voice: voice!, chat: chat!, mail: mail! },
    pending: agents.pending.get(agent) < 0 ? null : contactIdOf(routing, agents.pending.get(agent)),
    reloading: agents.reloading.get(agent) !== 0,
    freeFor: routedChannels.filter((_, channel) => agents.isFree(agent, channel)),
  }
}

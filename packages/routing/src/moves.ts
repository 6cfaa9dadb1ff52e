/** The moves that every transition is made of: a contact finds its place, an agent takes work, a pair is asked for. */
import { available } from './agents.ts'
import * as at from './contacts.ts'
import type { ContactClass } from './class-queue.ts'
import type { ReservationEnd, TraceRule } from './decision.ts'
import { channelCount, type Ladder } from './eligibility.ts'
import { findAgent, findContact, findHeld, urgencyOf, waitedSeconds, wayOf } from './search.ts'
import type { RoutingState } from './state.ts'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'

export const contactIdOf = (state: RoutingState, contact: number): ContactId => state.contacts.ids[contact] as ContactId
export const agentIdOf = (state: RoutingState, agent: number): AgentId => state.agents.interner.ids[agent] as AgentId

const classOf = (state: RoutingState, contact: number): ContactClass => {
  const { contacts } = state
  const queue = state.classes.queues[contacts.queue.get(contact)]!
  const ring = queue.ringAt(state.now - contacts.arrivals.first.get(contact))
  return state.classes.classFor(queue, contacts.channel.get(contact), contacts.language.get(contact), ring)
}

export const enterClass = (state: RoutingState, contact: number, contactClass: ContactClass): void => {
  const { contacts } = state
  contacts.state.set(contact, at.waiting)
  contacts.contactClass.set(contact, contactClass.id)
  // Whoever has exclusions stands apart, so that passing over an excluded contact never walks the list.
  contactClass.line.push(contacts.arrivals, contact, contacts.exclusion.get(contact) >= 0)
  if (contactClass.line.peek(contacts.arrivals) === contact) {
    state.classes.headArrival[contactClass.id] = contacts.arrivals.first.get(contact)
  }
  if (contactClass.servedAt < 0) state.classes.refresh(contactClass)
  state.timers.armRelaxation(contactClass, contact)
}

/** Takes a waiting or held contact out of where it waits. */
export const leavePlace = (state: RoutingState, contact: number): void => {
  const { contacts } = state
  if (contacts.state.get(contact) === at.sticky) {
    state.timers.stopHold(contact)
    return
  }
  const contactClass = state.classes.all[contacts.contactClass.get(contact)]!
  contactClass.line.remove(contacts.arrivals, contact)
  contacts.contactClass.set(contact, -1)
  if (contactClass.line.size === 0) state.classes.refresh(contactClass)
  else state.classes.noteHead(contactClass, contacts.arrivals)
}

/** Must the contact wait for the agent whom it is reserved for? Only while that agent is available and not excluded. */
export const isHeldFor = (state: RoutingState, contact: number): boolean => {
  const { contacts, agents } = state
  const agent = contacts.reservedAgent.get(contact)
  return (
    agent >= 0 &&
    contacts.reservedUntil[contact]! > state.now &&
    agents.base.get(agent) === available &&
    agents.admits(agent, contacts.channel.get(contact)) &&
    !state.exclusions.has(contact, agent, state.now)
  )
}

/** Why a contact that is reserved for somebody is not held for them. */
const reservationEnd = (state: RoutingState, contact: number): ReservationEnd => {
  const { contacts, agents } = state
  const agent = contacts.reservedAgent.get(contact)
  if (contacts.reservedUntil[contact]! <= state.now) return 'timeOver'
  const isThere = agents.base.get(agent) === available && agents.admits(agent, contacts.channel.get(contact))
  return isThere ? 'excluded' : 'notAvailable'
}

export const hold = (state: RoutingState, contact: number): void => {
  state.contacts.state.set(contact, at.sticky)
  state.timers.startHold(contact, state.contacts.reservedUntil[contact]!)
}

/** Gives a contact that stands nowhere its place: an offer when somebody is free, a hold, or its class. */
export const place = (state: RoutingState, contact: number): void => {
  const { contacts, agents } = state
  const { open } = state.classes.queues[contacts.queue.get(contact)]!
  if (isHeldFor(state, contact)) {
    const agent = contacts.reservedAgent.get(contact)
    const free = (agents.indexed.get(agent) & (1 << contacts.channel.get(contact))) !== 0
    if (free && open && state.started) offer(state, contact, agent, 'sticky')
    else hold(state, contact)
    return
  }
  const contactClass = classOf(state, contact)
  if (open && state.started) {
    const agent = findAgent(state, contactClass.ladder.current, contact)
    if (agent >= 0) {
      offer(state, contact, agent, 'arrival', contactClass)
      return
    }
  }
  enterClass(state, contact, contactClass)
}

/** Finds work for an agent who is not in the idle index, and indexes the agent when there is none. */
export const settle = (state: RoutingState, agent: number): void => {
  if (!takeWork(state, agent)) state.idle.add(agent)
}

/** Own holds first, then the most urgent contact of all. */
export const takeWork = (state: RoutingState, agent: number): boolean => {
  if (!state.started || state.agents.base.get(agent) !== available) return false
  const held = findHeld(state, agent)
  if (held >= 0) {
    leavePlace(state, held)
    offer(state, held, agent, 'sticky')
    return true
  }
  const contact = findContact(state, agent)
  if (contact < 0) return false
  const contactClass = state.classes.all[state.contacts.contactClass.get(contact)]!
  const second = state.runnerUp
  leavePlace(state, contact)
  offer(state, contact, agent, 'agent', contactClass, second)
  return true
}

/**
 * Asks for the pair; the contact stands nowhere by now. `second` is the contact that the agent would have taken else.
 */
const offer = (
  state: RoutingState,
  contact: number,
  agent: number,
  rule: TraceRule,
  contactClass: ContactClass | null = null,
  second = -1,
): void => {
  const { contacts, agents, idle } = state
  const channel = contacts.channel.get(contact)
  const set = contactClass ? contactClass.ladder.current : null
  const queue = state.classes.queues[contacts.queue.get(contact)]!
  const ring = contactClass ? contactClass.ring + contactClass.ladder.effective : 0
  const reserved = rule === 'sticky' ? -1 : contacts.reservedAgent.get(contact)
  idle.remove(agent)
  const free = set ? state.eligibility.freedom.bySet[set.id]! : 0
  const other = set && free > 0 ? findAgent(state, set, contact) : -1
  state.decisions.push({
    kind: 'offer',
    contactId: contactIdOf(state, contact),
    agentId: agentIdOf(state, agent),
    trace: {
      rule,
      policy: queue.policy,
      queueId: queue.id as QueueId,
      seq: contacts.arrivals.second.get(contact),
      waitedSeconds: waitedSeconds(state, contact),
      urgency: urgencyOf(state, contact),
      ring,
      fit: set ? set.fitOf(agents.profile[agent]!) : null,
      way: contactClass ? wayOf(state, queue, ring, agents.profile[agent]!) : 0,
      load: agents.loadOf(agent, channel),
      occupancy: agents.occupancy[agent]!,
      reservedFor: reserved < 0 ? null : agentIdOf(state, reserved),
      reservationEnd: reserved < 0 ? null : reservationEnd(state, contact),
      freeCandidates: free + 1,
      runnerUpAgent:
        other < 0
          ? null
          : {
              agentId: agentIdOf(state, other),
              fit: set!.fitOf(agents.profile[other]!),
              load: agents.loadOf(other, channel),
              ticket: agents.ticket[other]!,
              occupancy: agents.occupancy[other]!,
            },
      runnerUpContact:
        second < 0
          ? null
          : {
              contactId: contactIdOf(state, second),
              urgency: urgencyOf(state, second),
              waitedSeconds: waitedSeconds(state, second),
            },
    },
  })
  contacts.state.set(contact, at.claiming)
  contacts.agent.set(contact, agent)
  agents.pending.set(agent, contact)
}

/** Lets indexed agents take work, by ticket. */
export const matchAgents = (state: RoutingState, found: readonly number[], goOn: () => boolean = () => true): void => {
  const { ticket, indexed } = state.agents
  for (const agent of found.toSorted((a, b) => ticket[a]! - ticket[b]! || a - b)) {
    if (!goOn()) return
    if (indexed.get(agent) !== 0) takeWork(state, agent)
  }
}

/** Lets the free agents of these ladders take work, by ticket, while there is any in them. */
export const matchLadders = (state: RoutingState, ladders: readonly Ladder[]): void => {
  const { freedom } = state.eligibility
  const waiting = ladders.filter((ladder) => hasWork(state, ladder) && freedom.bySet[ladder.current.id]! > 0)
  if (waiting.length === 0) return
  const found = new Set<number>()
  for (const { current, channel } of waiting) {
    for (const tier of current.tiers) {
      if (freedom.byTier[tier.id] === 0) continue
      for (const profile of tier.profiles) {
        for (const node of profile.free[channel]!) found.add((node / channelCount) | 0)
      }
    }
  }
  matchAgents(state, [...found], () => waiting.some((ladder) => hasWork(state, ladder)))
}

const hasWork = (state: RoutingState, ladder: Ladder): boolean => (state.classes.live[ladder.id] ?? 0) !== 0

/**
 * After agents went online or offline: ladders whose step in force changed, and sets with so few online that an
 * exclusion may have lost its ground, are matched again.
 */
export const settleChanges = (state: RoutingState): void => {
  if (state.changedLadders.length === 0 && state.thinnedSets.length === 0) return
  const ladders = new Set(state.changedLadders)
  for (const set of state.thinnedSets) for (const ladder of set.ladders) if (ladder.current === set) ladders.add(ladder)
  state.changedLadders = []
  state.thinnedSets = []
  if (state.started) matchLadders(state, [...ladders])
}


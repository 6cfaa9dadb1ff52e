/** What happens to contacts: each function follows one transition that the database has committed. */
import { available, notReady } from './agents.ts'
import { changeBase, returnHeld } from './agent-inputs.ts'
import * as at from './contacts.ts'
import { type AgentUntil, type ContactRow, type RoutingInput, routedChannels } from './input.ts'
import { contactIdOf, leavePlace, place, settle } from './moves.ts'
import { askReload } from './reload.ts'
import type { RoutingState } from './state.ts'

type Input<Kind extends RoutingInput['kind']> = Extract<RoutingInput, { kind: Kind }>

export const followEnqueue = (state: RoutingState, input: Input<'enqueue'>): void => {
  const { contacts } = state
  if (contacts.find(input.contactId) >= 0) return askReload(state, input.contactId)
  const contact = contacts.add(input.contactId, input.arrivedAt, input.seq)
  describe(state, contact, input)
  if (input.reservedFor) reserve(state, contact, input.reservedFor)
  for (const exclusion of input.exclusions ?? []) exclude(state, contact, exclusion)
  place(state, contact)
}

export const followClaimWon = (state: RoutingState, input: Input<'claimWon'>): void => {
  const { contacts, agents } = state
  const contact = contacts.find(input.contactId)
  const agent = agents.interner.find(input.agentId)
  if (contact < 0 || agent < 0) return askReload(state, input.contactId, input.agentId)
  const where = contacts.state.get(contact)
  if (where === at.waiting || where === at.sticky) {
    // A person picked it.
    if (agents.pending.get(agent) >= 0 || agents.base.get(agent) !== available) {
      return askReload(state, input.contactId, input.agentId)
    }
    leavePlace(state, contact)
    state.idle.remove(agent)
    contacts.agent.set(contact, agent)
    agents.pending.set(agent, contact)
  } else if (where !== at.claiming || contacts.agent.get(contact) !== agent) {
    return askReload(state, input.contactId, input.agentId)
  }
  // Whoever it was kept for has had the word: after a refusal it is everybody's.
  unreserve(state, contact)
  openOffer(state, contact, input.expiresAt)
}

/** The pair is dissolved with its old keys, and neither side is matched again before its row has been loaded. */
export const followClaimLost = (state: RoutingState, input: Input<'claimLost'>): void => {
  const { contacts, agents } = state
  const contact = contacts.find(input.contactId)
  const agent = agents.interner.find(input.agentId)
  // Another input has already dissolved the pair: nothing was believed that could be wrong.
  if (contact < 0 || contacts.state.get(contact) !== at.claiming || contacts.agent.get(contact) !== agent) return
  endOffer(state, contact)
  contacts.state.set(contact, at.reloading)
  agents.reloading.set(agent, 1)
  askReload(state, input.contactId, input.agentId)
}

export const followAccept = (state: RoutingState, input: Input<'accept'>): void => {
  const { contacts, agents } = state
  const contact = findIn(state, input.contactId, at.claiming, at.offered)
  if (contact < 0) return askReload(state, input.contactId)
  const agent = endOffer(state, contact)
  contacts.state.set(contact, at.active)
  contacts.agent.set(contact, agent)
  agents.countInHand(agent, contacts.channel.get(contact), 1)
  agents.renew(agent, input)
  unreserve(state, contact)
  settle(state, agent)
}

export const followRefusal = (state: RoutingState, input: Input<'decline' | 'miss'>): void => {
  const { contacts, agents } = state
  const contact = findIn(state, input.contactId, at.claiming, at.offered)
  if (contact < 0 || contacts.agent.get(contact) !== agents.interner.find(input.agentId)) {
    return askReload(state, input.contactId, input.agentId)
  }
  const agent = endOffer(state, contact)
  agents.renew(agent, input)
  exclude(state, contact, { agentId: input.agentId, until: input.until ?? defaultUntil(state) })
  if (input.kind === 'miss') {
    changeBase(state, agent, notReady)
    returnHeld(state, agent)
  }
  place(state, contact)
  settle(state, agent)
}

/** Wrap-up keeps its slot, so nothing comes free. */
export const followEnd = (state: RoutingState, input: Input<'end'>): void => {
  const contact = findIn(state, input.contactId, at.active, at.wrapUp)
  if (contact < 0) return askReload(state, input.contactId)
  state.contacts.state.set(contact, at.wrapUp)
}

export const followReopen = (state: RoutingState, input: Input<'reopen'>): void => {
  const contact = findIn(state, input.contactId, at.active, at.wrapUp)
  if (contact < 0) return askReload(state, input.contactId)
  state.contacts.state.set(contact, at.active)
}

export const followFinish = (state: RoutingState, input: Input<'finish'>): void => {
  const contact = findIn(state, input.contactId, at.active, at.wrapUp)
  if (contact < 0) return askReload(state, input.contactId)
  const agent = leaveHand(state, contact)
  state.agents.renew(agent, input)
  forget(state, contact)
  settle(state, agent)
}

export const followTransfer = (state: RoutingState, input: Input<'transfer'>): void => {
  const { contacts, agents } = state
  const contact = contacts.find(input.contactId)
  const where = contact < 0 ? at.gone : contacts.state.get(contact)
  let agent = -1
  if (where === at.active || where === at.wrapUp) {
    agent = leaveHand(state, contact)
    agents.renew(agent, input)
    exclude(state, contact, { agentId: agents.interner.ids[agent]!, until: input.until ?? defaultUntil(state) })
  } else if (where === at.waiting || where === at.sticky) {
    leavePlace(state, contact)
  } else {
    return askReload(state, input.contactId)
  }
  contacts.queue.set(contact, state.classes.internQueue(input.queueId))
  unreserve(state, contact)
  if (input.reservedFor) {
    // Handed to somebody by name: an earlier refusal of theirs does not stand against it.
    state.exclusions.remove(contact, agents.intern(input.reservedFor.agentId))
    reserve(state, contact, input.reservedFor)
  }
  place(state, contact)
  if (agent >= 0) settle(state, agent)
}

export const followAbandon = (state: RoutingState, input: Input<'abandon'>): void => {
  const contact = state.contacts.find(input.contactId)
  if (contact < 0 || isInHand(state, contact)) return askReload(state, input.contactId)
  const agent = detach(state, contact)
  forget(state, contact)
  if (agent >= 0) settle(state, agent)
}

export const followContactRow = (state: RoutingState, row: ContactRow): void => {
  const { contacts, agents } = state
  let contact = contacts.find(row.contactId)
  const before = contact < 0 ? -1 : detach(state, contact)
  const holder = row.agentId === null ? -1 : agents.intern(row.agentId)
  if (row.state === 'closed') {
    if (contact >= 0) forget(state, contact)
  } else {
    if (contact < 0) contact = contacts.add(row.contactId, row.arrivedAt, row.seq)
    contacts.arrivals.first.set(contact, row.arrivedAt)
    contacts.arrivals.second.set(contact, row.seq)
    contacts.deadlines.second.set(contact, row.seq)
    describe(state, contact, row)
    unreserve(state, contact)
    state.exclusions.clear(contact)
    if (row.reservedFor) reserve(state, contact, row.reservedFor)
    for (const exclusion of row.exclusions) exclude(state, contact, exclusion)
    if (row.state === 'queued' || holder < 0) {
      place(state, contact)
    } else {
      state.idle.remove(holder)
      contacts.agent.set(contact, holder)
      if (agents.profile[holder] === null) askReload(state, undefined, row.agentId!)
      if (row.state === 'offered') {
        displacePending(state, holder)
        agents.pending.set(holder, contact)
        openOffer(state, contact, row.offerExpiresAt ?? state.now)
      } else {
        unreserve(state, contact)
        contacts.state.set(contact, row.state === 'active' ? at.active : at.wrapUp)
        agents.countInHand(holder, contacts.channel.get(contact), 1)
      }
    }
  }
  if (before >= 0 && before !== holder) resettle(state, before)
  if (holder >= 0) resettle(state, holder)
}

const resettle = (state: RoutingState, agent: number): void => {
  state.idle.remove(agent)
  settle(state, agent)
}

/** The row says that the agent has another offer: what was believed to be pending is loaded afresh. */
const displacePending = (state: RoutingState, agent: number): void => {
  const other = state.agents.pending.get(agent)
  if (other < 0) return
  endOffer(state, other)
  state.contacts.state.set(other, at.reloading)
  askReload(state, contactIdOf(state, other))
}

/** The contact's number while it stands in one of two places, else -1. */
const findIn = (state: RoutingState, id: string, place: number, other: number): number => {
  const contact = state.contacts.find(id)
  if (contact < 0) return -1
  const where = state.contacts.state.get(contact)
  return where === place || where === other ? contact : -1
}

const isInHand = (state: RoutingState, contact: number): boolean =>
  state.contacts.state.get(contact) === at.active || state.contacts.state.get(contact) === at.wrapUp

const defaultUntil = (state: RoutingState): number => state.now + state.options.exclusionSeconds * 1000

type Described = Pick<ContactRow, 'queueId' | 'channel' | 'language'>

const describe = (state: RoutingState, contact: number, { queueId, channel, language }: Described): void => {
  state.contacts.queue.set(contact, state.classes.internQueue(queueId))
  state.contacts.channel.set(contact, routedChannels.indexOf(channel))
  state.contacts.language.set(contact, language === null ? -1 : state.languages.intern(language))
}

const openOffer = (state: RoutingState, contact: number, expiresAt: number): void => {
  state.contacts.state.set(contact, at.offered)
  state.contacts.expiresAt[contact] = expiresAt
  state.timers.startOffer(contact, expiresAt)
}

/** Dissolves a claim or an offer; the agent, who is returned, keeps the ticket and is not yet matched. */
export const endOffer = (state: RoutingState, contact: number): number => {
  const { contacts, agents } = state
  const agent = contacts.agent.get(contact)
  if (contacts.state.get(contact) === at.offered) state.timers.stopOffer(contact)
  agents.pending.set(agent, -1)
  contacts.agent.set(contact, -1)
  return agent
}

/** Takes a contact in hand from its agent, who is returned, out of the idle index and not yet matched. */
const leaveHand = (state: RoutingState, contact: number): number => {
  const { contacts, agents } = state
  const agent = contacts.agent.get(contact)
  state.idle.remove(agent)
  agents.countInHand(agent, contacts.channel.get(contact), -1)
  contacts.agent.set(contact, -1)
  return agent
}

/** Takes a contact from wherever it is; returns the agent who had it, or -1. */
const detach = (state: RoutingState, contact: number): number => {
  const where = state.contacts.state.get(contact)
  if (where === at.waiting || where === at.sticky) leavePlace(state, contact)
  if (where === at.claiming || where === at.offered) return endOffer(state, contact)
  return where === at.active || where === at.wrapUp ? leaveHand(state, contact) : -1
}

/** Drops a contact that stands nowhere. */
const forget = (state: RoutingState, contact: number): void => {
  unreserve(state, contact)
  state.exclusions.clear(contact)
  state.contacts.drop(contact)
}

const exclude = (
  state: RoutingState,
  contact: number,
  { agentId, until }: { readonly agentId: string; readonly until: number },
): void => {
  if (until <= state.now) return
  state.exclusions.add(contact, state.agents.intern(agentId), until)
  state.timers.expect(until)
}

/** Also when its time is over already: the trace tells of it. */
const reserve = (state: RoutingState, contact: number, { agentId, until }: AgentUntil): void => {
  const agent = state.agents.intern(agentId)
  state.contacts.reservedAgent.set(contact, agent)
  state.contacts.reservedUntil[contact] = until
  const reserved = state.agents.reserved.get(agent)
  if (reserved) reserved.push(contact)
  else state.agents.reserved.set(agent, [contact])
}

const unreserve = (state: RoutingState, contact: number): void => {
  const agent = state.contacts.reservedAgent.get(contact)
  if (agent < 0) return
  const reserved = state.agents.reserved.get(agent)!
  if (reserved.length === 1) state.agents.reserved.delete(agent)
  else reserved.splice(reserved.indexOf(contact), 1)
  state.contacts.reservedAgent.set(contact, -1)
}

/** What happens to agents: presence, profiles and rows loaded afresh. */
import { available, notReady, offline, presenceNames } from './agents.ts'
import { offered, sticky, waiting } from './contacts.ts'
import { channelCount, rowOf } from './eligibility.ts'
import type { AgentProfile, AgentRow, RoutingInput } from './input.ts'
import { contactIdOf, hold, isHeldFor, leavePlace, place, settle } from './moves.ts'
import { askReload } from './reload.ts'
import type { RoutingState } from './state.ts'

type Input<Kind extends RoutingInput['kind']> = Extract<RoutingInput, { kind: Kind }>

export const followAvailable = (state: RoutingState, input: Input<'available'>): void => {
  const { agents } = state
  const agent = agents.interner.find(input.agentId)
  if (agent < 0 || agents.profile[agent] === null) return askReload(state, undefined, input.agentId)
  state.idle.remove(agent)
  agents.renew(agent, input)
  changeBase(state, agent, available)
  gatherHeld(state, agent)
  settle(state, agent)
}

/**
 * Not ready or offline: the offer that the database withdrew returns to its place, then the contacts held for the
 * agent.
 */
export const followLeave = (state: RoutingState, input: Input<'notReady' | 'offline'>): void => {
  const { agents, contacts } = state
  const agent = agents.interner.find(input.agentId)
  if (agent < 0 || agents.profile[agent] === null) return askReload(state, undefined, input.agentId)
  state.idle.remove(agent)
  changeBase(state, agent, input.kind === 'notReady' ? notReady : offline)
  const pending = agents.pending.get(agent)
  if (pending >= 0) {
    if (contacts.state.get(pending) === offered) state.timers.stopOffer(pending)
    contacts.agent.set(pending, -1)
    agents.pending.set(agent, -1)
    place(state, pending)
  }
  returnHeld(state, agent)
}

export const followProfile = (state: RoutingState, row: AgentProfile): void => {
  const agent = state.agents.intern(row.agentId)
  state.idle.remove(agent)
  changeProfile(state, agent, row)
  gatherHeld(state, agent)
  returnHeld(state, agent)
  settle(state, agent)
}

export const followAgentRow = (state: RoutingState, row: AgentRow): void => {
  const { agents } = state
  const agent = agents.intern(row.agentId)
  state.idle.remove(agent)
  changeProfile(state, agent, row)
  changeBase(state, agent, presenceNames.indexOf(row.base))
  agents.renew(agent, row)
  agents.reloading.set(agent, 0)
  const pending = agents.pending.get(agent)
  if (pending >= 0 && row.base !== 'available') askReload(state, contactIdOf(state, pending))
  gatherHeld(state, agent)
  returnHeld(state, agent)
  settle(state, agent)
}

/** Changes presence; the agent is out of the idle index. Sets that gain or lose somebody online are noted. */
export const changeBase = (state: RoutingState, agent: number, base: number): void => {
  const { agents } = state
  const before = agents.base.get(agent)
  const wasOnline = before !== offline
  agents.base.set(agent, base)
  if ((before === available) !== (base === available)) countAvailable(state, agent, base === available ? 1 : -1)
  if (wasOnline !== (base !== offline)) countOnline(state, agent, wasOnline ? -1 : 1)
}

const changeProfile = (state: RoutingState, agent: number, row: AgentProfile): void => {
  const { agents } = state
  const base = agents.base.get(agent)
  if (base === available) countAvailable(state, agent, -1)
  if (base !== offline) countOnline(state, agent, -1)
  agents.setProfile(agent, row, state.profiles.profileFor(row))
  if (base !== offline) countOnline(state, agent, 1)
  if (base === available) countAvailable(state, agent, 1)
}

const countAvailable = (state: RoutingState, agent: number, by: 1 | -1): void => {
  const profile = state.agents.profile[agent]
  if (!profile) return
  const { memberships } = state.eligibility.freedom
  profile.available += by
  for (let channel = 0; channel < channelCount; channel++) {
    const row = rowOf(profile, channel)
    const end = memberships.start[row]! + memberships.length[row]!
    for (let i = memberships.start[row]!; i < end; i += 3) state.eligibility.sets[memberships.data[i]!]!.available += by
  }
}

const countOnline = (state: RoutingState, agent: number, by: 1 | -1): void => {
  const profile = state.agents.profile[agent]
  if (!profile) return
  const { lane, mostPerContact } = state.exclusions
  const { memberships } = state.eligibility.freedom
  profile.online += by
  for (let channel = 0; channel < channelCount; channel++) {
    const row = rowOf(profile, channel)
    const from = memberships.start[row]!
    const end = from + memberships.length[row]!
    for (let i = from; i < end; i += 3) {
      const set = state.eligibility.sets[memberships.data[i]!]!
      set.online += by
      if (set.online === 0 || (by > 0 && set.online === 1)) {
        for (const ladder of set.ladders) {
          if (!ladder.settle()) continue
          state.classes.refreshLadder(ladder)
          state.changedLadders.push(ladder)
        }
      }
      if (by < 0 && lane.size > 0 && set.online <= mostPerContact) state.thinnedSets.push(set)
    }
  }
}

/** Places, by arrival, the contacts held for an agent who can no longer be waited for. */
export const returnHeld = (state: RoutingState, agent: number): void => {
  for (const contact of byArrival(state, agent, sticky)) {
    if (isHeldFor(state, contact)) continue
    leavePlace(state, contact)
    place(state, contact)
  }
}

/** Holds again the waiting contacts that are reserved for an agent who has become available. */
const gatherHeld = (state: RoutingState, agent: number): void => {
  for (const contact of byArrival(state, agent, waiting)) {
    if (!isHeldFor(state, contact)) continue
    leavePlace(state, contact)
    hold(state, contact)
  }
}

const byArrival = (state: RoutingState, agent: number, place: number): number[] => {
  const { state: places, arrivals } = state.contacts
  const reserved = state.agents.reserved.get(agent) ?? []
  return reserved.filter((contact) => places.get(contact) === place).sort((a, b) => (arrivals.before(a, b) ? -1 : 1))
}

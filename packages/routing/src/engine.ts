/**
 * The distributor of contacts, behind one door. `apply` takes what the database has committed and answers with what is
 * to be asked for; given the same inputs at the same instants it always answers the same.
 */
import { followAgentRow, followAvailable, followLeave, followProfile } from './agent-inputs.ts'
import * as contact from './contact-inputs.ts'
import { sticky, waiting } from './contacts.ts'
import type { Decision } from './decision.ts'
import type { RoutingInput } from './input.ts'
import { agentIdOf, contactIdOf, isHeldFor, leavePlace, place, settleChanges, takeWork } from './moves.ts'
import { followQueue, followStart } from './queue-inputs.ts'
import { type RoutingOptions, RoutingState } from './state.ts'

export { beingOffered, positions, staffingOf } from './positions.ts'
export { snapshot } from './snapshot.ts'

/** The engine's memory: owned and changed by `apply`, opaque to everybody else. */
export type Routing = RoutingState

/** An engine that knows nothing. It offers nothing before `start`. */
export const createRouting = (options: Partial<RoutingOptions> = {}): Routing =>
  new RoutingState({ exclusionSeconds: 30, timersPerApply: 2048, wideTier: 32, ...options })

/**
 * Follows one committed input and returns what is to be done, in order. Timers due by `now` run first, at most
 * `timersPerApply` of them: while `nextDueAt` is not after the present, call again with `tick`.
 *
 * @param now epoch milliseconds; an instant before the latest one seen counts as the latest
 */
export const apply = (routing: Routing, input: RoutingInput, now: number): Decision[] => {
  const decisions: Decision[] = []
  routing.decisions = decisions
  routing.now = Math.max(routing.now, now)
  if (routing.started && routing.timers.quietUntil <= routing.now) runTimers(routing)
  follow(routing, input)
  settleChanges(routing)
  return decisions
}

/** When `apply` with `tick` is next worth calling, epoch milliseconds; undefined while nothing is to come. */
export const nextDueAt = (routing: Routing): number | undefined =>
  routing.started && routing.timers.next() !== null ? routing.timers.due : undefined

const follow = (state: RoutingState, input: RoutingInput): void => {
  switch (input.kind) {
    case 'setQueue':
      return followQueue(state, input.queue)
    case 'setAgent':
      return followProfile(state, input.agent)
    case 'available':
      return followAvailable(state, input)
    case 'notReady':
    case 'offline':
      return followLeave(state, input)
    case 'enqueue':
      return contact.followEnqueue(state, input)
    case 'claimWon':
      return contact.followClaimWon(state, input)
    case 'claimLost':
      return contact.followClaimLost(state, input)
    case 'accept':
      return contact.followAccept(state, input)
    case 'decline':
    case 'miss':
      return contact.followRefusal(state, input)
    case 'end':
      return contact.followEnd(state, input)
    case 'reopen':
      return contact.followReopen(state, input)
    case 'finish':
      return contact.followFinish(state, input)
    case 'transfer':
      return contact.followTransfer(state, input)
    case 'abandon':
      return contact.followAbandon(state, input)
    case 'syncAgent':
      return followAgentRow(state, input.agent)
    case 'syncContact':
      return contact.followContactRow(state, input.contact)
    case 'start':
      return followStart(state)
    case 'tick':
      return
  }
}

/** A relaxation that opens a new class builds its sets: it counts as so many timers. */
const costOfClass = 256

const runTimers = (state: RoutingState): void => {
  const { timers, contacts, exclusions } = state
  const before = state.classes.all.length
  const spent = (ran: number): number => ran + costOfClass * (state.classes.all.length - before)
  for (let ran = 0; spent(ran) < state.options.timersPerApply; ran++) {
    const kind = timers.next()
    if (kind === null || timers.due > state.now) return
    if (kind === 'relaxation') {
      const relaxing = timers.relaxingContact()
      leavePlace(state, relaxing)
      place(state, relaxing)
    } else if (kind === 'offer') {
      const expired = timers.offers.peek(contacts.deadlines)
      timers.stopOffer(expired)
      state.decisions.push({
        kind: 'expire',
        contactId: contactIdOf(state, expired),
        agentId: agentIdOf(state, contacts.agent.get(expired)),
      })
    } else if (kind === 'hold') {
      const released = timers.holds.peek(contacts.deadlines)
      leavePlace(state, released)
      place(state, released)
    } else {
      endExclusion(state, exclusions.lane.peek(exclusions.nodes))
    }
  }
}

/** The agent may be asked again: by a hold that the exclusion had suspended, or by whatever is most urgent. */
const endExclusion = (state: RoutingState, entry: number): void => {
  const { contacts, agents, exclusions } = state
  const excluded = exclusions.contact[entry]!
  const agent = exclusions.agent[entry]!
  exclusions.remove(excluded, agent)
  const where = contacts.state.get(excluded)
  if (where !== waiting && where !== sticky) return
  if (where === waiting && contacts.reservedAgent.get(excluded) === agent && isHeldFor(state, excluded)) {
    leavePlace(state, excluded)
    place(state, excluded)
    return
  }
  if (agents.indexed.get(agent) !== 0) takeWork(state, agent)
}

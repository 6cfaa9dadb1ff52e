/** What happens to queues, and the beginning: matching everybody after a rebuild. */
import { contactsOf, stepsOf } from './class-queue.ts'
import type { Ladder } from './eligibility.ts'
import type { QueueDefinition } from './input.ts'
import { enterClass, matchAgents, matchLadders } from './moves.ts'
import { findHeld } from './search.ts'
import type { RoutingState } from './state.ts'

/**
 * Takes a queue's definition. Weight and opening touch its classes only; other requirements move its waiting contacts
 * to new classes, O(contacts of the queue). Then the agents whom this concerns are matched, by ticket.
 */
export const followQueue = (state: RoutingState, definition: QueueDefinition): void => {
  const { classes, contacts } = state
  const queue = classes.queues[classes.internQueue(definition.queueId)]!
  const steps = stepsOf(definition)
  const asksTheSame = JSON.stringify(steps) === JSON.stringify(queue.steps)
  queue.definition = definition
  queue.rate = 2 ** (definition.priority - 3) / Math.max(1, definition.targetSeconds)
  queue.open = definition.open
  queue.policy = definition.policy ?? 'bestFit'
  if (queue.policy === 'evenOccupancy') state.idle.keepEvenness()
  if (asksTheSame) {
    for (const contactClass of queue.classes.values()) classes.refresh(contactClass)
  } else {
    const moving = contactsOf(queue, contacts.arrivals)
    for (const contact of moving) {
      classes.all[contacts.contactClass.get(contact)]!.line.remove(contacts.arrivals, contact)
    }
    for (const contactClass of queue.classes.values()) classes.refresh(contactClass)
    classes.forget(queue)
    queue.steps = steps
    for (const contact of moving) {
      const ring = queue.ringAt(state.now - contacts.arrivals.first.get(contact))
      const channel = contacts.channel.get(contact)
      enterClass(state, contact, classes.classFor(queue, channel, contacts.language.get(contact), ring))
    }
  }
  if (!state.started || !queue.open) return
  const ladders = new Set<Ladder>()
  for (const contactClass of queue.classes.values()) ladders.add(contactClass.ladder)
  matchAgents(state, agentsWithHolds(state))
  matchLadders(state, [...ladders])
}

/** The rebuild is complete: every free agent takes work, by ticket. */
export const followStart = (state: RoutingState): void => {
  state.started = true
  state.changedLadders = []
  state.thinnedSets = []
  const free: number[] = []
  for (let agent = 0; agent < state.agents.size; agent++) if (state.agents.indexed.get(agent) !== 0) free.push(agent)
  matchAgents(state, free)
}

const agentsWithHolds = (state: RoutingState): number[] =>
  [...state.agents.reserved.keys()].filter(
    (agent) => state.agents.indexed.get(agent) !== 0 && findHeld(state, agent) >= 0,
  )

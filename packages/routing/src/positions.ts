/** Places in the queue, as they are told to customers. */
import { sticky } from './contacts.ts'
import type { Nodes } from './nodes.ts'
import { contactIdOf } from './moves.ts'
import type { RoutingState } from './state.ts'
import type { ContactId, QueueId } from '@otklik/model/ids'
import type { Presence } from '@otklik/model/presence'

/**
 * The place of each waiting contact, from 1, by arrival among those who wait in the same queue; contacts being offered
 * do not count. With weights and skills, a later one may be served before. O(n), to be called every few seconds, queue
 * by queue where a hundred thousand wait.
 */
export function* positions(routing: RoutingState, queueId?: QueueId): Generator<[ContactId, number]> {
  const { arrivals } = routing.contacts
  const held = heldByQueue(routing)
  for (const [index, queue] of routing.classes.queues.entries()) {
    if (queueId !== undefined && queue.id !== queueId) continue
    const lines = [...queue.classes.values()].map(({ line }) => line.inOrder(arrivals))
    lines.push(held.get(index)?.sort((a, b) => (arrivals.before(a, b) ? -1 : 1)) ?? [])
    const order = mergeAll(lines, arrivals)
    for (let i = 0; i < order.length; i++) yield [contactIdOf(routing, order[i]!), i + 1]
  }
}

/** Contacts that an agent is being asked for: nobody is before them. */
export function* beingOffered(routing: RoutingState): Generator<ContactId> {
  const { contacts, timers } = routing
  for (const contact of timers.offers.inOrder(contacts.deadlines)) yield contactIdOf(routing, contact)
}

/** The most that those come to who may take the waiting contact, as things stand; `offline`: nobody of them is at work. */
export const staffingOf = (routing: RoutingState, contactId: ContactId): Presence => {
  const { contacts, classes } = routing
  const contact = contacts.find(contactId)
  if (contact < 0) return 'offline'
  const contactClass = classes.all[contacts.contactClass.get(contact)]
  // Held for an agent, or being offered: that agent is there.
  if (!contactClass) return 'available'
  const { available, online } = contactClass.ladder.current
  return available > 0 ? 'available' : online > 0 ? 'notReady' : 'offline'
}

const heldByQueue = (routing: RoutingState): Map<number, number[]> => {
  const { contacts, timers } = routing
  const held = new Map<number, number[]>()
  for (const contact of timers.holds.inOrder(contacts.deadlines)) {
    if (contacts.state.get(contact) !== sticky) continue
    const queue = contacts.queue.get(contact)
    const list = held.get(queue)
    if (list) list.push(contact)
    else held.set(queue, [contact])
  }
  return held
}

/** Merges ordered lists pair by pair. */
const mergeAll = (lines: readonly number[][], nodes: Nodes): readonly number[] => {
  let rest = lines.filter((line) => line.length > 0)
  while (rest.length > 1) {
    const merged: number[][] = []
    for (let i = 0; i < rest.length; i += 2) {
      merged.push(i + 1 < rest.length ? merge(rest[i]!, rest[i + 1]!, nodes) : rest[i]!)
    }
    rest = merged
  }
  return rest[0] ?? []
}

const merge = (a: readonly number[], b: readonly number[], nodes: Nodes): number[] => {
  const merged: number[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) merged.push(nodes.before(a[i]!, b[j]!) ? a[i++]! : b[j++]!)
  while (i < a.length) merged.push(a[i++]!)
  while (j < b.length) merged.push(b[j++]!)
  return merged
}

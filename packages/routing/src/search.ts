/** The two questions of matching: who takes this contact, and what does this agent take. */
import { offline } from './agents.ts'
import type { ContactClass, RoutedQueue } from './class-queue.ts'
import { sticky } from './contacts.ts'
import { channelCount, type EligibilitySet, lowestBit, type Profile, type Tier } from './eligibility.ts'
import type { SkillLevel } from './input.ts'
import { heapFirst, heapOrder } from './nodes.ts'
import type { RoutingState } from './state.ts'

/** Nodes of the list walked per word of bits. */
const listSteps = 4

export const waitedSeconds = (state: RoutingState, contact: number): number =>
  Math.max(0, state.now - state.contacts.arrivals.first.get(contact)) / 1000

const urgencyAt = (now: number, arrivedAt: number, rate: number): number => (Math.max(0, now - arrivedAt) / 1000) * rate

export const urgencyOf = (state: RoutingState, contact: number): number =>
  urgencyAt(
    state.now,
    state.contacts.arrivals.first.get(contact),
    state.classes.queues[state.contacts.queue.get(contact)]!.rate,
  )

/**
 * Do the contact's exclusions hold against this set? Not when every agent of the set who is online is excluded: then
 * being asked again is better than waiting for nobody.
 */
export const exclusionsHold = (state: RoutingState, contact: number, set: EligibilitySet): boolean => {
  const { agents, exclusions } = state
  let entry = state.contacts.exclusion.get(contact)
  if (entry < 0) return false
  let others = set.online
  for (; entry >= 0; entry = exclusions.next[entry]!) {
    const agent = exclusions.agent[entry]!
    const profile = agents.profile[agent]
    if (exclusions.nodes.first.get(entry) <= state.now) continue
    if (profile && agents.base.get(agent) !== offline && set.fitOf(profile) >= 0) others--
  }
  return others > 0
}

/**
 * The free agent whom the contact takes by its queue's policy, or -1. Agents whom the contact excludes are passed over.
 */
export const findAgent = (state: RoutingState, set: EligibilitySet, contact: number): number => {
  const { bySet, byTier } = state.eligibility.freedom
  if (bySet[set.id] === 0) return -1
  const refuses = exclusionsHold(state, contact, set)
    ? (node: number): boolean => state.exclusions.has(contact, (node / channelCount) | 0, state.now)
    : null
  const { policy } = state.classes.queues[state.contacts.queue.get(contact)]!
  if (policy === 'evenOccupancy') return leastBusy(state, set, refuses)
  const { tiers } = set
  for (let i = 0; i < tiers.length; i++) {
    const tier = policy === 'mostSkilled' ? tiers[tiers.length - 1 - i]! : tiers[i]!
    const free = byTier[tier.id]!
    if (free === 0) continue
    const search = free < state.options.wideTier ? scanTier : searchWideTier
    const node = search(state, set, tier, refuses)
    if (node >= 0) return (node / channelCount) | 0
  }
  return -1
}

type Refuses = ((node: number) => boolean) | null

/** The better of `best` and the first nodes of the profiles in one word of the tier, which begins at profile `from`. */
const scanWord = (
  state: RoutingState,
  tier: Tier,
  channel: number,
  word: number,
  from: number,
  refuses: Refuses,
  best: number,
): number => {
  const { nodes } = state.idle
  for (let left = word; left !== 0; left &= left - 1) {
    const heap = tier.profiles[from + lowestBit(left)]!.free[channel]!
    const node = refuses ? heapFirst(heap, nodes, refuses) : heap[0]!
    if (node >= 0 && (best < 0 || nodes.before(node, best))) best = node
  }
  return best
}

const scanTier = (state: RoutingState, set: EligibilitySet, tier: Tier, refuses: Refuses): number => {
  const { bits } = state.eligibility.freedom
  const first = bits.start[tier.id]!
  const count = bits.length[tier.id]!
  let best = -1
  for (let i = 0; i < count; i++) {
    const word = bits.data[first + i]!
    if (word !== 0) best = scanWord(state, tier, set.requirement.channel, word, i << 5, refuses, best)
  }
  return best
}

/** The same answer as `scanTier`: whichever of the two walks ends first gives it. */
const searchWideTier = (state: RoutingState, set: EligibilitySet, tier: Tier, refuses: Refuses): number => {
  const { idle, agents } = state
  const { bits } = state.eligibility.freedom
  const { channel } = set.requirement
  const first = bits.start[tier.id]!
  const count = bits.length[tier.id]!
  let best = -1
  let node = idle.firstOf(channel)
  for (let i = 0; i < count; i++) {
    const word = bits.data[first + i]!
    if (word === 0) continue
    for (let step = 0; step < listSteps && node >= 0; step++) {
      const profile = agents.profile[(node / channelCount) | 0]!
      if (set.fitOf(profile) === tier.fit && !refuses?.(node)) return node
      node = idle.after(channel, node)
    }
    if (node < 0) return -1
    best = scanWord(state, tier, channel, word, i << 5, refuses, best)
  }
  return best
}

/**
 * Walks all free agents in order until one of the set comes, and beside them the free agents of the set; whichever ends first
 * gives the answer. With F free agents and n of them in the set the first takes about F / n steps, the second n: never more
 * than √F together, whatever n is.
 */
const leastBusy = (state: RoutingState, set: EligibilitySet, refuses: Refuses): number => {
  const { agents, idle } = state
  const { channel } = set.requirement
  const evenness = idle.evenness!
  const everybody = heapOrder(evenness.heaps[channel]!, evenness)
  let best = -1
  for (const own of freeOf(state, set)) {
    const { value: node, done } = everybody.next()
    if (done) return -1
    const profile = agents.profile[(node / channelCount) | 0]!
    if (set.fitOf(profile) >= 0 && !refuses?.(node)) return (node / channelCount) | 0
    if (!refuses?.(own) && (best < 0 || evenness.before(own, best))) best = own
  }
  return best < 0 ? -1 : (best / channelCount) | 0
}

/** The nodes of all free agents of a set, in no order. */
function* freeOf(state: RoutingState, set: EligibilitySet): Generator<number, void> {
  const { bits, byTier } = state.eligibility.freedom
  for (const tier of set.tiers) {
    if (byTier[tier.id] === 0) continue
    const first = bits.start[tier.id]!
    for (let i = 0; i < bits.length[tier.id]!; i++)
      for (let left = bits.data[first + i]!; left !== 0; left &= left - 1)
        yield* tier.profiles[(i << 5) + lowestBit(left)]!.free[set.requirement.channel]!
  }
}

/**
 * By whose skills the profile qualifies for a ring: 0 for the queue's own, else the place, from 1, in the ring's `orSkills`. A set
 * does not tell: queues that ask the same in another order share it.
 */
export const wayOf = (state: RoutingState, { steps }: RoutedQueue, ring: number, profile: Profile): number => {
  const { skills, orSkills } = steps[ring]!
  if (orSkills.length === 0 || meets(state, profile, skills)) return 0
  return orSkills.findIndex((asked) => meets(state, profile, asked)) + 1
}

const meets = (state: RoutingState, profile: Profile, asked: readonly SkillLevel[]): boolean =>
  asked.every(({ skillId, level }) => state.eligibility.levels.get(profile.id, state.skills.find(skillId)) >= level)

/** Is `a` more urgent than `b`? At equal urgency the earlier arrival, then the lower seq. */
const moreUrgent = (state: RoutingState, a: number, urgencyA: number, b: number, urgencyB: number): boolean =>
  urgencyA > urgencyB || (urgencyA === urgencyB && state.contacts.arrivals.before(a, b))

/** The most urgent contact held for the agent in a channel that the agent is free for, or -1. */
export const findHeld = (state: RoutingState, agent: number): number => {
  const reserved = state.agents.reserved.get(agent)
  if (!reserved) return -1
  let best = -1
  let bestUrgency = -1
  for (const contact of reserved) {
    if (state.contacts.state.get(contact) !== sticky) continue
    if (!state.agents.isFree(agent, state.contacts.channel.get(contact))) continue
    if (!state.classes.queues[state.contacts.queue.get(contact)]!.open) continue
    const urgency = urgencyOf(state, contact)
    if (best >= 0 && !moreUrgent(state, contact, urgency, best, bestUrgency)) continue
    best = contact
    bestUrgency = urgency
  }
  return best
}

/**
 * The most urgent waiting contact that the agent may take, or -1; the second most urgent is left in `runnerUp`. Looks
 * at the head of each class that the agent may serve: O(classes that wait for an agent like this).
 */
export const findContact = (state: RoutingState, agent: number): number => {
  const { agents, classes, contacts, eligibility } = state
  const profile = agents.profileId.get(agent)
  let best = -1
  let bestUrgency = -1
  let second = -1
  let secondUrgency = -1
  state.runnerUp = -1
  const free = agents.freeChannels(agent)
  if (profile < 0 || free === 0) return -1
  const { data, start, length } = eligibility.laddersOf
  const { live, served, headArrival, rates } = classes
  for (let channel = 0; channel < channelCount; channel++) {
    if ((free & (1 << channel)) === 0) continue
    const row = profile * channelCount + channel
    const from = start[row]!
    const end = from + length[row]!
    for (let i = from; i < end; i += 2) {
      const id = data[i]!
      if ((data[i + 1]! & live[id]!) === 0) continue
      const list = served[id]!
      for (let j = 0; j < list.length; j++) {
        const classId = list[j]!
        let urgency = urgencyAt(state.now, headArrival[classId]!, rates[classId]!)
        if (urgency < secondUrgency) continue
        const contactClass = classes.all[classId]!
        let contact = contactClass.line.peek(contacts.arrivals)
        if (contacts.exclusion.get(contact) >= 0) {
          contact = firstAllowed(state, contactClass, agent)
          if (contact < 0) continue
          urgency = urgencyAt(state.now, contacts.arrivals.first.get(contact), rates[classId]!)
        }
        if (best < 0 || moreUrgent(state, contact, urgency, best, bestUrgency)) {
          second = best
          secondUrgency = bestUrgency
          best = contact
          bestUrgency = urgency
        } else if (second < 0 || moreUrgent(state, contact, urgency, second, secondUrgency)) {
          second = contact
          secondUrgency = urgency
        }
      }
    }
  }
  if (best >= 0) state.runnerUp = secondOf(state, agent, best, second, secondUrgency)
  return best
}

/** The more urgent of the best of the other classes and the next of the winner's own. */
const secondOf = (state: RoutingState, agent: number, best: number, other: number, otherUrgency: number): number => {
  const contactClass = state.classes.all[state.contacts.contactClass.get(best)]!
  const next = firstAllowed(state, contactClass, agent, best)
  if (next < 0) return other
  const urgency = urgencyAt(state.now, state.contacts.arrivals.first.get(next), contactClass.queue.rate)
  return other < 0 || moreUrgent(state, next, urgency, other, otherUrgency) ? next : other
}

/**
 * The class's first contact that is not `skip` and does not exclude the agent, or -1. Only the heap holds exclusions.
 */
const firstAllowed = (state: RoutingState, contactClass: ContactClass, agent: number, skip = -1): number => {
  const { line, ladder } = contactClass
  const { arrivals } = state.contacts
  const listedFirst = line.head === skip && line.head >= 0 ? arrivals.next.get(line.head) : line.head
  if (line.heap.length === 0) return listedFirst
  const apart = heapFirst(
    line.heap,
    arrivals,
    (contact) =>
      contact === skip ||
      (state.exclusions.has(contact, agent, state.now) && exclusionsHold(state, contact, ladder.current)),
  )
  if (apart < 0) return listedFirst
  return listedFirst < 0 || arrivals.before(apart, listedFirst) ? apart : listedFirst
}

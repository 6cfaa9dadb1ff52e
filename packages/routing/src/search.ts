/** The two questions of matching: who takes this contact, and what does this agent take. */
import { offline } from './agents.ts'
import type { ContactClass } from './class-queue.ts'
import { sticky } from './contacts.ts'
import { channelCount, type EligibilitySet, lowestBit, type Tier } from './eligibility.ts'
import { heapFirst } from './nodes.ts'
import type { RoutingState } from './state.ts'

/** Nodes of the list walked per word of bits. */
const listSteps = 4

export const waitedSeconds = (state: RoutingState, contact: number): number =>
  Math.max(0, state.now - state.contacts.arrivals.first[contact]!) / 1000

export const urgencyOf = (state: RoutingState, contact: number): number =>
  waitedSeconds(state, contact) * state.classes.queues[state.contacts.queue[contact]!]!.rate

/**
 * Do the contact's exclusions hold against this set? Not when every agent of the set who is online is excluded: then
 * being asked again is better than waiting for nobody.
 */
export const exclusionsHold = (state: RoutingState, contact: number, set: EligibilitySet): boolean => {
  const { agents, exclusions } = state
  let entry = state.contacts.exclusion[contact]!
  if (entry < 0) return false
  let others = set.online
  for (; entry >= 0; entry = exclusions.next[entry]!) {
    const agent = exclusions.agent[entry]!
    const profile = agents.profile[agent]
    if (exclusions.nodes.first[entry]! <= state.now) continue
    if (profile && agents.base[agent] !== offline && set.fitOf(profile) >= 0) others--
  }
  return others > 0
}

/**
 * The free agent who fits the set best: least over-qualified, then lightest load, then lowest ticket; -1 when there is
 * none. Agents whom the contact excludes are passed over.
 */
export const findAgent = (state: RoutingState, set: EligibilitySet, contact: number): number => {
  if (set.free === 0) return -1
  const refuses = exclusionsHold(state, contact, set)
    ? (node: number): boolean => state.exclusions.has(contact, (node / channelCount) | 0, state.now)
    : null
  for (const tier of set.tiers) {
    if (tier.freeProfiles === 0) continue
    const node = tier.freeProfiles < state.options.wideTier ? scanTier(state, set, tier, refuses) : searchWideTier(state, set, tier, refuses)
    if (node >= 0) return (node / channelCount) | 0
  }
  return -1
}

type Refuses = ((node: number) => boolean) | null

/** The better of `best` and the first nodes of the profiles in one word of the tier. */
const scanWord = (state: RoutingState, tier: Tier, channel: number, word: number, refuses: Refuses, best: number): number => {
  const { nodes } = state.idle
  for (let bits = tier.words[word]!; bits !== 0; bits &= bits - 1) {
    const heap = tier.profiles[(word << 5) + lowestBit(bits)]!.free[channel]!
    const node = refuses ? heapFirst(heap, nodes, refuses) : heap[0]!
    if (node >= 0 && (best < 0 || nodes.before(node, best))) best = node
  }
  return best
}

const scanTier = (state: RoutingState, set: EligibilitySet, tier: Tier, refuses: Refuses): number => {
  const { channel } = set.requirement
  let best = -1
  for (let word = tier.nextWord(0); word >= 0; word = tier.nextWord(word + 1)) {
    best = scanWord(state, tier, channel, word, refuses, best)
  }
  return best
}

/** The same answer as `scanTier`: whichever of the two walks ends first gives it. */
const searchWideTier = (state: RoutingState, set: EligibilitySet, tier: Tier, refuses: Refuses): number => {
  const { idle, agents } = state
  const { channel } = set.requirement
  let best = -1
  let node = idle.firstOf(channel)
  for (let word = tier.nextWord(0); word >= 0; word = tier.nextWord(word + 1)) {
    for (let step = 0; step < listSteps && node >= 0; step++) {
      const profile = agents.profile[(node / channelCount) | 0]!
      if (set.fitOf(profile) === tier.fit && !refuses?.(node)) return node
      node = idle.after(channel, node)
    }
    if (node < 0) return -1
    best = scanWord(state, tier, channel, word, refuses, best)
  }
  return best
}

/** Is `a` more urgent than `b`? At equal urgency the earlier arrival, then the lower seq. */
const moreUrgent = (state: RoutingState, a: number, urgencyA: number, b: number, urgencyB: number): boolean =>
  urgencyA > urgencyB || (urgencyA === urgencyB && state.contacts.arrivals.before(a, b))

/** The most urgent contact held for the agent in a channel that the agent is free for, or -1. */
export const findHeld = (state: RoutingState, agent: number): number => {
  let best = -1
  let bestUrgency = -1
  for (const contact of state.agents.reserved[agent]!) {
    if (state.contacts.state[contact] !== sticky || !state.agents.isFree(agent, state.contacts.channel[contact]!)) continue
    if (!state.classes.queues[state.contacts.queue[contact]!]!.open) continue
    const urgency = urgencyOf(state, contact)
    if (best >= 0 && !moreUrgent(state, contact, urgency, best, bestUrgency)) continue
    best = contact
    bestUrgency = urgency
  }
  return best
}

/** The most urgent waiting contact that the agent may take, or -1. Excluded contacts and `skip` are passed over. */
export const findContact = (state: RoutingState, agent: number, skip = -1): number => {
  const { agents, classes, contacts, eligibility } = state
  const profile = agents.profile[agent]
  if (!profile) return -1
  const { live, served } = classes
  const { arrivals } = contacts
  let best = -1
  let bestUrgency = -1
  for (let channel = 0; channel < channelCount; channel++) {
    if (!agents.isFree(agent, channel)) continue
    const ids = profile.ladderIds[channel]!
    const masks = profile.ladderMasks[channel]!
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!
      if ((masks[i]! & live[id]!) === 0) continue
      const list = served[id]!
      for (let j = 0; j < list.length; j++) {
        const contactClass = list[j]!
        const { rate } = contactClass.queue
        let contact = contactClass.line.peek(arrivals)
        let urgency = (Math.max(0, state.now - arrivals.first[contact]!) / 1000) * rate
        if (urgency < bestUrgency) continue
        if (contact === skip || contacts.exclusion[contact]! >= 0) {
          contact = firstAllowed(state, contactClass, eligibility.ladders[id]!.current, agent, skip)
          if (contact < 0) continue
          urgency = (Math.max(0, state.now - arrivals.first[contact]!) / 1000) * rate
        }
        if (best >= 0 && !moreUrgent(state, contact, urgency, best, bestUrgency)) continue
        best = contact
        bestUrgency = urgency
      }
    }
  }
  return best
}

/** The class's first contact that is not `skip` and does not exclude the agent, or -1. Only the heap holds exclusions. */
const firstAllowed = (state: RoutingState, contactClass: ContactClass, set: EligibilitySet, agent: number, skip: number): number => {
  const { line } = contactClass
  const { arrivals } = state.contacts
  const listedFirst = line.head === skip && line.head >= 0 ? arrivals.next[line.head]! : line.head
  const apart = heapFirst(
    line.heap,
    arrivals,
    (contact) => contact === skip || (state.exclusions.has(contact, agent, state.now) && exclusionsHold(state, contact, set)),
  )
  if (apart < 0) return listedFirst
  return listedFirst < 0 || arrivals.before(apart, listedFirst) ? apart : listedFirst
}

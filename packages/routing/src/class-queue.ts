/**
 * Classes: contacts that wait for the same thing (queue, channel, language, relaxation step), so that within one the
 * earlier arrival is always the more urgent. Closing a queue or changing its weight touches its classes, never its
 * contacts.
 */
import { anyLanguage, type EligibilitySet, type Ladder } from './eligibility.ts'
import type { AgentPolicy, QueueDefinition, SkillLevel } from './input.ts'
import type { Interner } from './interner.ts'
import { type Nodes, OrderedQueue } from './nodes.ts'
import type { Eligibility, Profiles } from './profiles.ts'
import { widenFloats, widenInts } from './records.ts'

export class ContactClass {
  readonly line = new OrderedQueue()
  /** Place in its ladder's list of classes that can be served, or -1: empty, or the queue is closed. */
  servedAt = -1

  constructor(
    readonly id: number,
    readonly queue: RoutedQueue,
    readonly channel: number,
    readonly language: number,
    readonly ring: number,
    readonly ladder: Ladder,
    /** From this age on, in milliseconds, a contact belongs to the next ring; Infinity in the last. */
    readonly relaxesAfter: number,
  ) {}
}

/** A queue as the engine needs it. A queue that was named but not yet defined is closed and asks nothing. */
export class RoutedQueue {
  open = false
  /** Urgency per second of waiting: 2^(priority − 3) / target. */
  rate = 1
  /** What each ring asks, ring 0 first, and from which age on (milliseconds). */
  steps: {
    readonly fromAge: number
    readonly skills: readonly SkillLevel[]
    readonly orSkills: readonly (readonly SkillLevel[])[]
    readonly anyLanguage: boolean
  }[] = [{ fromAge: 0, skills: [], orSkills: [], anyLanguage: false }]
  policy: AgentPolicy = 'bestFit'
  definition: QueueDefinition | null = null
  /** By `classKey`. */
  readonly classes = new Map<number, ContactClass>()

  constructor(readonly id: string) {}

  /** The ring that an age asks for. */
  ringAt(age: number): number {
    let ring = this.steps.length - 1
    while (ring > 0 && age < this.steps[ring]!.fromAge) ring--
    return ring
  }
}

/** Ladders keep one bit per step. */
const mostSteps = 31

export const stepsOf = (definition: QueueDefinition): RoutedQueue['steps'] => {
  const steps: RoutedQueue['steps'] = [{ fromAge: 0, skills: definition.skills, orSkills: definition.orSkills ?? [], anyLanguage: false }]
  for (const ring of definition.rings.toSorted((a, b) => a.afterSeconds - b.afterSeconds).slice(0, mostSteps - 1)) {
    const before = steps.at(-1)!
    steps.push({
      fromAge: ring.afterSeconds * 1000,
      skills: ring.skills ?? before.skills,
      orSkills: ring.orSkills ?? before.orSkills,
      anyLanguage: ring.anyLanguage ?? before.anyLanguage,
    })
  }
  return steps
}

const classKey = (channel: number, language: number, ring: number): number => ((language + 1) * 4 + channel) * 32 + ring

export class Classes {
  readonly all: (ContactClass | null)[] = []
  readonly queues: RoutedQueue[] = []
  /** By ladder id: the bit of the step in force while the ladder has a class to serve, else 0. */
  live = new Int32Array(256)
  /** By ladder id: the ids of the classes that can be served. */
  readonly served: number[][] = []
  /**
   * By class id: the arrival of its head, and its queue's rate; columns, because matching looks at all of an agent's
   * classes.
   */
  headArrival = new Float64Array(256)
  rates = new Float64Array(256)

  constructor(
    private readonly queueIds: Interner,
    private readonly skills: Interner,
    private readonly eligibility: Eligibility,
    private readonly profiles: Profiles,
  ) {}

  /** The queue's number; a queue named for the first time is closed until it is defined. */
  internQueue(id: string): number {
    const queue = this.queueIds.intern(id)
    if (queue === this.queues.length) this.queues.push(new RoutedQueue(id))
    return queue
  }

  classFor(queue: RoutedQueue, channel: number, language: number, ring: number): ContactClass {
    const key = classKey(channel, language, ring)
    const known = queue.classes.get(key)
    if (known) return known
    const sets = queue.steps.slice(ring).map(
      (step) => this.setFor([step.skills, ...step.orSkills], channel, step.anyLanguage ? anyLanguage : language),
    )
    const ladder = this.eligibility.ladderFor(channel, sets)
    const relaxesAfter = queue.steps[ring + 1]?.fromAge ?? Infinity
    const made = new ContactClass(this.all.length, queue, channel, language, ring, ladder, relaxesAfter)
    this.all.push(made)
    if (made.id >= this.rates.length) {
      this.headArrival = widenFloats(this.headArrival, this.rates.length * 2)
      this.rates = widenFloats(this.rates, this.rates.length * 2)
    }
    this.rates[made.id] = queue.rate
    queue.classes.set(key, made)
    while (this.served.length <= ladder.id) this.served.push([])
    if (ladder.id >= this.live.length) {
      this.live = widenInts(this.live, Math.max(this.live.length * 2, ladder.id + 1))
    }
    return made
  }

  /** Keeps the columns true after the class's head or its queue's rate may have changed. */
  noteHead(contactClass: ContactClass, nodes: Nodes): void {
    const head = contactClass.line.peek(nodes)
    if (head >= 0) this.headArrival[contactClass.id] = nodes.first.get(head)
  }

  /** Lists the class among those to be served, or takes it off, as its queue and its length demand. */
  refresh(contactClass: ContactClass): void {
    this.rates[contactClass.id] = contactClass.queue.rate
    const wanted = contactClass.line.size > 0 && contactClass.queue.open
    if (wanted === contactClass.servedAt >= 0) return
    const served = this.served[contactClass.ladder.id]!
    if (wanted) {
      contactClass.servedAt = served.length
      served.push(contactClass.id)
    } else {
      const last = served.pop()!
      if (last !== contactClass.id) {
        served[contactClass.servedAt] = last
        this.all[last]!.servedAt = contactClass.servedAt
      }
      contactClass.servedAt = -1
    }
    this.refreshLadder(contactClass.ladder)
  }

  refreshLadder(ladder: Ladder): void {
    const served = this.served[ladder.id]
    this.live[ladder.id] = served && served.length > 0 ? 1 << ladder.effective : 0
  }

  /** Forgets the classes of a queue, which must be empty. */
  forget(queue: RoutedQueue): void {
    for (const contactClass of queue.classes.values()) this.all[contactClass.id] = null
    queue.classes.clear()
  }

  private setFor(asked: readonly (readonly SkillLevel[])[], channel: number, language: number): EligibilitySet {
    const ways = asked.map((way) => ({
      skills: way.map(({ skillId }) => this.skills.intern(skillId)),
      levels: way.map(({ level }) => level),
    }))
    return this.eligibility.setFor({ ways, language, channel }, this.profiles)
  }
}

/** The waiting contacts of a queue's classes in order of ring, oldest ring first, and of arrival within a class. */
export const contactsOf = (queue: RoutedQueue, nodes: Nodes): number[] =>
  [...queue.classes.values()].sort((a, b) => b.ring - a.ring).flatMap(({ line }) => line.inOrder(nodes))

/** Contacts as records of numbers. A contact's number is reused after it is gone. */
import { absent, Nodes, OrderedQueue } from './nodes.ts'
import { IntRecords, widenFloats, widenInts } from './records.ts'

/** Where a contact stands. `gone` is a number that is free for reuse. */
export const gone = 0
/** In a class queue. */
export const waiting = 1
/** Held for the agent whom it is reserved for, who is busy. */
export const sticky = 2
/** Decided for an agent; the database has not answered yet. */
export const claiming = 3
export const offered = 4
export const active = 5
export const wrapUp = 6
/** The shell is loading the row; nobody gets it meanwhile. */
export const reloading = 7

export class Contacts {
  readonly ids: string[] = []
  private readonly cells = new IntRecords([gone, 0, 0, -1, -1, -1, -1, -1])
  readonly state = this.cells.column(0)
  readonly queue = this.cells.column(1)
  readonly channel = this.cells.column(2)
  /** Or -1 when none is asked. */
  readonly language = this.cells.column(3)
  /** Who holds it while claiming, offered, active or in wrap-up; else -1. */
  readonly agent = this.cells.column(4)
  /** The class that it waits in, or -1. */
  readonly contactClass = this.cells.column(5)
  readonly reservedAgent = this.cells.column(6)
  /** Head of its chain of exclusions, or -1. */
  readonly exclusion = this.cells.column(7)
  reservedUntil = new Float64Array(0)
  expiresAt = new Float64Array(0)
  /** Key: arrival, seq. Links: the class queue. */
  readonly arrivals = new Nodes()
  /** Key: due, seq. Links: the lane of offers or of holds. */
  readonly deadlines = new Nodes()
  private readonly numbers: Map<string, number>[] = Array.from({ length: shardCount }, () => new Map<string, number>())
  private readonly spare: number[] = []

  find(id: string): number {
    return this.numbers[shardOf(id)]!.get(id) ?? -1
  }

  add(id: string, arrivedAt: number, seq: number): number {
    const contact = this.spare.pop() ?? this.ids.length
    this.ids[contact] = id
    this.numbers[shardOf(id)]!.set(id, contact)
    if (contact >= this.cells.size) this.widen(contact)
    this.agent.set(contact, -1)
    this.contactClass.set(contact, -1)
    this.reservedAgent.set(contact, -1)
    this.exclusion.set(contact, -1)
    this.arrivals.first.set(contact, arrivedAt)
    this.arrivals.second.set(contact, seq)
    this.deadlines.second.set(contact, seq)
    return contact
  }

  /** Frees the number of a contact that stands nowhere any more. */
  drop(contact: number): void {
    const id = this.ids[contact]!
    this.numbers[shardOf(id)]!.delete(id)
    this.ids[contact] = ''
    this.state.set(contact, gone)
    this.spare.push(contact)
  }

  private widen(contact: number): void {
    this.cells.ensure(contact)
    const { size } = this.cells
    this.reservedUntil = widenFloats(this.reservedUntil, size)
    this.expiresAt = widenFloats(this.expiresAt, size)
    this.arrivals.ensure(size - 1)
    this.deadlines.ensure(size - 1)
  }
}

/**
 * A map that outgrows itself copies itself; sixteen smaller ones keep that pause short. Of a UUID, the last digit of
 * its milliseconds (version 7, or a random digit of version 4) chooses: it lies beside the string's head, the end does
 * not.
 */
const shardCount = 16
const shardOf = (id: string): number => id.charCodeAt(12) & (shardCount - 1)

/** Who is not to be asked for which contact, until when: each entry is a node of one time-ordered lane. */
export class Exclusions {
  agent = new Int32Array(0)
  contact = new Int32Array(0)
  /** The contact's next exclusion, or -1. */
  next = new Int32Array(0)
  /** Key: until, seq of the contact. */
  readonly nodes = new Nodes()
  readonly lane = new OrderedQueue()
  /** The most exclusions that one contact has had since there were none at all. */
  mostPerContact = 0
  private used = 0
  private readonly spare: number[] = []

  constructor(private readonly contacts: Contacts) {}

  /** Excludes the agent until the instant; a later word about the same agent replaces the earlier. */
  add(contact: number, agent: number, until: number): void {
    this.remove(contact, agent)
    const entry = this.spare.pop() ?? this.used++
    if (entry >= this.agent.length) {
      const size = Math.max(256, this.agent.length * 2)
      this.agent = widenInts(this.agent, size)
      this.contact = widenInts(this.contact, size)
      this.next = widenInts(this.next, size)
      this.nodes.ensure(size - 1)
    }
    this.agent[entry] = agent
    this.contact[entry] = contact
    this.next[entry] = this.contacts.exclusion.get(contact)
    this.contacts.exclusion.set(contact, entry)
    this.nodes.first.set(entry, until)
    this.nodes.second.set(entry, this.contacts.arrivals.second.get(contact))
    if (this.lane.size === 0) this.mostPerContact = 0
    this.lane.push(this.nodes, entry)
    let count = 0
    for (let e = entry; e >= 0; e = this.next[e]!) count++
    if (count > this.mostPerContact) this.mostPerContact = count
  }

  /** Is the agent excluded at `now`? An exclusion that is over counts no more, even before its timer has run. */
  has(contact: number, agent: number, now: number): boolean {
    for (let e = this.contacts.exclusion.get(contact); e >= 0; e = this.next[e]!) {
      if (this.agent[e] === agent) return this.nodes.first.get(e) > now
    }
    return false
  }

  remove(contact: number, agent: number): void {
    let before = -1
    for (let e = this.contacts.exclusion.get(contact); e >= 0; before = e, e = this.next[e]!) {
      if (this.agent[e] !== agent) continue
      if (before < 0) this.contacts.exclusion.set(contact, this.next[e]!)
      else this.next[before] = this.next[e]!
      this.release(e)
      return
    }
  }

  clear(contact: number): void {
    for (let e = this.contacts.exclusion.get(contact); e >= 0; e = this.next[e]!) this.release(e)
    this.contacts.exclusion.set(contact, -1)
  }

  private release(entry: number): void {
    if (this.nodes.at.get(entry) !== absent) this.lane.remove(this.nodes, entry)
    this.spare.push(entry)
  }
}

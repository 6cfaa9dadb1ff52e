/**
 * What is due when. Offers, holds and exclusions each have a lane, nearly in order by themselves; relaxation needs no
 * timer per contact, because the head of a class is always the first to relax.
 */
import type { ContactClass } from './class-queue.ts'
import type { Contacts, Exclusions } from './contacts.ts'
import { absent, heapMoved, heapPush, heapRemove, Nodes, OrderedQueue } from './nodes.ts'

/** At equal due time relaxations come first, then the lanes in this order. */
export type DueKind = 'relaxation' | 'offer' | 'hold' | 'exclusion'

export class Timers {
  /** Nothing is due before this instant: a lower bound, so that most inputs need not look. */
  quietUntil = -Infinity
  readonly offers = new OrderedQueue()
  readonly holds = new OrderedQueue()
  /** Node = class id. Key: a lower bound of (due, seq) of the class's head. */
  private readonly relaxations: number[] = []
  private readonly bounds = new Nodes()

  constructor(
    private readonly contacts: Contacts,
    private readonly exclusions: Exclusions,
    private readonly classes: readonly (ContactClass | null)[],
  ) {}

  startOffer(contact: number, due: number): void {
    this.contacts.deadlines.first.set(contact, due)
    this.expect(due)
    this.offers.push(this.contacts.deadlines, contact)
  }

  startHold(contact: number, due: number): void {
    this.contacts.deadlines.first.set(contact, due)
    this.expect(due)
    this.holds.push(this.contacts.deadlines, contact)
  }

  /** Something will be due at this instant. */
  expect(due: number): void {
    if (due < this.quietUntil) this.quietUntil = due
  }

  stopOffer(contact: number): void {
    if (this.contacts.deadlines.at.get(contact) !== absent) this.offers.remove(this.contacts.deadlines, contact)
  }

  stopHold(contact: number): void {
    this.holds.remove(this.contacts.deadlines, contact)
  }

  /** A contact entered its class: an older one than all before it brings the class's relaxation forward. */
  armRelaxation(contactClass: ContactClass, contact: number): void {
    if (contactClass.relaxesAfter === Infinity) return
    const { id } = contactClass
    this.bounds.ensure(id)
    const due = this.contacts.arrivals.first.get(contact) + contactClass.relaxesAfter
    const seq = this.contacts.arrivals.second.get(contact)
    const armed = this.bounds.at.get(id) !== absent
    const { first, second } = this.bounds
    if (armed && (first.get(id) < due || (first.get(id) === due && second.get(id) <= seq))) return
    this.expect(due)
    first.set(id, due)
    second.set(id, seq)
    if (armed) heapMoved(this.relaxations, this.bounds, id)
    else heapPush(this.relaxations, this.bounds, id)
  }

  /** The kind of what is due first, and its instant in `due`; null when nothing is. */
  next(): DueKind | null {
    this.settleRelaxations()
    const top = this.relaxations[0]
    let kind: DueKind | null = top === undefined ? null : 'relaxation'
    let due = top === undefined ? Infinity : this.bounds.first.get(top)
    const offer = this.offers.peek(this.contacts.deadlines)
    if (offer >= 0 && this.contacts.deadlines.first.get(offer) < due) {
      kind = 'offer'
      due = this.contacts.deadlines.first.get(offer)
    }
    const hold = this.holds.peek(this.contacts.deadlines)
    if (hold >= 0 && this.contacts.deadlines.first.get(hold) < due) {
      kind = 'hold'
      due = this.contacts.deadlines.first.get(hold)
    }
    const exclusion = this.exclusions.lane.peek(this.exclusions.nodes)
    if (exclusion >= 0 && this.exclusions.nodes.first.get(exclusion) < due) {
      kind = 'exclusion'
      due = this.exclusions.nodes.first.get(exclusion)
    }
    this.due = due
    this.quietUntil = due
    return kind
  }

  /** Set by `next`. */
  due = Infinity

  /** The contact whose relaxation `next` named. */
  relaxingContact(): number {
    return this.classes[this.relaxations[0]!]!.line.peek(this.contacts.arrivals)
  }

  /** Heads only ever leave, so a bound may be too early: corrects those that have come to the top. */
  private settleRelaxations(): void {
    for (let id = this.relaxations[0]; id !== undefined; id = this.relaxations[0]) {
      const contactClass = this.classes[id]
      const head = contactClass ? contactClass.line.peek(this.contacts.arrivals) : -1
      if (!contactClass || head < 0) {
        heapRemove(this.relaxations, this.bounds, id)
        continue
      }
      const due = this.contacts.arrivals.first.get(head) + contactClass.relaxesAfter
      const seq = this.contacts.arrivals.second.get(head)
      if (this.bounds.first.get(id) === due && this.bounds.second.get(id) === seq) return
      this.bounds.first.set(id, due)
      this.bounds.second.set(id, seq)
      heapMoved(this.relaxations, this.bounds, id)
    }
  }
}

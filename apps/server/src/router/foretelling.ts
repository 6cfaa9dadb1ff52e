/** Keeps the wait forecast in step with the log: which contact waits where, who has begun, who gave up. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { ContactId, QueueId } from '@otklik/model/ids'
import { isOpenAt, opensAt, type OpeningHours } from '@otklik/model/opening-hours'
import { WaitForecast, type SaidWait } from '@otklik/routing/expected-wait'
import type { ContactRow } from '@otklik/routing/input'
import { waitingStepKinds, type WaitingStep } from '../store/waiting-steps.ts'

const isStep = (event: LoggedEvent): event is Extract<LoggedEvent, { kind: WaitingStep['kind'] }> => (waitingStepKinds as readonly string[]).includes(event.kind)

export class Foretelling {
  readonly #forecast = new WaitForecast()
  readonly #queueOf = new Map<ContactId, QueueId>()
  /**
   * Closed queues, with those who wait for their opening, in order of arrival: a night is no wait of the kind that is foretold, and
   * theirs begins when the queue opens.
   */
  readonly #closed = new Map<QueueId, Set<ContactId>>()

  /** The queue opens or closes; told again, nothing happens. */
  turn(queueId: QueueId, isOpen: boolean, now: number): void {
    const asleep = this.#closed.get(queueId)
    if (isOpen === (asleep === undefined)) return
    if (asleep) {
      this.#closed.delete(queueId)
      for (const contactId of asleep) this.#forecast.entered(queueId, contactId, now)
      return
    }
    const waiting = this.#forecast.waitingIn(queueId)
    this.#closed.set(queueId, new Set(waiting as ContactId[]))
    for (const contactId of waiting) this.#forecast.left(queueId, contactId, now, false)
  }

  /**
   * A row as the database has it, when this process takes over or has missed what happened: its wait so far is not known well
   * enough to learn from.
   */
  believe({ contactId, queueId, state }: Pick<ContactRow, 'contactId' | 'queueId' | 'state'>, now: number): void {
    const known = this.#queueOf.get(contactId)
    const isInHand = state === 'active' || state === 'wrapUp'
    if (known !== undefined && (known !== queueId || state === 'closed' || state === 'snoozed')) this.forget(contactId)
    if (state === 'closed' || state === 'snoozed') return
    if (isInHand) {
      this.#queueOf.set(contactId, queueId)
      this.#closed.get(queueId)?.delete(contactId)
      this.#forecast.resumed(queueId, contactId)
    } else if (known !== queueId) this.#enter(queueId, contactId, now)
  }

  /** It is gone, and nobody saw how. */
  forget(contactId: ContactId): void {
    const queueId = this.#queueOf.get(contactId)
    if (!queueId) return
    this.#queueOf.delete(contactId)
    this.#closed.get(queueId)?.delete(contactId)
    this.#forecast.forgotten(queueId, contactId)
  }

  follow(event: LoggedEvent): void {
    if (!isStep(event)) return
    this.#take({
      kind: event.kind,
      at: event.at.getTime(),
      contactId: event.payload.contactId,
      queueId: event.kind === 'contact.queued' ? event.payload.queueId : null,
      gaveUp: event.kind === 'contact.closed' && event.payload.reason === 'abandoned',
    })
  }

  /**
   * Learns from what happened in a queue before this process distributed.
   * @param steps of the queue's last contacts, as time went; what becomes of one that goes elsewhere is passed over
   * @param hours as they are now: what they were is not kept
   */
  learn(queueId: QueueId, steps: readonly WaitingStep[], hours: OpeningHours | null): void {
    const past = new Foretelling()
    let lastAt = steps[0]?.at ?? 0
    let minute = -1
    for (const step of steps) {
      const nextMinute = Math.floor(step.at / 60_000)
      if (hours && nextMinute !== minute) {
        const isOpen = isOpenAt(hours, step.at)
        past.turn(queueId, isOpen, isOpen ? Math.min(step.at, opensAt(hours, lastAt) ?? step.at) : lastAt)
      }
      minute = nextMinute
      lastAt = step.at
      past.#take(step)
    }
    this.#forecast.learn(queueId, past.#forecast)
  }

  say(contactId: ContactId, place: number, now: number): SaidWait | undefined {
    const queueId = this.#queueOf.get(contactId)
    return queueId && this.#forecast.say(queueId, place - 1, now)
  }

  pressure(queueId: QueueId, now: number): number {
    return this.#forecast.pressure(queueId, now)
  }

  queueOf(contactId: ContactId): QueueId | undefined {
    return this.#queueOf.get(contactId)
  }

  #take({ kind, at, contactId, queueId, gaveUp }: WaitingStep): void {
    if (kind === 'contact.queued') {
      this.#leave(contactId, at, false)
      if (queueId) this.#enter(queueId, contactId, at)
      return
    }
    const known = this.#queueOf.get(contactId)
    if (!known) return
    if (kind === 'contact.offered') this.#forecast.offered(known, contactId, at)
    else if (kind === 'contact.accepted' || kind === 'contact.picked') {
      this.#closed.get(known)?.delete(contactId)
      this.#forecast.began(known, contactId, at)
    } else this.#leave(contactId, at, gaveUp)
  }

  #enter(queueId: QueueId, contactId: ContactId, at: number): void {
    this.#queueOf.set(contactId, queueId)
    const asleep = this.#closed.get(queueId)
    if (asleep) asleep.add(contactId)
    else this.#forecast.entered(queueId, contactId, at)
  }

  /** Out of the queue where it waited or was in hand. */
  #leave(contactId: ContactId, at: number, gaveUp: boolean): void {
    const queueId = this.#queueOf.get(contactId)
    if (!queueId) return
    this.#forecast.left(queueId, contactId, at, gaveUp)
    this.#forecast.finished(queueId, contactId, at)
    this.#closed.get(queueId)?.delete(contactId)
    this.#queueOf.delete(contactId)
  }
}

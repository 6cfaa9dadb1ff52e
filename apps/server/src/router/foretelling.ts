/** Keeps the wait forecast in step with the log: which contact waits where, who has begun, who gave up. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { ContactId, QueueId } from '@otklik/model/ids'
import { WaitForecast, type SaidWait } from '@otklik/routing/expected-wait'
import type { ContactRow } from '@otklik/routing/input'

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
    const at = event.at.getTime()
    if (event.kind === 'contact.queued') {
      const { contactId, queueId } = event.payload
      this.#leave(contactId, at, false)
      this.#enter(queueId, contactId, at)
    } else if (event.kind === 'contact.offered') {
      const queueId = this.#queueOf.get(event.payload.contactId)
      if (queueId) this.#forecast.offered(queueId, event.payload.contactId, at)
    } else if (event.kind === 'contact.accepted' || event.kind === 'contact.picked') {
      const { contactId } = event.payload
      const queueId = this.#queueOf.get(contactId)
      if (!queueId) return
      this.#closed.get(queueId)?.delete(contactId)
      this.#forecast.began(queueId, contactId, at)
    } else if (event.kind === 'contact.snoozed') {
      this.#leave(event.payload.contactId, at, false)
    } else if (event.kind === 'contact.closed') {
      this.#leave(event.payload.contactId, at, event.payload.reason === 'abandoned')
    }
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

/** Keeps the wait forecast in step with the log: which contact waits where, who has begun, who gave up. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { ContactId, QueueId } from '@otklik/model/ids'
import { WaitForecast, type SaidWait } from '@otklik/routing/expected-wait'
import type { ContactRow } from '@otklik/routing/input'

export class Foretelling {
  readonly #forecast = new WaitForecast()
  readonly #queueOf = new Map<ContactId, QueueId>()

  /** A contact that was there when this process took over: its wait so far is not known well enough to learn from. */
  seed({ contactId, queueId, state }: Pick<ContactRow, 'contactId' | 'queueId' | 'state'>, now: number): void {
    if (this.#queueOf.has(contactId) || state === 'closed' || state === 'snoozed') return
    this.#queueOf.set(contactId, queueId)
    if (state === 'active' || state === 'wrapUp') this.#forecast.resumed(queueId, contactId)
    else this.#forecast.entered(queueId, contactId, now)
  }

  follow(event: LoggedEvent): void {
    const at = event.at.getTime()
    if (event.kind === 'contact.queued') {
      const { contactId, queueId } = event.payload
      this.#leave(contactId, at, false)
      this.#queueOf.set(contactId, queueId)
      this.#forecast.entered(queueId, contactId, at)
    } else if (event.kind === 'contact.offered') {
      const queueId = this.#queueOf.get(event.payload.contactId)
      if (queueId) this.#forecast.offered(queueId, event.payload.contactId, at)
    } else if (event.kind === 'contact.accepted' || event.kind === 'contact.picked') {
      const queueId = this.#queueOf.get(event.payload.contactId)
      if (queueId) this.#forecast.began(queueId, event.payload.contactId, at)
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

  /** Out of the queue where it waited or was in hand. */
  #leave(contactId: ContactId, at: number, gaveUp: boolean): void {
    const queueId = this.#queueOf.get(contactId)
    if (!queueId) return
    this.#forecast.left(queueId, contactId, at, gaveUp)
    this.#forecast.finished(queueId, contactId, at)
    this.#queueOf.delete(contactId)
  }
}

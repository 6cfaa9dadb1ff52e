/** Events of a past before they are in the log: the contract's, with ids as plain strings. */
import type { EventKind, EventPayload } from '@otklik/contract/events'
import type * as Ids from '@otklik/model/ids'

type AnyId = Ids.AgentId | Ids.QueueId | Ids.CustomerId | Ids.ContactId | Ids.IssueId | Ids.ChannelAccountId | Ids.OfferId | Ids.MessageId | Ids.DispositionId | Ids.ReasonId
type Plain<Value> = Value extends AnyId ? string : Value
type PlainPayload<Kind extends EventKind> = { [Name in keyof EventPayload<Kind>]: Plain<EventPayload<Kind>[Name]> }

export type HistoryEvent = {
  [Kind in EventKind]: {
    /** Epoch milliseconds. */
    readonly at: number
    readonly kind: Kind
    /** The contact or agent whose story it belongs to. */
    readonly subject: string
    readonly payload: PlainPayload<Kind>
  }
}[EventKind]

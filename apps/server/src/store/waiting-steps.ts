/** What the wait forecast learns from after a restart: the last contacts of a queue, step by step. */
import type { EventKind } from '@otklik/contract/events'
import type { ContactId, QueueId } from '@otklik/model/ids'
import type { Reader } from './database.ts'

/** What the forecast hears of an event. */
export interface WaitingStep {
  readonly kind: (typeof waitingStepKinds)[number]
  /** Epoch milliseconds. */
  readonly at: number
  readonly contactId: ContactId
  /** Where it waits now; with `contact.queued`. */
  readonly queueId: QueueId | null
  readonly gaveUp: boolean
}
export const waitingStepKinds = ['contact.queued', 'contact.offered', 'contact.accepted', 'contact.picked', 'contact.snoozed', 'contact.closed'] as const satisfies readonly EventKind[]

/** As many as fill the outcomes of the usual lengths of a waiting line; some 1,500 events. */
const lastContacts = 300
const daysBack = 7
/** Where they came within less, the line is learned of anew in minutes, and by handling times that are not cut off. */
const shortestMinutes = 30

/**
 * Steps of the last 300 contacts of seven days that are a queue's now, as time went: the forecast measures spans of time. Before
 * them stand the steps of those that were open when they began: without these the first would seem to be alone with few agents,
 * and a wait as it was would look short beside what such a line lets expect. They teach nothing themselves: no time of handling is
 * known before the first of them is done.
 * @param before epoch milliseconds: what is logged from then on is followed as it comes
 */
export const loadWaitingSteps = async (reader: Reader, queueId: QueueId, before: number): Promise<WaitingStep[]> =>
  reader.named<WaitingStep & Record<string, unknown>>(
    'waiting-steps',
    `with last as (
       select id, arrived_at from contact where queue_id = $1 and arrived_at >= $2 and arrived_at < $3
       order by arrived_at desc, id desc limit ${lastContacts}),
     begin as (
       select min(arrived_at) as at from last
       having count(*) < ${lastContacts} or min(arrived_at) <= $3 - make_interval(mins => ${shortestMinutes})),
     known as (
       select last.id from last, begin
       union all
       select c.id from contact c, begin
       where c.queue_id = $1 and c.arrived_at >= begin.at - interval '2 hours' and c.arrived_at < begin.at and (c.closed_at is null or c.closed_at > begin.at))
     select e.kind, (extract(epoch from e.at) * 1000)::float8 as at, e.subject as "contactId", e.payload ->> 'queueId' as "queueId",
       coalesce(e.payload ->> 'reason' = 'abandoned', false) as "gaveUp"
     from known join event e on e.subject = known.id
     where e.at >= $2 and e.at < $3 and e.kind = any($4)
     order by e.at, e.tx, e.id`,
    [queueId, new Date(before - daysBack * 86_400_000), new Date(before), waitingStepKinds],
  )

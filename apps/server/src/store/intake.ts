/** The first message of a new contact, in one statement: the hottest write of the house. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { MessagePart } from '@otklik/contract/views'
import type { ContactId, MessageId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { eventOf, type EventRow } from './log.ts'
import type { Writer } from './scope.ts'

export interface NewContact {
  readonly contactId: ContactId
  /** Used when the visitor has no issue that is open or was closed within a day. */
  readonly issueId: string
  readonly messageId: MessageId
  readonly parts: readonly MessagePart[]
  readonly page: { readonly url: string; readonly title: string } | undefined
}

/**
 * $1 customer, $2 channel account, $3 contact, $4 issue, $5 message, $6 parts, $7 now, $8 page url, $9 page title, $10 as whom the visitor came.
 * A customer who is blocked, merged or erased, a channel or queue that is archived, or a closed queue that takes no messages, makes no rows. Unique constraints make a second
 * conversation (contact_routing_conversation) and a repeated message (message_pkey) fail as a whole.
 */
const startText = `
  with origin as (
    select ca.id as account, ca.channel, ca.queue_id, q.line, q.target_seconds, q.preferred_seconds, not q.is_open as left_message, cu.id as customer, cu.language, cu.region
    from channel_account ca
    join queue q on q.id = ca.queue_id and q.archived_at is null and (q.is_open or q.takes_messages)
    join customer cu on cu.id = $1 and cu.blocked_at is null and cu.merged_into is null and cu.erased_at is null
    where ca.id = $2 and ca.archived_at is null
    -- The same lock as the rows below take by their foreign keys; here the row is looked at again when it was waited for.
    for key share of cu
  ), helper as (
    -- Who helped this customer last and still works here.
    select c.agent_id as id, $7::timestamptz + make_interval(secs => origin.preferred_seconds) as until
    from origin join contact c on c.customer_id = origin.customer join agent a on a.id = c.agent_id and a.archived_at is null
    where origin.preferred_seconds > 0 and c.closed_at > $7::timestamptz - interval '30 days'
    order by c.closed_at desc limit 1
  ), recent as (
    -- The visitor's own: should they turn out to be somebody else after all, it goes with them (store/merges.ts).
    select id from issue
    where customer_id = $1 and coalesce(visitor_id, customer_id) = $10 and (closed_at is null or closed_at > $7::timestamptz - interval '24 hours')
    order by opened_at desc limit 1
  ), resumed as (
    -- Whose it is, is looked at again on the row: it may have been given back while the customer was waited for.
    update issue set closed_at = null where id in (select id from recent) and customer_id = $1 and exists (select from origin) returning id
  ), opened as (
    insert into issue (id, customer_id, visitor_id, opened_at)
    select $4, customer, nullif($10, customer), $7 from origin where not exists (select from resumed) returning id
  ), need as (
    select id from resumed union all select id from opened
  ), made as (
    insert into contact (id, issue_id, customer_id, channel_account_id, channel, language, region, queue_id,
      page_url, page_title, arrived_at, waiting_since, last_message_at, last_message_number, left_message)
    select $3, need.id, customer, account, channel, language, region, queue_id, $8, $9, $7, $7, $7, 1, left_message from origin, need
    returning id, issue_id
  ), routed as (
    insert into contact_routing (contact_id, state, queue_id, customer_id, channel_account_id, channel, language, arrived_at, reserved_for, reserved_until)
    select made.id, 'queued', queue_id, customer, account, channel, language, $7, helper.id, helper.until from made, origin left join helper on true
    returning contact_id, version, seq, reserved_for, reserved_until
  ), part as (
    insert into segment (contact_id, queue_id, started_at) select made.id, queue_id, $7 from made, origin
  ), written as (
    insert into message (id, contact_id, number, author, visibility, parts, sent_at)
    select $5, made.id, 1, 'customer', 'public', $6::jsonb, $7 from made
  )
  insert into event (at, kind, subject, payload)
  select $7, 'contact.queued', $3, jsonb_build_object(
    'contactId', $3::uuid, 'contactVersion', routed.version, 'cause', 'arrived', 'customerId', customer, 'issueId', made.issue_id,
    'channelAccountId', account, 'channel', channel, 'queueId', queue_id, 'line', line, 'targetSeconds', target_seconds, 'language', language, 'region', region,
    'arrivedAt', (extract(epoch from $7::timestamptz) * 1000)::bigint, 'seq', routed.seq,
    'reservedFor', routed.reserved_for, 'reservedUntil', (extract(epoch from routed.reserved_until) * 1000)::bigint, 'fromAgentId', null, 'fromAgentVersion', null, 'fromAgentTicket', null,
    'fromAgentOccupancy', null, 'excludedUntil', null)
  from made, routed, origin
  union all
  select $7, 'message.received', $3, jsonb_build_object('contactId', $3::uuid, 'messageId', $5::uuid, 'number', 1, 'agentId', null)
  from made
  returning tx::text, id::text, at, kind, payload`

/** Starts a contact with its first message. No events: the visitor is blocked or the channel takes nothing. */
export const startContact = async (reader: Reader, visitor: Writer, contact: NewContact, at: Date): Promise<LoggedEvent[]> =>
  (
    await reader.named<EventRow>('start-contact', startText, [
      visitor.customerId,
      visitor.channelAccountId,
      contact.contactId,
      contact.issueId,
      contact.messageId,
      JSON.stringify(contact.parts),
      at,
      contact.page?.url ?? null,
      contact.page?.title ?? null,
      visitor.visitorId,
    ])
  ).map(eventOf)

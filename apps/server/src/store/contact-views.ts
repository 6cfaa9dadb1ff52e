/** Contacts as agents see them: one query for many, presented by one function. */
import type { FileSummary } from '@otklik/contract/attachments'
import type { ContactSummary, ContactView, OfferReason } from '@otklik/contract/views'
import type { CloseReason, ContactState } from '@otklik/model/contact'
import type * as Ids from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { firstFileOf } from './files.ts'
import { supervisedBy } from './reach.ts'
import type { Scope } from './scope.ts'

interface Row {
  id: Ids.ContactId
  version: number
  state: ContactState
  agentId: Ids.AgentId | null
  queueId: Ids.QueueId
  queueName: string
  queueLine: number
  targetSeconds: number
  hasEscalation: boolean
  customerId: Ids.CustomerId
  customerName: string | null
  customerNumber: number
  customerVersion: number
  region: string
  customerLanguage: 'ru' | 'en' | null
  customerTimeZone: string | null
  blocked: boolean
  pageUrl: string | null
  pageTitle: string | null
  arrivedAt: Date
  acceptedAt: Date | null
  firstReplyAt: Date | null
  waitingSince: Date | null
  awaySince: Date | null
  endedAt: Date | null
  closedAt: Date | null
  closeReason: CloseReason | null
  wrapUpUntil: Date | null
  offerId: Ids.OfferId | null
  offeredAt: Date | null
  offerExpiresAt: Date | null
  offerReason: (Omit<OfferReason, 'isHelp'> & { readonly decided?: { readonly helpersOf: string | null } }) | null
  offeredBefore: 'declined' | 'missed' | null
  handedCause: NonNullable<ContactView['handed']>['cause'] | null
  handedBy: string | null
  handedAt: Date | null
  handedNote: string | null
  snoozedUntil: Date | null
  snoozedBy: string | null
  snoozeTold: boolean | null
  snoozeNote: string | null
  escalatedBy: string | null
  escalatedAt: Date | null
  resolved: boolean | null
  dispositionId: Ids.DispositionId | null
  dispositionName: string | null
  score: number | null
  comment: string | null
  lastText: string | null
  lastFile: FileSummary | null
  lastAuthor: 'customer' | 'agent' | 'system' | null
  lastAgentId: Ids.AgentId | null
  lastAt: Date | null
  lastMessageNumber: number
  unread: number
  agentReadNumber: number
  customerReadNumber: number
}

/**
 * SQL: an agent may read a contact that they hold, had last or raised to the second line, every contact of a customer whom they hold, and
 * those that they supervise; no agent, everything. Of the contact `c` and its routing row `r`.
 */
export const readableBy = (agent: string): string => `(${agent}::uuid is null or r.agent_id = ${agent} or c.agent_id = ${agent} or c.escalated_by = ${agent} or exists (
  select from contact_routing held
  where held.customer_id = c.customer_id and held.agent_id = ${agent} and held.state in ('active', 'wrapUp', 'offered'))
  or ${supervisedBy(agent, 'c.queue_id', 'coalesce(r.agent_id, c.agent_id)')})`
const visible = readableBy('$1')

const viewText = (which: string) => `
  select c.id, c.version + coalesce(r.version, c.final_routing_version) as version,
    coalesce(r.state, 'closed') as state, coalesce(r.agent_id, c.agent_id) as "agentId",
    q.id as "queueId", q.name as "queueName", q.line as "queueLine", q.target_seconds as "targetSeconds",
    q.escalation_queue_id is not null as "hasEscalation",
    cu.id as "customerId", cu.name as "customerName", cu.number as "customerNumber", cu.version as "customerVersion", c.region,
    cu.language as "customerLanguage", cu.time_zone as "customerTimeZone", cu.blocked_at is not null as blocked,
    c.page_url as "pageUrl", c.page_title as "pageTitle", c.arrived_at as "arrivedAt", c.accepted_at as "acceptedAt",
    c.first_reply_at as "firstReplyAt", c.waiting_since as "waitingSince", c.away_since as "awaySince",
    c.ended_at as "endedAt", c.closed_at as "closedAt", c.close_reason as "closeReason", r.wrap_up_until as "wrapUpUntil",
    o.id as "offerId", o.offered_at as "offeredAt", o.expires_at as "offerExpiresAt", o.trace as "offerReason",
    -- What was refused before somebody took it is no matter any more.
    (select nullif(ob.outcome, 'accepted') from offer ob where ob.contact_id = c.id
       and (ob.outcome = 'accepted' or ob.agent_id = o.agent_id and ob.outcome in ('declined', 'missed'))
     order by ob.offered_at desc limit 1) as "offeredBefore",
    c.handed_cause as "handedCause", hb.name as "handedBy", c.handed_at as "handedAt",
    -- The note was written in the same moment, by the same hand; of what was put off, when it left that hand.
    (select hn.parts -> 0 ->> 'text' from message hn where hn.contact_id = c.id and hn.visibility = 'note' and hn.agent_id = c.handed_by
       and hn.sent_at = case when c.handed_cause = 'woken' then (select max(hs.ended_at) from segment hs where hs.contact_id = c.id and hs.agent_id = c.handed_by)
         else c.handed_at end order by hn.number desc limit 1) as "handedNote", c.resolved,
    r.snoozed_until as "snoozedUntil", sb.name as "snoozedBy", r.snooze_told as "snoozeTold",
    -- Written in the moment that ended the last segment.
    case when r.snoozed_by is not null then (select sn.parts -> 0 ->> 'text' from message sn where sn.contact_id = c.id and sn.visibility = 'note'
       and sn.agent_id = r.snoozed_by and sn.sent_at = (select max(s.ended_at) from segment s where s.contact_id = c.id) order by sn.number desc limit 1) end as "snoozeNote",
    eb.name as "escalatedBy", case when c.answered_at is null then c.escalated_at end as "escalatedAt",
    d.id as "dispositionId", d.name as "dispositionName", rt.score, rt.comment,
    lm.text as "lastText", lm.file as "lastFile", lm.author as "lastAuthor", lm.agent_id as "lastAgentId", lm.sent_at as "lastAt", c.last_message_number as "lastMessageNumber",
    (select count(*)::int from message m where m.contact_id = c.id and m.author = 'customer' and m.number > c.agent_read_number) as unread,
    c.agent_read_number as "agentReadNumber", c.customer_read_number as "customerReadNumber"
  from contact c
  join queue q on q.id = c.queue_id
  join customer cu on cu.id = c.customer_id
  left join contact_routing r on r.contact_id = c.id
  left join offer o on o.id = r.offer_id
  left join disposition d on d.id = c.disposition_id
  left join agent hb on hb.id = c.handed_by
  left join agent sb on sb.id = r.snoozed_by
  left join agent eb on eb.id = c.escalated_by
  left join rating rt on rt.contact_id = c.id
  left join lateral (
    select m.author, m.agent_id, m.sent_at, m.parts -> 0 ->> 'text' as text, ${firstFileOf('m.parts')} as file from message m
    where m.contact_id = c.id and m.visibility = 'public' and m.author <> 'system' order by m.number desc limit 1) lm on true
  where ${which} and ${visible}`

const iso = (date: Date | null) => date && date.toISOString()

const present = (row: Row): ContactView => ({
  id: row.id,
  version: row.version,
  state: row.state,
  channel: 'webChat',
  agentId: row.agentId,
  queue: { id: row.queueId, name: row.queueName, line: row.queueLine, targetSeconds: row.targetSeconds, hasEscalation: row.hasEscalation },
  customer: {
    id: row.customerId,
    name: row.customerName,
    number: row.customerNumber,
    version: row.customerVersion,
    region: row.region,
    language: row.customerLanguage,
    timeZone: row.customerTimeZone,
    blocked: row.blocked,
  },
  page: row.pageUrl === null ? null : { url: row.pageUrl, title: row.pageTitle ?? '' },
  arrivedAt: row.arrivedAt.toISOString(),
  acceptedAt: iso(row.acceptedAt),
  firstReplyAt: iso(row.firstReplyAt),
  waitingSince: iso(row.waitingSince),
  offer:
    row.offerId && row.offeredAt && row.offerExpiresAt && row.offerReason
      ? {
          id: row.offerId,
          offeredAt: row.offeredAt.toISOString(),
          expiresAt: row.offerExpiresAt.toISOString(),
          reason: {
            rule: row.offerReason.rule,
            waitedSeconds: row.offerReason.waitedSeconds,
            fit: row.offerReason.fit,
            candidates: row.offerReason.candidates,
            isHelp: (row.offerReason.decided?.helpersOf ?? null) !== null,
          },
          before: row.offeredBefore,
        }
      : null,
  wrapUp:
    row.wrapUpUntil && row.endedAt && row.closeReason
      ? { startedAt: row.endedAt.toISOString(), until: row.wrapUpUntil.toISOString(), reason: row.closeReason }
      : null,
  handed: row.handedCause && row.handedAt ? { cause: row.handedCause, by: row.handedBy, at: row.handedAt.toISOString(), note: row.handedNote } : null,
  escalated: row.escalatedAt && row.escalatedBy !== null ? { by: row.escalatedBy, at: row.escalatedAt.toISOString() } : null,
  snooze: row.snoozedUntil && { until: row.snoozedUntil.toISOString(), by: row.snoozedBy ?? '', told: row.snoozeTold === true, note: row.snoozeNote },
  awaySince: iso(row.awaySince),
  closedAt: iso(row.closedAt),
  closeReason: row.closeReason,
  disposition: row.dispositionId ? { id: row.dispositionId, name: row.dispositionName ?? '' } : null,
  resolved: row.resolved,
  rating: row.score === null ? null : { score: row.score, comment: row.comment },
  lastMessage: row.lastAuthor && row.lastAt ? { text: row.lastText ?? '', file: row.lastFile, author: row.lastAuthor, agentId: row.lastAgentId, at: row.lastAt.toISOString() } : null,
  lastMessageNumber: row.lastMessageNumber,
  unread: row.unread,
  agentReadNumber: row.agentReadNumber,
  customerReadNumber: row.customerReadNumber,
})

/** The agent to whom a scope narrows what is seen; null: to nobody. */
export const agentOf = (scope: Scope) => (scope.kind === 'agent' ? scope.agentId : null)

/** Contacts by id, those that the scope may see. */
export const loadContactViews = async (reader: Reader, scope: Scope, ids: readonly Ids.ContactId[]): Promise<ContactView[]> =>
  ids.length === 0
    ? []
    : (await reader.named<Row & Record<string, unknown>>('contact-views', viewText('c.id = any($2::uuid[])'), [agentOf(scope), ids])).map(present)

/** Open contacts in an agent's hands, offers included. */
export const loadContactsInHand = async (reader: Reader, agentId: Ids.AgentId): Promise<ContactView[]> =>
  (await reader.named<Row & Record<string, unknown>>('contacts-in-hand', viewText('r.agent_id = $1'), [agentId])).map(present)

interface SummaryRow {
  id: Ids.ContactId
  issueId: Ids.IssueId
  state: ContactState
  queueName: string
  agentName: string | null
  arrivedAt: Date
  closedAt: Date | null
  closeReason: CloseReason | null
  dispositionName: string | null
  score: number | null
  resolved: boolean | null
  firstWords: string | null
  firstFile: FileSummary | null
  readable: boolean
}

/** A page of a customer's contacts, newest first; words only of those that the scope may read. The cursor is the last row's time and id. */
export const loadCustomerContacts = async (
  reader: Reader,
  scope: Scope,
  customerId: Ids.CustomerId,
  page: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<ContactSummary[]> =>
  (
    await reader.named<SummaryRow & Record<string, unknown>>(
      'customer-contacts',
      `select c.id, c.issue_id as "issueId", coalesce(r.state, 'closed') as state, q.name as "queueName", a.name as "agentName",
         c.arrived_at as "arrivedAt", c.closed_at as "closedAt", c.close_reason as "closeReason", d.name as "dispositionName",
         rt.score, c.resolved, coalesce(${readableBy('$5')}, false) as readable, (select left(m.parts -> 0 ->> 'text', 120) from message m where m.contact_id = c.id and m.number = 1) as "firstWords",
         (select ${firstFileOf('m.parts')} from message m where m.contact_id = c.id and m.number = 1) as "firstFile"
       from contact c
       join queue q on q.id = c.queue_id
       left join contact_routing r on r.contact_id = c.id
       left join agent a on a.id = c.agent_id
       left join disposition d on d.id = c.disposition_id
       left join rating rt on rt.contact_id = c.id
       where c.customer_id = $1 and ($2::timestamptz is null or (c.arrived_at, c.id) < ($2, $3::uuid))
       order by c.arrived_at desc, c.id desc limit $4`,
      [customerId, page.after?.at ?? null, page.after?.id ?? null, page.limit, agentOf(scope)],
    )
  ).map((row) => ({
    ...row,
    ...(row.readable ? {} : { firstWords: null, firstFile: null }),
    channel: 'webChat' as const,
    arrivedAt: row.arrivedAt.toISOString(),
    closedAt: iso(row.closedAt),
  }))

/** A chat as its visitor sees it: never a note, never another customer's, closed ones for 24 hours. */
import type { MessagePart } from '@otklik/contract/views'
import type { ChatView, VisitorMessage } from '@otklik/contract/web-chat'
import type { CloseReason, ContactState } from '@otklik/model/contact'
import type { ContactId, MessageId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'
import type { Visitor } from './scope.ts'

export const visibleHours = 24

interface ChatRow {
  id: ContactId
  customerId: string
  channelAccountId: string
  arrivedAt: Date
  queuedAt: Date
  version: number
  state: ContactState
  agentName: string | null
  agentReadNumber: number
  endedAt: Date | null
  closeReason: CloseReason | null
  firstReplyAt: Date | null
  score: number | null
  snoozedUntil: Date | null
  mayRate: boolean
  ratingStyle: string
  ratingComment: boolean
}

/** SQL: whether the queue `q` of a contact asks for a rating, and this customer was not asked lately, whatever came of it. */
export const mayRate = (contact: string) => `(q.rating_style <> 'none' and (q.rating_days = 0 or not exists (
      select from contact lately where lately.customer_id = ${contact}.customer_id and lately.id <> ${contact}.id
        and lately.rating_asked_at < ${contact}.ended_at and lately.rating_asked_at > ${contact}.ended_at - make_interval(days => q.rating_days))))`

/** An answered contact has ended: from now on its customer is being asked, if the queue asks. Once, also when it ends again. */
export const noteAsking = async (tx: Tx, contactId: ContactId): Promise<void> => {
  await tx.named(
    'note-asking',
    `update contact c set rating_asked_at = c.ended_at from queue q
     where c.id = $1 and q.id = c.queue_id and c.rating_asked_at is null and c.first_reply_at is not null and ${mayRate('c')}`,
    [contactId],
  )
}

const chatText = (which: string) => `
  select c.id, c.customer_id as "customerId", c.channel_account_id as "channelAccountId", c.arrived_at as "arrivedAt", coalesce(c.handed_at, c.arrived_at) as "queuedAt",
    c.version + coalesce(r.version, c.final_routing_version) as version, coalesce(r.state, 'closed') as state,
    a.name as "agentName", c.agent_read_number as "agentReadNumber", c.ended_at as "endedAt",
    c.close_reason as "closeReason", c.first_reply_at as "firstReplyAt", rt.score, case when r.snooze_told then r.snoozed_until end as "snoozedUntil",
    ${mayRate('c')} as "mayRate", q.rating_style as "ratingStyle", q.rating_comment as "ratingComment"
  from contact c
  join queue q on q.id = c.queue_id
  left join contact_routing r on r.contact_id = c.id
  left join agent a on a.id = c.agent_id
  left join rating rt on rt.contact_id = c.id
  where ${which}`

const shownState = (state: ContactState): ChatView['state'] =>
  state === 'queued' || state === 'offered' ? 'queued' : state === 'active' || state === 'snoozed' ? 'active' : 'ended'

const presentChat = (row: ChatRow): ChatView => {
  const state = shownState(row.state)
  return {
    contactId: row.id,
    arrivedAt: row.arrivedAt.toISOString(),
    queuedAt: row.queuedAt.toISOString(),
    version: row.version,
    state,
    agent: row.agentName === null ? null : { name: row.agentName },
    agentReadNumber: row.agentReadNumber,
    snoozedUntil: row.snoozedUntil && row.snoozedUntil.toISOString(),
    endedAt: row.endedAt && row.endedAt.toISOString(),
    endReason: row.closeReason,
    rating: row.score,
    canRate: state === 'ended' && row.firstReplyAt !== null && row.score === null && row.mayRate,
    rateWith: { style: row.ratingStyle === 'stars' ? 'stars' : 'faces', comment: row.ratingComment },
  }
}

export interface OwnedChat {
  readonly customerId: string
  readonly channelAccountId: string
  readonly chat: ChatView
}

/** Chats by contact, with whose they are. */
export const loadChats = async (reader: Reader, ids: readonly ContactId[]): Promise<OwnedChat[]> =>
  ids.length === 0
    ? []
    : (await reader.named<ChatRow & Record<string, unknown>>('chats', chatText('c.id = any($1::uuid[])'), [ids])).map((row) => ({
        customerId: row.customerId,
        channelAccountId: row.channelAccountId,
        chat: presentChat(row),
      }))

interface PublicRow {
  id: MessageId
  contactId: ContactId
  number: number
  author: VisitorMessage['author']
  name: string | null
  parts: MessagePart[]
  sentAt: Date
}

const presentMessage = (row: PublicRow): VisitorMessage => ({
  id: row.id,
  contactId: row.contactId,
  number: row.number,
  author: row.author,
  name: row.name,
  parts: row.parts,
  at: row.sentAt.toISOString(),
})

const publicColumns = `m.id, m.contact_id as "contactId", m.number, m.author,
  case when m.author = 'agent' then a.name end as name, m.parts, m.sent_at as "sentAt"`

/** Public messages by id, in order; notes are left out here, whatever was asked for. */
export const loadPublicMessages = async (reader: Reader, ids: readonly string[]): Promise<VisitorMessage[]> =>
  ids.length === 0
    ? []
    : (
        await reader.named<PublicRow & Record<string, unknown>>(
          'public-messages',
          `select ${publicColumns} from message m left join agent a on a.id = m.agent_id
           where m.id = any($1::uuid[]) and m.visibility = 'public' order by m.contact_id, m.number`,
          [ids],
        )
      ).map(presentMessage)

/** The contact that a visitor's widget shows: the open one, else the last. */
export const loadNewestContact = async (reader: Reader, visitor: Visitor): Promise<ContactId | undefined> => {
  const [row] = await reader.named<{ id: ContactId }>(
    'newest-contact',
    `select id from contact where customer_id = $1 and channel_account_id = $2 order by arrived_at desc, id desc limit 1`,
    [visitor.customerId, visitor.channelAccountId],
  )
  return row?.id
}

/** Bytes of the newest messages in one frame: a phone must be able to read it before it is taken for one that does not. */
const largestState = 300_000

/** Everything that a visitor may see now: the newest contact and the messages of those not closed for long. */
export const loadVisitorState = async (
  reader: Reader,
  visitor: Visitor,
  now: Date,
): Promise<{ chat: ChatView | null; messages: VisitorMessage[]; contactIds: ContactId[] }> => {
  const rows = await reader.named<ChatRow & Record<string, unknown>>(
    'visitor-chats',
    `${chatText(`c.customer_id = $1 and c.channel_account_id = $2
      and (c.closed_at is null or c.closed_at > $3::timestamptz - make_interval(hours => $4))`)}
     order by c.arrived_at desc, c.id desc limit 20`,
    [visitor.customerId, visitor.channelAccountId, now, visibleHours],
  )
  const contactIds = rows.map((row) => row.id)
  if (contactIds.length === 0) return { chat: null, messages: [], contactIds }
  const messages = await reader.named<PublicRow & Record<string, unknown>>(
    'visitor-messages',
    `select * from (
       select ${publicColumns}, c.arrived_at, sum(octet_length(m.parts::text)) over (order by c.arrived_at desc, m.number desc) as so_far from message m
       join contact c on c.id = m.contact_id
       left join agent a on a.id = m.agent_id
       where m.contact_id = any($1::uuid[]) and m.visibility = 'public'
       order by c.arrived_at desc, m.number desc limit 500) newest
     where so_far <= $2
     order by arrived_at, number`,
    [contactIds, largestState],
  )
  const [newest] = rows
  return { chat: newest ? presentChat(newest) : null, messages: messages.map(presentMessage), contactIds }
}

/** Messages: written under the lock of their contact's row, which gives them their numbers. */
import type { FilePart } from '@otklik/contract/attachments'
import type { LoggedEvent } from '@otklik/contract/events'
import type { MessagePart, MessageView } from '@otklik/contract/views'
import type { AgentId, ContactId, FileId, MessageId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'
import { eventOf, type EventRow } from './log.ts'
import type { Scope, Visitor } from './scope.ts'

/** Words first, then files; no words, no part for them. */
export const partsOf = (text: string, files: readonly FilePart[] = []): MessagePart[] => [...(text === '' ? [] : [{ kind: 'text' as const, text }]), ...files]

/** Whether a message that came again says the same: its words and its files. */
export const saysTheSame = (parts: readonly MessagePart[], text: string, fileIds: readonly FileId[]): boolean =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') === text &&
  parts.flatMap((part) => (part.kind === 'file' ? [part.id] : [])).join() === fileIds.join()

export interface StoredMessage {
  readonly id: MessageId
  readonly contactId: ContactId
  readonly number: number
  readonly sentAt: Date
}

/** The message of this id with what tells whether a second `send` is the same one. */
export const loadMessage = async (
  reader: Reader,
  id: MessageId,
): Promise<(StoredMessage & { customerId: string; author: string; agentId: string | null; visibility: string; parts: MessagePart[] }) | undefined> =>
  (
    await reader.named<StoredMessage & { customerId: string; author: string; agentId: string | null; visibility: string; parts: MessagePart[] }>(
      'load-message',
      `select m.id, m.contact_id as "contactId", m.number, m.sent_at as "sentAt", m.author, m.agent_id as "agentId", m.visibility, m.parts,
         c.customer_id as "customerId"
       from message m join contact c on c.id = m.contact_id where m.id = $1`,
      [id],
    )
  )[0]

const appendFromVisitor = `
  with known as (select 1 from message where id = $3),
  touched as (
    update contact c set
      last_message_number = c.last_message_number + 1,
      version = c.version + 1,
      last_message_at = $5,
      waiting_since = coalesce(c.waiting_since, $5)
    from contact_routing r
    where r.customer_id = $1 and r.channel_account_id = $2 and c.id = r.contact_id
      -- Looked at again once the lock of this row is ours, unlike the other table: what ended or was put off meanwhile is not written to.
      and c.ended_at is null and not c.put_off
      and not exists (select from known)
    returning c.id, c.last_message_number as number, c.agent_id
  ), written as (
    insert into message (id, contact_id, number, author, visibility, parts, sent_at)
    select $3, id, number, 'customer', 'public', $4::jsonb, $5 from touched
  )
  insert into event (at, kind, subject, payload)
  select $5, 'message.received', id, jsonb_build_object('contactId', id, 'messageId', $3::uuid, 'number', number, 'agentId', agent_id)
  from touched
  returning tx::text, id::text, at, kind, payload`

/**
 * Appends a visitor's message to the conversation that is open, in one statement.
 * Answers no event when there is none (closed, in wrap-up, never begun) or when the id is known already.
 */
export const appendVisitorMessage = async (
  reader: Reader,
  visitor: Visitor,
  message: { id: MessageId; parts: readonly MessagePart[] },
  at: Date,
): Promise<LoggedEvent | undefined> => {
  const [row] = await reader.named<EventRow>('append-visitor-message', appendFromVisitor, [
    visitor.customerId,
    visitor.channelAccountId,
    message.id,
    JSON.stringify(message.parts),
    at,
  ])
  return row && eventOf(row)
}

/**
 * Appends an agent's reply or note to a contact in that agent's hands.
 * A reply needs a running conversation; a note may also be written in wrap-up. What was put off, or came back to the queue,
 * is in nobody's hands until it is accepted again. Undefined: it is not so any more.
 */
export const appendAgentMessage = async (
  tx: Tx,
  message: { id: MessageId; contactId: ContactId; agentId: AgentId; visibility: 'public' | 'note'; parts: readonly MessagePart[] },
  at: Date,
): Promise<{ number: number; first: boolean } | undefined> => {
  const reply = message.visibility === 'public'
  const [touched] = await tx.named<{ number: number; first: boolean }>(
    'touch-for-agent-message',
    `update contact set
       last_message_number = last_message_number + 1,
       version = version + 1,
       last_message_at = case when $4 then $3 else last_message_at end,
       waiting_since = case when $4 then null else waiting_since end,
       first_reply_at = case when $4 then coalesce(first_reply_at, $3) else first_reply_at end,
       agent_read_number = last_message_number + 1
     where id = $1 and agent_id = $2 and accepted_at is not null and closed_at is null and ($4 = false or ended_at is null)
     returning last_message_number as number, first_reply_at = $3 as first`,
    [message.contactId, message.agentId, at, reply],
  )
  if (!touched) return undefined
  await tx.db
    .insertInto('message')
    .values({
      id: message.id,
      contactId: message.contactId,
      number: touched.number,
      author: 'agent',
      agentId: message.agentId,
      visibility: message.visibility,
      parts: JSON.stringify(message.parts),
      sentAt: at,
    })
    .execute()
  return { number: touched.number, first: reply && touched.first }
}

/** Appends a supervisor's word to whoever has the contact in hand. Undefined: nobody has. */
export const appendHint = async (
  tx: Tx,
  hint: { id: MessageId; contactId: ContactId; agentId: AgentId; parts: readonly MessagePart[] },
  at: Date,
): Promise<{ number: number; holder: AgentId } | undefined> =>
  (
    await tx.named<{ number: number; holder: AgentId }>(
      'append-hint',
      `with touched as (
         update contact set last_message_number = last_message_number + 1, version = version + 1
         where id = $2 and agent_id is not null and accepted_at is not null and closed_at is null
         returning id, last_message_number as number, agent_id as holder
       ), written as (
         insert into message (id, contact_id, number, author, agent_id, visibility, parts, sent_at)
         select $1, id, number, 'agent', $3, 'hint', $4::jsonb, $5 from touched
       )
       select number, holder from touched`,
      [hint.id, hint.contactId, hint.agentId, JSON.stringify(hint.parts), at],
    )
  )[0]

/** Writes one of Otklik's own notices into a contact; both sides see it, only ours sees `by`: who caused it. */
export const appendNotice = async (
  tx: Tx,
  notice: { id: MessageId; contactId: ContactId; code: Extract<MessagePart, { kind: 'notice' }>['code']; by: AgentId | null },
  at: Date,
): Promise<{ number: number; agentId: AgentId | null }> => {
  const parts: MessagePart[] = [{ kind: 'notice', code: notice.code }]
  const [row] = await tx.named<{ number: number; agentId: AgentId | null }>(
    'append-notice',
    `with touched as (
       update contact set last_message_number = last_message_number + 1, version = version + 1 where id = $2
       returning id, last_message_number as number, agent_id
     ), written as (
       insert into message (id, contact_id, number, author, agent_id, visibility, parts, sent_at)
       select $1, id, number, 'system', $5, 'public', $3::jsonb, $4 from touched
     )
     select number, agent_id as "agentId" from touched`,
    [notice.id, notice.contactId, JSON.stringify(parts), at, notice.by],
  )
  if (!row) throw new Error(`contact ${notice.contactId} does not exist`)
  return row
}

interface MessageRow extends StoredMessage {
  readonly author: 'customer' | 'agent' | 'system'
  readonly agentId: AgentId | null
  readonly agentName: string | null
  readonly visibility: MessageView['visibility']
  readonly parts: MessagePart[]
}

const columns = `m.id, m.contact_id as "contactId", m.number, m.author, m.agent_id as "agentId", a.name as "agentName",
  m.visibility, m.parts, m.sent_at as "sentAt"`

export const presentMessage = (row: MessageRow): MessageView => ({
  id: row.id,
  contactId: row.contactId,
  number: row.number,
  author: { kind: row.author, agentId: row.agentId, name: row.agentName },
  visibility: row.visibility,
  parts: row.parts,
  at: row.sentAt.toISOString(),
})

/** Messages by id, for those who follow the log. The scope was checked by whoever chose the ids. */
export const loadMessagesById = async (reader: Reader, _scope: Scope, ids: readonly string[]): Promise<MessageView[]> =>
  ids.length === 0
    ? []
    : (
        await reader.named<MessageRow & Record<string, unknown>>(
          'messages-by-id',
          `select ${columns} from message m left join agent a on a.id = m.agent_id where m.id = any($1::uuid[])
           order by m.contact_id, m.number`,
          [ids],
        )
      ).map(presentMessage)

/** A page of a contact's messages by rising number: after a number, or the last ones before one. */
export const loadMessages = async (
  reader: Reader,
  contactId: ContactId,
  window: { after?: number | undefined; before?: number | undefined; limit: number },
): Promise<{ items: MessageView[]; more: boolean }> => {
  const forward = window.after !== undefined
  const rows = await reader.named<MessageRow & Record<string, unknown>>(
    forward ? 'messages-after' : 'messages-before',
    `select ${columns} from message m left join agent a on a.id = m.agent_id
     where m.contact_id = $1 and m.number ${forward ? '>' : '<'} $2
     order by m.number ${forward ? 'asc' : 'desc'} limit $3`,
    [contactId, forward ? window.after : (window.before ?? 2_147_483_647), window.limit + 1],
  )
  const items = rows.slice(0, window.limit).map(presentMessage)
  return { items: forward ? items : items.reverse(), more: rows.length > window.limit }
}

/** Files: uploaded by one person, then bound to one message for good. Locked before anything else (store/routing.ts). */
import type { FilePart, FileView } from '@otklik/contract/attachments'
import type { AgentId, ContactId, CustomerId, FileId, MessageId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'
import type { Visitor } from './scope.ts'

export type Uploader = { readonly kind: 'agent'; readonly agentId: AgentId } | ({ readonly kind: 'visitor' } & Visitor)

export interface StoredFile extends FileView {
  readonly agentId: AgentId | null
  readonly customerId: CustomerId | null
  readonly sha256: Buffer
  readonly receivedSha256: Buffer
  readonly messageId: MessageId | null
  /** Of the message that it was sent with. */
  readonly contactId: ContactId | null
  readonly isPublic: boolean
}

interface Row {
  readonly id: FileId
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
}

const presentFile = ({ id, name, type, bytes, width, height }: Row): FileView => ({
  id,
  name,
  type,
  bytes,
  image: width === null || height === null ? null : { width, height },
})

export const loadFile = async (reader: Reader, id: FileId): Promise<StoredFile | undefined> => {
  type Found = Row & Omit<StoredFile, keyof FileView>
  const [row] = await reader.named<Found & Record<string, unknown>>(
    'file',
    `select f.id, f.name, f.type, f.bytes, f.width, f.height, f.agent_id as "agentId", f.customer_id as "customerId", f.sha256,
       f.received_sha256 as "receivedSha256", f.message_id as "messageId", m.contact_id as "contactId", coalesce(m.visibility = 'public', false) as "isPublic"
     from file f left join message m on m.id = f.message_id where f.id = $1`,
    [id],
  )
  if (!row) return undefined
  const { agentId, customerId, sha256, receivedSha256, messageId, contactId, isPublic } = row
  return { ...presentFile(row), agentId, customerId, sha256, receivedSha256, messageId, contactId, isPublic }
}

export const isUploader = (file: Pick<StoredFile, 'agentId' | 'customerId'>, uploader: Uploader): boolean =>
  uploader.kind === 'agent' ? file.agentId === uploader.agentId : file.customerId === uploader.customerId

/** Whether a visitor may read the contact that a file was sent in: its own, open or not closed for long. */
export const isVisitorsContact = async (reader: Reader, visitor: Visitor, contactId: ContactId, closedAfter: Date): Promise<boolean> =>
  (await reader.db
    .selectFrom('contact')
    .select('id')
    .where('id', '=', contactId)
    .where('customerId', '=', visitor.customerId)
    .where('channelAccountId', '=', visitor.channelAccountId)
    .where((is) => is.or([is('closedAt', 'is', null), is('closedAt', '>', closedAfter)]))
    .executeTakeFirst()) !== undefined

/** Bytes that a visitor has uploaded since `since`, sent or not. */
export const loadUploadedBytes = async (reader: Reader, customerId: CustomerId, since: Date): Promise<number> => {
  const [row] = await reader.named<{ bytes: number }>(
    'uploaded-bytes',
    'select coalesce(sum(received_bytes), 0)::bigint as bytes from file where customer_id = $1 and uploaded_at > $2',
    [customerId, since],
  )
  return row?.bytes ?? 0
}

/** Whether the customer is somebody still, and remains so until the transaction ends: neither erased nor merged with another. */
export const lockOwner = async (tx: Tx, customerId: CustomerId): Promise<boolean> =>
  (await tx.named('lock-owner', 'select from customer where id = $1 and erased_at is null and merged_into is null for key share', [customerId])).length > 0

/** One upload of a visitor after the other, so that what they may still upload is counted right. */
export const lockUploads = async (tx: Tx, customerId: CustomerId): Promise<void> => {
  await tx.named('lock-uploads', `select pg_advisory_xact_lock(hashtextextended('uploads ' || $1::text, 0))`, [customerId])
}

/** Who keeps or removes these bytes on disk: one at a time, on whatever server. */
export const lockContent = async (tx: Tx, sha256: Buffer): Promise<void> => {
  await tx.named('lock-content', `select pg_advisory_xact_lock(hashtextextended('content ' || encode($1, 'hex'), 0))`, [sha256])
}

interface NewFile extends Row {
  readonly uploader: Uploader
  readonly sha256: Buffer
  readonly receivedBytes: number
  readonly receivedSha256: Buffer
}

export const insertFile = async (tx: Tx, { uploader, ...file }: NewFile, at: Date): Promise<void> => {
  const owner = uploader.kind === 'agent' ? { agentId: uploader.agentId } : { customerId: uploader.customerId, channelAccountId: uploader.channelAccountId }
  await tx.db.insertInto('file').values({ ...file, ...owner, uploadedAt: at }).execute()
}

/**
 * Locks files that this uploader has not sent yet and answers them as parts of a message, in the order of their ids here.
 * Undefined: one of them is somebody else's, was sent already, or is not there.
 */
export const claimFiles = async (tx: Tx, uploader: Uploader, ids: readonly FileId[]): Promise<FilePart[] | undefined> => {
  if (ids.length === 0) return []
  const rows = await tx.named<Row & Record<string, unknown>>(
    'claim-files',
    `select id, name, type, bytes, width, height from file
     where id = any($1::uuid[]) and message_id is null and ($2::uuid is null or agent_id = $2) and ($3::uuid is null or customer_id = $3)
       and ($4::uuid is null or channel_account_id = $4)
     order by id for update`,
    [ids, uploader.kind === 'agent' ? uploader.agentId : null, uploader.kind === 'visitor' ? uploader.customerId : null, uploader.kind === 'visitor' ? uploader.channelAccountId : null],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const parts = ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ kind: 'file' as const, ...presentFile(row) }] : []
  })
  return parts.length === ids.length ? parts : undefined
}

/** Gives claimed files to their message. */
export const bindFiles = async (tx: Tx, ids: readonly FileId[], messageId: MessageId): Promise<void> => {
  if (ids.length === 0) return
  await tx.named(
    'bind-files',
    `update file f set message_id = $2, position = one.place - 1
     from unnest($1::uuid[]) with ordinality as one(id, place) where f.id = one.id and f.message_id is null`,
    [ids, messageId],
  )
}

/**
 * Deletes files, sent or not. Contents that no file is left of are noted in the same transaction, and a job removes their
 * bytes: after the commit, so that what is rolled back is still there. The parts of messages are the caller's business.
 */
export const deleteFiles = async (tx: Tx, ids: readonly FileId[]): Promise<void> => {
  await tx.named(
    'delete-files',
    `with gone as (delete from file where id = any($1::uuid[]) returning sha256)
     insert into unused_content (sha256) select distinct sha256 from gone on conflict do nothing`,
    [ids],
  )
}

/** Locks a file that our side has sent, then its contact; undefined: there is no such file any more. */
export const lockSentFile = async (tx: Tx, id: FileId): Promise<{ messageId: MessageId; contactId: ContactId; holder: AgentId | null } | undefined> => {
  const [file] = await tx.named<{ messageId: MessageId; contactId: ContactId }>(
    'lock-sent-file',
    `select f.message_id as "messageId", m.contact_id as "contactId" from file f join message m on m.id = f.message_id
     where f.id = $1 and m.author = 'agent' for update of f`,
    [id],
  )
  if (!file) return undefined
  const [contact] = await tx.named<{ holder: AgentId | null }>(
    'lock-contact-of-file',
    `select case when accepted_at is not null and closed_at is null then agent_id::text end as holder from contact where id = $1 for update`,
    [file.contactId],
  )
  return { ...file, holder: contact?.holder ?? null }
}

/** In place of the file its message says who took it back. @returns the message's number */
export const markRemoved = async (tx: Tx, { id, messageId, contactId, by }: { id: FileId; messageId: MessageId; contactId: ContactId; by: AgentId }): Promise<number> => {
  const [row] = await tx.named<{ number: number }>(
    'mark-removed-file',
    `with touched as (update contact set version = version + 1 where id = $3)
     update message m set parts = (
       select jsonb_agg(case when part ->> 'id' = $1::text
         then jsonb_build_object('kind', 'file', 'id', $1::text, 'name', '', 'type', '', 'bytes', 0, 'image', null, 'removedBy', a.name) else part end order by place)
       from jsonb_array_elements(m.parts) with ordinality as each (part, place))
     from agent a where m.id = $2 and a.id = $4 returning m.number`,
    [id, messageId, contactId, by],
  )
  if (!row) throw new Error(`message ${messageId} is gone, and its file is not`)
  return row.number
}

/** A piece of the files that were never sent and are older than that; those that are being sent are left alone. */
export const claimUnsentFiles = async (tx: Tx, before: Date, most: number): Promise<FileId[]> => {
  const rows = await tx.db
    .selectFrom('file')
    .select('id')
    .where('messageId', 'is', null)
    .where('uploadedAt', '<', before)
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => row.id as FileId)
}

export const loadUnusedContents = async (reader: Reader, most: number): Promise<Buffer[]> =>
  (await reader.db.selectFrom('unusedContent').select('sha256').limit(most).execute()).map((row) => row.sha256)

/** Which of these contents no file has. */
export const findUnnamed = async (reader: Reader, contents: readonly Buffer[]): Promise<Buffer[]> => {
  const rows = await reader.named<{ sha256: Buffer }>(
    'unnamed-contents',
    'select one.sha256 from unnest($1::bytea[]) as one(sha256) where not exists (select from file f where f.sha256 = one.sha256)',
    [contents],
  )
  return rows.map((row) => row.sha256)
}

/** The note is done with; under the lock of the content. */
export const forgetUnused = async (tx: Tx, sha256: Buffer): Promise<void> => {
  await tx.db.deleteFrom('unusedContent').where('sha256', '=', sha256).execute()
}

/** SQL: what a line about a message without words says of its first file; `parts` is an expression of ours. */
export const firstFileOf = (parts: string): string =>
  `case when ${parts} -> 0 ->> 'kind' = 'file' then jsonb_build_object('name', ${parts} -> 0 ->> 'name', 'isPicture', ${parts} -> 0 -> 'image' <> 'null') end`

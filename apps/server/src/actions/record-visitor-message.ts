import type { LoggedEvent } from '@otklik/contract/events'
import type { MessagePart } from '@otklik/contract/views'
import type { ContactId, FileId, MessageId } from '@otklik/model/ids'
import { findWriter } from '../store/credentials.ts'
import { brokenConstraint, type Reader, type Tx } from '../store/database.ts'
import { bindFiles, claimFiles, lockOwner } from '../store/files.ts'
import { startContact } from '../store/intake.ts'
import { appendVisitorMessage, loadMessage, partsOf, saysTheSame } from '../store/messages.ts'
import { lockHeld } from '../store/routing.ts'
import type { Writer } from '../store/scope.ts'
import type { Deps } from './deps.ts'
import { reopen } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'
import { wakeContact } from './park-contact.ts'

export interface VisitorMessage {
  readonly id: MessageId
  readonly text: string
  /** Uploaded by the visitor before. */
  readonly fileIds?: readonly FileId[] | undefined
  readonly page: { readonly url: string; readonly title: string } | undefined
}

export interface Accepted {
  readonly id: MessageId
  readonly contactId: ContactId
  readonly number: number
  readonly at: Date
  /** It was taken before; its contact need not be the one that is open. */
  readonly repeated: boolean
}

export interface IntakeDeps extends Deps {
  /** One autocommit statement; its events are published. */
  statement<Result extends { readonly events: readonly LoggedEvent[] }>(work: (reader: Reader) => Promise<Result>): Promise<Result>
}

/**
 * Takes a visitor's message exactly once: into the open conversation, into a new contact when there is none, or back
 * from wrap-up to the conversation. Each is one transaction; the common two are one statement.
 * @param expectsNew what the caller believes: that no conversation is open. Wrong, it only costs another look.
 * @returns where it stands; a message sent again answers as it did the first time
 */
export const recordVisitorMessage = async (
  deps: IntakeDeps,
  visitor: Writer,
  message: VisitorMessage,
  expectsNew: boolean,
): Promise<Outcome<Accepted>> => {
  const ways = expectsNew ? [start, append] : [append, start]
  // The ways exclude each other, but the contact can change between two looks: look again, a few times.
  for (let look = 0; look < 5; look++)
    for (const way of ways) {
      const outcome = await way(deps, visitor, message)
      if (outcome) return outcome
    }
  throw new Error('the conversation kept changing')
}

type Way = (deps: IntakeDeps, visitor: Writer, message: VisitorMessage) => Promise<Outcome<Accepted> | undefined>

/** Into the open conversation; nothing when there is none. In wrap-up, or put off, it is brought back first. */
const append: Way = async (deps, visitor, message) => {
  const at = deps.now()
  const written = await write(deps, visitor, message, async (reader, parts) => {
    const event = await appendVisitorMessage(reader, visitor, { id: message.id, parts }, at)
    return event ? [event] : []
  }).catch((error: unknown) => {
    if (brokenConstraint(error) === 'message_pkey') return done([]) // the same message, at the same moment
    throw error
  })
  const [event] = written.ok ? written.value : []
  if (event?.kind === 'message.received')
    return done({ id: message.id, contactId: event.payload.contactId, number: event.payload.number, at: event.at, repeated: false })
  const known = await findKnown(deps, visitor, message)
  if (known) return known
  if (!written.ok) return written
  await deps.transaction(async (tx) => {
    if (!(await isStillTheSame(tx, visitor))) return
    const row = await tx.db
      .selectFrom('contactRouting')
      .select('contactId')
      .where('customerId', '=', visitor.customerId)
      .where('channelAccountId', '=', visitor.channelAccountId)
      .executeTakeFirst()
    const held = row && (await lockHeld(tx, row.contactId as ContactId))
    const customer = await tx.db.selectFrom('customer').select('blockedAt').where('id', '=', visitor.customerId).executeTakeFirst()
    if (!held || customer?.blockedAt) return
    if (held.contact.state === 'wrapUp') await reopen(tx, held.contact, at)
    if (held.contact.state === 'snoozed') await wakeContact(tx, held.contact, 'customer', at)
  })
  return undefined
}

/** Into a new contact; nothing when a conversation is open after all. */
const start: Way = async (deps, visitor, message) => {
  try {
    const written = await write(deps, visitor, message, (reader, parts) =>
      startContact(
        reader,
        visitor,
        { contactId: deps.newId() as ContactId, issueId: deps.newId(), messageId: message.id, parts, page: message.page },
        deps.now(),
      ),
    )
    if (!written.ok) return (await findKnown(deps, visitor, message)) ?? written
    const received = written.value.find((event) => event.kind === 'message.received')
    if (received) return done({ id: message.id, contactId: received.payload.contactId, number: 1, at: received.at, repeated: false })
    return refuseVisitor(deps, visitor, message)
  } catch (error) {
    const constraint = brokenConstraint(error)
    if (constraint === 'contact_routing_conversation') return undefined
    if (constraint === 'message_pkey') return findKnown(deps, visitor, message)
    throw error
  }
}

/**
 * Whether the visitor is still who the socket takes them for, until the transaction ends. Only a visitor who was merged can
 * become another one while their customer stays: the undoing of a merge.
 */
const isStillTheSame = async (tx: Tx, visitor: Writer): Promise<boolean> =>
  visitor.visitorId === visitor.customerId || ((await lockOwner(tx, visitor.customerId)) && (await findWriter(tx, visitor))?.customerId === visitor.customerId)

type Written = Outcome<readonly LoggedEvent[]>
/**
 * Words alone are one statement, but for a visitor who was merged. With files it is a transaction that binds them to the
 * message: nothing of it stays when one of them is not the visitor's to send, or when there was nowhere to write to.
 */
const write = async (
  deps: IntakeDeps,
  visitor: Writer,
  { id, text, fileIds = [] }: VisitorMessage,
  insert: (reader: Reader, parts: readonly MessagePart[]) => Promise<readonly LoggedEvent[]>,
): Promise<Written> => {
  if (fileIds.length === 0 && visitor.visitorId === visitor.customerId) return done((await deps.statement(async (reader) => ({ events: await insert(reader, partsOf(text)) }))).events)
  return deps.transaction(async (tx): Promise<Written> => {
    const files = await claimFiles(tx, { kind: 'visitor', ...visitor }, fileIds)
    if (!(await isStillTheSame(tx, visitor))) return done([])
    if (!files) return refuse('fileGone')
    const events = await insert(tx, partsOf(text, files))
    if (events.length > 0) await bindFiles(tx, fileIds, id)
    tx.events.push(...events)
    return done(events)
  })
}

/** The same message came before: the same answer. The same id for something else is refused. */
const findKnown = async (deps: IntakeDeps, visitor: Writer, message: VisitorMessage): Promise<Outcome<Accepted> | undefined> => {
  const known = await deps.transaction((tx) => loadMessage(tx, message.id))
  if (!known) return undefined
  const same = known.customerId === visitor.customerId && known.author === 'customer' && saysTheSame(known.parts, message.text, message.fileIds ?? [])
  return same
    ? done({ id: known.id, contactId: known.contactId, number: known.number, at: known.sentAt, repeated: true })
    : refuse('idTaken', { detail: 'Choose a new random id for each message.' })
}

const refuseVisitor = async (deps: IntakeDeps, visitor: Writer, message: VisitorMessage): Promise<Outcome<Accepted>> => {
  const present = await deps.transaction((tx) => findWriter(tx, visitor))
  if (!present) return refuse('visitorUnknown')
  // Found to be somebody else, or not to be, a moment ago, while the page is still connected as it was.
  if (present.customerId !== visitor.customerId) return recordVisitorMessage(deps, { ...visitor, customerId: present.customerId }, message, false)
  return present.blocked ? refuse('visitorBlocked') : refuse('queueClosed', { detail: 'The channel or its queue is archived, or closed and takes no messages.' })
}

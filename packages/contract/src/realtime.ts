/** The frames of both sockets. docs/realtime.md explains them to third parties. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { FileIds, saysSomething } from './attachments.ts'
import { errorCodes, type ErrorCode } from './errors.ts'
import { ContactId, Instant, largestNumber, MessageId, MessageText, outUuid, text, wellFormed } from './fields.ts'
import { FloorNews } from './floor.ts'
import { ContactView, MessageView, MeView } from './views.ts'
import { ChatView, VisitorMessage } from './web-chat.ts'

export const protocolVersion = 1
/** The server speaks at least this often; a client that hears nothing for 2.5 times as long reconnects. */
export const heartbeatSeconds = 10
/** How long a `typing` holds, seconds. */
export const typingSeconds = 5

const Cursor = z.string().max(100)
const code = z.custom<ErrorCode>((value) => typeof value === 'string' && value in errorCodes)
const at = { cursor: z.string(), at: Instant }

const common = [
  /** First answer to `hello`. Not resumed: what the client holds is stale. */
  z.object({ t: z.literal('welcome'), ...at, resumed: z.boolean() }),
  /** Everything up to this cursor has been sent; also the heartbeat. */
  z.object({ t: z.literal('cursor'), ...at }),
  /** The server closes the socket. `final`: do not come back with the same credentials. */
  z.object({ t: z.literal('bye'), code, final: z.boolean() }),
] as const

// ---- desk: /api/v1/desk/socket, session cookie and exact Origin ----

export const DeskSend = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), protocol: z.literal(protocolVersion), cursor: Cursor.optional() }),
  z.strictObject({ t: z.literal('typing'), contactId: ContactId }),
  /** The one contact in other hands that is read on this screen; null: none any more. Said again after each `welcome`. */
  z.strictObject({ t: z.literal('watch'), contactId: ContactId.nullable() }),
  /** A supervisor's screen shows the floor, or does no more. Said again after each `welcome`. */
  z.strictObject({ t: z.literal('floor'), on: z.boolean() }),
])
export type DeskSend = z.input<typeof DeskSend>

export const DeskReceive = z.discriminatedUnion('t', [
  ...common,
  z.object({ t: z.literal('me'), me: MeView }),
  z.object({ t: z.literal('contact'), contact: ContactView }),
  /** The contact is in somebody else's hands, or nobody's. */
  z.object({ t: z.literal('contactGone'), contactId: outUuid<Ids.ContactId>(), version: z.int() }),
  z.object({ t: z.literal('message'), message: MessageView }),
  z.object({ t: z.literal('typing'), contactId: outUuid<Ids.ContactId>() }),
  /** To whoever holds it: which colleagues read along now. */
  z.object({ t: z.literal('watchers'), contactId: outUuid<Ids.ContactId>(), names: z.array(z.string()) }),
  /** To whoever reads along: the contact or its messages changed, fetch them; `typing`: its agent is writing. */
  z.object({ t: z.literal('watched'), contactId: outUuid<Ids.ContactId>(), typing: z.boolean() }),
  /** Queues, reasons, dispositions or colleagues changed: fetch the catalogue again. */
  z.object({ t: z.literal('catalogue') }),
  z.object({ t: z.literal('router'), up: z.boolean() }),
  /** To whoever asked for the floor: a few times a second at most. */
  z.object({ t: z.literal('floor'), news: FloorNews }),
])
export type DeskReceive = z.infer<typeof DeskReceive>

// ---- widget: /api/v1/web-chat/socket, token in the first frame within five seconds ----

/** Cut to length rather than refused: a page with a long address has customers, too. */
const cut = (most: number) => z.string().transform((value) => wellFormed(value.replaceAll('\0', '').slice(0, most)))
const PageSeen = z.strictObject({ url: cut(2000), title: cut(300) })

export const VisitorSend = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('hello'),
    protocol: z.literal(protocolVersion),
    token: z.string().max(200),
    cursor: Cursor.optional(),
    page: PageSeen.optional(),
  }),
  /** The id is the client's: sent again after a lost connection, the message is taken once. */
  z.strictObject({ t: z.literal('send'), id: MessageId, text: MessageText, fileIds: FileIds.optional() }).refine(saysSomething, 'needs words or files'),
  z.strictObject({ t: z.literal('typing') }),
  z.strictObject({ t: z.literal('read'), contactId: ContactId, number: z.int().min(0).max(largestNumber) }),
  z.strictObject({ t: z.literal('end'), contactId: ContactId }),
  z.strictObject({ t: z.literal('rate'), contactId: ContactId, score: z.int().min(1).max(5), comment: text(0, 1000) }),
])
export type VisitorSend = z.input<typeof VisitorSend>
export type VisitorAction = z.infer<typeof VisitorSend>

/**
 * How much longer, in whole minutes; null where nothing honest can be said. `longer`: it has become more than was said at
 * first. `closed`: nobody is asked before the queue opens. `nobody`: nobody who could answer is at work.
 */
export const ExpectedWait = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('between'), fromMinutes: z.int(), toMinutes: z.int(), longer: z.boolean() }),
  z.object({ kind: z.literal('moreThan'), minutes: z.int(), longer: z.boolean() }),
  z.object({ kind: z.literal('closed'), opensAt: Instant.nullable() }),
  z.object({ kind: z.literal('nobody') }),
  /** Those who could answer are all on a break, or otherwise not ready. */
  z.object({ kind: z.literal('notReady') }),
])
export type ExpectedWait = z.infer<typeof ExpectedWait>

export const VisitorReceive = z.discriminatedUnion('t', [
  ...common,
  /** After a `welcome` that did not resume: all that the visitor may see, oldest message first. Replaces what the client holds. */
  z.object({ t: z.literal('state'), chat: ChatView.nullable(), messages: z.array(VisitorMessage) }),
  z.object({ t: z.literal('chat'), chat: ChatView }),
  /** The place in the queue, by arrival, and what may be said of the wait; null once an agent has the chat. */
  z.object({ t: z.literal('position'), contactId: outUuid<Ids.ContactId>(), position: z.int().nullable(), wait: ExpectedWait.nullable() }),
  z.object({ t: z.literal('message'), message: VisitorMessage }),
  /** The message is durable. Sent for a repeated `send` too. */
  z.object({ t: z.literal('accepted'), id: outUuid<Ids.MessageId>(), contactId: outUuid<Ids.ContactId>(), number: z.int(), at: Instant }),
  /** What was sent is not taken. `of` is the kind of the frame, `id` the message's. */
  z.object({
    t: z.literal('refused'),
    of: z.string(),
    id: z.string().optional(),
    code,
    detail: z.string(),
    retryAfterSeconds: z.number().optional(),
  }),
  z.object({ t: z.literal('typing') }),
])
export type VisitorReceive = z.infer<typeof VisitorReceive>

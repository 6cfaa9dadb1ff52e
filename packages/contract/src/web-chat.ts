/** What a customer's page sees: channel settings, the visitor's token, the state of the chat. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { CloseReason, Instant, Language, outUuid } from './fields.ts'
import { MessagePart } from './views.ts'

export const WidgetConfig = z.object({
  channelId: outUuid<Ids.ChannelAccountId>(),
  language: Language,
  accent: z.string(),
  side: z.enum(['left', 'right']),
  title: z.string(),
  greeting: z.string(),
  consentText: z.string(),
  consentUrl: z.string(),
  /** Changes with the text or its address; the visitor agrees to one version. */
  consentVersion: z.string(),
  /** The queue's target for the first answer. */
  targetSeconds: z.int(),
  /** How long a first answer took lately, rounded up; null: too few to tell. */
  usualSeconds: z.int().nullable(),
  /** Said before anybody writes: an outage, for example. Empty: nothing. */
  notice: z.string(),
  isOpen: z.boolean(),
  /** What those come to who could answer: a time is promised only while somebody is available; `notReady`: all at work are on a break. */
  staffing: z.enum(['available', 'notReady', 'nobody']),
  /** While it is closed: when it opens, if that is known; what is said; whether a message may be left. */
  opensAt: Instant.nullable(),
  closedText: z.string(),
  takesMessages: z.boolean(),
})
export type WidgetConfig = z.infer<typeof WidgetConfig>

export const VisitorRequest = z.strictObject({
  consentVersion: z.string().max(64),
  language: Language.nullable(),
  /** IANA zone of the visitor's browser; unknown zones are ignored. */
  timeZone: z.string().max(64).nullable(),
})
export const VisitorGrant = z.object({ token: z.string(), visitorId: outUuid<Ids.CustomerId>() })
export type VisitorGrant = z.infer<typeof VisitorGrant>

export const VisitorFarewell = z.strictObject({ token: z.string().max(100) })

export const VisitorMessage = z.object({
  id: outUuid<Ids.MessageId>(),
  contactId: outUuid<Ids.ContactId>(),
  number: z.int(),
  author: z.enum(['customer', 'agent', 'system']),
  name: z.string().nullable(),
  parts: z.array(MessagePart),
  at: Instant,
})
export type VisitorMessage = z.infer<typeof VisitorMessage>

/** The visitor's newest contact. Of two, the one with the greater version is newer; a new contact starts anew. */
export const ChatView = z.object({
  contactId: outUuid<Ids.ContactId>(),
  arrivedAt: Instant,
  /** Since when it waits in this queue: a transfer begins it anew. */
  queuedAt: Instant,
  version: z.int(),
  state: z.enum(['queued', 'active', 'ended']),
  agent: z.object({ name: z.string() }).nullable(),
  agentReadNumber: z.int(),
  /** The agent will be back with an answer by then. */
  snoozedUntil: Instant.nullable(),
  endedAt: Instant.nullable(),
  endReason: CloseReason.nullable(),
  rating: z.int().min(1).max(5).nullable(),
  canRate: z.boolean(),
  /** How the rating is asked for. */
  rateWith: z.object({ style: z.enum(['faces', 'stars']), comment: z.boolean() }),
})
export type ChatView = z.infer<typeof ChatView>

/** What the interface shows: one shape for each thing, the same over HTTP and over sockets. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { FilePart, FileSummary } from './attachments.ts'
import { Channel, CloseReason, ContactState, Instant, Language, offerRules, outUuid, Presence, PresenceCause, Role } from './fields.ts'

export const MessagePart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  FilePart,
  /** Written by Otklik itself; each screen words it in its own language. */
  z.object({ kind: z.literal('notice'), code: z.enum(['endedBySilence', 'endedByAway', 'endedByCustomer', 'endedByAgent', 'endedByBlock', 'transferred', 'escalated', 'agentLost', 'answered', 'reopened']) }),
])
export type MessagePart = z.infer<typeof MessagePart>

export const MessageView = z.object({
  id: outUuid<Ids.MessageId>(),
  contactId: outUuid<Ids.ContactId>(),
  /** Rises by one within its contact, notes included. */
  number: z.int(),
  author: z.object({
    kind: z.enum(['customer', 'agent', 'system']),
    agentId: outUuid<Ids.AgentId>().nullable(),
    /** The agent's shown name; null for customers. Of a notice: who caused it, where that is known. */
    name: z.string().nullable(),
  }),
  /** A note is for our side only, and so is a hint: a supervisor's word to whoever has the contact. */
  visibility: z.enum(['public', 'note', 'hint']),
  parts: z.array(MessagePart),
  at: Instant,
})
export type MessageView = z.infer<typeof MessageView>

/** Why this agent was asked, in terms that a screen can word. */
export const OfferReason = z.object({
  rule: z.enum(offerRules),
  waitedSeconds: z.number(),
  /** How far the agent's levels exceed what was asked, summed; 0 is an exact fit, null where skills were not looked at. */
  fit: z.number().nullable(),
  /** How many others were free and able. */
  candidates: z.int(),
  /** By the skills of another queue, whose people help this one out. */
  isHelp: z.boolean(),
})
export type OfferReason = z.infer<typeof OfferReason>

export const CustomerSummary = z.object({
  id: outUuid<Ids.CustomerId>(),
  name: z.string().nullable(),
  /** A short stable number, for customers without a name: «Посетитель 4821». */
  number: z.int(),
  /** Rises with every change of the card. */
  version: z.int(),
  /** As the customer's browser or number tells; `unknown` is shown, never dropped. */
  region: z.string(),
  language: Language.nullable(),
  timeZone: z.string().nullable(),
  blocked: z.boolean(),
})
export type CustomerSummary = z.infer<typeof CustomerSummary>

export const QueueSummary = z.object({
  id: outUuid<Ids.QueueId>(),
  name: z.string(),
  line: z.int().min(1).max(2),
  targetSeconds: z.int(),
  hasEscalation: z.boolean(),
})

/** A contact as the agent who holds it sees it. Of two views of one contact the one with the greater version is newer. */
export const ContactView = z.object({
  id: outUuid<Ids.ContactId>(),
  version: z.int(),
  state: ContactState,
  channel: Channel,
  agentId: outUuid<Ids.AgentId>().nullable(),
  queue: QueueSummary,
  customer: CustomerSummary,
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
  arrivedAt: Instant,
  acceptedAt: Instant.nullable(),
  firstReplyAt: Instant.nullable(),
  /** Since when the customer has been waiting for our answer; null when it is the customer's turn. */
  waitingSince: Instant.nullable(),
  offer: z
    .object({
      id: outUuid<Ids.OfferId>(),
      offeredAt: Instant,
      expiresAt: Instant,
      reason: OfferReason,
      /** What this agent last answered to the same contact, if it was offered before and nobody has taken it since. */
      before: z.enum(['declined', 'missed']).nullable(),
    })
    .nullable(),
  /** The last return to a queue: why, from whom, and the note that came with it. */
  handed: z.object({ cause: z.enum(['transferred', 'escalated', 'agentLost', 'signedOut', 'woken', 'answered']), by: z.string().nullable(), at: Instant, note: z.string().nullable() }).nullable(),
  wrapUp: z.object({ startedAt: Instant, until: Instant, reason: CloseReason }).nullable(),
  /** The second line has it from this agent, who is still waiting for the answer. */
  escalated: z.object({ by: z.string(), at: Instant }).nullable(),
  /** Put off until then, by this agent; `told`: the customer knows the time; `note`: why. */
  snooze: z.object({ until: Instant, by: z.string(), told: z.boolean(), note: z.string().nullable() }).nullable(),
  /** The customer's page is closed or without network since then. */
  awaySince: Instant.nullable(),
  closedAt: Instant.nullable(),
  closeReason: CloseReason.nullable(),
  disposition: z.object({ id: outUuid<Ids.DispositionId>(), name: z.string() }).nullable(),
  /** As the agent said in wrap-up; null: not said. */
  resolved: z.boolean().nullable(),
  rating: z.object({ score: z.int().min(1).max(5), comment: z.string().nullable() }).nullable(),
  /** `file`: the first one of a message without words. */
  lastMessage: z.object({ text: z.string(), file: FileSummary.nullish(), author: z.enum(['customer', 'agent', 'system']), agentId: outUuid<Ids.AgentId>().nullable(), at: Instant }).nullable(),
  lastMessageNumber: z.int(),
  /** Customer's messages after the number that the agent has read. */
  unread: z.int(),
  agentReadNumber: z.int(),
  customerReadNumber: z.int(),
})
export type ContactView = z.infer<typeof ContactView>

/** A contact in the customer's timeline. */
export const ContactSummary = z.object({
  id: outUuid<Ids.ContactId>(),
  issueId: outUuid<Ids.IssueId>(),
  channel: Channel,
  state: ContactState,
  queueName: z.string(),
  agentName: z.string().nullable(),
  arrivedAt: Instant,
  closedAt: Instant.nullable(),
  closeReason: CloseReason.nullable(),
  dispositionName: z.string().nullable(),
  score: z.int().nullable(),
  resolved: z.boolean().nullable(),
  firstWords: z.string().nullable(),
  /** Of a first message without words. */
  firstFile: FileSummary.nullish(),
  /** Its words are for this reader, and it opens. */
  readable: z.boolean(),
})
export type ContactSummary = z.infer<typeof ContactSummary>

const person = z.string()
export const CustomerView = CustomerSummary.extend({
  firstSeenAt: Instant,
  contactCount: z.int(),
  /** Attributes and notes are for this reader; administrators see who it is, not what was said or written. */
  isFull: z.boolean(),
  identities: z.array(
    z.object({
      id: outUuid<Ids.IdentityId>(),
      kind: z.enum(['visitor', 'email', 'phone']),
      /** Masked unless it is ours. */
      shown: z.string(),
      proof: z.enum(['none', 'claimed', 'verified']),
      /** Written down by an agent, so it may be removed. */
      removable: z.boolean(),
    }),
  ),
  attributes: z.array(z.object({ id: outUuid<Ids.AttributeId>(), name: z.string(), value: z.string() })),
  consents: z.array(z.object({ version: z.string(), givenAt: Instant, channelName: z.string() })),
  /** Pinned ones first, then the newest. */
  notes: z.array(
    z.object({ id: outUuid<Ids.CustomerNoteId>(), text: z.string(), pinned: z.boolean(), by: person, at: Instant, editedAt: Instant.nullable(), mayEdit: z.boolean() }),
  ),
  /** Who else this customer was, the last first. */
  merges: z.array(
    z.object({ id: outUuid<Ids.MergeId>(), name: z.string().nullable(), number: z.int(), at: Instant, by: person, undoable: z.boolean() }),
  ),
})
export type CustomerView = z.infer<typeof CustomerView>

export const MeView = z.object({
  id: outUuid<Ids.AgentId>(),
  name: z.string(),
  email: z.string(),
  role: Role,
  language: Language,
  /** Rises with every change of presence or capacity in use, also with those that do not show here. */
  version: z.int(),
  presence: z.object({
    state: Presence,
    cause: PresenceCause,
    reason: z.object({ id: outUuid<Ids.ReasonId>(), name: z.string() }).nullable(),
    since: Instant,
  }),
  capacity: z.object({ chat: z.int(), total: z.int() }),
  timeZone: z.string(),
  today: z.object({ handled: z.int(), ratings: z.int(), ratingSum: z.int() }),
})
export type MeView = z.infer<typeof MeView>

export const DeskView = z.object({
  me: MeView,
  contacts: z.array(ContactView),
  /** Where the socket may resume from: nothing before it is missing here. */
  cursor: z.string(),
  at: Instant,
  /** Whether contacts are being distributed. */
  routerUp: z.boolean(),
})
export type DeskView = z.infer<typeof DeskView>

const named = <Id extends string>() => z.object({ id: outUuid<Id>(), name: z.string() })

/** What an agent chooses from; refetched when the socket says `catalogue`. */
export const CatalogueView = z.object({
  company: z.object({ name: z.string(), language: Language, timeZone: z.string() }),
  reasons: z.array(named<Ids.ReasonId>()),
  dispositions: z.array(named<Ids.DispositionId>()),
  /** How many colleagues with the skills for it are available, and how many are at work but not ready. */
  queues: z.array(named<Ids.QueueId>().extend({ line: z.int(), escalationQueueId: outUuid<Ids.QueueId>().nullable(), onDuty: z.int(), onBreak: z.int(), picking: z.boolean() })),
  colleagues: z.array(
    named<Ids.AgentId>().extend({ presence: Presence, teamName: z.string().nullable(), freeSlots: z.int() }),
  ),
})
export type CatalogueView = z.infer<typeof CatalogueView>

export const SessionView = z.object({
  agent: z.object({ id: outUuid<Ids.AgentId>(), name: z.string(), email: z.string(), role: Role, language: Language }),
  company: z.object({ name: z.string(), language: Language, timeZone: z.string() }),
})
export type SessionView = z.infer<typeof SessionView>

/** One page of a list; `next` is null on the last. */
export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() })

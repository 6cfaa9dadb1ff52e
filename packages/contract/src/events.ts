/**
 * The event log's vocabulary: what happened, in ids, enums, numbers and times. Never text, names or identity values,
 * so that erasing a person does not touch the log. `contactVersion` and `agentVersion` are the versions of the routing
 * rows after the event: a follower that sees a gap reloads the row.
 */
import { z } from 'zod'
import { closeReasons } from '@otklik/model/contact'
import type * as Ids from '@otklik/model/ids'
import { presenceCauses, presences } from '@otklik/model/presence'
import { AgentPolicy, offerRules, outUuid, reservationEnds } from './fields.ts'

const customerId = outUuid<Ids.CustomerId>()
const contactId = outUuid<Ids.ContactId>()
const agentId = outUuid<Ids.AgentId>()
const queueId = outUuid<Ids.QueueId>()
const offerId = outUuid<Ids.OfferId>()
const time = z.int() // epoch milliseconds
const version = z.int()
const routed = { contactId, contactVersion: version }
const held = { ...routed, agentId, agentVersion: version }
const ticket = z.int()
/** How busy the agent was lately: only its order among agents of equal load counts. Comes with each fresh ticket. */
const occupancy = z.number()

export const eventPayloads = {
  'contact.queued': z.strictObject({
    ...routed,
    cause: z.enum(['arrived', 'transferred', 'escalated', 'agentLost', 'signedOut', 'woken', 'answered']),
    customerId: outUuid<Ids.CustomerId>(),
    issueId: outUuid<Ids.IssueId>(),
    channelAccountId: outUuid<Ids.ChannelAccountId>(),
    channel: z.enum(['webChat']),
    queueId,
    /** The queue's, as they are now: figures of the past do not change with them. */
    line: z.int(),
    targetSeconds: z.int(),
    language: z.enum(['ru', 'en']).nullable(),
    region: z.string().max(40),
    arrivedAt: time,
    seq: z.int(),
    reservedFor: agentId.nullable(),
    reservedUntil: time.nullable(),
    /** Who had it before; not asked again until then. */
    fromAgentId: agentId.nullable(),
    fromAgentVersion: version.nullable(),
    fromAgentTicket: ticket.nullable(),
    fromAgentOccupancy: occupancy.nullable(),
    excludedUntil: time.nullable(),
    /** Who moved it: whoever had it in hand, or a supervisor. Absent where nobody did, and in the log's older events. */
    byAgentId: agentId.nullable().optional(),
  }),
  'contact.offered': z.strictObject({
    ...held,
    offerId,
    queueId,
    expiresAt: time,
    epoch: z.int(),
    // Why this agent: the engine's trace.
    rule: z.enum(offerRules),
    seq: z.int(),
    waitedSeconds: z.number(),
    urgency: z.number(),
    ring: z.int(),
    fit: z.number().nullable(),
    load: z.int(),
    candidates: z.int(),
    runnerUpAgentId: agentId.nullable(),
    runnerUpContactId: contactId.nullable(),
    /** What decided; absent in the log's older events. */
    decided: z
      .strictObject({
        policy: AgentPolicy,
        /** Share of the last half-hour or so with something in hand. */
        occupancyRatio: z.number(),
        runnerUp: z.strictObject({ fit: z.int(), load: z.int(), occupancyRatio: z.number() }).nullable(),
        /** Whose people the agent is one of, when not of those whom the queue itself asks; by its overflow, or by a relaxation step. */
        helpersOf: queueId.nullable(),
        byOverflow: z.boolean(),
        /** What the ring in force asks no more; null in the first. */
        relaxed: z
          .strictObject({ levels: z.int(), skillIds: z.array(outUuid<Ids.SkillId>()), queueIds: z.array(queueId), anyLanguage: z.boolean() })
          .nullable(),
        /** For whom it had been kept, and why that did not hold. */
        reservation: z.strictObject({ agentId, end: z.enum(reservationEnds) }).nullable(),
      })
      .optional(),
  }),
  'contact.accepted': z.strictObject({ ...held, offerId, ticket, occupancy }),
  // Taken by hand out of the queue, or back from where it was put off.
  'contact.picked': z.strictObject({ ...held, offerId, queueId, waitedSeconds: z.number(), ticket, occupancy }),
  // Put off; the agent's slot is free.
  'contact.snoozed': z.strictObject({ ...held, until: time, ticket, occupancy }),
  'contact.declined': z.strictObject({ ...held, offerId, ticket, occupancy, excludedUntil: time }),
  'contact.missed': z.strictObject({ ...held, offerId, ticket, occupancy, excludedUntil: time }),
  'contact.withdrawn': z.strictObject({ ...held, offerId, cause: z.enum(['notReady', 'offline', 'lost', 'moved']) }),
  // Wrap-up keeps the slot, so the agent's row does not change with these two.
  'contact.wrapUpStarted': z.strictObject({ ...routed, agentId, reason: z.enum(closeReasons), until: time }),
  'contact.reopened': z.strictObject({ ...routed, agentId }),
  'contact.closed': z.strictObject({
    ...routed,
    agentId: agentId.nullable(),
    agentVersion: version.nullable(),
    ticket: ticket.nullable(),
    occupancy: occupancy.nullable(),
    reason: z.enum(closeReasons),
    dispositionId: outUuid<Ids.DispositionId>().nullable(),
    resolved: z.boolean().nullable(),
    by: z.enum(['agent', 'customer', 'limit', 'lost']),
  }),
  'contact.rated': z.strictObject({
    contactId,
    agentId: agentId.nullable(),
    queueId,
    channel: z.enum(['webChat']),
    region: z.string().max(40),
    endedAt: time,
    score: z.int(),
  }),
  'contact.awayChanged': z.strictObject({ contactId, agentId: agentId.nullable(), awaySince: time.nullable() }),
  // Something that a contact shows, such as its customer's name.
  'contact.changed': z.strictObject({ contactId, agentId: agentId.nullable() }),
  'message.received': z.strictObject({ contactId, messageId: outUuid<Ids.MessageId>(), number: z.int(), agentId: agentId.nullable() }),
  'message.sent': z.strictObject({ contactId, messageId: outUuid<Ids.MessageId>(), number: z.int(), agentId: agentId.nullable(), first: z.boolean() }),
  'message.noted': z.strictObject({ contactId, messageId: outUuid<Ids.MessageId>(), number: z.int(), agentId }),
  // Otklik's own words, such as "the chat has ended"; never an answer.
  'message.noticed': z.strictObject({ contactId, messageId: outUuid<Ids.MessageId>(), number: z.int(), agentId: agentId.nullable() }),
  // A file of ours was taken back; `agentId` has the contact in hand.
  'message.fileRemoved': z.strictObject({ contactId, messageId: outUuid<Ids.MessageId>(), number: z.int(), agentId: agentId.nullable(), fileId: outUuid<Ids.FileId>(), by: agentId }),
  'message.read': z.strictObject({ contactId, by: z.enum(['customer', 'agent']), number: z.int(), agentId: agentId.nullable() }),
  'presence.changed': z.strictObject({
    agentId,
    agentVersion: version,
    from: z.enum(presences),
    to: z.enum(presences),
    cause: z.enum(presenceCauses),
    reasonId: outUuid<Ids.ReasonId>().nullable(),
    ticket: ticket.nullable(),
    occupancy: occupancy.nullable(),
  }),
  'agent.changed': z.strictObject({ agentId, agentVersion: version }),
  // `only`: whom its contacts may go to for a while; nothing that people read or choose from.
  'queue.changed': z.strictObject({ queueId, only: z.literal('overflow').optional() }),
  'settings.changed': z.strictObject({ kind: z.enum(['company', 'site', 'team', 'skill', 'reason', 'disposition', 'channel', 'template', 'article']), id: z.string() }),
  // What was written about a customer, by kind; never what.
  'customer.changed': z.strictObject({ customerId, agentId, what: z.enum(['name', 'language', 'attribute', 'identity', 'note']) }),
  'customer.merged': z.strictObject({ mergeId: z.string(), survivorId: customerId, mergedId: customerId, agentId }),
  // By nobody: a backup had brought the merge back.
  'customer.mergeUndone': z.strictObject({ mergeId: z.string(), survivorId: customerId, mergedId: customerId, agentId: agentId.nullable() }),
  'customer.exported': z.strictObject({ customerId, agentId }),
  'customer.erased': z.strictObject({ customerId, agentId: agentId.nullable() }),
  'customer.blockChanged': z.strictObject({ customerId: outUuid<Ids.CustomerId>(), blocked: z.boolean(), agentId }),
  /** All sessions of the agent, or the one of a chain. */
  'session.revoked': z.strictObject({ agentId, chain: z.string().nullable() }),
  /** The visitor left the site's account; the tokens of this channel are worth nothing any more. */
  'visitor.forgotten': z.strictObject({ customerId: outUuid<Ids.CustomerId>(), channelAccountId: outUuid<Ids.ChannelAccountId>() }),
  'router.started': z.strictObject({ epoch: z.int() }),
} as const

export type EventKind = keyof typeof eventPayloads
export type EventPayload<Kind extends EventKind> = z.infer<(typeof eventPayloads)[Kind]>
/** An event as followers get it: place in the log, when, what. */
export type LoggedEvent = {
  [Kind in EventKind]: {
    /** Transaction id of the writer, decimal; part of the cursor. */
    readonly tx: string
    readonly id: string
    readonly at: Date
    readonly kind: Kind
    readonly payload: EventPayload<Kind>
  }
}[EventKind]

/** What an agent does beside the contacts in hand: takes waiting ones, puts some off, reads a contact's story. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import * as f from './fields.ts'
import { ContactView, CustomerSummary } from './views.ts'

/** How long a contact may be put off, and how long the customer's word is waited for when no time was named, days. */
export const snoozeDays = 30
export const silentSnoozeDays = 7

/** A contact that waits and may be taken: as much as an offer would show. */
export const WaitingView = z.object({
  id: f.outUuid<Ids.ContactId>(),
  queue: z.object({ id: f.outUuid<Ids.QueueId>(), name: z.string(), line: z.int(), targetSeconds: z.int() }),
  customer: CustomerSummary.pick({ id: true, name: true, number: true, region: true }),
  waitingSince: f.Instant,
  /** The customer's last words, cut. */
  words: z.string().nullable(),
  /** It is kept for a colleague for a moment. */
  reservedFor: z.string().nullable(),
})
export type WaitingView = z.infer<typeof WaitingView>

/** What became of a contact that one raised to the second line. */
export const RaisedView = z.object({
  id: f.outUuid<Ids.ContactId>(),
  customer: CustomerSummary.pick({ id: true, name: true, number: true, region: true }),
  queueName: z.string(),
  raisedAt: f.Instant,
  state: f.ContactState,
  /** Who has it now, or had it last. */
  agentName: z.string().nullable(),
  answeredAt: f.Instant.nullable(),
  dispositionName: z.string().nullable(),
})
export type RaisedView = z.infer<typeof RaisedView>

const entry = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), at: f.Instant, ...shape })
const agent = z.string()
/** What happened to a contact, in order. Agents and queues by name. */
export const StoryEntry = z.discriminatedUnion('kind', [
  entry('queued', { cause: z.enum(['arrived', 'transferred', 'escalated', 'agentLost', 'signedOut', 'woken', 'answered']), queue: z.string(), reservedFor: agent.nullable(), /** Who moved it, as far as the log tells. */ by: agent.nullable() }),
  /** With the reasons of the decision: how much it pressed, how far the rules were relaxed, how the agent fitted, who was next. */
  entry('offered', {
    agent,
    queue: z.string(),
    rule: z.enum(f.offerRules),
    /** In this queue. */
    waitedSeconds: z.number(),
    /** Since the customer came: what urgency is counted from. */
    customerWaitedSeconds: z.number(),
    urgency: z.number(),
    ring: z.int(),
    fit: z.number().nullable(),
    load: z.int(),
    candidates: z.int(),
    runnerUp: agent.nullable(),
    /** What decided; null where the log does not tell, as it did not at first. */
    decided: z
      .object({
        policy: f.AgentPolicy,
        occupancyRatio: z.number(),
        runnerUp: z.object({ fit: z.int(), load: z.int(), occupancyRatio: z.number() }).nullable(),
        /** The queue whose people helped out. */
        helpersOf: z.string().nullable(),
        byOverflow: z.boolean(),
        relaxed: z.object({ levels: z.int(), skills: z.array(z.string()), queues: z.array(z.string()), anyLanguage: z.boolean() }).nullable(),
        reservation: z.object({ agent, end: z.enum(f.reservationEnds) }).nullable(),
      })
      .nullable(),
  }),
  entry('accepted', { agent }),
  entry('declined', { agent }),
  entry('missed', { agent }),
  entry('withdrawn', { agent, cause: z.enum(['notReady', 'offline', 'lost', 'moved']) }),
  entry('picked', { agent, queue: z.string(), waitedSeconds: z.number() }),
  entry('answered', { agent }),
  entry('snoozed', { agent, until: f.Instant }),
  entry('wrapUpStarted', { agent, reason: f.CloseReason }),
  entry('reopened', { agent }),
  entry('away', {}),
  entry('back', {}),
  entry('closed', { agent: agent.nullable(), by: z.enum(['agent', 'customer', 'limit', 'lost']), reason: f.CloseReason, disposition: z.string().nullable(), resolved: z.boolean().nullable() }),
  entry('rated', { score: z.int() }),
])
export type StoryEntry = z.infer<typeof StoryEntry>

/** Who read the contact without having it in hand. */
export const SeenBy = z.object({ agent, firstAt: f.Instant, lastAt: f.Instant })
export type SeenBy = z.infer<typeof SeenBy>

const desk = ['agent', 'supervisor'] as const
const params = z.object({ id: f.ContactId })

export const workRoutes = {
  waiting: {
    method: 'GET', path: '/desk/waiting', access: desk, summary: 'Who waits in queues that let agents choose, longest first; those that one has the skills for',
    response: z.object({ items: z.array(WaitingView), more: z.boolean() }),
  },
  pickContact: {
    method: 'POST', path: '/contacts/:id/pick', access: desk, summary: 'Take a waiting contact, or one that one has put off, without an offer',
    params, response: ContactView, refusals: ['notFound', 'contactNotQueued', 'contactClosed', 'agentNotAvailable', 'noFreePlace'],
  },
  snoozeContact: {
    method: 'POST', path: '/contacts/:id/snooze', access: desk, summary: 'Put a conversation off until a time or the customer’s word, whichever comes first',
    params,
    /** `until` null: until the customer writes, a week at most; the customer is told no time. */
    body: z.strictObject({ until: z.iso.datetime().nullable(), note: f.text(0, f.messageLimit) }),
    refusals: ['contactNotYours', 'contactNotActive', 'validationFailed'],
  },
  followUps: {
    method: 'GET', path: '/desk/follow-ups', access: desk, summary: 'What one has put off, the next one first',
    response: z.object({ items: z.array(ContactView) }),
  },
  raised: {
    method: 'GET', path: '/desk/raised', access: desk, summary: 'What one has raised to the second line and is not old: where it stands',
    response: z.object({ items: z.array(RaisedView) }),
  },
  answerRaised: {
    method: 'POST', path: '/contacts/:id/answer', access: desk, summary: 'Give a raised contact back to the first line, with the answer; whoever raised it is asked first',
    params, body: z.strictObject({ answer: f.MessageText }), refusals: ['contactNotYours', 'contactNotActive', 'contactNotRaised'],
  },
  story: {
    method: 'GET', path: '/contacts/:id/story', access: desk, summary: 'What happened to a contact, and why each agent was asked',
    params, response: z.object({ items: z.array(StoryEntry), seenBy: z.array(SeenBy) }), refusals: ['notFound'],
  },
} as const

/** The floor: every queue and every agent as they are now, for those who steer them, and what they may do about it. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import * as f from './fields.ts'
import { ContactView, MessageView } from './views.ts'

/** Sums of today by counter (packages/metrics, "sums"); what is absent is zero, times are milliseconds. */
const Sums = z.record(z.string(), z.number())

export const FloorSlot = z.object({
  contactId: f.outUuid<Ids.ContactId>(),
  state: z.enum(['queued', 'offered', 'active', 'wrapUp']),
  channel: f.Channel,
  queueId: f.outUuid<Ids.QueueId>(),
  /** Whoever it is about; null: known by number only. */
  customerName: z.string().nullable(),
  customerNumber: z.int(),
  /** Since when it is in this state. */
  since: f.Instant,
  /** Since when the customer waits for an answer. */
  waitingSince: f.Instant.nullable(),
})
export type FloorSlot = z.infer<typeof FloorSlot>

export const FloorAgent = z.object({
  id: f.outUuid<Ids.AgentId>(),
  name: z.string(),
  teamId: f.outUuid<Ids.TeamId>().nullable(),
  presence: z.object({ state: f.Presence, cause: f.PresenceCause, reasonName: z.string().nullable(), since: f.Instant }),
  /** The connection is gone; the contacts stay in hand for the grace period. */
  isLost: z.boolean(),
  /** What is in hand, the oldest first. */
  slots: z.array(FloorSlot),
  maxTotal: z.int(),
  /** Of the day of the agent's site. Own time is counted up to the last change of what the agent does. */
  today: Sums,
  timeCountedTo: f.Instant.nullable(),
})
export type FloorAgent = z.infer<typeof FloorAgent>

/** A quarter of an hour of the last four. */
export const FloorQuarter = z.object({ at: f.Instant, offered: z.number(), shortAbandoned: z.number(), answeredInTarget: z.number() })
export type FloorQuarter = z.infer<typeof FloorQuarter>

export const FloorQueue = z.object({
  id: f.outUuid<Ids.QueueId>(),
  name: z.string(),
  line: z.int(),
  targetSeconds: z.int(),
  isOpen: z.boolean(),
  /** Waiting for an agent, those who are being offered included. */
  waiting: z.int(),
  /** When whoever waits longest came; null: nobody waits. */
  oldestAt: f.Instant.nullable(),
  inHand: z.int(),
  /** The queue whose agents are asked, too, because a long wait is to be expected; null: nobody helps. */
  helpedBy: z.string().nullable(),
  /** Who could be asked now, of those who have the skills or help: available agents with a free place. */
  available: z.int(),
  /** Not answered and not late: `today` and `quarters` do not count them as offered until they are one or the other. */
  early: z.int(),
  /** Of the queue's day. */
  today: Sums,
  quarters: z.array(FloorQuarter),
})
export type FloorQueue = z.infer<typeof FloorQueue>

const Places = {
  sites: z.array(z.object({ id: f.outUuid<Ids.SiteId>(), name: z.string(), timeZone: z.string() })),
  teams: z.array(z.object({ id: f.outUuid<Ids.TeamId>(), name: z.string(), siteId: f.outUuid<Ids.SiteId>() })),
}

export const FloorView = z.object({ queues: z.array(FloorQueue), agents: z.array(FloorAgent), ...Places, at: f.Instant })
export type FloorView = z.infer<typeof FloorView>

/** What a watching desk hears: all of it first and whenever settings change, then whole rows that changed. */
export const FloorNews = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all'), floor: FloorView }),
  z.object({ kind: z.literal('changed'), queues: z.array(FloorQueue), agents: z.array(FloorAgent), at: f.Instant }),
])
export type FloorNews = z.infer<typeof FloorNews>

export const alertFigures = ['waiting', 'longestWait', 'serviceLevel', 'abandonment', 'firstResponse', 'available'] as const
export type AlertFigure = (typeof alertFigures)[number]

/**
 * The screen calls when a figure has been beyond its threshold for some time: above it, but `serviceLevel` and `available`
 * below it. Thresholds are counts, seconds (`longestWait`, `firstResponse`) or shares from 0 to 1.
 */
export const FloorAlert = z.strictObject({
  id: z.uuid(),
  /** Null: of any queue that one sees. */
  queueId: f.QueueId.nullable(),
  figure: z.enum(alertFigures),
  threshold: z.number().min(0).max(100_000),
  forSeconds: z.int().min(0).max(3600),
})
export type FloorAlert = z.infer<typeof FloorAlert>

export const mostAlerts = 50
export const mostMoved = 100

const supervisors = ['supervisor'] as const
const ofAgent = z.object({ id: f.AgentId })
const ofContact = z.object({ id: f.ContactId })
const MoveTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queue'), queueId: f.QueueId }),
  z.strictObject({ kind: z.literal('agent'), agentId: f.AgentId }),
])

export const floorRoutes = {
  floor: {
    method: 'GET', path: '/floor', access: supervisors,
    summary: 'Queues and agents as they are now; the desk’s socket tells the changes after `{"t":"floor","on":true}`', response: FloorView,
  },
  changePresenceOf: {
    method: 'POST', path: '/floor/agents/:id/presence', access: supervisors, summary: 'Make an agent available, or not ready with a reason',
    params: ofAgent,
    body: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('available') }),
      z.strictObject({ state: z.literal('notReady'), reasonId: f.ReasonId }),
    ]),
    refusals: ['notFound', 'alreadyAvailable', 'agentNotAvailable', 'archived'],
  },
  signOutAgent: {
    method: 'POST', path: '/floor/agents/:id/sign-out', access: supervisors, summary: 'End an agent’s sessions; what is in hand goes back to its queue',
    params: ofAgent, refusals: ['notFound'],
  },
  hint: {
    method: 'POST', path: '/contacts/:id/hint', access: supervisors, summary: 'A word to whoever has the contact in hand; the customer never sees it',
    params: ofContact, body: z.strictObject({ id: f.MessageId, text: f.text(1, f.messageLimit) }), response: MessageView,
    refusals: ['notFound', 'contactNotActive', 'idTaken'],
  },
  takeOver: {
    method: 'POST', path: '/contacts/:id/take-over', access: supervisors, summary: 'Take a contact into one’s own hands, out of a queue or from an agent',
    params: ofContact, response: ContactView, refusals: ['notFound', 'contactClosed', 'contactNotActive', 'noFreePlace', 'agentNotAvailable'],
  },
  moveContacts: {
    method: 'POST', path: '/floor/move', access: supervisors, summary: 'Hand contacts that wait or are in hand to a queue or to an agent; each moves or is refused by itself',
    body: z.strictObject({ contactIds: z.array(f.ContactId).min(1).max(mostMoved), to: MoveTarget }),
    response: z.object({ moved: z.int(), refused: z.array(z.object({ contactId: f.outUuid<Ids.ContactId>(), code: z.string() })) }),
    refusals: ['notFound', 'archived', 'agentUnavailable'],
  },
  waitingContacts: {
    method: 'GET', path: '/floor/queues/:id/waiting', access: supervisors, summary: 'Who waits in a queue, longest first',
    params: z.object({ id: f.QueueId }),
    response: z.object({ items: z.array(FloorSlot), more: z.boolean() }), refusals: ['notFound'],
  },
  floorAlerts: {
    method: 'GET', path: '/floor/alerts', access: supervisors, summary: 'When one’s own screen calls', response: z.object({ items: z.array(FloorAlert) }),
  },
  putFloorAlerts: {
    method: 'PUT', path: '/floor/alerts', access: supervisors, summary: 'Replace all of one’s own alerts',
    body: z.strictObject({ items: z.array(FloorAlert).max(mostAlerts) }), response: z.object({ items: z.array(FloorAlert) }), refusals: ['notFound', 'validationFailed'],
  },
} as const

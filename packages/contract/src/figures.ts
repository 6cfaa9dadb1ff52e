/** Figures: sums that are added before anything is divided. What is divided by what stands in packages/metrics. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { closeReasons, contactStates } from '@otklik/model/contact'
import * as f from './fields.ts'

/** The longest period that is asked for at once, days: by quarters of an hour, and by days. */
export const mostDays = { quarter: 31, day: 800, all: 800 } as const

const LocalDay = z.iso.date()

/** What figures are narrowed to. Those of agents, teams and sites are not kept by region. */
const subject = {
  queueId: f.QueueId.optional(),
  channel: f.text(1, 40).optional(),
  region: f.text(1, 80).optional(),
  agentId: f.AgentId.optional(),
  teamId: f.TeamId.optional(),
  siteId: f.SiteId.optional(),
}
/** A day is the day of the queue's zone; for agents, teams and sites that of the site. `to` is included. */
const period = { from: LocalDay, to: LocalDay }

export const FiguresQuery = z.object({
  ...period,
  step: z.enum(['quarter', 'day', 'all']),
  /** Whose rows are told apart. */
  by: z.enum(['queue', 'channel', 'region', 'agent', 'team', 'site']).optional(),
  /** `time`: how agents spent their time, and nothing else; of agents, teams and sites. */
  of: z.enum(['time']).optional(),
  /** With `step` quarter: of each day only what is over by now on the clock of its zone. What a day that goes on is compared with. */
  soFar: z.enum(['yes']).optional(),
  ...subject,
})
export type FiguresQuery = z.infer<typeof FiguresQuery>
/** Whose figures are asked for. */
export type FiguresSubject = Pick<FiguresQuery, keyof typeof subject>

export const FiguresRow = z.object({
  /** With `step` day and quarter. */
  day: LocalDay.nullable(),
  /** With `step` quarter: when it begins, minutes from midnight by the clock on the wall. */
  minute: z.int().nullable(),
  /** The clock on the wall showed this minute a second time that day: the hour that comes twice when summer time ends. */
  again: z.boolean(),
  /** The queue, channel, region … of `by`; null without it, for agents of no team or site, and for people’s time by queue or channel, which belongs to none. */
  key: z.string().nullable(),
  /** As people call it; null: the key is its name. */
  name: z.string().nullable(),
  /** By counter; what is absent is zero. Times are milliseconds. */
  sums: z.record(z.string(), z.number()),
  /** By distribution: cases by bucket. Not by quarters, nor for agents, teams and sites. */
  histograms: z.record(z.string(), z.array(z.tuple([z.int(), z.number()]))),
})
export type FiguresRow = z.infer<typeof FiguresRow>

export const FiguresView = z.object({
  rows: z.array(FiguresRow),
  /** Everything that happened before is counted. */
  countedTo: f.Instant,
})
export type FiguresView = z.infer<typeof FiguresView>

/** Which of the contacts behind a number: packages/metrics/src/behind.ts. */
export const figureParts = ['counted', 'hit', 'rest'] as const

const Limit = z.coerce.number().int().min(1).max(100).default(50)
const Minute = z.coerce.number().int().min(0).max(1440)

export const FigureContactsQuery = z.object({
  ...period,
  /** Of each day, by the clock on the wall; until is not included. */
  fromMinute: Minute.default(0),
  untilMinute: Minute.default(1440),
  /** Of an hour that comes twice: only its first or its second pass. */
  again: z.enum(['yes', 'no']).optional(),
  metric: f.text(1, 40),
  part: z.enum(figureParts),
  ...subject,
  cursor: z.string().max(80).optional(),
  limit: Limit,
})
export type FigureContactsQuery = z.infer<typeof FigureContactsQuery>

const Customer = z.object({ id: f.outUuid<Ids.CustomerId>(), name: z.string().nullable(), number: z.int() })

/** A contact behind a number. Never its words. */
export const FigureContact = z.object({
  id: f.outUuid<Ids.ContactId>(),
  /** Null: erased. */
  customer: Customer.nullable(),
  channel: f.Channel,
  queueName: z.string(),
  agentName: z.string().nullable(),
  state: z.enum(contactStates),
  arrivedAt: f.Instant,
  closedAt: f.Instant.nullable(),
  closeReason: z.enum(closeReasons).nullable(),
  score: z.int().nullable(),
  /** How often it is counted in the number: once for each of its stays, handlings … */
  cases: z.number(),
  /** What the metric measures of it, if that is a time. */
  durationMs: z.number().nullable(),
})
export type FigureContact = z.infer<typeof FigureContact>

export const FigureContactsView = z.object({
  items: z.array(FigureContact),
  /** There may be more, though the page is short or empty: a page looks at so many contacts and no more. */
  next: z.string().nullable(),
})
export type FigureContactsView = z.infer<typeof FigureContactsView>

/** A rating belongs to the day on which its contact ended. */
export const RatingsQuery = z.object({
  ...period,
  ...subject,
  maxScore: z.coerce.number().int().min(1).max(5).optional(),
  /** Only those with words. */
  commented: z.enum(['yes']).optional(),
  cursor: z.string().max(80).optional(),
  limit: Limit,
})
export type RatingsQuery = z.infer<typeof RatingsQuery>

export const RatingItem = z.object({
  contactId: f.outUuid<Ids.ContactId>(),
  customer: Customer.nullable(),
  queueName: z.string(),
  agentName: z.string().nullable(),
  score: z.int(),
  hasComment: z.boolean(),
  /** Null for administrators, who read no words of customers. */
  comment: z.string().nullable(),
  ratedAt: f.Instant,
})
export type RatingItem = z.infer<typeof RatingItem>

const Named = <Id extends string>() => z.object({ id: f.outUuid<Id>(), name: z.string() })
/** Whom figures can be narrowed to, as far as the caller may see. */
export const FigureSubjects = z.object({
  queues: z.array(Named<Ids.QueueId>().extend({ targetSeconds: z.int() })),
  channels: z.array(z.string()),
  regions: z.array(z.string()),
  agents: z.array(Named<Ids.AgentId>()),
  teams: z.array(Named<Ids.TeamId>()),
  sites: z.array(Named<Ids.SiteId>()),
})
export type FigureSubjects = z.infer<typeof FigureSubjects>

export const figuresRoutes = {
  figures: {
    method: 'GET', path: '/figures', access: ['supervisor', 'administrator'] as const,
    summary: 'Sums of a period, by quarter of an hour or day, told apart by queue, channel, region, agent, team or site',
    query: FiguresQuery, response: FiguresView, refusals: ['validationFailed'],
  },
  figureContacts: {
    method: 'GET', path: '/figures/contacts', access: ['supervisor', 'administrator'] as const,
    summary: 'The contacts behind a number, in the order of the intervals that count them',
    query: FigureContactsQuery, response: FigureContactsView, refusals: ['validationFailed', 'badRequest'],
  },
  figureSubjects: {
    method: 'GET', path: '/figures/subjects', access: ['supervisor', 'administrator'] as const,
    summary: 'Queues, channels, regions, agents, teams and sites whose figures the caller may see',
    response: FigureSubjects,
  },
  ratings: {
    method: 'GET', path: '/figures/ratings', access: ['supervisor', 'administrator'] as const,
    summary: 'Ratings of a period with their comments, the newest first',
    query: RatingsQuery, response: z.object({ items: z.array(RatingItem), next: z.string().nullable() }), refusals: ['validationFailed', 'badRequest'],
  },
} as const

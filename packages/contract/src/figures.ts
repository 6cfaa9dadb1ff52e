/** Figures: sums that are added before anything is divided. What is divided by what stands in packages/metrics. */
import { z } from 'zod'
import * as f from './fields.ts'

/** The longest period that is asked for at once, days: by quarters of an hour, and by days. */
export const mostDays = { quarter: 31, day: 800, all: 800 } as const

const LocalDay = z.iso.date()

/** A day is the day of the queue's zone; for agents, teams and sites that of the site. */
export const FiguresQuery = z.object({
  from: LocalDay,
  /** Included. */
  to: LocalDay,
  step: z.enum(['quarter', 'day', 'all']),
  /** Whose rows are told apart. */
  by: z.enum(['queue', 'channel', 'region', 'agent', 'team', 'site']).optional(),
  queueId: f.QueueId.optional(),
  channel: f.text(1, 40).optional(),
  region: f.text(1, 80).optional(),
  agentId: f.AgentId.optional(),
  teamId: f.TeamId.optional(),
  siteId: f.SiteId.optional(),
})
export type FiguresQuery = z.infer<typeof FiguresQuery>

export const FiguresRow = z.object({
  /** With `step` day and quarter. */
  day: LocalDay.nullable(),
  /** With `step` quarter: when it begins, minutes from midnight by the clock on the wall. */
  minute: z.int().nullable(),
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

export const figuresRoutes = {
  figures: {
    method: 'GET', path: '/figures', access: ['supervisor', 'administrator'] as const,
    summary: 'Sums of a period, by quarter of an hour or day, told apart by queue, channel, region, agent, team or site',
    query: FiguresQuery, response: FiguresView, refusals: ['validationFailed'],
  },
} as const

/**
 * The metrics, as data: what is divided by what, from which events, since which version. Formulas and their edge rules are those
 * of DOMAIN.md ("Metrics"); a changed formula or threshold is a new version, and history keeps the old one.
 */
import type { Distribution, MetricEventKind } from './event.ts'
import type { Counter } from './sums.ts'

/** A sum of counters, some of them subtracted. */
export type Term = readonly (Counter | `-${Counter}`)[]
export type Unit = 'count' | 'share' | 'duration'

interface Common {
  readonly version: number
  readonly unit: Unit
  /** Which way is better; null: neither. */
  readonly better: 'more' | 'less' | null
  readonly sources: readonly MetricEventKind[]
  /** What the formula is measured with beside the queue's own target. */
  readonly thresholds?: { readonly [name: string]: number }
}
/** `duration`: milliseconds. A share of cases, told with Wilson's interval, has `isShareOfCases`. */
export type Definition = Common &
  (
    | { readonly kind: 'sum'; readonly of: Term }
    | { readonly kind: 'ratio'; readonly over: Term; readonly under: Term; readonly isShareOfCases: boolean }
    | { readonly kind: 'percentile'; readonly of: Distribution; readonly share: number }
  )

const speed = ['contact.queued', 'message.sent', 'contact.closed'] as const
const leaving = ['contact.queued', 'message.sent', 'contact.wrapUpStarted', 'contact.reopened', 'contact.closed'] as const
const handling = ['contact.accepted', 'contact.picked', 'contact.wrapUpStarted', 'contact.reopened', 'contact.closed', 'contact.queued', 'contact.snoozed'] as const
const time = ['presence.changed', ...handling] as const
const asking = ['contact.accepted', 'contact.declined', 'contact.missed'] as const

const sum = (of: Counter, better: Definition['better'], sources: readonly MetricEventKind[], unit: Unit = 'count'): Definition => ({
  version: 1, kind: 'sum', unit, of: [of], better, sources,
})
const share = (over: Term, under: Term, better: Definition['better'], sources: readonly MetricEventKind[], more: Pick<Common, 'thresholds'> = {}): Definition => ({
  version: 1, kind: 'ratio', unit: 'share', over, under, isShareOfCases: true, better, sources, ...more,
})
const mean = (over: Term, under: Term, sources: readonly MetricEventKind[]): Definition => ({
  version: 1, kind: 'ratio', unit: 'duration', over, under, isShareOfCases: false, better: 'less', sources,
})
const rank = (of: Distribution, at: number, sources: readonly MetricEventKind[]): Definition => ({
  version: 1, kind: 'percentile', unit: 'duration', of, share: at, better: 'less', sources,
})

const short = { thresholds: { shortAbandonSeconds: 30 } }

export const definitions = {
  offered: sum('offered', null, ['contact.queued', 'contact.closed']),
  answered: sum('answered', null, speed),
  abandonedContacts: { ...sum('abandoned', 'less', leaving), of: ['abandoned', '-shortAbandoned'], ...short } as Definition,
  shortAbandoned: { ...sum('shortAbandoned', null, leaving), ...short },
  excluded: sum('excluded', null, leaving),
  handled: sum('handled', null, handling),
  serviceLevel: share(['answeredInTarget'], ['offered', '-shortAbandoned'], 'more', leaving, short),
  asa: mean(['waitMs'], ['answered'], speed),
  waitP50: rank('wait', 0.5, speed),
  waitP90: rank('wait', 0.9, speed),
  firstResponseTime: mean(['firstResponseMs'], ['firstResponses'], speed),
  firstResponseP50: rank('firstResponse', 0.5, speed),
  firstResponseP90: rank('firstResponse', 0.9, speed),
  abandonment: share(['abandoned', '-shortAbandoned'], ['offered', '-shortAbandoned'], 'less', leaving, short),
  escalation: share(['escalatedIssues'], ['firstLineIssues'], 'less', ['contact.queued', 'contact.accepted', 'contact.picked']),
  /** First contact resolution by the agent's code; the customer's word and repeats are metrics of their own, never merged with it. */
  fcrByAgent: share(['codedResolved'], ['coded'], 'more', ['contact.closed']),
  aht: mean(['talkMs', 'wrapUpMs'], ['handled'], handling),
  effortAht: mean(['effortMs'], ['handled'], time),
  handleP50: rank('handle', 0.5, handling),
  handleP90: rank('handle', 0.9, handling),
  occupancy: { ...share(['busyMs'], ['busyMs', 'availableMs'], null, time), isShareOfCases: false } as Definition,
  busyTime: sum('busyMs', null, time, 'duration'),
  availableTime: sum('availableMs', null, time, 'duration'),
  notReadyTime: sum('notReadyMs', null, time, 'duration'),
  acceptance: share(['accepted'], ['accepted', 'declined', 'missed'], 'more', asking),
  csat: share(['topTwo'], ['rated'], 'more', ['contact.rated']),
  topBox: share(['topBox'], ['rated'], 'more', ['contact.rated']),
  bottomBox: share(['bottomBox'], ['rated'], 'less', ['contact.rated']),
  responseRate: share(['rated'], ['ended'], 'more', ['contact.rated', 'contact.closed']),
} as const satisfies Record<string, Definition>

export type MetricId = keyof typeof definitions
export const metricIds = Object.keys(definitions) as MetricId[]

/**
 * Other ways in which the world counts a service level; ours is `serviceLevel`. Each says what it leaves out, so that a figure of
 * another system can be compared.
 */
export const serviceLevelWays = {
  'answered and abandoned in target / all': share(['answeredInTarget', 'abandonedInTarget'], ['answered', 'abandoned'], 'more', leaving),
  'answered in target / answered': share(['answeredInTarget'], ['answered'], 'more', leaving),
  'answered in target / all': share(['answeredInTarget'], ['answered', 'abandoned'], 'more', leaving),
  'answered in target / all but abandoned in target': share(['answeredInTarget'], ['answered', 'abandoned', '-abandonedInTarget'], 'more', leaving),
  'answered in target and short / all': share(['answeredInTarget', 'shortAbandoned'], ['answered', 'abandoned'], 'more', leaving),
} as const

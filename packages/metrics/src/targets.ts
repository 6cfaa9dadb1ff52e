/** What a figure is measured against, and how it stands: DOMAIN.md, "Default targets". Colours come from here and from nowhere else. */
import { definitions, type MetricId } from './definitions.ts'
import { isFew, type Value } from './evaluate.ts'

/** On target, close to it on either side, missed. */
export type Standing = 'ok' | 'warn' | 'bad'

/** `close`: how near to the target, in the figure's own unit, it is called close. */
export type Target = { readonly close: number } & (
  | { readonly way: 'more' | 'less'; readonly value: number }
  | { readonly way: 'between'; readonly low: number; readonly high: number }
)

/** Shares 0–1. Those of chat: the time that a call should take says nothing of a conversation in writing. */
export const targets: { readonly [Id in MetricId]?: Target } = {
  serviceLevel: { way: 'more', value: 0.8, close: 0.03 },
  abandonment: { way: 'less', value: 0.05, close: 0.01 },
  escalation: { way: 'less', value: 0.03, close: 0.005 },
  occupancy: { way: 'between', low: 0.8, high: 0.88, close: 0.02 },
  csat: { way: 'more', value: 0.95, close: 0.01 },
}

/** Of the speed of answer in a queue: its own seconds, in milliseconds; close within a quarter of them. */
export const speedTarget = (targetSeconds: number): Target => ({ way: 'less', value: targetSeconds * 1000, close: targetSeconds * 250 })

const ofSpeed: ReadonlySet<MetricId> = new Set<MetricId>(['asa', 'firstResponseTime'])
/** Whether its target is each queue's own. */
export const isOfSpeed = (metric: MetricId): boolean => ofSpeed.has(metric)

/** @param targetSeconds the queue's own; null: of several queues, that have not the same one */
export const targetOf = (metric: MetricId, targetSeconds: number | null): Target | null =>
  isOfSpeed(metric) ? (targetSeconds === null ? null : speedTarget(targetSeconds)) : (targets[metric] ?? null)

/** How far on the right side of the target; negative: missed by so much. */
const roomOf = (value: number, target: Target): number => {
  if (target.way === 'between') return Math.min(value - target.low, target.high - value)
  return target.way === 'more' ? value - target.value : target.value - value
}

export const standingOf = (value: number, target: Target): Standing => {
  const room = roomOf(value, target)
  // A computer's tenths are not exact: on the very border counts as on it.
  const close = target.close + 1e-9
  return room > close ? 'ok' : room >= -close ? 'warn' : 'bad'
}

/** Null: it has no target, or there is too little to judge by. @param targetSeconds as of `targetOf` */
export const judge = (metric: MetricId, figure: Value, targetSeconds: number | null): Standing | null => {
  const target = targetOf(metric, targetSeconds)
  return target === null || figure.value === null || isFew(definitions[metric], figure) ? null : standingOf(figure.value, target)
}

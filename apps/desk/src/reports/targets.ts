/** What a figure is measured against (DOMAIN.md, "Default targets"), and how it stands. */
import type { MetricId } from '@otklik/metrics/definitions'
import { fewCases, type Value } from '@otklik/metrics/evaluate'
import type { Level } from '../parts/target-mark.tsx'

export type Target = { readonly way: 'more' | 'less'; readonly value: number } | { readonly way: 'between'; readonly low: number; readonly high: number }

/** Shares, and milliseconds. */
export const targets: { readonly [Name in MetricId]?: Target } = {
  serviceLevel: { way: 'more', value: 0.8 },
  asa: { way: 'less', value: 25_000 },
  firstResponseTime: { way: 'less', value: 20_000 },
  abandonment: { way: 'less', value: 0.05 },
  escalation: { way: 'less', value: 0.03 },
  aht: { way: 'less', value: 120_000 },
  occupancy: { way: 'between', low: 0.8, high: 0.88 },
  csat: { way: 'more', value: 0.95 },
}

/** Within this share of the target a miss is called close. */
const closeRatio = { more: 0.95, less: 1.25, between: 0.05 }

/** Null: it has no target, or there is too little to judge by. */
export const levelOfValue = (metric: MetricId, { value, n }: Value): Level | null => {
  const target = targets[metric]
  if (!target || value === null || n < fewCases) return null
  if (target.way === 'between') return value >= target.low && value <= target.high ? 'ok' : value >= target.low - closeRatio.between && value <= target.high + closeRatio.between ? 'warn' : 'bad'
  if (target.way === 'more') return value >= target.value ? 'ok' : value >= target.value * closeRatio.more ? 'warn' : 'bad'
  return value <= target.value ? 'ok' : value <= target.value * closeRatio.less ? 'warn' : 'bad'
}

import { expect, it } from 'vitest'
import { judge, speedTarget, standingOf, targets } from './targets.ts'

const of = (metric: 'serviceLevel' | 'abandonment' | 'occupancy', values: readonly number[]) => {
  const target = targets[metric]
  if (!target) throw new Error(`${metric} has a target`)
  return values.map((value) => standingOf(value, target))
}

it('is on target, close to it on either side, or missed', () => {
  expect(of('serviceLevel', [0.76, 0.77, 0.8, 0.83, 0.84])).toEqual(['bad', 'warn', 'warn', 'warn', 'ok'])
  expect(of('abandonment', [0.061, 0.05, 0.041, 0.03])).toEqual(['bad', 'warn', 'warn', 'ok'])
  expect(of('occupancy', [0.77, 0.79, 0.84, 0.89, 0.91])).toEqual(['bad', 'warn', 'ok', 'warn', 'bad'])
  expect([26_000, 20_000, 14_999].map((ms) => standingOf(ms, speedTarget(20)))).toEqual(['bad', 'warn', 'ok'])
})

it('judges nothing by a handful of cases, nor what has no target', () => {
  const value = { value: 0.5, n: 29, interval: null }
  expect([judge('csat', value, 20), judge('csat', { ...value, n: 30 }, 20), judge('offered', { ...value, n: 300 }, 20), judge('csat', { ...value, value: null }, 20)]).toEqual([null, 'bad', null, null])
})

it('judges the speed of answer by the queue’s own target, and not at all where queues have several', () => {
  const value = { value: 50_000, n: 30, interval: null }
  for (const metric of ['asa', 'firstResponseTime'] as const) expect([20, 60, 120, null].map((seconds) => judge(metric, value, seconds))).toEqual(['bad', 'warn', 'ok', null])
  expect(judge('csat', { value: 0.5, n: 30, interval: null }, null)).toBe('bad')
})

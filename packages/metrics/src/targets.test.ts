import { expect, it } from 'vitest'
import { defaultTargets, speedTarget, standingOf } from './targets.ts'

it('is on target, close to it, or missed; on the very target it is not missed', () => {
  const { serviceLevel, abandonment } = defaultTargets
  expect([0.79, 0.8, 0.84, 0.86].map((value) => standingOf(value, serviceLevel))).toEqual(['bad', 'warn', 'warn', 'ok'])
  expect([0.051, 0.05, 0.045, 0.03].map((value) => standingOf(value, abandonment))).toEqual(['bad', 'warn', 'warn', 'ok'])
  expect([20_001, 20_000, 15_001, 15_000].map((ms) => standingOf(ms, speedTarget(20)))).toEqual(['bad', 'warn', 'warn', 'ok'])
})

import { expect, it } from 'vitest'
import { dayRequests, daysBeside } from './requests.ts'

it.each([
  ['2026-10', '2026-11-29', '2026-09-01', '2026-09-30'],
  ['2026-11', '2026-11-29', '2026-10-01', '2026-10-29'],
  ['2026-03', '2026-03-31', '2026-02-01', '2026-02-28'],
])('sets beside %s, looked at on %s, the days from %s to %s', (month, today, from, to) => expect(daysBeside(month, today)).toEqual({ from, to }))

it('compares a day that goes on with as much of the other one, and a day that is over with all of it', () => {
  const asked = (date: string) => dayRequests({ date, compareWith: '2026-11-22', subject: {}, by: 'interval', step: 15, opened: null }, '2026-11-29').beforeSoFar
  expect(asked('2026-11-28')).toBeNull()
  expect(asked('2026-11-29')).toMatchObject({ from: '2026-11-22', to: '2026-11-22', step: 'quarter', soFar: 'yes' })
})

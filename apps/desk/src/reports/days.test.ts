import { expect, it } from 'vitest'
import { addDays, addMonths, clockOf, dayIn, daysBetween, daysOfMonth, isDay, isMonth, slotsOfDay, withSlots } from './days.ts'

it('counts days and months across their borders', () => {
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(daysOfMonth('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysBetween('2026-11-29', '2026-12-02')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'])
  expect(dayIn('Europe/Moscow', Date.UTC(2026, 10, 22, 21, 30))).toBe('2026-11-23')
  expect([isDay('2026-02-30'), isDay('2026-02-28'), isDay('x'), isMonth('2026-13'), isMonth('2026-12')]).toEqual([false, true, false, false, true])
  expect([clockOf(0), clockOf(845), clockOf(1440)]).toEqual(['00:00', '14:05', '24:00'])
})

it('has 96 quarters in a day, 92 and 100 where clocks are turned', () => {
  expect(slotsOfDay('2026-11-22', 'Europe/Moscow')).toHaveLength(96)
  const spring = slotsOfDay('2026-03-29', 'Europe/Berlin')
  expect(spring).toHaveLength(92)
  expect(spring.some(({ minute }) => minute >= 120 && minute < 180)).toBe(false)
  const autumn = slotsOfDay('2026-10-25', 'Europe/Berlin')
  expect(autumn).toHaveLength(100)
  expect(autumn.filter(({ again }) => again).map(({ minute }) => minute)).toEqual([120, 135, 150, 165])
  expect(autumn.slice(8, 17).map(({ minute }) => minute)).toEqual([120, 135, 150, 165, 120, 135, 150, 165, 180])
})

it('keeps what another zone has beside it', () => {
  const spring = slotsOfDay('2026-03-29', 'Europe/Berlin')
  expect(withSlots(spring, [{ minute: 130, again: false }, { minute: 0, again: false }])).toHaveLength(93)
  expect(withSlots(spring, [])).toBe(spring)
})

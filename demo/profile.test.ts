import { rollDice } from '@otklik/testing/dice'
import { expect, it } from 'vitest'
import { drawGap, drawPatience, highestRush, minuteAt, rateAt, rushAt, shareBetween, weekdayRate, weekendShare } from './profile.ts'
import { shiftAt, shiftOn, shifts, zones, type ShiftName } from './shifts.ts'
import { instantOf, wallClock } from './zone.ts'

it('a day has all of its contacts, most of them late in the morning and few at night', () => {
  expect(shareBetween(0, 1440)).toBeCloseTo(1, 9)
  expect(rateAt(11 * 60)).toBeGreaterThan(1.6)
  expect(rateAt(4 * 60)).toBeLessThan(0.1)
  for (const share of [0, 0.1, 0.5, 0.9, 0.999]) expect(shareBetween(0, Math.floor(minuteAt(share)))).toBeLessThanOrEqual(share + 1e-9)
  expect(minuteAt(0.5)).toBeGreaterThan(minuteAt(0.49))
})

it('a week is as busy in the mean as its days, and its weekend is quiet', () => {
  expect([0, 1, 2, 3, 4, 5, 6].reduce((sum, day) => sum + weekdayRate(day), 0)).toBeCloseTo(7, 9)
  expect(weekendShare).toBeLessThan(2 / 7)
})

it('three times an hour there is a rush, which ends', () => {
  const at = (minute: number) => rushAt(Date.UTC(2026, 10, 28, 9, minute))
  expect([0, 3, 4, 19, 20, 23, 24, 40, 59].map(at)).toEqual([highestRush, highestRush, 1, 1, highestRush, highestRush, 1, highestRush, 1])
})

it('half of the customers wait longer than the median, and the same seed waits as long', () => {
  const drawn = (seed: number) => {
    const dice = rollDice(seed)
    return Array.from({ length: 2000 }, () => drawPatience(dice)).sort((a, b) => a - b)
  }
  const patience = drawn(7)
  expect(patience[1000]).toBeGreaterThan(140_000)
  expect(patience[1000]).toBeLessThan(160_000)
  expect(drawn(7)).toEqual(patience)
})

it('gaps between arrivals are as long as the rate says', () => {
  const dice = rollDice(3)
  const gaps = Array.from({ length: 4000 }, () => drawGap(dice, 1 / 500))
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeGreaterThan(480)
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(520)
})

it('the wall and the instant are one, also beside a change of the clocks', () => {
  const wall = Date.UTC(2026, 10, 28, 9)
  expect(instantOf('Asia/Irkutsk', wall)).toBe(Date.UTC(2026, 10, 28, 1))
  for (const at of [Date.UTC(2026, 2, 29, 0, 30), Date.UTC(2026, 2, 29, 1, 30)]) expect(instantOf('Europe/Berlin', wallClock('Europe/Berlin', at))).toBe(at)
})

it('somebody is at work at each hour, by the clock of the site', () => {
  const names = Object.keys(shifts) as ShiftName[]
  const day = Date.UTC(2026, 10, 28)
  for (let hour = 0; hour < 24; hour++) expect(names.filter((name) => shiftAt(name, day + hour * 3_600_000)).length, String(hour)).toBeGreaterThan(0)
  const { from } = shiftOn('early', day)
  expect(new Date(wallClock(zones.irkutsk, from)).getUTCHours()).toBe(9)
})

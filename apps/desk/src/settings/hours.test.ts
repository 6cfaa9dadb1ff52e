import { expect, it } from 'vitest'
import { cleanHours, faultOf, formatMinutes, openState, parseTime, usableHours, type Hours } from './hours.ts'

const nine = 9 * 60
const six = 18 * 60
const workdays: Hours = {
  timeZone: 'Europe/Moscow',
  week: [0, 1, 2, 3, 4].map(() => [{ from: nine, to: six }] as Hours['week'][number]).concat([[], []]),
  holidays: [],
}

it('reads times in the ways that people type them', () => {
  expect(['9', '09:30', '9.30', '0930', '930', '24:00', '0'].map(parseTime)).toEqual([540, 570, 570, 570, 570, 1440, 0])
  for (const wrong of ['', '25', '9:7', '9:60', '24:01', 'утром']) expect([wrong, parseTime(wrong)]).toEqual([wrong, Number.NaN])
  expect([0, 570, 1440, Number.NaN].map(formatMinutes)).toEqual(['00:00', '09:30', '24:00', ''])
})

it('says what is wrong with an interval', () => {
  const day = [{ from: nine, to: 780 }, { from: 720, to: six }, { from: six, to: nine }, { from: Number.NaN, to: 600 }, { from: six, to: 1440 }]
  expect(day.map((_, index) => faultOf(day, index))).toEqual([undefined, 'overlap', 'order', 'time', undefined])
})

it('puts days and intervals in order and leaves out what is not whole yet', () => {
  const typed: Hours = {
    ...workdays,
    week: [[{ from: 840, to: six }, { from: nine, to: 780 }], ...workdays.week.slice(1)],
    holidays: [{ date: '2027-01-07', intervals: [] }, { date: '2026-12-31', intervals: [{ from: nine, to: Number.NaN }] }],
  }
  expect(cleanHours(typed).week[0]?.map(({ from }) => from)).toEqual([nine, 840])
  expect(cleanHours(typed).holidays.map(({ date }) => date)).toEqual(['2026-12-31', '2027-01-07'])
  expect(usableHours(typed).holidays[1]?.intervals).toEqual([])
})

it('tells whether it is open, and until or from when', () => {
  const at = (instant: string, hours = workdays) => openState(hours, Date.parse(instant))
  // Friday, 20 November 2026, by the clock of Moscow.
  expect(at('2026-11-20T11:00:00Z')).toEqual({ open: true, untilMinutes: six })
  expect(at('2026-11-20T15:00:00Z')).toEqual({ open: false, opensAt: Date.parse('2026-11-23T06:00:00Z') })
  const split = { ...workdays, week: workdays.week.map(() => [{ from: 0, to: 720 }, { from: 720, to: 1440 }]) }
  expect(at('2026-11-20T03:00:00Z', split)).toEqual({ open: true, untilMinutes: null })
  expect(at('2026-11-20T03:00:00Z', { ...workdays, week: workdays.week.map(() => []) })).toEqual({ open: false, opensAt: undefined })
})

import { describe, expect, it } from 'vitest'
import { isOpenAt, opensAt, type OpeningHours } from './opening-hours.ts'

const daily = [{ from: 9 * 60, to: 21 * 60 }]
const hours: OpeningHours = {
  timeZone: 'Asia/Irkutsk', // UTC+8
  week: [daily, daily, daily, daily, daily, [{ from: 10 * 60, to: 14 * 60 }, { from: 15 * 60, to: 18 * 60 }], []],
  holidays: [{ date: '2026-12-31', intervals: [{ from: 9 * 60, to: 12 * 60 }] }, { date: '2027-01-01', intervals: [] }],
}
const at = (text: string) => Date.parse(text)

describe('opening hours', () => {
  it.each([
    ['2026-11-23T01:00:00Z', true, 'Monday 9:00, to the minute'],
    ['2026-11-23T00:59:59Z', false, 'a second before'],
    ['2026-11-23T13:00:00Z', false, '21:00 is closed'],
    ['2026-11-28T06:30:00Z', false, 'Saturday between two intervals'],
    ['2026-11-29T04:00:00Z', false, 'Sunday'],
    ['2026-12-31T03:59:00Z', true, 'a shorter day'],
    ['2026-12-31T04:00:00Z', false, 'a shorter day is over'],
    ['2027-01-01T04:00:00Z', false, 'a holiday, a Friday'],
  ])('%s: %s (%s)', (instant, open) => expect(isOpenAt(hours, at(instant))).toBe(open))

  it.each([
    ['2026-11-23T03:00:00Z', '2026-11-23T03:00:00Z', 'open already'],
    ['2026-11-22T20:00:00Z', '2026-11-23T01:00:00Z', 'the same local day'],
    ['2026-11-28T06:30:00Z', '2026-11-28T07:00:00Z', 'the second interval'],
    ['2026-11-28T11:00:00Z', '2026-11-30T01:00:00Z', 'over Sunday'],
    ['2026-12-31T04:00:00Z', '2027-01-02T02:00:00Z', 'over a holiday'],
  ])('from %s opens at %s (%s)', (instant, opens) => expect(opensAt(hours, at(instant))).toBe(at(opens)))

  it('opens at the wall’s time on the days when summer time begins and ends', () => {
    const berlin: OpeningHours = { timeZone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => daily), holidays: [] }
    expect(opensAt(berlin, at('2026-03-28T21:00:00Z'))).toBe(at('2026-03-29T07:00:00Z'))
    expect(opensAt(berlin, at('2026-10-24T21:00:00Z'))).toBe(at('2026-10-25T08:00:00Z'))
    const night: OpeningHours = { ...berlin, week: Array.from({ length: 7 }, () => [{ from: 150, to: 300 }]) }
    // 2:30 does not exist on that night: the door opens when the clock has jumped.
    expect(isOpenAt(night, at('2026-03-29T01:00:00Z'))).toBe(true)
  })

  it('round the clock never closes; closed for good never opens', () => {
    const always: OpeningHours = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]), holidays: [] }
    expect(isOpenAt(always, at('2026-11-23T23:59:59Z'))).toBe(true)
    expect(opensAt({ ...always, week: [] }, at('2026-11-23T12:00:00Z'))).toBeUndefined()
  })
})

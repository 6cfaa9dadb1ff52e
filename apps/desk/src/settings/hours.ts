/** Opening hours as they are typed: times, what is wrong with them, and when the queue is open. Pure. */
import type { QueueRoutingWrite } from '@otklik/contract/queue-routing'
import { isOpenAt, opensAt } from '@otklik/model/opening-hours'

export type Hours = NonNullable<QueueRoutingWrite['hours']>
export type Interval = Hours['week'][number][number]
export type IntervalFault = 'time' | 'order' | 'overlap'

const endOfDay = 1440

/** `9`, `9:30`, `0930`, `9.30`, `24:00` → minutes from midnight; NaN for anything else. */
export const parseTime = (typed: string): number => {
  const match = /^(\d{1,2})(?:\s*[:.,\s-]?\s*(\d{2}))?$/.exec(typed.trim())
  const [hours, minutes] = [Number(match?.[1] ?? Number.NaN), Number(match?.[2] ?? 0)]
  return minutes < 60 && hours * 60 + minutes <= endOfDay ? hours * 60 + minutes : Number.NaN
}

const two = (value: number) => String(value).padStart(2, '0')
/** `09:30`; nothing for what is no time. */
export const formatMinutes = (minutes: number): string =>
  Number.isInteger(minutes) ? `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` : ''

const isTime = (minutes: number, from: number, to: number) => Number.isInteger(minutes) && minutes >= from && minutes <= to
const isWhole = ({ from, to }: Interval) => isTime(from, 0, endOfDay - 1) && isTime(to, 1, endOfDay) && from < to

/** What is wrong with one interval of a day; it overlaps when it begins within another that stands before it. */
export const faultOf = (intervals: readonly Interval[], index: number): IntervalFault | undefined => {
  const one = intervals[index]
  if (!one) return undefined
  if (!isTime(one.from, 0, endOfDay) || !isTime(one.to, 0, endOfDay)) return 'time'
  if (!isWhole(one)) return 'order'
  return intervals.some((other, at) => at < index && isWhole(other) && one.from < other.to && other.from < one.to) ? 'overlap' : undefined
}

const byStart = (intervals: readonly Interval[]) => intervals.toSorted((a, b) => a.from - b.from)

/** In order: intervals within a day, special days by date. */
export const cleanHours = (hours: Hours): Hours => ({
  timeZone: hours.timeZone,
  week: hours.week.map(byStart),
  holidays: hours.holidays
    .map(({ date, intervals }) => ({ date, intervals: byStart(intervals) }))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
})

/** Without what is still being typed. */
export const usableHours = (hours: Hours): Hours => ({
  timeZone: hours.timeZone,
  week: hours.week.map((day) => day.filter(isWhole)),
  holidays: hours.holidays.filter(({ date }) => date !== '').map(({ date, intervals }) => ({ date, intervals: intervals.filter(isWhole) })),
})

export interface WallClock {
  /** `2026-12-31`. */
  readonly date: string
  readonly minutes: number
  /** 0 = Monday. */
  readonly weekday: number
}

export const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7

/**
 * What a clock on the wall shows there.
 * @param at epoch milliseconds
 */
export const wallClock = (at: number, timeZone: string): WallClock => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const date = `${part['year']}-${part['month']}-${part['day']}`
  return { date, minutes: Number(part['hour']) * 60 + Number(part['minute']), weekday: weekdayOf(date) }
}

export const dayAfter = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** Of one date: the special hours, else those of the week. */
export const intervalsOn = (hours: Hours, date: string): readonly Interval[] =>
  hours.holidays.find((holiday) => holiday.date === date)?.intervals ?? hours.week[weekdayOf(date)] ?? []

/** Open, and until when today by its own clock (null: not just today); or closed, and when it opens. */
export type OpenState =
  | { readonly open: true; readonly untilMinutes: number | null }
  | { readonly open: false; readonly opensAt: number | undefined }

/** @param at epoch milliseconds */
export const openState = (typed: Hours, at: number): OpenState => {
  const hours = usableHours(typed)
  if (!isOpenAt(hours, at)) return { open: false, opensAt: opensAt(hours, at) }
  const { date, minutes } = wallClock(at, hours.timeZone)
  // Intervals that touch are one to whoever stands at the door.
  let until = minutes
  for (const { from, to } of byStart(intervalsOn(hours, date))) if (from <= until && to > until) until = to
  const goesOn = until === endOfDay && intervalsOn(hours, dayAfter(date)).some(({ from }) => from === 0)
  return { open: true, untilMinutes: goesOn ? null : until }
}

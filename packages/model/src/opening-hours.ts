/**
 * When a queue is open, in its own zone: a week, and days that differ from it. Times are minutes from the day's midnight as
 * the clock on the wall shows them, so that a day with a change of summer time keeps its hours.
 */
export interface Interval {
  /** 0…1439. */
  readonly from: number
  /** 1…1440, after `from`; 1440 is the end of the day. */
  readonly to: number
}

export interface OpeningHours {
  /** IANA. */
  readonly timeZone: string
  /** Monday first; a day without intervals is closed. */
  readonly week: readonly (readonly Interval[])[]
  /** Days that are not as the week says, by local date (`2026-12-31`). */
  readonly holidays: readonly { readonly date: string; readonly intervals: readonly Interval[] }[]
}

interface Local {
  /** `2026-12-31`. */
  readonly date: string
  readonly minutes: number
  /** 0 = Monday. */
  readonly weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return format
}

const day = 86_400_000
const minute = 60_000
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
const dayAfter = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10)

/** @param instant epoch milliseconds */
const localOf = (instant: number, timeZone: string): Local => {
  const part = Object.fromEntries(formatOf(timeZone).formatToParts(instant).map(({ type, value }) => [type, value]))
  const date = `${part['year']}-${part['month']}-${part['day']}`
  return { date, minutes: Number(part['hour']) * 60 + Number(part['minute']), weekday: weekdayOf(date) }
}

/** The instant at which the wall clock of the zone shows this; in a gap of summer time, the first instant after it. */
const instantOf = (date: string, minutes: number, timeZone: string): number => {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * minute
  let instant = wanted
  for (let tries = 0; tries < 3; tries++) {
    const local = localOf(instant, timeZone)
    const shown = Date.parse(`${local.date}T00:00:00Z`) + local.minutes * minute
    if (shown === wanted) break
    instant += wanted - shown
  }
  return instant
}

const intervalsOn = (hours: OpeningHours, date: string): readonly Interval[] =>
  hours.holidays.find((holiday) => holiday.date === date)?.intervals ?? hours.week[weekdayOf(date)] ?? []

/** @param instant epoch milliseconds */
export const isOpenAt = (hours: OpeningHours, instant: number): boolean => {
  const { date, minutes } = localOf(instant, hours.timeZone)
  return intervalsOn(hours, date).some(({ from, to }) => from <= minutes && minutes < to)
}

/**
 * When it opens next, in epoch milliseconds; `instant` itself when it is open; undefined when it does not within a year.
 */
export const opensAt = (hours: OpeningHours, instant: number): number | undefined => {
  if (isOpenAt(hours, instant)) return instant
  const now = localOf(instant, hours.timeZone)
  let { date } = now
  for (let days = 0; days <= 366; days++, date = dayAfter(date)) {
    const later = intervalsOn(hours, date)
      .map(({ from }) => from)
      .filter((from) => days > 0 || from > now.minutes)
    if (later.length > 0) return instantOf(date, Math.min(...later), hours.timeZone)
  }
  return undefined
}

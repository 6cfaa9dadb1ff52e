/** Who works when. Two sites five hours apart share the day, so that nobody needs to work a whole night. */
import { dayMs, instantOf, minuteMs, wallClock } from './zone.ts'

export const sites = ['saransk', 'irkutsk'] as const
export type Site = (typeof sites)[number]
export const zones: Readonly<Record<Site, string>> = { saransk: 'Europe/Moscow', irkutsk: 'Asia/Irkutsk' }
/** Where most customers are, and the company's own. */
export const homeZone = zones.saransk

/** By the clock of the site. Of Moscow's day: night 20–4, early 4–12, day 9–18, late 12–21. */
export const shifts = {
  early: { site: 'irkutsk', fromMinute: 9 * 60, minutes: 8 * 60 },
  day: { site: 'saransk', fromMinute: 9 * 60, minutes: 9 * 60 },
  late: { site: 'saransk', fromMinute: 12 * 60, minutes: 9 * 60 },
  night: { site: 'saransk', fromMinute: 20 * 60, minutes: 8 * 60 },
} as const satisfies Record<string, { site: Site; fromMinute: number; minutes: number }>
export type ShiftName = keyof typeof shifts

export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The shift that begins on a day by the site's wall.
 * @param day midnight of that day as `wallClock` tells it
 */
export const shiftOn = (name: ShiftName, day: number): Span => {
  const { site, fromMinute, minutes } = shifts[name]
  const from = instantOf(zones[site], day + fromMinute * minuteMs)
  return { from, to: from + minutes * minuteMs }
}

/** The shift that is on at an instant, if it is: begun today or yesterday. */
export const shiftAt = (name: ShiftName, at: number): Span | undefined => {
  const today = Math.floor(wallClock(zones[shifts[name].site], at) / dayMs) * dayMs
  return [today, today - dayMs].map((day) => shiftOn(name, day)).find(({ from, to }) => from <= at && at < to)
}

/** Which days a past has, and how many contacts came on each. */
import type { Dice } from '@otklik/testing/dice'
import { drawNormal, minuteAt, shareBetween, weekdayRate } from '../profile.ts'
import { homeZone } from '../shifts.ts'
import { dayMs, instantOf, minuteMs, wallClock } from '../zone.ts'

/** A day begins and ends at four in the morning, when nothing is in anybody's hands: each is whole in itself. */
export const cutMinute = 4 * 60
/** From here on nobody comes any more before the cut, so that everything of the day is over at it. */
export const lastArrivalMinute = 3 * 60 + 15
/** From here on conversations are short, and go to nobody else. */
export const lateMinute = 60

export interface CalendarDay {
  /** Midnight by the wall of home, as `wallClock` tells it. */
  readonly wall: number
  readonly from: number
  readonly to: number
  readonly contacts: number
}

export interface CalendarOptions {
  readonly days: number
  readonly perDay: number
  readonly growthPerYear: number
  /** The past ends at the last cut before. */
  readonly now: number
  readonly dice: Dice
}

const cutOf = (wall: number): number => instantOf(homeZone, wall + cutMinute * minuteMs)

/** As many contacts as `days × perDay`, spread by growth, day of the week, and the luck of the day. */
export const planCalendar = ({ days, perDay, growthPerYear, now, dice }: CalendarOptions): readonly CalendarDay[] => {
  const today = Math.floor(wallClock(homeZone, now - cutMinute * minuteMs) / dayMs) * dayMs
  const walls = Array.from({ length: days }, (_, at) => today - (days - at) * dayMs)
  const weights = walls.map((wall, at) => growthPerYear ** (at / 365) * weekdayRate((Math.floor(wall / dayMs) + 3) % 7) * Math.exp(0.04 * drawNormal(dice)))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let [seen, given] = [0, 0]
  return walls.map((wall, at) => {
    seen += weights[at] ?? 0
    const contacts = Math.round((seen / all) * days * perDay) - given
    given += contacts
    return { wall, from: cutOf(wall), to: cutOf(wall + dayMs), contacts }
  })
}

const untilMidnight = shareBetween(cutMinute, 1440)
const afterMidnight = shareBetween(0, lastArrivalMinute)

/** When the contacts of a day come, in order; as many in each part of the day as its profile says. */
export const drawArrivals = (dice: Dice, { from, contacts }: CalendarDay): readonly number[] =>
  Array.from({ length: contacts }, (_, at) => {
    const share = ((at + dice.next()) / contacts) * (untilMidnight + afterMidnight)
    const minute = share < untilMidnight ? minuteAt(1 - untilMidnight + share) : 1440 + minuteAt(share - untilMidnight)
    return from + Math.floor((minute - cutMinute) * minuteMs)
  })

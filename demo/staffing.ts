/** How many people a day's contacts need, shift by shift: as many as have enough to do, and not more. */
import { maxChats } from './centre.ts'
import { rateAt } from './profile.ts'
import { homeZone, shiftOn, shifts, type ShiftName } from './shifts.ts'
import { minuteMs, minuteOfDay } from './zone.ts'

/** Chance needs room beside the mean: so many times its root (square-root staffing). */
const safety = 2.2
/** Whoever takes another one's contact, or stays while the other has a break. */
const least = 2

const order: readonly ShiftName[] = ['early', 'late', 'night', 'day']
const step = 30 * minuteMs

/**
 * Each shift's part of the work in its busiest half hour, 1 for the mean of the day: of those half hours that no later one of the
 * order shares, what the earlier ones leave over. The zones of the sites do not change their clocks, so that any day will do.
 */
const peaks: ReadonlyMap<ShiftName, number> = (() => {
  const day = Date.UTC(2026, 0, 5)
  const covers = (name: ShiftName, at: number) => [day - 24 * 60 * minuteMs, day, day + 24 * 60 * minuteMs].some((wall) => at >= shiftOn(name, wall).from && at < shiftOn(name, wall).to)
  const found = new Map<ShiftName, number>()
  for (const [place, name] of order.entries()) {
    const { from, to } = shiftOn(name, day)
    let peak = 0
    for (let at = from; at < to; at += step) {
      if (order.slice(place + 1).some((later) => covers(later, at))) continue
      const covered = order.slice(0, place).reduce((sum, earlier) => sum + (covers(earlier, at) ? (found.get(earlier) ?? 0) : 0), 0)
      peak = Math.max(peak, rateAt(minuteOfDay(homeZone, at)) - covered)
    }
    found.set(name, peak)
  }
  return found
})()

/**
 * One of them may be on a break.
 * @param inHand how many contacts of this line are in hand at the same time, in the mean of the day
 */
export const peopleWanted = (name: ShiftName, inHand: number): number => {
  const load = (peaks.get(name) ?? 0) * inHand
  return Math.max(least, 1 + Math.ceil((load + safety * Math.sqrt(load)) / maxChats))
}

/** Contacts in hand at the same time, in the mean of a day of so many. */
export const meanInHand = (perDay: number, handleSeconds: number): number => (perDay * handleSeconds) / 86_400

export const shiftNames = Object.keys(shifts) as ShiftName[]

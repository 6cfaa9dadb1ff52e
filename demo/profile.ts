/** When customers come, and how long they are willing to wait. */
import type { Dice } from '@otklik/testing/dice'

/** Out of a hundred contacts of a day, those of each hour by the customers' clock: few at night, most late in the morning. */
const hours = [0.9, 0.5, 0.3, 0.2, 0.3, 0.6, 1.4, 2.8, 4.8, 6.6, 7.6, 7.9, 7.4, 7.0, 6.8, 6.6, 6.4, 6.3, 6.2, 5.9, 5.2, 3.9, 2.6, 1.8] as const
const total = hours.reduce((sum, share) => sum + share, 0)

/** Monday first. */
const weekdays = [1.14, 1.08, 1.05, 1.04, 1.03, 0.88, 0.78] as const

/** How many come at a minute of the day, 1 in the mean of the day. */
export const rateAt = (minute: number): number => {
  // In the middle of an hour its own share, between two middles a straight line.
  const at = minute / 60 - 0.5
  const [before, part] = [Math.floor(at), at - Math.floor(at)]
  const share = (hour: number) => hours[(hour + 24) % 24] ?? 0
  return ((share(before) * (1 - part) + share(before + 1) * part) / total) * 24
}
export const highestRate = Math.max(...hours) * (24 / total)

/** Every so often something breaks: for some minutes so many times as many come, all the others about that. */
const rush = { everyMinutes: 20, minutes: 4, times: 4 } as const
export const highestRush = rush.times

/** How many times as many come at an instant of a lively day: at the full hour, and twenty and forty minutes past it, for four minutes. */
export const rushAt = (at: number): number => ((at / 60_000) % rush.everyMinutes < rush.minutes ? rush.times : 1)

const upTo = new Float64Array(1441)
for (let minute = 0; minute < 1440; minute++) upTo[minute + 1] = (upTo[minute] ?? 0) + rateAt(minute + 0.5)

/** The share of a day's contacts that come between two minutes of it. */
export const shareBetween = (from: number, to: number): number => ((upTo[to] ?? 0) - (upTo[from] ?? 0)) / (upTo[1440] ?? 1)

/** The minute of the day, with its fraction, before which a share of the day's contacts came. */
export const minuteAt = (share: number): number => {
  const wanted = share * (upTo[1440] ?? 1)
  let [low, high] = [0, 1440]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((upTo[middle] ?? 0) <= wanted) low = middle
    else high = middle
  }
  const [from, to] = [upTo[low] ?? 0, upTo[high] ?? 1]
  return low + (wanted - from) / (to - from)
}

/** How busy a day of the week is, 1 in the mean of the week; 0 is Monday. */
export const weekdayRate = (weekday: number): number => (weekdays[weekday] ?? 1) / (weekdays.reduce((sum, one) => sum + one, 0) / 7)
export const weekendShare = (weekdayRate(5) + weekdayRate(6)) / 7

/** A number of the standard normal distribution. */
export const drawNormal = (dice: Dice): number => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())

/** How long until the next of things that come by chance, `perMs` of them in the mean. */
export const drawGap = (dice: Dice, perMs: number): number => -Math.log(1 - dice.next()) / perMs

const medianPatienceMs = 150_000
const spread = 0.8

/** How long a customer waits for the first answer: log-normal, as patience was found to be; half of them longer than 2½ minutes. */
export const drawPatience = (dice: Dice): number => medianPatienceMs * Math.exp(spread * drawNormal(dice))

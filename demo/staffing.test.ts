import { expect, it } from 'vitest'
import { maxChats } from './centre.ts'
import { highestRate, rateAt } from './profile.ts'
import { homeZone, shiftAt } from './shifts.ts'
import { meanInHand, peopleWanted, shiftNames } from './staffing.ts'
import { dayMs, minuteMs, minuteOfDay } from './zone.ts'

const day = Date.UTC(2026, 10, 28)

it.each([100, 1000, 3000])('whoever is at work at any hour can take what comes in it, one of them on a break (%i a day)', (perDay) => {
  const inHand = meanInHand(perDay, 300)
  for (let at = day; at < day + dayMs; at += 30 * minuteMs) {
    const people = shiftNames.filter((name) => shiftAt(name, at)).reduce((sum, name) => sum + peopleWanted(name, inHand), 0)
    expect((people - 1) * maxChats, String(minuteOfDay(homeZone, at))).toBeGreaterThan(inHand * rateAt(minuteOfDay(homeZone, at)))
  }
})

it('nobody is alone, and twice as many contacts need less than twice as many people', () => {
  for (const name of shiftNames) {
    expect(peopleWanted(name, 0)).toBe(2)
    expect(peopleWanted(name, 40)).toBeLessThan(2 * peopleWanted(name, 20))
    expect(peopleWanted(name, 40) * maxChats).toBeLessThan(40 * highestRate * 1.5)
  }
})

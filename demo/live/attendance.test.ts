import { rollDice } from '@otklik/testing/dice'
import { expect, it } from 'vitest'
import { minuteMs } from '../zone.ts'
import { Attendance, toldBreakMs } from './attendance.ts'
import type { Break } from './breaks.ts'

type Presence = Parameters<Attendance['next']>[0]
const presence = (state: Presence['state'], cause: Presence['cause'], since = 'a'): Presence => ({ state, cause, since })
const pause: Break = { from: 10 * minuteMs, to: 20 * minuteMs, reason: 'lunch' }
const shift = (...breaks: Break[]) => new Attendance(rollDice(1), 100 * minuteMs, breaks)

it('an agent comes to work, takes a break and comes back at once when it is over', () => {
  const own = shift(pause)
  expect(own.next(presence('offline', 'signedOut'), 0)).toEqual({ do: 'comeBack' })
  expect(own.next(presence('available', 'chosen'), 1)).toEqual({ do: 'stay' })
  expect(own.next(presence('available', 'chosen'), pause.from)).toEqual({ do: 'goAway', reason: 'lunch' })
  expect(own.next(presence('notReady', 'chosen', 'b'), pause.from + 1)).toEqual({ do: 'stay' })
  expect(own.next(presence('notReady', 'chosen', 'b'), pause.to)).toEqual({ do: 'comeBack' })
  expect(own.next(presence('available', 'chosen', 'c'), 100 * minuteMs)).toEqual({ do: 'goAway', reason: 'break' })
})

it.each(['supervisor', 'chosen'] as const)('a break that somebody else has set (%s) is kept', (cause) => {
  const own = shift()
  own.next(presence('available', 'chosen'), 0)
  const away = presence('notReady', cause, 'b')
  expect(own.next(away, 1000)).toEqual({ do: 'stay' })
  expect(own.next(away, toldBreakMs)).toEqual({ do: 'stay' })
  // Set anew, it lasts as long again.
  expect(own.next(presence('notReady', 'supervisor', 'c'), toldBreakMs)).toEqual({ do: 'stay' })
  expect(own.next(presence('notReady', 'supervisor', 'c'), 2 * toldBreakMs - 1)).toEqual({ do: 'stay' })
  expect(own.next(presence('notReady', 'supervisor', 'c'), 2 * toldBreakMs)).toEqual({ do: 'comeBack' })
})

it('whoever is called back out of a break stays, and takes the next one all the same', () => {
  const next: Break = { from: 40 * minuteMs, to: 50 * minuteMs, reason: 'break' }
  const own = shift(pause, next)
  own.next(presence('available', 'chosen'), 0)
  own.next(presence('available', 'chosen'), pause.from)
  own.next(presence('notReady', 'chosen', 'b'), pause.from + 1000)
  expect(own.next(presence('available', 'supervisor', 'c'), pause.from + 2000)).toEqual({ do: 'stay' })
  expect(own.next(presence('available', 'supervisor', 'c'), next.from)).toEqual({ do: 'goAway', reason: 'break' })
})

it('whoever is sent home goes; a lost connection sends nobody home', () => {
  const own = shift()
  own.next(presence('available', 'chosen'), 0)
  expect(own.next(presence('offline', 'lost', 'b'), 1000)).toEqual({ do: 'comeBack' })
  expect(own.next(presence('offline', 'signedOut', 'c'), 2000)).toEqual({ do: 'goHome' })
})

it('an offer that ran out is looked away from for less than a minute and a half', () => {
  const own = shift()
  own.next(presence('available', 'chosen'), 0)
  expect(own.next(presence('notReady', 'missed', 'b'), 1000)).toEqual({ do: 'stay' })
  expect(own.next(presence('notReady', 'missed', 'b'), 1000 + 80_000)).toEqual({ do: 'comeBack' })
})

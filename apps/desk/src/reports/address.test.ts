import { describe, expect, it } from 'vitest'
import { asQuery, chooseSubject, moveDay, readDay, readMonth, readRatings, writeDay, writeMonth, writeRatings, type DayAddress } from './address.ts'

const zone = 'Europe/Moscow'
const now = Date.UTC(2026, 10, 22, 9)
const readAgain = (address: DayAddress) => readDay(new URLSearchParams(writeDay(address)), zone, now + 86_400_000 * 9)

describe('the address of a day', () => {
  it('begins with today, beside the same weekday a week ago', () => {
    expect(readDay(new URLSearchParams(), zone, now)).toEqual({ date: '2026-11-22', compareWith: '2026-11-15', subject: {}, by: 'interval', step: 15, opened: null })
  })
  it('shows whoever opens the link the same, later too', () => {
    const address: DayAddress = {
      date: '2026-11-20', compareWith: '2026-11-19', subject: { queue: 'q', region: 'Москва & область' }, by: 'region', step: 60,
      opened: { metric: 'serviceLevel', part: 'rest', key: 'Казань', day: '2026-11-20', fromMinute: 120, untilMinute: 135, again: 'yes' },
    }
    expect(readAgain(address)).toEqual(address)
    expect(readAgain({ ...address, compareWith: null, opened: { metric: 'offered', part: 'counted' } })).toEqual({ ...address, compareWith: null, opened: { metric: 'offered', part: 'counted' } })
    expect(readAgain(readDay(new URLSearchParams(), zone, now))).toEqual(readDay(new URLSearchParams(), zone, now))
  })
  it('takes nonsense for nothing', () => {
    const odd = readDay(new URLSearchParams('date=2026-02-31&with=x&by=y&step=7&open=toString.rest&queue='), zone, now)
    expect(odd).toEqual(readDay(new URLSearchParams(), zone, now))
  })
  it('keeps its distance to the day it is compared with', () => {
    const address = readDay(new URLSearchParams('date=2026-11-20&with=2026-11-19&open=offered'), zone, now)
    expect(moveDay(address, '2026-11-10')).toMatchObject({ date: '2026-11-10', compareWith: '2026-11-09', opened: null })
  })
})

it('never has people and a region at once', () => {
  expect(chooseSubject({ region: 'Москва', queue: 'q' }, 'team', 't')).toEqual({ queue: 'q', team: 't' })
  expect(chooseSubject({ agent: 'a', team: 't' }, 'region', 'Казань')).toEqual({ region: 'Казань' })
  expect(chooseSubject({ queue: 'q' }, 'queue', undefined)).toEqual({})
  expect(asQuery({ queue: 'q', agent: 'a' })).toEqual({ queueId: 'q', agentId: 'a' })
})

it('reads months and ratings as they were written', () => {
  const month = { month: '2026-10', subject: { channel: 'webChat' }, by: 'region', opened: { metric: 'abandonment', part: 'hit', key: 'Москва' } } as const
  expect(readMonth(new URLSearchParams(writeMonth(month)), zone, now)).toEqual(month)
  expect(readMonth(new URLSearchParams('month=2026-00&agent=a'), zone, now)).toMatchObject({ month: '2026-11', subject: {} })
  const ratings = { from: '2026-11-01', to: '2026-11-07', subject: { agent: 'a' }, by: 'queue', lowOnly: true, commentedOnly: false } as const
  expect(readRatings(new URLSearchParams(writeRatings(ratings)), zone, now)).toEqual(ratings)
  expect(readRatings(new URLSearchParams(), zone, now)).toMatchObject({ from: '2026-10-24', to: '2026-11-22' })
  expect(readRatings(new URLSearchParams('from=2025-01-01&to=2026-11-22'), zone, now)).toMatchObject({ from: '2026-10-23', to: '2026-11-22' })
})

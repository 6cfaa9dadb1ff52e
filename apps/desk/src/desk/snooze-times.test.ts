import { expect, it } from 'vitest'
import { instantAt, readLocal, dayAt, writeLocal } from './snooze-times.ts'

const iso = (at: number) => new Date(at).toISOString()

it('finds tomorrow by the clock of the zone, not of the machine', () => {
  const now = Date.parse('2026-11-22T20:30:00Z') // 04:30 of the 23rd in Irkutsk, 23:30 of the 22nd in Moscow
  expect(iso(dayAt(1, 9, now, 'Asia/Irkutsk'))).toBe('2026-11-24T01:00:00.000Z')
  expect(iso(dayAt(0, 9, now, 'Asia/Irkutsk')), 'the morning that is still ahead').toBe('2026-11-23T01:00:00.000Z')
  expect(iso(dayAt(1, 9, now, 'Europe/Moscow'))).toBe('2026-11-23T06:00:00.000Z')
})

it('keeps the hour over a change of the clock', () => {
  const now = Date.parse('2026-10-24T12:00:00Z')
  expect(iso(dayAt(1, 9, now, 'Europe/Berlin')), 'winter time begins in that night').toBe('2026-10-25T08:00:00.000Z')
  expect(iso(instantAt(Date.UTC(2026, 2, 29, 2, 30), 'Europe/Berlin')), 'a time that does not exist').toMatch(/^2026-03-29T0[01]:30/)
})

it('reads and writes the field of the browser', () => {
  expect(readLocal('', 'Europe/Moscow')).toBeUndefined()
  const at = readLocal('2026-11-23T10:15', 'Asia/Irkutsk')
  expect(iso(at ?? 0)).toBe('2026-11-23T02:15:00.000Z')
  expect(writeLocal(at ?? 0, 'Asia/Irkutsk')).toBe('2026-11-23T10:15')
})

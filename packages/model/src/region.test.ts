import { expect, it } from 'vitest'
import { regionOfTimeZone } from './region.ts'

it('calls a region by the city of its time zone, in the language of the company', () => {
  expect(regionOfTimeZone('Europe/Moscow', 'ru')).toBe('Москва')
  expect(regionOfTimeZone('Europe/Moscow', 'en')).toBe('Moscow')
  expect(regionOfTimeZone('America/Argentina/Buenos_Aires', 'ru')).toBe('Buenos Aires')
})

it('knows of nobody who tells no zone, or one without a place', () => {
  for (const zone of [null, 'UTC', 'Etc/GMT+3']) expect(regionOfTimeZone(zone, 'ru')).toBe('unknown')
})

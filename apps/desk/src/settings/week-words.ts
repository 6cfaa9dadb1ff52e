/** Days of the week and their hours in words. */
import type { Language } from '@otklik/contract/fields'
import type { Translate } from '../texts/texts.ts'
import { formatMinutes, type Hours, type Interval } from './hours.ts'

/** 0 = Monday. */
export const days = [0, 1, 2, 3, 4, 5, 6] as const

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

export const dayName = (day: number, language: Language, weekday: 'short' | 'long'): string =>
  // The first of January 2024 was a Monday.
  capital(new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day)))

export const intervalsText = (intervals: readonly Interval[], t: Translate): string =>
  intervals.length === 0
    ? t('settings.hours.isClosed')
    : intervals.map(({ from, to }) => `${formatMinutes(from)}–${formatMinutes(to)}`).join(', ')

/** The week for who cannot see the picture. */
export const weekText = (week: Hours['week'], language: Language, t: Translate): string =>
  week.map((intervals, day) => `${dayName(day, language, 'long')}: ${intervalsText(intervals, t)}`).join('; ')

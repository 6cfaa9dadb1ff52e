/** Dates, times and numbers, in the reader's language and time zone. Instants are ISO 8601 or epoch milliseconds. */
import type { Language } from '@otklik/contract/fields'

type Instant = string | number
const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

// Formatters are slow to make and few.
const made = new Map<string, Intl.DateTimeFormat>()
const dateFormat = (language: Language, timeZone: string | undefined, options: Intl.DateTimeFormatOptions) => {
  const key = JSON.stringify([language, timeZone, options])
  const known = made.get(key)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(locales[language], { ...options, ...(timeZone ? { timeZone } : {}) })
  made.set(key, fresh)
  return fresh
}

const numberFormats = new Map<string, Intl.NumberFormat>()
export const formatNumber = (value: number, language: Language, digits = 0): string => {
  const key = `${language}${digits}`
  const known = numberFormats.get(key)
  if (known) return known.format(value)
  const fresh = new Intl.NumberFormat(locales[language], { minimumFractionDigits: digits, maximumFractionDigits: digits })
  numberFormats.set(key, fresh)
  return fresh.format(value)
}

/** `14:05` */
export const formatTime = (at: Instant, language: Language, timeZone?: string): string =>
  dateFormat(language, timeZone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))

const dayKey = (at: Instant, timeZone?: string) =>
  dateFormat('en', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at))

/** Short enough for a list: `14:05` today, `9 нояб.` this year, `окт. 2024` before. */
export const formatShort = (at: Instant, now: number, language: Language, timeZone?: string): string => {
  if (dayKey(at, timeZone) === dayKey(now, timeZone)) return formatTime(at, language, timeZone)
  const year = (instant: Instant) => dateFormat('en', timeZone, { year: 'numeric' }).format(new Date(instant))
  const options: Intl.DateTimeFormatOptions =
    year(at) === year(now) ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' }
  return dateFormat(language, timeZone, options).format(new Date(at)).replace(/\s+г\.$/, '')
}

/** Exact, for a tooltip: `22 ноября 2026 г., 14:05:09` */
export const formatExact = (at: Instant, language: Language, timeZone?: string): string =>
  dateFormat(language, timeZone, { dateStyle: 'long', timeStyle: 'medium' }).format(new Date(at))

/** As the beginning of a sentence. */
export const withCapital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** `22 ноября, 14:05`; `сегодня, 14:05` when it is. */
export const formatDayTime = (at: Instant, now: number, language: Language, timeZone?: string): string => {
  const time = formatTime(at, language, timeZone)
  if (dayKey(at, timeZone) === dayKey(now, timeZone)) {
    const today = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(0, 'day')
    return `${today}, ${time}`
  }
  return `${dateFormat(language, timeZone, { day: 'numeric', month: 'long' }).format(new Date(at))}, ${time}`
}

/** `ноябрь 2025 г.` → for «С нами с …» */
export const formatMonth = (at: Instant, language: Language, timeZone?: string): string =>
  dateFormat(language, timeZone, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))

const two = (value: number) => String(value).padStart(2, '0')

/** A running clock: `0:48`, `12:05`, `1:24:07`. Never negative. */
export const formatClock = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** A time that has been measured, milliseconds, or the average of several: to the nearest second, where a running clock cuts. */
export const formatDuration = (ms: number): string => formatClock(Math.round(ms / 1000))

/** A share 0–1: `83,4 %`, in English `83.4%`. */
export const formatShare = (value: number, language: Language, digits = 0): string => `${formatNumber(value * 100, language, digits)}${language === 'ru' ? '\u00a0%' : '%'}`

/** From one share to another: `68–94 %`; to a tenth where they lie close. */
export const formatShares = ({ low, high }: { readonly low: number; readonly high: number }, language: Language): string => {
  const digits = high - low < 0.02 ? 1 : 0
  return `${formatNumber(low * 100, language, digits)}–${formatShare(high, language, digits)}`
}

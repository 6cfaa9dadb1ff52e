/** Figures in words: each with its unit, a change with its sign. */
import type { Language } from '@otklik/contract/fields'
import type { Part } from '@otklik/metrics/behind'
import { definitions, type MetricId, type Unit } from '@otklik/metrics/definitions'
import { fewCases, type Value } from '@otklik/metrics/evaluate'
import { formatDuration, formatNumber, formatShare, formatShares } from '../texts/format.ts'
import type { TextKey, Translate } from '../texts/texts.ts'
import type { SubjectKind } from './address.ts'
import { isOfSpeed, targetOf } from '@otklik/metrics/targets'

/** Nothing to say: nothing happened. */
export const nothing = '–'

const minus = (text: string) => text.replace('-', '−')

/** `83,4 %`, `0:25`, `1 322`. */
export const wordValue = (value: number | null, unit: Unit, language: Language): string => {
  if (value === null) return nothing
  if (unit === 'share') return formatShare(value, language, 1)
  return unit === 'duration' ? formatDuration(value) : formatNumber(value, language)
}

/** What changed since `before`: points of a share, seconds of a time, a count by its share. Null: there is nothing to compare. */
export const wordChange = (now: Value, before: Value, unit: Unit, language: Language, t: Translate): string | null => {
  if (now.value === null || before.value === null) return null
  // Of what is shown: a hair's breadth is no change.
  const rounded = (value: number) => (unit === 'share' ? Math.round(value * 1000) / 1000 : unit === 'duration' ? Math.round(value / 1000) * 1000 : value)
  const difference = rounded(now.value) - rounded(before.value)
  const seen = unit === 'share' ? Math.round(difference * 1000) : difference
  const sign = seen < 0 ? '−' : seen > 0 ? '+' : '±'
  if (unit === 'share') return t('reports.points', { value: sign + formatNumber(Math.abs(difference) * 100, language, 1) })
  if (unit === 'duration') return sign + formatDuration(Math.abs(difference))
  return before.value === 0 ? null : sign + formatShare(Math.abs(difference / before.value), language)
}

/** The share's interval and its cases; of what has no interval, the cases. */
export const wordInterval = ({ interval, n }: Value, language: Language, t: Translate): string => {
  if (interval === null) return t('reports.n', { n: formatNumber(n, language) })
  return t('reports.interval', { interval: formatShares(interval, language), n: formatNumber(n, language) })
}

export const isFew = ({ value, n }: Value, metric: MetricId): boolean => value !== null && n < fewCases && definitions[metric].kind !== 'sum' && metric !== 'occupancy'

/** @param targetSeconds as of `targetSecondsOf` */
export const wordTarget = (metric: MetricId, targetSeconds: number | null | undefined, language: Language, t: Translate): string | null => {
  if (isOfSpeed(metric) && targetSeconds === null) return t('reports.target.own')
  const target = targetOf(metric, targetSeconds ?? null)
  if (!target) return null
  const word = (value: number) => (definitions[metric].unit === 'share' ? formatShare(value, language) : wordValue(value, definitions[metric].unit, language))
  if (target.way === 'between') return t('reports.target.between', { low: formatNumber(target.low * 100, language), high: word(target.high) })
  return t(`reports.target.${target.way}`, { value: word(target.value) })
}

type Told = 'serviceLevel' | 'abandonment' | 'escalation' | 'fcrByAgent' | 'acceptance' | 'csat' | 'topBox' | 'bottomBox' | 'responseRate'
const told: ReadonlySet<string> = new Set<Told>(['serviceLevel', 'abandonment', 'escalation', 'fcrByAgent', 'acceptance', 'csat', 'topBox', 'bottomBox', 'responseRate'])
const isTold = (metric: MetricId): metric is Told => told.has(metric)

export const wordPart = (metric: MetricId, part: Part, t: Translate): string => (part !== 'counted' && isTold(metric) ? t(`reports.partOf.${metric}.${part}`) : t(`reports.part.${part}`))

/** `Уровень сервиса: не в цели`; the whole needs no word. */
export const wordOpened = (metric: MetricId, part: Part, t: Translate): string => (part === 'counted' ? t(`reports.metric.${metric}`) : `${t(`reports.metric.${metric}`)}: ${wordPart(metric, part, t)}`)

/** How many contacts a list shows, and how often they are counted, where that is more: a number of cases and its list must not seem to differ. */
export const wordListed = (items: readonly { readonly cases: number }[], t: Translate): string => {
  const cases = items.reduce((sum, item) => sum + item.cases, 0)
  return [t('reports.listed', { count: items.length }), ...(cases > items.length ? [t('reports.casesInAll', { count: cases })] : [])].join(', ')
}

const channelKeys: { readonly [name: string]: TextKey } = { webChat: 'channels.webChat' }

/** What a queue, channel, region … is called: of channels and regions the key is the name. */
export const wordKey = (kind: SubjectKind, key: string | null, name: string | null, t: Translate): string => {
  if (kind === 'channel') return key === null ? t('reports.noQueue') : channelKeys[key] ? t(channelKeys[key]) : key
  if (kind === 'region') return key === null || key === 'unknown' ? t('reports.regionUnknown') : key
  return name ?? t(kind === 'queue' ? 'reports.noQueue' : 'reports.nobody')
}

const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }
const wordDate = (day: string, language: Language, options: Intl.DateTimeFormatOptions): string =>
  minus(new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' }).format(Date.parse(day)).replace(/\s?г\.$/, ''))

/** `22 ноября 2026` */
export const wordDay = (day: string, language: Language): string => wordDate(day, language, { day: 'numeric', month: 'long', year: 'numeric' })
/** `1–29 октября 2026` */
export const wordDays = ({ from, to }: { readonly from: string; readonly to: string }, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatRange(Date.parse(from), Date.parse(to)).replace(/\s?г\.$/, '')
/** `вс, 22 нояб.` */
export const wordDayShort = (day: string, language: Language): string => wordDate(day, language, { weekday: 'short', day: 'numeric', month: 'short' })
/** `ноябрь 2026` */
export const wordMonth = (month: string, language: Language): string => wordDate(`${month}-01`, language, { month: 'long', year: 'numeric' })

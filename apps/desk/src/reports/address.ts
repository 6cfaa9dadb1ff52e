/**
 * What is looked at, in the address: a link shows whoever opens it the same. What is as usual is left out, but the day is
 * always there, so that tomorrow the link still shows the day that was meant.
 */
import type { FiguresSubject } from '@otklik/contract/figures'
import type { Part } from '@otklik/metrics/behind'
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import { addDays, addMonths, dayIn, isDay, isMonth } from './days.ts'

export const subjectKinds = ['queue', 'channel', 'region', 'agent', 'team', 'site'] as const
export type SubjectKind = (typeof subjectKinds)[number]
/** Whose figures, by kind: ids, or the names of channels and regions. */
export type Subject = { readonly [Kind in SubjectKind]?: string }

export const ofPeople = ['agent', 'team', 'site'] as const satisfies readonly SubjectKind[]
export const isOfPeople = (subject: Subject): boolean => ofPeople.some((kind) => subject[kind] !== undefined)

/** Chooses whose; people and regions exclude each other, as their figures are not kept together. */
export const chooseSubject = (subject: Subject, kind: SubjectKind, value: string | undefined): Subject => {
  const next: { [Kind in SubjectKind]?: string } = { ...subject }
  delete next[kind]
  if (value === undefined) return next
  next[kind] = value
  if (kind === 'region') for (const own of ofPeople) delete next[own]
  else if (ofPeople.some((own) => own === kind)) delete next['region']
  return next
}

/** As the interface asks for it. Ids were given out by the server, and it looks at them again. */
export const asQuery = ({ queue, channel, region, agent, team, site }: Subject): FiguresSubject => {
  const given = { queueId: queue, channel, region, agentId: agent, teamId: team, siteId: site }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as FiguresSubject
}

/** The number that is open: its contacts are listed. */
export interface Opened {
  readonly metric: MetricId
  readonly part: Part
  /** Of one row of the table: its key, its day, or its time. */
  readonly key?: string
  readonly day?: string
  readonly fromMinute?: number
  readonly untilMinute?: number
  readonly again?: 'yes' | 'no'
}

export const steps = [15, 30, 60] as const
export type Step = (typeof steps)[number]

export interface DayAddress {
  readonly date: string
  /** Null: with nothing. */
  readonly compareWith: string | null
  readonly subject: Subject
  /** What the rows of the table are. */
  readonly by: 'interval' | SubjectKind
  readonly step: Step
  readonly opened: Opened | null
}

export const monthRows = ['day', 'channel', 'region', 'queue'] as const
export interface MonthAddress {
  readonly month: string
  readonly subject: Subject
  readonly by: (typeof monthRows)[number]
  readonly opened: Opened | null
}

export interface RatingsAddress {
  readonly from: string
  readonly to: string
  readonly subject: Subject
  readonly by: 'day' | 'queue' | 'agent'
  readonly lowOnly: boolean
  readonly commentedOnly: boolean
}

const oneOf = <Value extends string>(values: readonly Value[], text: string | null): Value | undefined => values.find((value) => value === text)

const readSubject = (query: URLSearchParams): Subject =>
  subjectKinds.reduce<Subject>((subject, kind) => {
    const value = query.get(kind)
    return value === null || value === '' ? subject : chooseSubject(subject, kind, value)
  }, {})

const readMinutes = (query: URLSearchParams): Pick<Opened, 'fromMinute' | 'untilMinute' | 'again'> => {
  const match = /^(\d{1,4})-(\d{1,4})([+-]?)$/.exec(query.get('time') ?? '')
  if (!match) return {}
  return { fromMinute: Math.min(1440, Number(match[1])), untilMinute: Math.min(1440, Number(match[2])), ...(match[3] === '' ? {} : { again: match[3] === '+' ? 'yes' : 'no' }) }
}

const readOpened = (query: URLSearchParams): Opened | null => {
  const [name, partName = 'counted'] = (query.get('open') ?? '').split('.')
  const metric = oneOf(Object.keys(definitions) as MetricId[], name ?? null)
  const part = oneOf(['counted', 'hit', 'rest'] as const, partName)
  if (!metric || !part) return null
  const [key, day] = [query.get('row'), query.get('on')]
  return { metric, part, ...(key === null ? {} : { key }), ...(day !== null && isDay(day) ? { day } : {}), ...readMinutes(query) }
}

const writeOpened = (opened: Opened | null): readonly (readonly [string, string])[] => {
  if (!opened) return []
  const { metric, part, key, day, fromMinute, untilMinute, again } = opened
  return [
    ['open', part === 'counted' ? metric : `${metric}.${part}`],
    ...(key === undefined ? [] : [['row', key] as const]),
    ...(day === undefined ? [] : [['on', day] as const]),
    ...(fromMinute === undefined || untilMinute === undefined ? [] : [['time', `${fromMinute}-${untilMinute}${again === undefined ? '' : again === 'yes' ? '+' : '-'}`] as const]),
  ]
}

const write = (parts: readonly (readonly [string, string])[]): string => new URLSearchParams(Object.fromEntries(parts)).toString()
const writeSubject = (subject: Subject): readonly (readonly [string, string])[] =>
  subjectKinds.flatMap((kind) => (subject[kind] === undefined ? [] : [[kind, subject[kind]] as const]))

/** A day is compared with the same weekday of the week before, unless the address says otherwise. */
export const readDay = (query: URLSearchParams, timeZone: string, now: number): DayAddress => {
  const given = query.get('date') ?? ''
  const date = isDay(given) ? given : dayIn(timeZone, now)
  const compared = query.get('with')
  const step = steps.find((each) => String(each) === query.get('step')) ?? 15
  return {
    date,
    compareWith: compared === 'none' ? null : compared !== null && isDay(compared) ? compared : addDays(date, -7),
    subject: readSubject(query),
    by: oneOf(['interval', ...subjectKinds] as const, query.get('by')) ?? 'interval',
    step,
    opened: readOpened(query),
  }
}

export const writeDay = ({ date, compareWith, subject, by, step, opened }: DayAddress): string =>
  write([
    ['date', date],
    ...(compareWith === addDays(date, -7) ? [] : [['with', compareWith ?? 'none'] as const]),
    ...writeSubject(subject),
    ...(by === 'interval' ? [] : [['by', by] as const]),
    ...(step === 15 ? [] : [['step', String(step)] as const]),
    ...writeOpened(opened),
  ])

/** Another day keeps its distance to the day that it is compared with; what was open belonged to the day before. */
export const moveDay = (address: DayAddress, date: string): DayAddress => {
  const distance = address.compareWith === null ? null : Math.round((Date.parse(address.compareWith) - Date.parse(address.date)) / 86_400_000)
  return { ...address, date, compareWith: distance === null ? null : addDays(date, distance), opened: null }
}

export const readMonth = (query: URLSearchParams, timeZone: string, now: number): MonthAddress => {
  const given = query.get('month') ?? ''
  const { queue, channel, region } = readSubject(query)
  return {
    month: isMonth(given) ? given : dayIn(timeZone, now).slice(0, 7),
    // A month of people's quarters would be millions of rows: people are looked at by day.
    subject: { ...(queue === undefined ? {} : { queue }), ...(channel === undefined ? {} : { channel }), ...(region === undefined ? {} : { region }) },
    by: oneOf(monthRows, query.get('by')) ?? 'day',
    opened: readOpened(query),
  }
}

export const writeMonth = ({ month, subject, by, opened }: MonthAddress): string =>
  write([['month', month], ...writeSubject(subject), ...(by === 'day' ? [] : [['by', by] as const]), ...writeOpened(opened)])

/** As many days as a page of ratings tells at once: those of people are put together from quarters. */
export const mostRatingDays = 31

export const readRatings = (query: URLSearchParams, timeZone: string, now: number): RatingsAddress => {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  const today = dayIn(timeZone, now)
  const until = isDay(to) ? to : today
  const since = isDay(from) && from <= until ? from : addDays(until, -29)
  return {
    from: since < addDays(until, 1 - mostRatingDays) ? addDays(until, 1 - mostRatingDays) : since,
    to: until,
    subject: readSubject(query),
    by: oneOf(['day', 'queue', 'agent'] as const, query.get('by')) ?? 'day',
    lowOnly: query.get('low') === 'yes',
    commentedOnly: query.get('words') === 'yes',
  }
}

export const writeRatings = ({ from, to, subject, by, lowOnly, commentedOnly }: RatingsAddress): string =>
  write([
    ['from', from], ['to', to], ...writeSubject(subject),
    ...(by === 'day' ? [] : [['by', by] as const]), ...(lowOnly ? [['low', 'yes'] as const] : []), ...(commentedOnly ? [['words', 'yes'] as const] : []),
  ])

/** The month before. */
export const monthBefore = (month: string): string => addMonths(month, -1)

/** Rows of the tables: what each is called, what it counts, and which part of the period it opens. */
import type { Language } from '@otklik/contract/fields'
import type { FiguresRow } from '@otklik/contract/figures'
import type { MetricId } from '@otklik/metrics/definitions'
import type { Figures } from '@otklik/metrics/evaluate'
import type { Translate } from '../texts/texts.ts'
import { hasTime } from './requests.ts'
import { isOfPeople, type Opened, type Step, type Subject, type SubjectKind } from './address.ts'
import { clockOf, daysBetween, slotKey, slotsOfDay, withSlots, type Slot } from './days.ts'
import { addUp } from './figures-data.ts'
import { wordDayShort, wordKey } from './words.ts'

export interface TableRow {
  readonly id: string
  readonly label: string
  readonly figures: Figures
  /** What is added to the page's conditions when one of its numbers is opened; null: none of them opens. */
  readonly opens: Omit<Opened, 'metric' | 'part'> | null
}

/** By interval of the day, the empty ones too; several quarters make one of the step. */
export const rowsByInterval = (rows: readonly FiguresRow[], date: string, timeZone: string, step: Step, t: Translate): readonly TableRow[] => {
  const slots = withSlots(slotsOfDay(date, timeZone), rows.flatMap(({ minute, again }) => (minute === null ? [] : [{ minute, again }])))
  const bySlot = new Map<string, FiguresRow[]>()
  for (const row of rows) if (row.minute !== null) bySlot.set(slotKey({ minute: row.minute, again: row.again }), [...(bySlot.get(slotKey({ minute: row.minute, again: row.again })) ?? []), row])
  const groups = new Map<string, Slot[]>()
  for (const slot of slots) {
    const key = slotKey({ minute: Math.floor(slot.minute / step) * step, again: slot.again })
    groups.set(key, [...(groups.get(key) ?? []), slot])
  }
  const twice = new Set(slots.flatMap(({ minute, again }) => (again ? [minute] : [])))
  return [...groups].map(([id, own]): TableRow => {
    const from = Math.floor((own[0]?.minute ?? 0) / step) * step
    const again = own[0]?.again === true
    return {
      id,
      label: again ? t('reports.again', { time: clockOf(from) }) : clockOf(from),
      figures: addUp(own.flatMap((slot) => bySlot.get(slotKey(slot)) ?? [])),
      opens: { fromMinute: from, untilMinute: from + step, ...(own.some(({ minute }) => twice.has(minute)) ? { again: again ? 'yes' : 'no' } : {}) },
    }
  })
}

export const rowsByDay = (rows: readonly FiguresRow[], from: string, to: string, language: Language): readonly TableRow[] => {
  const byDay = new Map(rows.map((row) => [row.day, row]))
  return daysBetween(from, to).map((day) => ({ id: day, label: wordDayShort(day, language), figures: addUp([byDay.get(day) ?? []].flat()), opens: { day } }))
}

export const rowsApart = (rows: readonly FiguresRow[], kind: SubjectKind, t: Translate): readonly TableRow[] =>
  rows.map((row) => ({ id: row.key ?? '', label: wordKey(kind, row.key, row.name, t), figures: addUp([row]), opens: row.key === null ? null : { key: row.key } }))

const ofQueues: readonly MetricId[] = ['offered', 'answered', 'abandonedContacts', 'serviceLevel', 'asa', 'waitP50', 'waitP90', 'firstResponseTime', 'abandonment', 'aht', 'csat']
const ofPeople: readonly MetricId[] = ['handled', 'answered', 'asa', 'firstResponseTime', 'acceptance', 'aht', 'occupancy', 'csat']

/** Which figures a table has: those that can be said of such rows. */
export const columnsOf = (subject: Subject, rowsOf: SubjectKind | 'interval' | 'day', hasPercentiles: boolean): readonly MetricId[] => {
  const people = isOfPeople(subject) || rowsOf === 'agent' || rowsOf === 'team' || rowsOf === 'site'
  if (people) return ofPeople.filter((metric) => metric !== 'occupancy' || (hasTime(subject) && rowsOf !== 'queue' && rowsOf !== 'channel'))
  return ofQueues.filter((metric) => hasPercentiles || (metric !== 'waitP50' && metric !== 'waitP90'))
}

const mainOfQueues: readonly MetricId[] = ['offered', 'serviceLevel', 'asa', 'firstResponseTime', 'abandonment', 'aht', 'occupancy', 'csat']
const mainOfPeople: readonly MetricId[] = ['handled', 'answered', 'asa', 'firstResponseTime', 'acceptance', 'aht', 'occupancy', 'csat']

/** The large figures of a page. */
export const mainFigures = (subject: Subject): readonly MetricId[] => (isOfPeople(subject) ? mainOfPeople : mainOfQueues).filter((metric) => metric !== 'occupancy' || hasTime(subject))

/** A page as a sheet: what is saved is what is shown, with what its figures mean. */
import type { Language } from '@otklik/contract/fields'
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import type { Translate } from '../texts/texts.ts'
import { isSaid, valueOf } from './figures-data.ts'
import type { TableRow } from './rows.ts'

export type SheetCell = string | number | null
export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly SheetCell[])[]
}

/** What a program for tables would take for a formula; full-width twins too. It is written with an apostrophe before it. */
const formula = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** Shares as percents, times as seconds: numbers that one can count with. */
const cellOf = (metric: MetricId, row: TableRow): number | null => {
  if (!isSaid(metric, row.figures)) return null
  const { value } = valueOf(metric, row.figures)
  if (value === null) return null
  const { unit } = definitions[metric]
  return unit === 'share' ? Math.round(value * 10_000) / 100 : unit === 'duration' ? Math.round(value / 100) / 10 : value
}

const headOf = (metric: MetricId, t: Translate): string => {
  const name = t(`reports.metric.${metric}`)
  const { unit } = definitions[metric]
  return unit === 'share' ? t('reports.sheet.percent', { metric: name }) : unit === 'duration' ? t('reports.sheet.seconds', { metric: name }) : name
}

export interface Shown {
  readonly title: string
  /** The sentence of the filters. */
  readonly filters: string
  /** With its date: a sheet is read on other days. */
  readonly countedTo: string
  /** What the rows are. */
  readonly of: string
  readonly rows: readonly TableRow[]
  readonly total: TableRow | null
  readonly columns: readonly MetricId[]
}

export const sheetOf = ({ title, of, rows, total, columns }: Shown, t: Translate): Sheet => ({
  name: title,
  rows: [
    [of, ...columns.map((metric) => headOf(metric, t))],
    ...[...(total ? [total] : []), ...rows].map((row) => [row.label, ...columns.map((metric) => cellOf(metric, row))]),
  ],
})

/** Name, version and formula of each column, and what the page was narrowed to. */
export const aboutSheet = ({ filters, countedTo, columns }: Shown, t: Translate): Sheet => ({
  name: t('reports.sheet.about'),
  rows: [
    [t('reports.sheet.filters'), filters],
    [t('reports.sheet.counted'), countedTo],
    [],
    [t('reports.sheet.metric'), t('reports.sheet.version'), t('reports.sheet.value')],
    ...columns.map((metric) => [t(`reports.metric.${metric}`), definitions[metric].version, t(`reports.formula.${metric}`)]),
  ],
})

const quoted = (text: string, separator: string): string => (text.includes('"') || text.includes(separator) || /[\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/**
 * As the table programs of that language open it by a double click: in Russian fields are parted by semicolons and decimals by
 * a comma. The mark at the beginning tells them that it is UTF-8.
 */
export const csvOf = (sheets: readonly Sheet[], language: Language): string => {
  const separator = language === 'ru' ? ';' : ','
  const write = (cell: SheetCell) => (cell === null ? '' : typeof cell === 'number' ? (language === 'ru' ? String(cell).replace('.', ',') : String(cell)) : quoted(harmless(cell), separator))
  return `\uFEFF${sheets.map(({ rows }) => rows.map((row) => row.map(write).join(separator)).join('\r\n')).join('\r\n\r\n')}\r\n`
}

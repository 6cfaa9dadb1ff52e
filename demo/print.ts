/** Tables for a terminal. */
import { isMet, type Finding, type FigureUnit } from './history/figures.ts'
import type { Language, Terminal } from './texts/shape.ts'

/** Columns as wide as their widest cell, two spaces apart. */
export const tableOf = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}

const wordsOf = (value: number, unit: FigureUnit, language: Language, terminal: Terminal): string => {
  if (unit === 'share') return value.toLocaleString(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const words = value.toLocaleString(language, { maximumFractionDigits: unit === 'times' ? 2 : 1 })
  return unit === 'seconds' ? terminal.seconds(words) : unit === 'times' ? terminal.times(words) : words
}

/** How far apart, in the unit of a difference: of shares percentage points, of multiples a plain number. */
const distanceOf = (value: number, unit: FigureUnit, language: Language, terminal: Terminal): string => {
  if (unit === 'share') return terminal.points((value * 100).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))
  return unit === 'times' ? value.toLocaleString(language, { maximumFractionDigits: 2 }) : wordsOf(value, unit, language, terminal)
}

const nameOf = ({ name }: Finding, terminal: Terminal): string => {
  if ('figure' in name) return terminal.figures[name.figure]
  return 'region' in name ? terminal.regionShare(name.region === 'unknown' ? terminal.unknownRegion : name.region) : terminal.channelShare(name.channel)
}

/** Target, figure and difference of each finding; and the names of those that are off. */
export const tellFindings = (findings: readonly Finding[], language: Language, terminal: Terminal): { readonly lines: readonly string[]; readonly missed: readonly string[] } => {
  const { table } = terminal
  const rows = findings.map((finding) => {
    const { unit, wanted, counted, tolerance } = finding
    const tell = (value: number) => wordsOf(value, unit, language, terminal)
    const apart = (value: number) => distanceOf(value, unit, language, terminal)
    const difference = counted === null ? '–' : `${counted < wanted ? '−' : '+'}${apart(Math.abs(counted - wanted))}`
    return [isMet(finding) ? '✓' : '✗', nameOf(finding, terminal), tell(wanted), counted === null ? '–' : tell(counted), difference, `± ${apart(tolerance)}`]
  })
  return {
    lines: tableOf([['', table.target, table.wanted, table.counted, table.difference, table.tolerance], ...rows]),
    missed: findings.filter((finding) => !isMet(finding)).map((finding) => nameOf(finding, terminal)),
  }
}

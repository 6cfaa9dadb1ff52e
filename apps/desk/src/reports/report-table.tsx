/**
 * Rows of figures. It scrolls in its own box; its first column stays. One stop of the Tab key, and arrows from number to
 * number; Enter opens the contacts behind one.
 */
import { termBehind } from '@otklik/metrics/behind'
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { TargetMark } from '../parts/target-mark.tsx'
import { useTexts } from '../texts/texts.ts'
import type { Opened } from './address.ts'
import { isSaid, valueOf } from './figures-data.ts'
import type { TableRow } from './rows.ts'
import { judge } from '@otklik/metrics/targets'
import { isFew, nothing, wordInterval, wordValue } from './words.ts'

const Cell = ({ row, metric, targetSeconds, onOpen }: { row: TableRow; metric: MetricId; targetSeconds: number | null; onOpen: (opened: Opened) => void }) => {
  const { t, language } = useTexts()
  if (!isSaid(metric, row.figures)) return <td className="num t3">{nothing}</td>
  const value = valueOf(metric, row.figures)
  const { unit } = definitions[metric]
  const shown = wordValue(value.value, unit, language)
  const few = isFew(value, metric)
  const level = judge(metric, value, targetSeconds)
  const { opens } = row
  const isOpen = opens !== null && value.value !== null && value.n > 0 && termBehind(definitions[metric], 'counted') !== null
  const words = (
    <>
      {level && level !== 'ok' && <TargetMark level={level} />}
      {shown}
      {level && level !== 'ok' && <span className="hidden-text">{t(`reports.level.${level}`)}</span>}
    </>
  )
  return (
    <td className="num" data-few={few} {...(few ? { title: wordInterval(value, language, t) } : {})}>
      {isOpen ? (
        <button type="button" data-cell tabIndex={-1} aria-label={`${row.label}. ${t(`reports.metric.${metric}`)}: ${shown}`} onClick={() => onOpen({ metric, part: 'counted', ...opens })}>
          {words}
        </button>
      ) : (
        words
      )}
    </td>
  )
}

/** From a number to its neighbour; rows without one there are passed over. */
const move = (happened: KeyboardEvent<HTMLElement>): void => {
  const from = happened.target instanceof HTMLElement ? happened.target.closest('td') : null
  const table = happened.currentTarget.querySelector('table')
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[happened.key]
  if (!from || !table || !step || happened.altKey || happened.ctrlKey || happened.metaKey) return
  const [down = 0, right = 0] = step
  let [rowIndex, column] = [(from.parentElement as HTMLTableRowElement).rowIndex, from.cellIndex]
  for (;;) {
    rowIndex += down
    column += right
    const cell = table.rows[rowIndex]?.cells[column]
    if (!cell) return
    const button = cell.querySelector<HTMLElement>('[data-cell]')
    if (!button) continue
    happened.preventDefault()
    button.focus()
    return
  }
}

/** The number that Tab comes to is the one where the focus was last. */
const takeTab = (box: HTMLElement, cell: Element | null): void => {
  for (const other of box.querySelectorAll<HTMLElement>('[data-cell][tabindex="0"]')) other.tabIndex = -1
  if (cell instanceof HTMLElement) cell.tabIndex = 0
}

interface ReportTableProps {
  readonly title: string
  /** What the rows are. */
  readonly of: string
  readonly rows: readonly TableRow[]
  readonly columns: readonly MetricId[]
  readonly total: TableRow | null
  /** What the speed of answer in a row is measured against; as of `targetSecondsOf`. */
  readonly targetOfRow?: (row: TableRow) => number | null | undefined
  readonly onOpen: (opened: Opened) => void
}

export const ReportTable = ({ title, of, rows, columns, total, targetOfRow, onOpen }: ReportTableProps) => {
  const { t } = useTexts()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (box.current && !box.current.querySelector('[data-cell][tabindex="0"]')) takeTab(box.current, box.current.querySelector('[data-cell]'))
  })
  return (
    <div
      ref={box}
      className="report-table"
      role="region"
      aria-label={t('reports.scrollTable')}
      tabIndex={0}
      onKeyDown={move}
      onFocus={(happened) => {
        const cell = happened.target.closest('[data-cell]')
        if (cell) takeTab(happened.currentTarget, cell)
      }}
    >
      <table>
        <caption className="hidden-text">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {columns.map((metric) => (
              <th key={metric} scope="col">
                {t(`reports.metric.${metric}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...(total ? [total] : []), ...rows].map((row) => (
            <tr key={row === total ? 'total' : row.id} data-total={row === total}>
              <th scope="row">
                <span className="cut" title={row.label}>{row.label}</span>
              </th>
              {columns.map((metric) => (
                <Cell key={metric} row={row} metric={metric} targetSeconds={targetOfRow?.(row) ?? null} onOpen={onOpen} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

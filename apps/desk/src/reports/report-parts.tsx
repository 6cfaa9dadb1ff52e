/** What the pages of the reports have in common: the head with its sentence, the row of figures, the choice of rows. */
import { SegmentedControl } from '@mantine/core'
import type { Part } from '@otklik/metrics/behind'
import type { MetricId } from '@otklik/metrics/definitions'
import type { Figures } from '@otklik/metrics/evaluate'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { failureOf } from '../api.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Empty, Failed } from '../parts/states.tsx'
import { toast } from '../parts/toast.ts'
import { formatTime } from '../texts/format.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { ExportButtons } from './export-buttons.tsx'
import { Figure, FigureSkeletons } from './figure.tsx'
import { isSaid, valueOf } from './figures-data.ts'
import type { Shown } from './sheet.ts'
import { wordInterval, wordValue } from './words.ts'

export const ReportHead = ({ file, shown, countedTo, children }: { file: string; shown: Shown | null; countedTo: string | null; children: ReactNode }) => {
  const { t } = useTexts()
  const copy = async () => {
    await navigator.clipboard.writeText(location.href)
    toast(t('reports.linkCopied'))
  }
  return (
    <header className="report-head">
      <h1 className="hidden-text">{t('reports.title')}</h1>
      <div className="report-bar">
        <nav className="report-pages" aria-label={t('reports.pages')}>
          {(['day', 'month', 'ratings'] as const).map((page) => (
            <NavLink key={page} to={`/reports/${page}`}>
              {t(`reports.${page}`)}
            </NavLink>
          ))}
        </nav>
        <span className="grow" />
        {countedTo !== null && <span className="t3 s12 num no-phone" title={t('reports.countedToAt', { time: countedTo })}>{t('reports.countedTo', { time: countedTo })}</span>}
        <IconButton icon="link" label={t('reports.copyLink')} onClick={() => void copy()} />
        <ExportButtons file={file} shown={shown} />
      </div>
      <p className="sentence" role="group" aria-label={t('reports.filters')}>{children}</p>
    </header>
  )
}

/** Up to when everything is counted, by the reader's clock. */
export const useCountedTo = (countedTo: string | undefined, timeZone: string): string | null => {
  const language = useLanguage()
  return countedTo === undefined ? null : formatTime(countedTo, language, timeZone)
}

const percentileOf: { readonly [Name in MetricId]?: MetricId } = { asa: 'waitP90', firstResponseTime: 'firstResponseP90', aht: 'handleP90' }

export const MainFigures = ({ metrics, figures, before, targetSeconds, countedTo, onOpen }: {
  metrics: readonly MetricId[]
  /** Null: on their way. */
  figures: Figures | null
  before: Figures | null
  /** As of `targetSecondsOf`. */
  targetSeconds?: number | null | undefined
  countedTo: string | null
  onOpen: (metric: MetricId, part: Part) => void
}) => {
  const { t, language } = useTexts()
  const asideOf = (metric: MetricId, own: Figures): string | null => {
    // Where the response rate stands beside it, its interval does; else who did not answer must be known.
    if (metric === 'csat' && metrics.includes('responseRate')) return wordInterval(valueOf(metric, own), language, t)
    if (metric === 'csat') return t('reports.responseRateBelow', { value: wordValue(valueOf('responseRate', own).value, 'share', language) })
    const high = percentileOf[metric]
    return high && isSaid(high, own) ? t('reports.p90', { value: wordValue(valueOf(high, own).value, 'duration', language) }) : null
  }
  return (
    <section className="figures" aria-label={t('reports.figures')} aria-busy={figures === null}>
      {figures === null ? (
        <FigureSkeletons count={metrics.length} />
      ) : (
        metrics.map((metric) => (
          <Figure key={metric} metric={metric} value={valueOf(metric, figures)} before={before && valueOf(metric, before)} aside={asideOf(metric, figures)} targetSeconds={targetSeconds} countedTo={countedTo} onOpen={onOpen} />
        ))
      )}
    </section>
  )
}

/** One of a few, beside a title. */
export const Segments = <Value extends string>({ label, values, value, wordOf, onChange }: {
  label: string
  values: readonly Value[]
  value: Value
  wordOf: (value: Value) => string
  onChange: (value: Value) => void
}) => (
  <SegmentedControl
    aria-label={label}
    value={value}
    data={values.map((each) => ({ value: each, label: wordOf(each) }))}
    onChange={(chosen) => {
      const known = values.find((each) => each === chosen)
      if (known !== undefined) onChange(known)
    }}
  />
)

/** Rows of the size that the table will have. */
const TableSkeleton = () => (
  <div className="table-waits" data-loading="true" aria-hidden="true">
    {Array.from({ length: 12 }, (_, at) => (
      <i key={at} />
    ))}
  </div>
)

/** What stands below a report's head: its figures, or why there are none. */
export const ReportBody = ({ failed, isOutOfReach, empty, isBusy, onRetry, children }: { failed: Error | null; isOutOfReach: boolean; empty: ReactNode; isBusy: boolean; onRetry: () => void; children: ReactNode }) => {
  const { t } = useTexts()
  if (isOutOfReach)
    return (
      <div className="report-failed">
        <Empty icon="lock" title={t('reports.foreign')} text={t('reports.foreignText')} />
      </div>
    )
  if (failed)
    return (
      <div className="report-failed">
        <Failed title={t('reports.failed')} failure={failureOf(failed)} onRetry={onRetry} />
      </div>
    )
  if (empty) return <div className="report-failed">{empty}</div>
  return (
    <div className="report-body" aria-busy={isBusy}>
      {children}
    </div>
  )
}

/** The table, or why there is none. */
export const TableOr = ({ table, failed, onRetry }: { table: ReactNode; failed: Error | null; onRetry: () => void }) => {
  const { t } = useTexts()
  return table ?? (failed ? <Failed title={t('reports.tableFailed')} failure={failureOf(failed)} onRetry={onRetry} /> : <TableSkeleton />)
}

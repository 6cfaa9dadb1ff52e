/** One figure of the floor, what it is and who is behind it a click away in the day's report: large, with its target's mark and what one must know to believe it. */
import type { MetricId } from '@otklik/metrics/definitions'
import { fewCases } from '@otklik/metrics/evaluate'
import type { Sums } from '@otklik/metrics/sums'
import { judge } from '@otklik/metrics/targets'
import { memo, type ReactNode } from 'react'
import { Link } from 'react-router'
import { TargetMark } from '../parts/target-mark.tsx'
import { formatDuration, formatNumber, formatShare, formatShares } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { valueOf } from './figures.ts'

/** @param isCounted the day's report tells it, too */
export const Figure = ({ label, value, mark, below, few = false, isCounted = false }: { label: string; value: ReactNode; mark?: ReactNode; below: ReactNode; few?: boolean; isCounted?: boolean }) => {
  const { t } = useTexts()
  return (
    <div className="fig" data-few={few}>
      {isCounted ? <Link className="l cut" to="/reports/day" title={t('floor.toReport', { figure: label })}>{label}</Link> : <span className="l cut" title={label}>{label}</span>}
      <b>
        {value}
        {mark}
      </b>
      <span className="d">{below}</span>
    </div>
  )
}

/** A share over everything that is shown: service level, abandonment, satisfaction. */
export const ShareFigure = ({ metric, label, sums, below }: { metric: MetricId; label: string; sums: Sums; below: (n: number, value: number) => string }) => {
  const { t, language } = useTexts()
  const figure = valueOf(metric, sums)
  const { value, n } = figure
  const level = judge(metric, figure, null)
  return (
    <Figure
      label={label}
      isCounted
      few={n > 0 && n < fewCases}
      value={value === null ? '—' : formatShare(value, language, 1)}
      mark={level && <TargetMark level={level} />}
      below={value === null ? t(metric === 'csat' ? 'floor.noRatings' : 'floor.nobodyCame') : below(n, value)}
    />
  )
}

/** A figure in a cell: grey while there are few cases, with a mark where there is a target. */
export const Cell = memo(({ metric, sums, targetSeconds }: { metric: MetricId; sums: Sums; targetSeconds: number | null }) => {
  const { language } = useTexts()
  const figure = valueOf(metric, sums)
  const { value, n, interval } = figure
  if (value === null) return <span className="t3">—</span>
  const isFew = n < fewCases
  // A handful of cases says little: no colour for it, and how far it may be off.
  const level = judge(metric, figure, targetSeconds)
  const about = interval && isFew ? `, ${formatShares(interval, language)}` : ''
  const isTime = metric === 'asa' || metric === 'firstResponseTime' || metric === 'aht'
  return (
    <span className="v" data-few={isFew} title={`n = ${formatNumber(n, language)}${about}`}>
      {level && <TargetMark level={level} />}
      {isTime ? formatDuration(value) : formatShare(value, language)}
    </span>
  )
})
Cell.displayName = 'FigureCell'

/** A large figure: its value opens the contacts behind it; target, change and definition stand beside it. */
import { termBehind, type Part } from '@otklik/metrics/behind'
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import type { Value } from '@otklik/metrics/evaluate'
import { TargetMark } from '../parts/target-mark.tsx'
import { useTexts } from '../texts/texts.ts'
import { DefinitionPopover } from './definition-popover.tsx'
import { judge } from '@otklik/metrics/targets'
import { isFew, wordChange, wordInterval, wordTarget, wordValue } from './words.ts'

export interface FigureProps {
  readonly metric: MetricId
  readonly value: Value
  /** The same of what it is compared with; null: of nothing. */
  readonly before: Value | null
  /** What else is worth a word, such as its 90th percentile. */
  readonly aside?: string | null
  /** As of `targetSecondsOf`. */
  readonly targetSeconds?: number | null | undefined
  readonly countedTo: string | null
  readonly onOpen: (metric: MetricId, part: Part) => void
}

export const Figure = ({ metric, value, before, aside = null, targetSeconds, countedTo, onOpen }: FigureProps) => {
  const { t, language } = useTexts()
  const { unit } = definitions[metric]
  const name = t(`reports.metric.${metric}`)
  const level = judge(metric, value, targetSeconds ?? null)
  const shown = wordValue(value.value, unit, language)
  const opens = value.value !== null && value.n > 0 && termBehind(definitions[metric], 'counted') !== null
  const change = before && wordChange(value, before, unit, language, t)
  const few = isFew(value, metric)
  const below = new Set([wordTarget(metric, targetSeconds, language, t), aside, few ? wordInterval(value, language, t) : null].filter((text) => text !== null))
  const was = before === null || before.value === null ? null : wordValue(before.value, unit, language)
  return (
    <article className="figure" data-few={few}>
      <h3>
        <span className="cut" title={name}>{name}</span>
        <DefinitionPopover metric={metric} value={value} targetSeconds={targetSeconds} countedTo={countedTo} onOpen={(part) => onOpen(metric, part)} />
      </h3>
      <p className="figure-value num">
        {opens ? (
          <button type="button" aria-label={`${shown}. ${t('reports.open', { what: name })}`} onClick={() => onOpen(metric, 'counted')}>
            {shown}
          </button>
        ) : (
          <span>{shown}</span>
        )}
        {level && (
          <>
            <TargetMark level={level} />
            <span className="hidden-text">{t(`reports.level.${level}`)}</span>
          </>
        )}
      </p>
      <p className="figure-below">
        {[...below].map((text) => (
          <span key={text}>{text}</span>
        ))}
        {was !== null && <span>{change === null ? t('reports.was', { value: was }) : t('reports.change', { change, value: was })}</span>}
      </p>
    </article>
  )
}

/** Of the size that the figures will have. */
export const FigureSkeletons = ({ count }: { count: number }) => (
  <>
    {Array.from({ length: count }, (_, at) => (
      <div key={at} className="figure figure-waits" data-loading="true">
        <i />
        <i />
        <i />
      </div>
    ))}
  </>
)

/** What a number is: name, formula, version, thresholds, cases, interval, source; and the contacts of each of its parts. */
import { Popover } from '@mantine/core'
import { partsOf, type Part } from '@otklik/metrics/behind'
import { definitions, type Definition, type MetricId } from '@otklik/metrics/definitions'
import { isOfTime, type Value } from '@otklik/metrics/evaluate'
import { Icon } from '../parts/icons.tsx'
import { wordDuration } from '../parts/customer-name.ts'
import { formatNumber, formatShare } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { wordPart, wordTarget } from './words.ts'

interface DefinitionPopoverProps {
  readonly metric: MetricId
  readonly value: Value
  /** As of `targetSecondsOf`. */
  readonly targetSeconds: number | null | undefined
  /** Up to when everything is counted, worded. */
  readonly countedTo: string | null
  /** Opens the contacts of a part. */
  readonly onOpen: ((part: Part) => void) | null
}

const Facts = ({ metric, value, targetSeconds, countedTo }: Omit<DefinitionPopoverProps, 'onOpen'>) => {
  const { t, language } = useTexts()
  const definition: Definition = definitions[metric]
  const threshold = definition.thresholds?.['shortAbandonSeconds']
  const thresholds = [
    threshold !== undefined && t('reports.definition.shortAbandonSeconds', { value: threshold }),
    metric === 'serviceLevel' && t('reports.definition.targetOfQueue'),
    wordTarget(metric, targetSeconds, language, t),
  ].filter((text) => text !== false && text !== null)
  const percent = (share: number) => formatShare(share, language, 1)
  return (
    <dl>
      <dt>{t('reports.definition.formula')}</dt>
      <dd>
        {t(`reports.formula.${metric}`)} {definition.kind === 'percentile' && t('reports.definition.bucket')}
      </dd>
      {thresholds.length > 0 && (
        <>
          <dt>{t('reports.definition.thresholds')}</dt>
          <dd>{thresholds.join('; ')}</dd>
        </>
      )}
      <dt>{t('reports.definition.cases')}</dt>
      <dd className="num">{isOfTime(definition) ? wordDuration(value.n / 1000, t) : `n = ${formatNumber(value.n, language)}`}</dd>
      {value.interval && (
        <>
          <dt>{t('reports.definition.interval')}</dt>
          <dd className="num">
            {percent(value.interval.low)} – {percent(value.interval.high)}
          </dd>
        </>
      )}
      <dt>{t('reports.definition.sources')}</dt>
      <dd>{definition.sources.map((source) => t(`reports.source.${source}`)).join(', ')}</dd>
      {countedTo !== null && (
        <>
          <dt>{t('reports.definition.countedTo')}</dt>
          <dd className="num">{t('reports.definition.counted', { time: countedTo })}</dd>
        </>
      )}
    </dl>
  )
}

/** Opens by a click, a tap, and by Enter or the space bar. */
export const DefinitionPopover = ({ onOpen, ...facts }: DefinitionPopoverProps) => {
  const { t } = useTexts()
  const { metric } = facts
  const name = t(`reports.metric.${metric}`)
  const definition: Definition = definitions[metric]
  const parts = partsOf(definition)
  return (
    <Popover width={320} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className="define" aria-label={t('reports.define', { metric: name })}>
          <Icon name="info" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('reports.define', { metric: name })}>
        <div className="definition" tabIndex={-1} data-autofocus>
          <h3>
            {name} <small>{t('reports.definition.version', { version: definition.version })}</small>
          </h3>
          <Facts {...facts} />
          {parts.length === 0 ? (
            <p className="t3">{t('reports.definition.noContacts')}</p>
          ) : (
            onOpen && (
              <p className="definition-parts">
                <span>{t('reports.definition.open')}</span>
                {parts.map((part) => (
                  <button key={part} type="button" className="link" onClick={() => onOpen(part)}>
                    {wordPart(metric, part, t)}
                  </button>
                ))}
              </p>
            )
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The day over all queues that one sees, in five figures. */
import type { MetricId } from '@otklik/metrics/definitions'
import { judge, targets } from '@otklik/metrics/targets'
import { fewCases } from '@otklik/metrics/evaluate'
import type { Language } from '@otklik/contract/fields'
import { useMemo } from 'react'
import { TargetMark } from '../parts/target-mark.tsx'
import { Elapsed } from '../parts/timer.tsx'
import { formatClock, formatDuration, formatNumber, formatShare, formatShares } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Figure, ShareFigure } from './figure.tsx'
import { totalOf, valueOf } from './figures.ts'
import { useFloor } from './use-floor.tsx'

/** The target of a share in words. */
export const targetShare = (id: MetricId, language: Language): string => {
  const target = targets[id]
  return target && 'value' in target ? formatShare(target.value, language) : ''
}

export const useTotal = () => {
  const queues = useFloor((state) => state.queues)
  return useMemo(() => totalOf(queues.values()), [queues])
}

export const Totals = () => {
  const { t, language } = useTexts()
  const { waiting, oldestAt, inHand, today, targetSeconds } = useTotal()
  const asa = valueOf('asa', today)
  const level = judge('asa', asa, targetSeconds)
  const csat = valueOf('csat', today)
  const share = (id: MetricId) => targetShare(id, language)
  return (
    <div className="figs">
      <Figure
        label={t('floor.waitingNow')}
        value={formatNumber(waiting, language)}
        below={oldestAt === null ? `${t('floor.nobodyWaits')} · ${t('floor.inHand', { count: inHand })}` : <>{t('floor.longest')} <Elapsed since={oldestAt} /> · {t('floor.inHand', { count: inHand })}</>}
      />
      <ShareFigure
        metric="serviceLevel"
        label={t('floor.serviceLevel')}
        sums={today}
        below={() => (targetSeconds === null ? t('floor.target', { target: share('serviceLevel') }) : t('floor.targetIn', { target: share('serviceLevel'), time: formatClock(targetSeconds) }))}
      />
      <Figure
        label={t('floor.asa')}
        isCounted
        few={asa.n > 0 && asa.n < fewCases}
        value={asa.value === null ? '—' : formatDuration(asa.value)}
        mark={level && <TargetMark level={level} />}
        below={asa.value === null ? t('floor.noAnswers') : targetSeconds === null ? t('floor.ownTargets') : t('floor.target', { target: formatClock(targetSeconds) })}
      />
      <ShareFigure
        metric="abandonment"
        label={t('floor.abandonment')}
        sums={today}
        below={(n, value) => t('floor.ofOffered', { over: formatNumber(Math.round(value * n), language), under: formatNumber(n, language) })}
      />
      <ShareFigure
        metric="csat"
        label={t('floor.csat')}
        sums={today}
        below={(n) => [csat.interval && formatShares(csat.interval, language), t('floor.ratings', { count: n }), t('floor.target', { target: share('csat') })].filter(Boolean).join(' · ')}
      />
    </div>
  )
}

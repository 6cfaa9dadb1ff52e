/** Why an agent was asked, in words. Pure. */
import type { Language } from '@otklik/contract/fields'
import type { StoryEntry } from '@otklik/contract/work'
import { wordDuration } from '../parts/customer-name.ts'
import { formatNumber } from '../texts/format.ts'
import type { Translate } from '../texts/texts.ts'

type Offered = Extract<StoryEntry, { kind: 'offered' }>

/** The first line says why, the next ones what was not as usual, the last one the figures. */
export const tellOffer = (entry: Offered, t: Translate, language: Language): readonly string[] => {
  const { decided } = entry
  const percent = (ratio: number) => formatNumber(ratio * 100, language)
  return [
    ...(decided?.reservation ? [t(`story.reservationEnds.${decided.reservation.end}`, { name: decided.reservation.agent })] : []),
    // Where the agent came free, the contact's urgency decided, whatever the queue's policy.
    entry.rule === 'arrival' && decided ? t(`story.byPolicy.${decided.policy}`) : t(`story.why.${entry.rule}`),
    ...(decided?.helpersOf ? [t(decided.byOverflow ? 'story.byOverflow' : 'story.byStep', { queue: decided.helpersOf })] : []),
    ...(decided?.relaxed ? [t('story.relaxed', { what: tellRelaxed(decided.relaxed, t) })] : []),
    [
      t('story.waited', { time: wordDuration(entry.waitedSeconds, t) }),
      t('story.urgency', { value: formatNumber(entry.urgency, language, 2) }),
      ...(entry.ring > 0 && !decided?.relaxed ? [t('story.ring', { count: entry.ring })] : []),
      ...(entry.fit === null ? [] : [entry.fit === 0 ? t('story.exactFit') : t('story.overFit', { count: entry.fit })]),
      t('story.load', { count: entry.load }),
      ...(decided?.policy === 'evenOccupancy' ? [t('story.occupancy', { percent: percent(decided.occupancyRatio) })] : []),
      entry.candidates === 0 ? t('story.noCandidates') : t('story.candidates', { count: entry.candidates }),
      ...(entry.runnerUp === null ? [] : [[t('story.runnerUp', { name: entry.runnerUp }), ...tellDifference(entry, t, percent)].join(', ')]),
    ].join(' · '),
  ]
}

const tellRelaxed = ({ levels, skills, queues, anyLanguage }: NonNullable<NonNullable<Offered['decided']>['relaxed']>, t: Translate): string =>
  [
    ...(levels > 0 ? [t('story.lowered', { count: levels })] : []),
    ...skills.map((name) => t('story.dropped', { name })),
    ...queues.map((name) => t('story.addedQueue', { name })),
    ...(anyLanguage ? [t('story.anyLanguage')] : []),
  ].join(', ')

/** By what the next one was worse: the first measure of the policy's order in which the two differ. Nothing where the contact did not choose. */
const tellDifference = ({ rule, fit, load, decided }: Offered, t: Translate, percent: (ratio: number) => string): string[] => {
  const other = decided?.runnerUp
  if (rule !== 'arrival' || !decided || !other) return []
  if (decided.policy !== 'evenOccupancy' && other.fit !== fit) return [t('story.other.fit', { count: other.fit })]
  if (other.load !== load) return [t('story.other.load', { count: other.load })]
  const [own, others] = [percent(decided.occupancyRatio), percent(other.occupancyRatio)]
  if (decided.policy === 'evenOccupancy' && own !== others) return [t('story.other.occupancy', { percent: others })]
  return [t('story.other.ticket')]
}

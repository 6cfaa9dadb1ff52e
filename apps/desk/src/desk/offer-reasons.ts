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
    tellWhy(entry, t),
    ...(decided?.helpersOf ? [t(decided.byOverflow ? 'story.byOverflow' : 'story.byStep', { queue: decided.helpersOf })] : []),
    ...(decided?.relaxed ? [t('story.relaxed', { what: tellRelaxed(decided.relaxed, t) })] : []),
    [
      t('story.waited', { time: wordDuration(entry.waitedSeconds, t) }),
      // A contact that came from elsewhere: its customer has waited longer than it stands here.
      ...(entry.customerWaitedSeconds - entry.waitedSeconds >= 1 ? [t('story.customerWaited', { time: wordDuration(entry.customerWaitedSeconds, t) })] : []),
      // Among agents it decides nothing.
      ...(entry.rule === 'arrival' ? [] : [t('story.urgency', { value: formatNumber(entry.urgency, language, 2) })]),
      ...(entry.ring > 0 && !decided?.relaxed ? [t('story.ring', { count: entry.ring })] : []),
      ...(entry.fit === null ? [] : [entry.fit === 0 ? t('story.exactFit') : t('story.overFit', { count: entry.fit })]),
      t('story.load', { count: entry.load }),
      ...(decided?.policy === 'evenOccupancy' ? [t('story.occupancy', { percent: percent(decided.occupancyRatio) })] : []),
      entry.candidates === 0 ? t('story.noCandidates') : t('story.candidates', { count: entry.candidates }),
      ...(entry.runnerUp === null ? [] : [[t('story.runnerUp', { name: entry.runnerUp }), ...tellDifference(entry, t)].join(', ')]),
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

/** What decided between the agent and the next one: the first measure of the policy's order in which the two differ. Null where the contact did not choose. */
const decidedBy = ({ rule, fit, load, decided }: Offered): 'fit' | 'load' | 'occupancy' | 'ticket' | null => {
  const other = decided?.runnerUp
  if (rule !== 'arrival' || !decided || !other) return null
  if (decided.policy !== 'evenOccupancy' && other.fit !== fit) return 'fit'
  if (other.load !== load) return 'load'
  return decided.policy === 'evenOccupancy' && Math.round(decided.occupancyRatio * 100) !== Math.round(other.occupancyRatio * 100) ? 'occupancy' : 'ticket'
}

/** What tipped the scales, and not what would have if it could. Where the agent came free, the contact's urgency did, whatever the queue's policy. */
const tellWhy = (entry: Offered, t: Translate): string => {
  if (entry.rule !== 'arrival') return t(`story.why.${entry.rule}`)
  if (entry.candidates === 0) return t('story.why.only')
  const by = decidedBy(entry)
  if (by === 'load' || by === 'ticket') return t(`story.why.${by}`)
  return entry.decided ? t(`story.byPolicy.${entry.decided.policy}`) : t('story.why.arrival')
}

/** By what the next one was worse. */
const tellDifference = (entry: Offered, t: Translate): string[] => {
  const [by, other] = [decidedBy(entry), entry.decided?.runnerUp]
  if (by === null || !other) return []
  if (by === 'occupancy') return [t('story.other.occupancy', { percent: Math.round(other.occupancyRatio * 100) })]
  return [by === 'ticket' ? t('story.other.ticket') : t(`story.other.${by}`, { count: by === 'fit' ? other.fit : other.load })]
}

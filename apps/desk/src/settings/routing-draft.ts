/** The draft of a queue's routing: what it holds, how it is sent, what is wrong with it. */
import type { Language } from '@otklik/contract/fields'
import type { QueueRoutingView, QueueRoutingWrite } from '@otklik/contract/queue-routing'
import type { FieldErrors } from '../field-errors.ts'
import type { Translate } from '../texts/texts.ts'
import { rangeRemark } from './checks.ts'
import { cleanHours, faultOf, type Hours } from './hours.ts'
import { sortSteps } from './steps.ts'

export type RoutingDraft = Omit<QueueRoutingWrite, 'version'>
export const routingParts = ['main', 'routing', 'hours', 'rating'] as const
export type RoutingPart = (typeof routingParts)[number]

export const routingKey = (queueId: string): string => `routing/${queueId}`

export const routingDraftOf = (view: QueueRoutingView): RoutingDraft => {
  const { policy, preferredSeconds, rings, hours, closedText, takesMessages, noticeText, picking, overflow, ratingStyle, ratingComment, ratingDays } = view
  return { policy, preferredSeconds, rings, hours, closedText, takesMessages, noticeText, picking, overflow, ratingStyle, ratingComment, ratingDays }
}

export const cleanRouting = (draft: RoutingDraft): RoutingDraft => ({
  ...draft,
  rings: sortSteps(draft.rings),
  hours: draft.hours && cleanHours(draft.hours),
})

/** On which part of the form a field stands. */
export const partOfField = (path: string): RoutingPart => (/^(policy|preferredSeconds|rings|picking|overflow)\b/.test(path) ? 'routing' : path.startsWith('rating') ? 'rating' : 'hours')

/** Ids that may be chosen in a step; undefined while that is not known. */
export interface InUse {
  readonly skills: ReadonlySet<string> | undefined
  readonly queues: ReadonlySet<string> | undefined
}

export const stepAges = { min: 1, max: 86_400 } as const

const stepRemarks = ({ rings }: RoutingDraft, inUse: InUse, t: Translate, language: Language): FieldErrors =>
  Object.fromEntries(rings.flatMap((step, index): [string, string][] => {
    const age = rangeRemark(step.afterSeconds, stepAges.min, stepAges.max, t, language)
    const id = step.kind === 'dropSkill' ? step.skillId : step.kind === 'addQueue' ? step.queueId : null
    const choices = step.kind === 'dropSkill' ? inUse.skills : inUse.queues
    const known = id === null || (id !== '' && (choices === undefined || choices.has(id)))
    return [
      ...(age === undefined ? [] : [[`rings.${index}.afterSeconds`, age] as [string, string]]),
      ...(known ? [] : [[`rings.${index}.what`, t(id === '' ? 'settings.choose' : 'settings.steps.goneChoice')] as [string, string]]),
    ]
  }))

const overflowRemarks = ({ overflow }: RoutingDraft, inUse: InUse, t: Translate, language: Language): FieldErrors => {
  if (!overflow) return {}
  const seconds = rangeRemark(overflow.overSeconds, stepAges.min, stepAges.max, t, language)
  const isKnown = inUse.queues === undefined || inUse.queues.has(overflow.queueId)
  return { ...(seconds === undefined ? {} : { 'overflow.overSeconds': seconds }), ...(isKnown ? {} : { 'overflow.queueId': t('settings.steps.goneChoice') }) }
}

const dayRemarks = (path: string, intervals: Hours['week'][number], t: Translate): [string, string][] =>
  intervals.flatMap((_, index): [string, string][] => {
    const fault = faultOf(intervals, index)
    return fault ? [[`${path}.${index}`, t(`settings.hours.faults.${fault}`)]] : []
  })

const hoursRemarks = ({ hours }: RoutingDraft, t: Translate): FieldErrors => {
  if (!hours) return {}
  const dates = hours.holidays.map(({ date }) => date)
  return Object.fromEntries([
    ...hours.week.flatMap((day, index) => dayRemarks(`hours.week.${index}`, day, t)),
    ...hours.holidays.flatMap(({ date, intervals }, index): [string, string][] => [
      ...(date === '' ? [[`hours.holidays.${index}.date`, t('settings.hours.faults.date')] as [string, string]] : []),
      ...(date !== '' && dates.indexOf(date) !== index
        ? [[`hours.holidays.${index}.date`, t('settings.hours.faults.twice')] as [string, string]]
        : []),
      ...dayRemarks(`hours.holidays.${index}.intervals`, intervals, t),
    ]),
  ])
}

/** By the places where things stand in the form, which is not yet in order. */
export const routingRemarks = (draft: RoutingDraft, inUse: InUse, t: Translate, language: Language): FieldErrors => ({
  ...stepRemarks(draft, inUse, t, language),
  ...overflowRemarks(draft, inUse, t, language),
  ...hoursRemarks(draft, t),
})

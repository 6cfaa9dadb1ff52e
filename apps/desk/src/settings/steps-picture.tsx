/** How the circle of those who are asked widens with the age of a contact: one bar a stage, with the people behind it. */
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { QueueView } from '@otklik/contract/settings'
import type { QueueId } from '@otklik/model/ids'
import { useTexts, type Translate } from '../texts/texts.ts'
import { useItems } from './kept.ts'
import { reaches, stagesOf, type Levels, type Stage } from './steps.ts'

/** `30 с`, `1 мин 30 с`, `2 ч`. */
export const spanText = (seconds: number, t: Translate): string => {
  const parts = [
    { key: 'duration.hours', value: Math.floor(seconds / 3600) },
    { key: 'duration.minutes', value: Math.floor(seconds / 60) % 60 },
    { key: 'duration.seconds', value: seconds % 60 },
  ] as const
  return parts.filter(({ value }) => value > 0).map(({ key, value }) => t(key, { value })).join(' ')
}

export const StepsPicture = ({ queue, steps }: { queue: QueueView; steps: readonly RelaxationStep[] }) => {
  const { t } = useTexts()
  const skills = useItems('skills').data
  const queues = useItems('queues').data
  const agents = useItems('agents').data
  const people = (agents ?? []).filter(({ archivedAt, role, maxChats }) => archivedAt === null && role !== 'administrator' && maxChats > 0)
  const skillName = (id: string) => skills?.find((skill) => skill.id === id)?.name ?? ''
  const queueName = (id: string) => queues?.find((other) => other.id === id)?.name ?? ''
  const skillsOf = (id: QueueId): Levels | undefined => queues?.find((other) => other.id === id && other.archivedAt === null)?.skills
  const asked = (stage: Stage) => [
    stage.skills.length === 0
      ? t('settings.steps.anybody')
      : stage.skills.map(({ skillId, level }) => t('settings.steps.atLeast', { skill: skillName(skillId), level })).join(', '),
    // Who asks anybody needs nobody of another queue.
    ...stage.others.filter((id) => id !== ('' as QueueId) && stage.skills.length > 0).map((id) => t('settings.steps.orQueue', { queue: queueName(id) })),
    ...(stage.anyLanguage ? [t('settings.steps.inAnyLanguage')] : []),
  ].join(', ')
  const whole = steps.filter(({ afterSeconds }) => Number.isInteger(afterSeconds) && afterSeconds > 0)
  return (
    <ol className="stages" aria-label={t('settings.steps.picture')}>
      {stagesOf(queue.skills, whole).map((stage, index, all) => {
        const count = people.filter((agent) => reaches(stage, agent.skills, skillsOf)).length
        const before = all[index - 1]
        const idle = before !== undefined && asked(before) === asked(stage)
        return (
          <li key={`${stage.afterSeconds}-${index}`}>
            <span className="stage-age">
              {index === 0 ? t('settings.steps.atOnce') : t('settings.steps.in', { span: spanText(stage.afterSeconds, t) })}
            </span>
            <span className="stage-asked">
              {asked(stage)}
              {idle && <span className="t3"> · {t('settings.steps.idle')}</span>}
            </span>
            <span className="stage-bar" aria-hidden="true">
              <i style={{ width: `${people.length === 0 ? 0 : (count / people.length) * 100}%` }} />
            </span>
            <span className="stage-count" data-none={agents !== undefined && count === 0}>{agents && t('settings.steps.people', { count })}</span>
          </li>
        )
      })}
    </ol>
  )
}

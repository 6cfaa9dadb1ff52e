/** What a queue asks as a contact grows older: each step asks less than the one before. Pure. */
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { QueueId, SkillId } from '@otklik/model/ids'

export type Levels = readonly { readonly skillId: SkillId; readonly level: number }[]

/** Who is asked from one age on. */
export interface Stage {
  readonly afterSeconds: number
  readonly skills: Levels
  /** Whoever would do for one of these will do here. */
  readonly others: readonly QueueId[]
  readonly anyLanguage: boolean
}

const ageOf = ({ afterSeconds }: RelaxationStep) => (Number.isFinite(afterSeconds) ? afterSeconds : Number.MAX_SAFE_INTEGER)

/** By age; a step without one comes last. Steps of one age keep their order. */
export const sortSteps = (steps: readonly RelaxationStep[]): RelaxationStep[] => steps.toSorted((a, b) => ageOf(a) - ageOf(b))

const relax = (before: Stage, step: RelaxationStep): Stage => {
  const { afterSeconds } = step
  switch (step.kind) {
    case 'lowerLevels':
      return { ...before, afterSeconds, skills: before.skills.map(({ skillId, level }) => ({ skillId, level: Math.max(1, level - 1) })) }
    case 'dropSkill':
      return { ...before, afterSeconds, skills: before.skills.filter(({ skillId }) => skillId !== step.skillId) }
    case 'addQueue':
      return { ...before, afterSeconds, others: [...before.others.filter((id) => id !== step.queueId), step.queueId] }
    case 'anyLanguage':
      return { ...before, afterSeconds, anyLanguage: true }
  }
}

/**
 * The first stage is at once; then one for each step, in order of age.
 * @param skills what the queue asks of everybody
 */
export const stagesOf = (skills: Levels, steps: readonly RelaxationStep[]): Stage[] =>
  sortSteps(steps).reduce<Stage[]>(
    (stages, step) => [...stages, relax(stages.at(-1) as Stage, step)],
    [{ afterSeconds: 0, skills, others: [], anyLanguage: false }],
  )

const hasAll = (has: Levels, asked: Levels) =>
  asked.every(({ skillId, level }) => has.some((own) => own.skillId === skillId && own.level >= level))

/**
 * Whether somebody with these skills is asked at this stage. Languages are the contact's and do not count here.
 * @param skillsOf what another queue asks; undefined for one that is not in use
 */
export const reaches = (stage: Stage, has: Levels, skillsOf: (id: QueueId) => Levels | undefined): boolean =>
  [stage.skills, ...stage.others.map(skillsOf)].some((asked) => asked !== undefined && hasAll(has, asked))

/** A further step: half a minute after the last, and such that it changes something. */
export const nextStep = (skills: Levels, steps: readonly RelaxationStep[]): RelaxationStep => {
  const last = stagesOf(skills, steps).at(-1) as Stage
  const afterSeconds = Math.min(86_400, (last.afterSeconds || 0) + 30)
  const [first] = last.skills
  if (last.skills.some(({ level }) => level > 1)) return { afterSeconds, kind: 'lowerLevels' }
  return first ? { afterSeconds, kind: 'dropSkill', skillId: first.skillId } : { afterSeconds, kind: 'anyLanguage' }
}

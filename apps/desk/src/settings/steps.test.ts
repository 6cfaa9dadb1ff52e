import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { QueueId, SkillId } from '@otklik/model/ids'
import { expect, it } from 'vitest'
import { nextStep, reaches, sortSteps, stagesOf } from './steps.ts'

const plans = 'plans' as SkillId
const roaming = 'roaming' as SkillId
const other = 'other' as QueueId
const asked = [{ skillId: plans, level: 3 }, { skillId: roaming, level: 1 }]
const steps: RelaxationStep[] = [
  { afterSeconds: 90, kind: 'addQueue', queueId: other },
  { afterSeconds: 30, kind: 'lowerLevels' },
  { afterSeconds: 60, kind: 'dropSkill', skillId: roaming },
]

it('goes through the steps by age, each asking less', () => {
  expect(stagesOf(asked, steps).map(({ afterSeconds, skills, others }) => [afterSeconds, skills.map(({ level }) => level), others])).toEqual([
    [0, [3, 1], []],
    [30, [2, 1], []],
    [60, [2], []],
    [90, [2], [other]],
  ])
})

it('counts who is asked at each stage, people of another queue too', () => {
  const stages = stagesOf(asked, steps)
  const reached = (has: typeof asked, skillsOf: Parameters<typeof reaches>[2]) => stages.map((stage) => reaches(stage, has, skillsOf))
  expect(reached([{ skillId: plans, level: 2 }], () => undefined)).toEqual([false, false, true, true])
  expect(reached([], () => [])).toEqual([false, false, false, true])
  expect(reached([], () => undefined)).toEqual([false, false, false, false])
})

it('puts a step whose age is being typed last, and offers one that changes something', () => {
  const typing: RelaxationStep = { afterSeconds: Number.NaN, kind: 'anyLanguage' }
  expect(sortSteps([typing, ...steps]).at(-1)).toBe(typing)
  expect(nextStep(asked, [])).toEqual({ afterSeconds: 30, kind: 'lowerLevels' })
  expect(nextStep([{ skillId: plans, level: 1 }], [])).toEqual({ afterSeconds: 30, kind: 'dropSkill', skillId: plans })
  expect(nextStep([], steps)).toEqual({ afterSeconds: 120, kind: 'anyLanguage' })
})

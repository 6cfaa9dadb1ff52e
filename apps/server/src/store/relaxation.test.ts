import type { QueueId, SkillId } from '@otklik/model/ids'
import { expect, it } from 'vitest'
import { ringsOf } from './relaxation.ts'

const [plans, english] = ['plans', 'english'] as SkillId[] as [SkillId, SkillId]
const [second, gone] = ['second', 'gone'] as QueueId[] as [QueueId, QueueId]
const hard = [{ skillId: 'hard' as SkillId, level: 2 }]
const skillsOf = (queueId: QueueId) => (queueId === second ? hard : undefined)

it('adds the steps up', () => {
  expect(
    ringsOf(
      { skills: [{ skillId: plans, level: 3 }, { skillId: english, level: 1 }], orSkills: [] },
      [
        { afterSeconds: 20, kind: 'lowerLevels' },
        { afterSeconds: 40, kind: 'dropSkill', skillId: english },
        { afterSeconds: 60, kind: 'addQueue', queueId: second },
        { afterSeconds: 60, kind: 'addQueue', queueId: gone },
        { afterSeconds: 90, kind: 'anyLanguage' },
      ],
      skillsOf,
    ),
  ).toEqual([
    { afterSeconds: 20, skills: [{ skillId: plans, level: 2 }, { skillId: english, level: 1 }], orSkills: [], anyLanguage: false },
    { afterSeconds: 40, skills: [{ skillId: plans, level: 2 }], orSkills: [], anyLanguage: false },
    { afterSeconds: 60, skills: [{ skillId: plans, level: 2 }], orSkills: [hard], anyLanguage: false },
    { afterSeconds: 60, skills: [{ skillId: plans, level: 2 }], orSkills: [hard], anyLanguage: false },
    { afterSeconds: 90, skills: [{ skillId: plans, level: 2 }], orSkills: [hard], anyLanguage: true },
  ])
})

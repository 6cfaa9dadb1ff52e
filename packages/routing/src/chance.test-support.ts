/** What a run of the small centre draws: queues and agents that follow from three numbers. */
import { agentPolicies, type AgentProfile, type QueueDefinition } from './input.ts'
import type { AgentId, QueueId, SkillId } from '@otklik/model/ids'

export const languages = ['ru', 'en']
const skills = ['s0', 's1', 's2'] as SkillId[]
export const queueIds = ['q0', 'q1', 'q2', 'q3'] as QueueId[]
export const agentIds = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'] as AgentId[]

/** The value that a number chooses, undefined when there is none. */
export const at = <Value>(values: readonly Value[], number: number): Value | undefined =>
  values[number % Math.max(1, values.length)]

/** A queue by chance; half of the changes of its present definition, `before`, touch weight and opening only. */
export const someQueue = (a: number, b: number, c: number, before?: QueueDefinition): QueueDefinition => {
  const definition: QueueDefinition = {
    queueId: at(queueIds, a)!,
    skills: [
      { skillId: at(skills, b)!, level: 1 + (c % 3) },
      ...(b % 3 === 0 ? [{ skillId: at(skills, b + 1)!, level: 1 }] : []),
    ],
    priority: (1 + (b % 5)) as 1 | 2 | 3 | 4 | 5,
    targetSeconds: [20, 60, 3600][c % 3]!,
    offerSeconds: 15,
    policy: at(agentPolicies, b + (c >> 2))!,
    open: (b + c) % 6 !== 5,
    ...(c % 7 === 6 ? { orSkills: [[{ skillId: at(skills, b + 3)!, level: 1 + (b % 2) }]] } : {}),
    rings:
      b % 4 === 3
        ? []
        : [
            { afterSeconds: 10 + (c % 20), skills: [{ skillId: at(skills, b)!, level: 1 }] },
            { afterSeconds: 25 + (c % 30), orSkills: [[{ skillId: at(skills, b + 2)!, level: 1 + (c % 2) }]] },
            { afterSeconds: 45, anyLanguage: true },
          ],
  }
  return before && a % 2 === 0 ? { ...before, priority: definition.priority, open: definition.open } : definition
}

export const someAgent = (a: number, b: number, c: number): AgentProfile => {
  return {
    agentId: at(agentIds, a)!,
    skills: skills.flatMap((skillId, i) => ((b >> i) % 4 === 0 ? [] : [{ skillId, level: 1 + ((b + c + i) % 4) }])),
    languages: c % 3 === 0 ? ['ru', 'en'] : [at(languages, c)!],
    caps: { voice: b % 5 === 4 ? 0 : 1, chat: c % 4, mail: 1 + (b % 2), total: 2 + (c % 3) },
  }
}

/** A queue's relaxation steps, as the engine takes them. Pure. */
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { Ring, SkillLevel } from '@otklik/routing/input'
import type { QueueId } from '@otklik/model/ids'

/** @param skillsOf what a queue asks; undefined for one that is not in use any more, whose step then changes nothing */
export const ringsOf = (
  skills: readonly SkillLevel[],
  steps: readonly RelaxationStep[],
  skillsOf: (queueId: QueueId) => readonly SkillLevel[] | undefined,
): Ring[] => {
  let asked = { skills, orSkills: [] as readonly (readonly SkillLevel[])[], anyLanguage: false }
  return steps.map((step) => {
    switch (step.kind) {
      case 'lowerLevels':
        asked = { ...asked, skills: asked.skills.map(({ skillId, level }) => ({ skillId, level: Math.max(1, level - 1) })) }
        break
      case 'dropSkill':
        asked = { ...asked, skills: asked.skills.filter(({ skillId }) => skillId !== step.skillId) }
        break
      case 'addQueue': {
        const others = skillsOf(step.queueId)
        if (others) asked = { ...asked, orSkills: [...asked.orSkills, others] }
        break
      }
      case 'anyLanguage':
        asked = { ...asked, anyLanguage: true }
        break
    }
    return { afterSeconds: step.afterSeconds, ...asked }
  })
}

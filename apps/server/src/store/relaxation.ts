/** A queue's relaxation steps, as the engine takes them. Pure. */
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { Ring, SkillLevel } from '@otklik/routing/input'
import type { QueueId } from '@otklik/model/ids'

/**
 * @param from what the queue asks from the beginning
 * @param skillsOf what a queue asks; undefined for one that is not in use any more, whose step then changes nothing
 */
export const ringsOf = (
  from: { readonly skills: readonly SkillLevel[]; readonly orSkills: readonly (readonly SkillLevel[])[] },
  steps: readonly RelaxationStep[],
  skillsOf: (queueId: QueueId) => readonly SkillLevel[] | undefined,
): Ring[] => {
  let asked = { ...from, anyLanguage: false }
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

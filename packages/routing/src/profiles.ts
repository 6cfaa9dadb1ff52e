/** The registries of what agents can do and of what contacts ask; each thing in them is made once and shared. */
import { EligibilitySet, Ladder, Profile, type Requirement } from './eligibility.ts'
import type { AgentProfile } from './input.ts'
import type { Interner } from './interner.ts'

/** All sets and ladders, each made once and shared by every queue that asks the same. */
export class Eligibility {
  readonly sets: EligibilitySet[] = []
  readonly ladders: Ladder[] = []
  private readonly setByKey = new Map<string, EligibilitySet>()
  private readonly ladderByKey = new Map<string, Ladder>()

  /** O(profiles) when the set is new. */
  setFor(requirement: Requirement, profiles: readonly Profile[]): EligibilitySet {
    const { channel, language, skills, levels } = requirement
    const asked = skills.map((skill, i) => [skill, levels[i]!] as const).sort(([a], [b]) => a - b)
    const key = `${channel}/${language}/${asked.map((pair) => pair.join(':')).join(',')}`
    const known = this.setByKey.get(key)
    if (known) return known
    const set = new EligibilitySet(this.sets.length, requirement)
    this.sets.push(set)
    this.setByKey.set(key, set)
    for (const profile of profiles) joinSet(profile, set)
    return set
  }

  /** O(profiles of its sets) when the ladder is new. */
  ladderFor(channel: number, steps: readonly EligibilitySet[]): Ladder {
    const key = steps.map((set) => set.id).join('>')
    const known = this.ladderByKey.get(key)
    if (known) return known
    const ladder = new Ladder(this.ladders.length, channel, steps)
    this.ladders.push(ladder)
    this.ladderByKey.set(key, ladder)
    ladder.settle()
    steps.forEach((set, step) => {
      if (!set.ladders.includes(ladder)) set.ladders.push(ladder)
      for (const tier of set.tiers) for (const profile of tier.profiles) profile.addStep(channel, ladder.id, step)
    })
    return ladder
  }

  /** Makes a new profile known to every set and ladder. */
  admit(profile: Profile): void {
    for (const set of this.sets) joinSet(profile, set)
    for (const ladder of this.ladders) {
      const mask = ladder.maskOf(profile)
      if (mask === 0) continue
      profile.ladderIds[ladder.channel]!.push(ladder.id)
      profile.ladderMasks[ladder.channel]!.push(mask)
    }
  }
}

const joinSet = (profile: Profile, set: EligibilitySet): void => {
  const fit = set.fitOf(profile)
  if (fit < 0) return
  const tier = set.tierOf(fit)
  const bit = tier.add(profile)
  const { channel } = set.requirement
  profile.sets[channel]!.push(set)
  profile.tiers[channel]!.push(tier)
  profile.bits[channel]!.push(bit)
  set.online += profile.online
  set.free += profile.free[channel]!.length
  if (profile.free[channel]!.length > 0) tier.setBit(bit)
}

export class Profiles {
  readonly all: Profile[] = []
  private readonly byKey = new Map<string, Profile>()

  constructor(
    private readonly skills: Interner,
    private readonly languages: Interner,
    private readonly eligibility: Eligibility,
  ) {}

  /** The profile of an agent; a new one is admitted to every set, O(sets + ladders). */
  profileFor(agent: AgentProfile): Profile {
    const held = agent.skills.map(({ skillId, level }) => [this.skills.intern(skillId), level] as const).sort(([a], [b]) => a - b)
    const languages = agent.languages.map((language) => this.languages.intern(language)).sort((a, b) => a - b)
    const { voice, chat, mail, total } = agent.caps
    const channels = (voice > 0 ? 1 : 0) | (chat > 0 && total > 0 ? 2 : 0) | (mail > 0 && total > 0 ? 4 : 0)
    const key = `${channels}/${languages.join(',')}/${held.map((pair) => pair.join(':')).join(',')}`
    const known = this.byKey.get(key)
    if (known) return known
    const levels = new Uint8Array(held.length === 0 ? 0 : held.at(-1)![0] + 1)
    for (const [skill, level] of held) levels[skill] = level
    const profile = new Profile(this.all.length, levels, languages, channels)
    this.all.push(profile)
    this.byKey.set(key, profile)
    this.eligibility.admit(profile)
    return profile
  }
}

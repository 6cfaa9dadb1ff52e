/** The registries of what agents can do and of what contacts ask; each thing in them is made once and shared. */
import { EligibilitySet, Freedom, Ladder, Profile, type Requirement, Tier } from './eligibility.ts'
import type { AgentProfile } from './input.ts'
import type { Interner } from './interner.ts'

/** All sets and ladders, each made once and shared by every queue that asks the same. */
export class Eligibility {
  readonly sets: EligibilitySet[] = []
  readonly ladders: Ladder[] = []
  readonly tiers: Tier[] = []
  readonly freedom = new Freedom()
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
    this.freedom.addSet(set.id)
    for (const profile of profiles) this.join(profile, set)
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
    for (const set of this.sets) this.join(profile, set)
    for (const ladder of this.ladders) {
      const mask = ladder.maskOf(profile)
      if (mask !== 0) profile.ladders[ladder.channel]!.push(ladder.id, mask)
    }
  }

  private join(profile: Profile, set: EligibilitySet): void {
    const fit = set.fitOf(profile)
    if (fit < 0) return
    const tier = this.tierOf(set, fit)
    const bit = tier.profiles.length
    tier.profiles.push(profile)
    this.freedom.ensureBit(tier.id, bit)
    const { channel } = set.requirement
    set.online += profile.online
    // Counted as free through the one new membership alone.
    const before = profile.memberships[channel]!
    profile.memberships[channel] = [set.id, tier.id, bit]
    const free = profile.free[channel]!.length
    if (free > 0) {
      this.freedom.open(profile, channel)
      this.freedom.count(profile, channel, free - 1)
    }
    before.push(set.id, tier.id, bit)
    profile.memberships[channel] = before
  }

  private tierOf(set: EligibilitySet, fit: number): Tier {
    let index = 0
    while (index < set.tiers.length && set.tiers[index]!.fit < fit) index++
    const found = set.tiers[index]
    if (found && found.fit === fit) return found
    const tier = new Tier(this.tiers.length, fit)
    this.tiers.push(tier)
    this.freedom.addTier(tier.id)
    set.tiers.splice(index, 0, tier)
    return tier
  }
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

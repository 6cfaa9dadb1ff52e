/** The registries of what agents can do and of what contacts ask; each thing in them is made once and shared. */
import {
  type Asked,
  channelCount,
  EligibilitySet,
  Freedom,
  Ladder,
  Profile,
  type Requirement,
  rowOf,
  SkillLevels,
  Tier,
} from './eligibility.ts'
import type { AgentProfile } from './input.ts'
import type { Interner } from './interner.ts'
import { IntRows } from './nodes.ts'

/** All sets and ladders, each made once and shared by every queue that asks the same. */
export class Eligibility {
  readonly sets: EligibilitySet[] = []
  readonly ladders: Ladder[] = []
  readonly tiers: Tier[] = []
  readonly freedom = new Freedom()
  readonly levels = new SkillLevels()
  /** By `rowOf`, pairs: the id of a ladder with a step that admits the profile, and a mask of which steps those are. */
  readonly laddersOf = new IntRows()
  private readonly setByKey = new Map<string, EligibilitySet>()
  private readonly ladderByKey = new Map<string, Ladder>()

  /** O(profiles with the rarest skill asked) when the set is new. */
  setFor(requirement: Requirement, profiles: Profiles): EligibilitySet {
    const { channel, language, ways } = requirement
    const asked = ways.map(({ skills, levels }) => skills.map((skill, i) => `${skill}:${levels[i]}`).sort().join(','))
    const key = `${channel}/${language}/${asked.sort().join('|')}`
    const known = this.setByKey.get(key)
    if (known) return known
    const set = new EligibilitySet(this.sets.length, requirement, this.levels)
    this.sets.push(set)
    this.setByKey.set(key, set)
    for (const profile of profiles.candidates(requirement)) this.join(profile, set)
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
      for (const tier of set.tiers) for (const profile of tier.profiles) this.addStep(profile, ladder, step)
    })
    return ladder
  }

  /** Makes a new profile known to every set and ladder. */
  admit(profile: Profile): void {
    const lastRow = rowOf(profile, channelCount - 1)
    this.laddersOf.ensure(lastRow)
    this.freedom.memberships.ensure(lastRow)
    for (const set of this.sets) this.join(profile, set)
    for (const ladder of this.ladders) {
      const mask = ladder.maskOf(profile)
      if (mask === 0) continue
      this.laddersOf.push(rowOf(profile, ladder.channel), ladder.id)
      this.laddersOf.push(rowOf(profile, ladder.channel), mask)
    }
  }

  private addStep(profile: Profile, { id, channel }: Ladder, step: number): void {
    const row = rowOf(profile, channel)
    const { laddersOf } = this
    const end = laddersOf.start[row]! + laddersOf.length[row]!
    if (laddersOf.length[row]! > 0 && laddersOf.data[end - 2] === id) {
      laddersOf.data[end - 1]! |= 1 << step
      return
    }
    laddersOf.push(row, id)
    laddersOf.push(row, 1 << step)
  }

  private join(profile: Profile, set: EligibilitySet): void {
    const fit = set.fitOf(profile)
    if (fit < 0) return
    set.online += profile.online
    set.available += profile.available
    this.freedom.join(profile, set, this.tierOf(set, fit))
  }

  private tierOf(set: EligibilitySet, fit: number): Tier {
    let index = 0
    while (index < set.tiers.length && set.tiers[index]!.fit < fit) index++
    const found = set.tiers[index]
    if (found && found.fit === fit) return found
    const tier = new Tier(this.tiers.length, fit)
    this.tiers.push(tier)
    set.tiers.splice(index, 0, tier)
    return tier
  }
}

export class Profiles {
  readonly all: Profile[] = []
  private readonly byKey = new Map<string, Profile>()
  /** By skill number: the profiles that have it at any level. */
  private readonly bySkill: Profile[][] = []

  constructor(
    private readonly skills: Interner,
    private readonly languages: Interner,
    private readonly eligibility: Eligibility,
  ) {}

  /** The profile of an agent; a new one is admitted to every set, O(sets + ladders). */
  profileFor(agent: AgentProfile): Profile {
    const held = agent.skills
      .map(({ skillId, level }) => [this.skills.intern(skillId), level] as const)
      .sort(([a], [b]) => a - b)
    const languages = agent.languages.map((language) => this.languages.intern(language)).sort((a, b) => a - b)
    const { voice, chat, mail, total } = agent.caps
    const channels = (voice > 0 ? 1 : 0) | (chat > 0 && total > 0 ? 2 : 0) | (mail > 0 && total > 0 ? 4 : 0)
    const key = `${channels}/${languages.join(',')}/${held.map((pair) => pair.join(':')).join(',')}`
    const known = this.byKey.get(key)
    if (known) return known
    const profile = new Profile(this.all.length, languages, channels)
    this.all.push(profile)
    this.byKey.set(key, profile)
    this.eligibility.levels.set(profile.id, 0, 0)
    for (const [skill, level] of held) {
      this.eligibility.levels.set(profile.id, skill, level)
      while (this.bySkill.length <= skill) this.bySkill.push([])
      this.bySkill[skill]!.push(profile)
    }
    this.eligibility.admit(profile)
    return profile
  }

  /** Profiles among which all that meet the requirement are, each once. */
  candidates({ ways }: Requirement): readonly Profile[] {
    const [only, other] = ways.map((asked) => this.candidatesIn(asked))
    return only && !other ? only : [...new Set(ways.flatMap((asked) => this.candidatesIn(asked)))]
  }

  private candidatesIn({ skills, levels }: Asked): readonly Profile[] {
    let fewest: readonly Profile[] = this.all
    skills.forEach((skill, i) => {
      if (levels[i]! <= 0) return
      const able = this.bySkill[skill] ?? []
      if (able.length < fewest.length) fewest = able
    })
    return fewest
  }
}

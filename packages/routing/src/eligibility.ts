/**
 * Who may serve what. An eligibility set answers "which profiles fit this requirement, how well, and who of them is
 * free now"; a ladder is the chain of sets that a contact's relaxation steps lead through.
 */
import { IntRows } from './nodes.ts'
import { widenInts } from './records.ts'

/** A channel's number: its index in `routedChannels`. */
export const voice = 0
export const chat = 1
export const mail = 2
export const channelCount = 3

export const anyLanguage = -1

/** Levels asked, by skill number. */
export type Asked = { readonly skills: readonly number[]; readonly levels: readonly number[] }

/** Ways to qualify, of which one is enough; a language number or `anyLanguage`; a channel number. */
export type Requirement = {
  readonly ways: readonly Asked[]
  readonly language: number
  readonly channel: number
}

const perChannel = <Value>(make: () => Value): Value[] => Array.from({ length: channelCount }, make)

/**
 * The level of each profile in each skill, in one matrix: thousands of small arrays would burden every garbage
 * collection.
 */
export class SkillLevels {
  private stride = 64
  private data = new Uint8Array(64 * 64)

  get(profile: number, skill: number): number {
    return skill < this.stride ? this.data[profile * this.stride + skill]! : 0
  }

  set(profile: number, skill: number, level: number): void {
    while (skill >= this.stride) this.lay(this.stride * 2, this.data.length * 2)
    while ((profile + 1) * this.stride > this.data.length) this.lay(this.stride, this.data.length * 2)
    this.data[profile * this.stride + skill] = level
  }

  private lay(stride: number, size: number): void {
    const data = new Uint8Array(size)
    for (let from = 0; from < this.data.length; from += this.stride) {
      data.set(this.data.subarray(from, from + this.stride), (from / this.stride) * stride)
    }
    this.stride = stride
    this.data = data
  }
}

/** Agents who can do exactly the same share a profile, so that sets and ladders are kept per profile, not per agent. */
export class Profile {
  /** Agents of this profile who are not offline. */
  online = 0
  /** Those of them who are available: for what is said to customers; no rule asks it. */
  available = 0
  /** By channel: a heap of the free agents' idle nodes, lightest load first, then ticket. */
  readonly free: number[][] = perChannel(() => [])

  constructor(
    readonly id: number,
    readonly languages: readonly number[],
    /** Bit k is set when the agent's cap for channel k leaves room for anything. */
    readonly channels: number,
  ) {}
}

/** The row of a profile and a channel in the tables below. */
export const rowOf = (profile: Profile, channel: number): number => profile.id * channelCount + channel

/** Profiles that fit equally well; which of them have a free agent stands in `Freedom`. */
export class Tier {
  readonly profiles: Profile[] = []

  constructor(
    readonly id: number,
    readonly fit: number,
  ) {}
}

/**
 * Who is free, counted by set and by tier, with one bit per profile of a tier. Columns, not fields: an agent of a rare
 * profile changes some fifty of them at each offer, and they all fit into the processor's nearest caches.
 */
export class Freedom {
  /** By set id: free agents. */
  bySet = new Int32Array(256)
  /** By tier id: profiles with a free agent. */
  byTier = new Int32Array(1024)
  /** By tier id: 32 profiles a word. */
  readonly bits = new IntRows()
  /** By `rowOf`, triples: the id of a set that admits the profile, of its tier there, and its bit in the tier. */
  readonly memberships = new IntRows()

  /** Counts a profile of a new membership, whose free agents stand in its heap. */
  join(profile: Profile, set: EligibilitySet, tier: Tier): void {
    const { channel } = set.requirement
    const bit = tier.profiles.length
    tier.profiles.push(profile)
    if (set.id >= this.bySet.length) this.bySet = widenInts(this.bySet, this.bySet.length * 2)
    if (tier.id >= this.byTier.length) this.byTier = widenInts(this.byTier, this.byTier.length * 2)
    if ((bit & 31) === 0) this.bits.push(tier.id, 0)
    const row = rowOf(profile, channel)
    this.memberships.push(row, set.id)
    this.memberships.push(row, tier.id)
    this.memberships.push(row, bit)
    const free = profile.free[channel]!.length
    if (free === 0) return
    this.bySet[set.id]! += free
    this.byTier[tier.id]!++
    this.bits.data[this.bits.start[tier.id]! + (bit >> 5)]! |= 1 << (bit & 31)
  }

  /** So many free agents more of a profile that had some and has some. */
  count(profile: Profile, channel: number, by: number): void {
    const { bySet, memberships } = this
    const { data } = memberships
    const row = rowOf(profile, channel)
    const start = memberships.start[row]!
    const end = start + memberships.length[row]!
    for (let i = start; i < end; i += 3) bySet[data[i]!]! += by
  }

  /** The profile's first agent came free, or its last was taken. */
  toggle(profile: Profile, channel: number, by: 1 | -1): void {
    const { bySet, byTier, bits, memberships } = this
    const { data } = memberships
    const row = rowOf(profile, channel)
    const start = memberships.start[row]!
    const end = start + memberships.length[row]!
    for (let i = start; i < end; i += 3) {
      const tier = data[i + 1]!
      const bit = data[i + 2]!
      bySet[data[i]!]! += by
      byTier[tier]! += by
      bits.data[bits.start[tier]! + (bit >> 5)]! ^= 1 << (bit & 31)
    }
  }
}

/** The index of the lowest bit that is set. */
export const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)

export class EligibilitySet {
  /** By fit, best first. */
  readonly tiers: Tier[] = []
  readonly ladders: Ladder[] = []
  /** Agents of these profiles who are not offline. */
  online = 0
  /** Those of them who are available. */
  available = 0

  constructor(
    readonly id: number,
    readonly requirement: Requirement,
    private readonly held: SkillLevels,
  ) {}

  /**
   * Σ (level held − level asked) in the way that the profile fits best, or -1 when the profile does not meet the
   * requirement.
   */
  fitOf(profile: Profile): number {
    const { ways, language, channel } = this.requirement
    if ((profile.channels & (1 << channel)) === 0) return -1
    if (language !== anyLanguage && !profile.languages.includes(language)) return -1
    let best = -1
    for (let i = 0; i < ways.length; i++) {
      const fit = this.fitIn(profile, ways[i]!)
      if (fit >= 0 && (best < 0 || fit < best)) best = fit
    }
    return best
  }

  private fitIn(profile: Profile, { skills, levels }: Asked): number {
    let fit = 0
    for (let i = 0; i < skills.length; i++) {
      const over = this.held.get(profile.id, skills[i]!) - levels[i]!
      if (over < 0) return -1
      fit += over
    }
    return fit
  }
}

export class Ladder {
  /** The step in force: the first with somebody online; the first of all while nobody is. */
  effective = 0

  constructor(
    readonly id: number,
    readonly channel: number,
    readonly steps: readonly EligibilitySet[],
  ) {}

  get current(): EligibilitySet {
    return this.steps[this.effective]!
  }

  /** Chooses the step in force anew; true when it changed. */
  settle(): boolean {
    const found = this.steps.findIndex((set) => set.online > 0)
    const effective = found < 0 ? 0 : found
    if (effective === this.effective) return false
    this.effective = effective
    return true
  }

  /** Bit i is set when step i admits the profile. */
  maskOf(profile: Profile): number {
    let mask = 0
    for (let i = 0; i < this.steps.length; i++) if (this.steps[i]!.fitOf(profile) >= 0) mask |= 1 << i
    return mask
  }
}

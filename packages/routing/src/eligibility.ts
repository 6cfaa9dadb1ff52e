/**
 * Who may serve what. An eligibility set answers "which profiles fit this requirement, how well, and who of them is free
 * now"; a ladder is the chain of sets that a contact's relaxation steps lead through.
 */
import { widenInts } from './nodes.ts'

/** A channel's number: its index in `routedChannels`. */
export const voice = 0
export const chat = 1
export const mail = 2
export const channelCount = 3

export const anyLanguage = -1

/** Levels asked by skill number, a language number or `anyLanguage`, a channel number. */
export type Requirement = {
  readonly skills: readonly number[]
  readonly levels: readonly number[]
  readonly language: number
  readonly channel: number
}

const perChannel = <Value>(make: () => Value): Value[] => Array.from({ length: channelCount }, make)

/** Agents who can do exactly the same share a profile, so that sets and ladders are kept per profile, not per agent. */
export class Profile {
  /** Agents of this profile who are not offline. */
  online = 0
  /** By channel: a heap of the free agents' idle nodes, lightest load first, then ticket. */
  readonly free: number[][] = perChannel(() => [])
  /** By channel, triples: the id of a set that admits the profile, of its tier there, and its bit in the tier. */
  readonly memberships: number[][] = perChannel(() => [])
  /** By channel, pairs: the id of a ladder with a step that admits the profile, and a mask of which steps those are. */
  readonly ladders: number[][] = perChannel(() => [])

  constructor(
    readonly id: number,
    /** Level by skill number; absent = 0. */
    readonly levels: Uint8Array,
    readonly languages: readonly number[],
    /** Bit k is set when the agent's cap for channel k leaves room for anything. */
    readonly channels: number,
  ) {}

  addStep(channel: number, ladderId: number, step: number): void {
    const pairs = this.ladders[channel]!
    if (pairs.at(-2) === ladderId) pairs[pairs.length - 1]! |= 1 << step
    else pairs.push(ladderId, 1 << step)
  }
}

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
  /** By tier id: where its bits begin in `words`, and how many words it has. */
  base = new Int32Array(1024)
  length = new Int32Array(1024)
  words = new Int32Array(4096)
  private used = 0

  addSet(set: number): void {
    if (set >= this.bySet.length) this.bySet = widenInts(this.bySet, this.bySet.length * 2)
  }

  addTier(tier: number): void {
    if (tier < this.byTier.length) return
    const size = this.byTier.length * 2
    this.byTier = widenInts(this.byTier, size)
    this.base = widenInts(this.base, size)
    this.length = widenInts(this.length, size)
  }

  /** Makes room for a tier's bit; a tier that outgrows its words moves to the end, twice as long. */
  ensureBit(tier: number, bit: number): void {
    const length = this.length[tier]!
    if (bit >> 5 < length) return
    const grown = Math.max(1, length * 2)
    if (this.used + grown > this.words.length) this.words = widenInts(this.words, (this.used + grown) * 2)
    this.words.copyWithin(this.used, this.base[tier]!, this.base[tier]! + length)
    this.base[tier] = this.used
    this.length[tier] = grown
    this.used += grown
  }

  /** So many agents more of a profile that stays as free as it was. */
  count(profile: Profile, channel: number, by: number): void {
    const { bySet } = this
    const memberships = profile.memberships[channel]!
    for (let i = 0; i < memberships.length; i += 3) bySet[memberships[i]!]! += by
  }

  /** The profile's first agent came free. */
  open(profile: Profile, channel: number): void {
    const { bySet, byTier, base, words } = this
    const memberships = profile.memberships[channel]!
    for (let i = 0; i < memberships.length; i += 3) {
      const tier = memberships[i + 1]!
      const bit = memberships[i + 2]!
      bySet[memberships[i]!]!++
      byTier[tier]!++
      words[base[tier]! + (bit >> 5)]! |= 1 << (bit & 31)
    }
  }

  /** The profile's last free agent was taken. */
  close(profile: Profile, channel: number): void {
    const { bySet, byTier, base, words } = this
    const memberships = profile.memberships[channel]!
    for (let i = 0; i < memberships.length; i += 3) {
      const tier = memberships[i + 1]!
      const bit = memberships[i + 2]!
      bySet[memberships[i]!]!--
      byTier[tier]!--
      words[base[tier]! + (bit >> 5)]! &= ~(1 << (bit & 31))
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

  constructor(
    readonly id: number,
    readonly requirement: Requirement,
  ) {}

  /** Σ (level held − level asked), or -1 when the profile does not meet the requirement. */
  fitOf(profile: Profile): number {
    const { skills, levels, language, channel } = this.requirement
    if ((profile.channels & (1 << channel)) === 0) return -1
    if (language !== anyLanguage && !profile.languages.includes(language)) return -1
    let fit = 0
    for (let i = 0; i < skills.length; i++) {
      const over = (profile.levels[skills[i]!] ?? 0) - levels[i]!
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

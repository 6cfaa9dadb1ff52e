/**
 * Who may serve what. An eligibility set answers "which profiles fit this requirement, how well, and who of them is free
 * now"; a ladder is the chain of sets that a contact's relaxation steps lead through.
 */
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
  /** By channel, three parallel columns: the sets that admit the profile, its tier there and its bit in the tier. */
  readonly sets: EligibilitySet[][] = perChannel(() => [])
  readonly tiers: Tier[][] = perChannel(() => [])
  readonly bits: number[][] = perChannel(() => [])
  /** By channel, two parallel columns: ladders with a step that admits the profile, and which steps those are. */
  readonly ladderIds: number[][] = perChannel(() => [])
  readonly ladderMasks: number[][] = perChannel(() => [])

  constructor(
    readonly id: number,
    /** Level by skill number; absent = 0. */
    readonly levels: Uint8Array,
    readonly languages: readonly number[],
    /** Bit k is set when the agent's cap for channel k leaves room for anything. */
    readonly channels: number,
  ) {}

  addStep(channel: number, ladderId: number, step: number): void {
    const ids = this.ladderIds[channel]!
    const masks = this.ladderMasks[channel]!
    const last = ids.length - 1
    if (last >= 0 && ids[last] === ladderId) {
      masks[last]! |= 1 << step
      return
    }
    ids.push(ladderId)
    masks.push(1 << step)
  }
}

/** Profiles that fit equally well, with one bit each for "has a free agent", and a second level of one bit per word. */
export class Tier {
  readonly profiles: Profile[] = []
  words = new Int32Array(1)
  summary = new Int32Array(1)
  freeProfiles = 0

  constructor(readonly fit: number) {}

  /** Adds a profile and returns its bit. */
  add(profile: Profile): number {
    const bit = this.profiles.length
    this.profiles.push(profile)
    if (bit >> 5 >= this.words.length) {
      const words = new Int32Array(this.words.length * 2)
      words.set(this.words)
      this.words = words
      const summary = new Int32Array((words.length + 31) >> 5)
      summary.set(this.summary)
      this.summary = summary
    }
    return bit
  }

  setBit(bit: number): void {
    const word = bit >> 5
    this.words[word]! |= 1 << (bit & 31)
    this.summary[word >> 5]! |= 1 << (word & 31)
    this.freeProfiles++
  }

  clearBit(bit: number): void {
    const word = bit >> 5
    const left = this.words[word]! & ~(1 << (bit & 31))
    this.words[word] = left
    if (left === 0) this.summary[word >> 5]! &= ~(1 << (word & 31))
    this.freeProfiles--
  }

  /** The first word at or after `from` with a bit set, or -1. */
  nextWord(from: number): number {
    let group = from >> 5
    if (group >= this.summary.length) return -1
    let bits = this.summary[group]! & (-1 << (from & 31))
    while (bits === 0) {
      group++
      if (group >= this.summary.length) return -1
      bits = this.summary[group]!
    }
    return (group << 5) + lowestBit(bits)
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
  /** Agents of these profiles who are free for the channel. */
  free = 0

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

  tierOf(fit: number): Tier {
    let index = 0
    while (index < this.tiers.length && this.tiers[index]!.fit < fit) index++
    const found = this.tiers[index]
    if (found && found.fit === fit) return found
    const tier = new Tier(fit)
    this.tiers.splice(index, 0, tier)
    return tier
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

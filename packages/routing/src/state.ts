/** Everything that the engine remembers. Only this package reads it; others see `Routing` as opaque. */
import { Agents } from './agents.ts'
import { Classes } from './class-queue.ts'
import { Contacts, Exclusions } from './contacts.ts'
import type { Decision } from './decision.ts'
import type { EligibilitySet, Ladder } from './eligibility.ts'
import { Idle } from './idle.ts'
import { Interner } from './interner.ts'
import { Eligibility, Profiles } from './profiles.ts'
import { Timers } from './timers.ts'

export type RoutingOptions = {
  /** At most this many timers run in one call of `apply`. */
  readonly timersPerApply: number
  /**
   * How long an agent who gave a contact away, refused or missed it is not asked again, where the input does not say.
   */
  readonly exclusionSeconds: number
  /** From this many free profiles in a tier on, the list of all free agents is walked beside the tier's profiles. */
  readonly wideTier: number
}

export class RoutingState {
  /** The latest instant seen; time does not run backwards. */
  now = -Infinity
  /** Whether the rebuild is complete. */
  started = false
  /** What the present call of `apply` has decided so far. */
  decisions: Decision[] = []
  /** The contact that the last `findContact` would have answered second, or -1. */
  runnerUp = -1
  /** Ladders whose step in force changed, and sets that lost somebody online, since the last matching. */
  changedLadders: Ladder[] = []
  thinnedSets: EligibilitySet[] = []

  readonly skills = new Interner()
  readonly languages = new Interner()
  readonly eligibility = new Eligibility()
  readonly profiles = new Profiles(this.skills, this.languages, this.eligibility)
  readonly agents = new Agents()
  readonly idle = new Idle(this.agents, this.eligibility.freedom)
  readonly contacts = new Contacts()
  readonly exclusions = new Exclusions(this.contacts)
  readonly classes = new Classes(new Interner(), this.skills, this.eligibility, this.profiles)
  readonly timers = new Timers(this.contacts, this.exclusions, this.classes.all)

  constructor(readonly options: RoutingOptions) {}
}

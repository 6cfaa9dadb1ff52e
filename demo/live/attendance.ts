/** Whether an agent is at the desk: breaks of their own, an offer that ran out, and what somebody else has decided for them. */
import type { MeView } from '@otklik/contract/views'
import type { Dice } from '@otklik/testing/dice'
import { minuteMs } from '../zone.ts'
import type { Break } from './breaks.ts'

export type Step =
  | { readonly do: 'stay' }
  | { readonly do: 'comeBack' }
  | { readonly do: 'goAway'; readonly reason: Break['reason'] }
  /** Somebody else has ended the shift. */
  | { readonly do: 'goHome' }

/** How long a break lasts that a supervisor has set, or whoever else is signed in as the agent. */
export const toldBreakMs = 5 * minuteMs

const stay = { do: 'stay' } as const

/** Of one shift. Times are the demo's. */
export class Attendance {
  readonly #dice: Dice
  readonly #shiftEnd: number
  readonly #breaks: Break[]
  #backAt: number | undefined
  /** Of the break that somebody else has set. */
  #toldSince: string | undefined
  /** Went away by themselves; so is whatever is found at the sign-in. */
  #isOwn = true
  #wasOnDuty = false
  /** The break of their own that has begun. */
  #begun: Break | undefined

  constructor(dice: Dice, shiftEnd: number, breaks: readonly Break[]) {
    this.#dice = dice
    this.#shiftEnd = shiftEnd
    this.#breaks = [...breaks]
  }

  next({ state, cause, since }: Pick<MeView['presence'], 'state' | 'cause' | 'since'>, now: number): Step {
    if (state === 'offline' && this.#wasOnDuty && (cause === 'supervisor' || cause === 'signedOut')) return { do: 'goHome' }
    if (state !== 'offline') this.#wasOnDuty = true
    if (this.#breaks[0] && now >= this.#breaks[0].to) this.#breaks.shift()
    // Called back by a supervisor: the rest of the break is forgone.
    if (state === 'available' && cause === 'supervisor' && this.#breaks[0] && this.#breaks[0] === this.#begun) this.#breaks.shift()
    const pause = this.#breaks[0] && now >= this.#breaks[0].from ? this.#breaks[0] : undefined
    return state === 'available' ? this.#atWork(pause, now) : this.#whileAway({ state, cause, since }, pause, now)
  }

  /** For breaks, and for the last minutes of a shift while something is in hand, an agent goes away. */
  #atWork(pause: Break | undefined, now: number): Step {
    this.#backAt = this.#toldSince = undefined
    const reason = now >= this.#shiftEnd ? 'break' : pause?.reason
    this.#isOwn = reason !== undefined
    return reason === undefined ? stay : { do: 'goAway', reason }
  }

  #whileAway({ state, cause, since }: Pick<MeView['presence'], 'state' | 'cause' | 'since'>, pause: Break | undefined, now: number): Step {
    const isTold = state === 'notReady' && (cause === 'supervisor' || (cause === 'chosen' && !this.#isOwn))
    if (isTold && since !== this.#toldSince) {
      this.#toldSince = since
      this.#backAt = now + toldBreakMs
    }
    if (now >= this.#shiftEnd) return stay
    if (pause) {
      this.#begun = pause
      return stay
    }
    // An offer that ran out: somebody looked away for a moment.
    this.#backAt ??= cause === 'missed' ? now + 20_000 + this.#dice.next() * minuteMs : now
    return now >= this.#backAt ? { do: 'comeBack' } : stay
  }
}

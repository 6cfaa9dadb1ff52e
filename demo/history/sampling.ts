/**
 * Chance that keeps its promises: shares and means come out as they were asked for also over few cases, and yet nobody can tell
 * who is next. Independent draws would need thousands of contacts until a share of three in a hundred can be seen.
 */
import type { Dice } from '@otklik/testing/dice'

/** Says yes in a share of all cases; never more than one away from it. */
export class Quota {
  readonly #dice: Dice
  readonly #share: number
  #owed = 0

  constructor(dice: Dice, share: number) {
    this.#dice = dice
    this.#share = share
  }

  /** @param mayBeNow false: what is owed is kept for later cases */
  next(mayBeNow = true): boolean {
    this.#owed += this.#share
    if (!mayBeNow || this.#owed <= 0 || this.#dice.next() >= this.#owed) return false
    this.#owed--
    return true
  }
}

/** Chooses among items by shares. */
export class Choice<Item> {
  readonly #dice: Dice
  readonly #shares: readonly (readonly [Item, number])[]
  readonly #owed: number[]

  constructor(dice: Dice, shares: readonly (readonly [Item, number])[]) {
    this.#dice = dice
    this.#shares = shares.filter(([, share]) => share > 0)
    this.#owed = this.#shares.map(() => 0)
  }

  next(): Item {
    this.#shares.forEach(([, share], at) => (this.#owed[at] = (this.#owed[at] ?? 0) + share))
    const open = this.#owed.map((owed) => Math.max(0, owed))
    let left = this.#dice.next() * open.reduce((sum, owed) => sum + owed, 0)
    let chosen = open.length - 1
    for (const [at, owed] of open.entries()) {
      chosen = at
      if ((left -= owed) < 0) break
    }
    this.#owed[chosen] = (this.#owed[chosen] ?? 0) - 1
    const [item] = this.#shares[chosen] ?? []
    if (item === undefined) throw new Error('there is nothing to choose from')
    return item
  }
}

/** Numbers from 0 to 1, of which each stretch of the sequence has every part of that range: the fractions of k × an irrational. */
export class Spread {
  readonly #step: number
  #at: number

  /** @param prime another one for each thing that is drawn, so that they do not go together */
  constructor(dice: Dice, prime: number) {
    this.#step = Math.sqrt(prime) % 1
    this.#at = dice.next()
  }

  next(): number {
    return (this.#at = (this.#at + this.#step) % 1)
  }
}

/** Between `from` and `to` with a mean between them: a power of an even spread. */
export const boundedBy = (u: number, from: number, to: number, mean: number): number => from + (to - from) * u ** ((to - from) / (mean - from) - 1)

const furthest = 0.999
/** Exponential, without the one longest in a thousand. */
export const exponentialOf = (u: number, mean: number): number => -Math.log(1 - Math.min(u, furthest)) * mean

const shape = 1.6
/** Γ(1 + 1 / shape): the mean of Weibull's distribution of that shape and scale 1. */
const weibullMean = 0.896574
/** A duration as work has them: never nothing, seldom very long (Weibull). */
export const durationOf = (u: number, least: number, mean: number): number => least + ((mean - least) / weibullMean) * (-Math.log(1 - Math.min(u, furthest))) ** (1 / shape)

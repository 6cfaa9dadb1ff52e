/**
 * How long a customer will wait, and what may honestly be said of it: ROUTING.md §3. A point estimate from what is waiting and
 * how fast work begins, corrected by how such estimates have turned out lately; those who gave up count as censored, for
 * the wait that they would have had is longer than the one they had.
 *
 * Instants are epoch milliseconds, durations seconds. Deterministic, without clock.
 */
import { quantiles, type Observation } from './survival.ts'

export interface WaitForecastOptions {
  /** Over how long the rate of beginnings is counted. */
  readonly rateSeconds: number
  /** How many outcomes are kept of a queue and length of waiting line. */
  readonly kept: number
  /** Fewer outcomes than this say nothing. */
  readonly fewest: number
  /** From so many contacts in hand on, arrivals and patience are worth looking at; below, only how many are busy. */
  readonly largePool: number
}

/** What may be told a customer, in whole minutes: between two, more than so many, or nothing. */
export type SaidWait =
  | { readonly kind: 'between'; readonly fromMinutes: number; readonly toMinutes: number }
  | { readonly kind: 'moreThan'; readonly minutes: number }

interface Waiting {
  readonly at: number
  readonly band: number
  /** Seconds; undefined where there is nothing to learn of. */
  predicted: number | undefined
}

/** How predictions of one length of line have turned out lately: log(real / predicted). */
class Outcomes {
  readonly #kept: Observation[] = []
  #quantiles: readonly (number | undefined)[] | undefined

  get size(): number {
    return this.#kept.length
  }

  get all(): readonly Observation[] {
    return this.#kept
  }

  add(outcome: Observation, most: number): void {
    this.#kept.push(outcome)
    if (this.#kept.length > most) this.#kept.shift()
    this.#quantiles = undefined
  }

  /** Of p50 and p90; worked out once for all who wait. */
  quantiles(): readonly (number | undefined)[] {
    return (this.#quantiles ??= quantiles(this.#kept, [0.5, 0.9]))
  }
}

class QueueMemory {
  /** In order of arrival. */
  readonly waiting = new Map<string, Waiting>()
  /** When contacts were begun, within the window. */
  starts: number[] = []
  /** Contacts in hand, with when they were begun, where that is known. */
  readonly inHand = new Map<string, number | undefined>()
  /** Exponentially weighted means, seconds. */
  handle: number | undefined
  /** Waiting time and departures by giving up, both fading: together the rate of impatience. */
  waitedSeconds = 0
  gaveUp = 0
  /** By band. */
  readonly outcomes = new Map<number, Outcomes>()
  /** Σ 1 / (rate + i · impatience) up to each place, for these two. */
  served: { readonly rate: number; readonly impatience: number; readonly sums: number[] } = { rate: 0, impatience: 0, sums: [] }

  /** Forgets beginnings before the window. */
  trim(from: number): void {
    let old = 0
    while (old < this.starts.length && (this.starts[old] ?? from) < from) old++
    if (old > 0) this.starts = this.starts.slice(old)
  }

  /** Seconds until so many and one more are begun, at a rate of beginnings while those who wait give up. */
  servedAfter(ahead: number, rate: number, impatience: number): number {
    if (this.served.rate !== rate || this.served.impatience !== impatience) this.served = { rate, impatience, sums: [] }
    const { sums } = this.served
    for (let i = sums.length; i <= ahead; i++) sums.push((sums[i - 1] ?? 0) + 1 / (rate + i * impatience))
    return sums[ahead] ?? 0
  }
}

/** Ends of the bands of how many are ahead: 0, 1–2, 3–5, 6–10, 11–20, 21–50, more. */
const bandEnds = [0, 2, 5, 10, 20, 50]
const bandOf = (ahead: number): number => {
  const found = bandEnds.findIndex((end) => ahead <= end)
  return found < 0 ? bandEnds.length : found
}

const handleWeight = 0.05
/** What is left of the sums of impatience after each wait: half is forgotten after some 350. */
const fading = 0.998
const shortest = 1
/** Whoever is offered to somebody within this was told nothing. */
const atOnceMs = 2000
const longestSaidMinutes = 10

export class WaitForecast {
  private readonly queues = new Map<string, QueueMemory>()
  private readonly options: WaitForecastOptions

  constructor(options: Partial<WaitForecastOptions> = {}) {
    this.options = { rateSeconds: 300, kept: 500, fewest: 40, largePool: 50, ...options }
  }

  /** A contact begins to wait, behind those who wait already. */
  entered(queueId: string, contactId: string, now: number): void {
    const queue = this.memory(queueId)
    const ahead = queue.waiting.size
    const predicted = this.estimate(queue, ahead, now)
    queue.waiting.set(contactId, { at: now, band: bandOf(ahead), predicted })
  }

  /**
   * An agent is asked. Where somebody was free at once, it teaches nothing of waits: only who has to wait is told how long,
   * and those who need not would make every wait look uncertain.
   */
  offered(queueId: string, contactId: string, now: number): void {
    const waiting = this.memory(queueId).waiting.get(contactId)
    if (waiting && now - waiting.at <= atOnceMs) waiting.predicted = undefined
  }

  /** An agent has taken it. */
  began(queueId: string, contactId: string, now: number): void {
    const queue = this.memory(queueId)
    this.conclude(queue, contactId, now, false)
    queue.trim(now - this.options.rateSeconds * 1000)
    queue.starts.push(now)
    queue.inHand.set(contactId, now)
  }

  /** It is in hand, and nobody saw it begin: it counts as busy, and teaches nothing. */
  resumed(queueId: string, contactId: string): void {
    const queue = this.memory(queueId)
    queue.waiting.delete(contactId)
    if (!queue.inHand.has(contactId)) queue.inHand.set(contactId, undefined)
  }

  /** It is neither waiting nor in hand, whatever was believed: it teaches nothing. */
  forgotten(queueId: string, contactId: string): void {
    const queue = this.memory(queueId)
    queue.waiting.delete(contactId)
    queue.inHand.delete(contactId)
  }

  /** The customer gave up waiting, or the contact went to another queue. */
  left(queueId: string, contactId: string, now: number, gaveUp: boolean): void {
    const queue = this.memory(queueId)
    if (gaveUp && queue.waiting.has(contactId)) queue.gaveUp++
    this.conclude(queue, contactId, now, true)
  }

  /** The agent is done with it, wrap-up included. */
  finished(queueId: string, contactId: string, now: number): void {
    const queue = this.memory(queueId)
    const since = queue.inHand.get(contactId)
    queue.inHand.delete(contactId)
    if (since === undefined) return
    const seconds = (now - since) / 1000
    queue.handle = queue.handle === undefined ? seconds : queue.handle + handleWeight * (seconds - queue.handle)
  }

  /** Takes over what another learned of a queue before this one began: outcomes, handling time, patience. Who waits stays as it is. */
  learn(queueId: string, earlier: WaitForecast): void {
    const past = earlier.queues.get(queueId)
    if (!past) return
    const queue = this.memory(queueId)
    queue.handle = past.handle ?? queue.handle
    queue.starts = [...past.starts, ...queue.starts]
    queue.waitedSeconds += past.waitedSeconds
    queue.gaveUp += past.gaveUp
    for (const [band, outcomes] of past.outcomes) {
      for (const outcome of queue.outcomes.get(band)?.all ?? []) outcomes.add(outcome, this.options.kept)
      queue.outcomes.set(band, outcomes)
    }
  }

  /** Who waits, in order of arrival. */
  waitingIn(queueId: string): readonly string[] {
    return [...(this.queues.get(queueId)?.waiting.keys() ?? [])]
  }

  /** The point estimate in seconds for a contact with so many before it; undefined when nothing is known. */
  predict(queueId: string, ahead: number, now: number): number | undefined {
    return this.estimate(this.memory(queueId), ahead, now)
  }

  /** Seconds that whoever arrives now is to expect: the estimate, or the head's own wait where that is longer; 0 when nobody waits. */
  pressure(queueId: string, now: number): number {
    const queue = this.queues.get(queueId)
    const [head] = queue?.waiting.values() ?? []
    if (!queue || !head) return 0
    return Math.max((now - head.at) / 1000, this.estimate(queue, queue.waiting.size, now) ?? 0)
  }

  /** What may be said to a customer who has so many before them, while somebody is available; undefined when nothing honest can be. */
  say(queueId: string, ahead: number, now: number): SaidWait | undefined {
    const queue = this.memory(queueId)
    const predicted = this.estimate(queue, ahead, now)
    const outcomes = queue.outcomes.get(bandOf(ahead))
    if (predicted === undefined || !outcomes || outcomes.size < this.options.fewest) return undefined
    const [middle, high] = outcomes.quantiles().map((log) => log === undefined ? undefined : predicted * Math.exp(log))
    if (middle === undefined || high === undefined || high > 4 * middle) return undefined
    const fromMinutes = Math.floor(middle / 60)
    if (fromMinutes >= longestSaidMinutes) return { kind: 'moreThan', minutes: longestSaidMinutes }
    return { kind: 'between', fromMinutes, toMinutes: Math.max(1, Math.ceil(high / 60)) }
  }

  private memory(queueId: string): QueueMemory {
    let queue = this.queues.get(queueId)
    if (!queue) this.queues.set(queueId, (queue = new QueueMemory()))
    return queue
  }

  private conclude(queue: QueueMemory, contactId: string, now: number, censored: boolean): void {
    const waiting = queue.waiting.get(contactId)
    if (!waiting) return
    queue.waiting.delete(contactId)
    const seconds = Math.max(shortest, (now - waiting.at) / 1000)
    queue.waitedSeconds = queue.waitedSeconds * fading + seconds
    queue.gaveUp *= fading
    if (waiting.predicted === undefined) return
    const outcomes = queue.outcomes.get(waiting.band) ?? new Outcomes()
    outcomes.add({ value: Math.log(seconds / waiting.predicted), censored }, this.options.kept)
    queue.outcomes.set(waiting.band, outcomes)
  }

  /**
   * ∛(HOL · naive · Q): the wait of the head of the line, n · AHT / busy, and Σ 1 / (μ + iθ) with μ beginnings a second and θ
   * the rate of giving up; in small pools the middle one alone, which errs least there.
   */
  private estimate(queue: QueueMemory, ahead: number, now: number): number | undefined {
    const busy = queue.inHand.size
    if (queue.handle === undefined || busy === 0) return undefined
    const naive = Math.max(shortest, ((ahead + 1) * queue.handle) / busy)
    if (busy < this.options.largePool) return naive
    queue.trim(now - this.options.rateSeconds * 1000)
    const rate = queue.starts.length / this.options.rateSeconds
    if (rate === 0) return naive
    const impatience = queue.waitedSeconds > 0 ? queue.gaveUp / queue.waitedSeconds : 0
    const served = queue.servedAfter(ahead, rate, impatience)
    const [head] = queue.waiting.values()
    if (!head) return Math.sqrt(naive * Math.max(shortest, served))
    return Math.cbrt(Math.max(shortest, (now - head.at) / 1000) * naive * Math.max(shortest, served))
  }
}

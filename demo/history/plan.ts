/**
 * A past as a plan: day by day every contact with all that becomes of it, and the log's events. Pure: the same seed and centre make
 * the same past. What shall come out is drawn (waits, who leaves, who rates how); who takes a contact follows from the roster.
 */
import { rollDice, type Dice } from '@otklik/testing/dice'
import { queuePlans, type Centre } from '../centre.ts'
import { regionNames, regionShares } from '../regions.ts'
import { homeZone } from '../shifts.ts'
import { meanInHand } from '../staffing.ts'
import type { Dialogue, Topic } from '../texts/shape.ts'
import type { Texts } from '../texts/texts.ts'
import { minuteMs, minuteOfDay } from '../zone.ts'
import { cutMinute, drawArrivals, lateMinute, planCalendar, type CalendarDay } from './calendar.ts'
import { eventsOf, type PastContact, type PastCustomer, type PastOffer, type PastStay } from './contact.ts'
import type { HistoryEvent } from './event.ts'
import { numberEvents, type Numbers } from './number-events.ts'
import { Roster, type Need } from './roster.ts'
import { boundedBy, Choice, durationOf, exponentialOf, Quota, Spread } from './sampling.ts'
import { writeTalk } from './talk.ts'
import { shortestWaitMs, targetMs, transferShare, type Rates, type Targets } from './targets.ts'

export interface PlanOptions {
  readonly seed: number
  readonly days: number
  readonly perDay: number
  readonly targets: Targets
  readonly rates: Rates
  readonly centre: Centre
  readonly texts: Texts
  readonly now: number
  readonly numbers: Numbers
}

export interface PastDay {
  readonly from: number
  readonly to: number
  readonly contacts: readonly PastContact[]
  readonly events: readonly HistoryEvent[]
}

export interface Past {
  readonly from: number
  readonly to: number
  readonly contacts: number
  /** One after the other: what is drawn for a day follows from those before. */
  days(): Generator<PastDay>
}

/** More than so many a day on the average, and the agents of a growing centre have no hands left. */
export const mostPerDay = (agents: number): number => agents * 20

/** So many for each agent on the last days, which the live day goes on with: enough for a lively hour, and not too many to write. */
const lastPerAgent = 24

/** In the mean of a past of so many days, at whose end a centre is as busy as a demo shall be. */
export const usualPerDay = (agents: number, days: number, growthPerYear: number): number => {
  const growth = growthPerYear ** (days / 365)
  const meanToLast = growth === 1 ? 1 : (growth - 1) / (growth * Math.log(growth))
  return Math.max(1, Math.min(mostPerDay(agents), Math.round(agents * lastPerAgent * meanToLast)))
}

const shortestHandleMs = 45_000
const longestHandleMs = 25 * minuteMs
const topicShares: readonly (readonly [Topic, number])[] = [['plans', 0.3], ['network', 0.32], ['payments', 0.24], ['orders', 0.14]]

export const planPast = (options: PlanOptions): Past => {
  const calendar = planCalendar({ ...options, growthPerYear: options.targets.growthPerYear, dice: rollDice(options.seed + 1) })
  const [first, last] = [calendar[0], calendar.at(-1)]
  if (!first || !last) throw new Error('a past has at least one day')
  return {
    from: first.from,
    to: last.to,
    contacts: calendar.reduce((sum, { contacts }) => sum + contacts, 0),
    *days() {
      const draw = new Drawing(options)
      for (const [number, day] of calendar.entries()) yield draw.day(day, number)
    },
  }
}

/** One who is asked for a chat's rating, one who leaves …: all that is drawn goes on from day to day. */
class Drawing {
  readonly #options: PlanOptions
  readonly #dice: Dice
  readonly #topics: Choice<Topic>
  readonly #regions: Choice<string>
  readonly #fates: Choice<'answered' | 'abandoned' | 'short'>
  readonly #raised: Quota
  readonly #transferred: Quota
  readonly #inTarget: Quota
  readonly #rated: Quota
  readonly #content: Quota
  readonly #resolved: Quota
  readonly #wait: Spread
  readonly #longWait: Spread
  readonly #handle: Spread
  readonly #leave: Spread
  readonly #zones: ReadonlyMap<string, string | null>
  /** By region, in the order in which they were last here. */
  readonly #customers = new Map<string, PastCustomer[]>()

  constructor(options: PlanOptions) {
    const { rates, targets, seed, centre } = options
    const dice = (this.#dice = rollDice(seed + 2))
    this.#options = options
    this.#topics = new Choice(dice, topicShares)
    this.#regions = new Choice(dice, Object.entries(targets.regions))
    this.#fates = new Choice(dice, [['answered', 1 - rates.abandoned - rates.shortAbandoned], ['abandoned', rates.abandoned], ['short', rates.shortAbandoned]])
    this.#raised = new Quota(dice, rates.raised)
    this.#transferred = new Quota(dice, rates.transferred)
    this.#inTarget = new Quota(dice, rates.inTarget)
    this.#rated = new Quota(dice, targets.responseRate)
    this.#content = new Quota(dice, rates.topTwo)
    this.#resolved = new Quota(dice, targets.resolved)
    this.#wait = new Spread(dice, 2)
    this.#longWait = new Spread(dice, 3)
    this.#handle = new Spread(dice, 5)
    this.#leave = new Spread(dice, 7)
    this.#zones = new Map(Object.keys(regionNames(centre.language)).map((name, at) => [name, regionShares[at]?.[0] ?? null]))
  }

  day(day: CalendarDay, number: number): PastDay {
    const { centre, targets, numbers } = this.#options
    const inHand = meanInHand(day.contacts, targets.ahtSeconds)
    const roster = new Roster(centre, day, number, { 1: inHand * (1 + transferShare), 2: inHand * targets.secondLine }, this.#dice)
    const contacts = drawArrivals(this.#dice, day).map((arrivedAt) => this.#contact(arrivedAt, roster))
    const events = [...roster.presences(centre.reasons), ...contacts.flatMap((contact) => eventsOf(contact, centre))]
    const versions = numberEvents(events, numbers)
    for (const contact of contacts) contact.finalVersion = versions.get(contact.id) ?? 0
    return { from: day.from, to: day.to, contacts, events }
  }

  #customer(arrivedAt: number): { readonly customer: PastCustomer; readonly isNew: boolean } {
    const region = this.#regions.next()
    let known = this.#customers.get(region)
    if (!known) this.#customers.set(region, (known = []))
    if (known.length > 20 && this.#dice.next() < 0.3) {
      // Of those who were not here for two days: whoever comes sooner goes on with the issue of before.
      const at = this.#dice.whole(0, Math.floor(known.length * 0.8))
      const back = known[at]
      if (back && back.lastSeenAt < arrivedAt - 2 * 24 * 60 * minuteMs) {
        known.splice(at, 1)
        known.push(back)
        back.lastSeenAt = arrivedAt
        return { customer: back, isNew: false }
      }
    }
    const customer = { id: this.#dice.uuid(), region, timeZone: this.#zones.get(region) ?? null, firstSeenAt: arrivedAt, lastSeenAt: arrivedAt }
    known.push(customer)
    return { customer, isNew: true }
  }

  #contact(arrivedAt: number, roster: Roster): PastContact {
    const dice = this.#dice
    const { customer, isNew } = this.#customer(arrivedAt)
    const topic = this.#topics.next()
    const fate = this.#fates.next()
    const common = { id: dice.uuid(), issueId: dice.uuid(), customer, isNewCustomer: isNew, topic, language: this.#options.centre.language, arrivedAt, finalVersion: 0 }
    if (fate === 'answered') {
      const answered = this.#answered(arrivedAt, topic, roster)
      if (answered) return { ...common, ...answered }
    }
    const { dialogues, words } = this.#options.texts
    const dialogue = dice.pick(dialogues.filter((one) => one.topic === topic))
    // Short: within the thirty seconds that count as never meant; else later than that.
    const leftAt = arrivedAt + Math.round(fate === 'short' ? 5000 + this.#leave.next() * 23_000 : 32_000 + exponentialOf(this.#leave.next(), 70_000))
    const talk = { arrivedAt, stays: [], endedAt: leftAt, closedAt: leftAt, reason: 'abandoned' as const }
    return { ...common, ...talk, messages: writeTalk(dice, words, dialogue, talk), wrapUpUntil: leftAt, outcome: null, resolved: null, rating: null }
  }

  /** Undefined: nobody could take it while its customer was willing to wait. */
  #answered(arrivedAt: number, topic: Topic, roster: Roster): Omit<PastContact, 'id' | 'issueId' | 'customer' | 'isNewCustomer' | 'topic' | 'language' | 'arrivedAt' | 'finalVersion'> | undefined {
    const dice = this.#dice
    const { texts } = this.#options
    const minute = minuteOfDay(homeZone, arrivedAt)
    const isLate = minute >= lateMinute && minute < cutMinute
    // The second line is at work by day; what is owed to it from the night is raised then, and not all at once.
    const isByDay = minute >= 9 * 60 + 15 && minute < 19 * 60 + 45
    const isRaised = this.#raised.next(isByDay && dice.next() < Math.max(0.2, 4 * this.#options.rates.raised))
    const isTransferred = this.#transferred.next(!isRaised && !isLate)
    const kind = isRaised ? 'raise' : isTransferred ? 'transfer' : undefined
    const dialogue = this.#dialogue(topic, kind)
    const first = this.#stay(roster, { queue: topic, cause: 'arrived', enteredAt: arrivedAt, isLate, except: null })
    if (!first) return undefined
    const second = dialogue.then && this.#stay(roster, {
      queue: dialogue.then.to, cause: dialogue.then.kind === 'raise' ? 'escalated' : 'transferred', enteredAt: first.leftAt, isLate, except: exceptFor(first.agentId, first.leftAt),
    })
    if (dialogue.then && !second) return undefined
    const stays = second ? [first, second] : [first]
    const last = second ?? first
    const wrapUpMs = wrapUpOf(last.leftAt - last.acceptedAt)
    const endedAt = last.leftAt - wrapUpMs
    const closedAt = last.leftAt
    const reason = dice.next() < 0.65 ? ('agentEnded' as const) : ('customerEnded' as const)
    const talk = { arrivedAt, stays, endedAt, closedAt, reason }
    return {
      ...talk,
      messages: writeTalk(dice, texts.words, dialogue, talk),
      wrapUpUntil: endedAt + queuePlans[last.queue].wrapUpSeconds * 1000,
      outcome: dialogue.outcome,
      resolved: this.#resolved.next(),
      rating: this.#rated.next() ? this.#rating(closedAt) : null,
    }
  }

  #rating(closedAt: number): PastContact['rating'] {
    const { words } = this.#options.texts
    const dice = this.#dice
    const isContent = this.#content.next()
    const score = isContent ? (dice.next() < 0.9 ? 5 : 4) : dice.pick([1, 2, 3, 3])
    const comment = dice.next() < 0.3 ? dice.pick(isContent ? words.comments.good : words.comments.bad) : null
    return { score, comment, ratedAt: closedAt + dice.whole(5, 90) * 1000 }
  }

  #dialogue(topic: Topic, kind: 'raise' | 'transfer' | undefined): Dialogue {
    const { dialogues } = this.#options.texts
    const own = dialogues.filter((one) => one.topic === topic && one.then?.kind === kind)
    if (own.length > 0) return this.#dice.pick(own)
    // This topic has none of that kind: its words are another's, the way is the same.
    const other = this.#dice.pick(dialogues.filter((one) => one.then?.kind === kind && one.then?.to !== topic))
    return { ...other, topic }
  }

  #stay(
    roster: Roster,
    { queue, cause, enteredAt, isLate, except }: Pick<PastStay, 'queue' | 'cause' | 'enteredAt'> & Pick<Need, 'except'> & { isLate: boolean },
  ): PastStay | undefined {
    const dice = this.#dice
    const { targets } = this.#options
    const waitMs = this.#waitMs(isLate)
    const handleMs = Math.round(Math.min(isLate ? 8 * minuteMs : longestHandleMs, durationOf(this.#handle.next(), shortestHandleMs, targets.ahtSeconds * 1000)))
    const replyMs = Math.round(Math.min(waitMs * 0.4, 12_000))
    const acceptMs = Math.round(Math.min(waitMs * 0.3, 3000))
    const offers: PastOffer[] = []
    let earliest = enteredAt + waitMs - replyMs - acceptMs
    if (waitMs > 14_000 && dice.next() < 0.04) {
      const declined = roster.take({ queue, offeredAt: enteredAt + 2000, acceptedAfterMs: 1500, releasedAfterMs: 1500, except })
      if (declined && declined.offeredAt + 2000 < earliest) {
        offers.push({ id: dice.uuid(), agentId: declined.agent.id, offeredAt: declined.offeredAt, decidedAt: declined.offeredAt + 1500, outcome: 'declined' })
        earliest = Math.max(earliest, declined.offeredAt + 2000)
      }
    }
    const taken = roster.take({ queue, offeredAt: earliest, acceptedAfterMs: acceptMs, releasedAfterMs: acceptMs + handleMs, except: offers[0] ? exceptFor(offers[0].agentId, offers[0].decidedAt) : except })
    if (!taken) return undefined
    const acceptedAt = taken.offeredAt + acceptMs
    offers.push({ id: dice.uuid(), agentId: taken.agent.id, offeredAt: taken.offeredAt, decidedAt: acceptedAt, outcome: 'accepted' })
    return { queue, cause, enteredAt, offers, agentId: taken.agent.id, acceptedAt, firstReplyAt: acceptedAt + replyMs, leftAt: acceptedAt + handleMs }
  }

  #waitMs(isLate: boolean): number {
    const { rates } = this.#options
    const isInTarget = this.#inTarget.next()
    const waitMs = isInTarget
      ? boundedBy(this.#wait.next(), shortestWaitMs, targetMs - 200, rates.shortWaitMs)
      : targetMs + 200 + exponentialOf(this.#longWait.next(), rates.excessMs)
    return Math.round(Math.min(waitMs, isLate ? minuteMs : longestWaitMs))
  }
}

/** As the router has it. */
const exceptFor = (agentId: string, from: number): Need['except'] => ({ agentId, until: from + 30_000 })

const longestWaitMs = 15 * minuteMs

/** After-work is a tenth of the whole, but never long. */
const wrapUpOf = (handleMs: number): number => Math.round(Math.min(45_000, Math.max(6000, handleMs * 0.1)))

/** The lively day: customers come, agents work, until it is stopped. Speaks to the server as everybody else does. */
import { defaultTargets, transferShare } from '../history/targets.ts'
import { rollDice } from '@otklik/testing/dice'
import type { Centre } from '../centre.ts'
import { drawGap, highestRate, highestRush, rateAt, rushAt } from '../profile.ts'
import { homeZone } from '../shifts.ts'
import { meanInHand, peopleWanted } from '../staffing.ts'
import type { Texts } from '../texts/texts.ts'
import { dayMs, minuteOfDay } from '../zone.ts'
import { work } from './agent.ts'
import { createBoard, type Board } from './board.ts'
import { startClock, type DemoClock } from './clock.ts'
import { planVisit, visit } from './customer.ts'
import { isServerThere, pauseUntil, watchOutage, type Outage } from './outage.ts'

export interface LiveOptions {
  readonly url: string
  /** What the channels list, and the server's own. */
  readonly origin: string
  readonly centre: Centre
  readonly texts: Texts
  readonly password: string
  readonly speed: number
  readonly seed: number
  /** Contacts of the demo's day, beside its rushes. */
  readonly perDay: number
  readonly everybodyWorks?: boolean
  readonly onError?: (words: string) => void
  /** The server does not answer, told once a minute; and it answers again. */
  readonly onAway?: () => void
  readonly onBack?: () => void
}

export interface Live {
  readonly board: Board
  readonly clock: DemoClock
  readonly outage: Outage
  /** Agents finish what they can and go home, customers close their pages. */
  stop(): Promise<void>
}

/** A third of the agents is at work at a time; each answers so many in an hour, which leaves some time to breathe. */
const perAgentAndHour = 12
/** Contacts of a day that so many agents can well answer. */
export const livelyPerDay = (agents: number): number => (agents / 3) * perAgentAndHour * 24

/** What breaks when many come at once. */
const rushTopic = 'network'

/** Of each shift and line as many as so many contacts need; the others have the day off. */
export const peopleOnDuty = (agents: Centre['agents'], perDay: number): Centre['agents'] => {
  const { ahtSeconds, secondLine } = defaultTargets('en')
  const inHand = meanInHand(perDay, ahtSeconds)
  const load = { 1: inHand * (1 + transferShare), 2: inHand * secondLine }
  const seen = new Map<string, number>()
  return agents.filter(({ shift, line }) => {
    const place = seen.get(`${shift} ${line}`) ?? 0
    seen.set(`${shift} ${line}`, place + 1)
    return place < peopleWanted(shift, load[line])
  })
}

/** What went wrong, in words: never an object that nobody can read. */
const wordsOf = (error: unknown): string => (error instanceof Error ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}` : String(error))

export const runLive = (options: LiveOptions): Live => {
  const { url, origin, centre, texts, password, speed, seed, perDay, everybodyWorks = false } = options
  const clock = startClock(speed, Date.now())
  const board = createBoard()
  const opened = new Set<{ close(): void }>()
  const under = new Set<Promise<void>>()
  const stopping = new AbortController()
  const outage = watchOutage({
    isThere: () => isServerThere(url),
    pause: pauseUntil(stopping.signal),
    onAway: () => options.onAway?.(),
    onBack: () => options.onBack?.(),
    onError: (error) => {
      if (clock.isStopped) return // the connections of a demo that stops break off
      const words = wordsOf(error)
      board.errors.push(words)
      options.onError?.(words)
    },
  })
  const onError = (error: unknown) => outage.take(error)
  const arrive = async () => {
    const dice = rollDice(Math.imul(seed + 1, 0x2545f491))
    const most = everybodyWorks ? highestRate : highestRate * highestRush
    // Thinned: drawn as for the busiest hour, and left out as often as the hour is calmer than that.
    for (let number = 0; await clock.pause(drawGap(dice, (perDay / dayMs) * most)); ) {
      const rush = everybodyWorks ? 1 : rushAt(clock.now())
      const rate = rush * (everybodyWorks ? highestRate : rateAt(minuteOfDay(homeZone, clock.now())))
      if (dice.next() * most >= rate || outage.isAway) continue
      const plan = planVisit(seed, number++, texts, dice.next() * rush >= 1 ? rushTopic : undefined)
      const page = { url: `https://www.sputnik.example/${plan.topic}`, title: texts.words.pages[plan.topic] }
      const own = visit(plan, { url, origin, channelId: centre.channels[plan.topic], language: centre.language, page, clock, board, opened })
        .catch(onError)
        .finally(() => under.delete(own))
      under.add(own)
    }
  }
  const arriving = arrive().catch(onError)
  const people = everybodyWorks ? centre.agents : peopleOnDuty(centre.agents, perDay)
  const working = people.map((agent, place) => work(agent, place, { url, origin, password, seed, centre, texts, clock, board, outage, everybodyWorks }))
  return {
    board,
    clock,
    outage,
    async stop() {
      clock.stop()
      stopping.abort()
      for (const client of opened) client.close()
      await Promise.all([arriving, ...working, ...under])
    },
  }
}

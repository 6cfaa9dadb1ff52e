/** The lively day: customers come, agents work, until it is stopped. Speaks to the server as everybody else does. */
import { rollDice } from '@otklik/testing/dice'
import type { Centre } from '../centre.ts'
import { drawGap, highestRate, rateAt } from '../profile.ts'
import { homeZone } from '../shifts.ts'
import type { Texts } from '../texts/texts.ts'
import { minuteMs, minuteOfDay } from '../zone.ts'
import { work } from './agent.ts'
import { createBoard, type Board } from './board.ts'
import { startClock, type DemoClock } from './clock.ts'
import { planVisit, visit } from './customer.ts'

export interface LiveOptions {
  readonly url: string
  /** What the channels list, and the server's own. */
  readonly origin: string
  readonly centre: Centre
  readonly texts: Texts
  readonly password: string
  readonly speed: number
  readonly seed: number
  /** Contacts an hour of the demo's day, in its mean. Absent: as many as the agents can well answer. */
  readonly perHour?: number
  readonly everybodyWorks?: boolean
  readonly onError?: (words: string) => void
}

export interface Live {
  readonly board: Board
  readonly clock: DemoClock
  /** Agents finish what they can and go home, customers close their pages. */
  stop(): Promise<void>
}

/** A third of the agents is at work at a time; each answers so many in an hour, which leaves some time to breathe. */
const perAgentAndHour = 25

/** What went wrong, in words: never an object that nobody can read. */
const wordsOf = (error: unknown): string => (error instanceof Error ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}` : String(error))

export const runLive = (options: LiveOptions): Live => {
  const { url, origin, centre, texts, password, speed, seed, everybodyWorks = false } = options
  const perHour = options.perHour ?? (centre.agents.length / 3) * perAgentAndHour
  const clock = startClock(speed, Date.now())
  const board = createBoard()
  const opened = new Set<{ close(): void }>()
  const under = new Set<Promise<void>>()
  const onError = (error: unknown) => {
    if (clock.isStopped) return // the connections of a demo that stops break off
    const words = wordsOf(error)
    board.errors.push(words)
    options.onError?.(words)
  }
  const arrive = async () => {
    const dice = rollDice(Math.imul(seed + 1, 0x2545f491))
    const highest = (perHour / (60 * minuteMs)) * highestRate
    // Thinned: drawn as for the busiest hour, and left out as often as the hour is calmer than that.
    for (let number = 0; await clock.pause(drawGap(dice, highest)); ) {
      const rate = everybodyWorks ? highestRate : rateAt(minuteOfDay(homeZone, clock.now()))
      if (dice.next() * highestRate >= rate) continue
      const plan = planVisit(seed, number++, texts)
      const page = { url: `https://www.sputnik.example/${plan.topic}`, title: texts.words.pages[plan.topic] }
      const own = visit(plan, { url, origin, channelId: centre.channels[plan.topic], language: centre.language, page, clock, board, opened })
        .catch(onError)
        .finally(() => under.delete(own))
      under.add(own)
    }
  }
  const arriving = arrive().catch(onError)
  const working = centre.agents.map((agent, place) => work(agent, place, { url, origin, password, seed, centre, texts, clock, board, onError, everybodyWorks }))
  return {
    board,
    clock,
    async stop() {
      clock.stop()
      for (const client of opened) client.close()
      await Promise.all([arriving, ...working, ...under])
    },
  }
}

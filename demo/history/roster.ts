/** Who is at work on a day of the past, and who of them can take the next contact. */
import type { Dice } from '@otklik/testing/dice'
import { maxChats, type Centre, type QueueName } from '../centre.ts'
import { planBreaks, type Break } from '../live/breaks.ts'
import { shiftOn, type Span } from '../shifts.ts'
import { peopleWanted, shiftNames } from '../staffing.ts'
import { minuteMs } from '../zone.ts'
import type { CalendarDay } from './calendar.ts'
import type { HistoryEvent } from './event.ts'
import { planPaperwork, type Engagement } from './paperwork.ts'

type Agent = Centre['agents'][number]

export interface Duty {
  readonly agent: Agent
  readonly span: Span
  readonly breaks: readonly Break[]
  /** When each contact in hand is given away, and until when an offer is open. */
  readonly held: number[]
  readonly engagements: Engagement[]
  offeredUntil: number
}

/** A stay that wants an agent: offered, accepted and given away so long after it is offered. */
export interface Need {
  readonly queue: QueueName
  readonly offeredAt: number
  readonly acceptedAfterMs: number
  readonly releasedAfterMs: number
  /** Whoever has just handed it on or declined it: not offered to them before that. */
  readonly except: { readonly agentId: string; readonly until: number } | null
}

/** Of an agent's day: from here on, and so much more by chance. */
const leastOccupancy = 0.81
const occupancySpread = 0.06

const stepMs = 3000
const longestDelayMs = 10 * minuteMs

/** Five days of seven, each with other days off. */
const isDayOff = (day: number, place: number): boolean => (day + place * 3) % 7 >= 5

export class Roster {
  readonly #duties: readonly Duty[]
  readonly #dice: Dice

  /** @param inHand by line: how many contacts are in hand at the same time in the mean of the day, as far as can be foreseen */
  constructor(centre: Pick<Centre, 'agents'>, { wall }: CalendarDay, dayNumber: number, inHand: Readonly<Record<1 | 2, number>>, dice: Dice) {
    this.#dice = dice
    const duties: Duty[] = []
    for (const name of shiftNames)
      for (const line of [1, 2] as const) {
        const all = centre.agents.filter((agent) => agent.shift === name && agent.line === line)
        const rested = all.filter((_, place) => !isDayOff(dayNumber, place))
        const people = peopleWanted(name, inHand[line])
        // On the busiest days nobody has the day off.
        const able = rested.length < people ? all : rested
        const wanted = Math.min(able.length, people)
        const first = able.length > 0 ? (dayNumber * wanted) % able.length : 0
        const away: Break[] = []
        for (let turn = 0; turn < wanted; turn++) {
          const agent = able[(first + turn) % able.length]
          if (!agent) continue
          // Nobody signs in at the very second.
          const shift = shiftOn(name, wall)
          const span = { from: shift.from + dice.whole(0, 40) * 1000, to: shift.to - 1000 - dice.whole(0, 20) * 1000 }
          // One at a time, so that somebody always stays.
          const breaks = planBreaks(dice, span.from, span.to).filter((own) => wanted > 1 && away.every(({ from, to }) => own.to + minuteMs < from || to + minuteMs < own.from))
          away.push(...breaks)
          duties.push({ agent, span, breaks, held: [], engagements: [], offeredUntil: 0 })
        }
      }
    this.#duties = duties
  }

  /**
   * The least busy of those who can; when nobody can, the contact waits until somebody does.
   * @returns undefined: nobody within a customer's patience
   */
  take(need: Need): { readonly agent: Agent; readonly offeredAt: number } | undefined {
    for (let offeredAt = need.offeredAt; offeredAt <= need.offeredAt + longestDelayMs; offeredAt += stepMs) {
      let best: Duty | undefined
      for (const duty of this.#duties) if (canTake(duty, need, offeredAt) && (!best || countHeld(duty, offeredAt) < countHeld(best, offeredAt))) best = duty
      if (!best) continue
      best.held.push(offeredAt + need.releasedAfterMs)
      best.offeredUntil = offeredAt + need.acceptedAfterMs
      best.engagements.push({ offeredAt, acceptedAt: best.offeredUntil, releasedAt: offeredAt + need.releasedAfterMs })
      return { agent: best.agent, offeredAt }
    }
    return undefined
  }

  /** Signing in, breaks, other work and going home; asked once everything of the day is taken. */
  presences(reasons: Centre['reasons']): readonly HistoryEvent[] {
    return this.#duties.flatMap((duty) => {
      const { agent, span, breaks } = duty
      const papers = planPaperwork(this.#dice, duty, leastOccupancy + occupancySpread * this.#dice.next()).map((own) => ({ ...own, reason: 'paperwork' as const }))
      return [
        presence(agent.id, span.from, 'offline', 'available', 'chosen', null),
        ...[...breaks, ...papers].flatMap(({ from, to, reason }) => [
          presence(agent.id, from, 'available', 'notReady', 'chosen', reasons[reason]),
          presence(agent.id, to, 'notReady', 'available', 'chosen', null),
        ]),
        presence(agent.id, span.to, 'available', 'offline', 'signedOut', null),
      ]
    })
  }
}

const countHeld = (duty: Duty, at: number): number => {
  // What was given away is forgotten; needs come nearly in order of time, and what is kept too long does no harm.
  for (let place = duty.held.length - 1; place >= 0; place--) if ((duty.held[place] ?? 0) < at - longestDelayMs) duty.held.splice(place, 1)
  return duty.held.filter((until) => until >= at).length
}

const canTake = (duty: Duty, need: Need, offeredAt: number): boolean => {
  const { agent, span, breaks } = duty
  const acceptedAt = offeredAt + need.acceptedAfterMs
  return (
    agent.skills[need.queue] !== undefined &&
    !(agent.id === need.except?.agentId && offeredAt <= need.except.until) &&
    span.from < offeredAt &&
    offeredAt + need.releasedAfterMs < span.to &&
    duty.offeredUntil < offeredAt &&
    breaks.every(({ from, to }) => acceptedAt < from || offeredAt > to) &&
    countHeld(duty, offeredAt) < maxChats
  )
}

type Presence = 'offline' | 'available' | 'notReady'
const presence = (agentId: string, at: number, from: Presence, to: Presence, cause: 'chosen' | 'signedOut', reasonId: string | null): HistoryEvent => ({
  at,
  kind: 'presence.changed',
  subject: agentId,
  payload: { agentId, agentVersion: 0, from, to, cause, reasonId, ticket: to === 'available' ? 0 : null, occupancy: to === 'available' ? 0 : null },
})

/** A contact as its figures see it: in which queue it stays, who has it in hand, what its customer heard. */
import type { Increment, PayloadOf, Subject } from './event.ts'

/** Chats that were left as soon as this count as never meant; part of the definitions' version (DOMAIN.md). */
export const shortAbandonMs = 30_000

/** The time in one queue, from its door until the contact goes to another or ends. */
interface Stay {
  readonly queueId: string
  readonly line: number
  readonly targetMs: number
  readonly enteredAt: number
  isAnswered: boolean
}
interface Holding {
  readonly agentId: string
  phase: 'talk' | 'wrapUp'
  phaseFrom: number
  talkMs: number
  wrapUpMs: number
}
export interface ContactLife {
  readonly contactId: string
  readonly issueId: string
  readonly channel: string
  readonly region: string
  readonly arrivedAt: number
  stay: Stay
  /** A human has replied, in this stay or an earlier one. */
  isAnswered: boolean
  holding: Holding | null
  /** The talk is over, unless the customer writes again before it is closed. */
  endedAt: number | null
}

const stayOf = ({ queueId, line, targetSeconds }: PayloadOf<'contact.queued'>, enteredAt: number): Stay => ({
  queueId,
  line,
  targetMs: targetSeconds * 1000,
  enteredAt,
  isAnswered: false,
})

const subjectOf = (life: ContactLife, agentId?: string): Subject => ({
  queueId: life.stay.queueId,
  channel: life.channel,
  region: life.region,
  ...(agentId === undefined ? {} : { agentId }),
})
const inStay = (life: ContactLife, sums: Increment['sums'], agentId?: string, samples?: Increment['samples']): Increment => ({
  at: life.stay.enteredAt,
  subject: subjectOf(life, agentId),
  sums,
  ...(samples ? { samples } : {}),
})

export const arrive = (payload: PayloadOf<'contact.queued'>): [ContactLife, Increment[]] => {
  const { contactId, issueId, channel, region, arrivedAt } = payload
  const life: ContactLife = { contactId, issueId, channel, region, arrivedAt, stay: stayOf(payload, arrivedAt), isAnswered: false, holding: null, endedAt: null }
  return [life, [inStay(life, { offered: 1 })]]
}

/** Goes to another queue, by whoever's hand: a new stay, and a new wait. */
export const moveOn = (life: ContactLife, payload: PayloadOf<'contact.queued'>, at: number): Increment[] => {
  const left = life.stay.isAnswered ? [] : [inStay(life, { handedOnUnanswered: 1 })]
  life.stay = stayOf(payload, at)
  return [...left, inStay(life, { offered: 1 })]
}

export const take = (life: ContactLife, agentId: string, by: 'accepted' | 'picked', at: number): Increment[] => {
  life.holding = { agentId, phase: 'talk', phaseFrom: at, talkMs: 0, wrapUpMs: 0 }
  return [{ at, subject: subjectOf(life, agentId), sums: { [by]: 1 } }]
}

/** A human's word to the customer; the first of a stay answers it, the first of all is the first response. */
export const reply = (life: ContactLife, agentId: string, at: number): Increment[] => {
  const increments: Increment[] = []
  const { stay } = life
  if (!stay.isAnswered) {
    stay.isAnswered = true
    const wait = Math.max(0, at - stay.enteredAt)
    increments.push(inStay(life, { answered: 1, answeredInTarget: wait <= stay.targetMs ? 1 : 0, waitMs: wait }, agentId, { wait }))
  }
  if (!life.isAnswered) {
    life.isAnswered = true
    const firstResponse = Math.max(0, at - life.arrivedAt)
    increments.push(inStay(life, { firstResponses: 1, firstResponseMs: firstResponse }, agentId, { firstResponse }))
  }
  return increments
}

const endPhase = (holding: Holding, at: number): void => {
  const spent = Math.max(0, at - holding.phaseFrom)
  if (holding.phase === 'talk') holding.talkMs += spent
  else holding.wrapUpMs += spent
  holding.phaseFrom = Math.max(at, holding.phaseFrom)
}

export const beginWrapUp = (life: ContactLife, at: number): void => {
  life.endedAt = at
  if (!life.holding) return
  endPhase(life.holding, at)
  life.holding.phase = 'wrapUp'
}

export const reopen = (life: ContactLife, at: number): void => {
  life.endedAt = null
  if (!life.holding) return
  endPhase(life.holding, at)
  life.holding.phase = 'talk'
}

/**
 * The contact leaves the agent's hands.
 * @param isFinished the agent did what was to be done, also by handing it on; else the handling was cut off or put off, and
 *   only its time counts
 */
export const letGo = (life: ContactLife, at: number, effortMs: number, isFinished: boolean): Increment[] => {
  const { holding } = life
  if (!holding) return []
  endPhase(holding, at)
  life.holding = null
  const { agentId, talkMs, wrapUpMs } = holding
  return [
    {
      at,
      subject: subjectOf(life, agentId),
      sums: { talkMs, wrapUpMs, effortMs, ...(isFinished ? { handled: 1 } : {}) },
      ...(isFinished ? { samples: { handle: talkMs + wrapUpMs } } : {}),
    },
  ]
}

const leftReasons: readonly string[] = ['abandoned', 'customerEnded', 'customerAway']

/**
 * The end. A stay without a reply is told apart by who ended it, and how soon.
 * @param holder who had it in hand; an agent to whom it was only offered did not
 */
export const close = (life: ContactLife, { reason, resolved }: PayloadOf<'contact.closed'>, holder: string | undefined, at: number): Increment[] => {
  const endedAt = life.endedAt ?? at
  const increments: Increment[] = []
  const { stay } = life
  if (!stay.isAnswered) {
    const wait = endedAt - stay.enteredAt
    if (reason === 'blocked') increments.push(inStay(life, { excluded: 1, offered: -1 }))
    else if (leftReasons.includes(reason))
      increments.push(
        inStay(life, { abandoned: 1, abandonedInTarget: wait <= stay.targetMs ? 1 : 0, shortAbandoned: wait <= shortAbandonMs ? 1 : 0 }),
      )
    else increments.push(inStay(life, { unanswered: 1 }))
  }
  const said = resolved === null ? {} : { coded: 1, codedResolved: resolved ? 1 : 0 }
  if (life.isAnswered || resolved !== null)
    increments.push({ at: endedAt, subject: subjectOf(life, holder), sums: { ...(life.isAnswered ? { ended: 1 } : {}), ...said } })
  return increments
}

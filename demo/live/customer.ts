/** A customer in the widget: writes, waits as long as patience lasts, answers, and says how it was. */
import { regionShares } from '../regions.ts'
import { drawPatience } from '../profile.ts'
import { topics, type Dialogue, type Language, type Topic } from '../texts/shape.ts'
import type { Texts } from '../texts/texts.ts'
import { rollDice, type Dice } from '@otklik/testing/dice'
import { createVisitorClient, type VisitorClient } from '@otklik/testing/visitor-client'
import { turnsOf } from './agent-mind.ts'
import type { Board } from './board.ts'
import type { DemoClock } from './clock.ts'
import { replyMs, thanksMs } from './tempo.ts'

/** Everything that a customer will do, drawn before anything happens: the same for the same seed, whatever the server does. */
export interface VisitPlan {
  readonly topic: Topic
  readonly dialogue: Dialogue
  readonly hello: string
  readonly timeZone: string | null
  readonly patienceMs: number
  /** How soon an answer is written, as a share of the usual. */
  readonly pace: number
  readonly thanks: string | null
  readonly endsThemselves: boolean
  /** At which turn the connection breaks, and whether the page comes back. */
  readonly breaksAt: number | null
  readonly comesBack: boolean
  readonly rating: { readonly score: number; readonly comment: string } | null
}

const pickByShare = <Item>(dice: Dice, shares: readonly (readonly [Item, number])[]): Item => {
  let left = dice.next() * shares.reduce((sum, [, share]) => sum + share, 0)
  const [last] = shares.slice(-1)
  for (const [item, share] of shares) if ((left -= share) < 0) return item
  if (!last) throw new Error('there is nothing to choose from')
  return last[0]
}

export const topicShares: readonly (readonly [Topic, number])[] = topics.map((topic) => [topic, { plans: 0.3, network: 0.32, payments: 0.24, orders: 0.14 }[topic]])
const scores: readonly (readonly [number, number])[] = [[5, 0.86], [4, 0.1], [3, 0.02], [2, 0.01], [1, 0.01]]

/** Three of a hundred go to the second line, five to another queue (DOMAIN.md); the others are over where they began. */
const pickDialogue = (dice: Dice, dialogues: readonly Dialogue[]): Dialogue => {
  const luck = dice.next()
  const kind = luck < 0.03 ? 'raise' : luck < 0.08 ? 'transfer' : undefined
  const fitting = dialogues.filter(({ then }) => then?.kind === kind)
  return dice.pick(fitting.length > 0 ? fitting : dialogues)
}

/**
 * @param number of the visit, from 0: each has chance of its own, so that nothing depends on who was faster
 * @param about what everybody comes about just now; absent: as it happens
 */
export const planVisit = (seed: number, number: number, { words, dialogues }: Texts, about?: Topic): VisitPlan => {
  const dice = rollDice(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
  const drawn = pickByShare(dice, topicShares)
  const topic = about ?? drawn
  const dialogue = pickDialogue(dice, dialogues.filter((one) => one.topic === topic))
  const score = pickByShare(dice, scores)
  const isCommenting = dice.next() < 0.45
  return {
    topic,
    dialogue,
    hello: dice.pick(words.hellos),
    timeZone: pickByShare(dice, regionShares),
    patienceMs: drawPatience(dice),
    pace: 0.6 + dice.next() * 0.9,
    thanks: dice.next() < 0.7 ? dice.pick(words.thanks) : null,
    endsThemselves: dice.next() < 0.35,
    breaksAt: dice.next() < 0.07 ? dice.whole(1, Math.max(1, turnsOf(dialogue).length - 1)) : null,
    comesBack: dice.next() < 0.8,
    rating: dice.next() < 0.45 ? { score, comment: isCommenting ? dice.pick(score >= 4 ? words.comments.good : words.comments.bad) : '' } : null,
  }
}

export interface VisitDeps {
  readonly url: string
  readonly origin: string
  readonly channelId: string
  readonly language: Language
  readonly page: { readonly url: string; readonly title: string }
  readonly clock: DemoClock
  readonly board: Board
  readonly opened: Set<{ close(): void }>
}

const longestSilenceMs = 6 * 60_000
/** By the wall's clock, however fast the day goes: whoever leaves within thirty seconds counts as one who never meant it. */
export const leastPatienceMs = 35_000

/** The whole visit. @throws when the server does what a widget is not told of */
export const visit = async (plan: VisitPlan, deps: VisitDeps): Promise<void> => {
  const { clock, board, opened } = deps
  const visitor = await createVisitorClient({ ...deps, timeZone: plan.timeZone })
  opened.add(visitor)
  let phase: 'waiting' | 'inHand' | null = null
  const enter = (next: typeof phase) => {
    if (phase) board[phase]--
    if (next) board[next]++
    phase = next
  }
  try {
    const end = await converse(plan, visitor, deps, enter)
    enter(null)
    if (end === 'over' && plan.rating && (await clock.pause(4000 * plan.pace)) && visitor.state.chat?.canRate) {
      visitor.frame({ t: 'rate', contactId: visitor.state.chat.contactId, ...plan.rating })
      if (await visitor.within(() => clock.isStopped || visitor.state.chat?.rating, 10_000) && !clock.isStopped) board.rated++
    }
  } finally {
    enter(null)
    visitor.close()
    opened.delete(visitor)
  }
}

const converse = async (plan: VisitPlan, visitor: VisitorClient, deps: VisitDeps, enter: (phase: 'waiting' | 'inHand') => void): Promise<'over' | 'left'> => {
  const { clock, board } = deps
  const chat = () => visitor.state.chat
  const isOver = () => clock.isStopped || chat()?.state === 'ended'
  const heard = () => [...visitor.state.messages.values()].filter(({ author, contactId }) => author === 'agent' && contactId === chat()?.contactId)
  /** True when it came to pass, false when time or the conversation was over before. */
  const comes = async (look: () => boolean, ms: number, leastMs = 0) => (await visitor.within(() => look() || isOver(), Math.max(ms / clock.speed, leastMs))) !== undefined && look()
  const leave = () => {
    const contactId = chat()?.contactId
    if (contactId && !isOver()) visitor.frame({ t: 'end', contactId })
  }
  let answers = 0
  for (const [at, turn] of turnsOf(plan.dialogue).entries()) {
    if (at === plan.breaksAt) {
      board.lostConnections++
      if (!plan.comesBack) return 'left' // the page is closed, and the server finds out by itself
      visitor.cut()
    }
    if (turn.by === 'customer') {
      const text = at === 0 ? plan.hello + turn.text : turn.text
      visitor.frame({ t: 'typing' })
      if (!(await clock.pause(at === 0 ? 500 : replyMs(text, plan.pace))) || (at > 0 && isOver())) return 'left'
      await visitor.send(text, undefined, 30_000)
      if (at > 0) continue
      board.arrived++
      enter('waiting')
      continue
    }
    answers++
    const isFirst = answers === 1
    if (!(await comes(() => heard().length >= answers, isFirst ? plan.patienceMs : longestSilenceMs, isFirst ? leastPatienceMs : 0))) {
      if (isFirst && !clock.isStopped) board.gone++
      leave()
      return isFirst ? 'left' : 'over'
    }
    if (isFirst) {
      board.answered++
      enter('inHand')
    }
    readAll(visitor)
  }
  if (plan.thanks && (await clock.pause(thanksMs(plan.thanks, plan.pace))) && !isOver()) await visitor.send(plan.thanks, undefined, 30_000)
  if (plan.endsThemselves && (await clock.pause(5000 * plan.pace))) leave()
  if (!(await comes(isOver, longestSilenceMs))) leave()
  await visitor.within(isOver, 10_000)
  return 'over'
}

const readAll = (visitor: VisitorClient): void => {
  const { chat, messages } = visitor.state
  if (!chat) return
  const number = Math.max(0, ...[...messages.values()].filter(({ contactId }) => contactId === chat.contactId).map((message) => message.number))
  visitor.frame({ t: 'read', contactId: chat.contactId, number })
}

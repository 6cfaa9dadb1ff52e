/** How long people take over what they do, so that a contact takes about as long as in a past. `luck` is a number from 0 to 1. */
import type { Turn } from './agent-mind.ts'

/** The part of an answer in which the customer sees somebody type. */
export const typingMs = (text: string): number => text.length * 90

/** The first answer is a ready phrase, and goes quicker than it is read; for every other one something is looked up. */
export const answerMs = (text: string, isFirst: boolean, luck: number): number =>
  isFirst ? 2000 + text.length * (30 + luck * 50) : 65_000 + luck * 80_000 + typingMs(text)

/** @param pace from 0.6 to 1.5: how soon this customer writes, as a share of the usual */
export const replyMs = (text: string, pace: number): number => (70_000 + text.length * 200) * pace
export const thanksMs = (text: string, pace: number): number => (6000 + text.length * 200) * pace

/** Whether there is anything else, after the last word. */
export const farewellMs = (luck: number): number => 45_000 + luck * 60_000
export const wrapUpMs = (luck: number): number => 25_000 + luck * 30_000

/** The whole time in an agent's hands, in the mean. */
export const meanHandleMs = (turns: readonly Turn[]): number => {
  const first = turns.findIndex(({ by }) => by === 'agent')
  const said = turns.slice(first).map(({ by, text }, at) => (by === 'agent' ? answerMs(text, at === 0, 0.5) : replyMs(text, 1.05)))
  return said.reduce((sum, ms) => sum + ms, 0) + farewellMs(0.5) + wrapUpMs(0.5)
}

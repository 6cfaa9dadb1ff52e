/** What was said in a contact of the past: a dialogue, laid into the time that the contact took. */
import type { Dice } from '@otklik/testing/dice'
import type { Dialogue, Words } from '../texts/shape.ts'
import type { MessagePart, PastMessage, PastStay } from './contact.ts'

export interface Talk {
  readonly arrivedAt: number
  readonly stays: readonly PastStay[]
  readonly endedAt: number
  readonly closedAt: number
  readonly reason: 'abandoned' | 'agentEnded' | 'customerEnded'
}

/** Every message in order. Our first word of each stay is where its wait ends; the others share what is left of its time. */
export const writeTalk = (dice: Dice, words: Words, { lines, then }: Dialogue, talk: Talk): readonly PastMessage[] => {
  const { arrivedAt, stays } = talk
  const messages: PastMessage[] = []
  const write = (author: PastMessage['author'], agentId: string | null, visibility: PastMessage['visibility'], part: MessagePart, sentAt: number) =>
    messages.push({ id: dice.uuid(), author, agentId, visibility, part, sentAt })
  const text = (words: string): MessagePart => ({ kind: 'text', text: words })
  write('customer', null, 'public', text(dice.pick(words.hellos) + (lines[0] ?? '')), arrivedAt)

  for (const [at, stay] of stays.entries()) {
    const said = at === 0 ? lines.slice(1) : (then?.more ?? [])
    const end = Math.min(stay.leftAt, talk.endedAt)
    // The last word is a moment before the end.
    const between = (end - stay.firstReplyAt) / (said.length + 1)
    for (const [turn, line] of said.entries()) {
      const sentAt = turn === 0 ? stay.firstReplyAt : Math.floor(stay.firstReplyAt + between * (turn + 0.2 * dice.next()))
      if (turn % 2 === 0) write('agent', stay.agentId, 'public', text(line), sentAt)
      else write('customer', null, 'public', text(line), sentAt)
    }
    const next = stays[at + 1]
    if (next) {
      write('agent', stay.agentId, 'note', text(then?.note ?? ''), next.enteredAt)
      write('system', stay.agentId, 'public', { kind: 'notice', code: next.cause === 'escalated' ? 'escalated' : 'transferred' }, next.enteredAt)
    }
  }
  const last = stays.at(-1)
  if (!last || talk.reason === 'abandoned') return messages
  write('system', null, 'public', { kind: 'notice', code: talk.reason === 'agentEnded' ? 'endedByAgent' : 'endedByCustomer' }, talk.endedAt)
  if (dice.next() < 0.15) write('agent', last.agentId, 'note', text(dice.pick(words.wrapUpNotes)), talk.closedAt)
  return messages
}

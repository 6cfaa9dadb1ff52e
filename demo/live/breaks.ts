/** When an agent is away during a shift, and why. */
import type { Dice } from '@otklik/testing/dice'
import type { Centre } from '../centre.ts'
import type { Span } from '../shifts.ts'
import { minuteMs } from '../zone.ts'

export type Break = Span & { readonly reason: keyof Centre['reasons'] }

/**
 * A break every hour and a half or two, the second of them lunch; now and then training or a word with the supervisor instead.
 * @param from whoever signs in late has the first one as long after
 */
export const planBreaks = (dice: Dice, from: number, to: number): Break[] => {
  const breaks: Break[] = []
  const end = Math.min(to, from + 16 * 60 * minuteMs)
  let at = from + dice.whole(20, 110) * minuteMs
  for (let turn = 1; at < end - 30 * minuteMs; turn++) {
    const reason = turn === 2 ? 'lunch' : dice.next() < 0.8 ? 'break' : dice.pick(['training', 'talk'] as const)
    const minutes = reason === 'lunch' ? 40 : dice.whole(8, 15)
    breaks.push({ from: at, to: at + minutes * minuteMs, reason })
    at += (minutes + dice.whole(80, 120)) * minuteMs
  }
  return breaks
}

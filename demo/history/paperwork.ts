/**
 * What people do while nobody writes: an agent who has too little to do is given papers, and is away for them. Otherwise a small
 * centre, in which somebody must be there at every hour, would be one in which people mostly wait.
 */
import type { Dice } from '@otklik/testing/dice'
import type { Span } from '../shifts.ts'
import { minuteMs } from '../zone.ts'

/** A contact: offered, in hand, given away. */
export interface Engagement {
  readonly offeredAt: number
  readonly acceptedAt: number
  readonly releasedAt: number
}

export interface DayOfWork {
  readonly span: Span
  readonly breaks: readonly Span[]
  readonly engagements: readonly Engagement[]
}

/** For less nobody begins anything else. */
const shortestMs = 3 * minuteMs
/** So long before and after a contact an agent waits for the next one at least. */
const leastWaitMs = 10_000

/** The union of spans, in order. */
const joined = (spans: readonly Span[]): Span[] => {
  const union: { from: number; to: number }[] = []
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = union.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else if (to > from) union.push({ from, to })
  }
  return union
}
const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0)

const between = ({ from, to }: Span, taken: readonly Span[]): Span[] => {
  const edges = [from, ...taken.flatMap((one) => [one.from, one.to]), to]
  return edges.flatMap((edge, at) => (at % 2 === 0 && (edges[at + 1] ?? edge) > edge ? [{ from: edge, to: edges[at + 1] ?? edge }] : []))
}

/**
 * The times at which an agent is away for papers, so that of what is left of the day a share of `occupancy` is busy. A day that is
 * busier already has none.
 */
export const planPaperwork = (dice: Dice, { span, breaks, engagements }: DayOfWork, occupancy: number): Span[] => {
  const busyMs = lengthOf(joined(engagements.map(({ acceptedAt, releasedAt }) => ({ from: acceptedAt, to: releasedAt }))))
  const gaps = between(span, joined([...breaks, ...engagements.map(({ offeredAt, releasedAt }) => ({ from: offeredAt, to: releasedAt }))]))
  const spareMs = lengthOf(gaps) - busyMs * (1 / occupancy - 1)
  const cut = (gap: Span, waitMs: number) => {
    const left = gap.to - gap.from - 2 * waitMs
    return left >= shortestMs ? left : 0
  }
  // How long to wait on either side, so that what is cut out is what is to spare.
  let [low, high] = [leastWaitMs, Math.max(leastWaitMs, ...gaps.map(({ from, to }) => (to - from) / 2))]
  while (high - low > 100) {
    const middle = (low + high) / 2
    if (gaps.reduce((sum, gap) => sum + cut(gap, middle), 0) > spareMs) low = middle
    else high = middle
  }
  return gaps.flatMap((gap) => {
    const left = Math.floor(cut(gap, high))
    if (left === 0) return []
    const from = Math.round(gap.from + 2 * high * (0.2 + 0.6 * dice.next()))
    return [{ from, to: from + left }]
  })
}

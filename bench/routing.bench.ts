/**
 * The bar at the end of ROUTING.md §2: the mean over a mix of inputs, its growth with the backlog, and the worst cases.
 */
import { typedHeapBlock } from './baseline/typed-heap.ts'
import { type Block, type Finding, interleave, processorTime, ratios, spreadOf } from './pairs.ts'
import { Centre, seeded } from './routing.centre.ts'
import { worstCases } from './routing.worst.ts'

const cyclesPerBlock = 2_000
/** Every contact waits about as long whatever the backlog, so that the same timers run at each size. */
const waitMs = 120_000
const sizes = [1_000, 10_000, 100_000] as const

const mixBlock = (profiles: number, waiting: number): Block => {
  const centre = new Centre({ profiles })
  for (const agentId of centre.agentIds) centre.logIn(agentId)
  const apartMs = waitMs / waiting
  centre.fill(waiting, apartMs)
  return () => {
    centre.prepare(cyclesPerBlock)
    const before = centre.inputs
    const took = processorTime(() => {
      for (let i = 0; i < cyclesPerBlock; i++) centre.cycle(apartMs, waiting)
    })
    return took / (centre.inputs - before)
  }
}

const microseconds = (values: readonly number[]): string => `${spreadOf(values).median.toFixed(2)} µs`

export const measure = (report: (finding: Finding) => void): void => {
  for (const profiles of [500, 10_000]) {
    const values = interleave({
      heap: typedHeapBlock(100_000, seeded(9)),
      small: mixBlock(profiles, sizes[0]),
      medium: mixBlock(profiles, sizes[1]),
      large: mixBlock(profiles, sizes[2]),
    })
    report({
      name: 'push + pop, typed heap of 100,000',
      figure: microseconds(values.heap),
      value: spreadOf(values.heap),
      unit: 'µs',
    })
    for (const [key, waiting] of [['small', sizes[0]], ['medium', sizes[1]], ['large', sizes[2]]] as const) {
      const name = `mean input, ${profiles} profiles, ${waiting} waiting`
      report({
        name,
        figure: microseconds(values[key]),
        value: spreadOf(ratios(values[key], values.heap)),
        unit: '×',
        bar: 12,
      })
    }
    const growth = spreadOf(ratios(values.large, values.small))
    report({
      name: `growth 1,000 → 100,000 waiting, ${profiles} profiles`,
      figure: '',
      value: growth,
      unit: '×',
      bar: 2,
    })
  }
  for (const profiles of [500, 10_000]) worstCases(profiles, report)
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributions, type Distribution, type MetricEvent } from './event.ts'
import { countEverybody, createFollowing, follow } from './follow.ts'
import { addHistogram, addSample, bucketOf, percentile, type Histogram } from './histogram.ts'
import { recompute } from './recompute.test-support.ts'
import { addSums, counters, intervalOf, type Counter, type Sums } from './sums.ts'
import { World, type Step } from './world.test-support.ts'

const seed = Number(process.env.METRICS_SEED ?? 20261123)
const runs = Number(process.env.METRICS_RUNS ?? 250)

const step = fc.record<Step>({ act: fc.nat(99), a: fc.nat(999), b: fc.nat(999), after: fc.oneof(fc.nat(40), fc.nat(400), fc.constant(0)) })
const steps = fc.array(step, { minLength: 40, maxLength: 220, size: 'max' })

/** Added up by interval and subject first, as they are kept, and only then together. */
const followAll = (events: readonly MetricEvent[], now: number) => {
  const following = createFollowing()
  const kept = new Map<string, { sums: { [Name in Counter]?: number }; histograms: Record<Distribution, Histogram> }>()
  const increments = [...events.flatMap((event) => follow(following, event)), ...countEverybody(following, now)]
  for (const { at, subject, sums, samples } of increments) {
    const key = JSON.stringify([intervalOf(at), subject])
    let row = kept.get(key)
    if (!row) kept.set(key, (row = { sums: {}, histograms: { wait: new Map(), firstResponse: new Map(), handle: new Map() } }))
    addSums(row.sums, sums)
    for (const name of distributions) if (samples?.[name] !== undefined) addSample(row.histograms[name], samples[name])
  }
  const all: { sums: { [Name in Counter]?: number }; histograms: Record<Distribution, Histogram> } = { sums: {}, histograms: { wait: new Map(), firstResponse: new Map(), handle: new Map() } }
  for (const row of kept.values()) {
    addSums(all.sums, row.sums)
    for (const name of distributions) addHistogram(all.histograms[name], row.histograms[name])
  }
  return all
}

const rounded = (sums: Sums | Record<string, number>) =>
  Object.fromEntries(counters.map((name) => [name, Math.round(((sums as Record<string, number>)[name] ?? 0) * 1000) / 1000]))

const nearestRank = (values: readonly number[], share: number) => [...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1]

describe('figures beside a plain recomputation', () => {
  it(`are the same on any history, percentiles within their bucket (seed ${seed})`, { timeout: 120_000 }, () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(steps, (run) => {
        const world = new World()
        for (const each of run) world.run(each)
        const { sums, histograms } = followAll(world.events, world.now)
        const plain = recompute(world.events, world.now)
        expect(rounded(sums)).toEqual(rounded(plain.sums))
        for (const [name, values] of [['wait', plain.waits], ['firstResponse', plain.firstResponses], ['handle', plain.handles]] as const)
          for (const share of [0.5, 0.9]) {
            const [ours, exact] = [percentile(histograms[name], share), nearestRank(values, share)]
            expect(ours === null ? null : bucketOf(ours)).toBe(exact === undefined ? null : bucketOf(exact))
          }
        for (const name of counters) if (sums[name]) met.add(name)
      }),
      { seed, numRuns: runs },
    )
    expect(counters.filter((name) => !met.has(name)), 'what no history met').toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { definitions, serviceLevelWays } from './definitions.ts'
import { evaluate } from './evaluate.ts'
import { addSample, percentile, type Histogram } from './histogram.ts'
import { addSums, counters, intervalMs, intervalOf, type Counter, type Sums } from './sums.ts'
import { wilson } from './wilson.ts'

const of = (sums: Sums) => ({ sums, histograms: {} })

describe('service level', () => {
  // DOMAIN.md: answered 1000, abandoned 60, answered ≤ 20 s 860, abandoned ≤ 20 s 20, > 20 s 40, ≤ 5 s 10.
  const published: Sums = { offered: 1060, answered: 1000, abandoned: 60, answeredInTarget: 860, abandonedInTarget: 20, shortAbandoned: 10 }
  const percent = (value: number | null) => Math.round((value ?? NaN) * 1000) / 10

  it('is that of the published example, in every way of counting it', () => {
    expect(Object.values(serviceLevelWays).map((way) => percent(evaluate(way, of(published)).value))).toEqual([83, 86, 81.1, 82.7, 82.1])
    expect(percent(evaluate(definitions.serviceLevel, of(published)).value)).toBe(81.9)
    expect(evaluate(definitions.serviceLevel, of(published)).n).toBe(1050)
  })
  it('says nothing of nothing', () => {
    expect(evaluate(definitions.serviceLevel, of({}))).toEqual({ value: null, n: 0, interval: null })
    expect(evaluate(definitions.serviceLevel, of({ offered: 2, abandoned: 2, shortAbandoned: 2 })).value).toBeNull()
  })
  it('adds before it divides', () => {
    const day: { [Name in Counter]?: number } = {}
    addSums(day, { offered: 1, answered: 1, answeredInTarget: 1 })
    addSums(day, { offered: 99, answered: 99, answeredInTarget: 49 })
    expect(evaluate(definitions.serviceLevel, of(day)).value).toBe(0.5)
  })
})

describe('the definitions', () => {
  it('name each counter somewhere, so that nothing is counted for nobody', () => {
    const named = new Set(
      [...Object.values(definitions), ...Object.values(serviceLevelWays)].flatMap((one) =>
        one.kind === 'sum' ? one.of : one.kind === 'ratio' ? [...one.over, ...one.under] : [],
      ).map((signed) => signed.replace(/^-/, '')),
    )
    // Told beside the figures, as what is missing between offered, answered and abandoned; and of the scores, those between 1 and 5.
    const told = ['unanswered', 'handedOnUnanswered', 'picked', 'bottomTwo']
    expect(counters.filter((name) => !named.has(name) && !told.includes(name))).toEqual([])
  })
  it('never lead occupancy above one', () => {
    expect(evaluate(definitions.occupancy, of({ busyMs: 3_600_000, availableMs: 0 })).value).toBe(1)
    expect(evaluate(definitions.occupancy, of({ busyMs: 3_000_000, availableMs: 600_000 })).value).toBeCloseTo(0.833, 3)
  })
})

it('gives Wilson’s interval', () => {
  // Newcombe 1998, table I: 81 of 263 and 15 of 148.
  expect(wilson(81, 263)).toEqual({ low: expect.closeTo(0.2553, 4) as number, high: expect.closeTo(0.3662, 4) as number })
  expect(wilson(15, 148)).toEqual({ low: expect.closeTo(0.0624, 4) as number, high: expect.closeTo(0.1605, 4) as number })
  expect(wilson(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) as number })
  expect(wilson(1, 0)).toBeNull()
})

it('cuts time where the days of every zone begin', () => {
  for (const offset of [3, 8, 5.5, 5.75, -3.5]) {
    const midnight = Date.UTC(2026, 10, 22) - offset * 3_600_000
    expect(intervalOf(midnight)).toBe(midnight)
    expect(intervalOf(midnight - 1)).toBe(midnight - intervalMs)
  }
})

it('gives percentiles within a tenth', () => {
  const histogram: Histogram = new Map()
  for (let seconds = 1; seconds <= 1000; seconds += 1) addSample(histogram, seconds * 1000)
  for (const share of [0.1, 0.5, 0.9, 0.99, 1]) {
    const ratio = (percentile(histogram, share) ?? 0) / (share * 1_000_000)
    expect(ratio).toBeGreaterThanOrEqual(1)
    expect(ratio).toBeLessThan(1.0906)
  }
  expect(percentile(new Map(), 0.5)).toBeNull()
})

/** A metric's value over sums, with what one must know to believe it. */
import type { Definition, Term } from './definitions.ts'
import type { Distribution } from './event.ts'
import { percentile, type Histogram } from './histogram.ts'
import type { Counter, Sums } from './sums.ts'
import { wilson, type Interval } from './wilson.ts'

/** Below this many cases a figure is shown in grey, with its interval. */
export const fewCases = 30

/** So much of people's time, milliseconds, says as much as `fewCases` do. */
export const fewTimeMs = 3_600_000

/** Whether its `n` is people's time, in milliseconds, and no number of cases. */
export const isOfTime = (definition: Definition): boolean => {
  const measured = definition.kind === 'sum' ? definition.of : definition.kind === 'ratio' ? definition.under : []
  return measured.some((counter) => counter === 'busyMs' || counter === 'availableMs' || counter === 'notReadyMs')
}

/** Whether too little stands behind a figure to judge by. */
export const isFew = (definition: Definition, { n }: Pick<Value, 'n'>): boolean => n < (isOfTime(definition) ? fewTimeMs : fewCases)

export interface Value {
  /** A count, a share 0–1 or milliseconds; null: nothing happened that it could be said of. */
  readonly value: number | null
  /** Cases behind it: what was divided by, or counted; of people's time (`isOfTime`), milliseconds. */
  readonly n: number
  readonly interval: Interval | null
}

export interface Figures {
  readonly sums: Sums
  readonly histograms: { readonly [Name in Distribution]?: Histogram }
}

export const addTerm = (term: Term, sums: Sums): number =>
  term.reduce((total, signed) => (signed.startsWith('-') ? total - (sums[signed.slice(1) as Counter] ?? 0) : total + (sums[signed as Counter] ?? 0)), 0)

/** @param figures sums and histograms over everything that is asked for, added up before anything is divided */
export const evaluate = (definition: Definition, { sums, histograms }: Figures): Value => {
  switch (definition.kind) {
    case 'sum': {
      const value = addTerm(definition.of, sums)
      return { value, n: value, interval: null }
    }
    case 'ratio': {
      const [over, under] = [addTerm(definition.over, sums), addTerm(definition.under, sums)]
      if (under <= 0) return { value: null, n: 0, interval: null }
      return { value: over / under, n: under, interval: definition.isShareOfCases ? wilson(over, under) : null }
    }
    case 'percentile': {
      const histogram = histograms[definition.of] ?? new Map<number, number>()
      const n = [...histogram.values()].reduce((total, count) => total + count, 0)
      return { value: percentile(histogram, definition.share), n, interval: null }
    }
  }
}

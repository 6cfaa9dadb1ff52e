/**
 * Interleaved measurement: a noisy machine slows the subject and its baseline alike, so each round measures both, one
 * after the other, and what is judged is the ratio within the rounds.
 */
export type Spread = { readonly median: number; readonly low: number; readonly high: number }

/** Median, and the values that a tenth lies below and above. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!
  return { median: at(0.5), low: at(0.1), high: at(0.9) }
}

/** A measured block: each call does the work once more and returns what one item of it took, in any unit. */
export type Block = () => number

/**
 * The processor time of some work, in microseconds: on a shared machine the clock on the wall would also count the time
 * in which somebody else was running.
 */
export const processorTime = (work: () => void): number => {
  const from = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(from)
  return user + system
}

/** Runs the blocks in turn, `rounds` times after `warmUp` rounds; per block its values by round. */
export const interleave = <Name extends string>(
  blocks: Readonly<Record<Name, Block>>,
  { rounds = 15, warmUp = 2 }: { readonly rounds?: number; readonly warmUp?: number } = {},
): Record<Name, number[]> => {
  const names = Object.keys(blocks) as Name[]
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const value = blocks[name]()
      if (round >= 0) values[name].push(value)
    }
  }
  return values
}

export const ratios = (subject: readonly number[], baseline: readonly number[]): number[] =>
  subject.map((value, round) => value / baseline[round]!)

/** One line of a report; `value` is compared with `bar`, lower is better. */
export type Finding = {
  readonly name: string
  readonly figure: string
  readonly value: Spread
  readonly unit: string
  readonly bar?: number
}

/** A bar is missed only when the whole spread lies above it. */
export const misses = ({ value, bar }: Finding): boolean => bar !== undefined && value.low > bar

const round = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)

const verdictOf = (finding: Finding, bar: number): string => {
  if (misses(finding)) return 'MISSED'
  return finding.value.median > bar ? 'within the spread' : 'ok'
}

export const print = (finding: Finding): void => {
  const { name, figure, value, unit, bar } = finding
  const spread = `${round(value.median)} ${unit} (${round(value.low)}–${round(value.high)})`
  const verdict = bar === undefined ? '' : `bar ${round(bar)} ${unit}  ${verdictOf(finding, bar)}`
  console.log(`${name.padEnd(72)} ${figure.padStart(12)}   ${spread.padEnd(28)} ${verdict}`)
}

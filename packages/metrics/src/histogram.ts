/**
 * A distribution of durations that can be added: counts by bucket, each an eighth of a doubling wide (9 %), from a tenth of a
 * second on. A percentile is right within its bucket.
 */
const perDoubling = 8
const lowestMs = 100

/** Counts by bucket; buckets without any are left out. */
export type Histogram = Map<number, number>

/** The bucket of a duration in milliseconds: 0 holds everything up to a tenth of a second. */
export const bucketOf = (ms: number): number => (ms <= lowestMs ? 0 : Math.ceil(Math.log2(ms / lowestMs) * perDoubling - 1e-9))

/** The longest duration that a bucket holds, milliseconds. */
export const bucketTop = (bucket: number): number => lowestMs * 2 ** (bucket / perDoubling)

export const addSample = (histogram: Histogram, ms: number, count = 1): void => {
  const bucket = bucketOf(ms)
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + count)
}

export const addHistogram = (into: Histogram, more: Iterable<readonly [number, number]>): void => {
  for (const [bucket, count] of more) into.set(bucket, (into.get(bucket) ?? 0) + count)
}

/**
 * The duration that a share of all did not exceed (nearest rank), as the top of its bucket.
 * @param share 0 < share ≤ 1
 * @returns milliseconds, null when there is nothing
 */
export const percentile = (histogram: ReadonlyMap<number, number>, share: number): number | null => {
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0)
  if (total <= 0) return null
  const rank = Math.max(1, Math.ceil(share * total))
  let seen = 0
  for (const bucket of [...histogram.keys()].sort((a, b) => a - b)) {
    seen += histogram.get(bucket) ?? 0
    if (seen >= rank) return bucketTop(bucket)
  }
  return null
}

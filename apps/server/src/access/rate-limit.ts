/** Token buckets in memory: so many a minute for each key, the full minute's worth at once. */
export interface RateLimit {
  /** Takes one; 0, or the seconds to wait until the next is there. */
  take(key: string): number
}

export const unlimited: RateLimit = { take: () => 0 }

/** @param perMinute 0 is no limit */
export const createRateLimit = (perMinute: number, now: () => number, mostKeys = 100_000): RateLimit => {
  if (perMinute === 0) return unlimited
  const buckets = new Map<string, { left: number; at: number }>()
  const perMs = perMinute / 60_000
  return {
    take(key) {
      const at = now()
      const bucket = buckets.get(key)
      const left = bucket ? Math.min(perMinute, bucket.left + (at - bucket.at) * perMs) : perMinute
      // A key that was used goes to the end; the oldest leave when there are too many.
      buckets.delete(key)
      if (left < 1) {
        buckets.set(key, { left, at })
        return Math.max(1, Math.ceil((1 - left) / perMs / 1000))
      }
      buckets.set(key, { left: left - 1, at })
      if (buckets.size > mostKeys) for (const oldest of buckets.keys()) if (buckets.size > mostKeys * 0.9) buckets.delete(oldest)
      return 0
    },
  }
}

/** True for the first call, and for each that comes so long after the last true one. */
export const atMostEvery = (ms: number, now: () => number = () => performance.now()): (() => boolean) => {
  let last = -Infinity
  return () => {
    if (now() - last < ms) return false
    last = now()
    return true
  }
}

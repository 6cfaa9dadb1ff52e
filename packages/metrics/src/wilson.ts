/** Wilson's score interval of a share (E. B. Wilson, JASA 1927), 95 % by default. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * @param hits of `n` cases
 * @param z standard normal quantile; 1.96 for 95 %
 * @returns shares 0–1; null without cases
 */
export const wilson = (hits: number, n: number, z = 1.959_963_985): Interval | null => {
  if (n <= 0) return null
  const share = hits / n
  const middle = share + (z * z) / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const width = 1 + (z * z) / n
  return { low: Math.max(0, (middle - half) / width), high: Math.min(1, (middle + half) / width) }
}

/** Quantiles of durations of which some were cut short (Kaplan and Meier 1958). */
export interface Observation {
  readonly value: number
  /** It would have gone on beyond `value`. */
  readonly censored: boolean
}

/**
 * The values that these shares lie at or below, by the product-limit estimate; undefined where so many were cut short that
 * the share is not reached. At equal values ends come before cuts. O(n log n).
 */
export const quantiles = (observations: readonly Observation[], shares: readonly number[]): (number | undefined)[] => {
  const sorted = observations.toSorted((a, b) => a.value - b.value || Number(a.censored) - Number(b.censored))
  const found: (number | undefined)[] = shares.map(() => undefined)
  let surviving = 1
  sorted.forEach(({ value, censored }, i) => {
    if (censored) return
    surviving *= 1 - 1 / (sorted.length - i)
    shares.forEach((share, which) => {
      // A hair of slack: 1 − 0.9 is not 0.1 in binary.
      if (found[which] === undefined && surviving <= 1 - share + 1e-12) found[which] = value
    })
  })
  return found
}

/** Words written with a slip of the finger: a letter wrong, missing, too many, or two in each other's place. Pure. */
import type { Ranges } from '@otklik/contract/customers'
import { fold, joinRanges } from './search-query.ts'

/** Shorter words are like too many others. */
export const shortestSlip = 4
export const slipsAllowed = (length: number): number => (length < shortestSlip ? 0 : length < 7 ? 1 : 2)

/** How many slips lead from the written word to the other, or to its beginning: it may still be on its way, or end otherwise. */
export const countSlips = (written: string, other: string): number => {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= written.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = written[row - 1] === other[column - 1]
      const isSwapped = row > 1 && column > 1 && written[row - 1] === other[column - 2] && written[row - 2] === other[column - 1]
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      )
    }
    beforeLast = last
    last = next
  }
  return Math.min(...last)
}

/**
 * Of words that are alike, those with the fewest slips, as far as so many are forgiven; in their order, but whole words first.
 * @param count slips between the written word and another
 */
export const nearest = (written: string, words: readonly string[], count: (written: string, other: string) => number): string[] => {
  const counted = words.map((word) => ({ word, slips: count(written, word) })).filter(({ slips }) => slips > 0)
  const fewest = Math.min(...counted.map(({ slips }) => slips))
  if (fewest > slipsAllowed(written.length)) return []
  const isWhole = ({ word }: { word: string }) => Number(wholeSlips(written, word) === fewest)
  return counted.filter(({ slips }) => slips === fewest).sort((a, b) => isWhole(b) - isWhole(a)).map(({ word }) => word)
}

/** Slips between two words neither of which is the beginning of something longer. */
export const wholeSlips = (written: string, other: string): number => Math.max(countSlips(written, other), countSlips(other, written))

/** Where all the words stand in a text, each as the word that is most like it; undefined: one of them does not. */
export const findSlips = (text: string, words: readonly string[]): Ranges | undefined => {
  const standing = [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)]
  const known = new Map<string, number>()
  for (const match of standing) if (!known.has(match[0])) known.set(match[0], match.index)
  const ranges: Ranges = []
  for (const word of words) {
    const allowed = slipsAllowed(word.length)
    let best: { readonly slips: number; readonly range: [number, number] } | undefined
    for (const [other, at] of known) {
      if (other.length < word.length - allowed) continue
      const slips = countSlips(word, other)
      if (slips <= allowed && (best === undefined || slips < best.slips)) best = { slips, range: [at, at + other.length] }
    }
    if (best === undefined) return undefined
    ranges.push(best.range)
  }
  return joinRanges(ranges)
}

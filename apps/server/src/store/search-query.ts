/** What a line of search may mean, and where in a text it was found. Pure. */
import { fuzzyFrom, normalisePhone, phonePartFrom, type Ranges } from '@otklik/contract/customers'

export interface Wanted {
  /** A customer's own number. */
  readonly number: number | undefined
  /** Digits of a phone number, or of its part. */
  readonly phone: string | undefined
  /** Some of an e-mail. */
  readonly email: string | undefined
  /** Parts of a name, folded; `isShort`: only what begins like it. */
  readonly name: { readonly whole: string; readonly parts: readonly string[]; readonly isShort: boolean } | undefined
}

const largestCustomerNumber = 999_999_999_999_999
const mostParts = 4

/** As `folded` in SQL: ё is е, large is small. */
export const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

export const readQuery = (text: string): Wanted => {
  // As customers without a name are called on screens.
  const bare = text.trim().replace(/^(?:посетитель|visitor)\s+(?=[#№]?\s*\d+$)/i, '').replace(/^[#№]\s*/, '')
  const digits = bare.replace(/\D/g, '')
  const isNumeric = /^\+?[\d\s().\u00a0\u2010-\u2015-]+$/.test(bare)
  const whole = fold(bare).replace(/\s+/g, ' ')
  const isMail = /^[^\s@]*@[^\s@]*$/.test(whole)
  const isLatin = /^[a-z0-9._%+-]+$/.test(whole) && whole.length >= fuzzyFrom
  return {
    number: /^\d+$/.test(bare) && Number(bare) <= largestCustomerNumber ? Number(bare) : undefined,
    phone: isNumeric && digits.length >= phonePartFrom ? (normalisePhone(bare)?.slice(1) ?? digits) : undefined,
    email: (isMail && whole.length > 1) || (isLatin && !isNumeric) ? bare.normalize('NFC').toLowerCase() : undefined,
    name: isNumeric || isMail || whole === '' ? undefined : { whole, parts: whole.split(' ').slice(0, mostParts), isShort: whole.length < fuzzyFrom },
  }
}

/** For `like`: the text itself, whatever is in it. */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

const pairsOf = (word: string) => new Set(Array.from({ length: word.length + 1 }, (_, at) => ` ${word} `.slice(at, at + 2)))
/** How much of two words is alike, 0 to 1. */
const likeness = (a: string, b: string): number => {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  const common = [...left].filter((pair) => right.has(pair)).length
  return common / (left.size + right.size - common)
}
/** A word of the name with a slip of the finger in it. */
const alike = 0.3

/** Where the parts stand in a name: as they are, else the word that is most like one of them. */
export const findInName = (name: string, parts: readonly string[]): Ranges => {
  const folded = fold(name)
  const words = [...folded.matchAll(/[\p{L}\p{N}]+/gu)]
  const ranges = parts.flatMap((part): Ranges => {
    const at = folded.indexOf(part)
    if (at >= 0) return [[at, at + part.length]]
    const [best] = words.map((word) => ({ word, score: likeness(word[0], part) })).sort((a, b) => b.score - a.score)
    return best && best.score >= alike ? [[best.word.index, best.word.index + best.word[0].length]] : []
  })
  return joinRanges(ranges.map(([from, to]) => [Math.min(from, name.length), Math.min(to, name.length)]))
}

/** In order, those that touch as one. */
export const joinRanges = (ranges: Ranges): Ranges => {
  const joined: Ranges = []
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** Marks around each hit; no customer writes these. */
export const hitStart = '\ue000'
export const hitEnd = '\ue001'

/** The places of marks in a text of the same length without them; none when it is another text. */
export const readMarks = (text: string, marked: string): Ranges => {
  const ranges: Ranges = []
  let at = 0
  for (const piece of marked.split(new RegExp(`(${hitStart}|${hitEnd})`))) {
    const last = ranges.at(-1)
    if (piece === hitStart) ranges.push([at, at])
    else if (piece === hitEnd) {
      if (last) last[1] = at
    } else at += piece.length
  }
  return at === text.length ? ranges.filter(([from, to]) => to > from) : []
}

const excerptLength = 180
const before = 60

/** A line of text around the first hit, with the places of the hits in it. */
export const excerptOf = (text: string, ranges: Ranges): { excerpt: string; ranges: Ranges } => {
  const flat = text.replace(/\s/g, ' ')
  const first = ranges[0]?.[0] ?? 0
  // Neither half a word nor half an emoji at the beginning.
  const start = flat.length <= excerptLength || first <= before ? 0 : Math.max(0, flat.lastIndexOf(' ', first - before) + 1)
  const end = Math.min(flat.length, start + excerptLength)
  const [head, tail] = [start > 0 ? '… ' : '', end < flat.length ? '…' : '']
  const body = flat.slice(start, end).replace(/[\ud800-\udbff]$/, '')
  const shown = ranges
    .filter(([from, to]) => from >= start && to <= start + body.length)
    .map(([from, to]): [number, number] => [from - start + head.length, to - start + head.length])
  return { excerpt: `${head}${body}${tail}`, ranges: shown }
}

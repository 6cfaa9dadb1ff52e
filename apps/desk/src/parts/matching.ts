/** Finding by a few typed letters: any word's beginning counts, and the wrong keyboard layout is forgiven. */

const latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const cyrillic = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
const swapped = new Map([...latin].flatMap((key, index) => {
  const other = [...cyrillic][index] ?? key
  return [[key, other], [other, key]] as [string, string][]
}))
/** The same keys in the other layout; letters are small. */
export const swapLayout = (text: string) => [...text].map((letter) => swapped.get(letter) ?? letter).join('')
const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

export interface Match<Item> {
  readonly item: Item
  /** Where the typed letters stand in the name: [from, to), for marking. Empty when they are initials. */
  readonly from: number
  readonly to: number
  /** How it fits: 0 a name, a word or the initials begin so; 1 it stands somewhere; 2 and 3 the same in the other layout; 4 other words do. */
  readonly grade: number
}

// Best first: the name begins with it, a word begins with it, the initials do, it stands somewhere.
const rank = (name: string, typed: string): { rank: number; from: number; to: number } | null => {
  if (name.startsWith(typed)) return { rank: 0, from: 0, to: typed.length }
  const words = [...name.matchAll(/[\p{L}\p{N}]+/gu)]
  const word = words.find((match) => name.startsWith(typed, match.index))
  if (word) return { rank: 1, from: word.index, to: word.index + typed.length }
  if (typed.length > 1 && words
    .map((match) => match[0][0])
    .join('')
    .startsWith(typed)) return { rank: 2, from: 0, to: 0 }
  const at = name.indexOf(typed)
  return at < 0 ? null : { rank: 3, from: at, to: at + typed.length }
}

/**
 * The items whose name fits what was typed, best first; equal ones keep their order. Nothing typed = all of them.
 * @param nameOf the name that is searched
 * @param wordsOf more words that find it, by their beginnings and after all names
 */
export const matchTyped = <Item>(
  items: readonly Item[],
  typed: string,
  nameOf: (item: Item) => string,
  wordsOf: (item: Item) => string = () => '',
): Match<Item>[] => {
  const wanted = plain(typed.trim())
  if (!wanted) return items.map((item) => ({ item, from: 0, to: 0, grade: 0 }))
  const other = plain(swapLayout(wanted))
  return items
    .flatMap((item) => {
      const name = plain(nameOf(item))
      const direct = rank(name, wanted)
      const found = direct ?? (other === wanted ? null : rank(name, other))
      if (found) return [{ item, from: found.from, to: found.to, rank: found.rank + (direct ? 0 : 4) }]
      const words = plain(wordsOf(item))
      const at = [wanted, other].findIndex((letters) => (rank(words, letters)?.rank ?? 2) < 2)
      return at < 0 ? [] : [{ item, from: 0, to: 0, rank: 8 + at }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item, from, to, rank: place }) => ({ item, from, to, grade: Math.floor(place / 4) * 2 + (place % 4 === 3 ? 1 : 0) }))
}

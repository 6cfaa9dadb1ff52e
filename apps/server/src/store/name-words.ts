/** The words that customers' names hold (migration 0026), and which of them somebody may have meant who wrote others. */
import type { Reader } from './database.ts'
import { countSlips, nearest, slipsAllowed } from './slips.ts'

/** What two slips leave of the likeness, at the least; also when the word is longer than what was written. */
const likeness = '0.3'
/** How many words that are alike are compared letter by letter, how many of them may have been meant, and how many names are made of them. */
const mostAlike = 200
const mostMeant = 4
const mostNames = 6

/** Whether names hold the word, anywhere; and the words with much the same letters, also where they are longer. */
const alikeText = `
  select exists (select from name_word where word like '%' || $1 || '%') as "isKnown",
    array(select word from name_word where $1 <% word order by word_similarity($1, word) desc, similarity($1, word) desc, word limit ${mostAlike}) as alike`

interface Choice {
  readonly word: string
  readonly slips: number
}

const choicesFor = async (reader: Reader, asked: string): Promise<Choice[]> => {
  const itself = { word: asked, slips: 0 }
  if (slipsAllowed(asked.length) === 0) return [itself]
  await reader.named('like-names', `select set_config('pg_trgm.word_similarity_threshold', $1, true)`, [likeness])
  const [found] = await reader.named<{ isKnown: boolean; alike: string[] }>('meant-names', alikeText, [asked])
  const meant = nearest(asked, found?.alike ?? [], countSlips).slice(0, mostMeant)
  return [...(found?.isKnown ? [itself] : []), ...meant.map((word) => ({ word, slips: countSlips(asked, word) }))]
}

/**
 * Names that may have been meant, each as its words; those with the fewest slips first. What was written itself is none of them.
 * @param parts of a name, folded
 */
export const meantNames = async (reader: Reader, parts: readonly string[]): Promise<string[][]> => {
  const asked = parts.flatMap((part) => part.split(/[^\p{L}\p{N}]+/u)).filter((word) => word !== '')
  let names: { readonly words: string[]; readonly slips: number }[] = [{ words: [], slips: 0 }]
  for (const word of asked) {
    const choices = await choicesFor(reader, word)
    names = names.flatMap(({ words, slips }) => choices.map((choice) => ({ words: [...words, choice.word], slips: slips + choice.slips })))
  }
  return names.filter(({ slips }) => slips > 0).sort((a, b) => a.slips - b.slips).slice(0, mostNames).map(({ words }) => words)
}

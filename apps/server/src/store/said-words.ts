/**
 * The words that messages hold, as they are searched (migration 0024), and which of them somebody may have meant who wrote
 * another. Both who collects and who forgets hold the row of the cursor, so no word that is forgotten comes back by a reader
 * who had it in hand.
 */
import type { ContactId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'
import { loadEventsAfter, type Cursor } from './log.ts'
import { nearest, shortestSlip, wholeSlips } from './slips.ts'

const speaking: ReadonlySet<string> = new Set(['message.received', 'message.sent', 'message.noted'])

/** SQL: the words of `m` that are kept: as long as slips are forgiven in, and of letters. */
const keptWords = `unnest(tsvector_to_array(searchable(m.parts -> 0 ->> 'text'))) word`
const isKept = `m.parts -> 0 ->> 'kind' = 'text' and length(word) between ${shortestSlip} and 40 and word ~ '^[[:alpha:]]+$'`

const holdCursor = async (tx: Tx): Promise<Cursor> => {
  const [row] = await tx.named<{ generation: number; tx: string; id: string; isSame: boolean }>(
    'hold-word-cursor',
    'select c.generation, c.tx::text, c.id::text, c.generation = g.generation as "isSame" from said_word_cursor c, log_generation g for update of c',
    [],
  )
  if (!row) throw new Error('said_word_cursor is empty')
  // Of a log that was restored or imported nothing has been read.
  return row.isSame ? row : { ...row, tx: '0', id: '0' }
}

/** Adds the words of the next events of the log. @returns how many events there were; fewer than asked for: these were the last */
export const collectWords = async (tx: Tx, most: number): Promise<number> => {
  const events = await loadEventsAfter(tx, await holdCursor(tx), most)
  const last = events.at(-1)
  if (!last) return 0
  const ids = events.flatMap((event) => (speaking.has(event.kind) && 'messageId' in event.payload ? [event.payload.messageId] : []))
  // In their order, as whoever forgets does it.
  await tx.named('collect-words', `insert into said_word select distinct word from message m, ${keptWords} where m.id = any($1::uuid[]) and ${isKept} order by word on conflict do nothing`, [ids])
  await tx.named('move-word-cursor', 'update said_word_cursor set generation = g.generation, tx = $1::xid8, id = $2 from log_generation g', [last.tx, last.id])
  return events.length
}

/** Forgets the words of these contacts' messages; before the messages go. */
export const forgetSaidWords = async (tx: Tx, contacts: readonly ContactId[]): Promise<void> => {
  await holdCursor(tx)
  await tx.named('forget-said-words', `delete from said_word where word in (select word from message m, ${keptWords} where m.contact_id = any($1::uuid[]) and ${isKept})`, [contacts])
}

/** What a slip leaves of the likeness, at the least: of a short word a quarter, of a longer one a third. */
const likeness = (word: string): string => (word.length < 7 ? '0.25' : '0.33')
/** How many of the words that are most alike are compared letter by letter, and how many of them are searched for. */
const mostAlike = 200
const mostMeant = 4

/** SQL: the words with much the same letters. */
const alikeText = `select word from said_word where word % $1 and length(word) between length($1) - 2 and length($1) + 2 order by similarity(word, $1) desc, word limit ${mostAlike}`

/**
 * Other spellings of words, as they were said: those with the fewest slips, the likest first.
 * @param words as they are searched (stems)
 * @returns for each word that has some
 */
export const meantWords = async (reader: Reader, words: readonly string[]): Promise<Map<string, string[]>> => {
  const meant = new Map<string, string[]>()
  for (const asked of words) {
    await reader.named('like-words', `select set_config('pg_trgm.similarity_threshold', $1, true)`, [likeness(asked)])
    const alike = await reader.named<{ word: string }>('meant-words', alikeText, [asked])
    const others = nearest(asked, alike.map(({ word }) => word), wholeSlips).slice(0, mostMeant)
    if (others.length > 0) meant.set(asked, others)
  }
  return meant
}

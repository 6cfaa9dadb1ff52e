/** Articles for an agent who answers: the queue's own and those in the customer's language first. */
import type { Ranges } from '@otklik/contract/customers'
import type { Article, ArticleHit } from '@otklik/contract/knowledge'
import type { Language } from '@otklik/contract/fields'
import type { ArticleId, QueueId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { tune, type Page } from './search.ts'
import { excerptOf, findInName, fold, hitEnd, hitStart, literally, readMarks } from './search-query.ts'
import { findSlips, shortestSlip } from './slips.ts'

export interface ArticleQuery {
  readonly q?: string | undefined
  readonly queueId?: QueueId | undefined
  readonly language?: Language | undefined
  readonly cursor?: string | undefined
}

const pageSize = 20
/** With fewer than so many exact hits, slips of the finger are looked for, too: no more than so many. */
const enough = 5
/** Two letters in each other's place leave this much of a word's trigrams. What is as alike as that is compared letter by letter. */
const typo = { 'pg_trgm.word_similarity_threshold': '0.3', 'pg_trgm.strict_word_similarity_threshold': '0.25' }
const mostAlike = 30
const mostWords = 4

interface Row {
  id: ArticleId
  title: string
  language: Language
  body: string
  ofQueue: boolean
  rank: number
  /** With marks around the words; null: nothing was marked. */
  markedTitle: string | null
  markedBody: string | null
}

/** SQL: the queue's own before those of all queues, those before other queues'; and of each the customer's language first. $1 the queue, $2 the language. */
const nearness = `(case when exists (select from article_queue q where q.article_id = a.id and q.queue_id = $1::uuid) then 2
    when exists (select from article_queue q where q.article_id = a.id) then 0 else 1 end) * 2 + (a.language is not distinct from $2)::int`
/** SQL: a page of `hits (id, title, rank)` after the article $4 of rank $3, and what is shown of each. */
const shown = (page: string, marked: string) => `
  page as (select * from hits ${page}),
  best as (select * from page)
  select a.id, a.title, a.language, a.body, best.rank, ${marked},
    exists (select from article_queue q where q.article_id = a.id and q.queue_id = $1::uuid) as "ofQueue"
  from best join article a on a.id = best.id order by best.rank desc, best.sorted, best.id`
const afterPlace = `where $3::int is null or rank < $3
    or (rank = $3 and (sorted, id) > (select lower(title) collate "ru-x-icu", id from article where id = $4::uuid))
    order by rank desc, sorted, id limit ${pageSize + 1}`
const sorted = `lower(a.title) collate "ru-x-icu" as sorted`
const unmarked = `null::text as "markedTitle", null::text as "markedBody"`

const listText = `
  with hits as (select a.id, ${sorted}, ${nearness} as rank from article a where a.archived_at is null), ${shown(afterPlace, unmarked)}`

const asked = `to_tsquery('pg_catalog.russian', $5)`
const plain = (words: string) => `translate(${words}, 'ёЁ', 'еЕ')`
const headline = (words: string) => `ts_headline('pg_catalog.russian', ${plain(words)}, ${asked}, 'HighlightAll=true, StartSel=${hitStart}, StopSel=${hitEnd}')`
const inTitle = `folded(a.title) like $6 and folded(a.title) like all($7::text[])`
/** In the title before in the text; the same article is found once. */
const preciseText = `
  with hits as (
    select a.id, ${sorted}, (case when searchable(a.title) @@ ${asked} or (${inTitle}) then 10 else 0 end) + ${nearness} as rank
    from article a where a.archived_at is null and (searchable(a.title || ' ' || a.body) @@ ${asked} or (${inTitle}))
  ), ${shown(afterPlace, `${headline('a.title')} as "markedTitle", ${headline('a.body')} as "markedBody"`)}`

/** What may hold a word with a slip of the finger in it. $3 the longest of the words, $4 what was found already. */
const similarText = `
  with hits as (
    select a.id, ${sorted}, ${nearness} as rank, greatest(word_similarity($3, folded(a.title)), strict_word_similarity($3, folded(a.body))) as likeness
    from article a where a.archived_at is null and a.id <> all($4::uuid[]) and ($3 <% folded(a.title) or $3 <<% folded(a.body))
  ), ${shown(`order by likeness desc, id limit ${mostAlike}`, unmarked)}`

const readPlace = (cursor: string | undefined): readonly [number, string] | undefined => {
  const match = /^(\d{1,2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '')
  return match ? [Number(match[1]), match[2] ?? ''] : undefined
}

const wordsOf = (query: string): string[] => (fold(query).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostWords)

/** What begins a line is for the reader of the whole; here it would be noise. As long as before, so that places stay. */
const withoutLineMarks = (body: string): string => body.replace(/^# /gm, '  ').replace(/^- /gm, '• ')

const present = (row: Row, titleRanges: Ranges, bodyRanges: Ranges): ArticleHit => ({
  id: row.id, title: row.title, titleRanges, language: row.language, ofQueue: row.ofQueue, ...excerptOf(withoutLineMarks(row.body), bodyRanges),
})

const presentPrecise = (row: Row, words: readonly string[]): ArticleHit => {
  const marksOf = (text: string, marked: string | null) => (marked === null ? [] : readMarks(text, marked))
  const titleRanges = marksOf(row.title, row.markedTitle)
  return present(row, titleRanges.length > 0 ? titleRanges : findInName(row.title, words.filter((word) => word.length > 1)), marksOf(row.body, row.markedBody))
}

/** Those in whose title the words stand with slips, then those in whose text. */
const presentSimilar = (rows: readonly Row[], words: readonly string[]): ArticleHit[] => {
  const inTitle: ArticleHit[] = []
  const inBody: ArticleHit[] = []
  for (const row of rows) {
    const titleRanges = findSlips(row.title, words)
    const bodyRanges = titleRanges ? [] : findSlips(row.body, words)
    if (titleRanges) inTitle.push(present(row, titleRanges, []))
    else if (bodyRanges) inBody.push(present(row, [], bodyRanges))
  }
  return [...inTitle, ...inBody].slice(0, enough)
}

/** Articles with all the words, in whatever form; the last word may be still on its way. Undefined: the cursor is none of ours. */
export const findArticles = async (reader: Reader, { q = '', queueId, language, cursor }: ArticleQuery): Promise<Page<ArticleHit> | undefined> => {
  const place = readPlace(cursor)
  if (cursor !== undefined && !place) return undefined
  const words = wordsOf(q)
  if (words.length === 0 && q !== '') return { items: [], next: null }
  await tune(reader, typo)
  const rows = (name: string, text: string, values: readonly unknown[]) => reader.named<Row & Record<string, unknown>>(name, text, [queueId ?? null, language ?? null, ...values])
  const from = [place?.[0] ?? null, place?.[1] ?? null]
  const within = words.map((word) => `%${literally(word)}%`)
  const precise = words.length === 0 ? await rows('list-articles', listText, from) : await rows('find-articles', preciseText, [...from, `${words.join(' & ')}:*`, within[0], within])
  const page = precise.slice(0, pageSize)
  const slips = words.filter((word) => word.length >= shortestSlip)
  const maySlip = place === undefined && precise.length < enough && slips.length > 0
  const longest = slips.reduce((best, word) => (word.length > best.length ? word : best), '')
  const similar = maySlip ? await rows('find-similar-articles', similarText, [longest, page.map(({ id }) => id)]) : []
  const last = page.at(-1)
  return {
    items: [...page.map((row) => presentPrecise(row, words)), ...presentSimilar(similar, slips)],
    next: precise.length > pageSize && last ? `${last.rank}_${last.id}` : null,
  }
}

export const loadArticle = async (reader: Reader, id: ArticleId): Promise<Article | undefined> => {
  const [row] = await reader.named<Omit<Article, 'updatedAt'> & { updatedAt: Date }>(
    'desk-article',
    `select id, title, language, body, updated_at as "updatedAt" from article where id = $1 and archived_at is null`,
    [id],
  )
  return row && { ...row, updatedAt: row.updatedAt.toISOString() }
}

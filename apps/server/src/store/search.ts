/**
 * Finding customers, by who they are and by what was said. Each search is one read-only view of the database with the
 * planner's settings that it needs: how many rows a word has decides how it is looked for.
 */
import type { CustomerHit, WordsFound, WordsHit } from '@otklik/contract/customers'
import type { ContactId, CustomerId, MessageId } from '@otklik/model/ids'
import { agentOf, readableBy } from './contact-views.ts'
import { cardOpensFor, cardSince, maskIdentity, type Actor } from './customers.ts'
import type { Reader } from './database.ts'
import { authoriseActor } from './scope.ts'
import { meantNames } from './name-words.ts'
import { meantWords } from './said-words.ts'
import { excerptOf, findInName, hitEnd, hitStart, literally, readMarks, readQuery, type Wanted } from './search-query.ts'

const pageSize = 20
/** With fewer than so many exact hits, slips of the finger are looked for, too. */
const enough = 10
/** Of a kind with more hits than this nobody reads the last: its newest customers come, found by going back through all. */
const mostCandidates = 1_000
/** When more messages than this are expected, a search looks at the newest first, instead of sorting all that are found. */
const mostSorted = 2_000
/** So many of the newest messages hold a page of hits, if the words are as frequent as that. */
const recentMessages = 20_000

export interface Page<Item> {
  readonly items: Item[]
  readonly next: string | null
}

/** The planner's settings for a search, until the end of its transaction. To start two workers takes longer than what is looked for. */
export const tune = async (reader: Reader, settings: Readonly<Record<string, string>>): Promise<void> => {
  const all = { plan_cache_mode: 'force_custom_plan', max_parallel_workers_per_gather: '0', ...settings }
  await reader.named('tune', 'select set_config(name, value, true) from unnest($1::text[], $2::text[]) given (name, value)', [Object.keys(all), Object.values(all)])
}

type HitKind = CustomerHit['match']['kind']
interface PersonHit {
  id: CustomerId
  rank: number
  kind: HitKind
  value: string | null
  number: number
}
interface PersonRow extends PersonHit {
  name: string | null
  region: string
  lastContactAt: Date | null
  mayOpen: boolean
}

/** SQL: what is shown of hits. $1 the agent or null, $2 since when a card is open, then the hits, the best first. */
const shownText = `
  select cu.id, cu.name, cu.number, cu.region, best.rank, best.kind, best.value, latest.arrived_at as "lastContactAt",
    ${cardOpensFor('$1', '$2::timestamptz', 'cu.id')} as "mayOpen"
  from unnest($3::uuid[], $4::int[], $5::text[], $6::text[]) with ordinality as best (id, rank, kind, value, place)
  join customer cu on cu.id = best.id
  left join lateral (select arrived_at from contact where customer_id = cu.id order by arrived_at desc limit 1) latest on true
  order by best.place`
const alive = 'merged_into is null and erased_at is null'

/** SQL: a name with these words in it. `%` is left out when the statement is planned, for its very values. */
const nameFits = (...patterns: string[]) => patterns.map((pattern) => `(${pattern} = '%' or folded(name) like ${pattern})`).join(' and ')
/** SQL: how well: it is what was typed ($4), begins with it ($5), has it as a word's beginning ($6), or anywhere. */
const nameRank = `case when folded(name) = $4 then 1003 when folded(name) like $5 then 1002 when folded(name) like $6 then 1001 else 1000 end`
const mailFits = (mail: string, pattern: string) => `${mail} <> '' and value like ${pattern}`
const phoneFits = (digits: string) => `${digits} <> '' and value like '%' || ${digits} || '%'`
const hasMail = (mail: string, pattern: string) => `${mail} <> '' and exists (select from identity i where i.customer_id = customer.id and i.kind = 'email' and i.value like ${pattern})`

/** SQL: hits of one kind, those after the place of $1 and $2, no more than a page. */
const some = (hits: string) => `(select * from (${hits}) hit where $1::int is null or (rank, number) < ($1, $2::bigint) order by rank desc, number desc limit $3)`
/** SQL: one row for each customer whose identity fits, by its best one. */
const byIdentity = (kind: 'phone' | 'email', table: string, rank: string) => `
  select cu.id, max(${rank}) as rank, '${kind}' as kind, (array_agg(i.value order by ${rank} desc))[1] as value, cu.number
  from ${table} i join customer cu on cu.id = i.customer_id and cu.merged_into is null and cu.erased_at is null
  where cu.number is distinct from $14 and (select count(*) from ${table}) <= ${mostCandidates} group by cu.id`
const identities = (kind: 'phone' | 'email', fits: string) => `select customer_id, value from identity where kind = '${kind}' and ${fits} limit ${mostCandidates + 1}`

/** Each customer is a hit of one kind only, so that no page repeats another's. A kind with too many hits has none here. */
const preciseText = `
  with phones as materialized (${identities('phone', phoneFits('$13'))}),
  mails as materialized (${identities('email', mailFits('$11', '$12'))}),
  names as materialized (
    select id, number, ${nameRank} as rank from customer
    where $4 <> '' and name is not null and ${alive} and ${nameFits('$7', '$8', '$9', '$10')} and not (${hasMail('$11', '$12')}) limit ${mostCandidates + 1}
  ), hits (id, rank, kind, value, number) as (
    ${some(`select id, 4000 as rank, 'number' as kind, null::text as value, number from customer where number = $14 and ${alive}`)}
    union all ${some(byIdentity('phone', 'phones', `case when i.value = '+' || $13 then 3001 else 2001 end`))}
    union all ${some(byIdentity('email', 'mails', 'case when i.value = $11 then 3000 else 2000 end'))}
    union all ${some(`select id, rank, 'name' as kind, null as value, number from names where (select count(*) from names) <= ${mostCandidates}`)}
  )
  select hits.*, '{}'::text[] as "tooMany" from hits
  union all select null, -1, null, null, -1, array_remove(array[
    case when (select count(*) from phones) > ${mostCandidates} then 'phone' end, case when (select count(*) from mails) > ${mostCandidates} then 'email' end,
    case when (select count(*) from names) > ${mostCandidates} then 'name' end], null)
  order by rank desc, number desc`

/** SQL: the newest customers of a kind of hit that is frequent; all of one rank. */
const newest = (kind: HitKind, rank: number, source: string) => `
  select customer.id, ${rank} as rank, '${kind}' as kind, ${kind === 'name' ? 'null::text' : 'found.value'} as value, customer.number from customer ${source} and ${alive}
    and number < case when $1::int is null or $1 > ${rank} then 9e18::bigint when $1 = ${rank} then $2::bigint else 0 end
  order by number desc limit $3`
const holderOf = (kind: 'phone' | 'email', fits: string, others: string) =>
  `cross join lateral (select value from identity where customer_id = customer.id and kind = '${kind}' and ${fits} order by value limit 1) found where ${others}`
/** With the places of their values, from $4 on, among those of `preciseText`. */
const newestText = {
  phone: [newest('phone', 2001, holderOf('phone', phoneFits('$4'), 'number is distinct from $5')), [13, 14]],
  email: [newest('email', 2000, holderOf('email', mailFits('$4', '$5'), 'true')), [11, 12]],
  name: [newest('name', 1000, `where name is not null and ${nameFits('$4', '$5', '$6', '$7')} and not (${hasMail('$8', '$9')})`), [7, 8, 9, 10, 11, 12]],
} as const
type Frequent = keyof typeof newestText

const rowsOf = <Row extends object>(reader: Reader, name: string, text: string, values: readonly unknown[]) => reader.named<Row & Record<string, unknown>>(name, text, values)

/** Where the page before ended: rank and number. */
const readPlace = (cursor: string | undefined): readonly [number, number] | undefined => {
  const match = /^(\d{1,4})_(\d{1,15})$/.exec(cursor ?? '')
  return match ? [Number(match[1]), Number(match[2])] : undefined
}

const presentPerson = (row: PersonRow, parts: readonly string[], actor: Actor): CustomerHit => ({
  id: row.id,
  name: row.name,
  number: row.number,
  region: row.region,
  lastContactAt: row.lastContactAt && row.lastContactAt.toISOString(),
  mayOpen: row.mayOpen,
  match: {
    kind: row.kind,
    shown: row.value === null || actor.role === 'agent' ? null : maskIdentity(row.kind, row.value),
    ranges: row.kind === 'name' && row.name !== null ? findInName(row.name, parts) : [],
  },
})

/** What fits exactly, the best first, after a place: a page and one more. */
const findPrecise = async (reader: Reader, { number, phone, email, name }: Wanted, place: readonly [number, number] | undefined): Promise<PersonHit[]> => {
  const within = (part: string | undefined) => (part === undefined ? '%' : `%${literally(part)}%`)
  const whole = name?.whole ?? ''
  const begins = `${literally(whole)}%`
  const values = [
    place?.[0] ?? null, place?.[1] ?? null, pageSize + 1,
    whole, begins, `% ${begins}`, ...(name?.isShort ? [begins, '%', '%', '%'] : [0, 1, 2, 3].map((at) => within(name?.parts[at]))),
    email ?? '', within(email ?? ''), phone ?? '', number ?? null,
  ]
  await tune(reader, { enable_bitmapscan: 'on', enable_seqscan: 'on', enable_sort: 'on' })
  const rows = await rowsOf<PersonHit & { tooMany: Frequent[] }>(reader, 'find-customers', preciseText, values)
  const hits: PersonHit[] = rows.slice(0, -1)
  const frequent = rows.at(-1)?.tooMany ?? []
  // By going back through the customers' numbers, and in no other way.
  if (frequent.length > 0) await tune(reader, { enable_bitmapscan: 'off', enable_seqscan: 'off', enable_sort: 'off' })
  for (const kind of frequent) {
    const [text, needed] = newestText[kind]
    hits.push(...(await rowsOf<PersonHit>(reader, `newest-by-${kind}`, text, [...values.slice(0, 3), ...needed.map((at) => values[at - 1])])))
  }
  return hits.sort((a, b) => b.rank - a.rank || b.number - a.number).slice(0, pageSize + 1)
}

/** Customers with names that may have been meant, by the words that were, each with the words that it was found by. */
const findAlike = async (reader: Reader, parts: readonly string[], known: readonly PersonHit[]): Promise<{ hit: PersonHit; parts: readonly string[] }[]> => {
  const seen = new Set(known.map(({ id }) => id))
  const found: { hit: PersonHit; parts: readonly string[] }[] = []
  for (const words of await meantNames(reader, parts)) {
    const meant = { number: undefined, phone: undefined, email: undefined, name: { whole: words.join(' '), parts: words, isShort: false } }
    for (const hit of await findPrecise(reader, meant, undefined)) {
      if (!seen.has(hit.id)) found.push({ hit, parts: words })
      seen.add(hit.id)
    }
    if (seen.size >= pageSize) break
  }
  return found.slice(0, pageSize - known.length)
}

/** Customers by number, phone, e-mail and name; what fits exactly first, then what is written alike. */
export const findCustomers = async (reader: Reader, actor: Actor, query: string, cursor: string | undefined, now: Date): Promise<Page<CustomerHit> | undefined> => {
  const place = readPlace(cursor)
  if (cursor !== undefined && !place) return undefined
  const wanted = readQuery(query)
  const precise = await findPrecise(reader, wanted, place)
  const page = precise.slice(0, pageSize)
  const last = page.at(-1)
  const mayHaveSlips = wanted.name && !wanted.name.isShort && !place && precise.length < enough
  const parts = wanted.name?.parts ?? []
  const found = page.map((hit) => ({ hit, parts }))
  if (mayHaveSlips) found.push(...(await findAlike(reader, parts, page)))
  const hits = found.map(({ hit }) => hit)
  const partsOf = new Map(found.map(({ hit, parts: words }) => [hit.id, words]))
  const rows = await rowsOf<PersonRow>(reader, 'show-customers', shownText, [
    agentOf(authoriseActor(actor)), cardSince(now), hits.map(({ id }) => id), hits.map(({ rank }) => rank), hits.map(({ kind }) => kind), hits.map(({ value }) => value),
  ])
  return { items: rows.map((row) => presentPerson(row, partsOf.get(row.id) ?? [], actor)), next: precise.length > pageSize && last ? `${last.rank}_${last.number}` : null }
}

interface WordsRow {
  id: MessageId
  contactId: ContactId
  customerId: CustomerId
  name: string | null
  number: number
  region: string
  queueName: string
  author: WordsHit['author']
  visibility: WordsHit['visibility']
  sentAt: Date
  /** The same moment to the microsecond, as text. */
  moment: string
  text: string
  marked: string
}

/** SQL: what is searched for, read by `readText` once. */
const asked = '$1::tsquery'
const readText = `select asked::text as asked, numnode(asked) = 0 as "isEmpty" from websearch_to_tsquery('pg_catalog.russian', translate($1, 'ёЁ', 'еЕ')) asked`
const says = `m.parts -> 0 ->> 'kind' = 'text' and searchable(m.parts -> 0 ->> 'text') @@ ${asked}`
const beforePlace = `($2::timestamptz is null or (m.sent_at, m.id) < ($2, $3::uuid))`
const newestFirst = 'order by m.sent_at desc, m.id desc limit $4'

/**
 * SQL: how messages are shown whose ids and times are in `page`. What was said with somebody who is erased goes piece by piece;
 * none of it is shown from the moment on that the person is gone.
 */
const shownWords = `
  select m.id, m.contact_id as "contactId", cu.id as "customerId", cu.name, cu.number, cu.region, q.name as "queueName", m.author, m.visibility,
    m.sent_at as "sentAt", m.sent_at::text as moment, m.parts -> 0 ->> 'text' as text,
    ts_headline('pg_catalog.russian', translate(m.parts -> 0 ->> 'text', 'ёЁ', 'еЕ'), ${asked}, 'HighlightAll=true, StartSel=${hitStart}, StopSel=${hitEnd}') as marked
  from page join message m on m.id = page.id
  join contact c on c.id = m.contact_id join customer cu on cu.id = c.customer_id and cu.erased_at is null join queue q on q.id = c.queue_id
  order by m.sent_at desc, m.id desc`

/** How many messages the planner expects, by what it knows of the words' frequency (migration 0017). */
const expectedText = `explain (format json) select from message m where ${says}`
/** The place is looked at afterwards: else the planner would go through the times of all messages, too. */
const allText = `with hits as materialized (select m.id, m.sent_at from message m where ${says}) select m.id from hits m where ${beforePlace} ${newestFirst}`
const recentText = `select m.id from message m where ${says} and ${beforePlace} and m.sent_at >= $5 ${newestFirst}`
const recentFromText = `
  select sent_at::text as since from message m where $1::timestamptz is null or (m.sent_at, m.id) < ($1, $2::uuid)
  order by m.sent_at desc, m.id desc offset ${recentMessages} limit 1`
/** An agent's: contacts of the last weeks, and all of those customers whom the agent holds. */
const ownText = `
  with own as (
    select id from contact where agent_id = $5 and arrived_at > $6
    union select c.id from contact_routing held join contact c on c.customer_id = held.customer_id
    where held.agent_id = $5 and held.state in ('active', 'wrapUp', 'offered')
  ) select m.id from own join message m on m.contact_id = own.id where ${says} and ${beforePlace} ${newestFirst}`

/** Of a supervisor whose eye does not reach everywhere: among the newest messages, and among all. */
const theirs = `join contact c on c.id = m.contact_id left join contact_routing r on r.contact_id = c.id where ${readableBy('$5')}`
const recentReachText = `select m.id from message m ${theirs} and ${says} and ${beforePlace} and m.sent_at >= $6 ${newestFirst}`
const reachText = `
  with hits as materialized (select m.id, m.sent_at, m.contact_id from message m where ${says})
  select m.id from hits m ${theirs} and ${beforePlace} ${newestFirst}`

const presentWords = (row: WordsRow): WordsHit => ({
  messageId: row.id,
  contactId: row.contactId,
  customer: { id: row.customerId, name: row.name, number: row.number, region: row.region },
  channel: 'webChat',
  queueName: row.queueName,
  author: row.author,
  visibility: row.visibility,
  at: row.sentAt.toISOString(),
  ...excerptOf(row.text, readMarks(row.text, row.marked)),
})

/** Where the page before ended: moment and id. */
const readMoment = (cursor: string | undefined): readonly [string, string] | undefined => {
  const match = /^((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{1,6})?\+00)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '')
  return match && !Number.isNaN(Date.parse(`${match[2]}Z`)) ? [match[1] ?? '', match[3] ?? ''] : undefined
}

/** Ids of the newest messages with the words, among those that the actor may read. */
const findMessages = async (reader: Reader, actor: Actor, values: readonly unknown[], now: Date): Promise<string[]> => {
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)
  if (actor.role === 'agent') {
    await tune(reader, {})
    return ids(await reader.named<{ id: string }>('find-own-words', ownText, [...values, actor.id, cardSince(now)]))
  }
  const within = actor.seesAll ? values : [...values, actor.id]
  // Exact places of all hits fit into this much memory, so that no message is read twice.
  await tune(reader, { enable_seqscan: 'off', work_mem: '32MB' })
  const [expected] = await reader.named<{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }>('expect-words', expectedText, values.slice(0, 1))
  if (expected && expected['QUERY PLAN'][0].Plan['Plan Rows'] > mostSorted) {
    const [from] = await reader.named<{ since: string }>('recent-from', recentFromText, values.slice(1, 3))
    const [name, text] = actor.seesAll ? ['find-recent-words', recentText] : ['find-recent-reached-words', recentReachText]
    const recent = from ? ids(await reader.named<{ id: string }>(name, text, [...within, from.since])) : []
    if (recent.length > pageSize) return recent
  }
  if (!actor.seesAll) return ids(await reader.named<{ id: string }>('find-reached-words', reachText, within))
  // By the index of words and by nothing else, whatever is expected.
  await tune(reader, { enable_seqscan: 'off', enable_indexscan: 'off', work_mem: '32MB' })
  return ids(await reader.named<{ id: string }>('find-all-words', allText, values))
}

/** A word of letters in a query as PostgreSQL writes it, that is not excluded (`!'word'`). */
const searchedWord = /(?<![!'\p{L}])'(\p{L}+)'(?!')/gu

/** The query with each word that is asked for, not against, beside the words that may have been meant; undefined: there are none. */
const respell = async (reader: Reader, query: string): Promise<string | undefined> => {
  // Of what is excluded in brackets nothing more is to be excluded.
  if (query.includes('!(')) return undefined
  const words = [...query.matchAll(searchedWord)].map(([, word = '']) => word)
  const meant = await meantWords(reader, [...new Set(words)])
  if (meant.size === 0) return undefined
  return query.replace(searchedWord, (own, word: string) => (meant.has(word) ? `( ${[word, ...(meant.get(word) ?? [])].map((one) => `'${one}'`).join(' | ')} )` : own))
}

/**
 * Messages with all the words, in whatever form they stand there, the newest first. Where none has them, those with words
 * that are a slip away.
 */
export const findWords = async (reader: Reader, actor: Actor, query: string, cursor: string | undefined, now: Date): Promise<WordsFound | undefined> => {
  const place = readMoment(cursor)
  if (cursor !== undefined && !place) return undefined
  const [{ asked: written, isEmpty } = { asked: '', isEmpty: true }] = await reader.named<{ asked: string; isEmpty: boolean }>('read-words', readText, [query])
  if (isEmpty) return { items: [], next: null, isAlike: false }
  const find = (words: string) => findMessages(reader, actor, [words, place?.[0] ?? null, place?.[1] ?? null, pageSize + 1], now)
  const exact = await find(written)
  const spelled = exact.length === 0 ? await respell(reader, written) : undefined
  const found = spelled === undefined ? exact : await find(spelled)
  const shown = await reader.named<WordsRow & Record<string, unknown>>('show-words', `with page as (select unnest($2::uuid[]) as id) ${shownWords}`, [
    spelled ?? written, found.slice(0, pageSize),
  ])
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentWords(row)),
    next: found.length > pageSize && last ? `${last.moment}_${last.id}` : null,
    isAlike: spelled !== undefined && found.length > 0,
  }
}

/**
 * Finding customers, by who they are and by what was said. Each search is one read-only view of the database with the
 * planner's settings that it needs: how many rows a word has decides how it is looked for.
 */
import type { CustomerHit, WordsHit } from '@otklik/contract/customers'
import type { ContactId, CustomerId, MessageId } from '@otklik/model/ids'
import { agentOf } from './contact-views.ts'
import { cardOpensFor, cardSince, maskIdentity, type Actor } from './customers.ts'
import type { Reader } from './database.ts'
import { authoriseActor } from './scope.ts'
import { excerptOf, findInName, hitEnd, hitStart, literally, readMarks, readQuery, type Wanted } from './search-query.ts'

const pageSize = 20
/** With fewer than so many exact hits, slips of the finger are looked for, too. */
const enough = 10
/** One wrong letter in a word of six leaves this much of its trigrams. */
const typoSimilarity = 0.4
/** Words with more hits than this are looked for by going back in time, which then soon fills a page. */
const commonFrom = 20_000

export interface Page<Item> {
  readonly items: Item[]
  readonly next: string | null
}

/** The planner's settings for a search, until the end of its transaction. */
export const tune = async (reader: Reader, settings: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries({ plan_cache_mode: 'force_custom_plan', ...settings }))
    await reader.named('tune', 'select set_config($1, $2, true)', [name, value])
}

interface PersonRow {
  id: CustomerId
  name: string | null
  number: number
  region: string
  rank: number
  kind: CustomerHit['match']['kind']
  value: string | null
  lastContactAt: Date | null
  mayOpen: boolean
}

/** SQL: what is shown of hits. $1 the agent or null, $2 since when a card is open. */
const shown = `
  select cu.id, cu.name, cu.number, cu.region, best.rank, best.kind, best.value, latest.arrived_at as "lastContactAt",
    ${cardOpensFor('$1', '$2::timestamptz', 'cu.id')} as "mayOpen"
  from best join customer cu on cu.id = best.id
  left join lateral (select arrived_at from contact where customer_id = cu.id order by arrived_at desc limit 1) latest on true`
const alive = 'merged_into is null and erased_at is null'

/** SQL: hits of one kind, those after the place of $15 and $16, no more than a page. */
const some = (hits: string) => `(select * from (${hits}) hit where $15::int is null or (rank, number) < ($15, $16::bigint) order by rank desc, number desc limit $17)`
/** SQL: one row for each customer whose identity fits, by its best one. */
const identityHits = (kind: 'phone' | 'email', rank: string, fits: string) => `
  select cu.id, max(${rank}) as rank, '${kind}' as kind, (array_agg(i.value order by ${rank} desc))[1] as value, cu.number
  from identity i join customer cu on cu.id = i.customer_id and cu.merged_into is null and cu.erased_at is null
  where i.kind = '${kind}' and ${fits} group by cu.id`

/** Each customer is a hit of one kind only, so that no page repeats another's. */
const preciseText = `
  with hits (id, rank, kind, value, number) as (
    ${some(`select id, 4000 as rank, 'number' as kind, null::text as value, number from customer where number = $3 and ${alive}`)}
    union all ${some(identityHits('phone', `case when i.value = '+' || $4 then 3001 else 2001 end`, `$4 <> '' and i.value like '%' || $4 || '%' and cu.number is distinct from $3`))}
    union all ${some(identityHits('email', 'case when i.value = $5 then 3000 else 2000 end', `$5 <> '' and i.value like $6`))}
    union all ${some(`
      select id, case when folded(name) = $7 then 1003 when folded(name) like $8 then 1002 when folded(name) like $9 then 1001 else 1000 end as rank, 'name' as kind, null as value, number
      from customer where $7 <> '' and not $14 and name is not null and ${alive}
        and folded(name) like $10 and folded(name) like $11 and folded(name) like $12 and folded(name) like $13
        and ($5 = '' or not exists (select from identity i where i.customer_id = customer.id and i.kind = 'email' and i.value like $6))`)}
    union all ${some(`
      select id, case when folded(name) = $7 then 1003 else 1002 end as rank, 'name' as kind, null as value, number
      from customer where $14 and name is not null and folded(name) like $8 and ${alive}`)}
  ), best as (select * from hits order by rank desc, number desc limit $17)
  ${shown} order by best.rank desc, best.number desc`

const similarText = `
  with best as (
    select id, round(word_similarity($3, folded(name)) * 999)::int as rank, 'name' as kind, null::text as value, number
    from customer where name is not null and $3 <% folded(name) and ${alive} and id <> all($4::uuid[])
    order by 2 desc, number desc limit $5
  ) ${shown} order by best.rank desc, best.number desc`

const rowsOf = (reader: Reader, name: string, text: string, values: readonly unknown[]) => reader.named<PersonRow & Record<string, unknown>>(name, text, values)

/** Where the page before ended: rank and number. */
const readPlace = (cursor: string | undefined): readonly [number, number] | undefined => {
  const match = /^(\d{1,4})_(\d{1,15})$/.exec(cursor ?? '')
  return match ? [Number(match[1]), Number(match[2])] : undefined
}

const presentPerson = (row: PersonRow, wanted: Wanted, actor: Actor): CustomerHit => ({
  id: row.id,
  name: row.name,
  number: row.number,
  region: row.region,
  lastContactAt: row.lastContactAt && row.lastContactAt.toISOString(),
  mayOpen: row.mayOpen,
  match: {
    kind: row.kind,
    shown: row.value === null || actor.role === 'agent' ? null : maskIdentity(row.kind, row.value),
    ranges: row.kind === 'name' && row.name !== null ? findInName(row.name, wanted.name?.parts ?? []) : [],
  },
})

/** Customers by number, phone, e-mail and name; what fits exactly first, then what is written alike. */
export const findCustomers = async (reader: Reader, actor: Actor, query: string, cursor: string | undefined, now: Date): Promise<Page<CustomerHit> | undefined> => {
  const place = readPlace(cursor)
  if (cursor !== undefined && !place) return undefined
  const wanted = readQuery(query)
  const { name } = wanted
  const whose = [agentOf(authoriseActor(actor)), cardSince(now)]
  const within = (part: string | undefined) => (part === undefined ? '%' : `%${literally(part)}%`)
  await tune(reader, { 'pg_trgm.word_similarity_threshold': String(typoSimilarity) })
  const whole = name?.whole ?? ''
  const precise = await rowsOf(reader, 'find-customers', preciseText, [
    ...whose,
    wanted.number ?? null,
    wanted.phone ?? '',
    wanted.email ?? '',
    within(wanted.email ?? ''),
    whole,
    `${literally(whole)}%`,
    `% ${literally(whole)}%`,
    ...[0, 1, 2, 3].map((at) => within(name?.parts[at])),
    name?.isShort ?? false,
    place?.[0] ?? null,
    place?.[1] ?? null,
    pageSize + 1,
  ])
  const page = precise.slice(0, pageSize)
  const last = page.at(-1)
  const mayHaveSlips = name && !name.isShort && !place && precise.length < enough
  const similar = mayHaveSlips ? await rowsOf(reader, 'find-similar', similarText, [...whose, whole, precise.map(({ id }) => id), pageSize - precise.length]) : []
  return {
    items: [...page, ...similar].map((row) => presentPerson(row, wanted, actor)),
    next: precise.length > pageSize && last ? `${last.rank}_${last.number}` : null,
  }
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

const asked = `websearch_to_tsquery('pg_catalog.russian', translate($1, 'ёЁ', 'еЕ'))`
const says = `m.parts -> 0 ->> 'kind' = 'text' and searchable(m.parts -> 0 ->> 'text') @@ ${asked}`
const beforePlace = `($2::timestamptz is null or (m.sent_at, m.id) < ($2, $3::uuid))`
const newestFirst = 'order by m.sent_at desc, m.id desc limit $4'

/** SQL: how messages are shown whose ids and times are in `page`. */
const shownWords = `
  select m.id, m.contact_id as "contactId", cu.id as "customerId", cu.name, cu.number, cu.region, q.name as "queueName", m.author, m.visibility,
    m.sent_at as "sentAt", m.sent_at::text as moment, m.parts -> 0 ->> 'text' as text,
    ts_headline('pg_catalog.russian', translate(m.parts -> 0 ->> 'text', 'ёЁ', 'еЕ'), ${asked}, 'HighlightAll=true, StartSel=${hitStart}, StopSel=${hitEnd}') as marked
  from page join message m on m.id = page.id
  join contact c on c.id = m.contact_id join customer cu on cu.id = c.customer_id join queue q on q.id = c.queue_id
  order by m.sent_at desc, m.id desc`

/** Rare words: all of their messages, the newest of them. `total` tells whether there were too many to sort. */
const rareText = `
  with hits as materialized (select m.id, m.sent_at from message m where ${says} and ${beforePlace} limit ${commonFrom + 1})
  select m.id, (select count(*) from hits) > ${commonFrom} as "tooMany" from hits m ${newestFirst}`
const commonText = `select m.id from message m where ${says} and ${beforePlace} ${newestFirst}`
/** An agent's: contacts of the last weeks, and all of those customers whom the agent holds. */
const ownText = `
  with own as (
    select id from contact where agent_id = $5 and arrived_at > $6
    union select c.id from contact_routing held join contact c on c.customer_id = held.customer_id
    where held.agent_id = $5 and held.state in ('active', 'wrapUp', 'offered')
  ) select m.id from own join message m on m.contact_id = own.id where ${says} and ${beforePlace} ${newestFirst}`

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
  // Exact places of all hits fit into this much memory, so that no message has to be read twice.
  await tune(reader, { enable_seqscan: 'off', work_mem: '32MB' })
  const rare = await reader.named<{ id: string; tooMany: boolean }>('find-rare-words', rareText, values)
  if (rare[0]?.tooMany !== true) return ids(rare)
  await tune(reader, { enable_seqscan: 'off', enable_bitmapscan: 'off' })
  return ids(await reader.named<{ id: string }>('find-common-words', commonText, values))
}

/** Messages with all the words, in whatever form they stand there, the newest first. */
export const findWords = async (reader: Reader, actor: Actor, query: string, cursor: string | undefined, now: Date): Promise<Page<WordsHit> | undefined> => {
  const place = readMoment(cursor)
  if (cursor !== undefined && !place) return undefined
  const [{ isEmpty } = { isEmpty: true }] = await reader.named<{ isEmpty: boolean }>('read-words', `select numnode(${asked}) = 0 as "isEmpty"`, [query])
  if (isEmpty) return { items: [], next: null }
  const found = await findMessages(reader, actor, [query, place?.[0] ?? null, place?.[1] ?? null, pageSize + 1], now)
  const rows = await reader.named<WordsRow & Record<string, unknown>>('show-words', `with page as (select unnest($2::uuid[]) as id) ${shownWords}`, [query, found.slice(0, pageSize)])
  const last = rows.at(-1)
  return {
    items: rows.map((row) => ({
      messageId: row.id,
      contactId: row.contactId,
      customer: { id: row.customerId, name: row.name, number: row.number, region: row.region },
      channel: 'webChat',
      queueName: row.queueName,
      author: row.author,
      visibility: row.visibility,
      at: row.sentAt.toISOString(),
      ...excerptOf(row.text, readMarks(row.text, row.marked)),
    })),
    next: found.length > pageSize && last ? `${last.moment}_${last.id}` : null,
  }
}

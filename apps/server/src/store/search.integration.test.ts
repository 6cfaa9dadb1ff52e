/** What is so frequent that it is found by going back: nothing is missed or told twice, and rarer things are found as ever. */
import type { AgentId } from '@otklik/model/ids'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from './customers.ts'
import { findCustomers, findWords, type Page } from './search.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
const supervisor = { id: '00000000-0000-4000-8000-000000000000' as AgentId, role: 'supervisor', seesAll: true } as const
const now = new Date()
const sql = (text: string) => running.otklik.database.pool.query(text)

const customers = 1_300
const messages = 24_000

beforeAll(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
  const { pool } = running.otklik.database
  const client = await pool.connect()
  try {
    await client.query(`set statement_timeout = 0`)
    await client.query(`insert into customer (id, name, first_seen_at) select gen_random_uuid(), case when n = 700 then 'Иоанна Редкая' else 'Анна Ив' || n end, now() from generate_series(1, ${customers}) n`)
    await client.query(`insert into identity (customer_id, channel_account_id, kind, value, proof, created_at)
      select id, (select id from channel_account limit 1), kind, case kind when 'email' then 'anna' || number || '@mail.example' else '+7916' || lpad(number::text, 7, '0') end, 'none', now()
      from customer, unnest(array['email', 'phone']) kind`)
    await client.query(`with one as (select id from customer limit 1), need as (insert into issue (id, customer_id, opened_at) select gen_random_uuid(), id, now() from one returning id, customer_id)
      insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, ended_at, closed_at, close_reason, final_routing_version, last_message_at, last_message_number)
      select gen_random_uuid(), need.id, need.customer_id, ca.id, 'webChat', 'unknown', ca.queue_id, now(), now(), now(), 'abandoned', 1, now(), ${messages} from need, channel_account ca limit 1`)
    // The oldest three thousand speak of an outage; nobody has since.
    await client.query(`insert into message (id, contact_id, number, author, visibility, parts, sent_at)
      select gen_random_uuid(), contact.id, n, 'customer', 'public', jsonb_build_array(jsonb_build_object('kind', 'text', 'text', 'роутер ' || case when n <= 3000 then 'авария' else '' end)), now() - make_interval(secs => ${messages} - n)
      from contact, generate_series(1, ${messages}) n`)
    await client.query('analyze')
  } finally {
    client.release(true)
  }
})
afterAll(async () => {
  await running.close()
  await database.close()
})

type Search<Item> = (cursor: string | undefined) => Promise<Page<Item> | undefined>
const everyPage = async <Item>(search: Search<Item>, most: number): Promise<Item[]> => {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await search(cursor)
    items.push(...(page?.items ?? []))
    cursor = page?.next ?? undefined
  } while (cursor !== undefined && items.length < most)
  return items
}
const people = (query: string, most = Infinity) =>
  everyPage((cursor) => running.otklik.database.snapshot((tx) => findCustomers(tx, supervisor, query, cursor, now)), most)
const said = (query: string, most: number, actor: Actor = supervisor) => everyPage((cursor) => running.otklik.database.snapshot((tx) => findWords(tx, actor, query, cursor, now)), most)
const falling = (numbers: readonly number[]) => numbers.every((number, at) => at === 0 || number < (numbers[at - 1] ?? 0))

it.each([
  ['анна', 'name', customers],
  ['ан', 'name', customers - 1],
  ['@mail.', 'email', customers],
  ['+7 916 0', 'phone', customers],
] as const)('%s: everybody by their %s, once, the newest first', async (query, kind, count) => {
  const found = await people(query)
  expect(found).toHaveLength(count)
  expect(new Set(found.map(({ match }) => match.kind))).toEqual(new Set([kind]))
  expect(falling(found.map(({ number }) => number))).toBe(true)
})

it('a number of one’s own comes before all the phones that it is a part of, and not among them', async () => {
  await sql(`alter table customer alter column number drop identity`)
  await sql(`update customer set number = 7916 where name = 'Иоанна Редкая'`)
  const found = await people('7916')
  expect(found[0]).toMatchObject({ number: 7916, match: { kind: 'number' } })
  expect(found).toHaveLength(customers)
})

it('one among many is still found: by an unusual name, by a whole address, and with a slip of the finger', async () => {
  expect(await people('редкая')).toHaveLength(1)
  expect((await people('anna7@mail.example')).map(({ match }) => match.kind)).toEqual(['email'])
  expect((await people('реткая')).map(({ name }) => name)).toEqual(['Иоанна Редкая'])
})

it('words of every message come newest first, page after page', async () => {
  const found = await said('роутер', 60)
  expect(found).toHaveLength(60)
  expect(new Set(found.map(({ messageId }) => messageId)).size).toBe(60)
  expect(falling(found.map(({ at }) => Date.parse(at)))).toBe(true)
  expect(Date.parse(found[0]?.at ?? '')).toBeGreaterThan(now.getTime() - 3_600_000)
})

it('words that were frequent once, and are no more, are found all the same', async () => {
  const found = await said('авария', 40)
  expect(found).toHaveLength(40)
  expect(falling(found.map(({ at }) => Date.parse(at)))).toBe(true)
})

it('a supervisor of some queues finds the same in these, and nothing of the others', async () => {
  const { rows } = await sql(`update agent set role = 'supervisor', supervises_all_queues = false, supervises_all_teams = false where email like 'agent%' and role = 'agent' returning id`)
  const [own, other] = rows.map(({ id }: { id: AgentId }) => ({ id, role: 'supervisor', seesAll: false }) as const)
  if (!own || !other) throw new Error('the sample has agents')
  await sql(`insert into supervised_queue (agent_id, queue_id) select '${own.id}', queue_id from channel_account`)
  for (const [words, count] of [['роутер', 60], ['авария', 40]] as const) {
    expect((await said(words, count, own)).map(({ messageId }) => messageId)).toEqual((await said(words, count)).map(({ messageId }) => messageId))
    expect(await said(words, count, other)).toEqual([])
  }
})

it('what was said with whoever is erased is found no more, though it goes piece by piece', async () => {
  await sql(`update customer set name = null, erased_at = now() where id in (select customer_id from contact)`)
  expect(await said('роутер', 60)).toEqual([])
})

import { openTestDatabase } from '@otklik/testing/database'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeEventPartitions } from './make-partitions.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let pool: pg.Pool
beforeEach(async () => {
  database = await openTestDatabase()
  pool = new pg.Pool({ connectionString: database.url })
})
afterEach(async () => {
  await pool.end()
  await database.close()
})

const partitions = async () =>
  (await pool.query<{ name: string }>(`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass order by 1`)).rows.map(({ name }) => name)
const events = async () => (await pool.query(`select tx, id, at, kind, tableoid::regclass::text as "table" from event order by at`)).rows

it('makes the months of a log that stood still for longer than they reached, with what was logged first, also when two servers do', async () => {
  await makeEventPartitions((text) => pool.query(text)) // the database may have been made in another month
  const made = await partitions()
  for (const months of [5, 5, 7])
    await pool.query(`insert into event (at, kind, subject, payload) values (date_trunc('month', now(), 'UTC') + make_interval(months => $1, hours => 1), 'stood', gen_random_uuid(), '{}')`, [months])
  const before = await events()
  expect(before.map(({ table }: { table: string }) => table)).toEqual(['event_other', 'event_other', 'event_other'])
  const later = `select create_event_partitions(((now() + interval '5 months') at time zone 'UTC')::date, 3)`
  await Promise.all([pool.query(later), pool.query(later)])
  expect((await partitions()).length).toBe(made.length + 3)
  const after = await events()
  expect(after.map(({ table }: { table: string }) => table)).not.toContain('event_other')
  const place = ({ table: _, ...row }: Record<string, unknown>) => row
  expect(after.map(place), 'nothing is numbered anew').toEqual(before.map(place))
  const indexes = async (table: string) => (await pool.query('select from pg_indexes where tablename = $1', [table])).rowCount
  expect(await indexes(after[0]?.table ?? '')).toBe(await indexes('event_other'))
  await makeEventPartitions((text) => pool.query(text))
  expect((await partitions()).length).toBe(made.length + 3)
})

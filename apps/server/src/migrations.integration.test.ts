import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEmptyDatabase, openTestDatabase } from '@otklik/testing/database'
import { makeTestFolder } from '@otklik/testing/folder'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate, MigrationError, type MigrationFile, readMigrations } from './migrations.ts'

let root: string
let folder: string
let pool: pg.Pool
let closers: (() => Promise<void>)[]
let folders = 0

beforeAll(() => {
  root = makeTestFolder()
})
afterAll(() => rmSync(root, { recursive: true }))

const openPool = async (locale?: string) => {
  const { url, close } = await openEmptyDatabase(locale)
  const opened = new pg.Pool({ connectionString: url })
  closers.push(async () => {
    await opened.end()
    await close()
  })
  return opened
}

beforeEach(async () => {
  closers = []
  folder = join(root, String((folders += 1)))
  mkdirSync(folder)
  pool = await openPool()
})
afterEach(async () => {
  for (const close of closers) await close()
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof MigrationError ? error.code : String(error)),
  )
const numbers = (files: readonly MigrationFile[]) => files.map(({ number }) => number)

describe('migrate', () => {
  it('applies each file once, in order, and remembers it', async () => {
    write('0001-first.sql', 'create table a (id int); insert into a values (1);')
    write('0002-second.sql', 'insert into a select id + 1 from a')
    expect(numbers(await migrate(pool, folder))).toEqual([1, 2])
    expect(await migrate(pool, folder)).toEqual([])
    write('0003-third.sql', 'insert into a values (3)')
    expect(numbers(await migrate(pool, folder))).toEqual([3])
    expect((await pool.query('select id from a order by id')).rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    expect((await pool.query('select number, name from schema_migration order by number')).rows).toEqual([
      { number: 1, name: 'first' },
      { number: 2, name: 'second' },
      { number: 3, name: 'third' },
    ])
  })

  it('runs once when several starters race', async () => {
    write('0001-first.sql', 'create table a (id int); select pg_sleep(0.05); insert into a values (1);')
    const results = await Promise.all(Array.from({ length: 5 }, () => migrate(pool, folder)))
    expect(results.filter((files) => files.length > 0)).toHaveLength(1)
    expect((await pool.query('select id from a')).rows).toEqual([{ id: 1 }])
  })

  it('undoes a file that fails, keeps those before it, and gives the lock back', async () => {
    write('0001-first.sql', 'create table a (id int)')
    write('0002-second.sql', 'create table b (id int); select 1 / 0;')
    const failure = migrate(pool, folder)
    await expect(failure).rejects.toThrow(/0002-second\.sql failed and was undone \(division by zero\)/)
    expect((await pool.query("select to_regclass('a') is null a, to_regclass('b') is null b")).rows).toEqual([{ a: false, b: true }])
    write('0002-second.sql', 'create table b (id int)')
    expect(numbers(await migrate(pool, folder))).toEqual([2])
  })

  it('asks for a backup only when something is pending on a database that holds something', async () => {
    const asked: number[][] = []
    const beforeMigrating = async (pending: readonly MigrationFile[]) => void asked.push(numbers(pending))
    write('0001-first.sql', 'create table a (id int)')
    await migrate(pool, folder, { beforeMigrating })
    await migrate(pool, folder, { beforeMigrating })
    expect(asked).toEqual([])
    write('0002-second.sql', 'create table b (id int)')
    write('0003-third.sql', 'create table c (id int)')
    await migrate(pool, folder, { beforeMigrating })
    expect(asked).toEqual([[2, 3]])
  })

  it('does not touch the schema when the backup fails', async () => {
    write('0001-first.sql', 'create table a (id int)')
    await migrate(pool, folder)
    write('0002-second.sql', 'create table b (id int)')
    const beforeMigrating = () => Promise.reject(new Error('disk full'))
    await expect(migrate(pool, folder, { beforeMigrating })).rejects.toThrow('disk full')
    expect((await pool.query("select to_regclass('b') is null as missing")).rows).toEqual([{ missing: true }])
  })

  it('refuses a schema that is newer than its files', async () => {
    write('0001-first.sql', 'select 1')
    write('0002-second.sql', 'select 1')
    await migrate(pool, folder)
    rmSync(join(folder, '0002-second.sql'))
    expect(await codeOf(migrate(pool, folder))).toBe('newerSchema')
  })

  it('refuses an applied file that was changed, and applies nothing after it', async () => {
    write('0001-first.sql', 'create table a (id int)')
    await migrate(pool, folder)
    write('0001-first.sql', 'create table a (id bigint)')
    write('0002-second.sql', 'create table b (id int)')
    expect(await codeOf(migrate(pool, folder))).toBe('changedFile')
    expect((await pool.query("select to_regclass('b') is null as missing")).rows).toEqual([{ missing: true }])
  })

  it('refuses a database that makes no trigrams of Cyrillic letters', async () => {
    expect(await codeOf(migrate(await openPool('C'), folder))).toBe('noTrigrams')
  })

  it('refuses a server older than 15', async () => {
    const released: unknown[] = []
    const client = { query: async () => ({ rows: [{ version: 140_012 }] }), release: (error: unknown) => released.push(error) }
    const old = { connect: async () => client as unknown as pg.PoolClient }
    await expect(migrate(old, folder)).rejects.toThrow(/PostgreSQL 14, Otklik needs 15/)
    expect(released).toEqual([expect.any(MigrationError)])
  })

  it("leaves the pool's own limits as they were", async () => {
    const limited = new pg.Pool({ ...pool.options, max: 1, statement_timeout: 4321 })
    closers.unshift(() => limited.end())
    await migrate(limited, folder)
    expect((await limited.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '4321ms' }])
  })
})

describe('migration files', () => {
  it.each([
    [['first.sql'], 'badFile'],
    [['0002-second.sql'], 'badFile'],
    [['0001-a.sql', '0001-b.sql'], 'badFile'],
  ])('must be named and numbered without gaps: %j', async (names, code) => {
    for (const name of names) write(name, 'select 1')
    expect(await codeOf(migrate(pool, folder))).toBe(code)
  })

  it('must not end their transaction, but may hold PL/pgSQL blocks', () => {
    write('0001-block.sql', 'do $$\nbegin\n  perform 1;\nend;\n$$;')
    expect(numbers(readMigrations(folder))).toEqual([1])
    write('0002-commit.sql', 'create table a (id int);\ncommit;\nselect 1;')
    expect(() => readMigrations(folder)).toThrow(/must not begin or end a transaction/)
  })
})

it('tells of issues and tokens that merges have moved as whom their visitors came, and gives contacts astray an issue of their own (0029, 0030)', async () => {
  const all = join(import.meta.dirname, '../migrations')
  for (const name of readdirSync(all).filter((one) => one < '0029')) copyFileSync(join(all, name), join(folder, name))
  await migrate(pool, folder)
  const [a, b, c, moved, later, contact, other] = Array.from({ length: 7 }, () => randomUUID())
  const client = await pool.connect()
  // Of rows that nothing here looks at there are the ids alone.
  await client.query(`set session_replication_role = replica`)
  await client.query('insert into customer (id, first_seen_at, merged_into) values ($1, now(), null), ($2, now(), $1), ($3, now(), null)', [c, a, b])
  await client.query('update customer set merged_into = $1 where id = $2', [a, b])
  await client.query('insert into issue (id, customer_id, opened_at) values ($1, $3, now()), ($2, $3, now())', [moved, later, c])
  await client.query(
    `insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, last_message_at, last_message_number)
     values ($1, $3, $5, gen_random_uuid(), 'webChat', '', gen_random_uuid(), now(), now(), 1), ($2, $4, $6, gen_random_uuid(), 'webChat', '', gen_random_uuid(), now(), now(), 1)`,
    [contact, other, moved, later, c, b],
  )
  await client.query(`insert into credential (hash, kind, customer_id, channel_account_id, created_at, expires_at, idle_until) values ('\\x01', 'visitor', $1, gen_random_uuid(), now(), now(), now())`, [c])
  const rows = JSON.stringify({ issue: [moved], credential: ['\\x01'] })
  for (const [survivor, merged, days] of [[c, a, 1], [a, b, 2]])
    await client.query(
      `insert into customer_merge (id, survivor_id, merged_id, agent_id, merged_at, fields_before, fields_after, moved) values (gen_random_uuid(), $1, $2, gen_random_uuid(), now() - make_interval(days => $3), '{}', '{}', $4)`,
      [survivor, merged, days, rows],
    )
  await client.query('reset session_replication_role')
  client.release()
  await migrate(pool, all)
  const [{ own = undefined } = {}] = (await pool.query<{ own: string }>('select issue_id as own from contact where id = $1', [other])).rows
  expect((await pool.query('select id, customer_id, visitor_id from issue')).rows).toEqual(
    expect.arrayContaining([{ id: moved, customer_id: c, visitor_id: b }, { id: later, customer_id: c, visitor_id: null }, { id: own, customer_id: b, visitor_id: null }]),
  )
  expect((await pool.query('select customer_id, visitor_id from credential')).rows).toEqual([{ customer_id: c, visitor_id: b }])
  expect((await pool.query('select issue_id from contact where id = $1', [contact])).rows).toEqual([{ issue_id: moved }])
})

it('hands out migrated databases that share nothing', async () => {
  const [one, two] = await Promise.all([openTestDatabase(), openTestDatabase()])
  expect(one.url).not.toBe(two.url)
  const client = new pg.Client(one.url)
  await client.connect()
  const { rows } = await client.query('select count(*)::int as count from schema_migration')
  await client.end()
  expect(rows).toEqual([{ count: readMigrations(join(import.meta.dirname, '../migrations')).length }])
  await Promise.all([one.close(), two.close()])
})

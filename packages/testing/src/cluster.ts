/**
 * A PostgreSQL cluster for a run of tests or a benchmark. Its databases are clones of one migrated template:
 *
 *   otklik            table `clone`: the clones, and which are taken
 *   template_<hash>   the schema; the hash is of the migrations
 *   clone_<n>         made before the tests start, because making or dropping a database holds back the snapshot horizon
 *                     of the whole cluster, on which the event log's readers wait; more are made when they run out
 */
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { hashMigrations, migrate, readMigrations } from '../../../apps/server/src/migrations.ts'
import { startEmbedded } from '../../../apps/server/src/postgres/supervisor.ts'
import { makeTestFolder } from './folder.ts'

/** Where the schema lives. */
export const migrationsFolder = resolve(import.meta.dirname, '../../../apps/server/migrations')

export type TestCluster = { controlUrl: string; stop(): Promise<void> }
export type TestDatabase = { url: string; close(): Promise<void> }

const logger = { info: () => undefined, warn: report, error: report }

function report(message: string): void {
  process.stderr.write(`${message}\n`)
}

/** Starts a cluster without fsync (or with, for tests of durability) and prepares `clones` databases. */
export async function startTestCluster({ clones = 2, fsync = false } = {}): Promise<TestCluster> {
  const folder = makeTestFolder()
  const embedded = await startEmbedded({ folder, logger, fsync })
  const stop = async () => {
    await withClient(embedded.url, (client) => waitForGoing(client, '%'))
    await embedded.stop()
    // The log collector may write its last words after the server is gone.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
  try {
    await prepare(embedded.url, clones)
    return { controlUrl: embedded.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function prepare(controlUrl: string, clones: number): Promise<void> {
  const template = `template_${hashMigrations(readMigrations(migrationsFolder)).slice(0, 16)}`
  await withClient(controlUrl, async (client) => {
    await client.query(`create database ${template} template template0`)
    await migrateTemplate(databaseUrl(controlUrl, template))
    await client.query('create table clone (name text primary key, template text not null, taken boolean not null)')
    await client.query('create sequence clone_number')
    await client.query('create table current_template as select $1::text as name', [template])
    for (let made = 0; made < clones; made += 1) await makeClone(client, false)
  })
}

async function migrateTemplate(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    await migrate(pool, migrationsFolder)
  } finally {
    await pool.end()
  }
}

/** Takes a migrated database that nobody else uses; closing it ends the connections that are left. */
export async function openClone(controlUrl: string): Promise<TestDatabase> {
  const name = await withClient(controlUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `update clone set taken = true
       where name = (select name from clone where not taken order by name limit 1 for update skip locked)
       returning name`,
    )
    return rows[0]?.name ?? (await makeClone(client, true))
  })
  return openedAs(controlUrl, name)
}

/** Makes an empty database, in which nothing is migrated. `locale` as PostgreSQL names it. */
export async function openEmpty(controlUrl: string, locale = 'C.UTF-8'): Promise<TestDatabase> {
  const name = await withClient(controlUrl, async (client) => {
    const name = `empty_${await nextNumber(client)}`
    await client.query(`create database ${name} template template0 locale '${locale}' strategy wal_log`)
    return name
  })
  return openedAs(controlUrl, name)
}

function openedAs(controlUrl: string, name: string): TestDatabase {
  const close = () =>
    withClient(controlUrl, async (client) => {
      await waitForGoing(client, name)
      // Not dropped: the cluster goes as a whole, and a drop would hold back the other tests' horizon.
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    })
  return { url: databaseUrl(controlUrl, name), close }
}

/**
 * Waits, two seconds at most, for connections that are being closed to the databases like `name`: a pool answers that it
 * has ended before the server knows, and one that is cut off then ends its process by an unhandled error.
 */
async function waitForGoing(client: pg.Client, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname like $1 and backend_type = 'client backend' and pid <> pg_backend_pid()`,
      [name],
    )
    if (rows[0]?.count === 0) return
    await sleep(20)
  }
}

async function makeClone(client: pg.Client, isTaken: boolean): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select name from current_template')
  const template = rows[0]?.name ?? ''
  const name = `clone_${String(await nextNumber(client)).padStart(4, '0')}`
  await client.query(`create database ${name} template ${template} strategy wal_log`)
  await client.query('insert into clone (name, template, taken) values ($1, $2, $3)', [name, template, isTaken])
  return name
}

async function nextNumber(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ number: number }>("select nextval('clone_number')::int as number")
  return rows[0]?.number ?? 0
}

function databaseUrl(controlUrl: string, name: string): string {
  const url = new URL(controlUrl)
  url.pathname = `/${name}`
  return url.href
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * The schema's history: numbered SQL files `0001-name.sql`, forward only, each applied once in a transaction of its own
 * and remembered in `schema_migration` with the hash of its text.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/** Any number that nothing else of Otklik locks on. */
const migrationLock = 7_403_112_001n
const oldestServer = 15

export type MigrationErrorCode =
  | 'badFile'
  | 'newerSchema'
  | 'changedFile'
  | 'oldServer'
  | 'noTrigrams'
  | 'migrationFailed'

/** The schema cannot be brought up to date; `message` is one sentence that says what to do. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MigrationError'
    this.code = code
  }
}

export type MigrationFile = { number: number; name: string; sha256: string; text: string }
type Applied = { number: number; name: string; sha256: string }

/** What `migrate` needs of a pool. */
export type MigrationPool = { connect(): Promise<pg.PoolClient> }

export type MigrateOptions = {
  /** Called once, before the first pending file, when the database holds anything: the place for a backup. */
  beforeMigrating?: (pending: readonly MigrationFile[]) => Promise<void>
}

/**
 * Reads `folder`'s files, in order. Throws MigrationError (`badFile`) for a name that is not `0001-name.sql`, a gap, a number
 * used twice, or a file that ends its transaction itself.
 */
export function readMigrations(folder: string): MigrationFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  return names.map((file, index) => {
    const match = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file)
    if (match === null) throw new MigrationError('badFile', `${file} must be named like 0001-name.sql`)
    const number = Number(match[1])
    if (number !== index + 1)
      throw new MigrationError('badFile', `${file} must have the number ${String(index + 1).padStart(4, '0')}: no gaps, none twice`)
    const text = readFileSync(join(folder, file), 'utf8')
    if (/^\s*(begin|start\s+transaction|commit|rollback)\s*;/im.test(text))
      throw new MigrationError('badFile', `${file} must not begin or end a transaction: each file runs in one already`)
    return { number, name: match[2] ?? '', sha256: createHash('sha256').update(text).digest('hex'), text }
  })
}

/** One hash over all files: equal hashes mean equal schemas. */
export function hashMigrations(files: readonly MigrationFile[]): string {
  const hash = createHash('sha256')
  for (const { number, name, sha256 } of files) hash.update(`${number} ${name} ${sha256}\n`)
  return hash.digest('hex')
}

/**
 * Brings the database's schema up to the files of `folder` and answers what was applied. Racing starters wait for each
 * other; the later finds nothing to do. Throws MigrationError; a file that fails leaves the schema as it was before it.
 */
export async function migrate(
  pool: MigrationPool,
  folder: string,
  { beforeMigrating }: MigrateOptions = {},
): Promise<MigrationFile[]> {
  const files = readMigrations(folder)
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await checkServer(client)
    // A pool's own limits are made for requests; building an index may take longer.
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await checkTrigrams(client)
    return await applyPending(client, files, beforeMigrating)
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // A connection that failed is thrown away, and its lock and settings with it.
    if (broken === undefined) broken = await giveBack(client)
    client.release(broken)
  }
}

async function giveBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
    await client.query('reset statement_timeout; reset lock_timeout; reset idle_in_transaction_session_timeout')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function applyPending(
  client: pg.PoolClient,
  files: MigrationFile[],
  beforeMigrating: MigrateOptions['beforeMigrating'],
): Promise<MigrationFile[]> {
  const applied = await loadApplied(client)
  checkHistory(files, applied)
  const pending = files.slice(applied.length)
  if (pending.length === 0) return []
  if (beforeMigrating !== undefined && !(await isEmpty(client))) await beforeMigrating(pending)
  await client.query(
    `create table if not exists schema_migration (
       number int primary key,
       name text not null,
       sha256 text not null,
       applied_at timestamptz not null default now()
     )`,
  )
  for (const file of pending) await apply(client, file)
  return pending
}

async function apply(client: pg.PoolClient, file: MigrationFile): Promise<void> {
  await client.query('begin')
  try {
    await client.query(file.text)
    await client.query('insert into schema_migration (number, name, sha256) values ($1, $2, $3)', [
      file.number,
      file.name,
      file.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(
      'migrationFailed',
      `Migration ${fileName(file)} failed and was undone (${reason}): the database is as it was before it; start the ` +
        'earlier Otklik version, or remove the cause and start again.',
      { cause: error },
    )
  }
}

const fileName = ({ number, name }: Applied) => `${String(number).padStart(4, '0')}-${name}.sql`

async function loadApplied(client: pg.PoolClient): Promise<Applied[]> {
  const { rows } = await client.query<{ found: boolean }>("select to_regclass('schema_migration') is not null as found")
  if (rows[0]?.found !== true) return []
  return (await client.query<Applied>('select number, name, sha256 from schema_migration order by number')).rows
}

function checkHistory(files: MigrationFile[], applied: Applied[]): void {
  const last = applied.at(-1)
  if (last !== undefined && last.number > files.length)
    throw new MigrationError(
      'newerSchema',
      `The database was migrated to ${fileName(last)} by a newer Otklik, this one knows ${files.length} migrations: start ` +
        'the newer version, or restore the backup that was taken before the update.',
    )
  for (const [index, file] of files.slice(0, applied.length).entries()) {
    const before = applied[index]
    if (before?.number === file.number && before.sha256 === file.sha256) continue
    throw new MigrationError(
      'changedFile',
      `Migration ${fileName(file)} differs from the one that was applied to this database: put the applied text back and ` +
        'write the change as a new migration.',
    )
  }
}

async function isEmpty(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (
       select from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
     ) as found`,
  )
  return rows[0]?.found !== true
}

async function checkServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: number }>("select current_setting('server_version_num')::int as version")
  const major = Math.floor((rows[0]?.version ?? 0) / 10_000)
  if (major < oldestServer)
    throw new MigrationError(
      'oldServer',
      `This server is PostgreSQL ${major}, Otklik needs ${oldestServer} or newer: update it, or leave DATABASE_URL out to use ` +
        'the PostgreSQL that Otklik brings.',
    )
}

/** A database of ctype C makes no trigrams of Cyrillic letters: search would silently find nothing. */
async function checkTrigrams(client: pg.PoolClient): Promise<void> {
  await client.query('begin')
  try {
    await client.query('create extension if not exists pg_trgm')
    const { rows } = await client.query<{ trigrams: string[] }>("select show_trgm('привет') as trigrams")
    if ((rows[0]?.trigrams ?? []).length === 0)
      throw new MigrationError(
        'noTrigrams',
        'This database cannot search Cyrillic text, because its character type is C: make it anew with ' +
          "`create database otklik encoding 'UTF8' locale 'C.UTF-8' template template0`.",
      )
  } catch (error) {
    if (error instanceof MigrationError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(
      'noTrigrams',
      `The extension pg_trgm, which search needs, cannot be used (${reason}): install the contrib package of your PostgreSQL ` +
        "and allow the user to create extensions in Otklik's database.",
      { cause: error },
    )
  } finally {
    await client.query('rollback')
  }
}

/**
 * Connections and transactions. A transaction hands out both a typed query builder and named statements for hot paths
 * on the same connection, and collects the events that it appends: they reach this process's followers after commit.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { valueTypes } from '../postgres/value-types.ts'
import type { DB } from './schema.generated.ts'

/** What store functions take: a place to run SQL, inside a transaction or not. */
export interface Reader {
  readonly db: Kysely<DB>
  /** Runs a named statement: parsed once a connection, for hot paths. Column names come as they are written. */
  named<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
}

/** A transaction. What is appended to `events` is published when it has committed, and only then. */
export interface Tx extends Reader {
  readonly events: LoggedEvent[]
}

export type Refused = { readonly ok: false }
const isRefused = (result: unknown): result is Refused =>
  typeof result === 'object' && result !== null && 'ok' in result && result.ok === false

export interface DatabaseOptions {
  readonly url: string
  readonly connections: number
  readonly applicationName: string
  readonly onCommit: (events: readonly LoggedEvent[]) => void
  /** A pooled connection failed while idle: PostgreSQL restarted, or the network broke. */
  readonly onIdleError: (error: Error) => void
}

export interface Database {
  readonly pool: pg.Pool
  /** Autocommit statements. */
  readonly reader: Reader
  /**
   * One transaction. It rolls back when the work throws or returns `{ ok: false }`: what is refused leaves nothing.
   * A deadlock or a serialisation failure is tried again, five times in all, so the work must be free of side effects.
   */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** One consistent, read-only view of everything. */
  snapshot<Result>(work: (tx: Reader) => Promise<Result>): Promise<Result>
  /** One autocommit statement that appends events itself; `events` of its result are published. Tried again as a transaction is. */
  statement<Result extends { readonly events: readonly LoggedEvent[] }>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

const retryable = new Set(['40001', '40P01'])

/** Thrown inside a transaction: what was read is not so any more, the whole work is to be done again. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
}
const isRetryable = (error: unknown) =>
  error instanceof TryAgain || (error instanceof pg.DatabaseError && retryable.has(error.code ?? ''))
const attempts = 5

const kyselyOver = (pool: PostgresPool) =>
  new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })

const namedOver =
  (client: Pick<pg.Pool, 'query'>): Reader['named'] =>
  async (name, text, values) =>
    (await client.query({ name, text, values: [...values] })).rows

export const openDatabase = (options: DatabaseOptions): Database => {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections,
    application_name: options.applicationName,
    types: valueTypes,
    // A connection knows its statements by then: a new one would plan them all anew in the moment of a rush.
    idleTimeoutMillis: 0,
    // A session that hangs must not hold up the horizon that every follower waits for.
    options: '-c idle_in_transaction_session_timeout=10000 -c statement_timeout=5000 -c timezone=UTC -c plan_cache_mode=force_generic_plan -c jit=off',
  })
  pool.on('error', options.onIdleError)
  // A connection that breaks while it is lent out fails its query, and that is where the error is told.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const reader: Reader = { db: kyselyOver(pool), named: namedOver(pool as Pick<pg.Pool, 'query'>) }

  /** One query builder for each pooled connection, kept as long as the connection. */
  const bound = new WeakMap<pg.PoolClient, Reader>()
  const readerOf = (client: pg.PoolClient): Reader => {
    let known = bound.get(client)
    if (!known) {
      const only: PostgresPool = {
        connect: () => Promise.resolve({ query: client.query.bind(client), release: () => undefined } as PostgresPoolClient),
        end: () => Promise.resolve(),
      }
      known = { db: kyselyOver(only), named: namedOver(client as Pick<pg.Pool, 'query'>) }
      bound.set(client, known)
    }
    return known
  }

  const within = async <Result>(begin: string, work: (reader: Reader) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(begin)
      const result = await work(readerOf(client))
      await client.query(isRefused(result) ? 'rollback' : 'commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError // the connection is of no use any more; the first error is the one to tell
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  const persist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (attempt === attempts || !isRetryable(error)) throw error
      }
    }
  }

  return {
    pool,
    reader,
    transaction: (work) =>
      persist(async () => {
        const events: LoggedEvent[] = []
        const result = await within('begin', (inside) => work({ ...inside, events }))
        if (events.length > 0 && !isRefused(result)) options.onCommit(events)
        return result
      }),
    snapshot: (work) => within('begin isolation level repeatable read read only', work),
    async statement(work) {
      const result = await persist(() => work(reader))
      if (result.events.length > 0) options.onCommit(result.events)
      return result
    },
    close: () => pool.end(),
  }
}

/** Until the end of this transaction statements are planned for their very values: how many rows a period or a list has decides how it is read. */
export const planForValues = async (reader: Reader): Promise<void> => {
  await reader.named('plan-for-values', `select set_config('plan_cache_mode', 'force_custom_plan', true)`, [])
}

/** The constraint that a statement broke, if that is what happened. */
export const brokenConstraint = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && (error.code === '23505' || error.code === '23514' || error.code === '23503')
    ? error.constraint
    : undefined

/** The event log: append, and read without missing rows (the horizon of ARCHITECTURE.md, "Spine"). */
import type { EventKind, EventPayload, LoggedEvent } from '@otklik/contract/events'
import type { Reader, Tx } from './database.ts'

/** A place in the log: everything before it has been seen. */
export interface Cursor {
  readonly generation: number
  /** Transaction id, decimal. */
  readonly tx: string
  readonly id: string
}

export const writeCursor = ({ generation, tx, id }: Cursor): string => `${generation}:${tx}:${id}`

/** Reads what `writeCursor` wrote; undefined for anything else. */
export const readCursor = (text: string): Cursor | undefined => {
  const match = /^(\d{1,9}):(\d{1,20}):(\d{1,20})$/.exec(text)
  return match ? { generation: Number(match[1]), tx: match[2] ?? '', id: match[3] ?? '' } : undefined
}

/** Orders two places of one generation. */
export const comparePlaces = (a: { tx: string; id: string }, b: { tx: string; id: string }): number => {
  const byTx = BigInt(a.tx) - BigInt(b.tx)
  const difference = byTx === 0n ? BigInt(a.id) - BigInt(b.id) : byTx
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export type EventRow = { tx: string; id: string; at: Date; kind: string; payload: unknown }

/** A row of the log as an event. Payloads were checked by the type of the writer. */
export const eventOf = (row: EventRow): LoggedEvent => ({ ...row, id: String(row.id) }) as LoggedEvent

const appendText = `insert into event (at, kind, subject, payload) values ($1, $2, $3, $4) returning tx::text, id::text, at`

/**
 * Appends an event in the caller's transaction.
 * @param subject the contact, agent, queue … whose story it belongs to
 */
export const appendEvent = async <Kind extends EventKind>(
  tx: Tx,
  at: Date,
  kind: Kind,
  subject: string,
  payload: EventPayload<Kind>,
): Promise<void> => {
  const [row] = await tx.named<{ tx: string; id: string; at: Date }>('append-event', appendText, [at, kind, subject, JSON.stringify(payload)])
  if (row) tx.events.push(eventOf({ ...row, kind, payload }))
}

/** Where a reader of this very snapshot stands: every event of an earlier transaction is visible to it. */
export const loadHorizon = async (reader: Reader): Promise<Cursor> => {
  const [row] = await reader.named<{ generation: number; xmin: string }>(
    'horizon',
    'select generation, pg_snapshot_xmin(pg_current_snapshot())::text as xmin from log_generation',
    [],
  )
  if (!row) throw new Error('log_generation is empty')
  return { generation: row.generation, tx: row.xmin, id: '0' }
}

const readText = `
  with bound as (select pg_snapshot_xmin(pg_current_snapshot()) as horizon)
  select tx::text, id::text, at, kind, payload
  from event, bound
  where (tx, id) > ($1::xid8, $2::bigint) and tx < bound.horizon
  -- By the columns, not by the texts of the same names that are answered: '9' must come before '10'.
  order by event.tx, event.id
  limit $3`

/** Events after the cursor and before the horizon, in the log's order. */
export const loadEventsAfter = async (reader: Reader, cursor: Cursor, limit: number): Promise<LoggedEvent[]> =>
  (await reader.named<EventRow>('events-after', readText, [cursor.tx, cursor.id, limit])).map(eventOf)

/** The last events before the horizon, in the log's order. */
export const loadLastEvents = async (reader: Reader, limit: number): Promise<LoggedEvent[]> =>
  (
    await reader.named<EventRow>(
      'last-events',
      `select tx::text, id::text, at, kind, payload from event
       where tx < pg_snapshot_xmin(pg_current_snapshot()) order by event.tx desc, event.id desc limit $1`,
      [limit],
    )
  )
    .map(eventOf)
    .reverse()

/** The story of one subject, in order. */
export const loadStory = async (reader: Reader, subject: string): Promise<LoggedEvent[]> =>
  (
    await reader.named<EventRow>('story', `select tx::text, id::text, at, kind, payload from event where subject = $1 order by event.id`, [subject])
  ).map(eventOf)

/** The oldest running transaction that holds the horizon back, if it is older than a second. */
export const loadHorizonBlocker = async (reader: Reader): Promise<{ pid: number; application: string; seconds: number } | undefined> => {
  const [row] = await reader.named<{ pid: number; application: string; seconds: number }>(
    'horizon-blocker',
    `select pid, application_name as application, extract(epoch from now() - xact_start)::float8 as seconds
     from pg_stat_activity
     where backend_xid is not null and xact_start < now() - interval '1 second'
     order by backend_xid::text::bigint limit 1`,
    [],
  )
  return row
}

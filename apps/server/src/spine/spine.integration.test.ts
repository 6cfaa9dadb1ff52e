import { randomUUID } from 'node:crypto'
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId } from '@otklik/model/ids'
import { openTestDatabase } from '@otklik/testing/database'
import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import { openDatabase, type Database } from '../store/database.ts'
import { appendEvent, loadEventsAfter, loadHorizon, loadStory, readCursor, writeCursor } from '../store/log.ts'
import { Spine } from './spine.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const open = async (onCommit: (events: readonly LoggedEvent[]) => void = () => undefined) => {
  const test = await openTestDatabase()
  closing.push(test.close)
  const connect = (publish: typeof onCommit): Database => {
    const database = openDatabase({ url: test.url, connections: 20, applicationName: 'test', onCommit: publish, onIdleError: () => undefined })
    closing.push(database.close)
    return database
  }
  return { url: test.url, connect, database: connect(onCommit) }
}

const follow = async (database: Database, pollMs = 5) => {
  const spine = new Spine({
    reader: database.reader,
    pollMs,
    onError: (error) => {
      throw error
    },
  })
  await spine.start()
  closing.push(() => spine.stop())
  const seen: string[] = []
  spine.follow((events) => seen.push(...events.map((event) => event.id)))
  return { spine, seen }
}

/** Twenty writers, each transaction two events, in an order that the ids do not tell. */
const write = async (database: Database, writers: number, each: number): Promise<string[]> => {
  const ids: string[] = []
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (let i = 0; i < each; i++)
        await database.transaction(async (tx) => {
          const agentId = randomUUID() as AgentId
          await appendEvent(tx, new Date(), 'session.revoked', agentId, { agentId, chain: null })
          if (i % 3 === 0) await tx.named('pause', 'select pg_sleep(0.002)', [])
          await appendEvent(tx, new Date(), 'session.revoked', agentId, { agentId, chain: null })
          ids.push(...tx.events.map((event) => event.id))
          return { ok: true }
        })
    }),
  )
  return ids.sort()
}

/**
 * Waits until the cursor has passed all that is committed now. Not the horizon of now: transactions of other tests, in other
 * databases of the cluster, hold it back.
 */
const drained = async (database: Database, spine: Spine) => {
  const { rows } = await database.pool.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next')
  const next = BigInt(rows[0]?.next ?? '0')
  if (BigInt(spine.cursor.tx) >= next) return
  await new Promise<void>((resolve) => {
    const stop = spine.onCursor((cursor) => {
      if (BigInt(cursor.tx) < next) return
      stop()
      resolve()
    })
    spine.poke()
  })
}

it('brings every event of 20 foreign writers to a follower once, with a foreign transaction held open', async () => {
  const { url, database, connect } = await open()
  const writing = connect(() => undefined) // another process: nothing comes by the fast path
  const { spine, seen } = await follow(database)
  const foreign = new pg.Client({ connectionString: url })
  await foreign.connect()
  await foreign.query('begin; select pg_current_xact_id()')
  const first = await write(writing, 20, 10)
  spine.poke()
  expect(seen).toEqual([]) // the horizon stands before the open transaction
  await foreign.query('commit')
  await foreign.end()
  const second = await write(writing, 20, 10)
  await drained(database, spine)
  expect([...seen].sort()).toEqual([...first, ...second].sort())
})

it('hands over at once what this process commits, and does not repeat it when the horizon passes', async () => {
  const handed: LoggedEvent[][] = []
  const box: { spine?: Spine } = {}
  const { url, database } = await open((events) => {
    handed.push([...events])
    box.spine?.publish(events)
  })
  const following = await follow(database)
  box.spine = following.spine
  const foreign = new pg.Client({ connectionString: url })
  await foreign.connect()
  await foreign.query('begin; select pg_current_xact_id()')
  const ids = await write(database, 20, 5)
  expect([...following.seen].sort()).toEqual(ids) // nothing waited for the foreign transaction
  await foreign.query('commit')
  await foreign.end()
  await drained(database, following.spine)
  expect([...following.seen].sort()).toEqual(ids)
  expect(handed.flat()).toHaveLength(ids.length)
})

it('gives a resuming reader what came after its cursor, also what the horizon has not passed', async () => {
  const box: { spine?: Spine } = {}
  const { url, database } = await open((events) => box.spine?.publish(events))
  const { spine } = await follow(database)
  box.spine = spine
  await write(database, 2, 2)
  await drained(database, spine)
  const cursor = spine.cursor
  const before = spine.eventsAfter(cursor)
  expect(before).toEqual([])
  const foreign = new pg.Client({ connectionString: url })
  await foreign.connect()
  await foreign.query('begin; select pg_current_xact_id()')
  const ids = await write(database, 3, 2)
  expect(spine.eventsAfter(cursor)?.map((event) => event.id).sort()).toEqual(ids)
  await foreign.query('rollback')
  await foreign.end()
  await drained(database, spine)
  expect(spine.eventsAfter(cursor)?.map((event) => event.id).sort()).toEqual(ids)
  expect(spine.eventsAfter({ ...cursor, generation: cursor.generation + 1 })).toBeUndefined()
  expect(spine.eventsAfter({ generation: cursor.generation, tx: '0', id: '0' })).toBeUndefined()
})

it('reads the log in the order of its numbers, not of their texts', async () => {
  const { database } = await open()
  const from = await loadHorizon(database.reader)
  await database.pool.query(`select setval('event_id', 996)`)
  const agentId = randomUUID() as AgentId
  const written = await database.transaction(async (tx) => {
    for (let n = 0; n < 8; n++) await appendEvent(tx, new Date(), 'session.revoked', agentId, { agentId, chain: null })
    return tx.events.map((event) => event.id)
  })
  expect(written).toContain('1000')
  // Another test's transaction may hold the horizon of the whole cluster back for a moment.
  const read = async () => (await loadEventsAfter(database.reader, from, 100)).map((event) => event.id).filter((id) => written.includes(id))
  await expect.poll(read, { timeout: 40_000 }).toEqual(written)
})

it('leaves nothing of a transaction that was refused or thrown', async () => {
  const published: unknown[] = []
  const { database } = await open((events) => published.push(...events))
  const agentId = randomUUID() as AgentId
  const append = (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => appendEvent(tx, new Date(), 'session.revoked', agentId, { agentId, chain: null })
  await database.transaction(async (tx) => {
    await append(tx)
    return { ok: false }
  })
  await expect(
    database.transaction(async (tx) => {
      await append(tx)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(published).toEqual([])
  expect(await loadStory(database.reader, agentId)).toEqual([])
})

it('writes a cursor that it reads again, and nothing else', () => {
  const cursor = { generation: 3, tx: '12345678901', id: '42' }
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
  for (const text of ['', '1:2', '1:2:x', '1:2:3:4', "1:2:3'--"]) expect(readCursor(text)).toBeUndefined()
})

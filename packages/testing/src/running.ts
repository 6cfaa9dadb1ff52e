/** A whole server in this process over a database of the test's own, on a free port. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { ContactView } from '@otklik/contract/views'
import { pino } from 'pino'
import { sweep } from '../../../apps/server/src/actions/sweep.ts'
import { atTheMachine, setUp } from '../../../apps/server/src/actions/set-up.ts'
import { compose, type Otklik } from '../../../apps/server/src/compose.ts'
import { tellError } from '../../../apps/server/src/log-error.ts'
import { readConfig } from '../../../apps/server/src/config.ts'
import type { Tx } from '../../../apps/server/src/store/database.ts'
import { createAgentClient, type AgentClient } from './agent-client.ts'
import { freePort } from './child-server.ts'
import { createVisitorClient, type VisitorClient } from './visitor-client.ts'

export const testPassword = 'a calm sea and a prosperous voyage'

export interface Running {
  readonly otklik: Otklik
  readonly url: string
  /** What a page of ours sends as its Origin. */
  readonly origin: string
  /** Signs in; `administrator@` and `agent1@`…`agent4@sample.example` have `testPassword`. */
  agent(email: string): Promise<AgentClient>
  visitor(): Promise<VisitorClient>
  /** A visitor in a conversation with the first of the sample's agents. */
  talk(): Promise<{ readonly anna: AgentClient; readonly visitor: VisitorClient; readonly contact: ContactView }>
  /**
   * One round of what time alone brings about, beside the leader's own. Throws, at its end, what could not be done.
   * @param before the first thing in each write of a leader
   */
  sweep(before?: (tx: Tx) => Promise<unknown>): Promise<void>
  /** Until all that is logged now can be read from the log: other tests' open transactions hold its horizon for a moment. */
  readableLog(): Promise<void>
  /** The sample's only web-chat channel. */
  readonly channelId: string
  /** Where its files are. */
  readonly dataFolder: string
  close(): Promise<void>
}

/**
 * @param options.now the clock that every action sees; the lease keeps the database's
 * @param options.pages folder of the built pages; without it only the interface is there
 * @param options.empty nothing is set up yet
 * @param options.log takes every line of the log, as a server writes it
 */
export const runOtklik = async (databaseUrl: string, options: { now?: () => Date; pages?: string; empty?: true; log?: Writable } = {}): Promise<Running> => {
  const port = await freePort()
  const dataFolder = await mkdtemp(join(tmpdir(), 'otklik-'))
  const config = readConfig(
    {
      PORT: String(port),
      OTKLIK_DATA: dataFolder,
      OTKLIK_SECRET_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'silent',
      OTKLIK_NEW_VISITORS_PER_MINUTE: '0',
      OTKLIK_MESSAGES_PER_MINUTE: '0',
      OTKLIK_SIGN_INS_PER_MINUTE: '0',
    },
    '/',
  )
  const logger = options.log ? pino({ level: 'trace', serializers: { err: tellError } }, options.log) : pino({ level: process.env.TEST_LOG_LEVEL ?? 'fatal' })
  const otklik = await compose({ config, databaseUrl, logger, pages: options.pages, schedule: false, ...(options.now ? { now: options.now } : {}) })
  await otklik.start()
  const url = `http://127.0.0.1:${port}`
  const origin = config.publicUrl
  const clients: { close(): void }[] = []
  if (!options.empty) await setUpSample(otklik)
  const channel = await otklik.database.reader.db.selectFrom('channelAccount').select('id').executeTakeFirst()
  const agent = async (email: string) => {
    const client = await createAgentClient({ url, origin, email, password: testPassword })
    clients.push(client)
    return client
  }
  const visitorOf = async () => {
    const client = await createVisitorClient({ url, origin, channelId: channel?.id ?? '' })
    clients.push(client)
    return client
  }
  return {
    otklik,
    url,
    origin,
    channelId: channel?.id ?? '',
    dataFolder,
    agent,
    visitor: visitorOf,
    async talk() {
      const [anna, visitor] = [await agent('agent1@sample.example'), await visitorOf()]
      await anna.available()
      await visitor.send('Здравствуйте')
      const contact = await anna.nextOffer()
      await anna.accept(contact)
      return { anna, visitor, contact }
    },
    async sweep(before) {
      const faults: unknown[] = []
      await sweep({
        ...otklik.deps,
        reader: otklik.database.reader,
        fence: async (tx) => {
          await before?.(tx)
          return true
        },
        onError: (error) => faults.push(error),
      })
      if (faults.length > 0) throw new AggregateError(faults, faults.join('; '))
    },
    async readableLog() {
      const { pool } = otklik.database
      const { rows: [now] } = await pool.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next')
      const isReadable = async () =>
        (await pool.query<{ is: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as is', [now?.next])).rows[0]?.is
      while (!(await isReadable())) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    async close() {
      for (const client of clients) client.close()
      await otklik.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** The sample centre, whose agents have the administrator's password. */
const setUpSample = async (otklik: Otklik): Promise<void> => {
  await setUp(
    otklik.deps,
    {
      company: { name: 'Город', language: 'ru', timeZone: 'Europe/Moscow' },
      administrator: { name: 'Ирина', email: 'administrator@sample.example', password: testPassword },
      sample: true,
    },
    atTheMachine,
  )
  await otklik.database.pool.query(
    `update agent set password_hash = (select password_hash from agent where role = 'administrator') where password_hash is null`,
  )
}

/** Milliseconds to the next noon by UTC: a clock that is so far ahead is far from the end of an hour, a day or a month. */
export const untilNoon = (): number => {
  const dayMs = 86_400_000
  return dayMs - ((Date.now() + dayMs / 2) % dayMs)
}

export const newId = <Id extends string>(): Id => randomUUID() as Id

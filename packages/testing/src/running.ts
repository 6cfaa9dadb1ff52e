/** A whole server in this process over a database of the test's own, on a free port. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { setUp } from '../../../apps/server/src/actions/set-up.ts'
import { compose, type Otklik } from '../../../apps/server/src/compose.ts'
import { readConfig } from '../../../apps/server/src/config.ts'
import { createAgentClient, type AgentClient } from './agent-client.ts'
import { createVisitorClient, type VisitorClient } from './visitor-client.ts'

export const testPassword = 'a calm sea and a prosperous voyage'

export interface Running {
  readonly otklik: Otklik
  readonly url: string
  /** Signs in; `administrator@` and `agent1@`…`agent4@sample.example` have `testPassword`. */
  agent(email: string): Promise<AgentClient>
  visitor(): Promise<VisitorClient>
  /** The sample's only web-chat channel. */
  readonly channelId: string
  close(): Promise<void>
}

/** @param now the clock that every action sees; the lease keeps the database's */
export const runOtklik = async (databaseUrl: string, options: { now?: () => Date; pages?: string } = {}): Promise<Running> => {
  const config = {
    ...readConfig({ LOG_LEVEL: 'silent', OTKLIK_NEW_VISITORS_PER_MINUTE: '0', OTKLIK_MESSAGES_PER_MINUTE: '0', OTKLIK_SIGN_INS_PER_MINUTE: '0' }, '/'),
    port: 0,
  }
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? 'fatal' })
  const otklik = await compose({ config, databaseUrl, logger, pages: options.pages, ...(options.now ? { now: options.now } : {}) })
  const port = await otklik.start()
  const url = `http://127.0.0.1:${port}`
  // The configuration cannot know a free port before it is taken; the server believes the default address.
  const origin = config.publicUrl
  const clients: { close(): void }[] = []
  const done = await setUp(
    otklik.deps,
    {
      company: { name: 'Город', language: 'ru', timeZone: 'Europe/Moscow' },
      administrator: { name: 'Ирина', email: 'administrator@sample.example', password: testPassword },
      sample: true,
    },
    'trusted',
  )
  const { db } = otklik.database.reader
  if (done.ok) {
    const { passwordHash } = await db.selectFrom('agent').select('passwordHash').where('role', '=', 'administrator').executeTakeFirstOrThrow()
    await db.updateTable('agent').set({ passwordHash }).where('passwordHash', 'is', null).execute()
  }
  const { id: channelId } = await db.selectFrom('channelAccount').select('id').executeTakeFirstOrThrow()
  return {
    otklik,
    url,
    channelId,
    async agent(email) {
      const client = await createAgentClient({ url, origin, email, password: testPassword })
      clients.push(client)
      return client
    },
    async visitor() {
      const client = await createVisitorClient({ url, origin, channelId })
      clients.push(client)
      return client
    },
    async close() {
      for (const client of clients) client.close()
      await otklik.stop()
    },
  }
}

export const newId = <Id extends string>(): Id => randomUUID() as Id

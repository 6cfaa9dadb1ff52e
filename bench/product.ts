/** The whole product as a process, for benchmarks from outside: sample centre, many agents, visitors' tokens. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startServer } from '@otklik/testing/child-server'
import { makeSampleCentre, withDatabase } from '@otklik/testing/sample-centre'
import { hashToken, newToken } from '../apps/server/src/access/tokens.ts'
import { startEmbedded } from '../apps/server/src/postgres/supervisor.ts'

export interface Product {
  readonly url: string
  readonly origin: string
  readonly channelId: string
  /** Of the embedded database, which runs with fsync as in production. */
  readonly databaseUrl: string
  readonly tokens: readonly string[]
  readonly serverPid: number
  stop(): Promise<void>
}

/** @param visitors how many tokens to make; @param agents how many agents beside the sample's, `bench1@…` */
export const startProduct = async ({ visitors, agents }: { visitors: number; agents: number }): Promise<Product> => {
  const folder = mkdtempSync(join(tmpdir(), 'otklik-bench-'))
  const data = join(folder, 'data')
  await makeSampleCentre(data)
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const tokens = Array.from({ length: visitors }, newToken)
  const channelId = await withDatabase(data, undefined, async (pool) => {
    const { rows } = await pool.query<{ id: string }>('select id from channel_account')
    const channel = rows[0]?.id ?? ''
    const ids = tokens.map(() => randomUUID())
    await pool.query(`insert into customer (id, language, first_seen_at) select id, 'ru', now() from unnest($1::uuid[]) id`, [ids])
    await pool.query(
      `insert into credential (hash, kind, customer_id, channel_account_id, origin, created_at, expires_at, idle_until)
       select hash, 'visitor', id, $3, $4, now(), now() + interval '1 day', now() + interval '1 day' from unnest($1::bytea[], $2::uuid[]) v(hash, id)`,
      [tokens.map(hashToken), ids, channel, origin],
    )
    await pool.query(
      `with one as (select * from agent where email = 'agent1@sample.example'),
       made as (insert into agent (id, name, email, role, language, serves, team_id, max_chats, max_total, password_hash, created_at)
         select gen_random_uuid(), 'Агент ' || n, 'bench' || n || '@sample.example', 'agent', 'ru', serves, team_id, 20, 20, password_hash, now()
         from one, generate_series(1, $1) n returning id),
       room as (insert into agent_capacity (agent_id, max_chat, max_total) select id, 20, 20 from made),
       off as (insert into presence_interval (agent_id, state, cause, started_at) select id, 'offline', 'signedOut', now() from made)
       insert into agent_skill select made.id, s.skill_id, s.level from made, agent_skill s join one on one.id = s.agent_id`,
      [agents],
    )
    return channel
  })
  // Kept by this process too, so that the baseline writes into the same server.
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const embedded = await startEmbedded({ folder: join(data, 'postgres'), logger: silent })
  const server = startServer(port, {
    OTKLIK_DATA: data,
    OTKLIK_NEW_VISITORS_PER_MINUTE: '0',
    OTKLIK_MESSAGES_PER_MINUTE: '0',
    OTKLIK_SIGN_INS_PER_MINUTE: '0',
  }, { built: true })
  await server.ready()
  return {
    url: server.url,
    origin,
    channelId,
    databaseUrl: embedded.url,
    tokens,
    serverPid: server.pid,
    async stop() {
      server.kill('SIGTERM')
      await server.exited()
      await embedded.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Two servers on one database: who leads, who takes over, and whose late writes are refused. */
import { createAgentClient } from '@otklik/testing/agent-client'
import { freePort, startServer, type ChildServer } from '@otklik/testing/child-server'
import { openTestDatabase } from '@otklik/testing/database'
import { makeTestFolder } from '@otklik/testing/folder'
import { makeSampleCentre } from '@otklik/testing/sample-centre'
import { testPassword } from '@otklik/testing/running'
import { verifyReplay } from '@otklik/testing/verify'
import { createVisitorClient } from '@otklik/testing/visitor-client'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let pool: pg.Pool
let env: Record<string, string>
const servers: ChildServer[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  const folder = makeTestFolder()
  env = { DATABASE_URL: database.url, OTKLIK_DATA: `${folder}/data`, OTKLIK_NEW_VISITORS_PER_MINUTE: '0' }
  await makeSampleCentre(`${folder}/data`, env)
})
afterAll(async () => {
  for (const server of servers) {
    server.kill('SIGCONT')
    server.kill('SIGKILL')
    await server.exited()
  }
  await pool.end()
  await database.close()
})

const start = async (): Promise<{ server: ChildServer; at: { url: string; origin: string } }> => {
  const port = await freePort()
  const server = startServer(port, env)
  servers.push(server)
  await server.ready()
  return { server, at: { url: server.url, origin: `http://localhost:${port}` } }
}

const epoch = async (): Promise<number> => Number((await pool.query<{ epoch: string }>('select epoch from router_lease')).rows[0]?.epoch)

/** Until somebody leads under a newer epoch; answers how long it took. */
const nextLeader = async (before: number): Promise<number> => {
  const began = performance.now()
  for (;;) {
    const { rowCount } = await pool.query('select 1 from router_lease where epoch > $1 and expires_at > clock_timestamp()', [before])
    if (rowCount) return performance.now() - began
    if (performance.now() - began > 60_000) throw new Error('nobody took over')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A contact from the first word to an agent's accept, through one server. */
const serveOne = async (at: { url: string; origin: string }, email: string): Promise<void> => {
  const { rows } = await pool.query<{ id: string }>('select id from channel_account')
  const agent = await createAgentClient({ ...at, email, password: testPassword })
  const visitor = await createVisitorClient({ ...at, channelId: rows[0]?.id ?? '' })
  await agent.available()
  await visitor.send('Есть кто живой?')
  const offer = await agent.nextOffer(60_000) // one who has just left may be asked first
  expect((await agent.accept(offer)).state).toBe('active')
  agent.close()
  visitor.close()
}

it('goes on under another leader after kill -9, and after a freeze whose late writes are refused', async () => {
  const first = await start()
  const second = await start()
  const led = await epoch()
  await serveOne(second.at, 'agent1@sample.example') // through the process that does not lead

  first.server.kill('SIGKILL')
  const afterKill = await nextLeader(led)
  await serveOne(second.at, 'agent2@sample.example')

  const third = await start()
  const held = await epoch()
  second.server.kill('SIGSTOP')
  const afterFreeze = await nextLeader(held)
  const taken = await epoch()
  await serveOne(third.at, 'agent4@sample.example')
  second.server.kill('SIGCONT')
  await second.server.ready()
  await serveOne(second.at, 'agent3@sample.example')
  expect(await epoch()).toBe(taken)
  // The lease lasts 3 s and is asked for each second; the rest is the machine's.
  expect({ afterKill: afterKill < 20_000, afterFreeze: afterFreeze < 20_000 }).toEqual({ afterKill: true, afterFreeze: true })
  const { rows } = await pool.query<{ late: number }>(
    `select count(*)::int as late from event where kind = 'contact.offered' and (payload ->> 'epoch')::int < $1
       and id > (select id from event where kind = 'router.started' and (payload ->> 'epoch')::int = $1)`,
    [taken],
  )
  expect(rows[0]?.late).toBe(0)
  expect(await verifyReplay(pool)).toEqual([])
}, 300_000)

import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { Otklik } from '../compose.ts'
import { loadWaitingSteps } from '../store/waiting-steps.ts'
import { Router } from './router.ts'

let otklik: Otklik
let running: Running
const faults: string[] = []
beforeEach(async () => {
  faults.length = 0
  const testDatabase = await openTestDatabase()
  running = await runOtklik(testDatabase.url)
  onTestFinished(async () => {
    await running.close()
    await testDatabase.close()
  })
  otklik = running.otklik
  await otklik.router.stop()
})

/** A router whose looks at the rows are the test's. */
const startRouter = (snapshot: Otklik['database']['snapshot']): Router => {
  const router = new Router({
    deps: otklik.deps,
    database: { ...otklik.database, snapshot },
    follow: (follower) => otklik.spine.follow(follower),
    sweep: () => Promise.resolve(),
    onError: (_error, doing) => faults.push(doing),
    onLeading: () => undefined,
  })
  router.start()
  onTestFinished(() => router.stop())
  return router
}

it('leads although its first look at the rows failed', async () => {
  let looks = 0
  const router = startRouter((work) => ((looks += 1) === 1 ? Promise.reject(new Error('the connection is gone')) : otklik.database.snapshot(work)))
  await expect.poll(() => router.leading).toBe(true)
  expect(faults).toEqual(['loading everything for the router'])
})

it('keeps its lease however long it looks', async () => {
  let show = () => undefined as void
  const shown = new Promise<void>((resolve) => (show = resolve))
  const router = startRouter(async (work) => (await shown, otklik.database.snapshot(work)))
  const lease = async () => {
    const { rows } = await otklik.database.pool.query<{ epoch: number; until: Date }>('select epoch, expires_at as until from router_lease')
    return rows[0] ?? { epoch: 0, until: new Date(0) }
  }
  await expect.poll(async () => (await lease()).until.getTime()).toBeGreaterThan(Date.now())
  const first = await lease()
  await expect.poll(async () => (await lease()).until > first.until).toBe(true)
  expect(router.leading).toBe(false)
  show()
  await expect.poll(() => router.leading).toBe(true)
  expect([(await lease()).epoch, faults]).toEqual([first.epoch, []])
})

it('tells a customer after a restart how long those waited who came before it', async () => {
  const first = startRouter(otklik.database.snapshot)
  const { anna, contact } = await running.talk()
  const { pool } = otklik.database
  await pool.query('update agent_capacity set max_chat = chat + pending, max_total = voice + chat + mail + pending where agent_id = $1', [anna.id])
  await first.stop()
  let heard = 0
  onTestFinished(otklik.spine.follow((events) => (heard += events.filter(({ kind }) => kind === 'contact.closed').length)))
  // Hours of the queue: each comes when the last was begun, is answered after a minute, and takes another.
  await pool.query(
    `with life as (
       select gen_random_uuid() as id, now() - interval '6 hours' + make_interval(secs => 60 * n) as came from generate_series(0, 320) as n),
     past as (
       insert into contact
       select (jsonb_populate_record(c, jsonb_build_object('id', life.id, 'arrived_at', came, 'last_message_at', came, 'ended_at', came + interval '2 minutes',
         'closed_at', came + interval '2 minutes', 'close_reason', 'agentEnded', 'final_routing_version', 1))).*
       from life, contact c where c.id = $1)
     insert into event (at, kind, subject, payload)
     select came + make_interval(secs => step.after), kind, id, part || jsonb_build_object('contactId', id) from life, (values
       (0, 2, 'contact.queued', jsonb_build_object('queueId', $2::text)), (60, 1, 'contact.accepted', '{}'), (120, 0, 'contact.closed', '{"reason": "agentEnded"}')
     ) as step(after, place, kind, part) order by came + make_interval(secs => step.after), step.place`,
    [contact.id, contact.queue.id],
  )
  // Nobody is told of it afterwards.
  await expect.poll(() => heard).toBe(321)
  const steps = await loadWaitingSteps(otklik.database.reader, contact.queue.id, Date.now())
  expect(new Set(steps.map(({ contactId }) => contactId)).size, 'the last 300, and the one that was open when they began').toBe(301)
  const visitor = await running.visitor()
  await visitor.send('Есть кто?')
  const second = startRouter(otklik.database.snapshot)
  await expect.poll(() => [...(second.outlooks()?.values() ?? [])]).toEqual([{ position: 1, wait: { kind: 'between', fromMinutes: 1, toMinutes: 1 } }])
  expect(faults).toEqual([])
})

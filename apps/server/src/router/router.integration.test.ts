import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik } from '@otklik/testing/running'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { Otklik } from '../compose.ts'
import { Router } from './router.ts'

let otklik: Otklik
const faults: string[] = []
beforeEach(async () => {
  faults.length = 0
  const testDatabase = await openTestDatabase()
  const running = await runOtklik(testDatabase.url)
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
  await expect.poll(async () => (await lease()).until > first.until, { timeout: 5000 }).toBe(true)
  expect(router.leading).toBe(false)
  show()
  await expect.poll(() => router.leading).toBe(true)
  expect([(await lease()).epoch, faults]).toEqual([first.epoch, []])
})

import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik } from '@otklik/testing/running'
import { expect, it, onTestFinished } from 'vitest'
import { Router } from './router.ts'

it('leads although its first look at the rows failed', async () => {
  const testDatabase = await openTestDatabase()
  const { otklik, close } = await runOtklik(testDatabase.url)
  onTestFinished(async () => {
    await close()
    await testDatabase.close()
  })
  await otklik.router.stop()
  const faults: string[] = []
  let looks = 0
  const router = new Router({
    deps: otklik.deps,
    database: {
      ...otklik.database,
      snapshot: (work) => ((looks += 1) === 1 ? Promise.reject(new Error('the connection is gone')) : otklik.database.snapshot(work)),
    },
    follow: (follower) => otklik.spine.follow(follower),
    sweep: () => Promise.resolve(),
    onError: (_error, doing) => faults.push(doing),
    onLeading: () => undefined,
  })
  router.start()
  onTestFinished(() => router.stop())
  await expect.poll(() => router.leading).toBe(true)
  expect(faults).toEqual(['keeping the lease'])
})

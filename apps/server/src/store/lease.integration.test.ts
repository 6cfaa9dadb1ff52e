import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik } from '@otklik/testing/running'
import { expect, it, onTestFinished } from 'vitest'
import { acquireLease, fenceLease, renewLease } from './lease.ts'

it('is renewed while a write of the leader is under way, and taken over only behind it', async () => {
  const testDatabase = await openTestDatabase()
  const { otklik, close } = await runOtklik(testDatabase.url)
  onTestFinished(async () => {
    await close()
    await testDatabase.close()
  })
  await otklik.router.stop()
  const { database } = otklik
  const holder = crypto.randomUUID()
  const epoch = (await acquireLease(database.reader, holder)) ?? 0
  let taken: Promise<number | undefined> | undefined
  await database.transaction(async (tx) => {
    expect(await fenceLease(tx, epoch)).toBe(true)
    expect(await renewLease(database.reader, holder, epoch)).toBe(true)
    await database.pool.query(`update router_lease set expires_at = '-infinity'`)
    taken = acquireLease(database.reader, crypto.randomUUID())
    await expect.poll(async () => (await database.pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount).toBe(1)
    return { ok: true }
  })
  expect(await taken).toBe(epoch + 1)
  expect(await database.transaction((tx) => fenceLease(tx, epoch))).toBe(false)
})

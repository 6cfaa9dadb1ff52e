import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik } from '@otklik/testing/running'
import { expect, it, onTestFinished } from 'vitest'
import type { Reader } from '../store/database.ts'
import { LiveLinks } from './live-links.ts'

it('leaves nobody connected whose socket went while the database was away', async () => {
  const testDatabase = await openTestDatabase()
  const { otklik, close, agent } = await runOtklik(testDatabase.url)
  onTestFinished(async () => {
    await close()
    await testDatabase.close()
  })
  const { id } = await agent('agent1@sample.example')
  const { reader, pool } = otklik.database
  const nodeId = crypto.randomUUID()
  await pool.query('insert into node (id, seen_at) values ($1, clock_timestamp())', [nodeId])
  let away: 'no' | 'unreachable' | 'unanswered' = 'no'
  const flaky: Reader = {
    ...reader,
    named: async (name, text, values) => {
      if (away === 'unreachable') throw new Error('the database is away')
      const rows = await reader.named<never>(name, text, values)
      if (away === 'unanswered') throw new Error('the connection is gone')
      return rows
    },
  }
  const links = new LiveLinks(flaky, nodeId)
  const open = async () => (await pool.query('select from link where node_id = $1 and closed_at is null', [nodeId])).rowCount

  away = 'unanswered'
  await expect(links.open({ agentId: id }), 'nobody knows whether it was written').rejects.toThrow()
  away = 'no'
  const leave = await links.open({ agentId: id })
  const stay = await links.open({ agentId: id })
  away = 'unreachable'
  await expect(links.tidy(true)).rejects.toThrow()
  await expect(leave()).rejects.toThrow()
  away = 'no'
  await links.tidy(true)
  expect(await open(), 'the one that stays').toBe(1)
  await stay()
  expect(await open()).toBe(0)
})

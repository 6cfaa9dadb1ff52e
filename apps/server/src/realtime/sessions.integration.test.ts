/** An open desk and the session behind it. */
import { routes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let ahead = 0
beforeEach(async () => {
  ahead = 0
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => new Date(Date.now() + ahead) })
})
afterEach(async () => {
  await running.close()
  await database.close()
})

const minutesLater = async (minutes: number) => {
  ahead += minutes * 60_000
  await running.otklik.hub.desks.checkSessions()
}

it('stays open through idle hours and fresh tokens, and ends with its session', async () => {
  const agent = await running.agent('agent1@sample.example')
  await minutesLater(50) // would be idle at 60, but an open desk counts as use
  await minutesLater(50)
  await agent.api.call(routes.catalogue, {}) // the session is older than an hour: the answer brings a fresh token
  const tokens = await running.otklik.database.pool.query('select 1 from credential where agent_id = $1', [agent.id])
  expect(tokens.rowCount).toBe(2)
  await minutesLater(10) // the token with which the socket was opened has expired
  await agent.api.call(routes.catalogue, {})
  expect(agent.state.bye).toBeNull()
  await agent.api.call(routes.signOut, {})
  await running.otklik.hub.desks.checkSessions()
  await agent.until('goodbye', () => agent.state.bye === 'notSignedIn')
})

it('ends at the session’s own end, however busy the desk', async () => {
  const agent = await running.agent('agent1@sample.example')
  for (let hours = 0; hours < 11; hours++) {
    await minutesLater(30)
    await minutesLater(29)
    await agent.api.call(routes.catalogue, {})
  }
  expect(agent.state.bye).toBeNull()
  await minutesLater(30)
  await minutesLater(45)
  await agent.until('goodbye', () => agent.state.bye === 'notSignedIn')
  await expect(agent.api.call(routes.catalogue, {})).rejects.toMatchObject({ problem: { code: 'notSignedIn' } })
})

it('lets nobody in by any token of a session that was signed out', async () => {
  const agent = await running.agent('agent1@sample.example')
  await minutesLater(50)
  await minutesLater(50)
  await agent.api.call(routes.catalogue, {})
  await agent.api.call(routes.signOut, {})
  const left = await running.otklik.database.pool.query('select 1 from credential where agent_id = $1', [agent.id])
  expect(left.rowCount).toBe(0)
})

import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, testPassword, type Running } from '@otklik/testing/running'
import { verifyReplay } from '@otklik/testing/verify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { furnish } from '../furnish.ts'
import { textsOf } from '../texts/texts.ts'
import { runLive } from './run.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
})
afterEach(async () => {
  await running.close()
  await database.close()
})

it('customers are answered, handed on and rate, agents work and go home, and the log tells what the rows say', async () => {
  const texts = textsOf('ru')
  const administrator = await running.agent('administrator@sample.example')
  const options = { api: administrator.api, url: running.url, origin: running.origin, language: 'ru' as const, words: texts.words, agents: 8, password: testPassword }
  const centre = await furnish(options)
  // A second start finds everything there.
  expect(await furnish(options)).toEqual(centre)

  // Such as are handed on, so that it need not be waited for long.
  const eventful = { ...texts, dialogues: texts.dialogues.filter(({ then }) => then) }
  const live = runLive({ ...running, centre, texts: eventful, password: testPassword, speed: 60, seed: 1, perDay: 60 * 24, everybodyWorks: true })
  const { board } = live
  const wanted = { answered: 6, rated: 1, transferred: 1, raised: 1, finished: 3 } as const
  const missing = () => Object.entries(wanted).flatMap(([what, least]) => (board[what as keyof typeof wanted] < least ? [`${what}: ${board[what as keyof typeof wanted]}`] : []))
  // On a machine that others load customers lose patience, and it takes its time.
  await expect.poll(() => [...missing(), ...board.errors], { interval: 50, timeout: 100_000 }).toEqual([])
  await live.stop()
  expect(board.errors).toEqual([])
  expect(board.onDuty).toBe(0)
  const { rows } = await running.otklik.database.pool.query<{ online: number; regions: number }>(
    `select (select count(*)::int from agent_capacity where state <> 'offline') as online, (select count(distinct region)::int from contact) as regions`,
  )
  expect(rows[0]?.online).toBe(0)
  expect(rows[0]?.regions).toBeGreaterThan(1)
  expect(await verifyReplay(running.otklik.database.pool)).toEqual([])
}, 180_000)

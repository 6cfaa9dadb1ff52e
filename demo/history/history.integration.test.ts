import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, testPassword, type Running } from '@otklik/testing/running'
import { verifyReplay } from '@otklik/testing/verify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { furnish } from '../furnish.ts'
import { textsOf } from '../texts/texts.ts'
import { askServer, waitUntilCounted } from './ask-server.ts'
import { compareFigures, isMet } from './figures.ts'
import { planPast } from './plan.ts'
import { defaultTargets, ratesOf } from './targets.ts'
import { lookAtStart, writePast } from './write.ts'

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

it('a past of ten days has its figures, as the server counts them, and rows that its log tells of', async () => {
  const texts = textsOf('ru')
  const sampled = await running.agent('administrator@sample.example')
  const centre = await furnish({ api: sampled.api, ...running, language: 'ru', words: texts.words, agents: 12, password: testPassword })
  await running.close()

  const targets = defaultTargets('ru')
  const [rates, start] = [ratesOf(targets), await lookAtStart(database.url)]
  if (!rates.ok || !start.ok) throw new Error('the targets are possible and the database is empty')
  const wanted = { targets, days: 10, perDay: 40 }
  const past = planPast({ ...wanted, seed: 1, rates: rates.rates, centre, texts, now: Date.now(), numbers: start.numbers })
  await writePast(database.url, past, centre, start.numbers, () => undefined)
  expect(await lookAtStart(database.url)).toMatchObject({ ok: false, reason: 'historyThere' })

  running = await runOtklik(database.url, { empty: true })
  const { api } = await running.agent('administrator@sample.example')
  await waitUntilCounted(api, Date.now(), () => undefined)
  const findings = compareFigures(wanted, await askServer(api, past))
  expect(findings.filter((finding) => !isMet(finding))).toEqual([])
  const { pool } = running.otklik.database
  expect(await verifyReplay(pool)).toEqual([])
  const { rows } = await pool.query('select (select count(*)::int from contact) as contacts, (select count(*)::int from contact_routing) as open, (select count(*)::int from event_other) as astray')
  expect(rows).toEqual([{ contacts: 400, open: 0, astray: 0 }])
}, 180_000)

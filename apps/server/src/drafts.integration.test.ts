/** Unsent words follow the agent to another screen, and nobody else. */
import { draftRoutes } from '@otklik/contract/drafts'
import { routes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prune } from './jobs/prune.ts'

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

it('are kept for the one who holds the contact, until they are sent or the contact is over', async () => {
  const { anna, contact } = await running.talk()
  const other = await running.agent('agent2@sample.example')
  const params = { id: contact.id }
  const words = { reply: 'Проверяю, минуту', note: 'Спросить Глеба', wrapUp: '' }
  const drafts = async () => (await anna.api.call(draftRoutes.drafts, {})).items.map(({ reply, note }) => ({ reply, note }))

  await expect(other.api.call(draftRoutes.putDraft, { params, body: words })).rejects.toMatchObject({ problem: { code: 'contactNotYours' } })
  await anna.api.call(draftRoutes.putDraft, { params, body: words })
  expect(await drafts()).toEqual([{ reply: words.reply, note: words.note }])
  expect((await other.api.call(draftRoutes.drafts, {})).items).toEqual([])

  await anna.say(contact, 'Другие слова')
  expect(await drafts()).toEqual([{ reply: words.reply, note: words.note }])
  await anna.say(contact, `${words.reply}!`) // sent before its last letters were kept
  await anna.say(contact, words.note, 'note')
  expect(await drafts()).toEqual([{ reply: '', note: '' }])

  await anna.api.call(draftRoutes.putDraft, { params, body: { ...words, wrapUp: '{"note":"Вернули"}' } })
  await anna.api.call(routes.endContact, { params })
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  expect(await drafts()).toEqual([])
  const { pool } = running.otklik.database
  await prune({}, { query: pool.query.bind(pool) } as never)
  expect((await pool.query('select * from draft')).rows).toEqual([])
})

/** A contact's figures, as they are asked for: the same sums however they are told apart. */
import { routes } from '@otklik/contract/routes'
import type { FiguresQuery } from '@otklik/contract/figures'
import { definitions } from '@otklik/metrics/definitions'
import { evaluate } from '@otklik/metrics/evaluate'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, untilNoon, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
  const ahead = untilNoon() // a day or a quarter that ends in the middle has its figures in two rows
  running = await runOtklik(database.url, { now: () => new Date(Date.now() + ahead) })
})
afterEach(async () => {
  await running.close()
  await database.close()
})

const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(running.otklik.deps.now())

it('tells what was counted by day and quarter, by queue, channel, region, agent, team and site', async () => {
  const supervisor = await running.agent('agent3@sample.example')
  const { anna, visitor, contact } = await running.talk()
  await anna.say({ id: contact.id }, 'Помогло?')
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  await visitor.until('the end', () => visitor.state.chat?.state === 'ended')
  visitor.frame({ t: 'rate', contactId: contact.id, score: 5, comment: '' })
  const day = dayIn('Europe/Moscow')
  const ask = async (query: Partial<FiguresQuery>) => (await supervisor.api.call(routes.figures, { query: { from: day, to: day, step: 'all', ...query } })).rows
  await expect.poll(async () => (await ask({}))[0]?.sums['rated']).toBe(1)

  const [all] = await ask({})
  expect(all?.sums).toMatchObject({ offered: 1, answered: 1, accepted: 1, handled: 1, rated: 1, topTwo: 1, coded: 1, codedResolved: 1, ended: 1 })
  expect(all?.histograms['wait']).toHaveLength(1)
  expect(evaluate(definitions.serviceLevel, { sums: all?.sums ?? {}, histograms: {} })).toMatchObject({ value: 1, n: 1 })

  const [queue] = await ask({ by: 'queue' })
  expect(queue?.sums).toEqual(all?.sums)
  expect(await ask({ by: 'channel' })).toMatchObject([{ key: 'webChat', name: null, sums: all?.sums }])
  expect(await ask({ by: 'region', step: 'day' })).toMatchObject([{ day, minute: null, key: 'Москва', sums: all?.sums }])
  const [quarter] = await ask({ step: 'quarter', by: 'queue', queueId: queue?.key as never })
  expect(quarter).toMatchObject({ day, key: queue?.key, name: queue?.name, sums: all?.sums })
  expect((quarter?.minute ?? 1) % 15).toBe(0)
  for (const by of ['agent', 'team', 'site'] as const) {
    const handled = (await ask({ by })).filter(({ sums }) => sums['handled'])
    expect(handled, by).toMatchObject([{ sums: { accepted: 1, handled: 1, topTwo: 1 } }])
    if (by === 'agent') expect(handled).toMatchObject([{ key: anna.id, name: 'Анна Белова' }])
  }
  // Anna was busy from the first word on, and her time is nobody's queue.
  const [ofAnna] = await ask({ agentId: anna.id })
  expect(ofAnna?.sums['busyMs']).toBeGreaterThan(0)
  expect(await ask({ queueId: crypto.randomUUID() as never })).toEqual([])
})

it('says what cannot be asked', async () => {
  const supervisor = await running.agent('agent3@sample.example')
  const ask = (query: Partial<FiguresQuery>) => supervisor.api.call(routes.figures, { query: { from: '2026-11-01', to: '2026-11-02', step: 'day', ...query } })
  const wrong = { problem: { code: 'validationFailed' } }
  await expect(ask({ to: '2026-10-31' })).rejects.toMatchObject(wrong)
  await expect(ask({ to: '2026-12-31', step: 'quarter' })).rejects.toMatchObject(wrong)
  await expect(ask({ by: 'agent', region: 'Москва' })).rejects.toMatchObject(wrong)
  await expect(ask({ from: '2026-02-30' })).rejects.toMatchObject(wrong)
})

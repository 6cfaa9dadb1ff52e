/** Raised to the second line and answered: who sees what, who gets it back. And how often a customer is asked for a rating. */
import { routes, settingsRoutes } from '@otklik/contract/routes'
import type { QueueRoutingWrite } from '@otklik/contract/queue-routing'
import type { ContactView } from '@otklik/contract/views'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import type { VisitorClient } from '@otklik/testing/visitor-client'
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

const raised = async (client: AgentClient) => (await client.api.call(routes.raised, {})).items
const offered = async (client: AgentClient): Promise<ContactView> => client.accept(await client.nextOffer())

it('comes back from the second line with the answer, to whoever raised it', async () => {
  const [anna, glen, maria] = await Promise.all([1, 2, 3].map((number) => running.agent(`agent${number}@sample.example`)))
  if (!anna || !glen || !maria) throw new Error('the sample has them')
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Связь пропадает каждый вечер')
  const contact = await offered(anna)
  await expect(anna.api.call(routes.answerRaised, { params: { id: contact.id }, body: { answer: 'Рано' } })).rejects.toMatchObject({
    problem: { code: 'contactNotRaised' },
  })
  await anna.api.call(routes.escalateContact, { params: { id: contact.id }, body: { note: 'Нужно: проверить линию' } })
  expect(await raised(anna)).toMatchObject([{ id: contact.id, state: 'queued', agentName: null, answeredAt: null }])
  expect(await raised(glen)).toEqual([])
  await maria.available()
  const atSecond = await offered(maria)
  expect(atSecond).toMatchObject({ escalated: { by: 'Анна Белова' }, handed: { cause: 'escalated', note: 'Нужно: проверить линию' }, queue: { line: 2 } })
  expect(await raised(anna)).toMatchObject([{ state: 'active', agentName: 'Мария Ли' }])
  const { items: story } = await anna.api.call(routes.story, { params: { id: contact.id } })
  expect(story.map((entry) => (entry.kind === 'queued' ? entry.cause : entry.kind))).toContain('escalated')

  await glen.available()
  await maria.api.call(routes.answerRaised, { params: { id: contact.id }, body: { answer: 'Заменили кабель, пусть перезагрузит роутер' } })
  const back = await anna.nextOffer()
  expect(back).toMatchObject({
    id: contact.id,
    queue: { id: contact.queue.id, line: 1 },
    escalated: null,
    offer: { reason: { rule: 'sticky' } },
    handed: { cause: 'answered', by: 'Мария Ли', note: 'Заменили кабель, пусть перезагрузит роутер' },
  })
  await anna.accept(back)
  expect(await raised(anna), 'what is in one’s own hands is not elsewhere').toEqual([])
  // Both sides read that it changed hands, ours by whom; and, when it was over and is not any more, that it goes on.
  const lastLines = async () => {
    const { items } = await anna.api.call(routes.messages, { params: { id: contact.id }, query: {} })
    const [{ parts: [ours] = [], author } = { author: { name: null } }] = items.filter(({ author: { kind } }) => kind === 'system').slice(-1)
    return { ours, by: author.name }
  }
  expect(await lastLines()).toMatchObject({ ours: { kind: 'notice', code: 'answered' }, by: 'Мария Ли' })
  await anna.api.call(routes.endContact, { params: { id: contact.id } })
  await anna.api.call(routes.reopenContact, { params: { id: contact.id } })
  expect(await lastLines()).toMatchObject({ ours: { kind: 'notice', code: 'reopened' } })
  await visitor.until('the line of the going on', () => [...visitor.state.messages.values()].some(({ parts: [part] }) => part?.kind === 'notice' && part.code === 'reopened'))
  const { rows } = await running.otklik.database.pool.query('select owner_line as line from issue')
  expect(rows).toEqual([{ line: 1 }])
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.endContact, { params: { id: contact.id } })
  await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  expect(await raised(anna), 'nor what one has closed oneself').toEqual([])
})

const changeRating = async (fields: Partial<QueueRoutingWrite>): Promise<void> => {
  const { api } = await running.agent('administrator@sample.example')
  const [channel] = (await api.call(settingsRoutes.channels.list, {})).items
  if (!channel) throw new Error('the sample has a channel')
  const { queueId, isOpen, overflowing, ...before } = await api.call(routes.queueRouting, { params: { id: channel.queueId } })
  expect([isOpen, overflowing]).toEqual([true, false])
  await api.call(routes.putQueueRouting, { params: { id: queueId }, body: { ...before, ...fields } })
}
/** One whole chat; answers whether the customer is asked for a rating at its end. */
const chat = async (anna: AgentClient, visitor: VisitorClient, words: string) => {
  await visitor.send(words)
  const contact = await offered(anna)
  await anna.say(contact, `Ответ: ${words}`)
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  const [disposition] = dispositions
  if (!disposition) throw new Error('the sample has dispositions')
  await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: disposition.id, resolved: true, note: '' } })
  await visitor.until('the end', () => visitor.state.chat?.contactId === contact.id && visitor.state.chat.state === 'ended')
  const { canRate, rateWith } = visitor.state.chat ?? {}
  return { contact, canRate, rateWith }
}

it('asks for a rating as the queue says: how, with words or not, and not more often', async () => {
  await changeRating({ ratingStyle: 'stars', ratingComment: false, ratingDays: 30 })
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const visitor = await running.visitor()
  const first = await chat(anna, visitor, 'Раз')
  expect(first).toMatchObject({ canRate: true, rateWith: { style: 'stars', comment: false } })
  visitor.frame({ t: 'rate', contactId: first.contact.id, score: 4, comment: 'не спрашивали' })
  await visitor.until('the rating', () => visitor.state.chat?.rating === 4)
  const { rows } = await running.otklik.database.pool.query('select comment from rating')
  expect(rows, 'no words where none are asked for').toEqual([{ comment: null }])
  const second = await chat(anna, visitor, 'Два')
  expect(second.canRate, 'asked a moment ago').toBe(false)
  // Asked and silent is asked, too.
  const silent = await running.visitor()
  expect((await chat(anna, silent, 'Раз')).canRate).toBe(true)
  expect((await chat(anna, silent, 'Два')).canRate).toBe(false)
  await changeRating({ ratingDays: 0 })
  expect((await chat(anna, visitor, 'Три')).canRate).toBe(true)
  await changeRating({ ratingStyle: 'none' })
  expect((await chat(anna, visitor, 'Четыре')).canRate).toBe(false)
})

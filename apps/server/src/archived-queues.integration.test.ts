/** What becomes of contacts and channels whose queue is archived: nobody waits where nobody is asked. */
import { routes, settingsRoutes } from '@otklik/contract/routes'
import type { QueueView } from '@otklik/contract/settings'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'

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

const sql = async <Row>(text: string, values: unknown[] = []) => (await running.otklik.database.pool.query(text, values)).rows as Row[]
const queueOf = async (contactId: string) => (await sql<{ queue_id: string }>('select queue_id from contact_routing where contact_id = $1', [contactId]))[0]?.queue_id
const code = (name: string, more: object = {}) => ({ problem: { code: name, ...more } })

/** The queue of the sample's channel, and one of the same line beside it. */
const twoQueues = async (administrator: AgentClient): Promise<[QueueView, QueueView]> => {
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  const [{ queue_id: of } = { queue_id: '' }] = await sql<{ queue_id: string }>('select queue_id from channel_account')
  const [own, other] = [items.find(({ id }) => id === of), items.find(({ id, line }) => id !== of && line === 1)]
  if (!own || !other) throw new Error('the sample has two queues of the first line')
  return [own, other]
}
const archive = (client: AgentClient, queue: QueueView, replaceWith?: QueueView) =>
  client.api.call(settingsRoutes.queues.archive, { params: { id: queue.id }, body: { version: queue.version, ...(replaceWith ? { replaceWith: replaceWith.id } : {}) } })

it('asks what takes its place as long as anybody is in hand or put off there, and brings them back to that', async () => {
  const administrator = await running.agent('administrator@sample.example')
  const { anna, visitor, contact } = await running.talk()
  const [own, other] = await twoQueues(administrator)
  await sql('update channel_account set queue_id = $1', [other.id])
  await expect(archive(administrator, own), 'in hand').rejects.toMatchObject(code('inUse', { uses: { inHand: 1 } }))
  await anna.api.call(routes.snoozeContact, { params: { id: contact.id }, body: { until: new Date(Date.now() + 3_600_000).toISOString(), note: '' } })
  await expect(archive(administrator, own), 'put off').rejects.toMatchObject(code('inUse', { uses: { inHand: 1 } }))
  await archive(administrator, own, other)
  await visitor.send('Есть новости?')
  await expect.poll(() => queueOf(contact.id)).toBe(other.id)
})

it('asks for another place when the queue that took one over goes itself', async () => {
  const administrator = await running.agent('administrator@sample.example')
  const { anna, contact } = await running.talk()
  const [own, other] = await twoQueues(administrator)
  await archive(administrator, own, other)
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  const [now, third] = [items.find(({ id }) => id === other.id), items.find(({ id, archivedAt }) => id !== other.id && !archivedAt)]
  if (!now || !third) throw new Error('the sample has three queues')
  await sql('update channel_account set queue_id = $1', [third.id])
  await expect(archive(administrator, now)).rejects.toMatchObject(code('inUse', { uses: { inHand: 1 } }))
  await archive(administrator, now, third)
  await anna.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } })
  await expect.poll(() => queueOf(contact.id)).toBe(third.id)
})

it('moves those who wait a few at a time, in one short write for each', async () => {
  const administrator = await running.agent('administrator@sample.example')
  const visitors = await Promise.all([1, 2, 3].map(() => running.visitor()))
  const ids = await Promise.all(visitors.map(async (visitor) => (await visitor.send('Здравствуйте')).contactId))
  const [own, other] = await twoQueues(administrator)
  await archive(administrator, own, other)
  await expect.poll(() => Promise.all(ids.map(queueOf))).toEqual([other.id, other.id, other.id])
  const [agent] = [await running.agent('agent1@sample.example')]
  await agent.available()
  expect(ids).toContain((await agent.nextOffer()).id)
})

it('takes no channel out of the archive whose queue stays there', async () => {
  const administrator = await running.agent('administrator@sample.example')
  const [own] = await twoQueues(administrator)
  const [channel] = (await administrator.api.call(settingsRoutes.channels.list, {})).items
  if (!channel) throw new Error('the sample has a channel')
  const archived = await administrator.api.call(settingsRoutes.channels.archive, { params: { id: channel.id }, body: { version: channel.version } })
  const gone = await archive(administrator, own)
  const restore = (version: number) => administrator.api.call(settingsRoutes.channels.restore, { params: { id: channel.id }, body: { version } })
  await expect(restore(archived.version)).rejects.toMatchObject(code('partArchived'))
  await administrator.api.call(settingsRoutes.queues.restore, { params: { id: gone.id }, body: { version: gone.version } })
  expect((await restore(archived.version)).archivedAt).toBeNull()
})

it('lets a higher line take over what escalates, and nothing else', async () => {
  const administrator = await running.agent('administrator@sample.example')
  const [own, other] = await twoQueues(administrator)
  const { name, line, escalationQueueId, priority, targetSeconds, offerSeconds, wrapUpSeconds, awayMinutes, silenceMinutes, greeting, skills, version } = own
  const fields = { name, line, escalationQueueId, priority, targetSeconds, offerSeconds, wrapUpSeconds, awayMinutes, silenceMinutes, greeting, skills }
  const put = (id: string, body: Partial<typeof fields> & { version: number }) =>
    administrator.api.call(settingsRoutes.queues.put, { params: { id: id as QueueView['id'] }, body: { ...fields, ...body } })
  const create = (called: string) => put(crypto.randomUUID(), { name: called, line: 2, escalationQueueId: null, version: 0 })
  const escalation = async () => (await administrator.api.call(settingsRoutes.queues.list, {})).items.find(({ id }) => id === own.id)?.escalationQueueId
  const [second, third] = [await create('Линия Б'), await create('Линия В')]
  await put(own.id, { escalationQueueId: second.id, version })
  await archive(administrator, second, third)
  expect(await escalation()).toBe(third.id)
  await archive(administrator, third, other)
  expect(await escalation(), 'a queue of the first line is no second line').toBeNull()
})

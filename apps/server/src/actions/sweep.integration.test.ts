/** What time alone brings about, with a clock that the test moves. */
import { routes } from '@otklik/contract/routes'
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

/** As the database has it: what the socket tells may be on its way. */
const stateOf = async (id: string) => (await running.otklik.database.pool.query<{ state: string }>('select state from contact_routing where contact_id = $1', [id])).rows[0]?.state
const later = (seconds: number) => void (ahead += seconds * 1000)

/** A closed socket lingers for some seconds by the database's clock; the tests do not wait for them. */
const endLingering = async () => {
  const { pool } = running.otklik.database
  const end = async () => (await pool.query(`update link set closed_at = clock_timestamp() - interval '1 minute' where closed_at is not null`)).rowCount
  await expect.poll(end, { interval: 10, message: 'a socket was closed' }).toBeGreaterThan(0)
  await running.sweep()
}

const queue = async () => {
  const row = await running.otklik.database.reader.db
    .selectFrom('queue as q')
    .innerJoin('channelAccount as c', 'c.queueId', 'q.id')
    .select(['q.wrapUpSeconds', 'q.offerSeconds', 'q.awayMinutes', 'q.silenceMinutes'])
    .executeTakeFirstOrThrow()
  return row
}

const closeReason = async (id: string) =>
  (await running.otklik.database.reader.db.selectFrom('contact').select('closeReason').where('id', '=', id).executeTakeFirst())?.closeReason

const presenceOf = async ({ id }: AgentClient) =>
  (await running.otklik.database.reader.db.selectFrom('agentCapacity').select('state').where('agentId', '=', id).executeTakeFirst())?.state

/** A conversation that an agent has taken. */
const talk = async (): Promise<{ agent: AgentClient; visitor: VisitorClient; id: string }> => {
  const agent = await running.agent('agent1@sample.example')
  await agent.available()
  const visitor = await running.visitor()
  await visitor.send('Здравствуйте')
  const contact = await agent.accept(await agent.nextOffer())
  return { agent, visitor, id: contact.id }
}

it('closes a wrap-up at its limit, without a disposition, and asks the agent again', async () => {
  const { agent, visitor, id } = await talk()
  await agent.api.call(routes.endContact, { params: { id } })
  later((await queue()).wrapUpSeconds + 1)
  await agent.until('the end of wrap-up', () => !agent.state.contacts.has(id))
  const view = await agent.api.call(routes.contact, { params: { id } })
  expect(view).toMatchObject({ state: 'closed', closeReason: 'agentEnded', disposition: null })
  await agent.until('the count', () => agent.state.me?.today.handled === 1)
  await visitor.send('Ещё вопрос')
  expect((await agent.nextOffer()).id).not.toBe(id)
})

it('takes the offer of an agent who does not answer to the next, and makes that agent not ready', async () => {
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Здравствуйте')
  const offer = await anna.nextOffer()
  const glen = await running.agent('agent2@sample.example')
  await glen.available()
  later((await queue()).offerSeconds + 3)
  const second = await glen.nextOffer()
  expect(second).toMatchObject({ id: offer.id, arrivedAt: offer.arrivedAt })
  await anna.until('being not ready', () => anna.state.me?.presence.state === 'notReady')
  expect(anna.state.me?.presence.cause).toBe('missed')
  expect(anna.state.contacts.size).toBe(0)
  await expect(anna.accept(offer)).rejects.toMatchObject({ problem: { code: 'offerGone' } })
})

it('ends the conversation with a customer who stays away, and tells both', async () => {
  const { agent, visitor, id } = await talk()
  await agent.say({ id }, 'Сейчас посмотрю')
  visitor.close()
  later(60)
  await endLingering()
  await agent.until('the mark of being away', () => agent.state.contacts.get(id)?.awaySince)
  later((await queue()).awayMinutes * 60 - 60)
  await running.sweep()
  expect(await stateOf(id)).toBe('active')
  later(120)
  await agent.until('the wrap-up', () => agent.state.contacts.get(id)?.wrapUp?.reason === 'customerAway')
})

it('gives up a waiting contact whose customer stays away', async () => {
  const visitor = await running.visitor()
  const { contactId } = await visitor.send('Здравствуйте')
  visitor.close()
  later(60)
  await endLingering()
  expect(await closeReason(contactId)).toBeNull() // away, not gone
  later((await queue()).awayMinutes * 60 + 60)
  await running.sweep()
  expect(await closeReason(contactId)).toBe('abandoned')
})

it('ends by silence only when it is the customer who owes a word', async () => {
  const { agent, visitor, id } = await talk()
  const { silenceMinutes } = await queue()
  later(silenceMinutes * 60 + 60)
  await running.sweep()
  expect(await stateOf(id)).toBe('active')
  await agent.say({ id }, 'Помогло?')
  later(silenceMinutes * 60 + 60)
  await agent.until('the wrap-up', () => agent.state.contacts.get(id)?.wrapUp?.reason === 'customerSilent')
  await visitor.until('the end', () => visitor.state.chat?.endReason === 'customerSilent')
  await visitor.until('the notice', () => visitor.texts().at(-1) === '[endedBySilence]')
})

it('keeps the contacts of a lost agent for the grace period, then returns them with their arrival', async () => {
  const { agent, visitor, id } = await talk()
  const glen = await running.agent('agent2@sample.example')
  const arrivedAt = agent.state.contacts.get(id)?.arrivedAt
  await visitor.until('the agent', () => visitor.state.chat?.agent)
  agent.close()
  later(30)
  await endLingering()
  expect(await presenceOf(agent)).toBe('offline')
  await glen.available()
  expect(visitor.state.chat).toMatchObject({ state: 'active', agent: { name: 'Анна Белова' } })
  expect(glen.state.contacts.size).toBe(0)
  later(61)
  const offer = await glen.nextOffer()
  expect(offer).toMatchObject({ id, arrivedAt })
  await visitor.until('the news', () => visitor.texts().includes('[agentLost]'))
})

it('gives a lost agent who is back in time everything as it was', async () => {
  const { agent, id } = await talk()
  agent.close()
  later(30)
  await endLingering()
  expect(await presenceOf(agent)).toBe('offline')
  const back = await running.agent('agent1@sample.example')
  await back.until('being available again', () => back.state.me?.presence.state === 'available')
  expect(back.state.me?.presence.cause).toBe('returned')
  expect(back.state.contacts.get(id)?.state).toBe('active')
  later(120)
  await running.sweep()
  expect(await stateOf(id)).toBe('active')
  expect(back.state.contacts.get(id)?.state).toBe('active')
})

it('does not end for silence the conversation of a customer who writes in this very moment', async () => {
  const { agent, visitor, id } = await talk()
  await agent.say({ id }, 'Помогло?')
  await running.otklik.router.stop() // only this sweep runs
  later((await queue()).silenceMinutes * 60 + 60)
  await running.sweep(() => visitor.send('Нет, ещё вопрос'))
  expect((await agent.api.call(routes.contact, { params: { id } })).state).toBe('active')
})

it('goes on past a contact whose row is held', async () => {
  const waiting = [await running.visitor(), await running.visitor()]
  const ids = await Promise.all(waiting.map(async (visitor) => (await visitor.send('Здравствуйте')).contactId))
  await running.otklik.router.stop()
  const { pool } = running.otklik.database
  await pool.query(`update contact set away_since = now() - interval '3 hours' + make_interval(mins => (id = $1)::int)`, [ids[1]])
  for (const visitor of waiting) visitor.close()
  await expect.poll(async () => (await pool.query(`delete from link where customer_id is not null`)).rowCount).toBeGreaterThan(0)
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from contact_routing where contact_id = $1 for update', [ids[0]])
    await expect(running.sweep((tx) => tx.named('wait-a-little', `set local lock_timeout = '50ms'`, []))).rejects.toThrow('lock timeout')
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  expect(await Promise.all(ids.map((id) => closeReason(id)))).toEqual([null, 'abandoned'])
})

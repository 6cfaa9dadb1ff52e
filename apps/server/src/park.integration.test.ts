/** Taking a contact by hand and putting one off: through the same rows, versions and limits as every other move. */
import { routes } from '@otklik/contract/routes'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { replay } from '@otklik/testing/replay'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { snoozeContact } from './actions/park-contact.ts'
import { eventOf, type EventRow } from './store/log.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let ahead = 0
const agents: AgentClient[] = []
beforeEach(async () => {
  ahead = 0
  agents.length = 0
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => new Date(Date.now() + ahead) })
})
afterEach(async () => {
  expect(await replayed(), 'the log, read from its beginning').toEqual([])
  for (const agent of agents) agent.close()
  await running.close()
  await database.close()
})

const replayed = async (): Promise<string[]> => {
  // All of it, whatever the horizon: without what another test's transaction holds back there would be gaps.
  const { rows } = await running.otklik.database.pool.query<EventRow>('select tx::text, id::text, at, kind, payload from event order by event.id')
  return replay(rows.map(eventOf), new Map()).faults
}
const agent = async (email: string): Promise<AgentClient> => {
  const client = await running.agent(email)
  agents.push(client)
  return client
}
const allowPicking = () => running.otklik.database.pool.query('update queue set picking = true')
const inMinutes = (minutes: number) => new Date(Date.now() + ahead + minutes * 60_000).toISOString()
const waiting = (client: AgentClient) => client.api.call(routes.waiting, {})
const snooze = (client: AgentClient, id: string, minutes = 30, note = '') =>
  client.api.call(routes.snoozeContact, { params: { id: id as never }, body: { until: inMinutes(minutes), note } })
const pick = (client: AgentClient, id: string) => client.api.call(routes.pickContact, { params: { id: id as never } })

it('lets an agent take a waiting contact where the queue allows it, whatever the presence, never beyond the limit', async () => {
  const anna = await agent('agent1@sample.example')
  const visitors = await Promise.all([1, 2, 3, 4].map(() => running.visitor()))
  for (const [index, visitor] of visitors.entries()) await visitor.send(`Вопрос ${index + 1}`)
  expect((await waiting(anna)).items, 'a queue that does not let choose shows nobody').toEqual([])
  const ids = (await running.otklik.database.pool.query<{ id: string }>('select contact_id as id from contact_routing order by seq')).rows.map(({ id }) => id)
  await expect(pick(anna, ids[0] ?? '')).rejects.toMatchObject({ problem: { code: 'notFound' } })
  await allowPicking()
  const { items, more } = await waiting(anna)
  expect(items.map(({ words }) => words)).toEqual(['Вопрос 1', 'Вопрос 2', 'Вопрос 3', 'Вопрос 4'])
  expect(more).toBe(false)
  await expect(pick(anna, items[1]?.id ?? ''), 'nobody at home picks').rejects.toMatchObject({ problem: { code: 'agentNotAvailable' } })

  const { reasons } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: reasons[0]?.id as never } })
  const second = await pick(anna, items[1]?.id ?? '')
  expect(second).toMatchObject({ state: 'active', agentId: anna.id })
  expect(await pick(anna, second.id), 'pressed twice').toMatchObject({ state: 'active' })
  await anna.say(second, 'Здравствуйте')
  await visitors[1]?.until('the answer', () => visitors[1]?.texts().includes('Здравствуйте') === true)
  await pick(anna, items[3]?.id ?? '')
  await pick(anna, items[2]?.id ?? '')
  await expect(pick(anna, items[0]?.id ?? '')).rejects.toMatchObject({ problem: { code: 'noFreePlace' } })
  const glen = await agent('agent2@sample.example')
  await expect(pick(glen, second.id)).rejects.toMatchObject({ problem: { code: 'contactNotQueued' } })

  // The engine has followed: the first one goes to whoever becomes available, and a freed place is used.
  await glen.available()
  const offer = await glen.nextOffer()
  expect(offer.id).toBe(items[0]?.id)
  await glen.accept(offer)
  const { items: story } = await anna.api.call(routes.story, { params: { id: second.id } })
  expect(story.map(({ kind }) => kind)).toEqual(['queued', 'picked', 'answered'])
})

it('gives a waiting contact to one of two who pick it at once', async () => {
  await allowPicking()
  const [anna, glen] = await Promise.all([agent('agent1@sample.example'), agent('agent2@sample.example')])
  const { reasons } = await anna.api.call(routes.catalogue, {})
  for (const client of [anna, glen]) await client.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: reasons[0]?.id as never } })
  const visitor = await running.visitor()
  await visitor.send('Кто-нибудь?')
  const [contact] = (await waiting(anna)).items
  const both = await Promise.allSettled([pick(anna, contact?.id ?? ''), pick(glen, contact?.id ?? '')])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

it('puts a contact off: the place is free, the customer’s word brings it back to the same agent', async () => {
  const [anna, glen] = await Promise.all([agent('agent1@sample.example'), agent('agent2@sample.example')])
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Когда починят?')
  const contact = await anna.accept(await anna.nextOffer())
  await anna.say(contact, 'Узнаю у техников и вернусь')
  await expect(snooze(anna, contact.id, -5)).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  await expect(snooze(glen, contact.id)).rejects.toMatchObject({ problem: { code: 'contactNotYours' } })
  await snooze(anna, contact.id, 30, 'Ждём техников')
  await anna.until('the contact to leave', () => !anna.state.contacts.has(contact.id) || anna.state.contacts.get(contact.id)?.state === 'snoozed')
  const { items } = await anna.api.call(routes.followUps, {})
  expect(items).toMatchObject([{ id: contact.id, state: 'snoozed', snooze: { by: 'Анна Белова' } }])
  expect((await glen.api.call(routes.followUps, {})).items).toEqual([])
  await visitor.until('the customer to be told when', () => visitor.state.chat?.snoozedUntil !== null && visitor.state.chat?.state === 'active')

  await glen.available()
  await visitor.send('Уже работает, спасибо!')
  const back = await anna.until('the offer', () => [...anna.state.contacts.values()].find(({ state }) => state === 'offered'))
  expect(back).toMatchObject({ id: contact.id, handed: { cause: 'woken', by: 'Анна Белова', note: 'Ждём техников' }, offer: { reason: { rule: 'sticky' } } })
  await anna.accept(back)
  expect((await anna.api.call(routes.followUps, {})).items).toEqual([])
  await visitor.until('their own word', () => visitor.texts().includes('Уже работает, спасибо!'))
})

it('wakes what was put off when its time is over, and asks others when its agent is not there', async () => {
  const [anna, glen] = await Promise.all([agent('agent1@sample.example'), agent('agent2@sample.example')])
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Перезвоните после обеда')
  const contact = await anna.accept(await anna.nextOffer())
  await snooze(anna, contact.id, 30)
  await anna.api.call(routes.leaveDesk, { body: { contacts: 'none' } })
  await glen.available()
  await running.sweep()
  expect((await running.otklik.database.pool.query('select state from contact_routing')).rows, 'not before its time').toEqual([{ state: 'snoozed' }])
  ahead += 31 * 60_000
  await running.sweep()
  const offer = await glen.nextOffer()
  expect(offer.id).toBe(contact.id)
  // Its waiting begins anew: half an hour of agreed silence is no waiting.
  expect(Date.now() + ahead - Date.parse(offer.waitingSince ?? '')).toBeLessThan(60_000)
  await glen.accept(offer)
  const { items } = await glen.api.call(routes.story, { params: { id: contact.id } })
  expect(items.filter(({ kind }) => kind !== 'answered').map((entry) => (entry.kind === 'queued' ? entry.cause : entry.kind))).toEqual([
    'arrived', 'offered', 'accepted', 'snoozed', 'woken', 'offered', 'accepted',
  ])
})

it('takes back by hand what one put off oneself, and nobody else does; the customer may end it meanwhile', async () => {
  const [anna, glen] = await Promise.all([agent('agent1@sample.example'), agent('agent2@sample.example')])
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Подожду')
  const contact = await anna.accept(await anna.nextOffer())
  await snooze(anna, contact.id)
  await glen.available()
  await expect(pick(glen, contact.id)).rejects.toMatchObject({ problem: { code: 'notFound' } })
  // The customer's question is still open: it counts from here on, and the chat never ends because the customer was silent.
  expect(await pick(anna, contact.id)).toMatchObject({ state: 'active', agentId: anna.id, snooze: null, waitingSince: expect.any(String) as string })
  await snooze(anna, contact.id)
  await visitor.until('the chat to be put off', () => typeof visitor.state.chat?.snoozedUntil === 'string')
  visitor.frame({ t: 'end', contactId: contact.id })
  await visitor.until('the end', () => visitor.state.chat?.state === 'ended')
  expect(visitor.state.chat?.endReason).toBe('customerEnded')
  expect((await anna.api.call(routes.followUps, {})).items).toEqual([])
})

it('keeps for its agent what was put off for a customer who has closed the page since', async () => {
  const anna = await agent('agent1@sample.example')
  await anna.available()
  const { pool } = running.otklik.database
  for (const taking of ['byTime', 'byHand'] as const) {
    const visitor = await running.visitor()
    await visitor.send('Напишите, как узнаете')
    const contact = await anna.accept(await anna.nextOffer())
    await anna.say(contact, 'Вернусь к вам через двадцать минут')
    await snooze(anna, contact.id, 20)
    visitor.close()
    await expect.poll(async () => (await pool.query('delete from link where customer_id is not null and closed_at is not null')).rowCount).toBe(1)
    // Twenty minutes later; a clock that jumped would take the agent's connection for lost.
    await pool.query(`update contact set away_since = now() - interval '20 minutes' where id = $1`, [contact.id])
    if (taking === 'byHand') await pick(anna, contact.id)
    else {
      await pool.query(`update contact_routing set snoozed_until = snoozed_until - interval '21 minutes'`)
      await running.sweep()
      const back = await anna.until('the offer', () => [...anna.state.contacts.values()].find(({ id, state }) => id === contact.id && state === 'offered'))
      await running.sweep()
      await anna.accept(back)
    }
    await running.sweep()
    expect((await pool.query('select state, agent_id from contact_routing')).rows).toEqual([{ state: 'active', agent_id: anna.id }])
    // What the agent writes waits for the customer in the chat.
    await anna.say(contact, 'Готово, всё работает')
    const { dispositions } = await anna.api.call(routes.catalogue, {})
    await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id as never, resolved: true, note: '' } })
  }
})

it('takes the customer’s word also in the moment in which the contact is put off', async () => {
  const { anna, visitor, contact } = await running.talk()
  agents.push(anna)
  const { deps, database: { pool } } = running.otklik
  let putOff = () => {}
  let written = () => {}
  const [isTime, isWritten] = [new Promise<void>((resolve) => (putOff = resolve)), new Promise<void>((resolve) => (written = resolve))]
  // Held back before its end: the customer's message waits for the row meanwhile, and has seen that nothing was put off.
  const slow: typeof deps = {
    ...deps,
    transaction: (work) =>
      deps.transaction(async (tx) => {
        const outcome = await work(tx)
        written()
        await isTime
        return outcome
      }),
  }
  const snoozing = snoozeContact(slow, { agentId: anna.id, contactId: contact.id, until: new Date(Date.now() + 7 * 86_400_000), isTold: false, note: '' })
  await isWritten
  const sent = visitor.send('Я здесь, срочно!')
  await expect.poll(async () => (await pool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount).toBe(1)
  putOff()
  await Promise.all([snoozing, sent])
  expect((await pool.query(`select state = 'snoozed' as "isPutOff" from contact_routing`)).rows).toEqual([{ isPutOff: false }])
})

it('lets nobody write into what was put off, or what a colleague is being asked about', async () => {
  const [anna, glen, visitor] = [await agent('agent1@sample.example'), await agent('agent2@sample.example'), await running.visitor()]
  await anna.available()
  await visitor.send('Здравствуйте')
  const { id } = await anna.accept(await anna.nextOffer())
  await snooze(anna, id)
  await expect(anna.say({ id }, 'Ещё слово'), 'put off').rejects.toMatchObject({ problem: { code: 'contactNotYours' } })
  await glen.available()
  await anna.api.call(routes.signOut, {})
  await running.otklik.database.pool.query(`update agent_capacity set state = 'offline', version = version + 1 where agent_id = $1`, [anna.id])
  await visitor.send('Вы где?')
  await glen.nextOffer()
  const annaAgain = await agent('agent1@sample.example')
  await expect(annaAgain.say({ id }, 'Я тут'), 'offered to a colleague').rejects.toMatchObject({ problem: { code: 'contactNotYours' } })
  expect(glen.state.contacts.get(id)?.waitingSince).not.toBeNull()
})

it('counts among today’s what had been put off for days', async () => {
  const [anna, visitor] = [await agent('agent1@sample.example'), await running.visitor()]
  await anna.available()
  await visitor.send('Здравствуйте')
  const { id } = await anna.accept(await anna.nextOffer())
  await running.otklik.database.pool.query(`update contact set arrived_at = arrived_at - interval '5 days' where id = $1`, [id])
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params: { id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  await anna.until('the count', () => anna.state.me?.today.handled === 1)
})

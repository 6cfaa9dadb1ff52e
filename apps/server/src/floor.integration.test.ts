/** The floor: what a supervisor sees live, whom, and what may be done from there. */
import { customerRoutes } from '@otklik/contract/customers'
import { floorRoutes, type FloorView } from '@otklik/contract/floor'
import { routes, settingsRoutes } from '@otklik/contract/routes'
import type { MessageId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { newId, runOtklik, untilNoon, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
/** Where the clock stands still; undefined: it runs. */
let frozen: number | undefined
beforeEach(async () => {
  const ahead = untilNoon() // what is counted is counted by days
  frozen = undefined
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => new Date((frozen ?? Date.now()) + ahead) })
})
afterEach(async () => {
  await running.close()
  await database.close()
})

/** The sample's fourth person, as a supervisor of what is named; of everything when nothing is. */
const supervisor = async (supervises?: { queueIds: string[] | null; teamIds: string[] | null }): Promise<AgentClient> => {
  const administrator = await running.agent('administrator@sample.example')
  const { items } = await administrator.api.call(settingsRoutes.agents.list, {})
  const found = items.find(({ email }) => email === 'agent4@sample.example')
  if (!found) throw new Error('the sample has a fourth agent')
  const { id, name, email, language, serves, maxChats, maxTotal, teamId, skills, version } = found
  const body = { name, email, language, serves, maxChats, maxTotal, teamId, skills, version, role: 'supervisor' as const, supervises: supervises ?? { queueIds: null, teamIds: null } }
  await administrator.api.call(settingsRoutes.agents.put, { params: { id }, body })
  return running.agent('agent4@sample.example')
}

/** What the socket has told so far, put together. */
const told = (client: AgentClient) => client.state.floor
const sorted = <Row extends { readonly id: string }>(rows: Iterable<Row>) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
const rowsOf = ({ queues, agents }: Pick<FloorView, 'queues' | 'agents'>) => ({
  // Quarters come at their own pace.
  queues: sorted(queues).map(({ quarters: _, ...queue }) => queue),
  agents: sorted(agents),
})

it('tells the floor once and then what changes: together they are what a fresh look shows', async () => {
  const boss = await supervisor()
  boss.frame({ t: 'floor', on: true })
  await boss.until('the floor', () => told(boss).at !== null)
  const { anna, contact, visitor } = await running.talk()
  await boss.until('the contact in hand', () => told(boss).agents.get(anna.id)?.slots[0]?.contactId === contact.id && told(boss).agents.get(anna.id)?.slots[0]?.state === 'active')
  expect(told(boss).agents.get(anna.id)).toMatchObject({ presence: { state: 'available' }, slots: [{ state: 'active', queueId: contact.queue.id }], isLost: false })
  await visitor.send('И ещё вопрос')
  await anna.say(contact, 'Отвечаю')
  const other = await running.visitor()
  await other.send('Есть кто?')
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  await boss.until('the figures', () => told(boss).agents.get(anna.id)?.today['handled'] === 1 && told(boss).queues.get(contact.queue.id)?.today['answered'] === 1)
  await expect.poll(async () => {
    await running.otklik.hub.floor.settle()
    const fresh = await boss.api.call(floorRoutes.floor, {})
    return JSON.stringify(rowsOf({ queues: [...told(boss).queues.values()], agents: [...told(boss).agents.values()] })) === JSON.stringify(rowsOf(fresh))
  }).toBe(true)
  boss.frame({ t: 'floor', on: false })
  await expect.poll(() => running.otklik.hub.floor.size).toBe(0) // nobody looks, nothing is kept
})

it('counts nobody as late or in time who may still be either, and nobody as free whose hands are full', async () => {
  const boss = await supervisor()
  const { anna, contact } = await running.talk()
  await anna.say(contact, 'Отвечаю')
  const queue = async () => (await boss.api.call(floorRoutes.floor, {})).queues.find(({ id }) => id === contact.queue.id)
  await expect.poll(async () => (await queue())?.today['answered']).toBe(1)
  const free = (await queue())?.available ?? 0
  frozen = Date.now() // not late before it is counted
  const visitor = await running.visitor()
  const { contactId } = await visitor.send('Я только что пришёл')
  await expect.poll(async () => (await queue())?.early).toBe(1)
  expect((await queue())?.today['offered'], 'neither hit nor missed yet').toBe(1)
  // As if the target were over: nothing else happens.
  frozen += 1000
  const pool = running.otklik.database.pool
  await pool.query(`update metric_life set life = jsonb_set(life, '{stay,targetMs}', '0') where kind = 'contact' and id = $1`, [contactId])
  expect(await queue()).toMatchObject({ early: 0, today: { offered: 2, answeredInTarget: 1 } })

  await pool.query(`update agent_capacity set max_chat = chat + pending, max_total = voice + chat + mail + pending where agent_id = $1`, [anna.id])
  expect((await queue())?.available).toBe(free - 1)
})

it('shows agents nothing of it', async () => {
  const anna = await running.agent('agent1@sample.example')
  anna.frame({ t: 'floor', on: true })
  await expect(anna.api.call(floorRoutes.floor, {})).rejects.toMatchObject({ problem: { code: 'notAllowed' } })
  await running.talk()
  expect(running.otklik.hub.floor.size).toBe(0)
})

it('whispers to whoever has the contact; the customer never hears it', async () => {
  const boss = await supervisor()
  const { anna, contact, visitor } = await running.talk()
  const id = newId<MessageId>()
  const hint = await boss.api.call(floorRoutes.hint, { params: { id: contact.id }, body: { id, text: 'Предложите рассрочку' } })
  expect(hint).toMatchObject({ visibility: 'hint', author: { agentId: boss.id } })
  expect(await boss.api.call(floorRoutes.hint, { params: { id: contact.id }, body: { id, text: 'Предложите рассрочку' } })).toEqual(hint)
  await expect(boss.api.call(floorRoutes.hint, { params: { id: contact.id }, body: { id, text: 'Другое' } })).rejects.toMatchObject({ problem: { code: 'idTaken' } })
  await anna.until('the hint', () => anna.state.messages.get(id)?.visibility === 'hint')
  await anna.say(contact, 'Могу предложить рассрочку')
  await visitor.until('the reply', () => visitor.texts().includes('Могу предложить рассрочку'))
  expect(visitor.texts()).not.toContain('Предложите рассрочку')
  const queued = await running.visitor()
  const waiting = await queued.send('А я жду')
  await anna.until('the offer', () => anna.state.contacts.has(waiting.contactId))
  await expect(boss.api.call(floorRoutes.hint, { params: { id: waiting.contactId }, body: { id: newId(), text: 'Кому?' } })).rejects.toMatchObject({ problem: { code: 'contactNotActive' } })
})

it('takes over from an agent and out of a queue, also from home', async () => {
  const boss = await supervisor()
  const { anna, contact, visitor } = await running.talk()
  const mine = await boss.api.call(floorRoutes.takeOver, { params: { id: contact.id } })
  expect(mine).toMatchObject({ state: 'active', agentId: boss.id })
  await anna.until('it is gone', () => !anna.state.contacts.has(contact.id))
  await boss.until('presence', () => boss.state.me?.presence.state === 'notReady' && boss.state.me.presence.cause === 'supervisor')
  await boss.say(mine, 'Здравствуйте, я старшая смены')
  await visitor.until('the new voice', () => visitor.texts().includes('Здравствуйте, я старшая смены'))
  await expect(boss.api.call(floorRoutes.takeOver, { params: { id: contact.id } }), 'pressed twice').resolves.toMatchObject({ agentId: boss.id })

  const other = await running.visitor()
  const { contactId } = await other.send('Есть кто?')
  await anna.until('the offer', () => anna.state.contacts.get(contactId)?.state === 'offered')
  await boss.api.call(floorRoutes.takeOver, { params: { id: contactId } })
  await anna.until('the offer is gone', () => !anna.state.contacts.has(contactId))
  const { items, seenBy } = await boss.api.call(routes.story, { params: { id: contactId } })
  expect(items.map(({ kind }) => kind)).toEqual(['queued', 'offered', 'withdrawn', 'picked'])
  expect(seenBy, 'it is in their own hands').toEqual([])
})

it('hands many on at once, and says which it could not', async () => {
  const boss = await supervisor()
  const [anna, glen] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent2@sample.example')])
  const visitors = await Promise.all([running.visitor(), running.visitor()])
  const waiting = await Promise.all(visitors.map((visitor) => visitor.send('Жду')))
  const contactIds = waiting.map(({ contactId }) => contactId)
  await expect(boss.api.call(floorRoutes.moveContacts, { body: { contactIds, to: { kind: 'agent', agentId: glen.id } } })).rejects.toMatchObject({ problem: { code: 'agentUnavailable' } })
  // There, but not asked for anything yet.
  const { reasons } = await glen.api.call(routes.catalogue, {})
  await glen.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: reasons[0]?.id ?? '' } })
  const gone = newId<(typeof contactIds)[number]>()
  const outcome = await boss.api.call(floorRoutes.moveContacts, { body: { contactIds: [...contactIds, gone], to: { kind: 'agent', agentId: glen.id } } })
  expect(outcome).toEqual({ moved: 2, refused: [{ contactId: gone, code: 'notFound' }] })
  await glen.available()
  await glen.accept(await glen.nextOffer())
  await glen.accept(await glen.nextOffer())
  expect(anna.state.contacts.size).toBe(0)
  await anna.available()
  expect(await boss.api.call(floorRoutes.moveContacts, { body: { contactIds, to: { kind: 'agent', agentId: anna.id } } })).toMatchObject({ moved: 2 })
  expect((await anna.accept(await anna.nextOffer())).handed).toMatchObject({ cause: 'transferred', by: 'Тимур Ахметов' })
})

it('changes presence and signs out, with what is in hand going back', async () => {
  const boss = await supervisor()
  const { anna, contact } = await running.talk()
  const { reasons } = await anna.api.call(routes.catalogue, {})
  await boss.api.call(floorRoutes.changePresenceOf, { params: { id: anna.id }, body: { state: 'notReady', reasonId: reasons[0]?.id ?? '' } })
  await anna.until('the break', () => anna.state.me?.presence.state === 'notReady' && anna.state.me.presence.cause === 'supervisor')
  expect(anna.state.contacts.get(contact.id)?.state, 'contacts stay').toBe('active')
  await boss.api.call(floorRoutes.signOutAgent, { params: { id: anna.id } })
  await anna.until('the goodbye', () => anna.state.bye === 'notSignedIn')
  await expect(anna.api.call(routes.desk, {})).rejects.toMatchObject({ problem: { code: 'notSignedIn' } })
  const floor = await boss.api.call(floorRoutes.floor, {})
  expect(floor.agents.find(({ id }) => id === anna.id)).toMatchObject({ presence: { state: 'offline' }, slots: [] })
  expect(floor.queues.find(({ id }) => id === contact.queue.id)?.waiting).toBe(1)
  const { items } = await boss.api.call(floorRoutes.waitingContacts, { params: { id: contact.queue.id } })
  expect(items).toMatchObject([{ contactId: contact.id, state: 'queued' }])
  const story = await boss.api.call(routes.story, { params: { id: contact.id } })
  expect(story.items.at(-1)).toMatchObject({ kind: 'queued', cause: 'signedOut', by: 'Тимур Ахметов' })
})

it('tells in a contact’s story who handed it on, and how long its customer has waited in all', async () => {
  const boss = await supervisor()
  const { anna, contact } = await running.talk()
  const { queues } = await boss.api.call(floorRoutes.floor, {})
  const elsewhere = queues.find(({ id }) => id !== contact.queue.id)?.id ?? contact.queue.id
  await boss.api.call(floorRoutes.moveContacts, { body: { contactIds: [contact.id], to: { kind: 'queue', queueId: elsewhere } } })
  await boss.api.call(floorRoutes.takeOver, { params: { id: contact.id } })
  await boss.api.call(routes.transferContact, { params: { id: contact.id }, body: { to: { kind: 'agent', agentId: anna.id }, note: '' } })
  await anna.nextOffer()
  const { items } = await boss.api.call(routes.story, { params: { id: contact.id } })
  expect(items.flatMap((entry) => (entry.kind === 'queued' ? [[entry.cause, entry.by]] : []))).toEqual([['arrived', null], ['transferred', 'Тимур Ахметов'], ['transferred', 'Тимур Ахметов']])
  const offers = items.flatMap((entry) => (entry.kind === 'offered' ? [entry] : []))
  for (const { waitedSeconds, customerWaitedSeconds } of offers) expect(customerWaitedSeconds).toBeGreaterThanOrEqual(waitedSeconds - 1)
})

it('reaches no further than the supervisor’s queues and teams', async () => {
  const { anna, contact, visitor } = await running.talk()
  const administrator = await running.agent('administrator@sample.example')
  const { items: queues } = await administrator.api.call(settingsRoutes.queues.list, {})
  const { items: agents } = await administrator.api.call(settingsRoutes.agents.list, {})
  const elsewhere = queues.find(({ id }) => id !== contact.queue.id)
  const annasTeam = agents.find(({ id }) => id === anna.id)?.teamId ?? ''
  const otherTeam = agents.find(({ teamId }) => teamId !== null && teamId !== annasTeam)?.teamId ?? ''
  const boss = await supervisor({ queueIds: [elsewhere?.id ?? ''], teamIds: [otherTeam] })
  boss.frame({ t: 'floor', on: true })
  await boss.until('the floor', () => told(boss).at !== null)
  expect([...told(boss).queues.keys()]).toEqual([elsewhere?.id])
  expect(told(boss).agents.has(anna.id)).toBe(false)
  const refused = { problem: { code: 'notFound' } }
  const params = { id: contact.id }
  await expect(boss.api.call(routes.contact, { params })).rejects.toMatchObject(refused)
  await expect(boss.api.call(routes.story, { params })).rejects.toMatchObject(refused)
  await expect(boss.api.call(floorRoutes.hint, { params, body: { id: newId(), text: 'Психт' } })).rejects.toMatchObject(refused)
  await expect(boss.api.call(floorRoutes.takeOver, { params })).rejects.toMatchObject(refused)
  await expect(boss.api.call(floorRoutes.signOutAgent, { params: { id: anna.id } })).rejects.toMatchObject(refused)
  await expect(boss.api.call(floorRoutes.waitingContacts, { params: { id: contact.queue.id } })).rejects.toMatchObject(refused)
  await visitor.send('Про перерасход бюджета')
  const words = async () => (await boss.api.call(customerRoutes.findWords, { body: { query: 'перерасход' } })).items.length
  expect(await words()).toBe(0)
  await anna.api.call(routes.transferContact, { params, body: { to: { kind: 'queue', queueId: elsewhere?.id ?? '' }, note: '' } })
  expect(await boss.api.call(routes.contact, { params })).toMatchObject({ id: contact.id })
  expect(await words()).toBe(1)
  await boss.until('it waits there', () => told(boss).queues.get(elsewhere?.id ?? ('' as never))?.waiting === 1)
})

it('remembers who read a contact without having it in hand', async () => {
  const boss = await supervisor()
  const { anna, contact } = await running.talk()
  await anna.api.call(routes.messages, { params: { id: contact.id }, query: { limit: 10 } })
  for (let time = 0; time < 2; time++) await boss.api.call(routes.messages, { params: { id: contact.id }, query: { limit: 10 } })
  const { seenBy } = await anna.api.call(routes.story, { params: { id: contact.id } })
  expect(seenBy).toMatchObject([{ agent: 'Тимур Ахметов' }])
})

it('keeps each supervisor’s alerts', async () => {
  const boss = await supervisor()
  const { queues } = await boss.api.call(floorRoutes.floor, {})
  const items = [{ id: newId<string>(), queueId: queues[0]?.id ?? null, figure: 'longestWait' as const, threshold: 60, forSeconds: 10 }]
  expect(await boss.api.call(floorRoutes.putFloorAlerts, { body: { items } })).toEqual({ items })
  expect(await boss.api.call(floorRoutes.floorAlerts, {})).toEqual({ items })
  await expect(boss.api.call(floorRoutes.putFloorAlerts, { body: { items: [...items, ...items] } })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
})

/** What a queue may say beyond skills and priority: whom it prefers, how it relaxes, when it is open. */
import { floorRoutes } from '@otklik/contract/floor'
import { routes, settingsRoutes } from '@otklik/contract/routes'
import type { QueueRoutingView, QueueRoutingWrite } from '@otklik/contract/queue-routing'
import type { AgentView } from '@otklik/contract/settings'
import type { QueueId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, untilNoon, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadWidgetConfig } from './actions/greet-visitor.ts'
import { appendEvent } from './store/log.ts'
import { loadPositions } from './store/routing-rows.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let administrator: AgentClient
let ahead = 0
/** Where the clock stands still; undefined: it runs. */
let frozen: number | undefined
beforeEach(async () => {
  ahead = untilNoon()
  frozen = undefined
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => new Date((frozen ?? Date.now()) + ahead) })
  administrator = await running.agent('administrator@sample.example')
})
afterEach(async () => {
  await running.close()
  await database.close()
})

/** What is written is what was read, without what only the server says. */
const without = <Value extends object, Name extends keyof Value>(value: Value, ...names: Name[]): Omit<Value, Name> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as Name))) as Omit<Value, Name>

const later = (seconds: number) => void (ahead += seconds * 1000)

const queueOfChannel = async (): Promise<QueueId> => {
  const { items } = await administrator.api.call(settingsRoutes.channels.list, {})
  return items[0]?.queueId ?? ('' as QueueId)
}

const change = async (fields: Partial<QueueRoutingWrite>): Promise<QueueRoutingView> => {
  const id = await queueOfChannel()
  const before = await administrator.api.call(routes.queueRouting, { params: { id } })
  return administrator.api.call(routes.putQueueRouting, { params: { id }, body: { ...without(before, 'queueId', 'isOpen', 'overflowing'), ...fields } })
}

/** What a colleague chooses from. */
const colleaguesView = async () => (await running.agent('agent2@sample.example')).api.call(routes.catalogue, {})

const closedWeek = { timeZone: 'Europe/Moscow', week: Array.from({ length: 7 }, () => []), holidays: [] }

it('takes a change once, and refuses what cannot be', async () => {
  const id = await queueOfChannel()
  const before = await administrator.api.call(routes.queueRouting, { params: { id } })
  expect(before).toMatchObject({ policy: 'bestFit', preferredSeconds: 0, hours: null, rings: [], isOpen: true, picking: false, overflow: null, overflowing: false })
  const after = await change({ policy: 'evenOccupancy', rings: [{ afterSeconds: 30, kind: 'lowerLevels' }], hours: closedWeek })
  expect(after).toMatchObject({ policy: 'evenOccupancy', isOpen: false, version: before.version + 1 })
  const write = without(before, 'queueId', 'isOpen', 'overflowing')
  await expect(administrator.api.call(routes.putQueueRouting, { params: { id }, body: write })).rejects.toMatchObject({ problem: { code: 'versionConflict' } })
  await expect(change({ rings: [{ afterSeconds: 5, kind: 'addQueue', queueId: id }] })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  await expect(change({ rings: [{ afterSeconds: 5, kind: 'addQueue', queueId: crypto.randomUUID() as QueueId }] })).rejects.toMatchObject({ problem: { code: 'notFound' } })
  await expect(
    change({ rings: [{ afterSeconds: 9, kind: 'anyLanguage' }, { afterSeconds: 5, kind: 'lowerLevels' }] }),
  ).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  const anna = await running.agent('agent1@sample.example')
  await expect(anna.api.call(routes.putQueueRouting, { params: { id }, body: { ...write, version: after.version } })).rejects.toMatchObject({ problem: { code: 'notAllowed' } })
})

it('leaves no step that names what was archived', async () => {
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  const { items: known } = await administrator.api.call(settingsRoutes.skills.list, {})
  const id = await queueOfChannel()
  const [gone, other] = items.filter((queue) => queue.id !== id)
  const [skill, instead] = known
  if (!gone || !other || !skill || !instead) throw new Error('The sample has more queues and skills')
  await change({
    rings: [{ afterSeconds: 10, kind: 'dropSkill', skillId: skill.id }, { afterSeconds: 20, kind: 'addQueue', queueId: gone.id }],
    overflow: { queueId: gone.id, overSeconds: 60 },
  })
  const used = async (kind: 'queues' | 'skills', of: string) => (await administrator.api.call(settingsRoutes[kind].uses, { params: { id: of as never } })).uses['steps']
  expect([await used('queues', gone.id), await used('queues', other.id), await used('skills', skill.id)]).toEqual([1, undefined, 1])
  await administrator.api.call(settingsRoutes.queues.archive, { params: { id: gone.id }, body: { version: gone.version, replaceWith: other.id } })
  await administrator.api.call(settingsRoutes.skills.archive, { params: { id: skill.id }, body: { version: skill.version, replaceWith: instead.id } })
  const moved = await administrator.api.call(routes.queueRouting, { params: { id } })
  expect(moved).toMatchObject({
    rings: [{ kind: 'dropSkill', skillId: instead.id }, { kind: 'addQueue', queueId: other.id }],
    overflow: { queueId: other.id, overSeconds: 60 },
  })
  await administrator.api.call(settingsRoutes.queues.archive, { params: { id: other.id }, body: { version: other.version } })
  expect(await change({})).toMatchObject({ rings: [{ kind: 'dropSkill', skillId: instead.id }], overflow: null })
})

it('gives a customer who comes back to the agent who helped last, for as long as was said', async () => {
  await change({ preferredSeconds: 60 })
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Здравствуйте')
  const first = await anna.accept(await anna.nextOffer())
  await anna.api.call(routes.endContact, { params: { id: first.id } })
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params: { id: first.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  // Anna has three in hand, Glen is free and would be asked; but Anna helped last.
  const glen = await running.agent('agent2@sample.example')
  const busy = await Promise.all([running.visitor(), running.visitor(), running.visitor()])
  for (const other of busy) {
    await other.send('Вопрос')
    await anna.accept(await anna.nextOffer())
  }
  await glen.available()
  await visitor.send('Это снова я')
  await visitor.until('a place', () => visitor.state.position === 1)
  expect(glen.state.contacts.size).toBe(0)
  const held = [...anna.state.contacts.values()].find(({ id }) => id !== first.id)
  await anna.api.call(routes.endContact, { params: { id: held?.id ?? '' } })
  await anna.api.call(routes.finishContact, { params: { id: held?.id ?? '' }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  const again = await anna.nextOffer()
  expect(again.offer?.reason.rule).toBe('sticky')
  expect(again.customer.id).toBe(first.customer.id)
  // Her contacts put away, she goes to lunch; the customer comes once more: nobody waits for who is not there, and the story says so.
  const { reasons } = await anna.api.call(routes.catalogue, {})
  await anna.accept(again)
  await anna.api.call(routes.endContact, { params: { id: again.id } })
  await anna.api.call(routes.finishContact, { params: { id: again.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  await anna.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: reasons[0]?.id ?? ('' as never) } })
  const { contactId } = await visitor.send('И снова я')
  await glen.nextOffer()
  const { items: story } = await glen.api.call(routes.story, { params: { id: contactId } })
  expect(story.find(({ kind }) => kind === 'offered')).toMatchObject({ agent: glen.state.me?.name, decided: { reservation: { agent: anna.state.me?.name, end: 'notAvailable' } } })
})

it('asks another queue’s people when its own are not there for too long', async () => {
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  const second = items.find((queue) => queue.line === 2)
  await change({ rings: [{ afterSeconds: 20, kind: 'addQueue', queueId: second?.id ?? ('' as QueueId) }] })
  // The queue's own agents are online and busy; without that the step would come into force at once.
  const anna = await running.agent('agent1@sample.example')
  await anna.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: (await anna.api.call(routes.catalogue, {})).reasons[0]?.id ?? ('' as never) } })
  const { items: agents } = await administrator.api.call(settingsRoutes.agents.list, {})
  const expert = agents.find(({ email }) => email === 'agent2@sample.example') as AgentView
  const write = without(expert, 'id', 'archivedAt', 'presence', 'access')
  await administrator.api.call(settingsRoutes.agents.put, { params: { id: expert.id }, body: { ...write, skills: second?.skills ?? [] } })
  const glen = await running.agent('agent2@sample.example')
  await glen.available()
  const visitor = await running.visitor()
  const { contactId } = await visitor.send('Здравствуйте')
  await visitor.until('a place', () => visitor.state.position === 1)
  const before = glen.state.contacts.size
  later(21)
  const offer = await glen.nextOffer()
  expect({ before, id: offer.id }).toEqual({ before: 0, id: contactId })
  const { items: story } = await glen.api.call(routes.story, { params: { id: contactId } })
  expect(story.find(({ kind }) => kind === 'offered')).toMatchObject({
    ring: 1, decided: { helpersOf: second?.name, byOverflow: false, relaxed: { levels: 0, skills: [], queues: [second?.name], anyLanguage: false } },
  })
})

it('keeps what comes while it is closed, and hands it out when it opens', async () => {
  const now = running.otklik.deps.now()
  const minutes = now.getUTCHours() * 60 + now.getUTCMinutes()
  // Opens with the next full minute but one.
  const opens = { from: minutes + 2, to: minutes + 7 }
  await change({ hours: { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [opens]), holidays: [] } })
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const visitor = await running.visitor()
  const { contactId } = await visitor.send('Здравствуйте')
  await visitor.until('a place', () => visitor.state.position === 1)
  expect(visitor.state.wait).toMatchObject({ kind: 'closed', opensAt: expect.stringMatching(/T\d\d:\d\d:00.000Z$/) as string })
  expect(anna.state.contacts.size).toBe(0)
  later(120)
  const offer = await anna.nextOffer()
  expect(offer.id).toBe(contactId)
})

it('greets in the widget only where somebody may write', async () => {
  const greeting = async () => {
    const config = await loadWidgetConfig(running.otklik.deps, running.channelId as never)
    return config.ok && config.value.greeting
  }
  expect(await greeting()).not.toBe('')
  await change({ hours: closedWeek, takesMessages: false })
  await expect.poll(greeting).toBe('')
  await change({ takesMessages: true })
  expect(await greeting()).not.toBe('')
})

it('asks the overflow queue’s people while a long wait is to be expected, and no longer', async () => {
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  const second = items.find(({ line }) => line === 2)
  if (!second) throw new Error('the sample has a second line')
  // Two who may take the second line's contacts only.
  const [maria, anna] = [await running.agent('agent3@sample.example'), await running.agent('agent1@sample.example')]
  const ids = [maria.id, anna.id]
  await running.otklik.database.pool.query('delete from agent_skill where agent_id = any($1)', [ids])
  await running.otklik.database.pool.query(
    'insert into agent_skill (agent_id, skill_id, level) select unnest($1::uuid[]), skill_id, level from queue_skill where queue_id = $2',
    [ids, second.id],
  )
  await running.otklik.deps.transaction(async (tx) => {
    for (const agentId of ids) {
      const { version } = await tx.db.updateTable('agentCapacity').set((eb) => ({ version: eb('version', '+', 1) })).where('agentId', '=', agentId).returning('version').executeTakeFirstOrThrow()
      await appendEvent(tx, running.otklik.deps.now(), 'agent.changed', agentId, { agentId, agentVersion: version })
    }
  })
  await expect(change({ overflow: { queueId: await queueOfChannel(), overSeconds: 30 } })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  await change({ overflow: { queueId: second.id, overSeconds: 30 } })
  await maria.available()
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Долго ещё?')
  const [waiting] = (await running.otklik.database.pool.query('select state from contact_routing')).rows
  expect(waiting).toEqual({ state: 'queued' })
  const seen = async () => {
    const { queues } = await maria.api.call(floorRoutes.floor, {})
    const own = await queueOfChannel()
    const { helpedBy, available } = queues.find(({ id }) => id === own) ?? {}
    return { helpedBy, available }
  }
  expect(await seen()).toEqual({ helpedBy: null, available: 0 })
  later(31)
  const offer = await maria.nextOffer()
  expect(await seen(), 'Anna could be asked').toEqual({ helpedBy: second.name, available: 1 })
  expect(offer).toMatchObject({ queue: { id: await queueOfChannel() }, offer: { reason: { isHelp: true } } })
  await maria.accept(offer)
  const overflown = await maria.api.call(routes.story, { params: { id: offer.id } })
  expect(overflown.items.find(({ kind }) => kind === 'offered')).toMatchObject({ decided: { policy: 'bestFit', helpersOf: second.name, byOverflow: true, relaxed: null } })
  const routing = async () => administrator.api.call(routes.queueRouting, { params: { id: await queueOfChannel() } })
  await expect.poll(async () => (await routing()).overflowing).toBe(false)
  expect(await seen()).toEqual({ helpedBy: null, available: 0 })
})

it('asks whoever signed out with a contact in hand for it again, as soon as they are back', async () => {
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const visitor = await running.visitor()
  await visitor.send('Не работает роутер')
  const { id } = await anna.accept(await anna.nextOffer())
  // A refusal from before that is no reason any more.
  await running.otklik.database.pool.query(
    `insert into offer (id, contact_id, agent_id, offered_at, expires_at, trace, outcome, decided_at)
     select gen_random_uuid(), contact_id, agent_id, offered_at - interval '1 minute', offered_at, trace, 'declined', offered_at from offer`,
  )
  await anna.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } })
  await anna.until('empty hands', () => anna.state.contacts.size === 0)
  await anna.available()
  expect(await anna.nextOffer(20_000), 'sooner than whoever declined').toMatchObject({ id, handed: { cause: 'signedOut' }, offer: { before: null } })
  const { rows } = await running.otklik.database.pool.query('select agent_id from contact_exclusion')
  expect(rows).toEqual([])
})

it('tells a customer of whom an agent is being asked that it is their turn, not that nobody is here', async () => {
  frozen = Date.now() // whoever is being asked has all the time that a busy machine takes
  const early = await running.visitor()
  const { contactId } = await early.send('Есть кто?')
  await early.until('nobody', () => early.state.wait?.kind === 'nobody')
  const anna = await running.agent('agent1@sample.example')
  const { reasons } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: reasons[0]?.id ?? ('' as never) } })
  await early.until('a break', () => early.state.wait?.kind === 'notReady')
  const { queues: forOthers } = await colleaguesView()
  expect(forOthers.find(({ line }) => line === 1)).toMatchObject({ onDuty: 0, onBreak: 1 })
  const staffing = () => loadWidgetConfig(running.otklik.deps, running.channelId as never)
  expect(await staffing()).toMatchObject({ value: { staffing: 'notReady' } })
  await anna.available()
  expect(await staffing()).toMatchObject({ value: { staffing: 'available' } })
  const offered = await anna.nextOffer()
  const late = await running.visitor()
  await late.send('А я второй')
  await early.until('the turn', () => early.state.position === 1 && early.state.wait === null)
  await late.until('the place', () => late.state.position === 1)
  // What a process that does not distribute reads says the same.
  expect([...(await loadPositions(running.otklik.database.reader, [contactId])).values()]).toEqual([1])
  await anna.accept(offered)
  await early.until('the end of waiting', () => early.state.position === null)
  // What waits again after a transfer has not waited long.
  const { items: queues } = await administrator.api.call(settingsRoutes.queues.list, {})
  const other = queues.find(({ id }) => id !== offered.queue.id)
  later(600)
  await anna.api.call(routes.transferContact, { params: { id: contactId }, body: { to: { kind: 'queue', queueId: other?.id ?? ('' as never) }, note: '' } })
  await early.until('the other queue', () => early.state.chat?.state === 'queued')
  const { queuedAt = '', arrivedAt = '' } = early.state.chat ?? {}
  expect(Date.parse(queuedAt) - Date.parse(arrivedAt)).toBeGreaterThanOrEqual(600_000)
})

it('says how long answers took, where enough is known, and speaks the language of the channel', async () => {
  const queueId = await queueOfChannel()
  const config = async () => {
    const outcome = await loadWidgetConfig(running.otklik.deps, running.channelId as never)
    if (!outcome.ok) throw new Error(outcome.code)
    return outcome.value
  }
  const answered = (at: Date, cases: number, seconds: number) =>
    running.otklik.database.pool.query(
      `insert into metric_interval (at, queue_id, channel, region, first_responses, first_response_ms) values ($1, $2, 'webChat', 'r' || $3::text, $3::int, $4::float8 * 1000)`,
      [at, queueId, cases, cases * seconds],
    )
  const hour = 3_600_000
  const now = running.otklik.deps.now().getTime()
  expect((await config()).usualSeconds).toBeNull()
  await answered(new Date(now - 2 * 24 * hour + hour), 9, 100)
  await answered(new Date(now - 3 * 24 * hour + 5 * hour), 50, 1)
  expect((await config()).usualSeconds, 'other hours do not count, and nine are too few').toBeNull()
  await answered(new Date(now - 6 * 24 * hour), 3, 190)
  expect((await config()).usualSeconds, '122.5 s on the mean').toBe(180)
  await answered(new Date(now - hour), 10, 21)
  expect((await config()).usualSeconds, 'the last hours count before').toBe(30)

  await change({ noticeText: { ru: 'Сбой связи', en: 'An outage' }, closedText: { ru: 'Ответим утром', en: '' } })
  expect(await config()).toMatchObject({ greeting: expect.stringContaining('Здравствуйте') as string, notice: 'Сбой связи', closedText: 'Ответим утром' })
  const [channel] = (await administrator.api.call(settingsRoutes.channels.list, {})).items
  if (!channel) throw new Error('the sample has a channel')
  await administrator.api.call(settingsRoutes.channels.put, { params: { id: channel.id }, body: { ...without(channel, 'id', 'archivedAt'), language: 'en' } })
  expect(await config(), 'an empty one is said in the other language').toMatchObject({ greeting: expect.stringContaining('Здравствуйте') as string, notice: 'An outage', closedText: 'Ответим утром' })
})

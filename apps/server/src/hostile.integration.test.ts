/** What a hostile, sloppy or unlucky client may not bring about. Each was possible once. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { routes, settingsRoutes } from '@otklik/contract/routes'
import type { AgentView } from '@otklik/contract/settings'
import { apiPrefix } from '@otklik/contract/routes'
import type { AgentId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { createVisitorClient, type VisitorClient } from '@otklik/testing/visitor-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { blockCustomer } from './actions/know-customer.ts'
import { typingMs } from './realtime/frames.ts'
import { LiveLinks } from './realtime/live-links.ts'
import { appendEvent, loadEventsAfter } from './store/log.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
})
afterEach(async () => {
  await running.close()
  await database.close()
})
const start = async (options: Parameters<typeof runOtklik>[1] = {}) => (running = await runOtklik(database.url, options))

const talk = async (): Promise<{ agent: AgentClient; visitor: VisitorClient; id: string }> => {
  const agent = await running.agent('agent1@sample.example')
  await agent.available()
  const visitor = await running.visitor()
  await visitor.send('Здравствуйте')
  const contact = await agent.accept(await agent.nextOffer())
  return { agent, visitor, id: contact.id }
}
const finish = async (agent: AgentClient, id: string) => {
  const { dispositions } = await agent.api.call(routes.catalogue, {})
  await agent.api.call(routes.endContact, { params: { id } })
  await agent.api.call(routes.finishContact, { params: { id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
}
const stateOf = async (id: string) =>
  (await running.otklik.database.reader.db.selectFrom('contactRouting').select('state').where('contactId', '=', id).executeTakeFirst())?.state

it('makes nobody an administrator without the link', async () => {
  await start({ empty: true })
  const answer = await fetch(`${running.url}${apiPrefix}/setup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Otklik': '1', Origin: running.origin },
    body: JSON.stringify({
      token: 'trusted',
      company: { name: 'Чужая', language: 'ru', timeZone: 'Europe/Moscow' },
      administrator: { name: 'Чужой', email: 'a@b.example', password: 'a calm sea and a prosperous voyage' },
      sample: false,
    }),
  })
  expect([answer.status, await answer.json()]).toMatchObject([410, { code: 'linkInvalid' }])
})

describe('replies', () => {
  it('reach a customer whatever an agent’s desk replays from an older contact', async () => {
    await start()
    const { agent: anna, visitor, id } = await talk()
    const glen = await running.agent('agent2@sample.example')
    await glen.available()
    await anna.api.call(routes.transferContact, { params: { id }, body: { to: { kind: 'agent', agentId: glen.id }, note: '' } })
    await glen.accept(await glen.nextOffer())
    await finish(glen, id)
    await anna.api.call(routes.leaveDesk, { body: { contacts: 'none' } })
    await visitor.send('Ещё вопрос')
    const second = await glen.accept(await glen.nextOffer())
    anna.cut() // comes back with its cursor: the transfer of the first contact is replayed to it
    await anna.until('coming back', () => anna.state.welcomes.length > 1)
    await glen.say(second, 'Отвечаю')
    await visitor.until('the reply', () => visitor.texts().includes('Отвечаю'))
  })

  it('reach a customer who sent an old message again', async () => {
    await start()
    const { agent, visitor, id } = await talk()
    await finish(agent, id)
    const first = [...visitor.state.accepted.keys()][0] ?? ''
    await visitor.send('Второе обращение')
    const second = await agent.accept(await agent.nextOffer())
    visitor.frame({ t: 'send', id: first, text: 'Здравствуйте' })
    await agent.say(second, 'Отвечаю')
    await visitor.until('the reply', () => visitor.texts().includes('Отвечаю'))
  })

  it('reach a page that is opened in the very moment in which they are written', async () => {
    await start()
    const { agent, visitor, id } = await talk()
    const { deps, hub } = running.otklik
    const { transaction } = deps
    let isSaid = false
    // The page's state is loaded already when its socket says that the customer is here.
    const meanwhile: typeof transaction = async (work) => {
      if (!isSaid && hub.visitors.size === 2) {
        isSaid = true
        await agent.say({ id }, 'В этот миг')
        await hub.visitors.settle()
      }
      return transaction(work)
    }
    Object.assign(deps, { transaction: meanwhile })
    const page = await createVisitorClient({ url: running.url, origin: running.origin, channelId: running.channelId, token: visitor.token })
    await page.until('the reply', () => page.texts().includes('В этот миг'))
    expect(isSaid).toBe(true)
    page.close()
  })

  it('keep what can be read of half an emoji', async () => {
    await start()
    const { agent, visitor, id } = await talk()
    await visitor.send('Спасибо \ud83d')
    await visitor.until('the repaired text', () => visitor.texts().includes('Спасибо \ufffd'))
    await agent.say({ id }, 'Пожалуйста \udc4d')
    await visitor.until('the repaired reply', () => visitor.texts().includes('Пожалуйста \ufffd'))
  })
})

it('ends the desk at once when its session is signed out, and only that one', async () => {
  await start()
  const here = await running.agent('agent1@sample.example')
  const there = await running.agent('agent1@sample.example')
  await here.api.call(routes.signOut, {})
  await here.until('goodbye', () => here.state.bye === 'notSignedIn', 20_000) // sooner than the look of every half minute
  await there.api.call(routes.changePresence, { body: { state: 'available' } })
  await there.until('going on', () => there.state.me?.presence.state === 'available')
})

it('lets a blocked customer neither reopen a chat nor stay connected', async () => {
  await start()
  const { agent, visitor, id } = await talk()
  const other = await createVisitorClient({ url: running.url, origin: running.origin, channelId: running.channelId, token: visitor.token })
  const { customer } = await agent.api.call(routes.contact, { params: { id } })
  await agent.api.call(routes.blockCustomer, { params: { id: customer.id }, body: { blocked: true } })
  await visitor.until('goodbye', () => visitor.state.bye === 'visitorBlocked')
  await other.until('goodbye', () => other.state.bye === 'visitorBlocked')
  other.close()
  expect(await stateOf(id)).toBe('wrapUp')
})

it('lets no contact begin behind a block', async () => {
  await start()
  const { agent, visitor, id } = await talk()
  const { customer } = await agent.api.call(routes.contact, { params: { id } })
  await finish(agent, id)
  const { deps } = running.otklik
  let begun: Promise<unknown> | undefined
  const about = { actor: { id: agent.id, role: 'supervisor' as const, seesAll: true }, customerId: customer.id }
  const slow: typeof deps.transaction = (work) =>
    deps.transaction(async (tx) => {
      const result = await work(tx)
      begun = visitor.send('Ещё вопрос').catch(() => 'refused')
      await Promise.race([begun, new Promise((resolve) => setTimeout(resolve, 100))]) // the block has not committed yet
      return result
    })
  expect((await blockCustomer({ ...deps, transaction: slow }, about, true)).ok).toBe(true)
  await Promise.race([begun, visitor.until('goodbye', () => visitor.state.bye === 'visitorBlocked')])
  expect((await running.otklik.database.pool.query('select from contact_routing')).rowCount).toBe(0)
})

it('does not hear who was sent away, and cuts off who does not answer the goodbye', async () => {
  await start()
  const visitor = await running.visitor()
  const socket = new WebSocket(`${running.url.replace('http', 'ws')}${apiPrefix}/web-chat/socket`, { origin: running.origin })
  const frames: string[] = []
  socket.on('message', (data) => frames.push(String(data)))
  await once(socket, 'open')
  const say = (text: string) => socket.send(JSON.stringify({ t: 'send', id: crypto.randomUUID(), text }))
  socket.send(JSON.stringify({ t: 'hello', protocol: 1, token: visitor.token }))
  say('До')
  await expect.poll(() => frames.some((frame) => frame.includes('"accepted"'))).toBe(true)
  socket.pause() // the goodbye is not read
  const forgotten = await visitor.fetch('visitors/forget', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: visitor.token }) })
  expect(forgotten.status).toBe(204)
  say('После')
  await expect.poll(() => running.otklik.hub.visitors.size).toBe(0)
  const { rows } = await running.otklik.database.pool.query<{ text: string }>(`select parts -> 0 ->> 'text' as text from message`)
  expect(rows.map(({ text }) => text)).toEqual(['До'])
})

it('hands an event on once, though the log was read before its commit was answered', async () => {
  await start()
  const { spine, database: own } = running.otklik
  const from = spine.cursor
  const agentId = crypto.randomUUID() as AgentId
  const seen: string[] = []
  spine.follow((events) => seen.push(...events.filter((event) => event.kind === 'session.revoked').map((event) => event.id)))
  await own.transaction((tx) => appendEvent(tx, new Date(), 'session.revoked', agentId, { agentId, chain: null }))
  await expect.poll(async () => (await loadEventsAfter(own.reader, from, 100)).filter((event) => event.kind === 'session.revoked').length).toBe(1)
  const events = (await loadEventsAfter(own.reader, from, 100)).filter((event) => event.kind === 'session.revoked')
  await expect.poll(() => BigInt(spine.cursor.tx) >= BigInt(events[0]?.tx ?? '0')).toBe(true)
  spine.publish(events) // as if the answer to the commit came only now
  expect(seen).toHaveLength(1)
  expect(spine.eventsAfter(spine.cursor)?.filter((event) => event.kind === 'session.revoked')).toEqual([])
})

it('does not resume from ahead of the log', async () => {
  await start()
  expect(running.otklik.spine.eventsAfter({ ...running.otklik.spine.cursor, tx: '99999999' })).toBeUndefined()
})

describe('who is here', () => {
  it('says so again when its links were closed behind its back', async () => {
    await start()
    await running.otklik.router.stop() // whose sweep closes links of servers that nobody knows
    const links = new LiveLinks(running.otklik.database.reader, crypto.randomUUID())
    const close = await links.open({ agentId: (await running.agent('agent1@sample.example')).id })
    const open = async () => (await running.otklik.database.pool.query('select 1 from link where closed_at is null')).rowCount
    await running.otklik.database.pool.query('update link set closed_at = clock_timestamp()')
    await links.tidy(true)
    expect(await open()).toBe(1)
    await close()
    expect(await open()).toBe(0)
  })

  it('is not taken for away', async () => {
    await start()
    const { agent, id } = await talk()
    await running.otklik.router.stop() // only this sweep runs
    await running.otklik.database.pool.query(`update contact set away_since = now() - interval '1 hour', version = version + 1 where id = $1`, [id])
    await running.sweep()
    expect((await agent.api.call(routes.contact, { params: { id } })).awaySince).toBeNull()
    expect(await stateOf(id)).toBe('active')
  })
})

describe('settings', () => {
  const agentOf = async (administrator: AgentClient, email: string) => {
    const { items } = await administrator.api.call(settingsRoutes.agents.list, {})
    const { id, version, name, role, language, serves, maxChats, maxTotal, teamId, skills } = items.find((agent) => agent.email === email) as AgentView
    return { id, write: { version, name, email, role, language, serves, maxChats, maxTotal, teamId, skills } }
  }

  it('do not lose a change of skills to somebody who read before', async () => {
    await start()
    const administrator = await running.agent('administrator@sample.example')
    const { id, write } = await agentOf(administrator, 'agent2@sample.example')
    const put = (skills: typeof write.skills) => administrator.api.call(settingsRoutes.agents.put, { params: { id }, body: { ...write, skills } })
    await put(write.skills.slice(0, 1))
    await put(write.skills.slice(0, 1)) // the same request again is answered as before
    await expect(put(write.skills.slice(1))).rejects.toMatchObject({ problem: { code: 'versionConflict' } })
    await expect(put([...write.skills, ...write.skills])).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  })

  it('end the sessions of whoever gets another role, and give back what was in hand', async () => {
    await start()
    const { agent, id } = await talk()
    const administrator = await running.agent('administrator@sample.example')
    const anna = await agentOf(administrator, 'agent1@sample.example')
    await administrator.api.call(settingsRoutes.agents.put, { params: { id: anna.id }, body: { ...anna.write, role: 'administrator' } })
    await agent.until('goodbye', () => agent.state.bye === 'notSignedIn')
    await expect(agent.api.call(routes.catalogue, {})).rejects.toMatchObject({ problem: { code: 'notSignedIn' } })
    expect(await stateOf(id)).toBe('queued')
  })

  it('take a site off the list for its visitors, too', async () => {
    await start()
    await running.otklik.database.pool.query(`update channel_account set origins = array['https://shop.example']`)
    const there = { url: running.url, origin: 'https://shop.example', channelId: running.channelId }
    const visitor = await createVisitorClient(there)
    await visitor.send('Здравствуйте')
    visitor.close()
    const { token } = visitor
    await running.otklik.database.pool.query(`update channel_account set origins = '{}'`)
    await expect(createVisitorClient({ ...there, token })).rejects.toThrow('originRefused')
    const ended = await fetch(`${running.url}${apiPrefix}/web-chat/${running.channelId}/visitors/forget`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'https://shop.example' },
      body: JSON.stringify({ token }),
    })
    expect(ended.status).toBe(204)
    expect((await running.otklik.database.pool.query(`select 1 from credential where kind = 'visitor'`)).rowCount).toBe(0)
  })
})

it('passes a flood of typing on as a trickle', async () => {
  await start()
  const { agent, visitor, id } = await talk()
  const began = performance.now()
  for (let n = 0; n < 100; n++) visitor.frame({ t: 'typing' })
  await visitor.send('Вот')
  await agent.until('the message', () => agent.state.contacts.get(id)?.lastMessage?.text === 'Вот')
  // One, and one more for each time that a busy machine has given them.
  const most = 1 + Math.floor((performance.now() - began) / typingMs)
  expect(agent.state.typing.length).toBeGreaterThan(0)
  expect(agent.state.typing.length).toBeLessThanOrEqual(most)
})

it('answers numbers and cursors that no column holds with a problem, not a failure', async () => {
  await start()
  const { agent, id } = await talk()
  const administrator = await running.agent('administrator@sample.example')
  const { customer } = await agent.api.call(routes.contact, { params: { id } })
  const cookieless = { 'X-Otklik': '1', Origin: running.origin }
  const statuses = [
    agent.api.call(routes.readMessages, { params: { id }, body: { number: 3_000_000_000 } }),
    agent.api.call(routes.messages, { params: { id }, query: { after: 3_000_000_000, limit: 10 } }),
    agent.api.call(routes.customerContacts, { params: { id: customer.id }, query: { cursor: `2026-99-99T99:99:99.999Z_${customer.id}`, limit: 10 } }),
    agent.api.call(routes.customerContacts, { params: { id: customer.id }, query: { cursor: `2026-11-11T11:11:11.111Z_${'-'.repeat(36)}`, limit: 10 } }),
    administrator.api.call(routes.changeCompany, { body: { name: 'Город', language: 'ru', timeZone: 'UTC', retentionDays: null, version: 3_000_000_000 } }),
  ].map((call) => call.then(() => 200, (error: { problem?: { status: number } }) => error.problem?.status))
  for (const status of await Promise.all(statuses)) expect([400, 422]).toContain(status)
  for (const path of ['/%ff%fe', `/contacts/${'a'.repeat(200)}`]) {
    const answer = await fetch(`${running.url}${apiPrefix}${path}`, { headers: cookieless })
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: expect.any(String) as string })
  }
})

it('answers what is no request at all with a problem, too', async () => {
  await start()
  const { port } = new URL(running.url)
  const answerTo = async (said: string) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.end(said)
    return text(socket)
  }
  const rubbish = await answerTo('\u0016\u0003\u0001 what is this\r\n\r\n')
  expect(rubbish).toMatch(/^HTTP\/1\.1 400 /)
  expect(rubbish).toContain('"code":"badRequest"')
  expect(await answerTo(`GET ${apiPrefix}/session HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`)).toContain('"code":"payloadTooLarge"')
})

it('takes a message that meets the closing of its conversation in a deadlock', async () => {
  await start()
  const { agent, visitor, id } = await talk()
  await agent.api.call(routes.endContact, { params: { id } })
  visitor.cut() // a page that comes back to an ended chat writes for a new one first
  await visitor.until('coming back', () => visitor.state.welcomes.length > 1)
  const { pool } = running.otklik.database
  // As the closing does it, step by step: the routing row, and the issue only when the message waits for that row.
  const closing = await pool.connect()
  try {
    await closing.query('begin')
    await closing.query(`set local deadlock_timeout = '10s'`) // the message is the one that is sacrificed
    await closing.query('delete from contact_routing where contact_id = $1', [id])
    const sent = visitor.send('Ещё вопрос')
    await expect.poll(async () => (await pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount).toBe(1)
    await closing.query('update issue set closed_at = now() where id = (select issue_id from contact where id = $1)', [id])
    await closing.query('rollback')
    expect((await sent).contactId).toBe(id)
    expect(visitor.state.welcomes.length, 'on the same connection').toBe(2)
  } finally {
    closing.release()
  }
})

/**
 * Initial state + events = a fresh fetch, while connections are cut at random: what a desk and a widget hold in the end
 * is exactly what they would get by asking anew.
 */
import { routes } from '@otklik/contract/routes'
import type { ContactView } from '@otklik/contract/views'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { createVisitorClient, type VisitorClient } from '@otklik/testing/visitor-client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
/** Where the clock stands still; undefined: it runs. */
let frozen: Date | undefined
beforeEach(async () => {
  frozen = undefined
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => frozen ?? new Date() })
})
afterEach(async () => {
  await running.close()
  await database.close()
})

/** A small generator with a fixed seed (Lehmer), so that a failing run can be repeated. */
const createRandom = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647

/** Without the version of what nobody is shown: it tells which of two views is newer, no more. */
const shown = <View extends { version: number }>(view: View | null | undefined) => view && { ...view, version: 0 }

const byId = (contacts: Iterable<ContactView>) => [...contacts].sort((a, b) => (a.id < b.id ? -1 : 1))

/** What was sent last may still be on its way when it is asked anew: so it is asked until both agree. */
const eventually = (same: () => Promise<void>) => vi.waitFor(same, { timeout: 20_000, interval: 100 })

const settledDesk = (agent: AgentClient) =>
  eventually(async () => {
    const fresh = await agent.api.call(routes.desk, {})
    expect({ contacts: byId(agent.state.contacts.values()), me: shown(agent.state.me) }).toEqual({ contacts: byId(fresh.contacts), me: shown(fresh.me) })
  })

const settledVisitor = (visitor: VisitorClient) =>
  eventually(async () => {
    const fresh = await createVisitorClient({ url: running.url, origin: running.origin, channelId: running.channelId, token: visitor.token })
    try {
      expect({ texts: visitor.texts(), chat: shown(visitor.state.chat) }).toEqual({ texts: fresh.texts(), chat: shown(fresh.state.chat) })
    } finally {
      fresh.close()
    }
  })

it('leaves desks and widgets as a fresh fetch, whatever is cut', async () => {
  const random = createRandom(20_261_122)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const agents = await Promise.all(['agent1@sample.example', 'agent2@sample.example'].map((email) => running.agent(email)))
  const visitors = await Promise.all(Array.from({ length: 6 }, () => running.visitor()))
  for (const agent of agents) await agent.available()
  const { dispositions } = await agents[0]!.api.call(routes.catalogue, {})
  let said = 0
  for (let step = 0; step < 160; step++) {
    const agent = pick(agents)
    const visitor = pick(visitors)
    const held = [...agent.state.contacts.values()]
    const offered = held.find((contact) => contact.state === 'offered')
    const active = held.filter((contact) => contact.state === 'active')
    const dice = random()
    // A step may come too late: the other side was faster. That is refused, and everybody still agrees in the end.
    const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => expect(error).toHaveProperty('name', 'ApiRefusal'))
    if (dice < 0.12) agent.cut()
    else if (dice < 0.24) visitor.cut()
    else if (offered && dice < 0.5) await attempt(dice < 0.45 ? agent.accept(offered) : agent.decline(offered))
    else if (active.length > 0 && dice < 0.75) await attempt(agent.say(pick(active), `ответ ${++said}`, dice < 0.6 ? 'note' : 'public'))
    else if (active.length > 0 && dice < 0.82) {
      const contact = pick(active)
      await attempt(
        agent.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } }),
      )
    } else if (dice < 0.86 && visitor.state.chat?.state === 'active') visitor.frame({ t: 'end', contactId: visitor.state.chat.contactId })
    else await visitor.send(`слово ${++said}`)
  }
  for (const agent of agents) await settledDesk(agent)
  for (const visitor of visitors) await settledVisitor(visitor)
  expect(agents.some((agent) => agent.state.welcomes.length > 1)).toBe(true)
  expect(visitors.some((visitor) => visitor.state.welcomes.includes(true))).toBe(true)
}, 240_000)

it('tells of what a customer adds to an offer while its agent’s connection is down', async () => {
  frozen = new Date() // the offer stands, however long the log's horizon is held back
  const agent = await running.agent('agent1@sample.example')
  const visitor = await running.visitor()
  await agent.available()
  await visitor.send('Здравствуйте')
  const { id } = await agent.nextOffer()
  const { spine } = running.otklik
  await expect.poll(() => (spine.poke(), spine.eventsAfter(spine.cursor))).toEqual([])
  // Another screen of the same agent, whose cursor lies behind the offer: what it misses names nobody.
  const screen = await running.agent('agent1@sample.example')
  screen.cut()
  await visitor.send('Вы тут?')
  await screen.until('the connection', () => screen.state.welcomes.length > 1)
  await screen.until('the second message in the offer', () => screen.state.contacts.get(id)?.lastMessageNumber === 2)
})

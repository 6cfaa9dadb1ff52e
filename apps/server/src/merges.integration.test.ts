/** A merge, and its undoing: every row as it was, whatever belonged to whom; what goes on meanwhile is not lost. */
import { randomUUID } from 'node:crypto'
import { routes } from '@otklik/contract/routes'
import type { AgentId, CustomerId, MergeId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { createVisitorClient } from '@otklik/testing/visitor-client'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mergeCustomers, undoMerge } from './actions/merge-customers.ts'
import { recordVisitorMessage } from './actions/record-visitor-message.ts'
import { eventOf, type EventRow } from './store/log.ts'

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
const sql = async <Row>(text: string, values: unknown[] = []) => (await running.otklik.database.pool.query(text, values)).rows as Row[]
const refusal = (work: Promise<unknown>) => work.then(() => 'done', (error: { problem?: { code: string } }) => error.problem?.code)

/** Every row that says whose it is, but for the versions, which only rise. */
const rowsOf = async (ids: readonly string[]): Promise<Record<string, unknown[]>> => {
  const tables = ['issue', 'contact', 'consent', 'customer_note', 'file', 'credential', 'identity', 'customer_attribute', 'contact_routing', 'rating']
  const found: Record<string, unknown[]> = {}
  for (const table of tables)
    found[table] = (await sql<{ row: unknown }>(`select to_jsonb(t) - 'version' as row from ${table} t where customer_id = any($1::uuid[]) order by to_jsonb(t)::text`, [ids])).map(({ row }) => row)
  found.customer = (await sql<{ row: unknown }>(`select to_jsonb(c) - 'version' as row from customer c where id = any($1::uuid[]) order by id`, [ids])).map(({ row }) => row)
  return found
}

/** What one customer may have. Small alphabets, so that two have the same now and then. */
const belongings = fc.record({
  name: fc.option(fc.constantFrom('Марина', 'Тимур'), { nil: null }),
  language: fc.option(fc.constantFrom('ru', 'en'), { nil: null }),
  region: fc.constantFrom('unknown', 'Москва'),
  seenDaysAgo: fc.nat(400),
  attributes: fc.array(fc.tuple(fc.constantFrom('Тариф', 'Адрес'), fc.constantFrom('M', 'L')), { maxLength: 4 }),
  claims: fc.uniqueArray(fc.constantFrom('+79161234567', '+79161234568'), { maxLength: 2 }),
  notes: fc.nat(2),
  consents: fc.nat(2),
  tokens: fc.nat(2),
  /** Contacts of each issue. */
  issues: fc.array(fc.nat(2), { maxLength: 3 }),
  open: fc.uniqueArray(fc.constantFrom(0, 1), { maxLength: 2 }),
})
type Belongings = typeof belongings extends fc.Arbitrary<infer One> ? One : never

const make = async (has: Belongings, channels: readonly string[]): Promise<CustomerId> => {
  const id = randomUUID() as CustomerId
  const [agent] = await sql<{ id: string }>(`select id from agent where role = 'agent' limit 1`)
  const [queue] = await sql<{ id: string }>('select id from queue limit 1')
  await sql(`insert into customer (id, name, language, region, first_seen_at) values ($1, $2, $3, $4, now() - make_interval(days => $5))`, [id, has.name, has.language, has.region, has.seenDaysAgo])
  await sql(`insert into identity (customer_id, channel_account_id, kind, value, proof, created_at) values ($1::uuid, $2, 'visitor', $1::uuid::text, 'none', now())`, [id, channels[0]])
  for (const value of has.claims) await sql(`insert into identity (customer_id, kind, value, proof, claimed_by, created_at) values ($1, 'phone', $2, 'claimed', $3, now())`, [id, value, agent?.id])
  for (const [name, value] of has.attributes) await sql('insert into customer_attribute (id, customer_id, name, value, created_at) values (gen_random_uuid(), $1, $2, $3, now())', [id, name, value])
  for (let n = 0; n < has.notes; n++) await sql(`insert into customer_note (id, customer_id, agent_id, text, pinned, written_at) values (gen_random_uuid(), $1, $2, 'заметка', true, now())`, [id, agent?.id])
  for (let n = 0; n < has.consents; n++) await sql(`insert into consent (customer_id, channel_account_id, version, given_at) values ($1, $2, 'v', now())`, [id, channels[0]])
  for (let n = 0; n < has.tokens; n++)
    await sql(`insert into credential (hash, kind, customer_id, channel_account_id, created_at, expires_at, idle_until) values (sha256(gen_random_uuid()::text::bytea), 'visitor', $1, $2, now(), now() + interval '1 day', now() + interval '1 day')`, [id, channels[0]])
  const contact = async (issueId: string, channel: string, isOpen: boolean) => {
    const contactId = randomUUID()
    await sql(
      `insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, last_message_at, last_message_number, ended_at, closed_at, close_reason, final_routing_version)
       values ($1, $2, $3, $4, 'webChat', 'unknown', $5, now(), now(), 1, ${isOpen ? 'null, null, null, null' : `now(), now(), 'agentEnded', 3`})`,
      [contactId, issueId, id, channel, queue?.id],
    )
    if (isOpen) await sql(`insert into contact_routing (contact_id, state, queue_id, customer_id, channel_account_id, channel, arrived_at) values ($1, 'queued', $2, $3, $4, 'webChat', now())`, [contactId, queue?.id, id, channel])
    else await sql(`insert into rating (contact_id, customer_id, queue_id, score, comment, rated_at) values ($1, $2, $3, 5, 'хорошо', now())`, [contactId, id, queue?.id])
    await sql(`insert into file (id, customer_id, channel_account_id, name, type, bytes, sha256, received_bytes, received_sha256, uploaded_at) values (gen_random_uuid(), $1, $2, 'a.txt', 'text/plain', 1, sha256('a'), 1, sha256('a'), now())`, [id, channel])
  }
  const issue = async () => (await sql<{ id: string }>('insert into issue (id, customer_id, opened_at) values (gen_random_uuid(), $1, now()) returning id', [id]))[0]?.id ?? ''
  for (const count of has.issues) for (let issueId = await issue(), n = 0; n < count; n++) await contact(issueId, channels[n % 2] ?? '', false)
  for (const at of has.open) await contact(await issue(), channels[at] ?? '', true)
  return id
}

const makeChannels = async () => {
  await sql(`insert into channel_account (id, channel, name, queue_id, origins, language, accent, side, title, consent_text, consent_url)
    select gen_random_uuid(), channel, 'Второй', queue_id, origins, language, accent, side, title, consent_text, consent_url from channel_account limit 1`)
  return (await sql<{ id: string }>('select id from channel_account order by name')).map(({ id }) => id)
}
const someBoss = async () => ({ id: (await sql<{ id: AgentId }>(`select id from agent where role = 'supervisor' limit 1`))[0]?.id as AgentId, role: 'supervisor' as const, seesAll: true })

it('gives back every row exactly, on random histories, and refuses what cannot be', async () => {
  const channels = await makeChannels()
  const actor = await someBoss()
  // Nobody distributes what is made up here.
  await running.otklik.router.stop()
  const { deps } = running.otklik
  await fc.assert(
    fc.asyncProperty(belongings, belongings, async (mine, theirs) => {
      const [id, otherId] = [await make(mine, channels), await make(theirs, channels)]
      const before = await rowsOf([id, otherId])
      const mergeId = randomUUID() as MergeId
      const merged = await mergeCustomers(deps, { actor, customerId: id }, { mergeId, otherId })
      const clash = mine.open.some((at) => theirs.open.includes(at))
      expect(merged.ok ? 'merged' : merged.code).toBe(clash ? 'bothInConversation' : 'merged')
      if (!merged.ok) {
        expect(await rowsOf([id, otherId])).toEqual(before)
        return
      }
      // Nothing is lost and nothing is left, but for what the survivor has just the same.
      expect(merged.value.contactCount).toBe(mine.issues.concat(theirs.issues).reduce((sum, count) => sum + count, 0) + mine.open.length + theirs.open.length)
      expect(new Set(merged.value.attributes.map(({ name, value }) => `${name}=${value}`))).toEqual(new Set([...mine.attributes, ...theirs.attributes].map((pair) => pair.join('='))))
      expect(merged.value.identities).toHaveLength(2 + new Set([...mine.claims, ...theirs.claims]).size)
      const left = await rowsOf([otherId])
      expect(Object.entries(left).filter(([table, rows]) => rows.length > 0 && !['customer', 'identity', 'customer_attribute'].includes(table))).toEqual([])
      expect(await mergeCustomers(deps, { actor, customerId: id }, { mergeId, otherId }), 'the same request again').toMatchObject({ ok: true })
      expect(await mergeCustomers(deps, { actor, customerId: otherId }, { mergeId: randomUUID() as MergeId, otherId: id })).toMatchObject({ ok: false, code: 'alreadyMerged' })

      const undone = await undoMerge(deps, { actor, customerId: id }, mergeId)
      expect(undone.ok).toBe(true)
      expect(await rowsOf([id, otherId])).toEqual(before)
      expect(await undoMerge(deps, { actor, customerId: id }, mergeId), 'undone twice').toMatchObject({ ok: true })
      expect(await rowsOf([id, otherId])).toEqual(before)
    }),
    { seed: 20_261_122, numRuns: 60 },
  )
  await sql('delete from contact_routing')
}, 120_000)

it('undoes merges of merges in their order only, and none after thirty days', async () => {
  const channels = await makeChannels()
  const actor = await someBoss()
  await running.otklik.router.stop()
  const { deps } = running.otklik
  const plain: Belongings = { name: null, language: null, region: 'unknown', seenDaysAgo: 1, attributes: [['Тариф', 'M']], claims: [], notes: 1, consents: 1, tokens: 1, issues: [1], open: [] }
  const [a, b, c] = [await make(plain, channels), await make({ ...plain, name: 'Тимур' }, channels), await make({ ...plain, attributes: [['Адрес', 'L']] }, channels)]
  const before = await rowsOf([a, b, c])
  const merge = async (customerId: CustomerId, otherId: CustomerId) => {
    const mergeId = randomUUID() as MergeId
    expect(await mergeCustomers(deps, { actor, customerId }, { mergeId, otherId })).toMatchObject({ ok: true })
    return mergeId
  }
  const first = await merge(a, b)
  const second = await merge(c, a)
  expect(await undoMerge(deps, { actor, customerId: a }, first)).toMatchObject({ ok: false, code: 'laterMergeFirst' })
  expect(await undoMerge(deps, { actor, customerId: c }, second)).toMatchObject({ ok: true })
  expect(await undoMerge(deps, { actor, customerId: a }, first)).toMatchObject({ ok: true })
  expect(await rowsOf([a, b, c])).toEqual(before)
  const third = await merge(a, b)
  ahead = 31 * 86_400_000
  expect(await undoMerge(deps, { actor, customerId: a }, third)).toMatchObject({ ok: false, code: 'mergeTooOld' })
})

const talk = async (agent: AgentClient, words: string) => {
  const visitor = await running.visitor()
  const { contactId } = await visitor.send(words)
  const contact = await agent.until('the contact', () => [...agent.state.contacts.values()].find(({ id, offer }) => id === contactId && offer))
  await agent.accept(contact)
  return { visitor, contactId, id: contact.customer.id }
}
const finish = async (client: AgentClient, contactId: string) => {
  const { dispositions } = await client.api.call(routes.catalogue, {})
  await client.api.call(routes.finishContact, { params: { id: contactId }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
}

it('keeps the page of the merged one at work: it goes on as the survivor, and is its own again afterwards', async () => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const first = await talk(anna, 'Я Марина')
  await finish(anna, first.contactId)
  const second = await talk(anna, 'Я тоже Марина')
  const params = { id: first.id, otherId: second.id }
  const preview = await anna.api.call(routes.previewMerge, { params })
  expect(preview).toMatchObject({ counts: { contacts: 2, issues: 2 }, sharesChat: true, obstacle: null })
  const mergeId = randomUUID()
  await anna.api.call(routes.mergeCustomers, { params, body: { mergeId } })
  await anna.until('the contact of the survivor', () => anna.state.contacts.get(second.contactId)?.customer.id === first.id)
  await second.visitor.until('coming back', () => second.visitor.state.welcomes.length > 1)
  const goesOn = await second.visitor.send('Пишу дальше')
  expect(goesOn.contactId).toBe(second.contactId)
  await anna.until('the words', () => anna.state.contacts.get(second.contactId)?.lastMessage?.text === 'Пишу дальше')
  expect((await boss.api.call(routes.customer, { params: { id: second.id } })).id, 'the old address leads to the survivor').toBe(first.id)

  await anna.api.call(routes.undoMerge, { params: { id: first.id, mergeId } })
  await anna.until('the contact of its own customer', () => anna.state.contacts.get(second.contactId)?.customer.id === second.id)
  await second.visitor.until('coming back', () => second.visitor.state.welcomes.length > 2)
  expect((await second.visitor.send('И снова я')).contactId).toBe(second.contactId)
  expect(await sql(`select kind from event where kind like 'customer.merge%' order by id`)).toEqual([{ kind: 'customer.merged' }, { kind: 'customer.mergeUndone' }])
})

it('takes what a page sends in the very moment to the survivor, and what begins later in an issue goes with it', async () => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const [first, second] = [await talk(anna, 'Первый'), await talk(anna, 'Второй')]
  for (const { contactId } of [first, second]) await finish(anna, contactId)
  const mergeId = randomUUID()
  await boss.api.call(routes.mergeCustomers, { params: { id: first.id, otherId: second.id }, body: { mergeId } })
  // As a server does that has not heard of the merge yet.
  const visitor = { customerId: second.id, visitorId: second.id, channelAccountId: running.channelId as never }
  const outcome = await recordVisitorMessage(running.otklik.deps, visitor, { id: randomUUID() as never, text: 'Ещё', page: undefined }, true)
  expect(outcome.ok).toBe(true)
  const contactId = outcome.ok ? outcome.value.contactId : ''
  expect(await sql('select customer_id from contact where id = $1', [contactId])).toEqual([{ customer_id: first.id }])
  await boss.api.call(routes.undoMerge, { params: { id: first.id, mergeId } })
  expect(await strays()).toEqual([])
})

/** Rows that say another customer than what they belong to. */
const strays = () =>
  sql(`select 'contact' from contact c join issue i on i.id = c.issue_id where i.customer_id <> c.customer_id
    union all select 'routing' from contact_routing r join contact c on c.id = r.contact_id where r.customer_id <> c.customer_id
    union all select 'file' from file f join message m on m.id = f.message_id join contact c on c.id = m.contact_id where f.customer_id <> c.customer_id
    union all select 'rating' from rating r join contact c on c.id = r.contact_id where r.customer_id <> c.customer_id`)
const longAgo = () => sql(`update issue set opened_at = opened_at - interval '3 days', closed_at = closed_at - interval '3 days'`)

it.each(['within a day', 'later'])('leaves to each of two what they have written since they were taken for one, and the answers to it: %s', async (when) => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const [first, second] = [await talk(anna, 'Первый'), await talk(anna, 'Второй')]
  for (const { contactId } of [first, second]) await finish(anna, contactId)
  const mergeId = randomUUID()
  await boss.api.call(routes.mergeCustomers, { params: { id: first.id, otherId: second.id }, body: { mergeId } })
  if (when === 'later') await longAgo()
  await second.visitor.until('coming back', () => second.visitor.state.welcomes.length > 1)
  const writeAgain = async ({ visitor }: typeof first, words: string) => {
    const fileId = randomUUID()
    await visitor.fetch(`files/${fileId}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', 'X-File-Name': 'a.txt' }, body: words })
    const { contactId } = await visitor.send(words, randomUUID(), undefined, [fileId])
    await anna.accept(await anna.until('the contact', () => [...anna.state.contacts.values()].find(({ id, offer }) => id === contactId && offer)))
    await anna.say({ id: contactId }, `Ответ: ${words}`)
    await finish(anna, contactId)
  }
  await writeAgain(first, 'Тайна первого')
  await writeAgain(second, 'Тайна второго')
  await boss.api.call(routes.undoMerge, { params: { id: first.id, mergeId } })
  expect(await strays()).toEqual([])

  for (const [{ id, visitor }, own, others] of [[first, 'первого', 'второго'], [second, 'второго', 'первого']] as const) {
    const again = await createVisitorClient({ url: running.url, origin: running.origin, channelId: running.channelId, token: visitor.token })
    await again.until('the state', () => again.state.chat)
    expect(again.texts()).toEqual(expect.arrayContaining([`Тайна ${own}`, `Ответ: Тайна ${own}`]))
    expect(again.texts().join()).not.toContain(others)
    again.close()
    expect((await boss.api.call(routes.customerContacts, { params: { id }, query: {} })).items.map(({ firstWords }) => firstWords)).toEqual([`Тайна ${own}`, expect.any(String)])
    expect(await sql('select from issue where visitor_id is not null')).toEqual([])
  }
})

it('gives back what was written as the survivor of the survivor, in the order of the undoing', async () => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const people = [await talk(anna, 'А'), await talk(anna, 'Б'), await talk(anna, 'В')] as const
  for (const { contactId } of people) await finish(anna, contactId)
  const [a, b, c] = people
  const merges = [randomUUID(), randomUUID()] as const
  await boss.api.call(routes.mergeCustomers, { params: { id: a.id, otherId: b.id }, body: { mergeId: merges[0] } })
  await boss.api.call(routes.mergeCustomers, { params: { id: c.id, otherId: a.id }, body: { mergeId: merges[1] } })
  await longAgo()
  const { contactId } = await b.visitor.send('Я Б')
  const owner = async () => (await sql<{ id: string }>('select customer_id as id from contact where id = $1', [contactId]))[0]?.id
  expect(await owner()).toBe(c.id)
  await boss.api.call(routes.undoMerge, { params: { id: c.id, mergeId: merges[1] } })
  expect(await owner()).toBe(a.id)
  await boss.api.call(routes.undoMerge, { params: { id: a.id, mergeId: merges[0] } })
  expect(await owner()).toBe(b.id)
  expect(await strays()).toEqual([])
})

it('takes what the page of the merged one sends in the very moment of the undoing to their own, and never into a chat of the survivor', async () => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const [first, second] = [await talk(anna, 'Первый'), await talk(anna, 'Второй')]
  for (const { contactId } of [first, second]) await finish(anna, contactId)
  const mergeId = randomUUID()
  await boss.api.call(routes.mergeCustomers, { params: { id: first.id, otherId: second.id }, body: { mergeId } })
  await boss.api.call(routes.undoMerge, { params: { id: first.id, mergeId } })
  const open = await first.visitor.send('Снова первый')
  // As a server does that has not heard of the undoing yet.
  const visitor = { customerId: first.id, visitorId: second.id, channelAccountId: running.channelId as never }
  for (const expectsNew of [true, false]) {
    const outcome = await recordVisitorMessage(running.otklik.deps, visitor, { id: randomUUID() as never, text: 'Снова второй', page: undefined }, expectsNew)
    const contactId = outcome.ok ? outcome.value.contactId : ''
    expect(contactId).not.toBe(open.contactId)
    expect(await sql('select customer_id from contact where id = $1', [contactId])).toEqual([{ customer_id: second.id }])
  }
})

it('shows an open page what belongs to its visitor by now: of both while they are one, no word of the other one’s afterwards', async () => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const [first, second] = [await talk(anna, 'Тайна первого'), await talk(anna, 'Тайна второго')]
  await finish(anna, first.contactId)
  const mergeId = randomUUID()
  await boss.api.call(routes.mergeCustomers, { params: { id: first.id, otherId: second.id }, body: { mergeId } })
  await second.visitor.until('both', () => second.visitor.texts().join().includes('первого') && second.visitor.texts().join().includes('второго'))
  expect(first.visitor.state.welcomes, 'the page of the survivor goes on').toEqual([false])
  await boss.api.call(routes.undoMerge, { params: { id: first.id, mergeId } })
  await first.visitor.until('coming back', () => first.visitor.state.welcomes.length === 2)
  await second.visitor.until('coming back', () => second.visitor.state.welcomes.length === 3)
  for (const [{ visitor }, own, others] of [[first, 'первого', 'второго'], [second, 'второго', 'первого']] as const) {
    expect(visitor.state.welcomes.at(-1)).toBe(false)
    await visitor.until('the state', () => visitor.texts().join().includes(own) && !visitor.texts().join().includes(others))
  }
  // Who came back before this server had heard of it is looked at anew, too.
  const { hub, database: own } = running.otklik
  hub.follow((await own.reader.named<EventRow>('undone', `select tx::text, id::text, at, kind, payload from event where kind = 'customer.mergeUndone'`, [])).map(eventOf))
  await second.visitor.until('coming back', () => second.visitor.state.welcomes.length === 4)
})

it('begins no contact in an issue that is given back at this very moment', async () => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const [first, second] = [await talk(anna, 'Первый'), await talk(anna, 'Второй')]
  for (const { contactId } of [first, second]) await finish(anna, contactId)
  const mergeId = randomUUID() as MergeId
  await boss.api.call(routes.mergeCustomers, { params: { id: first.id, otherId: second.id }, body: { mergeId } })
  // As one that was begun before it was kept whose visitor's it is.
  await sql('update issue set visitor_id = null')
  const { deps, database: own } = running.otklik
  let [told, commit] = [(): void => undefined, (): void => undefined]
  const [holdsAll, allowed] = [new Promise<void>((resolve) => (told = resolve)), new Promise<void>((resolve) => (commit = resolve))]
  const slow: typeof deps = {
    ...deps,
    transaction: (work) =>
      deps.transaction(async (tx) => {
        const result = await work(tx)
        told()
        await allowed
        return result
      }),
  }
  const waiting = async () => (await own.pool.query<{ count: number }>(`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows[0]?.count
  const undone = undoMerge(slow, { actor: await someBoss(), customerId: first.id }, mergeId)
  await holdsAll
  const written = recordVisitorMessage(deps, { customerId: first.id, visitorId: first.id, channelAccountId: running.channelId as never }, { id: randomUUID() as never, text: 'Ещё', page: undefined }, true)
  await expect.poll(waiting).toBe(1)
  commit()
  expect([(await undone).ok, (await written).ok]).toEqual([true, true])
  expect(await strays()).toEqual([])
  expect((await boss.api.call(routes.customerContacts, { params: { id: first.id }, query: {} })).items.map(({ firstWords }) => firstWords)).toEqual(['Ещё', 'Первый'])
})

it('lets no contact stand with another customer than its issue', async () => {
  const first = await (await running.visitor()).send('Первый')
  await (await running.visitor()).send('Второй')
  await expect(sql('update contact c set customer_id = other.customer_id from contact other where c.id = $1 and other.id <> $1', [first.contactId])).rejects.toThrow('contact_issue_of_customer')
})

it('is refused for cards that are closed to the agent, for one of two that is blocked, and for both in one chat', async () => {
  const [anna, glen, boss] = await Promise.all(['agent1', 'agent2', 'agent3'].map((name) => running.agent(`${name}@sample.example`))) as [AgentClient, AgentClient, AgentClient]
  await anna.available()
  const [first, second] = [await talk(anna, 'Первый'), await talk(anna, 'Второй')]
  const merge = (client: AgentClient) => refusal(client.api.call(routes.mergeCustomers, { params: { id: first.id, otherId: second.id }, body: { mergeId: randomUUID() } }))
  expect(await merge(glen)).toBe('notFound')
  expect(await merge(boss)).toBe('bothInConversation')
  expect((await boss.api.call(routes.previewMerge, { params: { id: first.id, otherId: second.id } })).obstacle).toBe('bothInConversation')
  await boss.api.call(routes.blockCustomer, { params: { id: second.id }, body: { blocked: true } })
  expect(await merge(boss)).toBe('oneIsBlocked')
  await boss.api.call(routes.blockCustomer, { params: { id: second.id }, body: { blocked: false } })
  await finish(anna, second.contactId)
  expect(await merge(anna)).toBe('done')
})

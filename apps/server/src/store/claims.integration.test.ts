import { randomUUID } from 'node:crypto'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { openTestDatabase } from '@otklik/testing/database'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { claimContacts, type Claim } from './claims.ts'
import { openDatabase, type Database } from './database.ts'
import { acquireLease, fenceLease, isLeaseHeld, releaseLease, renewLease } from './lease.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
let database: Database
let epoch: number
const holder = randomUUID()
const ids = { queue: randomUUID(), account: randomUUID() }

beforeAll(async () => {
  test = await openTestDatabase()
  database = openDatabase({ url: test.url, connections: 8, applicationName: 'test', onCommit: () => undefined, onIdleError: () => undefined })
  await database.pool.query(
    `insert into queue (id, name, line, priority, target_seconds, offer_seconds, wrap_up_seconds, away_minutes, silence_minutes)
     values ('${ids.queue}', 'Очередь', 1, 3, 20, 20, 60, 10, 10);
     insert into channel_account values ('${ids.account}', 'webChat', 'Чат', '${ids.queue}', '{}', 'ru', '#000000', 'right', 'Чат', 'да', '')`,
  )
})
afterAll(async () => {
  await database.close()
  await test.close()
})
beforeEach(async () => {
  await database.pool.query(`update router_lease set expires_at = '-infinity'`)
  epoch = (await acquireLease(database.reader, holder)) ?? 0
  // Nobody renews it here, and a busy machine may take longer than it lasts.
  await database.pool.query(`update router_lease set expires_at = clock_timestamp() + interval '1 hour'`)
})

const addAgent = async (maxChats = 1): Promise<AgentId> => {
  const id = randomUUID() as AgentId
  await database.pool.query(
    `insert into agent (id, name, email, role, language, serves, max_chats, max_total, created_at)
     values ($1::uuid, 'Агент', $1::uuid::text || '@sample.example', 'agent', 'ru', '{ru}', $2, $2, now())`,
    [id, maxChats],
  )
  await database.pool.query(`insert into agent_capacity (agent_id, state, max_chat, max_total) values ($1::uuid, 'available', $2, $2)`, [id, maxChats])
  return id
}
const addContact = async (): Promise<ContactId> => {
  const id = randomUUID() as ContactId
  await database.pool.query(
    `with c as (insert into customer (id, first_seen_at) values (gen_random_uuid(), now()) returning id),
     i as (insert into issue (id, customer_id, opened_at) select gen_random_uuid(), id, now() from c returning id, customer_id),
     k as (insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, last_message_at, last_message_number)
       select $1::uuid, id, customer_id, $2::uuid, 'webChat', 'unknown', $3::uuid, now(), now(), 0 from i)
     insert into contact_routing (contact_id, state, queue_id, customer_id, channel_account_id, channel, arrived_at)
     select $1::uuid, 'queued', $3::uuid, customer_id, $2::uuid, 'webChat', now() from i`,
    [id, ids.account, ids.queue],
  )
  return id
}
const claim = (contactId: ContactId, agentId: AgentId, versions: Partial<Pick<Claim, 'contactVersion' | 'agentVersion'>> = {}): Claim => ({
  contactId,
  agentId,
  contactVersion: 1,
  agentVersion: 1,
  offerId: randomUUID(),
  expiresAt: new Date(Date.now() + 20_000),
  trace: { rule: 'arrival' },
  ...versions,
})
const won = async (claims: readonly Claim[], under = epoch): Promise<string[]> =>
  (await claimContacts(database.reader, under, claims, new Date())).map((event) => (event.kind === 'contact.offered' ? event.payload.contactId : ''))

it('wins pairs whose rows are as they were believed, and costs the others nothing', async () => {
  const [a, b, c] = [await addAgent(), await addAgent(), await addAgent()]
  const [x, y, z] = [await addContact(), await addContact(), await addContact()]
  expect(await won([claim(x, a), claim(y, b, { contactVersion: 7 }), claim(z, c, { agentVersion: 7 })])).toEqual([x])
  expect(await won([claim(y, b), claim(z, c)])).toHaveLength(2)
  const { rows } = await database.pool.query(`select agent_id, version, pending from agent_capacity where agent_id = $1`, [a])
  expect(rows).toEqual([{ agent_id: a, version: 2, pending: 1 }])
})

it('gives a contact to one agent and an agent one offer, whoever claims at once', async () => {
  const agents = await Promise.all(Array.from({ length: 6 }, () => addAgent()))
  const contacts = await Promise.all(Array.from({ length: 6 }, addContact))
  const rounds = await Promise.all(
    Array.from({ length: 6 }, (_, turn) => won(contacts.map((contact, place) => claim(contact, agents[(place + turn) % 6] as AgentId)))),
  )
  const all = rounds.flat()
  expect(new Set(all).size).toBe(all.length)
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from contact_routing where contact_id = any($1) and state = 'offered' group by agent_id`,
    [contacts],
  )
  expect(rows.every((row) => row.n === 1)).toBe(true)
  expect(rows).toHaveLength(all.length)
})

it('never exceeds what an agent takes', async () => {
  const agent = await addAgent(1)
  await database.pool.query('update agent_capacity set chat = 1 where agent_id = $1', [agent])
  expect(await won([claim(await addContact(), agent)])).toEqual([])
  await expect(database.pool.query('update agent_capacity set chat = 2 where agent_id = $1', [agent])).rejects.toMatchObject({ code: '23514' })
})

it('asks nobody who is away or has an offer', async () => {
  const [away, busy] = [await addAgent(), await addAgent(3)]
  await database.pool.query(`update agent_capacity set state = 'notReady' where agent_id = $1`, [away])
  expect(await won([claim(await addContact(), busy)])).toHaveLength(1)
  expect(await won([claim(await addContact(), away), claim(await addContact(), busy, { agentVersion: 2 })])).toEqual([])
})

it('writes nothing under an epoch that was lost or has expired', async () => {
  const agent = await addAgent()
  const contact = await addContact()
  expect(await won([claim(contact, agent)], epoch - 1)).toEqual([])
  await database.pool.query(`update router_lease set expires_at = clock_timestamp() - interval '1 second'`)
  expect(await won([claim(contact, agent)])).toEqual([])
  expect(await fenceLease(database.reader, epoch)).toBe(false)
})

it('has one leader at a time, who can be followed when the lease ends', async () => {
  expect(await acquireLease(database.reader, randomUUID())).toBeUndefined()
  expect(await renewLease(database.reader, holder, epoch)).toBe(true)
  expect(await isLeaseHeld(database.reader)).toBe(true)
  await releaseLease(database.reader, holder, epoch)
  expect(await isLeaseHeld(database.reader)).toBe(false)
  expect(await acquireLease(database.reader, randomUUID())).toBe(epoch + 1)
  expect(await renewLease(database.reader, holder, epoch)).toBe(false)
})

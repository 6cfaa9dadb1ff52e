/**
 * After an erasure the person is nowhere: a canary in every field and channel, then not one trace of it in any table, file
 * or line of the log, and a restored database brings nobody back. And what retention leaves.
 */
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { routes } from '@otklik/contract/routes'
import type { ChannelAccountId, CustomerId, FileId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { createVisitorClient, type VisitorClient } from '@otklik/testing/visitor-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordUpload } from './actions/attach-files.ts'
import { rateVisit } from './actions/end-visit.ts'
import { eraseCustomer, reapplyErasures } from './actions/erase-customer.ts'
import { createErasureLedger } from './erasure-ledger.ts'
import { createDisk } from './files/disk.ts'
import { collectWords } from './jobs/collect-words.ts'
import { finishErasures } from './jobs/finish-erasures.ts'
import { forgetFiles } from './jobs/forget-files.ts'
import { forgetWords } from './jobs/forget-words.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let ahead = 0
let logged = ''
beforeEach(async () => {
  ahead = 0
  logged = ''
  database = await openTestDatabase()
  const log = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged += chunk.toString()
      done()
    },
  })
  running = await runOtklik(database.url, { now: () => new Date(Date.now() + ahead), log })
})
afterEach(async () => {
  await running.close()
  await database.close()
})

const canary = 'канарейка'
const latin = 'canarybird'
const digits = '79165550142'
// Words are kept as they are searched, too: without their ends.
const traces = [canary.slice(0, -1), latin, digits]
const sql = async <Row>(text: string, values: unknown[] = []) => (await running.otklik.database.pool.query(text, values)).rows as Row[]
const refusal = (work: Promise<unknown>) => work.then(() => 'done', (error: { problem?: { code: string } }) => error.problem?.code)
const jobs = () => ({ deps: running.otklik.deps, reader: running.otklik.database.reader, disk: createDisk(join(running.dataFolder, 'files')) })
const ledger = () => createErasureLedger(join(running.dataFolder, 'erased'))

/** Every column of every table that can hold words, those of the jobs included; tsvectors and bytes as their text. */
const findInTables = async (): Promise<string[]> => {
  const columns = await sql<{ schema: string; table: string; column: string }>(
    `select c.table_schema as schema, c.table_name as "table", c.column_name as "column"
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
       and (c.data_type in ('text', 'character varying', 'json', 'jsonb', 'tsvector', 'bytea', 'ARRAY') or c.udt_name = 'citext')`,
  )
  expect(columns.length).toBeGreaterThan(80)
  const found: string[] = []
  for (const { schema, table, column } of columns) {
    const [row] = await sql<{ hits: number }>(
      `select count(*)::int as hits from "${schema}"."${table}" where "${column}"::text ilike any($1::text[]) or "${column}"::text like any($2::text[])`,
      [traces.map((trace) => `%${trace}%`), traces.map((trace) => `%${Buffer.from(trace).toString('hex')}%`)],
    )
    if (row && row.hits > 0) found.push(`${schema}.${table}.${column}`)
  }
  return found
}
const findOnDisk = async (): Promise<string[]> => {
  const entries = await readdir(running.dataFolder, { recursive: true, withFileTypes: true })
  const found = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = await readFile(path)
      return traces.some((trace) => bytes.includes(trace) || path.includes(trace)) ? [path] : []
    }),
  )
  return found.flat()
}

const upload = async (client: Pick<AgentClient | VisitorClient, 'fetch'>, path: string, name: string, text: string) => {
  const answer = await client.fetch(path, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(name) }, body: text })
  expect(answer.status).toBe(200)
}
const accept = async (agent: AgentClient, contactId: string) => {
  const contact = await agent.until('the contact', () => [...agent.state.contacts.values()].find(({ id, offer }) => id === contactId && offer))
  await agent.accept(contact)
  return contact.customer.id
}
const finish = async (client: AgentClient, contactId: string, note = '') => {
  const { dispositions } = await client.api.call(routes.catalogue, {})
  await client.api.call(routes.endContact, { params: { id: contactId } })
  await client.api.call(routes.finishContact, { params: { id: contactId }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note } })
}

/** The canary sits in everything that a customer or an agent can write about the person. */
const plant = async (anna: AgentClient): Promise<{ id: CustomerId; visitor: VisitorClient; contactId: string }> => {
  const visitor = await running.visitor()
  const fileId = randomUUID()
  await upload(visitor, `files/${fileId}`, `${canary}.txt`, `Внутри файла ${canary}`)
  await upload(visitor, `files/${randomUUID()}`, `${canary}-2.txt`, `Не отправлен: ${canary}`)
  const { contactId } = await visitor.send(`Я ${canary}, ${latin}@mail.example, +${digits}`, randomUUID(), undefined, [fileId])
  const id = await accept(anna, contactId)
  await sql(`update contact set page_url = $2, page_title = $3 where id = $1`, [contactId, `https://shop.example/?q=${latin}`, `Корзина: ${canary}`])
  // By hand, so that the answers are kept for a repeated request.
  const keyed = (method: string, path: string, body: unknown) =>
    anna.fetch(path, { method, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }, body: JSON.stringify(body) })
  expect((await keyed('PUT', `/customers/${id}/name`, { name: `Иван ${canary}`, version: 1 })).status).toBe(200)
  expect((await keyed('POST', `/contacts/${contactId}/messages`, { id: randomUUID(), visibility: 'public', text: `Здравствуйте, ${canary}!` })).status).toBe(200)
  expect((await keyed('POST', `/contacts/${contactId}/messages`, { id: randomUUID(), visibility: 'note', text: `Заметка: ${canary}` })).status).toBe(200)
  expect((await keyed('PUT', `/customers/${id}/notes/${randomUUID()}`, { text: `О человеке: ${canary}`, pinned: true, version: 0 })).status).toBe(200)
  expect((await keyed('PUT', `/customers/${id}/attributes/${randomUUID()}`, { name: `Имя ${canary}`, value: latin, version: 0 })).status).toBe(200)
  for (const claim of [{ kind: 'phone', value: `+${digits}` }, { kind: 'email', value: `${latin}@mail.example` }])
    expect((await keyed('POST', `/customers/${id}/identities`, { id: randomUUID(), ...claim })).status).toBe(200)
  expect((await keyed('PUT', `/contacts/${contactId}/draft`, { reply: `Не отправлено: ${canary}`, note: canary, wrapUp: canary })).status).toBe(200)
  await upload(anna, `/files/${fileId.replace(/^.{8}/, '00000000')}`, `Договор ${canary}.txt`, `Для клиента ${canary}`)
  await keyed('POST', `/contacts/${contactId}/messages`, { id: randomUUID(), visibility: 'public', text: '', fileIds: [fileId.replace(/^.{8}/, '00000000')] })
  return { id, visitor, contactId }
}

/** More contacts than are forgotten in one transaction, closed long ago, each with a word. */
const fill = (contactId: string, word: string) =>
  sql(
    `with made as (
       insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, last_message_at, last_message_number, ended_at, closed_at, close_reason, final_routing_version)
       select gen_random_uuid(), issue_id, customer_id, channel_account_id, channel, region, queue_id, t, t, 1, t, t, 'agentEnded', 2 from contact, (select now() - interval '40 days' as t) old, generate_series(1, 120) where id = $1 returning id)
     insert into message (id, contact_id, number, author, visibility, parts, sent_at) select gen_random_uuid(), id, 1, 'customer', 'public', jsonb_build_array(jsonb_build_object('kind', 'text', 'text', $2::text)), now() from made`,
    [contactId, word],
  )

/** The person is gone, the words are not: the server is killed between the two. */
const breakOff = async (client: AgentClient, customerId: CustomerId) => {
  const { deps } = running.otklik
  let transactions = 0
  const dying = { ...deps, transaction: ((work) => (++transactions > 1 ? Promise.reject(new Error('killed')) : deps.transaction(work))) as typeof deps.transaction }
  const [row] = await sql<{ number: string }>('select number::text from customer where id = $1', [customerId])
  const actor = { id: client.id, role: 'administrator' as const, seesAll: true }
  await expect(eraseCustomer(dying, ledger(), { actor, customerId }, Number(row?.number))).rejects.toThrow('killed')
  expect(await findInTables()).toContain('public.message.parts')
}

it('leaves no trace of the person: not in a table, a file, a line of the log, nor in a restored database', async () => {
  const [anna, boss, keeper] = (await Promise.all(['agent1', 'agent3', 'administrator'].map((name) => running.agent(`${name}@sample.example`)))) as [AgentClient, AgentClient, AgentClient]
  await anna.available()
  const { id, visitor, contactId } = await plant(anna)
  visitor.frame({ t: 'rate', contactId: contactId as never, score: 5, comment: canary })
  await finish(anna, contactId, `Итог: ${canary}`)
  await visitor.until('the end', () => visitor.state.chat?.state === 'ended')
  visitor.frame({ t: 'rate', contactId: contactId as never, score: 5, comment: `Спасибо, ${canary}` })
  await visitor.until('the rating', () => visitor.state.chat?.rating === 5)
  // The same person once more, found to be one; and a second visit that is still going on, with a draft at the agent's.
  const other = await plant(anna)
  await boss.api.call(routes.mergeCustomers, { params: { id, otherId: other.id }, body: { mergeId: randomUUID() } })
  await boss.api.call(routes.findCustomers, { body: { query: canary } })
  await boss.api.call(routes.findWords, { body: { query: canary } })
  await boss.api.call(routes.exportCustomer, { params: { id } })
  expect(await refusal(anna.fetch(`/customers/find`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: `{"query":"${canary}",` }))).toBe('done')

  await running.readableLog()
  await collectWords(jobs())
  const planted = await findInTables()
  for (const column of [
    'public.customer.name', 'public.message.parts', 'public.identity.value', 'public.customer_attribute.name', 'public.customer_attribute.value', 'public.customer_note.text',
    'public.contact.page_url', 'public.contact.page_title', 'public.rating.comment', 'public.file.name', 'public.idempotency.result', 'public.customer_merge.fields_before', 'public.said_word.word', 'public.name_word.word',
  ]) expect(planted, column).toContain(column)
  expect((await findOnDisk()).length).toBeGreaterThan(0)
  const figures = async () => sql(`select count(*)::int as contacts, count(closed_at)::int as closed, (select count(*)::int from segment) as segments, (select sum(score)::int from rating) as score from contact`)
  const [before] = await figures()

  const { number } = await boss.api.call(routes.customer, { params: { id } })
  const erase = (client: AgentClient, typed: number) => refusal(client.api.call(routes.eraseCustomer, { params: { id }, body: { number: typed } }))
  expect(await erase(boss, number)).toBe('notAllowed')
  expect(await erase(keeper, number + 1)).toBe('numberMismatch')
  const snapshot = await sql<{ id: string; name: string }>('select id, name from customer where id = any($1::uuid[])', [[id, other.id]])
  expect(await erase(keeper, number)).toBe('done')
  await forgetFiles(jobs())

  expect(await findInTables()).toEqual([])
  expect(await findOnDisk()).toEqual([])
  for (const trace of traces) expect(logged).not.toContain(trace)
  expect(logged).toContain('/customers/:id/erase')
  expect(await figures(), 'the open contact was closed, nothing else changed').toEqual([{ ...(before as object), closed: 2 }])

  await other.visitor.until('goodbye', () => other.visitor.state.bye === 'visitorUnknown')
  await anna.until('the contact to be gone', () => !anna.state.contacts.has(other.contactId))
  for (const one of [visitor, other.visitor]) {
    const again = await createVisitorClient({ url: running.url, origin: running.origin, channelId: running.channelId, token: one.token })
    expect(again.state.bye).toBe('visitorUnknown')
    again.close()
  }
  for (const gone of [id, other.id]) expect(await refusal(boss.api.call(routes.customer, { params: { id: gone } }))).toBe('notFound')
  expect(await erase(keeper, number), 'there is nobody any more').toBe('notFound')
  expect((await boss.api.call(routes.messages, { params: { id: contactId } })).items.filter(({ parts: [part] }) => part?.kind !== 'notice').map(({ parts }) => parts)).toEqual(
    Array.from({ length: 5 }, () => [{ kind: 'text', text: '' }]),
  )

  // A backup of before comes back: the database knows nothing of the erasure, the ledger does.
  for (const { id: back, name } of snapshot) {
    await sql('delete from erasure where customer_id = $1', [back])
    await sql('update customer set name = $2, erased_at = null where id = $1', [back, name])
  }
  await sql('update customer set merged_into = null where id = $1', [other.id])
  await sql(`insert into identity (customer_id, kind, value, proof, claimed_by, created_at) values ($1, 'email', $2, 'claimed', $3, now())`, [id, `${latin}@mail.example`, anna.id])
  await sql(`update message set parts = $2 where contact_id = $1 and author = 'customer'`, [contactId, JSON.stringify([{ kind: 'text', text: canary }])])
  await sql('update contact set forgotten_at = null where id = $1', [contactId])
  expect((await findInTables()).sort()).toEqual(['public.customer.name', 'public.identity.value', 'public.message.parts', 'public.name_word.word'])
  expect(await reapplyErasures(running.otklik.deps, running.otklik.database.reader, ledger())).toBe(2)
  expect(await findInTables()).toEqual([])
  expect(await reapplyErasures(running.otklik.deps, running.otklik.database.reader, ledger()), 'once is enough').toBe(0)
}, 120_000)

it('goes on where a server ended in the middle', async () => {
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const { id, contactId } = await plant(anna)
  await finish(anna, contactId)
  await breakOff(anna, id)
  const { deps, database: own } = running.otklik
  expect(await reapplyErasures(deps, own.reader, ledger())).toBe(1)
  await forgetFiles(jobs())
  expect(await findInTables()).toEqual([])
})

it('leaves the name of nobody in what is kept of others whom they were taken for', async () => {
  const [anna, boss, keeper] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example'), running.agent('administrator@sample.example')])
  await anna.available()
  const people: CustomerId[] = []
  for (const words of ['первый', 'второй', 'третий']) {
    const { contactId } = await (await running.visitor()).send(words)
    people.push(await accept(anna, contactId))
    await finish(anna, contactId)
  }
  const [first, second, third] = people as [CustomerId, CustomerId, CustomerId]
  await anna.api.call(routes.nameCustomer, { params: { id: second }, body: { name: canary, version: 1 } })
  const [wrong, right] = [randomUUID(), randomUUID()]
  for (const [otherId, mergeId] of [[second, wrong], [third, right]] as const) await boss.api.call(routes.mergeCustomers, { params: { id: first, otherId }, body: { mergeId } })
  await boss.api.call(routes.undoMerge, { params: { id: first, mergeId: wrong } })
  const { number } = await boss.api.call(routes.customer, { params: { id: second } })
  expect(await findInTables()).toContain('public.customer_merge.fields_before')
  await keeper.api.call(routes.eraseCustomer, { params: { id: second }, body: { number } })
  expect(await findInTables()).toEqual([])
  // What stands can be undone as ever.
  await boss.api.call(routes.undoMerge, { params: { id: first, mergeId: right } })
})

it.each(['b', 'a', 'c', 'ab', 'bc', 'ac', 'abc'])('erases %s of three whom a restored backup has made one again, and nobody else', async (gone) => {
  const [anna, boss] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent3@sample.example')])
  await anna.available()
  const write = async (visitor: VisitorClient, words: string) => {
    const { contactId } = await visitor.send(words)
    const id = await accept(anna, contactId)
    await finish(anna, contactId)
    return id
  }
  const people = new Map<string, { id: CustomerId; visitor: VisitorClient }>()
  for (const name of 'abc') {
    const visitor = await running.visitor()
    people.set(name, { id: await write(visitor, `слова-${name}`), visitor })
  }
  const idOf = (name: string) => people.get(name)?.id as CustomerId
  // The others are called so, too, while they are taken for one.
  await anna.api.call(routes.nameCustomer, { params: { id: idOf('b') }, body: { name: 'Имя-b', version: 1 } })
  for (const [id, otherId] of [['a', 'b'], ['c', 'a']] as const) await boss.api.call(routes.mergeCustomers, { params: { id: idOf(id), otherId: idOf(otherId) }, body: { mergeId: randomUUID() } })
  for (const [name, { visitor }] of people) expect(await write(visitor, `ещё-${name}`)).toBe(idOf('c'))

  // What the backup does not know: the merges were undone, then somebody was erased.
  await ledger().note([...gone].map(idOf))
  expect(await reapplyErasures(running.otklik.deps, running.otklik.database.reader, ledger())).toBe(gone.length)
  const said = (await sql<{ words: string }>(`select parts -> 0 ->> 'text' as words from message where author = 'customer' order by sent_at`)).map(({ words }) => words)
  const own = (word: string) => [...'abc'].map((name) => (gone.includes(name) ? '' : `${word}-${name}`))
  expect(said).toEqual([...own('слова'), ...own('ещё')])
  expect((await sql<{ id: string }>('select id from customer where erased_at is not null order by number')).map(({ id }) => id)).toEqual([...gone].map(idOf))
  const named = (await sql<{ id: string }>('select id from customer where name is not null order by number')).map(({ id }) => id)
  expect(named).toEqual({ b: [], a: ['b'], c: ['a', 'b'], ab: [], bc: [], ac: ['b'], abc: [] }[gone]?.map(idOf))
  for (const [name, { visitor }] of people) {
    const again = await createVisitorClient({ url: running.url, origin: running.origin, channelId: running.channelId, token: visitor.token })
    await again.until('the state', () => again.state.chat ?? again.state.bye)
    expect(again.state.bye).toBe(gone.includes(name) ? 'visitorUnknown' : null)
    if (!gone.includes(name)) expect(again.texts()).toEqual(expect.arrayContaining([`слова-${name}`, `ещё-${name}`]))
    for (const other of gone) expect(again.texts().join()).not.toContain(`-${other}`)
    again.close()
  }
}, 60_000)

it('finishes an erasure that broke off, with nobody asking, also when two are at it', async () => {
  const anna = await running.agent('agent1@sample.example')
  await anna.available()
  const { id, contactId } = await plant(anna)
  await finish(anna, contactId)
  await fill(contactId, canary)
  await breakOff(anna, id)
  const completed = async () => (await sql<{ at: Date | null }>('select completed_at as at from erasure where customer_id = $1', [id]))[0]?.at
  await finishErasures(jobs())
  expect(await completed(), 'it is left to whoever has begun it').toBeNull()
  ahead = 120_000
  await Promise.all([finishErasures(jobs()), finishErasures(jobs())])
  await forgetFiles(jobs())
  expect(await findInTables()).toEqual([])
  expect(await completed()).not.toBeNull()

  // By the clock of the jobs, too.
  await fill(contactId, canary)
  await sql('update erasure set completed_at = null')
  await sql(`select graphile_worker.add_job('finishErasures')`)
  await expect.poll(completed).not.toBeNull()
  expect(await findInTables()).toEqual([])
})

it('notes ids in the ledger that only the database knows, and reads past half a line', async () => {
  const id = randomUUID()
  await sql('insert into erasure (customer_id, requested_at, completed_at) values ($1, now(), now())', [id])
  await reapplyErasures(running.otklik.deps, running.otklik.database.reader, ledger())
  expect(await ledger().read()).toEqual([id])
  const { appendFile } = await import('node:fs/promises')
  await appendFile(join(running.dataFolder, 'erased'), '0b9c')
  const next = randomUUID() as CustomerId
  await ledger().note([next])
  expect(await ledger().read()).toEqual([id, next])
})

describe('retention', () => {
  it('erases the words of contacts closed for longer, in pieces, and leaves the figures and everything younger', async () => {
    const [anna, keeper] = (await Promise.all(['agent1', 'administrator'].map((name) => running.agent(`${name}@sample.example`)))) as [AgentClient, AgentClient]
    await anna.available()
    const { contactId, id } = await plant(anna)
    await finish(anna, contactId)
    await fill(contactId, 'старые слова')
    const words = async () => (await sql<{ old: number; young: number }>(`select count(*) filter (where parts::text like '%старые%')::int as old, count(*) filter (where parts::text like '%${canary}%')::int as young from message`))[0]
    await forgetWords(jobs())
    expect(await words(), 'kept without limit').toMatchObject({ old: 120 })
    const company = await keeper.api.call(routes.company, {})
    expect(company.retentionDays).toBeNull()
    await keeper.api.call(routes.changeCompany, { body: { name: company.name, language: company.language, timeZone: company.timeZone, version: company.version, retentionDays: 30 } })
    await forgetWords(jobs())
    const left = await words()
    expect(left).toMatchObject({ old: 0 })
    expect(left?.young).toBeGreaterThan(0)
    expect((await sql(`select 1 from contact where closed_at is not null and forgotten_at is null`)).length).toBe(1)

    ahead = 31 * 86_400_000
    await forgetWords(jobs())
    await forgetFiles(jobs())
    expect(await words()).toEqual({ old: 0, young: 0 })
    expect(await findInTables(), 'what is known of the person stays').toEqual(expect.not.arrayContaining(['public.message.parts', 'public.contact.page_url', 'public.rating.comment', 'public.file.name']))
    expect((await sql('select name from customer where id = $1', [id]))[0]).toEqual({ name: `Иван ${canary}` })
    expect((await sql('select 1 from contact')).length).toBe(121)
  }, 60_000)
})

it('writes nothing more of somebody who was erased, though it was on its way', async () => {
  const { anna, visitor, contact } = await running.talk()
  await anna.say({ id: contact.id }, 'Готово')
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  const administrator = await running.agent('administrator@sample.example')
  const { customer } = await anna.api.call(routes.contact, { params: { id: contact.id } })
  const [channel] = await sql<{ id: ChannelAccountId }>('select id from channel_account')
  const own = { customerId: customer.id, channelAccountId: channel?.id as ChannelAccountId }
  await visitor.until('the end', () => visitor.state.chat?.state === 'ended')
  const rate = () => rateVisit(running.otklik.deps, own, { contactId: contact.id, score: 5, comment: canary })
  ahead = 25 * 3_600_000
  expect(await rate(), 'a day later nobody sees it any more').toMatchObject({ code: 'notRateable' })
  ahead = 0
  await administrator.api.call(routes.eraseCustomer, { params: { id: customer.id }, body: { number: customer.number } })
  expect(await rate()).toMatchObject({ code: 'notRateable' })
  const bytes = Buffer.alloc(32)
  const upload = { id: randomUUID() as FileId, uploader: { kind: 'visitor' as const, ...own }, name: `${canary}.pdf`, type: 'application/pdf', bytes: 3, sha256: bytes, image: null, receivedBytes: 3, receivedSha256: bytes }
  expect(await recordUpload(running.otklik.deps, upload, () => Promise.resolve())).toMatchObject({ code: 'visitorUnknown' })
  expect(await sql('select from rating')).toEqual([])
})

/** Cards and who may read and write them; what is found, by whom; what others see at once. */
import { randomUUID } from 'node:crypto'
import { attributeLimit } from '@otklik/contract/customers'
import { routes } from '@otklik/contract/routes'
import type { AttributeId, CustomerId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import type { VisitorClient } from '@otklik/testing/visitor-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectWords } from './jobs/collect-words.ts'

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

const agent = (number: number) => running.agent(`agent${number}@sample.example`)
const supervisor = () => agent(3)
const administrator = () => running.agent('administrator@sample.example')
const days = (count: number) => count * 86_400_000
const refusal = (work: Promise<unknown>) => work.then(() => 'done', (error: { problem?: { code: string } }) => error.problem?.code)

/** A visitor in a conversation with an agent. */
const talk = async (anna: AgentClient, words = 'Здравствуйте'): Promise<{ visitor: VisitorClient; contactId: string; id: CustomerId }> => {
  const visitor = await running.visitor()
  await visitor.send(words)
  const { contactId } = [...visitor.state.accepted.values()][0] ?? { contactId: '' }
  const contact = await anna.until('the contact', () => [...anna.state.contacts.values()].find(({ id, offer }) => id === contactId && offer))
  await anna.accept(contact)
  return { visitor, contactId, id: contact.customer.id }
}
const finish = async (client: AgentClient, contactId: string) => {
  const { dispositions } = await client.api.call(routes.catalogue, {})
  await client.api.call(routes.endContact, { params: { id: contactId } })
  await client.api.call(routes.finishContact, { params: { id: contactId }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
}
const card = (client: AgentClient, id: string) => client.api.call(routes.customer, { params: { id } })
const find = async (client: AgentClient, query: string) => (await client.api.call(routes.findCustomers, { body: { query } })).items
const findWords = async (client: AgentClient, query: string) => (await client.api.call(routes.findWords, { body: { query } })).items
const rename = async (client: AgentClient, id: string, name: string) =>
  client.api.call(routes.nameCustomer, { params: { id }, body: { name, version: (await card(client, id)).version } })
const sql = (text: string, values: unknown[] = []) => running.otklik.database.pool.query(text, values)

describe('the card', () => {
  it('takes attributes, claims and notes, keeps them, and says who wrote what', async () => {
    const anna = await agent(1)
    await anna.available()
    const { id } = await talk(anna)
    const attributeId = randomUUID()
    await anna.api.call(routes.putAttribute, { params: { id, attributeId }, body: { name: 'Договор', value: '4471', version: 0 } })
    await anna.api.call(routes.claimIdentity, { params: { id }, body: { id: randomUUID(), kind: 'phone', value: '8 (916) 123-45-67' } })
    await anna.api.call(routes.claimIdentity, { params: { id }, body: { id: randomUUID(), kind: 'email', value: ' Marina@Mail.Example ' } })
    const noteId = randomUUID()
    const view = await anna.api.call(routes.putCustomerNote, { params: { id, noteId }, body: { text: 'Слышит плохо', pinned: true, version: 0 } })
    expect(view).toMatchObject({
      isFull: true,
      attributes: [{ id: attributeId, name: 'Договор', value: '4471' }],
      notes: [{ id: noteId, text: 'Слышит плохо', pinned: true, by: 'Анна Белова', mayEdit: true, editedAt: null }],
      consents: [{ version: expect.stringMatching(/^[0-9a-f]{16}$/) as string }],
    })
    expect(view.identities.map(({ kind, shown, proof, removable }) => [kind, shown, proof, removable])).toEqual([
      ['visitor', id.slice(0, 8), 'none', false],
      ['phone', '+79161•••67', 'claimed', true],
      ['email', 'm•••@mail.example', 'claimed', true],
    ])
    const phoneId = view.identities[1]?.id ?? ''
    await anna.api.call(routes.removeIdentity, { params: { id, identityId: phoneId } })
    const visitorIdentity = view.identities[0]?.id ?? ''
    expect(await refusal(anna.api.call(routes.removeIdentity, { params: { id, identityId: visitorIdentity } }))).toBe('notFound')
    expect((await card(anna, id)).identities).toHaveLength(2)
    const stories = await sql(`select payload from event where kind = 'customer.changed' order by id`)
    expect(stories.rows.map((row: { payload: { what: string } }) => row.payload.what)).toEqual(['attribute', 'identity', 'identity', 'note', 'identity'])
  })

  it('refuses what is no phone number, an attribute too many, and words too long', async () => {
    const anna = await agent(1)
    await anna.available()
    const { id } = await talk(anna)
    const put = (name: string, value = 'да', attributeId: string = randomUUID()) => refusal(anna.api.call(routes.putAttribute, { params: { id, attributeId }, body: { name, value, version: 0 } }))
    expect(await refusal(anna.api.call(routes.claimIdentity, { params: { id }, body: { id: randomUUID(), kind: 'phone', value: 'позвоните' } }))).toBe('validationFailed')
    for (const value of ['почта', 'почта@пример', '.почта@пример.рф', 'по чта@пример.рф', 'почта@-пример.рф'])
      expect(await refusal(anna.api.call(routes.claimIdentity, { params: { id }, body: { id: randomUUID(), kind: 'email', value } })), value).toBe('validationFailed')
    expect(await put('а'.repeat(501))).toBe('validationFailed')
    await sql(`insert into customer_attribute (id, customer_id, name, value, created_at) select gen_random_uuid(), $1, 'n' || n, 'да', now() from generate_series(1, $2::int) n`, [id, attributeLimit - 1])
    expect(await put('пятьдесят')).toBe('done')
    expect(await put('пятьдесят один')).toBe('attributeLimitReached')
  })

  it('loses nobody’s change: what was read before meets its version, what is added does not', async () => {
    const [anna, boss] = await Promise.all([agent(1), supervisor()])
    await anna.available()
    const { id } = await talk(anna)
    const attributeId = randomUUID() as AttributeId
    const first = await anna.api.call(routes.putAttribute, { params: { id, attributeId }, body: { name: 'Тариф', value: 'M', version: 0 } })
    const put = (client: AgentClient, value: string, version: number) => client.api.call(routes.putAttribute, { params: { id, attributeId }, body: { name: 'Тариф', value, version } })
    await put(boss, 'L', first.version)
    expect(await refusal(put(anna, 'XL', first.version))).toBe('versionConflict')
    expect(await refusal(put(anna, 'L', first.version)), 'the same again is no conflict').toBe('done')
    expect(await refusal(anna.api.call(routes.removeAttribute, { params: { id, attributeId }, body: { version: first.version } }))).toBe('versionConflict')
    expect(await refusal(anna.api.call(routes.nameCustomer, { params: { id }, body: { name: 'Марина', version: first.version } }))).toBe('versionConflict')
    await anna.api.call(routes.putAttribute, { params: { id, attributeId: randomUUID() }, body: { name: 'Ещё', value: 'одно', version: 0 } })
    expect((await card(anna, id)).attributes.map(({ value }) => value)).toEqual(['L', 'одно'])
  })

  it('takes the language from whoever has the customer in hand, and shows it to them at once', async () => {
    const [anna, boss] = await Promise.all([agent(1), supervisor()])
    await anna.available()
    const { id, contactId } = await talk(anna)
    const speak = (client: AgentClient, language: 'ru' | 'en' | null, version: number) => client.api.call(routes.speakWithCustomer, { params: { id }, body: { language, version } })
    const { version } = await card(anna, id)
    expect(await speak(anna, 'en', version)).toMatchObject({ language: 'en', version: version + 1 })
    await anna.until('the other language', () => anna.state.contacts.get(contactId)?.customer.language === 'en')
    expect(await refusal(speak(boss, null, version))).toBe('versionConflict')
    expect(await refusal(speak(boss, 'en', version)), 'the same again is no conflict').toBe('done')
    expect(await speak(boss, null, version + 1)).toMatchObject({ language: null })
    expect(await refusal(speak(await agent(2), 'ru', version + 2)), 'who has nothing to do with the customer').toBe('notFound')
    const { rows } = await sql(`select language from contact where id = $1 union all select language from contact_routing where contact_id = $1`, [contactId])
    expect(rows, 'what has begun is routed as before').toEqual([{ language: 'ru' }, { language: 'ru' }])
    const told = await sql(`select payload ->> 'what' as what from event where kind = 'customer.changed' and payload ->> 'customerId' = $1 order by id`, [id])
    expect(told.rows).toEqual([{ what: 'language' }, { what: 'language' }])
  })

  it('lets agents change their own notes only, supervisors any, and everybody pin', async () => {
    const [anna, boss] = await Promise.all([agent(1), supervisor()])
    await anna.available()
    const { id } = await talk(anna)
    const noteId = randomUUID()
    const put = (client: AgentClient, text: string, pinned: boolean, version: number) => client.api.call(routes.putCustomerNote, { params: { id, noteId }, body: { text, pinned, version } })
    const { version } = await put(boss, 'Просит не звонить', false, 0)
    expect(await refusal(put(anna, 'Звонить можно', false, version))).toBe('notAllowed')
    const pinned = await put(anna, 'Просит не звонить', true, version)
    expect(pinned.notes[0]).toMatchObject({ pinned: true, mayEdit: false, editedAt: null })
    expect(await refusal(anna.api.call(routes.removeCustomerNote, { params: { id, noteId }, body: { version: pinned.version } }))).toBe('notAllowed')
    await boss.api.call(routes.removeCustomerNote, { params: { id, noteId }, body: { version: pinned.version } })
    expect((await card(anna, id)).notes).toEqual([])
  })

  it('shows a change at once to whoever holds the customer', async () => {
    const [anna, boss] = await Promise.all([agent(1), supervisor()])
    await anna.available()
    const { id, contactId } = await talk(anna)
    const before = anna.state.contacts.get(contactId)?.customer.version ?? 0
    await boss.api.call(routes.putAttribute, { params: { id, attributeId: randomUUID() }, body: { name: 'Тариф', value: 'M', version: 0 } })
    await anna.until('the newer customer', () => (anna.state.contacts.get(contactId)?.customer.version ?? 0) > before)
  })

  it('opens for those who hold or lately held the customer, for supervisors, and without contents for administrators', async () => {
    const [anna, glen, boss, keeper] = await Promise.all([agent(1), agent(2), supervisor(), administrator()])
    await anna.available()
    const { id, contactId } = await talk(anna, 'Тайные слова')
    await anna.api.call(routes.putCustomerNote, { params: { id, noteId: randomUUID() }, body: { text: 'Тайная заметка', pinned: true, version: 0 } })
    await anna.api.call(routes.putAttribute, { params: { id, attributeId: randomUUID() }, body: { name: 'Тайна', value: 'да', version: 0 } })
    expect(await refusal(card(glen, id))).toBe('notFound')
    for (const client of [anna, boss]) expect((await card(client, id)).notes).toHaveLength(1)
    expect(await card(keeper, id)).toMatchObject({ isFull: false, notes: [], attributes: [], contactCount: 1 })
    expect(await refusal(keeper.api.call(routes.customerContacts, { params: { id } }))).toBe('notAllowed')
    await finish(anna, contactId)
    expect(await refusal(card(anna, id))).toBe('done')
    ahead = days(31)
    expect(await refusal(card(await agent(1), id))).toBe('notFound')
    expect(await refusal(card(await supervisor(), id))).toBe('done')
  })

  it('shows an agent the words of own contacts only, once the customer is with nobody, and supervisors all', async () => {
    const [anna, glen, boss] = await Promise.all([agent(1), agent(2), supervisor()])
    await anna.available()
    const { id, contactId, visitor } = await talk(anna, 'Первое обращение')
    await finish(anna, contactId)
    await anna.api.call(routes.leaveDesk, { body: { contacts: 'none' } })
    await glen.available()
    await visitor.send('Второе обращение')
    const second = await glen.accept(await glen.nextOffer())
    const words = async (client: AgentClient) => (await client.api.call(routes.customerContacts, { params: { id } })).items.map(({ firstWords, readable }) => [firstWords, readable])
    expect(await words(glen), 'whoever holds the customer reads all').toEqual([['Второе обращение', true], ['Первое обращение', true]])
    expect(await words(anna)).toEqual([[null, false], ['Первое обращение', true]])
    expect(await words(boss)).toEqual([['Второе обращение', true], ['Первое обращение', true]])
    expect(await refusal(anna.api.call(routes.messages, { params: { id: second.id } }))).toBe('notFound')
    expect((await boss.api.call(routes.messages, { params: { id: second.id } })).items).toHaveLength(1)
  })
})

it('hands a file of a conversation to whoever has it in hand and to supervisors, to no other agent', async () => {
  const [anna, glen, boss] = await Promise.all([agent(1), agent(2), supervisor()])
  await anna.available()
  const { visitor } = await talk(anna)
  const fileId = randomUUID()
  await visitor.fetch(`files/${fileId}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', 'X-File-Name': 'a.txt' }, body: 'слова' })
  await visitor.send('Вот', randomUUID(), undefined, [fileId])
  const link = (client: AgentClient) => refusal(client.api.call(routes.fileLink, { params: { id: fileId } }))
  expect([await link(anna), await link(glen), await link(boss)]).toEqual(['done', 'notFound', 'done'])
})

describe('search', () => {
  const named = async (name: string, more: { phone?: string; email?: string } = {}) => {
    const id = randomUUID() as CustomerId
    await sql(`insert into customer (id, name, first_seen_at) values ($1, $2, now())`, [id, name])
    for (const [kind, value] of Object.entries(more))
      await sql(`insert into identity (customer_id, channel_account_id, kind, value, proof, created_at) values ($1, $2, $3, $4, 'verified', now())`, [id, running.channelId, kind, value])
    return id
  }
  const names = async (client: AgentClient, query: string) => (await find(client, query)).map(({ name }) => name)

  it('finds names with е for ё, slips of the finger, words in any order, and only beginnings under three letters', async () => {
    const boss = await supervisor()
    for (const name of ['Семён Соловьёв', 'Марина Лебедева', 'Мариана Ким', 'Анна Белова', 'Johanna Smith', 'Алёна Ким', '100% Скидка']) await named(name)
    expect((await names(boss, 'семен'))[0]).toBe('Семён Соловьёв')
    expect((await names(boss, 'СОЛОВЬЕВ СЕМЁН'))[0]).toBe('Семён Соловьёв')
    expect((await names(boss, 'Соловьйов'))[0], 'a slip').toBe('Семён Соловьёв')
    expect(await names(boss, 'марнна'), 'another letter').toContain('Марина Лебедева')
    expect((await names(boss, 'Jonanna'))[0]).toBe('Johanna Smith')
    expect(await names(boss, 'алнеа'), 'two letters of a short name in each other’s place').toEqual(['Алёна Ким'])
    expect(await names(boss, 'соловьйов семен'), 'beside a word without').toEqual(['Семён Соловьёв'])
    expect(await names(boss, 'лебидев'), 'a beginning').toEqual(['Марина Лебедева'])
    expect((await find(boss, 'лебидева'))[0]?.match.ranges, 'what was meant is marked').toEqual([[7, 15]])
    expect(await names(boss, 'Ан'), 'a beginning').toEqual(['Анна Белова'])
    expect(await names(boss, '0%'), 'no pattern of ours').toEqual([])
    expect((await find(boss, 'семен'))[0]?.match).toEqual({ kind: 'name', shown: null, ranges: [[0, 5]] })
  })

  it('knows the words of names as long as somebody has them, also when two people get and lose one at the same time', async () => {
    const words = async () => (await sql('select word from name_word where word in ($1, $2, $3) order by 1', ['лисицына', 'зимина', 'вера'])).rows.map(({ word }: { word: string }) => word)
    const [one, other] = [await named('Вера Лисицына'), await named('Вера Зимина')]
    expect(await words()).toEqual(['вера', 'зимина', 'лисицына'])
    await sql('update customer set name = $2 where id = $1', [one, 'Вера-Лисицына'])
    expect(await words(), 'written in another way').toEqual(['вера', 'зимина', 'лисицына'])
    await sql('update customer set name = null where id = $1', [other])
    expect(await words()).toEqual(['вера', 'лисицына'])
    // Somebody is given a name, not yet for others to see, while the only one who has it loses it.
    const client = await running.otklik.database.pool.connect()
    try {
      await client.query('begin')
      await client.query('update customer set name = $2 where id = $1', [other, 'Лисицына'])
      const losing = sql('delete from customer where id = $1', [one])
      await expect.poll(async () => (await sql(`select from pg_locks where relation = 'name_word'::regclass and not granted`)).rowCount).toBe(1)
      await client.query('commit')
      await losing
    } finally {
      client.release()
    }
    expect(await words()).toEqual(['лисицына'])
  })

  it('finds phones by four digits or more, e-mails and own numbers, masked for supervisors and unseen by agents', async () => {
    const [boss, anna] = await Promise.all([supervisor(), agent(1)])
    const id = await named('Марина', { phone: '+79161234567', email: 'marina.lebedeva@mail.example' })
    const { number } = (await find(boss, 'Марина'))[0] ?? { number: 0 }
    for (const query of ['4567', '8 (916) 123-45-67', '+7 916 123', 'lebedeva@mail', 'marina.leb', `№${number}`]) {
      expect((await find(boss, query)).map((hit) => hit.id), query).toEqual([id])
      expect((await find(anna, query)).map((hit) => hit.id), query).toEqual([id])
    }
    const other = await named('Пётр', { email: 'пётр.ёлкин@пример.рф' })
    for (const query of ['ёлкин@пример', '@пример.рф']) expect((await find(boss, query)).map((hit) => hit.id), query).toEqual([other])
    expect(await find(boss, '567')).toEqual([])
    expect((await find(boss, '4567'))[0]?.match).toEqual({ kind: 'phone', shown: '+79161•••67', ranges: [] })
    expect((await find(anna, '4567'))[0]).toEqual({ id, name: 'Марина', number, region: 'unknown', lastContactAt: null, mayOpen: false, match: { kind: 'phone', shown: null, ranges: [] } })
    expect((await find(await administrator(), '4567'))[0]).toMatchObject({ id, mayOpen: true })
  })

  it('finds what was said, in Russian and English and whatever form, and shows where', async () => {
    const [anna, boss] = await Promise.all([agent(1), supervisor()])
    await anna.available()
    const { contactId } = await talk(anna, 'Чёрный роутер не видит сетей, your invoices are wrong')
    for (const query of ['черные роутеры', 'сеть', 'invoice', 'чёрного "не видит"']) expect((await findWords(boss, query)).map((hit) => hit.contactId), query).toEqual([contactId])
    expect(await findWords(boss, 'роутер -invoice')).toEqual([])
    expect(await findWords(boss, 'и не'), 'nothing but little words').toEqual([])
    const [hit] = await findWords(boss, 'черные сети')
    expect(hit?.ranges.map(([from, to]) => hit.excerpt.slice(from, to))).toEqual(['Чёрный', 'сетей'])
    expect(await findWords(boss, "')); drop table message; --")).toEqual([])
  })

  it('finds what was said with a slip of the finger where nobody has said exactly that, and nothing that is excluded', async () => {
    const [anna, boss] = await Promise.all([agent(1), supervisor()])
    await anna.available()
    const { contactId } = await talk(anna, 'Верните деньги за роуминг, your invoice is wrong. Счёт 0042')
    expect(await findWords(boss, 'invoise'), 'not collected yet').toEqual([])
    await running.readableLog()
    await collectWords({ deps: running.otklik.deps, reader: running.otklik.database.reader })
    for (const query of ['invoise', 'роуимнг', 'ромуинг invoice', 'денги "invoise is"']) expect((await findWords(boss, query)).map((hit) => hit.contactId), query).toEqual([contactId])
    const [hit] = await findWords(boss, 'роуимнг')
    expect(hit?.ranges.map(([from, to]) => hit.excerpt.slice(from, to))).toEqual(['роуминг'])
    expect((await boss.api.call(routes.findWords, { body: { query: 'роуимнг' } })).isAlike).toBe(true)
    expect((await boss.api.call(routes.findWords, { body: { query: 'роуминг' } })).isAlike).toBe(false)
    for (const query of ['роуимнг -invoice', 'погода', '0043', 'роуимнг -"wrong invoice"']) expect(await findWords(boss, query), query).toEqual([])
    expect(await findWords(boss, "роуимнг'' | ! ( \\ "), 'whatever stands around it').toHaveLength(1)
    // Another's words are no more to be read with a slip than without.
    expect(await findWords(await agent(2), 'invoise')).toEqual([])
  })

  it('tells an agent of no words but those that are theirs to read', async () => {
    const [anna, glen] = await Promise.all([agent(1), agent(2)])
    await anna.available()
    const { contactId } = await talk(anna, 'Секретное слово абракадабра')
    expect(await findWords(glen, 'абракадабра')).toEqual([])
    expect(await findWords(anna, 'абракадабра')).toHaveLength(1)
    await finish(anna, contactId)
    expect(await findWords(anna, 'абракадабра')).toHaveLength(1)
    ahead = days(31)
    expect(await findWords(await agent(1), 'абракадабра')).toEqual([])
  })

  it('comes in pages without gaps or repetitions', async () => {
    const boss = await supervisor()
    await sql(`insert into customer (id, name, first_seen_at) select gen_random_uuid(), 'Алёна ' || n, now() from generate_series(1, 47) n`)
    const seen: string[] = []
    for (let cursor: string | undefined, pages = 0; pages === 0 || cursor; pages++) {
      const page = await boss.api.call(routes.findCustomers, { body: { query: 'алена', ...(cursor ? { cursor } : {}) } })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    }
    expect(seen).toHaveLength(47)
    expect(new Set(seen).size).toBe(47)
    const anna = await agent(1)
    await anna.available()
    const { contactId } = await talk(anna, 'слово')
    await sql(
      `insert into message (id, contact_id, number, author, visibility, parts, sent_at)
       select gen_random_uuid(), $1, 100 + n, 'customer', 'public', '[{"kind":"text","text":"гирлянда"}]', now() - make_interval(secs => n / 3) from generate_series(1, 45) n`,
      [contactId],
    )
    const said: string[] = []
    for (let cursor: string | undefined, pages = 0; pages === 0 || cursor; pages++) {
      const page = await boss.api.call(routes.findWords, { body: { query: 'гирлянды', ...(cursor ? { cursor } : {}) } })
      said.push(...page.items.map(({ messageId }) => messageId))
      cursor = page.next ?? undefined
    }
    expect([said.length, new Set(said).size]).toEqual([45, 45])
    expect(await refusal(boss.api.call(routes.findWords, { body: { query: 'гирлянда', cursor: 'чужое' } }))).toBe('badRequest')
  })
})

/** Makes a supervisor of one queue and no team; of no queue, where that is null. */
const narrow = async (email: string, queueId: string | null) => {
  await sql(`update agent set role = 'supervisor', supervises_all_queues = false, supervises_all_teams = false where email = $1`, [email])
  if (queueId) await sql(`insert into supervised_queue (agent_id, queue_id) select id, $2 from agent where email = $1`, [email, queueId])
}

describe('a block', () => {
  it('ends the chat, and is taken away by whoever stands above those who had it, though nobody has it any more', async () => {
    const anna = await agent(1)
    await anna.available()
    const { id, contactId } = await talk(anna, 'Бранные слова')
    const queueId = anna.state.contacts.get(contactId)?.queue.id ?? ''
    await anna.api.call(routes.blockCustomer, { params: { id }, body: { blocked: true } })
    const { dispositions } = await anna.api.call(routes.catalogue, {})
    await anna.api.call(routes.finishContact, { params: { id: contactId }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: false, note: '' } })
    await narrow('agent4@sample.example', null)
    const elsewhere = await agent(4)
    expect(await refusal(elsewhere.api.call(routes.blockCustomer, { params: { id }, body: { blocked: false } }))).toBe('notFound')
    await narrow('agent4@sample.example', queueId)
    const boss = await agent(4)
    expect(await boss.api.call(routes.blockCustomer, { params: { id }, body: { blocked: false } })).toMatchObject({ blocked: false })
    expect(await refusal(boss.api.call(routes.blockCustomer, { params: { id }, body: { blocked: true } })), 'whoever writes no more is not blocked').toBe('notFound')
  })
})

describe('an export', () => {
  it('holds everything about the person, for supervisors and administrators, and says in the log that it was made', async () => {
    const [anna, boss, keeper] = await Promise.all([agent(1), supervisor(), administrator()])
    await anna.available()
    const { id, contactId } = await talk(anna, 'Мои слова')
    await rename(anna, id, 'Марина')
    await anna.say({ id: contactId }, 'Наша заметка', 'note')
    await anna.api.call(routes.claimIdentity, { params: { id }, body: { id: randomUUID(), kind: 'phone', value: '+79161234567' } })
    expect(await refusal(anna.api.call(routes.exportCustomer, { params: { id } }))).toBe('notAllowed')
    for (const client of [boss, keeper]) {
      const { document } = await client.api.call(routes.exportCustomer, { params: { id } })
      const text = JSON.stringify(document)
      for (const word of ['Марина', 'Мои слова', 'Наша заметка', '+79161234567', 'https://shop.example/', 'Анна Белова']) expect(text).toContain(word)
      expect(document.customers[0]).toMatchObject({ name: 'Марина', contacts: [{ messages: [{ author: 'customer' }, { visibility: 'note', agent: 'Анна Белова' }] }] })
    }
    await narrow('agent4@sample.example', null)
    const elsewhere = await agent(4)
    expect(await refusal(elsewhere.api.call(routes.exportCustomer, { params: { id } })), 'the card is closed to a supervisor of other queues and teams').toBe('notFound')
    for (let n = 0; n < 4; n++) await boss.api.call(routes.exportCustomer, { params: { id } })
    expect(await refusal(boss.api.call(routes.exportCustomer, { params: { id } })), 'five an hour').toBe('rateLimited')
    expect((await sql(`select 1 from event where kind = 'customer.exported'`)).rowCount).toBe(6)
  })
})

/** Articles: who keeps and who reads them, how they are found, and which come first. */
import type { ArticleWrite } from '@otklik/contract/settings'
import { routes, settingsRoutes } from '@otklik/contract/routes'
import type { ArticleId, QueueId } from '@otklik/model/ids'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

type Person = Awaited<ReturnType<Running['agent']>>
let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let administrator: Person
let anna: Person
let queues: Record<string, QueueId>
beforeAll(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
  ;[administrator, anna] = await Promise.all([running.agent('administrator@sample.example'), running.agent('agent1@sample.example')])
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  queues = Object.fromEntries(items.map(({ name, id }) => [name, id]))
})
afterAll(async () => {
  await running.close()
  await database.close()
})
beforeEach(async () => {
  await running.otklik.database.pool.query('truncate article, article_queue')
})

const code = (name: string) => ({ problem: { code: name } })
const newId = () => crypto.randomUUID() as ArticleId
const queue = (name: string) => queues[name] ?? ('' as QueueId)
const plain = { name: 'Возврат денег', language: 'ru', body: 'Вернём на карту.', queueIds: [], version: 0 } satisfies ArticleWrite
const put = (body: Partial<ArticleWrite>, id = newId(), by = administrator) => by.api.call(settingsRoutes.articles.put, { params: { id }, body: { ...plain, ...body } })
const find = async (query: { q?: string; queueId?: QueueId; language?: 'ru' | 'en' }) => (await anna.api.call(routes.deskArticles, { query })).items
const titles = async (query: Parameters<typeof find>[0]) => (await find(query)).map(({ title }) => title)
const marked = (text: string, ranges: readonly (readonly [number, number])[]) => ranges.map(([from, to]) => text.slice(from, to))

it('is kept by administrators, read by supervisors in the settings, and found by agents', async () => {
  const supervisor = await running.agent('agent3@sample.example')
  const article = await put({ queueIds: [queue('Тарифы и услуги')] })
  expect(article).toMatchObject({ name: 'Возврат денег', version: 1, queueIds: [queue('Тарифы и услуги')], archivedAt: null })
  expect((await supervisor.api.call(settingsRoutes.articles.list, {})).items).toEqual([article])
  await expect(put({ name: 'Своё' }, newId(), supervisor)).rejects.toMatchObject(code('notAllowed'))
  await expect(put({ name: 'Своё' }, newId(), anna)).rejects.toMatchObject(code('notAllowed'))
  await expect(anna.api.call(settingsRoutes.articles.list, {})).rejects.toMatchObject(code('notAllowed'))
  await expect(administrator.api.call(routes.deskArticles, { query: {} })).rejects.toMatchObject(code('notAllowed'))
  for (const person of [anna, supervisor]) {
    expect((await person.api.call(routes.deskArticles, { query: {} })).items).toMatchObject([{ id: article.id, title: 'Возврат денег', ofQueue: false }])
    expect(await person.api.call(routes.deskArticle, { params: { id: article.id } })).toMatchObject({ title: 'Возврат денег', body: 'Вернём на карту.' })
  }
  await administrator.api.call(settingsRoutes.articles.archive, { params: { id: article.id }, body: { version: 1 } })
  expect(await find({}), 'archived').toEqual([])
  expect(await find({ q: 'возврат' })).toEqual([])
  await expect(anna.api.call(routes.deskArticle, { params: { id: article.id } })).rejects.toMatchObject(code('notFound'))
})

it('is written as every setting: once, never over another’s change, under a title of its own in its language', async () => {
  const id = newId()
  const first = await put({ queueIds: [queue('Вторая линия')] }, id)
  expect(await put({ queueIds: [queue('Вторая линия')] }, id), 'sent twice, kept once').toEqual(first)
  await expect(put({ body: 'Иначе' }, id)).rejects.toMatchObject(code('versionConflict'))
  await expect(put({ name: 'возврат ДЕНЕГ' })).rejects.toMatchObject(code('nameTaken'))
  await put({ language: 'en' })
  expect(await put({ queueIds: [], version: 1 }, id)).toMatchObject({ version: 2, queueIds: [] })
  await expect(put({ name: 'Ещё', queueIds: [newId() as string as QueueId] })).rejects.toMatchObject(code('notFound'))
  await expect(put({ name: 'Ещё', queueIds: [queue('Вторая линия'), queue('Вторая линия')] })).rejects.toMatchObject(code('validationFailed'))
  await expect(put({ name: 'Ещё', body: ' ' })).rejects.toMatchObject(code('validationFailed'))
  await administrator.api.call(settingsRoutes.articles.archive, { params: { id }, body: { version: 2 } })
  await put({})
  await expect(administrator.api.call(settingsRoutes.articles.restore, { params: { id }, body: { version: 3 } })).rejects.toMatchObject(code('nameTaken'))
})

it('tells the desks of a change', async () => {
  const before = anna.state.catalogues
  await put({})
  await anna.until('the news', () => anna.state.catalogues > before)
})

it.each([
  ['ё is е', 'счет', 'ru', 'Счёт за телефон'],
  ['е is ё', 'тёлефон', 'ru', 'Счёт за телефон'],
  ['another form of a Russian word', 'счетами', 'ru', 'Счёт за телефон'],
  ['another form, in the text', 'бумажные квитанции', 'ru', 'Счёт за телефон'],
  ['the beginning of a word', 'квита', 'ru', 'Счёт за телефон'],
  ['a part of the title', 'лефон', 'ru', 'Счёт за телефон'],
  ['a slip in the title', 'тилефон', 'ru', 'Счёт за телефон'],
  ['a slip in the text', 'квитанцыя', 'ru', 'Счёт за телефон'],
  ['another form of an English word', 'roam abroad', 'en', 'Roaming'],
  ['another form of an English word in the text', 'travellers', 'en', 'Roaming'],
  ['a slip in an English title', 'roming', 'en', 'Roaming'],
  ['two letters in each other’s place', 'abraod', 'en', 'Roaming'],
] as const)('finds by %s', async (_what, q, language, title) => {
  await put({ name: 'Счёт за телефон', body: 'Бумажная квитанция приходит по почте.' })
  await put({ name: 'Roaming', body: 'A traveller pays less abroad.', language: 'en' })
  await put({ name: 'Погода', body: 'Завтра дождь.' })
  const hits = await find({ q, language })
  expect(hits.map((hit) => hit.title)).toEqual([title])
  const [hit] = hits
  expect([...marked(hit?.title ?? '', hit?.titleRanges ?? []), ...marked(hit?.excerpt ?? '', hit?.ranges ?? [])], 'it stands out').not.toEqual([])
})

it('finds nothing where there is nothing, and takes no sign for a pattern', async () => {
  await put({})
  for (const q of ['гиппопотам', '%', '_', "':*", '!!!', '| & (', '\\'] as const) expect(await find({ q }), q).toEqual([])
  expect(await titles({ q: '  ' }), 'nothing was asked').toEqual(['Возврат денег'])
})

it('shows the words where they stand', async () => {
  await put({ name: 'Подписки', body: '# Порядок\n- отключите подписку\n\nДеньги возвращаем за сутки.' })
  const [hit] = await find({ q: 'возвращать деньги' })
  expect(hit && marked(hit.excerpt, hit.ranges)).toEqual(['Деньги', 'возвращаем'])
  expect(hit?.excerpt).toBe('  Порядок • отключите подписку  Деньги возвращаем за сутки.')
})

it('puts titles before texts, the queue’s own before others, and the customer’s language first', async () => {
  const [plans, network] = [queue('Тарифы и услуги'), queue('Связь и интернет')]
  await put({ name: 'Роуминг: всем', body: 'а' })
  await put({ name: 'Роуминг: сеть', body: 'а', queueIds: [network] })
  await put({ name: 'Роуминг: тарифы', body: 'а', queueIds: [plans, network] })
  await put({ name: 'Роуминг in English', body: 'а', language: 'en' })
  await put({ name: 'Поездки', body: 'Роуминг дорог', queueIds: [plans] })
  expect(await titles({ q: 'роуминг', queueId: plans, language: 'en' })).toEqual(['Роуминг: тарифы', 'Роуминг in English', 'Роуминг: всем', 'Роуминг: сеть', 'Поездки'])
  expect(await titles({ queueId: plans, language: 'ru' }), 'without words').toEqual(['Поездки', 'Роуминг: тарифы', 'Роуминг: всем', 'Роуминг in English', 'Роуминг: сеть'])
  expect((await find({ queueId: plans })).filter(({ ofQueue }) => ofQueue)).toHaveLength(2)
})

it.each([undefined, 'тариф'])('gives page after page, each article once (%s)', async (q) => {
  for (let number = 0; number < 45; number += 1) await put({ name: `Тариф ${number}`, queueIds: number % 3 === 0 ? [queue('Вторая линия')] : [] })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: { title: string }[]; next: string | null } = await anna.api.call(routes.deskArticles, {
      query: { queueId: queue('Вторая линия'), ...(q === undefined ? {} : { q }), ...(cursor === null ? {} : { cursor }) },
    })
    seen.push(...page.items.map(({ title }) => title))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toHaveLength(45)
  expect(new Set(seen).size).toBe(45)
  expect(seen.slice(0, 15).every((title) => Number(title.slice(6)) % 3 === 0), 'the queue’s own first').toBe(true)
  await expect(anna.api.call(routes.deskArticles, { query: { cursor: 'other' } })).rejects.toMatchObject(code('badRequest'))
})

it('goes with the queue that takes its queue’s place', async () => {
  const { items } = await administrator.api.call(settingsRoutes.queues.list, {})
  const [from] = items.filter(({ name }) => name === 'Связь и интернет')
  if (!from) throw new Error('the sample has this queue')
  const article = await put({ queueIds: [from.id] })
  await administrator.api.call(settingsRoutes.queues.archive, { params: { id: from.id }, body: { version: from.version, replaceWith: queue('Тарифы и услуги') } })
  expect(await find({ queueId: queue('Тарифы и услуги') })).toMatchObject([{ id: article.id, ofQueue: true }])
  await expect(put({ queueIds: [], version: 1 }, article.id), 'read before').rejects.toMatchObject(code('versionConflict'))
})

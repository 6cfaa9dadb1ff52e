import { createApi } from '@otklik/client/http'
import { beforeEach, expect, it } from 'vitest'
import { contactId } from './desk-builders.ts'
import { createDraftKeeper } from './draft-keeper.ts'
import { createDrafts } from './drafts.ts'

const id = contactId(1)
let timers: (() => void)[]
let waits: number[]
let now: number
let requests: { method: string; body: { reply: string } | undefined }[]
let answer: (method: string) => { status: number; body: unknown } | 'unreachable' | Promise<{ status: number; body: unknown }>
let drafts: ReturnType<typeof createDrafts>
let keeper: ReturnType<typeof createDraftKeeper>
let failures: unknown[]

const storage = () => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
const listed = (reply: string, second: number) => ({ status: 200, body: { items: [{ contactId: id, reply, note: '', wrapUp: '', changedAt: at(second) }] } })
/** Lets what waits have its turn, and what it asked be answered. */
const rest = async () => {
  for (const work of timers.splice(0)) work()
  await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  timers = []
  waits = []
  now = Date.UTC(2026, 0, 1)
  requests = []
  failures = []
  answer = () => ({ status: 200, body: { changedAt: at(10) } })
  drafts = createDrafts(storage())
  keeper = createDraftKeeper({
    api: createApi({
      baseUrl: '',
      fetch: async (_input, init) => {
        const method = init?.method ?? 'GET'
        requests.push({ method, body: init?.body ? JSON.parse(String(init.body)) : undefined })
        const given = await answer(method)
        if (given === 'unreachable') throw new TypeError('fetch failed')
        return new Response(JSON.stringify(given.body), { status: given.status })
      },
    }),
    drafts,
    later: (ms, work) => {
      waits.push(ms)
      timers.push(work)
      return () => void (timers = timers.filter((each) => each !== work))
    },
    now: () => now,
    isHeld: () => true,
    failed: (error) => failures.push(error),
  })
})

it('keeps the words once the fingers rest, and what was added meanwhile after that', async () => {
  drafts.write(id, 'reply', 'Пров')
  drafts.write(id, 'reply', 'Проверяю')
  expect(timers).toHaveLength(1)
  await rest()
  expect(requests.map(({ body }) => body?.reply)).toEqual(['Проверяю'])
  expect(drafts.read(id, 'unkept')).toBe('')

  answer = () => {
    drafts.write(id, 'reply', 'Проверяю, минуту')
    answer = () => ({ status: 200, body: { changedAt: at(12) } })
    return { status: 200, body: { changedAt: at(11) } }
  }
  drafts.write(id, 'reply', 'Проверяю,')
  await rest()
  expect(drafts.read(id, 'unkept')).toBe('yes')
  await rest()
  expect(requests.at(-1)?.body?.reply).toBe('Проверяю, минуту')
  expect(drafts.read(id, 'keptAt')).toBe(at(12))
})

it('takes what another screen wrote later, and tells who shows it', async () => {
  const told: unknown[] = []
  drafts.onTaken((of) => told.push(of))
  answer = () => listed('С другого экрана', 5)
  await keeper.fetch([id])
  expect([drafts.read(id, 'reply'), told]).toEqual(['С другого экрана', [id]])
  answer = () => listed('Ответ, который опоздал', 4)
  await keeper.fetch([id])
  expect(drafts.read(id, 'reply')).toBe('С другого экрана')
  answer = () => listed('', 6) // sent there
  await keeper.fetch([id])
  expect(drafts.read(id, 'reply')).toBe('')
})

it('lets words that are being written here lead', async () => {
  answer = (method) => (method === 'GET' ? listed('С другого экрана', 5) : { status: 200, body: { changedAt: at(7) } })
  drafts.write(id, 'reply', 'Пишу здесь')
  await keeper.fetch([id])
  expect(drafts.read(id, 'reply')).toBe('Пишу здесь')
  await rest()
  expect(requests.at(-1)?.body?.reply).toBe('Пишу здесь')
})

it('tries again without a network, and not what was refused', async () => {
  answer = () => 'unreachable'
  drafts.write(id, 'reply', 'В метро')
  await rest()
  expect(timers).toHaveLength(1)
  answer = () => ({ status: 403, body: { type: 'about:blank', title: 'x', status: 403, code: 'contactNotYours' } })
  await rest()
  expect(timers).toHaveLength(0)
  expect(drafts.read(id, 'reply')).toBe('В метро')
})

it('sends at once what is to come back with the contact, and takes it when it has', async () => {
  drafts.write(id, 'reply', 'Отвечу, когда техники перезвонят')
  await keeper.keepNow(id)
  expect(requests.map(({ method, body }) => [method, body?.reply])).toEqual([['PUT', 'Отвечу, когда техники перезвонят']])
  expect(timers).toHaveLength(0)
  drafts.forget(id)
  answer = () => listed('Отвечу, когда техники перезвонят', 10)
  await keeper.fetch([id])
  expect(drafts.read(id, 'reply')).toBe('Отвечу, когда техники перезвонят')
})

it('sends the last letters, too, when older ones are on their way', async () => {
  let arrive = (_answer: { status: number; body: unknown }) => {}
  answer = () => new Promise((resolve) => (arrive = resolve))
  drafts.write(id, 'reply', 'Отвечу')
  await rest()
  drafts.write(id, 'reply', 'Отвечу завтра')
  const kept = keeper.keepNow(id)
  const first = arrive
  answer = () => ({ status: 200, body: { changedAt: at(11) } })
  first({ status: 200, body: { changedAt: at(10) } })
  await kept
  expect(requests.map(({ body }) => body?.reply)).toEqual(['Отвечу', 'Отвечу завтра'])
  expect(timers).toHaveLength(0)
})

it('keeps something of who writes without a pause, and everything when the page goes', async () => {
  for (const words of ['П', 'Пр', 'Про', 'Пров', 'Прове', 'Провер']) {
    drafts.write(id, 'reply', words)
    now += 1000
  }
  expect(waits).toEqual([1200, 1200, 1200, 1000, 0, 0])
  await rest()
  drafts.write(id, 'reply', 'Проверяю')
  expect(waits.at(-1), 'after that, from the beginning').toBe(1200)
  keeper.keepAll()
  await new Promise((resolve) => setImmediate(resolve))
  expect(requests.map(({ body }) => body?.reply)).toEqual(['Провер', 'Проверяю'])
  expect(timers).toHaveLength(0)
})

import { describe, expect, it } from 'vitest'
import { createOutbox, parseItem } from './outbox.ts'
import { createStore, findArea } from './storage.ts'
import { fakeArea } from './testing/fake-area.ts'

const numbered = () => {
  let last = 0
  return () => `id-${++last}`
}
const setUp = (area = fakeArea(), newId = numbered()) => {
  let time = 1000
  const outbox = createOutbox(createStore('otklik.x.', area), () => time, newId)
  return { area, outbox, newId, setTime: (ms: number) => (time = ms) }
}
const texts = (outbox: ReturnType<typeof setUp>['outbox']) => outbox.all().map((item) => item.text)

describe('outbox', () => {
  it('keeps the order of writing, in one millisecond and when the clock goes back', () => {
    const { outbox, setTime } = setUp()
    outbox.add('раз')
    outbox.add('два')
    setTime(10)
    outbox.add('три')
    expect(texts(outbox)).toEqual(['раз', 'два', 'три'])
    expect(outbox.next()?.text).toBe('раз')
  })

  it('is the same after a reload, with the same ids', () => {
    const { area, outbox } = setUp()
    const { id } = outbox.add('раз')
    expect(setUp(area).outbox.all()).toMatchObject([{ id, text: 'раз' }])
  })

  it('is shared by two tabs without overwriting', () => {
    const { area, outbox, newId } = setUp()
    const other = setUp(area, newId).outbox
    const mine = outbox.add('моё')
    other.add('другое')
    outbox.remove(mine.id)
    expect(texts(outbox)).toEqual(['другое'])
    expect(texts(other)).toEqual(['другое'])
  })

  it('passes over what failed, until it is to be sent again under the same id', () => {
    const { outbox } = setUp()
    const { id } = outbox.add('раз')
    outbox.add('два')
    outbox.fail(id, 'queueClosed')
    expect(outbox.next()?.text).toBe('два')
    outbox.retry(id)
    expect(outbox.next()).toMatchObject({ id, text: 'раз', failed: null })
  })

  it('gives a new id where the old one belongs to something else', () => {
    const { outbox } = setUp()
    const { id } = outbox.add('раз')
    outbox.fail(id, 'idTaken')
    outbox.retry(id)
    expect(outbox.all()).toMatchObject([{ id: 'id-2', text: 'раз', failed: null }])
  })

  it('passes over what the page has spoilt', () => {
    const area = fakeArea()
    area.setItem('otklik.x.out.1', '{"id":1}')
    area.setItem('otklik.x.out.2', 'no json')
    area.setItem('otklik.x.out.3', 'null')
    area.setItem('otklik.y.out.4', '{"id":"a","text":"другой канал","at":1}')
    expect(setUp(area).outbox.all()).toEqual([])
    expect(parseItem(null)).toBeUndefined()
  })

  it('holds messages in memory where the browser stores nothing', () => {
    const full = { ...fakeArea(), setItem: () => { throw new Error('full') } }
    for (const area of [undefined, full]) {
      const outbox = createOutbox(createStore('otklik.x.', area), () => 1, numbered())
      outbox.add('раз')
      outbox.add('два')
      expect(outbox.all().map((item) => item.text)).toEqual(['раз', 'два'])
      outbox.clear()
      expect(outbox.all()).toEqual([])
    }
  })
})

it('does without a storage that must not even be named', () => {
  expect(findArea(() => { throw new Error('SecurityError') })).toBeUndefined()
})

it('keeps the files of a message, passes over those that cannot go yet, and knows which are up', () => {
  const store = createStore('otklik.', fakeArea())
  let count = 0
  const outbox = createOutbox(store, () => 1, () => `id-${++count}`)
  const { id, files = [] } = outbox.add('вот', [{ name: 'a.png', size: 3 }, { name: 'b.pdf', size: 4 }])
  outbox.add('и ещё')
  expect(files.map(({ name, bytes, up }) => [name, bytes, up])).toEqual([['a.png', 3, false], ['b.pdf', 4, false]])
  expect(outbox.next((item) => item.files === undefined)?.text).toBe('и ещё')
  outbox.fail(id, 'fileGone')
  for (const file of files) outbox.up(id, file.id)
  expect(outbox.next()).toMatchObject({ id, failed: null, files: [{ name: 'a.png', up: true }, { name: 'b.pdf', up: true }] })
})

import { ApiRefusal, ApiUnreachable } from '@otklik/client/http'
import { fileSize } from '@otklik/contract/attachment-rules'
import type { FileView } from '@otklik/contract/attachments'
import type { ContactId, FileId } from '@otklik/model/ids'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../api.ts'
import { createDrafts, type KeptStorage } from '../desk/drafts.ts'
import { translator } from '../texts/texts.ts'
import { wordRefusal, wordsOrFile } from './file-words.ts'
import type { UploadFile } from './upload-file.ts'
import { createUploads } from './uploads.ts'

const contact = 'c1' as ContactId
const file = (name: string, text = 'abc') => new File([text], name)

const memory = (): KeptStorage => {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    key: (index) => [...held.keys()][index] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  }
}

/** A server whose answers the test gives. */
const setUp = (storage = memory()) => {
  const asked: { id: FileId; name: string; progress(ratio: number): void; answer(outcome: FileView | Error): void; aborted: boolean }[] = []
  const upload: UploadFile = (id, { name }, progress, signal) =>
    new Promise((resolve, reject) => {
      const one = { id, name, progress, aborted: false, answer: (outcome: FileView | Error) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)) }
      signal.addEventListener('abort', () => {
        one.aborted = true
        reject(new ApiUnreachable('aborted'))
      })
      asked.push(one)
    })
  const timers: (() => void)[] = []
  let count = 0
  const uploads = createUploads({
    drafts: createDrafts(storage),
    upload,
    newId: () => `f${++count}`,
    later: (_ms, work) => {
      timers.push(work)
      return () => undefined
    },
    failed: failureOf,
  })
  const view = (index: number): FileView => ({ id: asked[index]?.id ?? ('' as FileId), name: asked[index]?.name ?? '', type: 'image/png', bytes: 3, image: null })
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return { uploads, asked, timers, view, settled, storage }
}
const refusal = (code: 'fileMismatch' | 'fileLimitReached' | 'rateLimited') => new ApiRefusal({ type: 'about:blank', title: '', status: 400, code, ...(code === 'rateLimited' ? { retryAfterSeconds: 7 } : {}) })
const states = ({ uploads }: ReturnType<typeof setUp>) => uploads.of(contact, 'reply').map(({ name, state, refusal: why }) => [name, why ?? state])

describe('files that go along', () => {
  it('go up one after the other, each with its way', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png'), file('b.pdf')])
    expect(states(own)).toEqual([['a.png', 'sending'], ['b.pdf', 'waiting']])
    own.asked[0]?.progress(0.5)
    expect(own.uploads.of(contact, 'reply')[0]?.ratio).toBe(0.5)
    own.asked[0]?.answer(own.view(0))
    await own.settled()
    expect(states(own)).toEqual([['a.png', 'up'], ['b.pdf', 'sending']])
    expect(own.uploads.of(contact, 'note')).toEqual([])
  })

  it('keep a picture to be shown until it is sent or taken out', () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [new File(['abc'], 'a.png', { type: 'image/png' }), new File(['abc'], 'b.pdf', { type: 'application/pdf' })])
    const [picture, document] = own.uploads.of(contact, 'reply')
    expect(picture && own.uploads.pictureOf(picture.id)?.name).toBe('a.png')
    expect(document && own.uploads.pictureOf(document.id)).toBeUndefined()
    own.uploads.take(contact, 'reply')
    expect(picture && own.uploads.pictureOf(picture.id)).toBeUndefined()
  })

  it('say at once what the server would refuse, and keep to ten a message', () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.exe'), file('empty.txt', '')])
    expect(states(own)).toEqual([['a.exe', 'fileTypeRefused'], ['empty.txt', 'fileEmpty']])
    expect(own.asked).toEqual([])
    own.uploads.add(contact, 'reply', Array.from({ length: 12 }, (_, index) => file(`${index}.txt`)))
    expect(states(own).slice(-3), 'the last two have no room').toEqual([['9.txt', 'waiting'], ['10.txt', 'tooMany'], ['11.txt', 'tooMany']])
  })

  it('judge before they count, and name those that have no room, also after a reload', async () => {
    const own = setUp()
    const chosen = Array.from({ length: 18 }, (_, index) => file(`${index}.${index < 7 ? 'exe' : 'txt'}`))
    own.uploads.add(contact, 'reply', chosen)
    const of = (why: string) => states(own).filter(([, state]) => state === why).map(([name]) => name)
    expect([of('fileTypeRefused').length, of('sending').length + of('waiting').length, of('tooMany')]).toEqual([7, 10, ['17.txt']])
    own.uploads.remove(contact, 'reply', own.uploads.of(contact, 'reply').find(({ name }) => name === '7.txt')!.id)
    own.uploads.add(contact, 'reply', [file('one more.txt')])
    expect(of('waiting')).toContain('one more.txt')
    expect(states(setUp(own.storage)).at(16)).toEqual(['17.txt', 'tooMany'])
  })

  it('tell the wait for one’s turn from the wait for the server', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png'), file('b.png')])
    const refusals = () => own.uploads.of(contact, 'reply').map(({ state, refusal: why }) => [state, why])
    expect(refusals()[1]).toEqual(['waiting', null])
    own.asked[0]?.answer(new ApiUnreachable('away'))
    await own.settled()
    expect(refusals()).toEqual([['waiting', 'unreachable'], ['waiting', null]])
    own.timers.shift()?.()
    expect(refusals()[0]).toEqual(['sending', null])
  })

  it('try again after a break and after being too quick; a refusal stays until somebody asks', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png')])
    own.asked[0]?.answer(new ApiUnreachable('away'))
    await own.settled()
    expect(states(own)).toEqual([['a.png', 'unreachable']])
    own.timers.shift()?.()
    own.asked[1]?.answer(refusal('rateLimited'))
    await own.settled()
    own.timers.shift()?.()
    own.asked[2]?.answer(refusal('fileLimitReached'))
    await own.settled()
    expect([states(own), own.timers]).toEqual([[['a.png', 'fileLimitReached']], []])
    own.uploads.retry('f1' as FileId)
    expect(states(own)).toEqual([['a.png', 'sending']])
    own.asked[3]?.answer(refusal('fileMismatch'))
    await own.settled()
    expect(own.uploads.of(contact, 'reply').map(own.uploads.isLost), 'its bytes stay what they are').toContain(true)
  })

  it('are called back on their way', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png'), file('b.png')])
    own.uploads.remove(contact, 'reply', 'f1' as FileId)
    await own.settled()
    expect(own.asked.map(({ name, aborted }) => [name, aborted])).toEqual([['a.png', true], ['b.png', false]])
    expect(states(own)).toEqual([['b.png', 'sending']])
  })

  it('make a message wait until they are up', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png')])
    const files = own.uploads.take(contact, 'reply')
    expect(own.uploads.of(contact, 'reply')).toEqual([])
    let ids: readonly FileId[] | undefined
    const waits = own.uploads.whenUp(files).then((up) => (ids = up))
    await own.settled()
    expect(ids).toBeUndefined()
    own.asked[0]?.answer(own.view(0))
    await waits
    expect(ids).toEqual(['f1'])
  })

  it('leave out of a message what was refused', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png'), file('b.exe'), file('c.pdf')])
    own.asked[0]?.answer(refusal('fileLimitReached'))
    await own.settled()
    expect(own.uploads.dropLost(contact, 'reply')).toEqual(['b.exe'])
    expect(own.uploads.take(contact, 'reply').map(({ name }) => name)).toEqual(['c.pdf'])
    expect(states(own), 'it may be tried again').toEqual([['a.png', 'fileLimitReached']])
  })

  it('fail their message when they are refused, and go another time with it', async () => {
    const own = setUp()
    own.uploads.add(contact, 'reply', [file('a.png')])
    const files = own.uploads.take(contact, 'reply')
    const waits = own.uploads.whenUp(files)
    own.asked[0]?.answer(refusal('fileLimitReached'))
    await expect(waits).rejects.toMatchObject({ problem: { code: 'fileLimitReached' } })
    own.uploads.retryAll(files)
    const again = own.uploads.whenUp(files)
    own.asked[1]?.answer(own.view(1))
    expect(await again).toEqual(['f1'])
  })

  it('are there after a reload if they were up; the others say that they are not', async () => {
    const before = setUp()
    before.uploads.add(contact, 'reply', [file('a.png'), file('b.png'), file('c.png'), file('d.exe')])
    before.asked[0]?.answer(before.view(0))
    await before.settled()
    before.asked[1]?.answer(refusal('fileMismatch'))
    await before.settled()
    before.asked[2]?.answer(refusal('fileLimitReached'))
    await before.settled()
    const after = setUp(before.storage)
    expect(states(after), 'what is refused for good says why').toEqual([['a.png', 'up'], ['b.png', 'fileMismatch'], ['c.png', 'fileGone'], ['d.exe', 'fileTypeRefused']])
    expect(await after.uploads.whenUp(after.uploads.of(contact, 'reply').flatMap(({ view }) => view ?? []))).toEqual(['f1'])
    createDrafts(before.storage).forget(contact)
    expect(before.storage.length).toBe(0)
  })
})

describe('words about files', () => {
  const ru = translator('ru')
  const en = translator('en')
  it('gives sizes in the unit that reads best', () => {
    expect([35, 830, 12_000, 1_023_000, 1_500_000, 20 * 1024 * 1024].map((bytes) => fileSize(bytes, 'ru').replace(/\s/, ' '))).toEqual(['1 кБ', '1 кБ', '12 кБ', '999 кБ', '1,4 МБ', '20 МБ'])
    expect(fileSize(1_500_000, 'en')).toBe('1.4 MB')
  })
  it('says why one is refused and what is taken', () => {
    expect(wordRefusal('fileTooLarge', 'ru', ru)).toBe('Больше 50 МБ: такой файл не отправить')
    expect(wordRefusal('fileBroken', 'en', en)).toContain('40 megapixels')
    expect(wordRefusal('unreachable', 'ru', ru)).toBe(ru('errors.unreachable'))
  })
  it('names a file where a message has no words', () => {
    expect(wordsOrFile('', { name: 'a.png', isPicture: true }, ru)).toBe('Картинка')
    expect(wordsOrFile('', { name: 'a.pdf', isPicture: false }, ru)).toBe('a.pdf')
    expect(wordsOrFile('да', { name: 'a.pdf', isPicture: false }, ru)).toBe('да')
    expect(wordsOrFile('', null, ru)).toBeNull()
  })
})

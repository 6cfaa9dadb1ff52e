import { createApi } from '@otklik/client/http'
import type { SocketLike } from '@otklik/client/resumable-socket'
import type { DeskReceive } from '@otklik/contract/realtime'
import { describe, expect, it } from 'vitest'
import { createClock } from '../parts/clock.ts'
import { buildContact, buildDesk, buildMessage, buildOffered, builtNow, contactId } from './desk-builders.ts'
import { createDeskStore } from './desk-store.ts'
import { createDrafts } from './drafts.ts'
import { contactsInHand } from './sorting.ts'

type Answer = { status: number; body?: unknown } | 'unreachable'
type Request = { method: string; path: string; body: unknown }

const problem = (code: string, status: number): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, code },
})

const start = async (answer: (request: Request) => Answer) => {
  const requests: Request[] = []
  const kept = new Map<string, string>()
  const timers: (() => void)[] = []
  const sockets: { socket: SocketLike; deliver: (frame: DeskReceive) => void }[] = []
  let ended = 0
  let ids = 900

  const api = createApi({
    baseUrl: '',
    fetch: async (input, init) => {
      const request = {
        method: init?.method ?? 'GET',
        path: String(input).replace('/api/v1', ''),
        body: init?.body ? JSON.parse(String(init.body)) : undefined,
      }
      if (request.path === '/desk/drafts') return new Response('{"items":[]}') // what they are is told in draft-keeper.test.ts
      requests.push(request)
      const given = answer(request)
      if (given === 'unreachable') throw new TypeError('fetch failed')
      return new Response(given.body === undefined ? null : JSON.stringify(given.body), { status: given.status })
    },
  })
  const store = createDeskStore({
    api,
    clock: createClock(() => builtNow),
    drafts: createDrafts({
      get length() { return kept.size },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }),
    newId: () => `id-${++ids}`,
    later: (_ms, work) => {
      timers.push(work)
      return () => void timers.splice(timers.indexOf(work), 1)
    },
    openSocket: () => {
      const socket: SocketLike = {
        readyState: 1,
        send: () => undefined,
        close: () => undefined,
        onopen: null,
        onmessage: null,
        onclose: null,
        onerror: null,
      }
      sockets.push({ socket, deliver: (frame) => socket.onmessage?.({ data: JSON.stringify(frame) } as never) })
      return socket
    },
    onSessionEnd: () => void ended++,
  })
  const settle = async () => {
    for (let round = 0; round < 20; round++) await Promise.resolve()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  /** Lets everything that waits for a timer happen now. */
  const drain = async () => {
    for (const work of timers.splice(0)) work()
    await settle()
  }
  await store.start()
  await settle()
  return { store, requests, kept, sockets, drain, settle, ended: () => ended, stop: () => store.stop() }
}

const welcome = (resumed: boolean): DeskReceive => ({
  t: 'welcome',
  cursor: 'c2',
  at: new Date(builtNow).toISOString(),
  resumed,
})
const desk = (...contacts: ReturnType<typeof buildContact>[]): Answer => ({
  status: 200,
  body: buildDesk({ contacts }),
})

describe('the desk’s store', () => {
  it('fetches the newest messages of a contact in hand, and later only what is missing', async () => {
    const room = await start(({ path }) => {
      if (path === '/desk') return desk(buildContact(1, { lastMessageNumber: 3 }))
      if (path.includes('before=4')) return {
        status: 200,
        body: { items: [1, 2, 3].map((number) => buildMessage(1, number)), more: false },
      }
      return { status: 200, body: { items: [buildMessage(1, 4), buildMessage(1, 5)], more: false } }
    })
    await room.drain()
    expect(room.store.getState().threads.get(contactId(1))?.messages.length).toBe(3)
    room.sockets[0]?.deliver({ t: 'contact', contact: buildContact(1, { version: 2, lastMessageNumber: 5 }) })
    await room.drain()
    expect(room.requests.at(-1)?.path).toContain('after=3')
    expect(room.store.getState().threads.get(contactId(1))?.messages.length).toBe(5)
    room.stop()
  })

  it('asks a server that is away at its own pace, and the first time at once', async () => {
    const room = await start(({ path }) => (path === '/desk' ? desk(buildContact(1, { lastMessageNumber: 3 })) : 'unreachable'))
    const asked = () => room.requests.filter(({ path }) => path.includes('/messages')).length
    expect(asked()).toBe(1)
    await room.settle()
    expect(asked()).toBe(1)
    await room.drain()
    expect(asked()).toBe(2)
    room.stop()
  })

  it('fetches the desk anew after a welcome that did not resume, and not after one that did', async () => {
    const room = await start(() => desk())
    const fetches = () => room.requests.filter((request) => request.path === '/desk').length
    room.sockets[0]?.deliver(welcome(true))
    await room.settle()
    expect(fetches()).toBe(1)
    room.sockets[0]?.deliver(welcome(false))
    await room.settle()
    expect(fetches()).toBe(2)
    room.stop()
  })

  it('sends again with the same id when the connection is back, keeps the order, and keeps both through a reload', async () => {
    let online = false
    const taken: unknown[] = []
    const room = await start(({ path, body }) => {
      if (path === '/desk') return desk(buildContact(1))
      if (!online) return 'unreachable'
      taken.push(body)
      const { id, text } = body as { id: string; text: string }
      return { status: 200, body: buildMessage(1, taken.length, { id: id as never, parts: [{ kind: 'text', text }] }) }
    })
    room.store.send(contactId(1), 'public', 'первое')
    room.store.send(contactId(1), 'public', 'второе')
    expect(room.store.getState().outgoing.map((message) => message.state)).toEqual(['sending', 'sending'])
    await room.settle()
    expect(room.store.getState().outgoing[0]?.state).toBe('waiting')
    expect(room.kept.get('otklik.outbox')).toContain('второе')
    online = true
    room.store.wake()
    await room.settle()
    expect(taken).toMatchObject([{ id: 'id-901', text: 'первое' }, { id: 'id-902', text: 'второе' }])
    expect(room.store.getState().outgoing).toEqual([])
    expect(room.kept.has('otklik.outbox')).toBe(false)
    const sends = room.requests.filter((request) => request.path.endsWith('/messages'))
    expect(new Set(sends.map((request) => (request.body as { id: string }).id))).toEqual(new Set(['id-901', 'id-902']))
    room.stop()
  })

  it('shows a refused message with why, and sends it again when asked', async () => {
    let refuse = true
    const room = await start(({ path, body }) => {
      if (path === '/desk') return desk(buildContact(1))
      if (refuse) return problem('contactNotActive', 409)
      return { status: 200, body: buildMessage(1, 1, { id: (body as { id: never }).id }) }
    })
    room.store.send(contactId(1), 'note', 'заметка')
    await room.settle()
    expect(room.store.getState().outgoing).toMatchObject([{ state: 'failed', refusal: 'contactNotActive' }])
    refuse = false
    room.store.sendAgain(room.store.getState().outgoing[0]!.id)
    await room.settle()
    expect(room.store.getState().outgoing).toEqual([])
    room.stop()
  })

  it('has the words of an offer before it is accepted', async () => {
    const room = await start(({ path }) => {
      if (path === '/desk') return desk(buildOffered(1, { lastMessageNumber: 1 }))
      if (path.includes('/messages')) return { status: 200, body: { items: [buildMessage(1, 1)], more: false } }
      return { status: 200, body: buildContact(1, { version: 2, lastMessageNumber: 1 }) }
    })
    await room.settle()
    expect(room.store.getState().threads.get(contactId(1))?.messages.length).toBe(1)
    const before = room.requests.length
    await room.store.accept(room.store.getState().contacts.get(contactId(1))!)
    await room.drain()
    expect(room.requests.slice(before).map(({ path }) => path.split('/').at(-1))).toEqual(['accept'])
    room.stop()
  })

  it('takes back what the server refused, and looks what became of it', async () => {
    let fetches = 0
    const room = await start(({ path }) => {
      if (path !== '/desk') return problem('offerGone', 409)
      fetches += 1
      return fetches === 1 ? desk(buildOffered(1)) : desk()
    })
    const offered = room.store.getState().contacts.get(contactId(1))!
    const outcome = room.store.accept(offered)
    expect(room.store.getState().pending.get(contactId(1))).toBe('accepting')
    expect(await outcome).toEqual({ ok: false, failure: 'offerGone' })
    await room.settle()
    expect(room.store.getState().contacts.size).toBe(0)
    room.stop()
  })

  it('asks in the order in which the agent did it, and never shows again what is being finished', async () => {
    const room = await start(({ path, body }) => {
      if (path === '/desk') return desk(buildContact(1))
      if (path.endsWith('/messages')) return { status: 200, body: buildMessage(1, 1, { id: (body as { id: never }).id }) }
      if (path.endsWith('/end')) return { status: 200, body: buildContact(1, { version: 2, state: 'wrapUp' }) }
      return { status: 200, body: buildContact(1, { version: 3, state: 'closed' }) }
    })
    await room.settle()
    const before = room.requests.length
    room.store.send(contactId(1), 'public', 'Готово!')
    const ended = room.store.end(contactId(1))
    const finished = room.store.finish(contactId(1), { dispositionId: 'd' as never, resolved: true, note: '' })
    let shownAgain = 0
    room.store.subscribe(() => (shownAgain += contactsInHand(room.store.getState()).length))
    expect(await Promise.all([ended, finished])).toEqual([{ ok: true }, { ok: true }])
    expect(room.requests.slice(before).map(({ path }) => path.split('/').at(-1))).toEqual(['messages', 'end', 'finish'])
    expect(shownAgain).toBe(0)
    room.stop()
  })

  it.each([
    ['is lost on its way', 'unreachable' as const, 'waiting'],
    ['finds the server restarting', problem('unavailable', 503), 'waiting'],
    ['comes too quickly', problem('rateLimited', 429), 'waiting'],
    ['is refused', problem('fileGone', 409), 'failed'],
  ])('keeps a contact whose last message %s, whatever was to become of it', async (_what, given, state) => {
    let isLost = true
    const room = await start(({ path, body }) => {
      if (path === '/desk') return desk(buildContact(1))
      if (path.endsWith('/messages')) return isLost ? given : { status: 200, body: buildMessage(1, 1, { id: (body as { id: never }).id }) }
      return { status: 200, body: buildContact(1, { version: 3, state: 'closed' }) }
    })
    const { store } = room
    const id = contactId(1)
    store.send(id, 'public', 'Вернули деньги. Хорошего дня!')
    const outcome = { dispositionId: 'd' as never, resolved: true, note: '' }
    const acts = [store.finish(id, outcome), store.end(id), store.transfer(id, { kind: 'queue', queueId: 'q' as never }, ''), store.escalate(id, ''), store.snooze(id, null, '')]
    for (const act of acts) expect(await act).toEqual({ ok: false, failure: 'messageNotGone' })
    expect(store.getState().outgoing).toMatchObject([{ state, text: 'Вернули деньги. Хорошего дня!' }])
    expect(contactsInHand(store.getState()).length, 'all is taken back').toBe(1)
    expect(room.requests.filter(({ method, path }) => method === 'POST' && !path.endsWith('/messages'))).toEqual([])

    isLost = false
    store.sendAgain(store.getState().outgoing[0]!.id)
    expect(await store.finish(id, outcome)).toEqual({ ok: true })
    room.stop()
  })

  it('lets the limit of wrap-up have its outcome: what was not sent is lost with it anyway', async () => {
    const room = await start(({ path }) => {
      if (path === '/desk') return desk(buildContact(1, { state: 'wrapUp' }))
      if (path.endsWith('/messages')) return problem('contactNotActive', 409)
      return { status: 200, body: buildContact(1, { version: 3, state: 'closed' }) }
    })
    room.store.send(contactId(1), 'public', 'ещё слово')
    expect(await room.store.finish(contactId(1), { dispositionId: 'd' as never, resolved: false, note: '' }, true)).toEqual({ ok: true })
    room.stop()
  })

  it('empties the field whose very words were sent on another screen, and no other', async () => {
    const room = await start(({ path }) => (path === '/desk' ? desk(buildContact(1)) : { status: 200, body: { items: [], more: false } }))
    const draft = (mode: string) => `otklik.draft.${contactId(1)}.${mode}`
    room.kept.set(draft('reply'), 'Уже проверяю ')
    room.kept.set(draft('note'), 'Уже проверяю')
    const me = room.store.getState().me?.id ?? null
    const say = (number: number, text: string) =>
      room.sockets[0]?.deliver({
        t: 'message',
        message: buildMessage(1, number, { author: { kind: 'agent', agentId: me, name: 'Анна' }, parts: [{ kind: 'text', text }] }),
      })
    say(1, 'Здравствуйте')
    expect([...room.kept.keys()]).toEqual([draft('reply'), draft('note')])
    say(2, 'Уже проверяю')
    expect([...room.kept.keys()]).toEqual([draft('note')])
    room.stop()
  })

  it('forgets the drafts of a contact that left', async () => {
    const room = await start(({ path }) => (path === '/desk' ? desk(buildContact(1)) : {
      status: 200,
      body: { items: [], more: false },
    }))
    room.kept.set(`otklik.draft.${contactId(1)}.reply`, 'недописанное')
    room.sockets[0]?.deliver({ t: 'contactGone', contactId: contactId(1), version: 2 })
    expect([...room.kept.keys()]).toEqual([])
    room.stop()
  })

  it('tells that the session is over', async () => {
    const room = await start(() => problem('notSignedIn', 401))
    expect(room.ended()).toBe(1)
    expect(room.store.getState()).toMatchObject({ phase: 'failed', failure: 'notSignedIn' })
    room.stop()
  })
})

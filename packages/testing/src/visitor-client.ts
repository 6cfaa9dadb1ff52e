/** A customer's widget without its screen: what a third party would write from docs/realtime.md. */
import { randomUUID } from 'node:crypto'
import { createResumableSocket, type SocketLike } from '@otklik/client/resumable-socket'
import type { ExpectedWait, VisitorReceive, VisitorSend } from '@otklik/contract/realtime'
import type { ChatView, VisitorGrant, VisitorMessage, WidgetConfig } from '@otklik/contract/web-chat'
import { WebSocket } from 'ws'
import { Awaited } from './awaited.ts'

export interface VisitorOptions {
  readonly url: string
  readonly origin: string
  readonly channelId: string
  /** Of an earlier visit. */
  readonly token?: string
  /** What the visitor's browser says of itself, and the page that it shows. */
  readonly language?: 'ru' | 'en'
  readonly timeZone?: string | null
  readonly page?: { readonly url: string; readonly title: string }
}

export type Accepted = Extract<VisitorReceive, { t: 'accepted' }>
export type Refused = Extract<VisitorReceive, { t: 'refused' }>

export const createVisitorClient = async ({
  url, origin, channelId, token: known, language = 'ru', timeZone = 'Europe/Moscow', page = { url: 'https://shop.example/', title: 'Магазин' },
}: VisitorOptions) => {
  const ask = async <Value>(path: string, body?: unknown): Promise<Value> => {
    const response = await fetch(`${url}/api/v1/web-chat/${channelId}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Origin: origin, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Value
  }
  const config = await ask<WidgetConfig>('config')
  const token = known ?? (await ask<VisitorGrant>('visitors', { consentVersion: config.consentVersion, language, timeZone })).token

  const awaited = new Awaited()
  const state = {
    chat: null as ChatView | null,
    messages: new Map<string, VisitorMessage>(),
    position: null as number | null,
    wait: null as ExpectedWait | null,
    accepted: new Map<string, Accepted>(),
    refused: [] as Refused[],
    typing: 0,
    welcomes: [] as boolean[],
    bye: null as string | null,
  }
  /** Sent and not answered: sent again, under the same ids and in order, whenever the connection is back. */
  const unanswered = new Map<string, Omit<Extract<VisitorSend, { t: 'send' }>, 't' | 'id'>>()
  let raw: WebSocket | undefined
  const socket = createResumableSocket<VisitorSend, VisitorReceive>({
    open: () => (raw = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/web-chat/socket`, { origin })) as unknown as SocketLike,
    hello: (cursor) => ({ t: 'hello', protocol: 1, token, ...(cursor === undefined ? {} : { cursor }), page }),
    onFrame: (frame) => {
      if (frame.t === 'welcome') {
        state.welcomes.push(frame.resumed)
        for (const [id, words] of unanswered) socket.send({ t: 'send', id, ...words })
      }
      if (frame.t === 'state') {
        state.chat = frame.chat
        state.messages = new Map(frame.messages.map((message) => [message.id, message]))
      }
      if (frame.t === 'chat') {
        const newer = frame.chat.contactId === state.chat?.contactId ? frame.chat.version >= state.chat.version : frame.chat.arrivedAt >= (state.chat?.arrivedAt ?? '')
        if (newer) state.chat = frame.chat
      }
      if (frame.t === 'message') state.messages.set(frame.message.id, frame.message)
      if (frame.t === 'position') Object.assign(state, { position: frame.position, wait: frame.wait })
      if (frame.t === 'accepted') {
        unanswered.delete(frame.id)
        state.accepted.set(frame.id, frame)
      }
      if (frame.t === 'refused') {
        if (frame.id !== undefined) unanswered.delete(frame.id)
        state.refused.push(frame)
      }
      if (frame.t === 'typing') state.typing++
      if (frame.t === 'bye') state.bye = frame.code
      awaited.changed()
    },
    onState: () => awaited.changed(),
  })
  socket.start()
  const client = {
    token,
    config,
    state,
    until: awaited.until.bind(awaited),
    within: awaited.within.bind(awaited),
    /** Sends and waits until the message is durable. */
    send(text: string, id: string = randomUUID(), limitMs?: number, fileIds?: string[]): Promise<Accepted> {
      const words = { text, ...(fileIds ? { fileIds } : {}) }
      unanswered.set(id, words)
      socket.send({ t: 'send', id, ...words })
      return awaited.until('an answer to a message', () => {
        if (socket.state === 'stopped') throw new Error('the page was closed')
        const refused = state.refused.find((frame) => frame.id === id)
        if (refused) throw new Error(refused.code)
        return state.accepted.get(id)
      }, limitMs)
    },
    /** A request under the visitor's own address, with the token. */
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(`${url}/api/v1/web-chat/${channelId}/${path}`, { ...init, headers: { Origin: origin, Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) } }),
    frame: (frame: VisitorSend) => socket.send(frame),
    /** Cuts the connection as a bad network does; the client comes back by itself. */
    cut: () => raw?.terminate(),
    close: () => socket.stop(),
    /** Texts in the order in which a customer reads them. */
    texts: () =>
      [...state.messages.values()]
        .sort((a, b) => (a.contactId === b.contactId ? a.number - b.number : a.at < b.at ? -1 : 1))
        .map(({ parts: [part] }) => (part?.kind === 'text' ? part.text : `[${part?.kind === 'file' ? part.name : part?.code}]`)),
  }
  await awaited.until('a welcome', () => state.welcomes.length > 0 || state.bye !== null)
  return client
}

export type VisitorClient = Resolved<ReturnType<typeof createVisitorClient>>
type Resolved<Value> = Value extends Promise<infer Inner> ? Inner : Value

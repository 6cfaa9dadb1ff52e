/** A centre in a few lines that plays the protocol of docs/realtime.md to the widget, and the pages that carry it. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FileView } from '@otklik/contract/attachments'
import type { ErrorCode } from '@otklik/contract/errors'
import type { ExpectedWait, VisitorReceive, VisitorSend } from '@otklik/contract/realtime'
import type { ChatView, VisitorMessage, WidgetConfig } from '@otklik/contract/web-chat'
import type { ChannelAccountId, ContactId, MessageId } from '@otklik/model/ids'
import { WebSocketServer, type WebSocket } from 'ws'

type Sent<Kind extends VisitorSend['t']> = Extract<VisitorSend, { t: Kind }>

export const createFakeCentre = async (script: string) => {
  const channelId = randomUUID() as ChannelAccountId
  let config: WidgetConfig = {
    channelId,
    language: 'ru',
    accent: '#a8401a',
    side: 'right',
    title: 'Поддержка',
    greeting: 'Здравствуйте! Чем помочь?',
    consentText: 'Начиная чат, вы соглашаетесь на обработку персональных данных.',
    consentUrl: 'https://shop.example/terms',
    consentVersion: 'one',
    targetSeconds: 20,
    usualSeconds: 20,
    notice: '',
    isOpen: true,
    staffing: 'available',
    opensAt: null,
    closedText: '',
    takesMessages: true,
  }
  const tokens = new Set<string>()
  const sockets = new Set<WebSocket>()
  const frames: VisitorSend[] = []
  const agreed: unknown[] = []
  const refusals: { code: ErrorCode; retryAfterSeconds?: number }[] = []
  const uploads = new Map<string, FileView>()
  let uploadRefusal: ErrorCode | undefined
  let areUploadsHeld = false
  const heldUploads: (() => void)[] = []
  const pages = new Map<string, { html: string; headers?: Record<string, string> }>()
  let chat: ChatView | null = null
  let messages: VisitorMessage[] = []
  let isDown = false
  let isBlocked = false

  const instant = () => new Date().toISOString()
  const say = (frame: VisitorReceive) => sockets.forEach((socket) => socket.send(JSON.stringify(frame)))
  const change = (next: Partial<ChatView>) => {
    if (!chat) throw new Error('there is no chat')
    chat = { ...chat, ...next, version: chat.version + 1 }
    say({ t: 'chat', chat })
  }
  const add = (message: Pick<VisitorMessage, 'id' | 'author' | 'name' | 'parts'>): VisitorMessage => {
    if (!chat) throw new Error('there is no chat')
    const { contactId } = chat
    const number = messages.filter((one) => one.contactId === contactId).length + 1
    const full = { ...message, contactId, number, at: instant() }
    messages.push(full)
    say({ t: 'message', message: full })
    return full
  }

  const filesOf = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const file = uploads.get(id)
      return file ? [{ kind: 'file' as const, ...file }] : []
    })
  const take = (socket: WebSocket, { id, text, fileIds = [] }: Sent<'send'>) => {
    const answer = (frame: VisitorReceive) => socket.send(JSON.stringify(frame))
    const refusal = refusals.shift()
    if (refusal) return answer({ t: 'refused', of: 'send', id, detail: '', ...refusal })
    let message = messages.find((one) => one.id === id)
    if (!message) {
      if (!chat || chat.state === 'ended')
        chat = {
          contactId: randomUUID() as ContactId,
          arrivedAt: instant(),
          queuedAt: instant(),
          version: 1,
          state: 'queued',
          agent: null,
          agentReadNumber: 0, snoozedUntil: null, rateWith: { style: 'faces', comment: true },
          endedAt: null,
          endReason: null,
          rating: null,
          canRate: false,
        }
      message = add({ id: id as MessageId, author: 'customer', name: null, parts: [...(text ? [{ kind: 'text' as const, text: text.trim() }] : []), ...filesOf(fileIds)] })
      say({ t: 'chat', chat })
    }
    answer({ t: 'accepted', id: message.id, contactId: message.contactId, number: message.number, at: message.at })
  }

  const hear = (socket: WebSocket, frame: VisitorSend) => {
    frames.push(frame)
    if (frame.t === 'hello') {
      const code = isBlocked ? 'visitorBlocked' : tokens.has(frame.token) ? undefined : 'visitorUnknown'
      if (code) {
        socket.send(JSON.stringify({ t: 'bye', code, final: true } satisfies VisitorReceive))
        return socket.close()
      }
      sockets.add(socket)
      for (const answer of [
        { t: 'welcome', cursor: '1', at: instant(), resumed: false },
        { t: 'state', chat, messages },
        { t: 'cursor', cursor: '1', at: instant() },
      ] satisfies VisitorReceive[])
        socket.send(JSON.stringify(answer))
    }
    if (frame.t === 'send') take(socket, frame)
    if (frame.t === 'end' && chat?.state !== 'ended') end('customerEnded')
    if (frame.t === 'rate') change({ rating: frame.score, canRate: false })
  }

  const end = (reason: 'agentEnded' | 'customerEnded') => {
    add({
      id: randomUUID() as MessageId,
      author: 'system',
      name: null,
      parts: [{ kind: 'notice', code: reason === 'agentEnded' ? 'endedByAgent' : 'endedByCustomer' }],
    })
    change({ state: 'ended', endedAt: instant(), endReason: reason, canRate: messages.some((one) => one.author === 'agent') })
  }

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').replace(/\?.*/, '')
    const json = (status: number, body: unknown) => {
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'Access-Control-Allow-Origin': request.headers.origin ?? '*',
        'Access-Control-Allow-Headers': 'Content-Type, Authorization, X-File-Name',
        'Access-Control-Allow-Methods': 'GET, POST, PUT',
      })
      response.end(JSON.stringify(body))
    }
    const page = pages.get(path)
    if (page) return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html)
    if (path === '/widget.js') return response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(script)
    if (isDown) return request.destroy()
    if (request.method === 'OPTIONS') return json(200, {})
    if (path === `/api/v1/web-chat/${channelId}/config`) return json(200, config)
    const read = (take: (body: string) => void) => {
      let body = ''
      request.on('data', (data: Buffer) => (body += String(data)))
      request.on('end', () => take(body))
    }
    const fileId = /\/files\/([0-9a-f-]{36})$/.exec(path)?.[1]
    if (fileId && request.method === 'PUT') {
      let bytes = 0
      request.on('data', (data: Buffer) => (bytes += data.length))
      return request.on('end', () => {
        const keep = () => {
          if (uploadRefusal) return json(415, { code: uploadRefusal, status: 415, title: '', type: '' })
          const name = decodeURIComponent(String(request.headers['x-file-name']))
          const file: FileView = { id: fileId as FileView['id'], name, type: 'application/pdf', bytes, image: null }
          uploads.set(fileId, file)
          json(200, file)
        }
        if (areUploadsHeld) heldUploads.push(keep)
        else keep()
      })
    }
    if (path === `/api/v1/web-chat/${channelId}/visitors/forget`)
      return read((body) => {
        tokens.delete((JSON.parse(body) as { token: string }).token)
        response.writeHead(204, { 'Access-Control-Allow-Origin': request.headers.origin ?? '*' }).end()
      })
    if (path === `/api/v1/web-chat/${channelId}/visitors`)
      return read((body) => {
        const asked = JSON.parse(body) as { consentVersion: string }
        agreed.push(asked)
        if (asked.consentVersion !== config.consentVersion) return json(422, { code: 'consentNeeded', status: 422, title: '', type: '' })
        const token = randomUUID()
        tokens.add(token)
        json(200, { token, visitorId: randomUUID() })
      })
    return json(404, { code: 'notFound', status: 404, title: '', type: '' })
  }

  const server = createServer(answer)
  const socketServer = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, raw, head) => {
    if (isDown) return raw.destroy()
    socketServer.handleUpgrade(request, raw, head, (socket) => {
      socket.on('message', (data) => hear(socket, JSON.parse(String(data)) as VisitorSend))
      socket.on('close', () => sockets.delete(socket))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo

  return {
    channelId,
    /** The widget's server; pages are served under the other name, so that they are of another origin. */
    origin: `http://localhost:${port}`,
    site: `http://127.0.0.1:${port}`,
    tag: `<script src="http://localhost:${port}/widget.js" data-channel="${channelId}" async></script>`,
    frames,
    agreed,
    tokens,
    /** Frames of one kind, in order. */
    heard: <Kind extends VisitorSend['t']>(kind: Kind) => frames.filter((frame): frame is Sent<Kind> => frame.t === kind),
    texts: () => messages.flatMap(({ author, parts: [part] }) => (author === 'customer' && part?.kind === 'text' ? [part.text] : [])),
    serve: (path: string, html: string, headers: Record<string, string> = {}) => void pages.set(path, { html, headers }),
    configure: (next: Partial<WidgetConfig>) => void (config = { ...config, ...next }),
    place: (position: number, wait: ExpectedWait | null = null) => chat && say({ t: 'position', contactId: chat.contactId, position, wait }),
    accept(name: string) {
      change({ state: 'active', agent: { name } })
      if (chat) say({ t: 'position', contactId: chat.contactId, position: null, wait: null })
    },
    readAll: () => change({ agentReadNumber: messages.length }),
    type: () => say({ t: 'typing' }),
    reply: (text: string) => add({ id: randomUUID() as MessageId, author: 'agent', name: chat?.agent?.name ?? null, parts: [{ kind: 'text', text }] }),
    end,
    uploads,
    refuseUploads: (code?: ErrorCode) => void (uploadRefusal = code),
    /** Lets uploads wait for their answers; false answers them. */
    holdUploads(held: boolean): void {
      areUploadsHeld = held
      if (!held) for (const keep of heldUploads.splice(0)) keep()
    },
    refuseNext: (code: ErrorCode, retryAfterSeconds?: number) =>
      void refusals.push({ code, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }),
    /** Cuts every connection and takes none until it is up again. */
    down(down: boolean) {
      isDown = down
      if (down) for (const socket of sockets) socket.terminate()
    },
    forgetVisitors(): void {
      tokens.clear()
      chat = null
      messages = []
      for (const socket of sockets) socket.terminate()
    },
    block(): void {
      isBlocked = true
      say({ t: 'bye', code: 'visitorBlocked', final: true })
    },
    async stop(): Promise<void> {
      for (const socket of socketServer.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
export type FakeCentre = Awaited<ReturnType<typeof createFakeCentre>>

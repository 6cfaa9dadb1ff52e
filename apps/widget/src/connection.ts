/**
 * The way to the server: a token, then a socket that comes back by itself. There is neither before they are needed: a
 * visitor who only looks at the page is not asked for and holds no connection.
 */
import { createResumableSocket, type ConnectionState, type ResumableSocket, type SocketLike } from '@otklik/client/resumable-socket'
import type { ErrorCode } from '@otklik/contract/errors'
import type { VisitorReceive, VisitorSend } from '@otklik/contract/realtime'
import type { WidgetConfig } from '@otklik/contract/web-chat'
import { Unreachable, type Server } from './server.ts'
import type { Store } from './storage.ts'
import { retryMs, type Timers } from './timers.ts'

export interface ConnectionDeps {
  readonly server: Pick<Server, 'newVisitor'>
  readonly openSocket: () => SocketLike
  readonly local: Store
  readonly timers: Timers
  readonly now: () => number
  readonly random: () => number
  readonly page: () => { url: string; title: string }
  readonly timeZone: string | null
  readonly config: () => WidgetConfig | null
  /** Whether something waits to be sent, for which a token is worth asking. */
  readonly hasUnsent: () => boolean
  readonly onFrame: (frame: VisitorReceive) => void
  /** What was sent and not answered is to be sent again. */
  readonly onBreak: () => void
  readonly onOffline: (isOffline: boolean) => void
  /** The server gives no token. */
  readonly onRefused: (code: ErrorCode, retryAfterSeconds: number) => void
}

/** A break shorter than this is not worth a word. */
const blinkMs = 2000
/** A socket that was silent for longer, while the machine may have slept, is not trusted. */
const staleMs = 15_000

export const createConnection = (deps: ConnectionDeps) => {
  const { local, timers, now } = deps
  let socket: ResumableSocket<VisitorSend> | undefined
  let raw: SocketLike | undefined
  let heardAt = 0
  let isAsking = false
  let attempt = 0

  const offlineSoon = () => {
    if (!timers.isRunning('offline')) timers.after('offline', blinkMs, () => deps.onOffline(true))
  }
  const online = () => {
    timers.stop('offline')
    deps.onOffline(false)
  }

  const connect = (): void => {
    if (socket) return
    const token = local.get('token')
    if (token !== null) return openSocket(token)
    if (deps.hasUnsent()) void askForToken()
  }

  const openSocket = (token: string) => {
    const own = createResumableSocket<VisitorSend, VisitorReceive>({
      open: () => (raw = deps.openSocket()),
      hello: (cursor) => ({ t: 'hello', protocol: 1, token, page: deps.page(), ...(cursor === undefined ? {} : { cursor }) }),
      onFrame(frame) {
        if (own !== socket) return
        heardAt = now()
        deps.onFrame(frame)
      },
      onState(next: ConnectionState) {
        deps.onBreak()
        if (next === 'open') online()
        else if (next !== 'stopped') offlineSoon()
      },
      random: deps.random,
    })
    socket = own
    own.start()
  }

  /** Writing agrees to the terms that stand below the field: the first message brings the token. */
  const askForToken = async () => {
    const config = deps.config()
    if (isAsking || !config) return
    isAsking = true
    try {
      const answer = await deps.server.newVisitor(config.consentVersion, config.language, deps.timeZone)
      attempt = 0
      online()
      // Another tab may have been quicker: then we are the visitor that it is.
      if (answer.ok && local.get('token') === null) local.set('token', answer.value.token)
      if (!answer.ok) deps.onRefused(answer.code, answer.retryAfterSeconds)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      offlineSoon()
      timers.after('token', retryMs(attempt++, deps.random, 500, 10_000), connect)
    } finally {
      isAsking = false
    }
    if (local.get('token') !== null) connect()
  }

  /** The socket's own way of noticing takes up to its limit of silence; this is at once. */
  const lost = () => raw?.onclose?.(undefined as never)

  return {
    connect,
    /** False: not now; the caller keeps what must not be lost. */
    send: (frame: VisitorSend): boolean => socket?.send(frame) ?? false,
    disconnect(): void {
      const old = socket
      socket = undefined
      old?.stop()
      timers.stop('offline')
    },
    lost,
    wake(): void {
      if (socket?.state === 'open' && now() - heardAt > staleMs) lost()
      if (socket) socket.wake()
      else connect()
    },
  }
}

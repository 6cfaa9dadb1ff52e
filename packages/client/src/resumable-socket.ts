/**
 * A socket that comes back by itself and resumes where it was: the client side of docs/realtime.md, for browser and
 * Node. Types only from the contract, so that the widget can carry it.
 *
 *   idle ──start──▶ connecting ──welcome──▶ open ──close, silence──▶ waiting ──timer, wake──▶ connecting
 *                                             └── bye (final) ──▶ stopped
 */
type Frame = { readonly t: string }
type Common =
  | { t: 'welcome'; cursor: string; at: string; resumed: boolean }
  | { t: 'cursor'; cursor: string; at: string }
  | { t: 'bye'; code: string; final: boolean }

/** What we use of a WebSocket; the browser's and `ws`'s both fit. */
export interface SocketLike {
  readonly readyState: number
  send(data: string): void
  close(): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
}

export type ConnectionState = 'connecting' | 'open' | 'waiting' | 'stopped'

export interface ResumableOptions<Send extends Frame, Receive extends Frame> {
  readonly open: () => SocketLike
  readonly hello: (cursor: string | undefined) => Send
  /** Every frame, in order, `welcome` and `cursor` included. */
  readonly onFrame: (frame: Receive) => void
  readonly onState: (state: ConnectionState) => void
  /** Silence after which the socket is taken for dead, milliseconds. */
  readonly silenceMs?: number
  readonly random?: () => number
}

const firstDelayMs = 250
const longestDelayMs = 10_000

export const createResumableSocket = <Send extends Frame, Receive extends Frame>(options: ResumableOptions<Send, Receive>) => {
  const { silenceMs = 25_000, random = Math.random } = options
  let socket: SocketLike | undefined
  let state: ConnectionState | 'idle' = 'idle'
  let cursor: string | undefined
  let attempt = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined

  const enter = (next: ConnectionState) => {
    if (state === next) return
    state = next
    options.onState(next)
  }

  const drop = () => {
    clearTimeout(silenceTimer)
    const old = socket
    socket = undefined
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    old.onerror = () => undefined // `ws` reports a close before the handshake as an error
    old.close()
  }

  const retry = () => {
    drop()
    if (state === 'stopped') return
    enter('waiting')
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt++)
    clearTimeout(retryTimer)
    // Full jitter: after a restart thousands of clients must not come back at once.
    retryTimer = setTimeout(connect, ceiling * (0.5 + random() / 2))
  }

  const heard = () => {
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(retry, silenceMs)
  }

  const receive = (data: unknown) => {
    heard()
    const frame = JSON.parse(String(data)) as Receive
    const common = frame as unknown as Common
    if (common.t === 'welcome') {
      attempt = 0
      enter('open')
    }
    options.onFrame(frame)
    // After the handler: a frame that threw is asked for again.
    if (common.t === 'welcome' || common.t === 'cursor') cursor = common.cursor
    if (common.t === 'bye' && common.final) stop()
  }

  const connect = () => {
    clearTimeout(retryTimer)
    drop()
    enter('connecting')
    const fresh = options.open()
    socket = fresh
    heard()
    fresh.onopen = () => fresh.send(JSON.stringify(options.hello(cursor)))
    fresh.onmessage = (event: { data: unknown }) => receive(event.data)
    fresh.onclose = retry
    fresh.onerror = retry
  }

  const stop = () => {
    enter('stopped')
    clearTimeout(retryTimer)
    drop()
  }

  return {
    /** Connects; `from` is the cursor of a state that was fetched already. */
    start(from?: string) {
      cursor = from
      connect()
    },
    /** Sends if the socket is open. False: it was not, and the caller keeps what must not be lost. */
    send(frame: Send): boolean {
      if (state !== 'open' || !socket) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    /** Tries at once: the network is back, or the page is seen again. */
    wake() {
      if (state === 'waiting') connect()
    },
    /** Takes a newer cursor, after a state was fetched anew. */
    rebase(next: string) {
      cursor = next
    },
    stop,
    get state() {
      return state
    },
  }
}

export type ResumableSocket<Send extends Frame> = {
  start(from?: string): void
  send(frame: Send): boolean
  wake(): void
  rebase(next: string): void
  stop(): void
  readonly state: ConnectionState | 'idle'
}

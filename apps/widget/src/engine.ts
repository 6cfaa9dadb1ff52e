/** The widget's hands: sends what is written, keeps it until it is durable, comes back after every break. */
import { createResumableSocket, type ConnectionState, type ResumableSocket, type SocketLike } from '@otklik/client/resumable-socket'
import type { ErrorCode } from '@otklik/contract/errors'
import type { VisitorReceive, VisitorSend } from '@otklik/contract/realtime'
import type { WidgetConfig } from '@otklik/contract/web-chat'
import type { ContactId } from '@otklik/model/ids'
import { emptyChat, lastOurs, reduce, type ChatEvent, type ChatState, type ReadMark } from './chat.ts'
import { isOutboxName, parseItem, type Outbox } from './outbox.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { readJson, type Store } from './storage.ts'
import { Unreachable, type Server } from './server.ts'

export interface EngineDeps {
  readonly server: Pick<Server, 'config' | 'newVisitor'>
  readonly openSocket: () => SocketLike
  /** Of the site: shared by its tabs, outlives them. */
  readonly local: Store
  /** Of this tab. */
  readonly session: Store
  readonly outbox: Outbox
  readonly now: () => number
  readonly random: () => number
  readonly isVisible: () => boolean
  readonly page: () => { url: string; title: string }
  readonly timeZone: string | null
  /** What an integrator must put right: an origin that is not listed, a channel that does not exist. */
  readonly report: (error: Error) => void
}

const typingEveryMs = 3000
const typingHoldsMs = 5000
/** A break shorter than this is not worth a word. */
const blinkMs = 2000
/** A socket that was silent so long while the machine may have slept is not trusted. */
const staleMs = 15_000
const longestRetryMs = 10_000

export const createEngine = (deps: EngineDeps, onChange: (state: ChatState) => void) => {
  const { local, session, outbox, now } = deps
  let state: ChatState = emptyChat
  let socket: ResumableSocket<VisitorSend> | undefined
  let raw: SocketLike | undefined
  let heardAt = 0
  let inFlight: string | null = null
  let heldUntil = 0
  let typedAt = -typingEveryMs
  let sentRead = 0
  let isAsking = false
  let attempt = 0
  /** What is to be said again after a break, until the server's view of the chat shows it. */
  let wanted: Extract<VisitorSend, { t: 'end' | 'rate' }> | null = null
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const after = (name: string, ms: number, work: () => void) => {
    clearTimeout(timers.get(name))
    timers.set(name, setTimeout(work, ms))
  }
  const stopTimer = (name: string) => clearTimeout(timers.get(name))

  const dispatch = (event: ChatEvent) => {
    state = reduce(state, event)
    onChange(state)
  }
  const showOutbox = () => dispatch({ t: 'outbox', items: outbox.all() })

  // ---- connection ----

  const offlineSoon = () => after('offline', blinkMs, () => dispatch({ t: 'offline', isOffline: true }))
  const retryLater = (name: string, work: () => void) => {
    offlineSoon()
    after(name, Math.min(longestRetryMs, 500 * 2 ** attempt++) * (0.5 + deps.random() / 2), work)
  }

  /** Opens the socket for a visitor whom the server knows; asks for a token if there is something to send. */
  const connect = () => {
    if (socket || state.problem?.kind === 'blocked') return
    const token = local.get('token')
    if (token !== null) return openSocket(token)
    if (outbox.next()) void askForToken()
  }

  const openSocket = (token: string) => {
    const own = createResumableSocket<VisitorSend, VisitorReceive>({
      open: () => (raw = deps.openSocket()),
      hello: (cursor) => ({ t: 'hello', protocol: 1, token, page: deps.page(), ...(cursor === undefined ? {} : { cursor }) }),
      onFrame: (frame) => {
        if (own === socket) receive(frame)
      },
      onState: (next) => onConnection(next),
      random: deps.random,
    })
    socket = own
    own.start()
  }

  const onConnection = (next: ConnectionState) => {
    inFlight = null
    if (next === 'open') stopTimer('offline')
    else if (next !== 'stopped' && !state.isOffline) offlineSoon()
  }

  const disconnect = () => {
    const old = socket
    socket = undefined
    old?.stop()
    stopTimer('offline')
    inFlight = null
    sentRead = 0
  }

  /** Writing agrees to the terms that stand below the field: the first message brings the token. */
  const askForToken = async () => {
    const { config } = state
    if (isAsking || !config) return
    isAsking = true
    try {
      const answer = await deps.server.newVisitor(config.consentVersion, config.language, deps.timeZone)
      attempt = 0
      stopTimer('offline')
      dispatch({ t: 'offline', isOffline: false })
      // Another tab may have been quicker: then we are the visitor that it is.
      if (answer.ok && local.get('token') === null) local.set('token', answer.value.token)
      if (!answer.ok) tokenRefused(answer.code, answer.retryAfterSeconds)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      retryLater('token', connect)
    } finally {
      isAsking = false
    }
    if (local.get('token') !== null) connect()
  }

  const tokenRefused = (code: ErrorCode, seconds: number) => {
    if (code === 'rateLimited') {
      dispatch({ t: 'problem', problem: { kind: 'wait', seconds } })
      return after('token', seconds * 1000, connect)
    }
    for (const item of outbox.all()) outbox.fail(item.id, code)
    showOutbox()
    dispatch({ t: 'problem', problem: { kind: code === 'consentNeeded' ? 'consent' : 'unavailable' } })
    if (code === 'consentNeeded') void loadConfig()
  }

  // ---- frames ----

  const receive = (frame: VisitorReceive) => {
    heardAt = now()
    dispatch({ t: 'frame', frame })
    switch (frame.t) {
      case 'welcome':
        sentRead = 0
        if (state.problem?.kind === 'unavailable') dispatch({ t: 'problem', problem: null })
        if (wanted) socket?.send(wanted)
        return flush()
      case 'cursor': // messages of a tab that was closed before it could send them
        return flush()
      case 'state':
      case 'chat':
        settleWanted()
        return markRead()
      case 'message':
        return markRead()
      case 'typing':
        return after('typing', typingHoldsMs, () => dispatch({ t: 'typingOver' }))
      case 'accepted':
        outbox.remove(frame.id)
        inFlight = null
        if (state.problem?.kind === 'wait' || state.problem?.kind === 'consent') dispatch({ t: 'problem', problem: null })
        showOutbox()
        return flush()
      case 'refused':
        return refused(frame)
      case 'bye':
        return dismissed(frame.code, frame.final)
      case 'position':
        return
    }
  }

  const settleWanted = () => {
    const { chat } = state
    if (chat && chat.state !== 'ended') local.set('live', '1')
    else local.remove('live')
    const done = wanted?.t === 'end' ? chat?.state === 'ended' : chat?.rating !== null
    if (wanted && (done || wanted.contactId !== chat?.contactId)) wanted = null
  }

  const refused = (frame: Extract<VisitorReceive, { t: 'refused' }>) => {
    if (frame.of === 'send' && frame.id !== undefined) {
      inFlight = null
      if (frame.code === 'rateLimited') {
        const seconds = frame.retryAfterSeconds ?? 5
        heldUntil = now() + seconds * 1000
        dispatch({ t: 'problem', problem: { kind: 'wait', seconds } })
        return after('held', seconds * 1000, flush)
      }
      outbox.fail(frame.id, frame.code)
      showOutbox()
      return flush()
    }
    if (frame.of !== 'end' && frame.of !== 'rate') return
    // `end` is refused only where nothing is left to end, and `rate` where there is a rating: the view shows it.
    if (frame.of === 'rate' && frame.code !== 'alreadyRated') dispatch({ t: 'problem', problem: { kind: 'notRated' } })
    wanted = null
  }

  const dismissed = (code: ErrorCode, isFinal: boolean) => {
    if (!isFinal) return
    disconnect()
    if (code === 'visitorUnknown') {
      // A stranger again: nothing of the old visit is ours to show, but what was not sent yet is.
      local.remove('token')
      forgetVisit()
      return connect()
    }
    dispatch({ t: 'problem', problem: { kind: code === 'visitorBlocked' ? 'blocked' : 'unavailable' } })
  }

  const forgetVisit = () => {
    for (const name of ['live', 'read']) local.remove(name)
    session.remove('view')
    wanted = null
    dispatch({ t: 'reset' })
  }

  // ---- sending ----

  /** One message at a time: that is what keeps their order when one of them has to wait. */
  const flush = () => {
    if (!socket) return connect()
    if (inFlight !== null || now() < heldUntil) return
    const item = outbox.next()
    if (item && socket.send({ t: 'send', id: item.id, text: item.text })) inFlight = item.id
  }

  const markRead = () => {
    const { chat, isOpen } = state
    const number = lastOurs(state)
    if (!chat || !isOpen || !deps.isVisible() || number === 0) return
    const mark: ReadMark = { contactId: chat.contactId, number }
    if (state.read?.contactId !== mark.contactId || state.read.number < number) {
      local.set('read', JSON.stringify(mark))
      dispatch({ t: 'read', mark })
    }
    if (number > sentRead && socket?.send({ t: 'read', ...mark })) sentRead = number
  }

  const want = (frame: NonNullable<typeof wanted>, event: ChatEvent) => {
    wanted = frame
    dispatch({ t: 'problem', problem: null })
    dispatch(event)
    if (!socket?.send(frame)) connect()
  }

  // ---- settings ----

  const takeConfig = (config: WidgetConfig | null) => {
    if (config) local.set('config', JSON.stringify(config))
    else local.remove('config')
    dispatch({ t: 'config', config })
  }

  const loadConfig = async (): Promise<void> => {
    try {
      const answer = await deps.server.config()
      attempt = 0
      stopTimer('config')
      if (answer.ok) takeConfig(answer.value)
      else if (answer.code === 'rateLimited') after('config', answer.retryAfterSeconds * 1000, () => void loadConfig())
      else {
        takeConfig(null)
        deps.report(new Error(`Otklik: the chat is not shown here (${answer.code}). Check data-channel and the sites listed for the channel.`))
      }
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      after('config', Math.min(longestRetryMs * 3, 1000 * 2 ** attempt++) * (0.5 + deps.random() / 2), () => void loadConfig())
    }
    if (state.config && (outbox.next() || local.get('live') !== null)) connect()
  }

  return {
    get state() {
      return state
    },
    loadConfig,
    /** Shows what is known without network. */
    start(): void {
      const config = readJson(local.get('config')) as WidgetConfig | undefined
      if (config) dispatch({ t: 'config', config })
      const token = local.get('token')
      const view = token === null ? undefined : readSnapshot(session, token)
      dispatch({
        t: 'restored',
        chat: view?.chat ?? null,
        messages: view?.messages ?? [],
        read: (readJson(local.get('read')) as ReadMark | undefined) ?? null,
      })
      showOutbox()
    },
    open(): void {
      if (state.isOpen) return
      session.set('open', '1')
      dispatch({ t: 'opened' })
      connect()
      markRead()
    },
    close(): void {
      session.remove('open')
      dispatch({ t: 'closed' })
    },
    send(text: string): void {
      const words = text.replaceAll('\0', '').trim()
      if (words === '') return
      outbox.add(words)
      showOutbox()
      flush()
    },
    sendAgain(id: string): void {
      outbox.retry(id)
      dispatch({ t: 'problem', problem: null })
      showOutbox()
      flush()
    },
    discard(id: string): void {
      outbox.remove(id)
      showOutbox()
    },
    typing(): void {
      if (!state.chat || state.chat.state === 'ended' || now() - typedAt < typingEveryMs) return
      if (socket?.send({ t: 'typing' })) typedAt = now()
    },
    askEnd: () => dispatch({ t: 'asksEnd' }),
    stay: () => dispatch({ t: 'stays' }),
    end: (contactId: ContactId) => want({ t: 'end', contactId }, { t: 'ending' }),
    rate: (contactId: ContactId, score: number, comment: string) => want({ t: 'rate', contactId, score, comment: comment.trim() }, { t: 'rating' }),
    /** The visitor leaves the site's account: nothing of the chat stays in this browser. */
    logout(): void {
      disconnect()
      outbox.clear()
      showOutbox()
      forgetVisit()
      local.remove('token') // last: other tabs take it as the sign to forget, too
    },
    /** The network is back, or the page is seen again. */
    wake(): void {
      if (!state.config) return
      if (socket?.state === 'open' && now() - heardAt > staleMs) raw?.onclose?.(undefined as never)
      if (socket) socket.wake()
      else connect()
      markRead()
    },
    /** The browser says that the network is gone: a socket would notice later. */
    lost: () => raw?.onclose?.(undefined as never),
    /** Another tab changed what we share. `name` null: everything was cleared. */
    changedElsewhere(name: string | null, before: string | null, value: string | null): void {
      if (name === null || name === 'token') {
        if (name === 'token' && value === before) return
        disconnect()
        forgetVisit()
        showOutbox()
        // Without a token the tab that lost it asks for the new one, not both.
        return value === null ? undefined : connect()
      }
      if (name === 'read') {
        const mark = readJson(value) as ReadMark | undefined
        if (mark) dispatch({ t: 'read', mark })
      }
      if (!isOutboxName(name)) return
      const item = value === null ? parseItem(before) : undefined
      if (item?.failed === null) dispatch({ t: 'sentElsewhere', item })
      showOutbox()
      connect()
    },
    /** The page is left: what it shows is kept for its reload. */
    keep: () => writeSnapshot(session, local.get('token'), state),
  }
}
export type Engine = ReturnType<typeof createEngine>

/** The widget's hands: sends what is written, keeps it until it is durable, comes back after every break. */
import type { SocketLike } from '@otklik/client/resumable-socket'
import type { ErrorCode } from '@otklik/contract/errors'
import type { VisitorReceive, VisitorSend } from '@otklik/contract/realtime'
import type { WidgetConfig } from '@otklik/contract/web-chat'
import type { ContactId } from '@otklik/model/ids'
import { canEnd, emptyChat, lastOurs, reduce, type ChatEvent, type ChatState, type Problem, type ReadMark } from './chat.ts'
import { createConnection } from './connection.ts'
import { isOutboxName, parseItem, type Outbox } from './outbox.ts'
import type { Server } from './server.ts'
import { createSettings } from './settings.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { readJson, type Store } from './storage.ts'
import { createTimers } from './timers.ts'
import { createUploads } from './uploads.ts'

/** How old what the server said of itself may be while the chat is open. */
const freshMs = 120_000

export interface EngineDeps {
  readonly server: Pick<Server, 'config' | 'newVisitor' | 'forgetVisitor' | 'upload' | 'bytes'>
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
type Refused = Extract<VisitorReceive, { t: 'refused' }>

export const createEngine = (deps: EngineDeps, onChange: (state: ChatState) => void) => {
  const { local, session, outbox, now } = deps
  const timers = createTimers()
  let state: ChatState = emptyChat
  let inFlight: string | null = null
  let heldUntil = 0
  let typedAt = -typingEveryMs
  let sentRead = 0
  /** Of a preview, in place of what is stored. */
  let previewed: Partial<WidgetConfig> = {}
  /** What is to be said again after a break, until the server's view of the chat shows it. */
  let wanted: Extract<VisitorSend, { t: 'end' | 'rate' }> | null = null

  const dispatch = (event: ChatEvent) => {
    state = reduce(state, event)
    onChange(state)
  }
  const showOutbox = () => dispatch({ t: 'outbox', items: outbox.all() })
  const choose = (chosen: readonly File[]) => dispatch({ t: 'files', files: { chosen } })
  const showProblem = (problem: Problem | null) => dispatch({ t: 'problem', problem })

  const uploads = createUploads({
    ...deps,
    timers,
    token: () => local.get('token'),
    onProgress: (progress) => dispatch({ t: 'files', files: { progress } }),
    onUp(item, fileId) {
      outbox.up(item.id, fileId)
      showOutbox()
      flush()
    },
    onRefused(item, code, fileId) {
      outbox.fail(item.id, code, ({ id }) => id === fileId)
      showOutbox()
      flush()
    },
    again: () => flush(),
  })

  const connection = createConnection({
    ...deps,
    timers,
    config: () => state.config,
    hasUnsent: () => outbox.next() !== undefined,
    onFrame: (frame) => receive(frame),
    onBreak() {
      inFlight = null
      sentRead = 0
    },
    onOffline: (isOffline) => dispatch({ t: 'offline', isOffline }),
    onRefused(code, seconds) {
      if (code === 'rateLimited') {
        showProblem({ kind: 'wait', seconds })
        return timers.after('token', seconds * 1000, connection.connect)
      }
      for (const item of outbox.all()) outbox.fail(item.id, code)
      showOutbox()
      showProblem({ kind: code === 'consentNeeded' ? 'consent' : 'unavailable' })
      if (code === 'consentNeeded') void loadConfig()
    },
  })
  const connect = () => {
    if (state.problem?.kind !== 'blocked') connection.connect()
  }

  // ---- frames ----

  const receive = (frame: VisitorReceive): void => {
    dispatch({ t: 'frame', frame })
    switch (frame.t) {
      case 'welcome':
        if (state.problem?.kind === 'unavailable') showProblem(null)
        if (wanted) connection.send(wanted)
        uploads.hurry()
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
        return timers.after('typing', typingHoldsMs, () => dispatch({ t: 'typingOver' }))
      case 'accepted':
        outbox.remove(frame.id)
        inFlight = null
        if (state.problem?.kind === 'wait' || state.problem?.kind === 'consent') showProblem(null)
        showOutbox()
        return flush()
      case 'refused':
        return frame.of === 'send' ? sendRefused(frame) : wishRefused(frame)
      case 'bye':
        return frame.final ? dismissed(frame.code) : undefined
      case 'position':
        return
    }
  }

  const settleWanted = () => {
    const { chat } = state
    if (chat && chat.state !== 'ended') local.set('live', '1')
    else local.remove('live')
    const isDone = wanted?.t === 'end' ? chat?.state === 'ended' : chat?.rating !== null
    if (wanted && (isDone || wanted.contactId !== chat?.contactId)) wanted = null
  }

  const sendRefused = ({ id, code, retryAfterSeconds: seconds = 5 }: Refused) => {
    inFlight = null
    if (code === 'rateLimited') {
      heldUntil = now() + seconds * 1000
      showProblem({ kind: 'wait', seconds })
      return timers.after('held', seconds * 1000, flush)
    }
    if (id !== undefined) outbox.fail(id, code)
    showOutbox()
    flush()
  }

  const wishRefused = ({ of, code }: Refused) => {
    if (of !== wanted?.t) return
    // `end` is refused only where nothing is left to end; a rating that is there already is shown by the chat.
    if (of === 'rate' && code !== 'alreadyRated') showProblem({ kind: 'notRated' })
    wanted = null
  }

  const dismissed = (code: ErrorCode) => {
    connection.disconnect()
    if (code === 'visitorUnknown') {
      // A stranger again: nothing of the old visit is ours to show, but what was not sent yet is.
      local.remove('token')
      forgetVisit()
      return connect()
    }
    if (code === 'visitorBlocked') {
      for (const item of outbox.all()) outbox.fail(item.id, code)
      showOutbox()
    }
    showProblem({ kind: code === 'visitorBlocked' ? 'blocked' : 'unavailable' })
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
    const item = outbox.next(uploads.canSend)
    if (!item || inFlight !== null || now() < heldUntil) return
    // Not without a connection: that is where a first-time visitor gets the token from.
    if (uploads.isBusyWith(item)) return connect()
    const { id, text, files } = item
    if (connection.send({ t: 'send', id, text, ...(files ? { fileIds: files.map((file) => file.id) } : {}) })) inFlight = id
    else connect()
  }

  const markRead = () => {
    const { chat, isOpen } = state
    const number = lastOurs(state)
    if (!chat || !isOpen || !deps.isVisible() || number === 0) return
    const mark: ReadMark = { contactId: chat.contactId, number }
    const isNew = state.read?.contactId !== mark.contactId || state.read.number < number
    if (isNew) {
      local.set('read', JSON.stringify(mark))
      dispatch({ t: 'read', mark })
    }
    if ((isNew || number > sentRead) && connection.send({ t: 'read', ...mark })) sentRead = number
  }

  const want = (frame: NonNullable<typeof wanted>, event: ChatEvent) => {
    wanted = frame
    showProblem(null)
    dispatch(event)
    if (!connection.send(frame)) connect()
  }

  // ---- settings ----

  const loadConfig = createSettings({
    ...deps,
    timers,
    onConfig: (config) => dispatch({ t: 'config', config: config && { ...config, ...previewed } }),
    onSettled() {
      if (state.config && (outbox.next() || local.get('live') !== null)) connect()
      // A notice comes and goes, a queue opens and closes while somebody looks; whoever opens the chat asks anyway.
      timers.after('fresh', freshMs, () => void (state.isOpen && loadConfig()))
    },
  })

  /** Files that were not up went with the page that was left. A tab that still has them corrects it. */
  const failLost = () => {
    for (const item of outbox.all()) if (item.failed === null && !uploads.canSend(item)) outbox.fail(item.id, 'fileGone', ({ up }) => !up)
  }

  /** Shows what is known without network. */
  const start = () => {
    const config = readJson(local.get('config')) as WidgetConfig | undefined
    if (config) dispatch({ t: 'config', config })
    const token = local.get('token')
    const view = token === null ? undefined : readSnapshot(session, token)
    const read = readJson(local.get('read')) as ReadMark | undefined
    dispatch({ t: 'restored', chat: view?.chat ?? null, messages: view?.messages ?? [], read: read ?? null })
    failLost()
    showOutbox()
  }

  /** Another tab changed what we share. `name` null: everything was cleared. */
  const changedElsewhere = (name: string | null, before: string | null, value: string | null) => {
    if (name === null || name === 'token') {
      connection.disconnect()
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
  }

  return {
    get state() {
      return state
    },
    start,
    loadConfig,
    changedElsewhere,
    open(): void {
      if (state.isOpen) return
      session.set('open', '1')
      dispatch({ t: 'opened' })
      connect()
      // Who is there now, not when the page was loaded an hour ago.
      if (state.config) void loadConfig()
      markRead()
    },
    close(): void {
      session.remove('open')
      dispatch({ t: 'closed' })
    },
    /** @param text goes with the files that were chosen */
    send(text: string): void {
      const words = text.replaceAll('\0', '').trim()
      const { chosen } = state
      if (words === '' && chosen.length === 0) return
      outbox.add(words, chosen).files?.forEach(({ id }, index) => uploads.hold(id, chosen[index] as File))
      choose([])
      showOutbox()
      flush()
    },
    choose,
    sendAgain(id: string): void {
      outbox.retry(id)
      failLost()
      showProblem(null)
      showOutbox()
      flush()
    },
    discard(id: string): void {
      outbox.remove(id)
      showOutbox()
    },
    /** The bytes of a file of the chat. */
    bytes: (id: string, variant: 'url' | 'previewUrl') => deps.server.bytes(local.get('token') ?? '', id, variant),
    typing(): void {
      if (!canEnd(state) || now() - typedAt < typingEveryMs) return
      if (connection.send({ t: 'typing' })) typedAt = now()
    },
    askEnd: () => dispatch({ t: 'asksEnd' }),
    stay: () => dispatch({ t: 'stays' }),
    end: (contactId: ContactId) => want({ t: 'end', contactId }, { t: 'ending' }),
    rate: (contactId: ContactId, score: number, comment: string) =>
      want({ t: 'rate', contactId, score, comment: comment.replaceAll('\0', '').trim() }, { t: 'rating' }),
    /** The visitor leaves the site's account: nothing of the chat stays in this browser. */
    logout(): void {
      connection.disconnect()
      outbox.clear()
      session.remove('draft')
      choose([])
      showOutbox()
      forgetVisit()
      const token = local.get('token')
      local.remove('token') // last: other tabs take it as the sign to forget, too
      if (token !== null) deps.server.forgetVisitor(token).catch((error: unknown) => deps.report(new Error('Otklik: the token lives on until it expires', { cause: error })))
    },
    /** Shows settings that are not saved yet. */
    preview(settings: Partial<WidgetConfig>): void {
      previewed = settings
      if (state.config) dispatch({ t: 'config', config: { ...state.config, ...previewed } })
    },
    /** The network is back, or the page is seen again. */
    wake(): void {
      if (!state.config || state.problem?.kind === 'blocked') return
      connection.wake()
      markRead()
    },
    /** The browser says that the network is gone. */
    lost: () => connection.lost(),
    /** The page is left: what it shows is kept for its reload. */
    keep: () => writeSnapshot(session, local.get('token'), state),
  }
}
export type Engine = ReturnType<typeof createEngine>

/** The widget's socket: docs/realtime.md, "The widget". The token comes in the first frame, within five seconds. */
import { VisitorSend, type VisitorAction, type VisitorReceive } from '@otklik/contract/realtime'
import type { ContactId } from '@otklik/model/ids'
import type { WebSocket } from 'ws'
import { hashToken, looksLikeToken } from '../access/tokens.ts'
import { atMostEvery, createRateLimit, type RateLimit } from '../access/rate-limit.ts'
import { endVisit, markAway, rateVisit, readVisit } from '../actions/end-visit.ts'
import type { Refusal } from '../actions/outcome.ts'
import { recordVisitorMessage, type IntakeDeps } from '../actions/record-visitor-message.ts'
import { loadVisitor, type VisitorSession } from '../store/credentials.ts'
import { readCursor, writeCursor } from '../store/log.ts'
import { loadNewestContact, loadVisitorState } from '../store/visitor-views.ts'
import { audienceOf, mixedUpBy } from './audience.ts'
import type { SocketDeps } from './desk-socket.ts'
import { readFrames, typingMs } from './frames.ts'
import { Outgoing } from './outgoing.ts'
import { unsaid, type VisitorSocket } from './visitor-feed.ts'

export interface VisitorSocketDeps extends SocketDeps {
  readonly deps: IntakeDeps
  readonly messages: RateLimit
  readonly ownOrigins: ReadonlySet<string>
}

const helloMs = 5000
const framesPerMinute = 300
type Hello = Extract<VisitorAction, { t: 'hello' }>

export const serveVisitorSocket = (socket: WebSocket, origin: string | undefined, own: VisitorSocketDeps): void => {
  const out = new Outgoing<VisitorReceive>(socket)
  const now = () => own.deps.now().toISOString()
  let served: { visitor: VisitorSession; shown: VisitorSocket; page: Hello['page']; open: boolean } | undefined
  let leave: (() => Promise<void>) | undefined

  const dismiss = (code: Extract<VisitorReceive, { t: 'bye' }>['code'], final: boolean) => {
    out.send({ t: 'bye', code, final })
    out.close()
  }
  const tooLate = setTimeout(() => dismiss('visitorUnknown', false), helloMs)

  const hello = async (frame: Hello) => {
    if (leave) return
    clearTimeout(tooLate)
    const visitor = looksLikeToken(frame.token) ? await loadVisitor(own.reader, hashToken(frame.token), own.deps.now()) : undefined
    if (!visitor) return dismiss('visitorUnknown', true)
    const listed = visitor.listed || (origin !== undefined && own.ownOrigins.has(origin))
    if (visitor.origin !== (origin ?? null) || !listed) return dismiss('originRefused', true)
    if (visitor.blocked) return dismiss('visitorBlocked', true)

    const shown: VisitorSocket = { visitor, out, contactId: undefined, ...unsaid }
    const closeLiveLink = await own.links.open({ customerId: visitor.customerId })
    const remove = own.hub.visitors.add(shown)
    leave = async () => {
      remove()
      await closeLiveLink()
    }
    // Looked at again once the hub knows the socket: a token that ends from now on is heard of there.
    const still = await loadVisitor(own.reader, hashToken(frame.token), own.deps.now())
    if (!still) return dismiss('visitorUnknown', true)
    if (still.blocked) return dismiss('visitorBlocked', true)
    // Found to be somebody else, or not to be, since the first look: what the hub heard of it did not concern this socket yet.
    if (still.customerId !== visitor.customerId) return dismiss('unavailable', false)
    served = { visitor, shown, page: frame.page, open: false }
    // The hub knows the socket and its chat before the log is asked and the state is loaded: what is committed before is
    // in those, what comes later is sent by the hub. In another order an answer of this very moment would be lost.
    const newest = await loadNewestContact(own.reader, visitor)
    if (newest) own.hub.visitors.show(shown, newest)
    const here = own.spine.cursor
    const cursor = frame.cursor === undefined ? undefined : readCursor(frame.cursor)
    const since = cursor && own.spine.eventsAfter(cursor)
    // What the page holds may be somebody else's by now.
    const missed = since?.some((event) => mixedUpBy(event).includes(visitor.customerId)) ? undefined : since
    const state = await loadVisitorState(own.reader, visitor, own.deps.now())
    if (state.chat) {
      own.hub.visitors.show(shown, state.chat.contactId)
      served.open = state.chat.state !== 'ended'
      if (served.open) await markAway(own.deps, state.chat.contactId, null)
    }
    const welcome = { t: 'welcome', cursor: missed ? (frame.cursor ?? '') : writeCursor(here), at: now(), resumed: missed !== undefined } as const
    if (!missed) {
      out.begin(welcome, { t: 'state', chat: state.chat, messages: state.messages })
    } else {
      out.begin(welcome)
      const ownContacts = new Set(state.contactIds)
      const mine = missed.filter((event) => {
        const contactId = audienceOf(event)?.contactId
        return contactId !== undefined && ownContacts.has(contactId)
      })
      const messageIds = new Set(mine.flatMap((event) => audienceOf(event)?.messageId ?? []))
      for (const message of state.messages) if (messageIds.has(message.id)) out.send({ t: 'message', message })
      if (state.chat && mine.length > 0) out.send({ t: 'chat', chat: state.chat })
    }
    await own.hub.settleVisitor(out)
  }

  const typing = atMostEvery(typingMs)
  const refused = (of: string, refusal: Refusal, id?: string) =>
    out.send({
      t: 'refused',
      of,
      ...(id === undefined ? {} : { id }),
      code: refusal.code,
      detail: refusal.detail ?? '',
      ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
    })

  const budget = createRateLimit(framesPerMinute, () => own.deps.now().getTime())
  const act = async (frame: Exclude<VisitorAction, Hello>) => {
    if (!served) return dismiss('visitorUnknown', false)
    const { visitor, shown } = served
    const pause = budget.take('frames')
    if (pause > 0) return refused(frame.t, { ok: false, code: 'rateLimited', detail: 'Wait a moment.', retryAfterSeconds: pause }, frame.t === 'send' ? frame.id : undefined)
    switch (frame.t) {
      case 'send': {
        const wait = own.messages.take(visitor.customerId)
        if (wait > 0) return refused('send', { ok: false, code: 'rateLimited', detail: 'Wait a moment.', retryAfterSeconds: wait }, frame.id)
        const outcome = await recordVisitorMessage(own.deps, visitor, { id: frame.id, text: frame.text, fileIds: frame.fileIds, page: served.page }, !served.open)
        if (!outcome.ok) {
          if (outcome.code === 'visitorBlocked') return dismiss('visitorBlocked', true)
          return refused('send', outcome, frame.id)
        }
        const { contactId, number, at, repeated } = outcome.value
        if (!repeated) {
          served.open = true
          own.hub.visitors.show(shown, contactId)
        }
        return out.send({ t: 'accepted', id: frame.id, contactId, number, at: at.toISOString() })
      }
      case 'typing':
        if (shown.contactId && typing()) own.hub.typingToAgent(shown.contactId)
        return
      case 'read':
        await readVisit(own.deps, visitor, frame.contactId as ContactId, frame.number)
        return
      case 'end': {
        const outcome = await endVisit(own.deps, visitor, frame.contactId)
        if (!outcome.ok) refused('end', outcome)
        return
      }
      case 'rate': {
        const outcome = await rateVisit(own.deps, visitor, frame)
        if (!outcome.ok) refused('rate', outcome)
        return
      }
    }
  }

  readFrames(socket, VisitorSend, {
    frame: async (frame) => {
      if (!out.closed) await (frame.t === 'hello' ? hello(frame) : act(frame))
    },
    malformed: (detail, raw) => {
      if (!served) return dismiss('badRequest', true)
      // The client finds its message by the id, even if the rest of the frame is wrong.
      const { t, id } = (typeof raw === 'object' && raw !== null ? raw : {}) as { t?: unknown; id?: unknown }
      refused(typeof t === 'string' ? t.slice(0, 20) : 'frame', { ok: false, code: 'validationFailed', detail }, typeof id === 'string' ? id.slice(0, 64) : undefined)
    },
    failed: (error) => {
      own.onError(error, 'serving a visitor socket')
      out.close()
    },
    closed: async () => {
      clearTimeout(tooLate)
      await leave?.()
    },
  })
}

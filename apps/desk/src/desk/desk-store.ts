/**
 * The desk's live state: fetches, listens to the socket, sends, and keeps the pure reducer fed. Components read it
 * with `useDesk`; two tabs of one agent each have one and agree because the server tells both the same.
 */
import { ApiRefusal, type Api } from '@otklik/client/http'
import { createResumableSocket, type SocketLike } from '@otklik/client/resumable-socket'
import { protocolVersion, typingSeconds, type DeskReceive, type DeskSend } from '@otklik/contract/realtime'
import { routes } from '@otklik/contract/routes'
import type { ContactView, MessageView } from '@otklik/contract/views'
import type { AgentId, ContactId, DispositionId, MessageId, QueueId, ReasonId } from '@otklik/model/ids'
import { failureOf, type Failure } from '../api.ts'
import { uploadFile, type UploadFile } from '../attachments/upload-file.ts'
import { createUploads } from '../attachments/uploads.ts'
import type { Clock } from '../parts/clock.ts'
import { initialDesk, reduceDesk, type DeskInput, type Outgoing, type Pending } from './desk-state.ts'
import { createDraftKeeper } from './draft-keeper.ts'
import type { Drafts } from './drafts.ts'
import { createMessageFetcher } from './message-fetcher.ts'
import { createOnlookers } from './onlookers.ts'
import { createOutbox } from './outbox.ts'
import { createTurns } from './turns.ts'

/** `messageNotGone`: what was written to the customer, or noted, has not arrived; the contact stays with its agent. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly failure: Failure | 'messageNotGone' }

/** Something of a contact is still in the outbox, and would be lost with it. */
class MessageNotGone extends Error {}

export interface DeskDeps {
  readonly api: Api
  readonly openSocket: () => SocketLike
  readonly clock: Clock
  readonly drafts: Drafts
  readonly newId: () => string
  /** The browser's own, unless a test or the gallery gives another. */
  readonly upload?: UploadFile
  /** Calls back later; returns how to call it off. */
  readonly later: (ms: number, work: () => void) => () => void
  /** A supervisor has whispered something about a contact in hand. */
  readonly onHint?: (hint: MessageView) => void
  /** The session is over: the screens go to the sign-in. */
  readonly onSessionEnd: () => void
}

export type TransferTarget = {
  readonly kind: 'queue'
  readonly queueId: QueueId
} | { readonly kind: 'agent'; readonly agentId: AgentId }

export const createDeskStore = (deps: DeskDeps) => {
  const { api, clock, drafts } = deps
  let state = initialDesk
  const listeners = new Set<() => void>()
  let typedAt = 0
  let cursor: string | undefined

  const dispatch = (input: DeskInput) => {
    const before = state
    state = reduceDesk(state, input)
    if (state === before) return
    if (state.outgoing !== before.outgoing) drafts.writeOutbox(state.outgoing)
    for (const [id, version] of state.left) if (before.left.get(id) !== version &&
      !state.contacts.has(id)) {
        uploads.leave(id)
        drafts.forget(id)
      }
    // What was written before it was put off, or on another screen.
    const taken = input.t === 'fetched' ? [] : [...state.contacts.values()].filter(({ id, state: now }) => now === 'active' && before.contacts.get(id)?.state !== 'active').map(({ id }) => id)
    if (taken.length > 0) void keeper.fetch(taken)
    for (const listener of listeners) listener()
    fetcher.check()
  }

  /** A call that failed because nobody is signed in ends the session, whatever it was for. */
  const failed = (error: unknown): Failure => {
    const failure = failureOf(error)
    if (failure === 'notSignedIn') deps.onSessionEnd()
    return failure
  }

  // ---- fetching ----

  const fetchDesk = async (): Promise<Outcome> => {
    const since = state.frames
    try {
      const view = await api.call(routes.desk, {})
      clock.learn(view.at)
      dispatch({ t: 'fetched', view, since })
      drafts.keepOnly(new Set(state.contacts.keys()))
      void keeper.fetch(state.contacts.keys())
      cursor = view.cursor
      socket.rebase(cursor)
      return { ok: true }
    } catch (error) {
      const failure = failed(error)
      dispatch({ t: 'fetchFailed', failure })
      return { ok: false, failure }
    }
  }

  const fetcher = createMessageFetcher({
    api,
    state: () => state,
    dispatch: (input) => dispatch(input),
    later: deps.later,
    failed,
  })

  const keeper = createDraftKeeper({
    api,
    drafts,
    later: deps.later,
    now: () => clock.now(),
    isHeld: (contactId) => state.contacts.has(contactId),
    failed,
  })

  // ---- the socket ----

  const isKnown = ({ id, contactId }: { readonly id: MessageId; readonly contactId: ContactId }): boolean =>
    state.outgoing.some((message) => message.id === id) || state.threads.get(contactId)?.messages.some((message) => message.id === id) === true

  const receive = (frame: DeskReceive) => {
    if (frame.t === 'welcome' || frame.t === 'cursor') clock.learn(frame.at)
    if (frame.t === 'message' && frame.message.author.agentId === state.me?.id && !isKnown(frame.message)) {
      const { contactId, visibility, parts } = frame.message
      // Here and now: the other screen tells the server only after a while that its field is empty.
      for (const part of parts) if (part.kind === 'text') drafts.sentElsewhere(contactId, visibility === 'note' ? 'note' : 'reply', part.text)
      void keeper.fetch([contactId])
    }
    if (frame.t === 'message' && frame.message.visibility === 'hint' && frame.message.author.agentId !== state.me?.id && !isKnown(frame.message)) deps.onHint?.(frame.message)
    dispatch({ t: 'frame', frame, now: clock.now() })
    if (frame.t === 'welcome') {
      if (!frame.resumed) void fetchDesk()
      outbox.resume()
      uploads.resume()
      fetcher.forgetAnswers()
      fetcher.check()
      onlookers.resume()
    }
    onlookers.receive(frame)
    if (frame.t === 'bye' && frame.final && frame.code === 'notSignedIn') deps.onSessionEnd()
  }

  const socket = createResumableSocket<DeskSend, DeskReceive>({
    open: deps.openSocket,
    hello: (cursor) => ({ t: 'hello', protocol: protocolVersion, ...(cursor === undefined ? {} : { cursor }) }),
    onFrame: receive,
    onState: (connection) => dispatch({ t: 'connection', connection }),
  })

  const onlookers = createOnlookers((frame) => socket.send(frame))

  const uploads = createUploads({
    drafts,
    upload: deps.upload ?? uploadFile,
    newId: deps.newId,
    later: deps.later,
    failed: (error) => failed(error),
  })

  const outbox = createOutbox({
    state: () => state.outgoing,
    dispatch,
    later: deps.later,
    send: async ({ id, contactId, visibility, text, files = [] }: Outgoing) => {
      const fileIds = await uploads.whenUp(files)
      const taken = await api.call(routes.sendMessage, {
        params: { id: contactId },
        body: { id, visibility, text, ...(files.length > 0 ? { fileIds: [...fileIds] } : {}) },
      })
      uploads.forget(files)
      return taken
    },
    failed,
  })

  // ---- what the agent does ----

  const inTurn = createTurns(outbox.underWay)

  /**
   * Shows it at once, asks the server, and takes it back when the server refuses.
   * @param leavesBehind the contact goes, and with it whatever was not sent
   */
  const act = async (
    contactId: ContactId,
    pending: Pending,
    ask: () => Promise<ContactView | undefined>,
    leavesBehind = pending === 'ending' || pending === 'finishing' || pending === 'handingOver',
  ): Promise<Outcome> => {
    dispatch({ t: 'pending', contactId, pending })
    try {
      const contact = await inTurn(contactId, async () => {
        // Its turn has come, and the messages before it were tried: what is still there was given up, if only for now.
        if (leavesBehind && state.outgoing.some((message) => message.contactId === contactId)) throw new MessageNotGone()
        return ask()
      })
      if (contact) {
        dispatch({ t: 'contact', contact })
        dispatch({ t: 'settled', contactId, pending })
      } else dispatch({ t: 'handedOver', contactId })
      return { ok: true }
    } catch (error) {
      const failure = error instanceof MessageNotGone ? 'messageNotGone' : failed(error)
      dispatch({ t: 'settled', contactId, pending })
      // The server knows better what became of it than we do.
      if (error instanceof ApiRefusal) void fetchDesk()
      return { ok: false, failure }
    }
  }

  const attempt = async (work: () => Promise<void>): Promise<Outcome> => {
    try {
      await work()
      return { ok: true }
    } catch (error) {
      return { ok: false, failure: failed(error) }
    }
  }

  const filesOf = (id: MessageId) => state.outgoing.find((message) => message.id === id)?.files ?? []
  const ofContact = (contactId: ContactId) => ({ params: { id: contactId } })

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** Fetches the desk and connects. Called again after a failure, it tries again. */
    async start(): Promise<Outcome> {
      const kept = drafts.readOutbox()
      for (const message of kept) dispatch({
        t: 'outgoing',
        message: { ...message, state: message.state === 'failed' ? 'failed' : 'waiting' },
      })
      const outcome = await fetchDesk()
      if (outcome.ok) {
        socket.start(cursor)
        outbox.resume()
      }
      return outcome
    },
    refetch: fetchDesk,
    /** The page is seen again, or the network is back. */
    wake() {
      // A network that was lost and came back on the same socket: what has become of the floor meanwhile is asked for.
      if (socket.state === 'open' && state.connection !== 'open') onlookers.askFloor()
      if (socket.state === 'open') dispatch({ t: 'connection', connection: 'open' })
      socket.wake()
      outbox.resume()
      // Another screen may have been written on meanwhile.
      if (state.contacts.size > 0) void keeper.fetch(state.contacts.keys())
    },
    /** The page goes out of sight, and perhaps for good. */
    hide: () => keeper.keepAll(),
    /** The browser says that there is no network; a socket notices that only after its silence. */
    networkLost: () => dispatch({ t: 'connection', connection: 'waiting' }),
    stop() {
      socket.stop()
      fetcher.stop()
      keeper.stop()
    },

    accept: (contact: ContactView) =>
      act(contact.id, 'accepting', () => api.call(routes.acceptOffer, {
        ...ofContact(contact.id),
        body: { offerId: offerOf(contact) },
      })),
    decline: (contact: ContactView) =>
      act(contact.id, 'declining', () => api.call(routes.declineOffer, {
        ...ofContact(contact.id),
        body: { offerId: offerOf(contact) },
      })),
    end: (contactId: ContactId) => act(contactId, 'ending', () => api.call(routes.endContact, ofContact(contactId))),
    reopen: (contactId: ContactId) =>
      act(contactId, 'reopening', () => api.call(routes.reopenContact, ofContact(contactId))),
    /** @param atLimit the server is about to close it, without an outcome and whatever was not sent */
    async finish(contactId: ContactId, outcome: {
      dispositionId: DispositionId
      resolved: boolean
      note: string
    }, atLimit = false): Promise<Outcome> {
      const finished = await act(contactId, 'finishing', () => api.call(routes.finishContact, {
        ...ofContact(contactId),
        body: outcome,
      }), !atLimit)
      if (finished.ok) drafts.forget(contactId)
      return finished
    },
    transfer: (contactId: ContactId, to: TransferTarget, note: string) =>
      act(contactId, 'handingOver', () => api.call(routes.transferContact, {
        ...ofContact(contactId),
        body: { to, note },
      })),
    escalate: (contactId: ContactId, note: string) =>
      act(contactId, 'handingOver', () => api.call(routes.escalateContact, {
        ...ofContact(contactId),
        body: { note },
      })),

    answerRaised: (contactId: ContactId, answer: string) =>
      act(contactId, 'handingOver', () => api.call(routes.answerRaised, { ...ofContact(contactId), body: { answer } })),
    /** Until a time, epoch milliseconds; null: until the customer writes. */
    snooze: (contactId: ContactId, until: number | null, note: string) =>
      act(contactId, 'handingOver', async () => {
        await keeper.keepNow(contactId)
        return api.call(routes.snoozeContact, { ...ofContact(contactId), body: { until: until === null ? null : new Date(until).toISOString(), note } })
      }),
    /** Takes one that waits, or that was put off. */
    pick: (contactId: ContactId): Promise<Outcome> =>
      attempt(async () => dispatch({ t: 'contact', contact: await api.call(routes.pickContact, ofContact(contactId)) })),

    uploads,
    /** The message shows at once, with the files that were added to it, and goes out as soon as it can. */
    send(contactId: ContactId, visibility: Outgoing['visibility'], text: string) {
      const files = uploads.take(contactId, visibility === 'note' ? 'note' : 'reply')
      dispatch({
        t: 'outgoing',
        message: {
          id: deps.newId() as MessageId,
          contactId,
          visibility,
          text,
          ...(files.length > 0 ? { files } : {}),
          at: new Date(clock.now()).toISOString(),
          state: 'sending',
          refusal: null,
        },
      })
      outbox.resume()
    },
    sendAgain(id: MessageId) {
      uploads.retryAll(filesOf(id))
      dispatch({ t: 'outgoingState', id, state: 'sending', refusal: null })
      outbox.resume()
    },
    discard(id: MessageId) {
      uploads.forget(filesOf(id))
      dispatch({ t: 'discarded', id })
    },

    /** Tells the customer that the agent writes, at most once every few seconds. */
    typing(contactId: ContactId) {
      if (clock.now() - typedAt < (typingSeconds - 2) * 1000) return
      if (socket.send({ t: 'typing', contactId })) typedAt = clock.now()
    },
    watch: onlookers.watch,
    watchFloor: onlookers.watchFloor,
    async markRead(contactId: ContactId, number: number): Promise<Outcome> {
      dispatch({ t: 'read', contactId, number })
      return attempt(() => api.call(routes.readMessages, { ...ofContact(contactId), body: { number } }))
    },
    /** One page further back. */
    loadOlder: (contactId: ContactId): Promise<Outcome> =>
      attempt(async () => {
        const first = state.threads.get(contactId)?.messages[0]
        if (first && first.number > 1) await fetcher.fetchMessages(contactId, { before: first.number })
      }),

    becomeAvailable: (): Promise<Outcome> =>
      attempt(async () => dispatch({
        t: 'me',
        me: await api.call(routes.changePresence, { body: { state: 'available' } }),
      })),
    becomeNotReady: (reasonId: ReasonId): Promise<Outcome> =>
      attempt(async () => dispatch({
        t: 'me',
        me: await api.call(routes.changePresence, { body: { state: 'notReady', reasonId } }),
      })),
    /** Goes offline; `contactsInHand` comes back when the agent must say what becomes of them. */
    leave: (contacts: 'none' | 'returnToQueue'): Promise<Outcome> =>
      attempt(async () => dispatch({ t: 'me', me: await api.call(routes.leaveDesk, { body: { contacts } }) })),
  }
}

const offerOf = (contact: ContactView) => {
  if (!contact.offer) throw new Error(`Contact ${contact.id} carries no offer`)
  return contact.offer.id
}

export type DeskStore = ReturnType<typeof createDeskStore>

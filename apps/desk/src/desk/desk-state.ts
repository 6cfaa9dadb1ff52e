/**
 * What the agent's desk knows, and how it changes: a pure reducer over what the server says and what the agent does.
 *
 * Of two views of one contact the greater version wins, `me` likewise, so answers and frames may arrive in any order.
 * What the agent did is shown at once (`pending`, `outgoing`) and taken back when the server refuses.
 */
import type { FileView } from '@otklik/contract/attachments'
import type { ErrorCode } from '@otklik/contract/errors'
import { typingSeconds, type DeskReceive } from '@otklik/contract/realtime'
import type { ContactView, DeskView, MessageView, MeView } from '@otklik/contract/views'
import type { AgentId, ContactId, MessageId } from '@otklik/model/ids'
import { addMessages, emptyThread, type MessageSource, type Thread } from './thread.ts'

/** What the agent did to a contact and the server has not answered yet. */
export type Pending = 'accepting' | 'declining' | 'ending' | 'reopening' | 'finishing' | 'handingOver'

/** A message of ours that is not in the conversation yet. Sent again, it keeps its id, so it is taken once. */
export interface Outgoing {
  readonly id: MessageId
  readonly contactId: ContactId
  readonly visibility: 'public' | 'note'
  readonly text: string
  /** Some may be on their way up; the message waits for them. */
  readonly files?: readonly FileView[]
  /** ISO 8601, the agent's clock. */
  readonly at: string
  /** `waiting`: no connection; `failed`: the server refused, the agent decides. */
  readonly state: 'sending' | 'waiting' | 'failed'
  readonly refusal: ErrorCode | null
}

export type Connection = 'connecting' | 'open' | 'waiting' | 'stopped'

export interface DeskState {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly failure: ErrorCode | 'unreachable' | null
  readonly me: MeView | null
  readonly contacts: ReadonlyMap<ContactId, ContactView>
  /** The version at which a contact left our hands: an older view must not bring it back. */
  readonly left: ReadonlyMap<ContactId, number>
  /** The frame after which a contact was last heard of; see `fetched`. */
  readonly heard: ReadonlyMap<ContactId, number>
  readonly frames: number
  readonly threads: ReadonlyMap<ContactId, Thread>
  readonly outgoing: readonly Outgoing[]
  readonly pending: ReadonlyMap<ContactId, Pending>
  /** Until when the customer counts as typing, epoch milliseconds. */
  readonly typingUntil: ReadonlyMap<ContactId, number>
  /** Colleagues who read along with a contact in hand. */
  readonly watchers: ReadonlyMap<ContactId, readonly string[]>
  readonly connection: Connection
  readonly routerUp: boolean
  /** Rises when queues, reasons, dispositions or colleagues changed. */
  readonly catalogueVersion: number
}

export type DeskInput =
  /** `since`: the value of `frames` when the fetch began; what frames said after it is newer than the view. */
  | { readonly t: 'fetched'; readonly view: DeskView; readonly since: number }
  | { readonly t: 'fetchFailed'; readonly failure: ErrorCode | 'unreachable' }
  | { readonly t: 'frame'; readonly frame: DeskReceive; readonly now: number }
  | { readonly t: 'connection'; readonly connection: Connection }
  | { readonly t: 'contact'; readonly contact: ContactView }
  | { readonly t: 'me'; readonly me: MeView }
  | {
    readonly t: 'messages'
    readonly contactId: ContactId
    readonly messages: readonly MessageView[]
    readonly source: MessageSource
  }
  | { readonly t: 'pending'; readonly contactId: ContactId; readonly pending: Pending }
  /** The server has answered to this; what the agent did since goes on. */
  | { readonly t: 'settled'; readonly contactId: ContactId; readonly pending: Pending }
  | { readonly t: 'handedOver'; readonly contactId: ContactId }
  | { readonly t: 'read'; readonly contactId: ContactId; readonly number: number }
  | { readonly t: 'outgoing'; readonly message: Outgoing }
  | {
    readonly t: 'outgoingState'
    readonly id: MessageId
    readonly state: Outgoing['state']
    readonly refusal: ErrorCode | null
  }
  | { readonly t: 'discarded'; readonly id: MessageId }

export const initialDesk: DeskState = {
  phase: 'loading',
  failure: null,
  me: null,
  contacts: new Map(),
  left: new Map(),
  heard: new Map(),
  frames: 0,
  threads: new Map(),
  outgoing: [],
  pending: new Map(),
  typingUntil: new Map(),
  watchers: new Map(),
  connection: 'connecting',
  routerUp: true,
  catalogueVersion: 0,
}

const withEntry = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> =>
  new Map(map).set(key, value)
const without = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> => {
  if (!map.has(key)) return map
  const next = new Map(map)
  next.delete(key)
  return next
}

const isHeldBy = (contact: ContactView, me: AgentId | undefined) =>
  (contact.state === 'offered' || contact.state === 'active' || contact.state === 'wrapUp') &&
    (me === undefined || contact.agentId === me)

/** Whether what was pending on a contact is answered by this view of it. */
const settles = (pending: Pending | undefined, contact: ContactView): boolean => {
  switch (pending) {
    case undefined:
      return false
    case 'accepting':
      return contact.state === 'active' || contact.state === 'wrapUp'
    case 'ending':
      return contact.state === 'wrapUp'
    case 'reopening':
      return contact.state === 'active'
    case 'declining':
    case 'finishing':
    case 'handingOver':
      return false // these end with the contact's leaving, or with the server's refusal
  }
}

const removeContact = (state: DeskState, contactId: ContactId, version: number): DeskState => ({
  ...state,
  contacts: without(state.contacts, contactId),
  left: withEntry(state.left, contactId, Math.max(version, state.left.get(contactId) ?? 0)),
  pending: without(state.pending, contactId),
  typingUntil: without(state.typingUntil, contactId),
  watchers: without(state.watchers, contactId),
  outgoing: state.outgoing.some((message) => message.contactId === contactId)
    ? state.outgoing.filter((message) => message.contactId !== contactId)
    : state.outgoing,
})

const takeContact = (state: DeskState, contact: ContactView): DeskState => {
  const known = state.contacts.get(contact.id)
  if (known && known.version > contact.version) return state
  if (contact.version <= (state.left.get(contact.id) ?? -1)) return state
  if (!isHeldBy(contact, state.me?.id)) return removeContact(state, contact.id, contact.version)
  return {
    ...state,
    contacts: withEntry(state.contacts, contact.id, contact),
    left: without(state.left, contact.id),
    heard: withEntry(state.heard, contact.id, state.frames),
    pending: settles(state.pending.get(contact.id), contact) ? without(state.pending, contact.id) : state.pending,
  }
}

const takeMe = (state: DeskState, me: MeView): DeskState => (state.me && state.me.version > me.version
  ? state
  : { ...state, me })

const takeMessages = (
  state: DeskState,
  contactId: ContactId,
  messages: readonly MessageView[],
  source: MessageSource,
): DeskState => {
  const ids = new Set(messages.map((message) => message.id))
  return {
    ...state,
    threads: withEntry(
      state.threads,
      contactId,
      addMessages(state.threads.get(contactId) ?? emptyThread, messages, source),
    ),
    outgoing: state.outgoing.some((message) => ids.has(message.id))
      ? state.outgoing.filter((message) => !ids.has(message.id))
      : state.outgoing,
    typingUntil: messages.some((message) => message.author.kind === 'customer')
      ? without(state.typingUntil, contactId)
      : state.typingUntil,
  }
}

const takeFetched = (state: DeskState, view: DeskView, since: number): DeskState => {
  let next = takeMe({ ...state, phase: 'ready', failure: null, routerUp: view.routerUp }, view.me)
  const listed = new Set(view.contacts.map((contact) => contact.id))
  for (const contact of state.contacts.values())
    if (!listed.has(contact.id) &&
      (state.heard.get(contact.id) ?? 0) <= since) next = removeContact(next, contact.id, contact.version)
  next = view.contacts.reduce(takeContact, next)
  // Kept from before a reload, for a contact that is no longer ours.
  const lost = next.outgoing.some((message) => !next.contacts.has(message.contactId))
  return lost ? { ...next, outgoing: next.outgoing.filter((message) => next.contacts.has(message.contactId)) } : next
}

const takeFrame = (state: DeskState, frame: DeskReceive, now: number): DeskState => {
  switch (frame.t) {
    case 'me':
      return takeMe(state, frame.me)
    case 'contact':
      return takeContact(state, frame.contact)
    case 'contactGone': {
      const known = state.contacts.get(frame.contactId)
      return known && known.version > frame.version ? state : removeContact(state, frame.contactId, frame.version)
    }
    case 'message':
      return takeMessages(state, frame.message.contactId, [frame.message], 'single')
    case 'typing':
      return { ...state, typingUntil: withEntry(state.typingUntil, frame.contactId, now + typingSeconds * 1000) }
    case 'catalogue':
      return { ...state, catalogueVersion: state.catalogueVersion + 1 }
    case 'router':
      return { ...state, routerUp: frame.up }
    case 'watchers':
      return { ...state, watchers: withEntry(state.watchers, frame.contactId, frame.names) }
    case 'welcome':
      return { ...state, watchers: new Map() } // whoever reads along now is told next
    case 'watched':
    case 'floor': // kept by the screen that shows it
    case 'cursor':
    case 'bye':
      return state
  }
}

/** The desk after an input. */
export const reduceDesk = (state: DeskState, input: DeskInput): DeskState => {
  switch (input.t) {
    case 'fetched':
      return takeFetched(state, input.view, input.since)
    case 'fetchFailed':
      // A desk that is on screen stays; the bar says that the connection is gone.
      return state.phase === 'ready' ? state : { ...state, phase: 'failed', failure: input.failure }
    case 'frame':
      return takeFrame({ ...state, frames: state.frames + 1 }, input.frame, input.now)
    case 'connection':
      return state.connection === input.connection ? state : { ...state, connection: input.connection }
    case 'contact':
      return takeContact(state, input.contact)
    case 'me':
      return takeMe(state, input.me)
    case 'messages':
      return takeMessages(state, input.contactId, input.messages, input.source)
    case 'pending':
      return { ...state, pending: withEntry(state.pending, input.contactId, input.pending) }
    case 'settled':
      return state.pending.get(input.contactId) === input.pending
        ? { ...state, pending: without(state.pending, input.contactId) }
        : state
    case 'handedOver': {
      const known = state.contacts.get(input.contactId)
      return known ? removeContact(state, known.id, known.version) : {
        ...state,
        pending: without(state.pending, input.contactId),
      }
    }
    case 'read': {
      const contact = state.contacts.get(input.contactId)
      if (!contact || contact.agentReadNumber >= input.number) return state
      return {
        ...state,
        contacts: withEntry(state.contacts, contact.id, { ...contact, agentReadNumber: input.number, unread: 0 }),
      }
    }
    case 'outgoing':
      return {
        ...state,
        outgoing: [...state.outgoing.filter((message) => message.id !== input.message.id), input.message],
      }
    case 'outgoingState':
      return {
        ...state,
        outgoing: state.outgoing.map((message) => (message.id === input.id ? {
          ...message,
          state: input.state,
          refusal: input.refusal,
        } : message)),
      }
    case 'discarded':
      return { ...state, outgoing: state.outgoing.filter((message) => message.id !== input.id) }
  }
}

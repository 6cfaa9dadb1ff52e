/**
 * What the widget knows, and how it changes. Pure: engine.ts talks to the server and to the browser, view/ draws.
 *
 *   no token ──first send──▶ token ──hello──▶ state ──chat, message, position──▶ … ──ended──▶ rating
 *      ▲                                                    writing again starts anew ◀──┘
 *      └── visitorUnknown: the token goes, unsent messages stay
 */
import type { ExpectedWait, VisitorReceive } from '@otklik/contract/realtime'
import type { MessagePart } from '@otklik/contract/views'
import type { ChatView, VisitorMessage, WidgetConfig } from '@otklik/contract/web-chat'
import type { ContactId } from '@otklik/model/ids'
import type { OutboxItem } from './outbox.ts'
import type { Progress } from './uploads.ts'

/** What stands in the line above the composer. */
export type Problem =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'consent' | 'blocked' | 'unavailable' | 'notRated' }

export interface ChatState {
  readonly config: WidgetConfig | null
  readonly isOpen: boolean
  /** Without connection for longer than a blink, while one is wanted. */
  readonly isOffline: boolean
  readonly chat: ChatView | null
  readonly messages: readonly VisitorMessage[]
  readonly outbox: readonly OutboxItem[]
  /** Another tab has sent them; they wait here for their messages. */
  readonly sentElsewhere: readonly OutboxItem[]
  /** In the queue, from 1; null: not known, or not waiting. */
  readonly position: number | null
  readonly wait: ExpectedWait | null
  readonly isTyping: boolean
  readonly read: ReadMark | null
  readonly problem: Problem | null
  /** Of the file that is on its way up. */
  readonly progress: Progress | null
  /** Chosen for the next message. */
  readonly chosen: readonly File[]
  readonly asksEnd: boolean
  readonly isEnding: boolean
  readonly isRating: boolean
  /** Server's clock, milliseconds; 0 until it was heard. */
  readonly heardAt: number
}

export interface ReadMark {
  readonly contactId: ContactId
  readonly number: number
}

export type ChatEvent =
  | { readonly t: 'config'; readonly config: WidgetConfig | null }
  | { readonly t: 'restored'; readonly chat: ChatView | null; readonly messages: readonly VisitorMessage[]; readonly read: ReadMark | null }
  | { readonly t: 'opened' | 'closed' | 'typingOver' | 'asksEnd' | 'stays' | 'ending' | 'rating' | 'reset' }
  | { readonly t: 'offline'; readonly isOffline: boolean }
  | { readonly t: 'outbox'; readonly items: readonly OutboxItem[] }
  | { readonly t: 'sentElsewhere'; readonly item: OutboxItem }
  | { readonly t: 'read'; readonly mark: ReadMark }
  | { readonly t: 'problem'; readonly problem: Problem | null }
  | { readonly t: 'files'; readonly files: Partial<Pick<ChatState, 'progress' | 'chosen'>> }
  | { readonly t: 'frame'; readonly frame: VisitorReceive }

export const emptyChat: ChatState = {
  config: null,
  isOpen: false,
  isOffline: false,
  chat: null,
  messages: [],
  outbox: [],
  sentElsewhere: [],
  position: null,
  wait: null,
  isTyping: false,
  read: null,
  problem: null,
  progress: null,
  chosen: [],
  asksEnd: false,
  isEnding: false,
  isRating: false,
  heardAt: 0,
}

export const reduce = (state: ChatState, event: ChatEvent): ChatState => {
  switch (event.t) {
    case 'config':
      return { ...state, config: event.config }
    case 'restored':
      return { ...state, chat: event.chat, messages: event.messages, read: event.read }
    case 'opened':
      return { ...state, isOpen: true }
    case 'closed':
      return { ...state, isOpen: false, asksEnd: false }
    case 'offline':
      return { ...state, isOffline: event.isOffline }
    case 'outbox':
      return { ...state, outbox: event.items }
    case 'sentElsewhere':
      return { ...state, sentElsewhere: [...without(state.sentElsewhere, event.item.id), event.item] }
    case 'read':
      return { ...state, read: event.mark }
    case 'problem':
      // Nobody is there any more for somebody who is blocked: no name, no end to press, no rating.
      return { ...state, problem: event.problem, chat: event.problem?.kind === 'blocked' ? null : state.chat }
    case 'files':
      return { ...state, ...event.files }
    case 'typingOver':
      return { ...state, isTyping: false }
    case 'asksEnd':
      return { ...state, asksEnd: true }
    case 'stays':
      return { ...state, asksEnd: false }
    case 'ending':
      return { ...state, asksEnd: false, isEnding: true }
    case 'rating':
      return { ...state, isRating: true }
    case 'reset':
      return { ...emptyChat, config: state.config, isOpen: state.isOpen, outbox: state.outbox, chosen: state.chosen }
    case 'frame':
      return receive(state, event.frame)
  }
}

const receive = (state: ChatState, frame: VisitorReceive): ChatState => {
  switch (frame.t) {
    case 'welcome':
      return { ...state, isOffline: false, heardAt: Date.parse(frame.at) }
    case 'cursor':
      return { ...state, heardAt: Date.parse(frame.at) }
    case 'state': {
      const known = new Set(frame.messages.map((message) => message.id))
      return {
        ...withChat({ ...state, chat: null, position: frame.chat?.contactId === state.chat?.contactId ? state.position : null }, frame.chat),
        messages: [...frame.messages].sort(inOrder),
        sentElsewhere: state.sentElsewhere.filter((item) => !known.has(item.id)),
      }
    }
    case 'chat':
      return isNewer(frame.chat, state.chat) ? withChat(state, frame.chat) : state
    case 'position':
      // A new contact's place may come before its view.
      return state.chat && frame.contactId !== state.chat.contactId && state.chat.state !== 'ended' ? state : { ...state, position: frame.position, wait: frame.wait }
    case 'message':
      return { ...withMessage(state, frame.message), isTyping: frame.message.author === 'customer' && state.isTyping }
    case 'accepted': {
      const item = [...state.outbox, ...state.sentElsewhere].find((one) => one.id === frame.id)
      if (!item) return state
      const { id, contactId, number, at } = frame
      return withMessage(state, { id, contactId, number, at, author: 'customer', name: null, parts: partsOf(item) })
    }
    case 'typing':
      return { ...state, isTyping: true }
    case 'refused':
      if (frame.of === 'end') return { ...state, isEnding: false }
      return frame.of === 'rate' ? { ...state, isRating: false } : state
    case 'bye':
      return state
  }
}

/** What a message of the outbox says, as the log shows it. */
export const partsOf = ({ text, files = [] }: OutboxItem): MessagePart[] => [
  ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
  // What the server made of it comes with the message.
  ...files.map((file) => ({ kind: 'file' as const, ...file, type: '', image: null })),
]

/** Of two views of one contact the greater version is newer; of two contacts the one that arrived later. */
const isNewer = (chat: ChatView, than: ChatView | null): boolean =>
  than === null || (chat.contactId === than.contactId ? chat.version >= than.version : chat.arrivedAt >= than.arrivedAt)

const withChat = (state: ChatState, chat: ChatView | null): ChatState => ({
  ...state,
  chat,
  position: chat?.state === 'queued' ? state.position : null,
  wait: chat?.state === 'queued' ? state.wait : null,
  isTyping: chat?.state === 'active' && !chat.snoozedUntil && state.isTyping,
  asksEnd: canEnd({ chat }) && state.asksEnd,
  isEnding: canEnd({ chat }) && state.isEnding,
  isRating: chat?.canRate === true && state.isRating,
})

const withMessage = (state: ChatState, message: VisitorMessage): ChatState => ({
  ...state,
  messages: [...without(state.messages, message.id), message].sort(inOrder),
  sentElsewhere: without(state.sentElsewhere, message.id),
})

const without = <Item extends { readonly id: string }>(items: readonly Item[], id: string): Item[] => items.filter((item) => item.id !== id)

/** As they are read: by number within a contact, and contacts, of which a visitor has one at a time, by time. */
const inOrder = (a: VisitorMessage, b: VisitorMessage): number =>
  a.contactId === b.contactId ? a.number - b.number : a.at < b.at ? -1 : a.at > b.at ? 1 : 0

// ---- what screens and engine ask ----

/** Written here and not in the log yet. */
export const unsent = (state: ChatState): (OutboxItem & { readonly isSent: boolean })[] => {
  const known = new Set<string>(state.messages.map((message) => message.id))
  const waiting = new Set<string>(state.outbox.map((item) => item.id))
  return [
    ...state.sentElsewhere.filter((item) => !known.has(item.id) && !waiting.has(item.id)).map((item) => ({ ...item, isSent: true })),
    ...state.outbox.filter((item) => !known.has(item.id)).map((item) => ({ ...item, isSent: false })),
  ].sort((a, b) => a.at - b.at)
}

/** The last number of ours in the present contact: what the visitor reads up to; 0 for none. */
export const lastOurs = (state: ChatState): number =>
  state.messages.reduce(
    (last, message) => (message.contactId === state.chat?.contactId && message.author !== 'customer' ? Math.max(last, message.number) : last),
    0,
  )

/** Agents' messages of the present contact that the visitor has not seen. */
export const unreadCount = (state: ChatState): number => {
  const { chat } = state
  if (!chat) return 0
  const seen = state.read?.contactId === chat.contactId ? state.read.number : 0
  return state.messages.filter((message) => message.contactId === chat.contactId && message.author === 'agent' && message.number > seen).length
}

/** Whether an agent has read a message of the visitor's: its number was reached, or somebody answered after it. */
export const isReadByAgent = (state: ChatState, message: VisitorMessage): boolean =>
  (message.contactId === state.chat?.contactId && message.number <= state.chat.agentReadNumber) ||
  state.messages.some((other) => other.contactId === message.contactId && other.author === 'agent' && other.number > message.number)

/** Whether there is something that the End button ends. */
export const canEnd = ({ chat }: Pick<ChatState, 'chat'>): boolean => chat !== null && chat.state !== 'ended'

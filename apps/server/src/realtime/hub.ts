/**
 * From the event log to sockets. An event says only what changed; the hub loads the present view of it — one query for
 * everything that changed since the last one was sent — and sends that. Views carry versions and messages numbers, so it
 * does no harm that a view arrives twice, early, or with a later change in it already.
 *
 * A cursor is sent only after everything before it has been.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import { heartbeatSeconds, type DeskReceive, type VisitorReceive } from '@otklik/contract/realtime'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { loadContactViews } from '../store/contact-views.ts'
import type { Reader } from '../store/database.ts'
import { loadMe } from '../store/desk-views.ts'
import { writeCursor, type Cursor } from '../store/log.ts'
import { loadMessagesById } from '../store/messages.ts'
import { authoriseSystem, type Visitor } from '../store/scope.ts'
import { loadChats, loadPublicMessages } from '../store/visitor-views.ts'
import { audienceOf } from './audience.ts'
import type { Outgoing } from './outgoing.ts'

export interface AgentSocket {
  readonly agentId: AgentId
  readonly out: Outgoing<DeskReceive>
}
export interface VisitorSocket {
  readonly visitor: Visitor
  readonly out: Outgoing<VisitorReceive>
  /** The chat that the socket shows, once it is known. */
  contactId: ContactId | undefined
  position: number | null
}

export interface HubOptions {
  readonly reader: Reader
  readonly now: () => Date
  readonly cursor: () => Cursor
  /** Places of waiting contacts by arrival. */
  readonly positions: (ids: readonly ContactId[]) => Promise<Map<ContactId, number>>
  readonly onError: (error: unknown, doing: string) => void
}

interface Dirty {
  /** Contacts, with the agents who may have lost or gained them. */
  contacts: Map<ContactId, Set<AgentId>>
  me: Set<AgentId>
  messages: Set<string>
}

const nothing = (): Dirty => ({ contacts: new Map(), me: new Set(), messages: new Set() })
const visitorKey = (visitor: { customerId: string; channelAccountId: string }) => `${visitor.customerId}/${visitor.channelAccountId}`
const positionMs = 2000
const retryMs = 500

export class Hub {
  readonly #options: HubOptions
  readonly #agents = new Map<AgentId, Set<AgentSocket>>()
  readonly #visitors = new Map<string, Set<VisitorSocket>>()
  /** Visitors' sockets by the contact that they show, so that an event finds them without a query. */
  readonly #chats = new Map<ContactId, Set<VisitorSocket>>()
  readonly #holders = new Map<ContactId, AgentId>()
  #dirty = nothing()
  #flushing: Promise<void> | undefined
  #catalogueTimer: NodeJS.Timeout | undefined
  #timers: NodeJS.Timeout[] = []
  #routerUp = false
  #stopped = false

  constructor(options: HubOptions) {
    this.#options = options
  }

  start(): void {
    this.#timers = [
      setInterval(() => void this.#heartbeat(), heartbeatSeconds * 1000),
      setInterval(() => void this.#sendPositions(), positionMs),
    ]
  }

  /** Says goodbye to everybody: they come back by themselves. */
  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearInterval(timer)
    clearTimeout(this.#catalogueTimer)
    for (const socket of this.#allAgents()) this.#dismiss(socket, false)
    for (const sockets of this.#visitors.values())
      for (const socket of sockets) {
        socket.out.send({ t: 'bye', code: 'unavailable', final: false })
        socket.out.close()
      }
  }

  get counts(): { agents: number; visitors: number } {
    let agents = 0
    let visitors = 0
    for (const sockets of this.#agents.values()) agents += sockets.size
    for (const sockets of this.#visitors.values()) visitors += sockets.size
    return { agents, visitors }
  }

  // ---- sockets ----

  addAgent(socket: AgentSocket): () => void {
    add(this.#agents, socket.agentId, socket)
    return () => remove(this.#agents, socket.agentId, socket)
  }

  /** Which contacts an agent holds, as far as the hub has not seen it yet: `typing` finds its way from the start. */
  seedHolders(agentId: AgentId, contactIds: readonly ContactId[]): void {
    for (const contactId of contactIds) this.#holders.set(contactId, agentId)
  }

  addVisitor(socket: VisitorSocket): () => void {
    const key = visitorKey(socket.visitor)
    add(this.#visitors, key, socket)
    return () => {
      remove(this.#visitors, key, socket)
      if (socket.contactId) remove(this.#chats, socket.contactId, socket)
    }
  }

  /** The socket shows this chat from now on. */
  show(socket: VisitorSocket, contactId: ContactId): void {
    if (socket.contactId === contactId) return
    if (socket.contactId) remove(this.#chats, socket.contactId, socket)
    socket.contactId = contactId
    socket.position = null
    add(this.#chats, contactId, socket)
  }

  get routerUp(): boolean {
    return this.#routerUp
  }

  setRouterUp(up: boolean): void {
    if (this.#routerUp === up) return
    this.#routerUp = up
    for (const socket of this.#allAgents()) socket.out.send({ t: 'router', up })
  }

  typingToAgent(contactId: ContactId): void {
    const holder = this.#holders.get(contactId)
    if (holder) for (const socket of this.#agents.get(holder) ?? []) socket.out.send({ t: 'typing', contactId })
  }

  typingToVisitor(agentId: AgentId, contactId: ContactId): void {
    if (this.#holders.get(contactId) !== agentId) return
    for (const socket of this.#chats.get(contactId) ?? []) socket.out.send({ t: 'typing' })
  }

  // ---- events ----

  /** Events of the log, or those that a socket missed. */
  readonly follow = (events: readonly LoggedEvent[]): void => {
    for (const event of events) this.#mark(event)
    this.#schedule()
  }

  #mark(event: LoggedEvent): void {
    const audience = audienceOf(event)
    if (!audience) return
    if (audience.catalogue) this.#announceCatalogue()
    if (audience.revoked) for (const socket of this.#agents.get(audience.revoked) ?? []) this.#dismiss(socket, true)
    for (const agentId of audience.me) if (this.#agents.has(agentId)) this.#dirty.me.add(agentId)
    const { contactId } = audience
    if (!contactId) return
    if (event.kind === 'contact.queued')
      for (const socket of this.#visitors.get(visitorKey(event.payload)) ?? []) this.show(socket, contactId)
    const here = audience.agents.filter((agentId) => this.#agents.has(agentId))
    if (here.length === 0 && !this.#chats.has(contactId) && !this.#holders.has(contactId)) return
    const agents = this.#dirty.contacts.get(contactId) ?? new Set()
    for (const agentId of here) agents.add(agentId)
    this.#dirty.contacts.set(contactId, agents)
    if (audience.messageId) this.#dirty.messages.add(audience.messageId)
  }

  #schedule(): void {
    if (this.#flushing || this.#stopped) return
    this.#flushing = this.#flush().finally(() => {
      this.#flushing = undefined
      if (this.#dirty.contacts.size + this.#dirty.me.size > 0) this.#schedule()
    })
  }

  /** Loads what changed and sends it; one at a time, so that what changes meanwhile is loaded together the next time. */
  async #flush(): Promise<void> {
    const work = this.#dirty
    if (work.contacts.size + work.me.size === 0) return
    this.#dirty = nothing()
    try {
      const { reader, now } = this.#options
      const ids = [...work.contacts.keys()]
      const shown = ids.filter((id) => this.#chats.has(id))
      const held = ids.filter((id) => this.#holders.has(id) || (work.contacts.get(id)?.size ?? 0) > 0)
      const [me, contacts, messages, chats, publicMessages] = await Promise.all([
        loadMe(reader, [...work.me], now()),
        loadContactViews(reader, authoriseSystem(), held),
        held.length > 0 ? loadMessagesById(reader, authoriseSystem(), [...work.messages]) : [],
        loadChats(reader, shown),
        shown.length > 0 ? loadPublicMessages(reader, [...work.messages]) : [],
      ])
      for (const view of me) for (const socket of this.#agents.get(view.id) ?? []) socket.out.send({ t: 'me', me: view })
      for (const contact of contacts) {
        const holder = contact.state === 'closed' ? null : contact.agentId
        const before = this.#holders.get(contact.id)
        if (holder && this.#agents.has(holder)) this.#holders.set(contact.id, holder)
        else this.#holders.delete(contact.id)
        for (const socket of (holder && this.#agents.get(holder)) || []) socket.out.send({ t: 'contact', contact })
        for (const agentId of new Set([...(work.contacts.get(contact.id) ?? []), ...(before ? [before] : [])])) {
          if (agentId === holder) continue
          for (const socket of this.#agents.get(agentId) ?? [])
            socket.out.send({ t: 'contactGone', contactId: contact.id, version: contact.version })
        }
      }
      for (const message of messages) {
        const holder = this.#holders.get(message.contactId)
        for (const socket of (holder && this.#agents.get(holder)) || []) socket.out.send({ t: 'message', message })
      }
      for (const message of publicMessages)
        for (const socket of this.#chats.get(message.contactId) ?? []) socket.out.send({ t: 'message', message })
      for (const { chat } of chats) for (const socket of this.#chats.get(chat.contactId) ?? []) this.#sendChat(socket, chat)
    } catch (error) {
      this.#options.onError(error, 'sending changes')
      merge(this.#dirty, work)
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  #sendChat(socket: VisitorSocket, chat: Extract<VisitorReceive, { t: 'chat' }>['chat']): void {
    socket.out.send({ t: 'chat', chat })
    if (chat.state === 'queued' || socket.position === null) return
    socket.position = null
    socket.out.send({ t: 'position', contactId: chat.contactId, position: null })
  }

  /** Resolves when all that is marked now has been sent. */
  async #settle(): Promise<void> {
    this.#schedule()
    while (this.#flushing) await this.#flushing
  }

  /** What a socket missed is sent, then the cursor up to which nothing is missing. */
  async settleThenCursor(out: Outgoing<DeskReceive> | Outgoing<VisitorReceive>): Promise<void> {
    const cursor = writeCursor(this.#options.cursor())
    await this.#settle()
    out.send({ t: 'cursor', cursor, at: this.#options.now().toISOString() })
  }

  async #heartbeat(): Promise<void> {
    const cursor = writeCursor(this.#options.cursor())
    await this.#settle()
    const frame = { t: 'cursor', cursor, at: this.#options.now().toISOString() } as const
    for (const socket of this.#allAgents()) socket.out.send(frame)
    for (const sockets of this.#visitors.values()) for (const socket of sockets) socket.out.send(frame)
  }

  async #sendPositions(): Promise<void> {
    const waiting = [...this.#chats.keys()]
    if (waiting.length === 0) return
    try {
      const places = await this.#options.positions(waiting)
      for (const [contactId, position] of places)
        for (const socket of this.#chats.get(contactId) ?? []) {
          if (socket.position === position) continue
          socket.position = position
          socket.out.send({ t: 'position', contactId, position })
        }
    } catch (error) {
      this.#options.onError(error, 'sending places in the queue')
    }
  }

  #announceCatalogue(): void {
    if (this.#catalogueTimer) return
    // Settings are changed in bursts; each desk fetches its catalogue once.
    this.#catalogueTimer = setTimeout(() => {
      this.#catalogueTimer = undefined
      for (const socket of this.#allAgents()) socket.out.send({ t: 'catalogue' })
    }, 200)
  }

  #dismiss(socket: AgentSocket, final: boolean): void {
    socket.out.send({ t: 'bye', code: final ? 'notSignedIn' : 'unavailable', final })
    socket.out.close()
  }

  *#allAgents(): Iterable<AgentSocket> {
    for (const sockets of this.#agents.values()) yield* sockets
  }
}

const add = <Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void => {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

const remove = <Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void => {
  const set = map.get(key)
  set?.delete(value)
  if (set?.size === 0) map.delete(key)
}

/** What could not be sent is to be sent again, with what has changed since. */
const merge = (into: Dirty, work: Dirty): void => {
  for (const [contactId, agents] of work.contacts) {
    const set = into.contacts.get(contactId) ?? new Set()
    for (const agentId of agents) set.add(agentId)
    into.contacts.set(contactId, set)
  }
  for (const agentId of work.me) into.me.add(agentId)
  for (const id of work.messages) into.messages.add(id)
}

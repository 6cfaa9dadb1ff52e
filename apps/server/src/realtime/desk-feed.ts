/** What changed, to the desks: present views of contacts, messages, and the agent's own state. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { DeskReceive } from '@otklik/contract/realtime'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { loadContactViews } from '../store/contact-views.ts'
import { keepSessions } from '../store/credentials.ts'
import type { Reader } from '../store/database.ts'
import { loadMe } from '../store/desk-views.ts'
import { loadMessagesById } from '../store/messages.ts'
import { authoriseSystem } from '../store/scope.ts'
import type { Audience } from './audience.ts'
import { Gathering } from './gathering.ts'
import type { Outgoing } from './outgoing.ts'
import { sendInGroups, SocketsBy } from './sockets-by.ts'
import { Watchers } from './watchers.ts'

export interface AgentSocket {
  readonly agentId: AgentId
  /** Of the session that opened it. */
  readonly chain: string
  readonly out: Outgoing<DeskReceive>
}

interface Work {
  /** Contacts, with the agents who may have lost or gained them. */
  readonly contacts: Map<ContactId, Set<AgentId>>
  readonly me: Set<AgentId>
  readonly messages: Set<string>
}

const catalogueMs = 200
const sessionCheckMs = 30_000

export class DeskFeed {
  readonly #reader: Reader
  readonly #now: () => Date
  readonly #sockets = new SocketsBy<AgentId, AgentSocket>()
  /** Who holds a contact, of those who are connected here. */
  readonly #holders = new Map<ContactId, AgentId>()
  readonly #watchers = new Watchers<AgentSocket>()
  readonly #gathering: Gathering<Work>
  readonly #onError: (error: unknown, doing: string) => void
  #catalogueTimer: NodeJS.Timeout | undefined
  #sessionTimer: NodeJS.Timeout | undefined

  constructor({ reader, now, onError }: { reader: Reader; now: () => Date; onError: (error: unknown, doing: string) => void }) {
    this.#reader = reader
    this.#now = now
    this.#onError = onError
    this.#gathering = new Gathering<Work>({
      nothing: () => ({ contacts: new Map(), me: new Set(), messages: new Set() }),
      isNothing: ({ contacts, me }) => contacts.size + me.size === 0,
      merge: (into, work) => {
        for (const [contactId, agents] of work.contacts) this.#markContact(into, contactId, agents)
        for (const agentId of work.me) into.me.add(agentId)
        for (const id of work.messages) into.messages.add(id)
      },
      perform: (work) => this.#send(work),
      onError: (error) => onError(error, 'sending changes to desks'),
    })
  }

  start(): void {
    this.#sessionTimer = setInterval(() => void this.checkSessions(), sessionCheckMs)
  }

  add(socket: AgentSocket): () => void {
    const remove = this.#sockets.add(socket.agentId, socket)
    return () => {
      remove()
      this.watch(socket, null, '')
    }
  }

  /** One agent's screen reads along with another one's contact, which it may read; null: with none any more. */
  watch(socket: AgentSocket, contactId: ContactId | null, name: string): void {
    const before = this.#watchers.watch(socket, contactId, { agentId: socket.agentId, name })
    if (before) this.#tellWatchers(before)
    if (contactId) this.#tellWatchers(contactId)
  }

  get size(): number {
    return this.#sockets.size
  }

  /** Which contacts an agent holds, as far as no event has told it yet: `typing` finds its way from the start. */
  seedHolders(agentId: AgentId, contactIds: Iterable<ContactId>): void {
    for (const contactId of contactIds) {
      if (!this.#holders.has(contactId)) this.#holders.set(contactId, agentId)
      if (this.#watchers.has(contactId)) this.#tellWatchers(contactId)
    }
  }

  isHolder(agentId: AgentId, contactId: ContactId): boolean {
    return this.#holders.get(contactId) === agentId
  }

  toHolder(contactId: ContactId, frame: DeskReceive): void {
    this.#to(this.#holders.get(contactId), frame)
  }

  /** The agent who holds it is writing. */
  typingToWatchers(contactId: ContactId): void {
    for (const socket of this.#watchers.of(contactId)) socket.out.send({ t: 'watched', contactId, typing: true })
  }

  toAll(frame: DeskReceive, whom: (socket: AgentSocket) => boolean = () => true): Promise<void> {
    return sendInGroups([...this.#sockets.all()].filter(whom), frame)
  }

  follow(events: readonly (readonly [LoggedEvent, Audience])[]): void {
    const { pending } = this.#gathering
    for (const [, audience] of events) {
      if (audience.catalogue) this.#announceCatalogue()
      const { revoked } = audience
      if (revoked)
        for (const socket of this.#sockets.of(revoked.agentId))
          if (revoked.chain === null || revoked.chain === socket.chain) dismiss(socket, 'notSignedIn', true)
      for (const agentId of audience.me) if (this.#sockets.has(agentId)) pending.me.add(agentId)
      const { contactId } = audience
      if (!contactId) continue
      const here = audience.agents.filter((agentId) => this.#sockets.has(agentId))
      if (here.length === 0 && !this.#holders.has(contactId) && !this.#watchers.has(contactId)) continue
      // An offer in hand is told by this alone until its view is there: what a customer adds meanwhile names nobody.
      if (here[0] && !this.#holders.has(contactId)) this.#holders.set(contactId, here[0])
      this.#markContact(pending, contactId, here)
      if (audience.messageId) pending.messages.add(audience.messageId)
    }
    this.#gathering.go()
  }

  settle(): Promise<void> {
    return this.#gathering.settle()
  }

  /** Ends the sockets whose session ended. One that stays open counts as use. */
  async checkSessions(): Promise<void> {
    const sockets = [...this.#sockets.all()]
    if (sockets.length === 0) return
    try {
      const live = await keepSessions(this.#reader, [...new Set(sockets.map(({ chain }) => chain))], this.#now())
      for (const socket of sockets) if (!live.has(socket.chain)) dismiss(socket, 'notSignedIn', true)
    } catch (error) {
      this.#onError(error, 'checking sessions')
    }
  }

  /** Says goodbye to everybody: they come back by themselves. */
  stop(): void {
    this.#gathering.stop()
    clearTimeout(this.#catalogueTimer)
    clearInterval(this.#sessionTimer)
    for (const socket of this.#sockets.all()) dismiss(socket, 'unavailable', false)
  }

  #markContact(work: Work, contactId: ContactId, agents: Iterable<AgentId>): void {
    const known = work.contacts.get(contactId) ?? new Set()
    for (const agentId of agents) known.add(agentId)
    work.contacts.set(contactId, known)
  }

  async #send(work: Work): Promise<void> {
    const [me, contacts, messages] = await Promise.all([
      loadMe(this.#reader, [...work.me], this.#now()),
      loadContactViews(this.#reader, authoriseSystem(), [...work.contacts.keys()]),
      loadMessagesById(this.#reader, authoriseSystem(), [...work.messages]),
    ])
    for (const contact of contacts) {
      const holder = contact.state === 'closed' ? null : contact.agentId
      const before = this.#holders.get(contact.id)
      if (holder && this.#sockets.has(holder)) this.#holders.set(contact.id, holder)
      else this.#holders.delete(contact.id)
      this.#to(holder, { t: 'contact', contact })
      for (const agentId of new Set([...(work.contacts.get(contact.id) ?? []), ...(before ? [before] : [])]))
        if (agentId !== holder) this.#to(agentId, { t: 'contactGone', contactId: contact.id, version: contact.version })
      for (const socket of this.#watchers.of(contact.id)) socket.out.send({ t: 'watched', contactId: contact.id, typing: false })
      if (holder && holder !== before && this.#watchers.has(contact.id)) this.#tellWatchers(contact.id)
    }
    for (const message of messages) this.toHolder(message.contactId, { t: 'message', message })
    for (const view of me) this.#to(view.id, { t: 'me', me: view })
  }

  #to(agentId: AgentId | null | undefined, frame: DeskReceive): void {
    if (agentId) for (const socket of this.#sockets.of(agentId)) socket.out.send(frame)
  }

  #tellWatchers(contactId: ContactId): void {
    const holder = this.#holders.get(contactId)
    this.#to(holder, { t: 'watchers', contactId, names: this.#watchers.names(contactId, holder) })
  }

  #announceCatalogue(): void {
    // Settings are changed in bursts; each desk fetches its catalogue once.
    this.#catalogueTimer ??= setTimeout(() => {
      this.#catalogueTimer = undefined
      void this.toAll({ t: 'catalogue' })
    }, catalogueMs)
  }
}

const dismiss = (socket: AgentSocket, code: 'notSignedIn' | 'unavailable', final: boolean): void => {
  socket.out.send({ t: 'bye', code, final })
  socket.out.close()
}

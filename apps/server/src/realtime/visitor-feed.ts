/** What changed, to the widgets: the chat as its customer may see it, public messages, places in the queue. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { ExpectedWait, VisitorReceive } from '@otklik/contract/realtime'
import type { ContactId, CustomerId } from '@otklik/model/ids'
import type { Outlook } from '../router/waiting-room.ts'
import type { Reader } from '../store/database.ts'
import type { Writer } from '../store/scope.ts'
import { loadChats, loadPublicMessages } from '../store/visitor-views.ts'
import { mixedUpBy, type Audience } from './audience.ts'
import { Gathering } from './gathering.ts'
import type { Outgoing } from './outgoing.ts'
import { sendInGroups, SocketsBy } from './sockets-by.ts'

export interface VisitorSocket {
  readonly visitor: Writer
  readonly out: Outgoing<VisitorReceive>
  /** The chat that the socket shows, once it is known. */
  contactId: ContactId | undefined
  /** What was said of the place and the wait, as text. */
  said: string
  /** When the wait would be over by what was said first, epoch milliseconds. */
  toldUntil: number | undefined
  /** The last time that could be told, and when, epoch milliseconds. */
  lastTold: { readonly wait: ExpectedWait; readonly at: number } | undefined
}

/** Nothing was said yet. */
export const unsaid = { said: '[null,null]', toldUntil: undefined, lastTold: undefined }

export interface VisitorFeedOptions {
  readonly reader: Reader
  /** Places of waiting contacts by arrival, and what may be said of their waits. */
  readonly outlooks: (ids: readonly ContactId[]) => Promise<Map<ContactId, Outlook>>
  readonly now: () => Date
  readonly onError: (error: unknown, doing: string) => void
}

interface Work {
  readonly contacts: Set<ContactId>
  readonly messages: Set<string>
}

const keyOf = (visitor: { customerId: string; channelAccountId: string }) => `${visitor.customerId}/${visitor.channelAccountId}`
const positionMs = 2000
/** For so long a time that was told stands when none can be told for a moment: what comes and goes is not believed. */
const toldHoldsMs = 30_000
/** Who has just written hears of the place as soon as the router has it, and with all others who came in this moment. */
const firstPositionMs = 150
/** A contact that comes is offered in a few milliseconds: its customer is told both at once, after whoever is to answer was asked. */
const lingerMs = 10

export class VisitorFeed {
  readonly #options: VisitorFeedOptions
  readonly #sockets = new SocketsBy<string, VisitorSocket>()
  /** Sockets by the contact that they show, so that an event finds them without a query. */
  readonly #chats = new SocketsBy<ContactId, VisitorSocket>()
  readonly #gathering: Gathering<Work>
  #positionTimer: NodeJS.Timeout | undefined
  #firstPositionTimer: NodeJS.Timeout | undefined

  constructor(options: VisitorFeedOptions) {
    this.#options = options
    this.#gathering = new Gathering<Work>({
      nothing: () => ({ contacts: new Set(), messages: new Set() }),
      isNothing: ({ contacts }) => contacts.size === 0,
      merge: (into, work) => {
        for (const id of work.contacts) into.contacts.add(id)
        for (const id of work.messages) into.messages.add(id)
      },
      perform: (work) => this.#send(work),
      lingerMs,
      onError: (error) => options.onError(error, 'sending changes to widgets'),
    })
  }

  start(): void {
    this.#positionTimer = setInterval(() => void this.#sendPositions(), positionMs)
  }

  add(socket: VisitorSocket): () => void {
    const remove = this.#sockets.add(keyOf(socket.visitor), socket)
    return () => {
      remove()
      if (socket.contactId) this.#chats.remove(socket.contactId, socket)
    }
  }

  get size(): number {
    return this.#sockets.size
  }

  /** The socket shows this chat from now on. */
  show(socket: VisitorSocket, contactId: ContactId): void {
    if (socket.contactId === contactId) return
    if (socket.contactId) this.#chats.remove(socket.contactId, socket)
    Object.assign(socket, unsaid, { contactId })
    this.#chats.add(contactId, socket)
  }

  #arrived(socket: VisitorSocket, contactId: ContactId): void {
    this.show(socket, contactId)
    this.#firstPositionTimer ??= setTimeout(() => {
      this.#firstPositionTimer = undefined
      void this.#sendPositions()
    }, firstPositionMs)
  }

  toChat(contactId: ContactId, frame: VisitorReceive): void {
    for (const socket of this.#chats.of(contactId)) socket.out.send(frame)
  }

  toAll(frame: VisitorReceive, whom: (socket: VisitorSocket) => boolean = () => true): Promise<void> {
    return sendInGroups([...this.#sockets.all()].filter(whom), frame)
  }

  follow(events: readonly (readonly [LoggedEvent, Audience])[]): void {
    const { pending } = this.#gathering
    for (const [event, { contactId, messageId, unseenByVisitor }] of events) {
      if (event.kind === 'visitor.forgotten') for (const socket of this.#sockets.of(keyOf(event.payload))) dismiss(socket, 'visitorUnknown', true)
      if (event.kind === 'customer.blockChanged' && event.payload.blocked) this.#dismissCustomer(event.payload.customerId, 'visitorBlocked', true)
      if (event.kind === 'customer.erased') this.#dismissCustomer(event.payload.customerId, 'visitorUnknown', true)
      // They come back at once, as whom they are from now on; also who came between the change and this word of it. The page of
      // the survivor is theirs before and after a merge.
      for (const id of mixedUpBy(event)) this.#dismissCustomer(id, 'unavailable', false, ({ visitorId }) => event.kind !== 'customer.merged' || visitorId !== event.payload.survivorId)
      if (!contactId || unseenByVisitor) continue
      if (event.kind === 'contact.queued' && event.payload.cause === 'arrived') for (const socket of this.#sockets.of(keyOf(event.payload))) this.#arrived(socket, contactId)
      if (!this.#chats.has(contactId)) continue
      pending.contacts.add(contactId)
      if (messageId) pending.messages.add(messageId)
    }
    this.#gathering.go()
  }

  settle(): Promise<void> {
    return this.#gathering.settle()
  }

  /** Says goodbye to everybody: they come back by themselves. */
  stop(): void {
    this.#gathering.stop()
    clearInterval(this.#positionTimer)
    clearTimeout(this.#firstPositionTimer)
    for (const socket of this.#sockets.all()) dismiss(socket, 'unavailable', false)
  }

  #dismissCustomer(id: CustomerId, code: Parameters<typeof dismiss>[1], final: boolean, whom: (visitor: Writer) => boolean = () => true): void {
    for (const socket of this.#sockets.all()) if (socket.visitor.customerId === id && whom(socket.visitor)) dismiss(socket, code, final)
  }

  async #send(work: Work): Promise<void> {
    const { reader } = this.#options
    const [chats, messages] = await Promise.all([loadChats(reader, [...work.contacts]), loadPublicMessages(reader, [...work.messages])])
    for (const message of messages) this.toChat(message.contactId, { t: 'message', message })
    for (const { chat } of chats)
      for (const socket of this.#chats.of(chat.contactId)) {
        socket.out.send({ t: 'chat', chat })
        if (chat.state === 'queued') continue
        this.#place(socket, chat.contactId, null, null)
        Object.assign(socket, { toldUntil: undefined, lastTold: undefined }) // who waits again is told anew
      }
  }

  #place(socket: VisitorSocket, contactId: ContactId, position: number | null, wait: ExpectedWait | null): void {
    const said = JSON.stringify([position, wait])
    if (socket.said === said) return
    socket.said = said
    socket.out.send({ t: 'position', contactId, position, wait })
  }

  /** The wait as it is told: never lengthened silently. */
  #told(socket: VisitorSocket, wait: Outlook['wait']): ExpectedWait | null {
    const now = this.#options.now().getTime()
    const { lastTold } = socket
    if (!wait) return lastTold && now < lastTold.at + toldHoldsMs ? lastTold.wait : null
    socket.lastTold = undefined
    if (wait.kind === 'nobody' || wait.kind === 'notReady') return wait
    if (wait.kind === 'closed') return { kind: 'closed', opensAt: wait.opensAt === undefined ? null : new Date(wait.opensAt).toISOString() }
    const end = now + (wait.kind === 'between' ? wait.toMinutes : Infinity) * 60_000
    socket.toldUntil ??= end
    // Whole minutes are rounded outwards: within one more nothing has been promised otherwise.
    const told = { ...wait, longer: end > socket.toldUntil + 60_000 }
    socket.lastTold = { wait: told, at: now }
    return told
  }

  async #sendPositions(): Promise<void> {
    const shown = [...this.#chats.keys()]
    if (shown.length === 0) return
    try {
      for (const [contactId, { position, wait }] of await this.#options.outlooks(shown))
        for (const socket of this.#chats.of(contactId)) this.#place(socket, contactId, position, this.#told(socket, wait))
    } catch (error) {
      this.#options.onError(error, 'sending places in the queue')
    }
  }
}

const dismiss = ({ out }: VisitorSocket, code: 'unavailable' | 'visitorUnknown' | 'visitorBlocked', final: boolean): void => {
  out.send({ t: 'bye', code, final })
  out.close()
}

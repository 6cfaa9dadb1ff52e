/**
 * From the event log to sockets. An event says only what changed; each feed loads the present view of it — one query for
 * everything that changed since the last one was sent — and sends that. Views carry versions and messages numbers, so it
 * does no harm that a view arrives twice, early, or with a later change in it already. Desks and widgets are fed apart:
 * an offer does not wait until a customer's chat has been loaded.
 *
 * A cursor is sent only after everything before it has been.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import { heartbeatSeconds, type DeskReceive, type VisitorReceive } from '@otklik/contract/realtime'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { writeCursor, type Cursor } from '../store/log.ts'
import { audienceOf } from './audience.ts'
import { DeskFeed } from './desk-feed.ts'
import { FloorFeed } from './floor-feed.ts'
import type { Outgoing } from './outgoing.ts'
import { VisitorFeed, type VisitorFeedOptions } from './visitor-feed.ts'

export interface HubOptions extends VisitorFeedOptions {
  readonly now: () => Date
  readonly cursor: () => Cursor
}

/** One that is still being told what it missed must not hear of a cursor behind it: cut off now, it would never ask again. */
const settled = ({ out }: { readonly out: { readonly settled: boolean } }) => out.settled

type CursorFrame = Extract<DeskReceive & VisitorReceive, { t: 'cursor' }>

export class Hub {
  readonly desks: DeskFeed
  readonly visitors: VisitorFeed
  readonly floor: FloorFeed
  readonly #options: HubOptions
  #timer: NodeJS.Timeout | undefined
  #routerUp = false

  constructor(options: HubOptions) {
    this.#options = options
    this.desks = new DeskFeed(options)
    this.visitors = new VisitorFeed(options)
    this.floor = new FloorFeed(options)
  }

  start(): void {
    this.desks.start()
    this.visitors.start()
    this.#timer = setInterval(() => {
      void this.#afterAll(this.desks, (frame) => this.desks.toAll(frame, settled))
      void this.#afterAll(this.visitors, (frame) => this.visitors.toAll(frame, settled))
    }, heartbeatSeconds * 1000)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.desks.stop()
    this.visitors.stop()
    this.floor.stop()
  }

  get routerUp(): boolean {
    return this.#routerUp
  }

  setRouterUp(up: boolean): void {
    if (this.#routerUp === up) return
    this.#routerUp = up
    void this.desks.toAll({ t: 'router', up })
  }

  typingToAgent(contactId: ContactId): void {
    this.desks.toHolder(contactId, { t: 'typing', contactId })
  }

  typingToVisitor(agentId: AgentId, contactId: ContactId): void {
    if (!this.desks.isHolder(agentId, contactId)) return
    this.visitors.toChat(contactId, { t: 'typing' })
    this.desks.typingToWatchers(contactId)
  }

  /**
   * What an agent's desk missed, for that desk alone: what names the agent, and what befell the contacts in hand. A customer
   * who writes while being offered names nobody.
   */
  replay(missed: readonly LoggedEvent[], agentId: AgentId, held: ReadonlySet<ContactId>, out: Outgoing<DeskReceive>): void {
    const concerned = missed.flatMap((event) => {
      const audience = audienceOf(event)
      if (!audience) return []
      const { agents, me, contactId } = audience
      const concerns = agents.includes(agentId) || me.includes(agentId) || (contactId !== undefined && held.has(contactId))
      return concerns ? [[event, audience] as const] : []
    })
    this.desks.follow(concerned)
    if (missed.some((event) => audienceOf(event)?.catalogue)) out.send({ t: 'catalogue' })
  }

  /** Events of the log. */
  readonly follow = (events: readonly LoggedEvent[]): void => {
    const concerned = events.flatMap((event) => {
      const audience = audienceOf(event)
      return audience ? [[event, audience] as const] : []
    })
    this.desks.follow(concerned)
    this.visitors.follow(concerned)
    this.floor.follow(concerned)
  }

  /** What a desk missed is sent, then the cursor up to which nothing is missing. */
  settleDesk(out: Outgoing<DeskReceive>): Promise<void> {
    return this.#afterAll(this.desks, (frame) => out.settle(frame))
  }

  settleVisitor(out: Outgoing<VisitorReceive>): Promise<void> {
    return this.#afterAll(this.visitors, (frame) => out.settle(frame))
  }

  async #afterAll(feed: DeskFeed | VisitorFeed, send: (frame: CursorFrame) => void | Promise<void>): Promise<void> {
    const cursor = writeCursor(this.#options.cursor())
    await feed.settle()
    await send({ t: 'cursor', cursor, at: this.#options.now().toISOString() })
  }
}

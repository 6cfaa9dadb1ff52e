/** An agent at work: signs in for the shift, answers offers after a moment, types, takes breaks, hands on, wraps up. */
import { ApiRefusal, ApiUnreachable } from '@otklik/client/http'
import type { ErrorCode } from '@otklik/contract/errors'
import { routes } from '@otklik/contract/routes'
import type { ContactView } from '@otklik/contract/views'
import { createAgentClient, type AgentClient } from '@otklik/testing/agent-client'
import { rollDice, type Dice } from '@otklik/testing/dice'
import type { Centre, QueueName } from '../centre.ts'
import { shiftAt, type Span } from '../shifts.ts'
import type { Texts } from '../texts/texts.ts'
import { minuteMs } from '../zone.ts'
import { decideNext, recognise, type Said } from './agent-mind.ts'
import type { Board } from './board.ts'
import { planBreaks } from './breaks.ts'
import type { DemoClock } from './clock.ts'

export interface AgentDeps {
  readonly url: string
  readonly origin: string
  readonly password: string
  readonly seed: number
  readonly centre: Centre
  readonly texts: Texts
  readonly clock: DemoClock
  readonly board: Board
  readonly onError: (error: unknown) => void
  /** Everybody is on duty whatever the hour. */
  readonly everybodyWorks: boolean
}

/** Somebody was faster, or the customer has gone: what happens among people. */
const overtaken: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'offerGone', 'contactNotYours', 'contactNotActive', 'contactNotInWrapUp', 'contactClosed', 'alreadyAvailable', 'agentNotAvailable', 'notFound',
])

/** What the agent has in mind about a contact in hand. */
interface Thought {
  /** By the demo's clock; until then the agent reads, types or waits. */
  dueAt: number
  doing: { readonly kind: 'say'; readonly text: string } | { readonly kind: 'end' } | null
  quietSince: number
  isRead: boolean
}
type Answer = { readonly how: 'accept' | 'decline' | 'ignore'; readonly at: number }

const longestQuietMs = 3 * minuteMs

/** Works one shift after the other until the demo stops. */
export const work = async (agent: Centre['agents'][number], place: number, deps: AgentDeps): Promise<void> => {
  const { clock } = deps
  const dice = rollDice(Math.imul(deps.seed + 1, 0x27d4eb2f) ^ Math.imul(place + 1, 0x165667b1))
  // Not all at the same second.
  await clock.pause(dice.next() * 20_000)
  while (!clock.isStopped) {
    const now = clock.now()
    const shift = deps.everybodyWorks ? { from: now, to: Infinity } : shiftAt(agent.shift, now)
    if (!shift) await clock.pause(minuteMs)
    else
      await new Shift(agent, shift, dice, deps).work().catch(async (error: unknown) => {
        deps.onError(error)
        await clock.pause(minuteMs) // a server that is away is not asked at once again
      })
  }
}

class Shift {
  readonly #agent: Centre['agents'][number]
  readonly #span: Span
  readonly #dice: Dice
  readonly #deps: AgentDeps
  readonly #thoughts = new Map<string, Thought>()
  readonly #answers = new Map<string, Answer>()
  readonly #queueNames: ReadonlyMap<string, QueueName>
  #backAt: number | undefined

  constructor(agent: Centre['agents'][number], span: Span, dice: Dice, deps: AgentDeps) {
    this.#agent = agent
    this.#span = span
    this.#dice = dice
    this.#deps = deps
    this.#queueNames = new Map(Object.entries(deps.centre.queues).map(([name, id]) => [id, name as QueueName]))
  }

  async work(): Promise<void> {
    const { clock, board } = this.#deps
    const client = await createAgentClient({ ...this.#deps, email: this.#agent.email })
    board.onDuty++
    const breaks = planBreaks(this.#dice, clock.now(), this.#span.to)
    try {
      while (!clock.isStopped && client.state.bye === null && (clock.now() < this.#span.to || client.state.contacts.size > 0)) {
        await this.#guarded(() => this.#keepPresence(client, breaks))
        for (const contact of [...client.state.contacts.values()]) await this.#guarded(() => this.#tend(client, contact))
        for (const id of this.#thoughts.keys()) if (!client.state.contacts.has(id)) this.#forget(client, id)
        // Often enough for a pause of a second of the demo's, and no more than that.
        await clock.pause(Math.max(1000, 50 * clock.speed))
      }
      await this.#guarded(() => client.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } }))
      await this.#guarded(() => client.api.call(routes.signOut, {}))
    } finally {
      board.onDuty--
      client.close()
    }
  }

  #forget(client: AgentClient, contactId: string): void {
    this.#thoughts.delete(contactId)
    for (const [id, message] of client.state.messages) if (message.contactId === contactId) client.state.messages.delete(id)
  }

  async #guarded(step: () => Promise<unknown>): Promise<void> {
    const { board, clock, onError } = this.#deps
    try {
      await step()
    } catch (error) {
      if (error instanceof ApiRefusal && overtaken.has(error.problem.code)) board.overtaken++
      else if (!(clock.isStopped && error instanceof ApiUnreachable)) onError(error)
    }
  }

  /** Available, but for breaks, and for the last minutes of a shift while something is in hand. */
  async #keepPresence(client: AgentClient, breaks: ReturnType<typeof planBreaks>): Promise<void> {
    const { clock, centre } = this.#deps
    const now = clock.now()
    const { me } = client.state
    if (!me) return
    const { state, cause } = me.presence
    const goesAway = async (reason: keyof Centre['reasons']) => {
      if (state === 'available') await client.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: centre.reasons[reason] } })
    }
    if (now >= this.#span.to) return goesAway('break')
    if (breaks[0] && now >= breaks[0].to) breaks.shift()
    const [pause] = breaks
    if (pause && now >= pause.from) return goesAway(pause.reason)
    if (state === 'available') return void (this.#backAt = undefined)
    // An offer that ran out: somebody looked away for a moment.
    this.#backAt ??= cause === 'missed' ? now + 20_000 + this.#dice.next() * 60_000 : now
    if (now >= this.#backAt) {
      this.#backAt = undefined
      await client.available()
    }
  }

  async #tend(client: AgentClient, contact: ContactView): Promise<void> {
    if (contact.state === 'offered') return this.#answerOffer(client, contact)
    if (contact.state === 'active') return this.#converse(client, contact)
    if (contact.state === 'wrapUp') return this.#wrapUp(client, contact)
  }

  async #answerOffer(client: AgentClient, contact: ContactView): Promise<void> {
    const { board, clock } = this.#deps
    const id = contact.offer?.id
    if (id === undefined) return
    let answer = this.#answers.get(id)
    if (!answer) {
      const luck = this.#dice.next()
      // Of a hundred offers one runs out and two are declined.
      answer = { how: luck < 0.01 ? 'ignore' : luck < 0.03 ? 'decline' : 'accept', at: clock.now() + 1000 + this.#dice.next() * 3500 }
      this.#answers.set(id, answer)
      if (answer.how === 'ignore') board.ignored++
    }
    if (answer.how === 'ignore' || clock.now() < answer.at) return
    this.#answers.set(id, { how: 'ignore', at: 0 })
    if (answer.how === 'decline') {
      await client.decline(contact)
      board.declined++
      return
    }
    await client.accept(contact)
    board.accepted++
  }

  #thoughtOf(contact: ContactView): Thought {
    let thought = this.#thoughts.get(contact.id)
    if (!thought) this.#thoughts.set(contact.id, (thought = { dueAt: 0, doing: null, quietSince: this.#deps.clock.now(), isRead: false }))
    return thought
  }

  async #converse(client: AgentClient, contact: ContactView): Promise<void> {
    const { clock, texts, board, centre } = this.#deps
    const thought = this.#thoughtOf(contact)
    if (!thought.isRead) {
      thought.isRead = true
      const { items } = await client.api.call(routes.messages, { params: { id: contact.id }, query: { limit: 200 } })
      for (const message of items) client.state.messages.set(message.id, message)
    }
    const now = clock.now()
    if (thought.doing) {
      if (thought.doing.kind === 'say') client.frame({ t: 'typing', contactId: contact.id })
      if (now < thought.dueAt) return
      const { doing } = thought
      Object.assign(thought, { doing: null, quietSince: now })
      if (doing.kind === 'end') await client.api.call(routes.endContact, { params: { id: contact.id } })
      else client.state.messages.set(...withId(await client.say(contact, doing.text)))
      return
    }
    const next = decideNext(texts.dialogues, texts.words, this.#saidIn(client, contact), this.#queueNames.get(contact.queue.id))
    if (next.do === 'say') {
      // Reads, thinks, types; a ready phrase goes quicker than it is read.
      Object.assign(thought, { doing: { kind: 'say', text: next.text }, dueAt: now + 2000 + next.text.length * (30 + this.#dice.next() * 50) })
    } else if (next.do === 'end') Object.assign(thought, { doing: { kind: 'end' }, dueAt: now + 10_000 + this.#dice.next() * 20_000 })
    else if (next.do === 'raise') {
      await client.api.call(routes.escalateContact, { params: { id: contact.id }, body: { note: next.note } })
      board.raised++
    } else if (next.do === 'transfer') {
      await client.api.call(routes.transferContact, { params: { id: contact.id }, body: { to: { kind: 'queue', queueId: centre.queues[next.to] }, note: next.note } })
      board.transferred++
    } else if (now - thought.quietSince > longestQuietMs) Object.assign(thought, { doing: { kind: 'end' }, dueAt: now })
  }

  #saidIn(client: AgentClient, contact: ContactView): Said[] {
    return [...client.state.messages.values()]
      .filter((message) => message.contactId === contact.id && message.visibility === 'public' && message.author.kind !== 'system')
      .sort((a, b) => a.number - b.number)
      .flatMap(({ author, parts: [part] }) => (part?.kind === 'text' ? [{ by: author.kind === 'agent' ? ('agent' as const) : ('customer' as const), text: part.text }] : []))
  }

  async #wrapUp(client: AgentClient, contact: ContactView): Promise<void> {
    const { clock, texts, centre, board } = this.#deps
    const thought = this.#thoughtOf(contact)
    const now = clock.now()
    if (thought.doing?.kind !== 'end' || thought.dueAt < now - 10 * minuteMs) Object.assign(thought, { doing: { kind: 'end' }, dueAt: now + 4000 + this.#dice.next() * 16_000 })
    if (now < thought.dueAt) return
    const said = this.#saidIn(client, contact)
    const dialogue = recognise(texts.dialogues, said.find(({ by }) => by === 'customer')?.text ?? '')
    const note = this.#dice.next() < 0.25 ? this.#dice.pick(texts.words.wrapUpNotes) : ''
    thought.dueAt = now + 5000 // should the answer be lost, once more then
    await client.api.call(routes.finishContact, {
      params: { id: contact.id },
      body: { dispositionId: centre.outcomes[dialogue?.outcome ?? 'explained'], resolved: said.at(-1)?.by === 'agent' || this.#dice.next() < 0.8, note },
    })
    board.finished++
    if (note) board.noted++
  }
}

const withId = <Message extends { readonly id: string }>(message: Message): [string, Message] => [message.id, message]

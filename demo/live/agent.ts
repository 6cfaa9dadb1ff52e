/** An agent at work: signs in for the shift, answers offers after a moment, types, takes breaks, hands on, wraps up. */
import { ApiRefusal } from '@otklik/client/http'
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
import { Attendance } from './attendance.ts'
import type { Board } from './board.ts'
import { planBreaks } from './breaks.ts'
import type { DemoClock } from './clock.ts'
import type { Outage } from './outage.ts'
import { answerMs, farewellMs, typingMs, wrapUpMs } from './tempo.ts'

export interface AgentDeps {
  readonly url: string
  readonly origin: string
  readonly password: string
  readonly seed: number
  readonly centre: Centre
  readonly texts: Texts
  readonly clock: DemoClock
  readonly board: Board
  /** Takes what goes wrong. */
  readonly outage: Outage
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
  hasAnswered: boolean
}
type Answer = { readonly how: 'accept' | 'decline' | 'ignore'; readonly at: number }

const longestQuietMs = 3 * minuteMs
/** Whoever was sent home by a supervisor begins another shift after that. */
const sentHomeMs = 20 * minuteMs

/** Works one shift after the other until the demo stops. */
export const work = async (agent: Centre['agents'][number], place: number, deps: AgentDeps): Promise<void> => {
  const { clock, outage } = deps
  const dice = rollDice(Math.imul(deps.seed + 1, 0x27d4eb2f) ^ Math.imul(place + 1, 0x165667b1))
  // Not all at the same second.
  await clock.pause(dice.next() * 20_000)
  while (!clock.isStopped) {
    const now = clock.now()
    const shift = deps.everybodyWorks ? { from: now, to: Infinity } : shiftAt(agent.shift, now)
    if (!shift || outage.isAway) await clock.pause(minuteMs)
    else {
      const end = await new Shift(agent, shift, dice, deps).work().catch((error: unknown) => {
        outage.take(error)
        return 'failed' as const
      })
      if (end !== 'over') await clock.pause(end === 'sentHome' ? sentHomeMs : minuteMs)
    }
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
  #isSentHome = false

  constructor(agent: Centre['agents'][number], span: Span, dice: Dice, deps: AgentDeps) {
    this.#agent = agent
    this.#span = span
    this.#dice = dice
    this.#deps = deps
    this.#queueNames = new Map(Object.entries(deps.centre.queues).map(([name, id]) => [id, name as QueueName]))
  }

  async work(): Promise<'over' | 'sentHome'> {
    const { clock, board, outage } = this.#deps
    const client = await createAgentClient({ ...this.#deps, email: this.#agent.email })
    board.onDuty++
    const attendance = new Attendance(this.#dice, this.#span.to, planBreaks(this.#dice, clock.now(), this.#span.to))
    // A server that goes down in order says goodbye, too, and is come back to.
    const isDismissed = () => this.#isSentHome || (client.state.bye !== null && client.state.bye !== 'unavailable')
    try {
      while (!clock.isStopped && !isDismissed() && (clock.now() < this.#span.to || client.state.contacts.size > 0)) {
        await this.#guarded(() => this.#keepPresence(client, attendance))
        for (const contact of [...client.state.contacts.values()]) await this.#guarded(() => this.#tend(client, contact))
        for (const id of this.#thoughts.keys()) if (!client.state.contacts.has(id)) this.#forget(client, id)
        // Often enough for a pause of a second of the demo's, and no more than that.
        await clock.pause(Math.max(1000, 50 * clock.speed))
        while (outage.isAway && (await clock.pause(1000 * clock.speed)));
      }
      if (isDismissed()) return 'sentHome'
      await this.#guarded(() => client.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } }))
      await this.#guarded(() => client.api.call(routes.signOut, {}))
      return 'over'
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
    const { board, outage } = this.#deps
    try {
      await step()
    } catch (error) {
      const code = error instanceof ApiRefusal ? error.problem.code : undefined
      // The answer was faster than the socket's goodbye.
      if (code === 'notSignedIn') this.#isSentHome = true
      else if (code !== undefined && overtaken.has(code)) board.overtaken++
      else outage.take(error)
    }
  }

  async #keepPresence(client: AgentClient, attendance: Attendance): Promise<void> {
    const { me } = client.state
    if (!me) return
    const step = attendance.next(me.presence, this.#deps.clock.now())
    if (step.do === 'goHome') this.#isSentHome = true
    else if (step.do === 'comeBack') await client.available()
    else if (step.do === 'goAway') await client.api.call(routes.changePresence, { body: { state: 'notReady', reasonId: this.#deps.centre.reasons[step.reason] } })
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
    if (!thought) this.#thoughts.set(contact.id, (thought = { dueAt: 0, doing: null, quietSince: this.#deps.clock.now(), isRead: false, hasAnswered: false }))
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
      if (thought.doing.kind === 'say' && now >= thought.dueAt - typingMs(thought.doing.text)) client.frame({ t: 'typing', contactId: contact.id })
      if (now < thought.dueAt) return
      const { doing } = thought
      Object.assign(thought, { doing: null, quietSince: now })
      if (doing.kind === 'end') await client.api.call(routes.endContact, { params: { id: contact.id } })
      else client.state.messages.set(...withId(await client.say(contact, doing.text)))
      return
    }
    const said = this.#saidIn(client, contact)
    const next = decideNext(texts.dialogues, texts.words, said, this.#queueNames.get(contact.queue.id))
    if (next.do === 'say') {
      // A stranger is a person who sits before the widget, and need not wait for what is made up.
      const isQuick = !thought.hasAnswered || !recognise(texts.dialogues, said.find(({ by }) => by === 'customer')?.text ?? '')
      Object.assign(thought, { hasAnswered: true, doing: { kind: 'say', text: next.text }, dueAt: now + answerMs(next.text, isQuick, this.#dice.next()) })
    } else if (next.do === 'end') Object.assign(thought, { doing: { kind: 'end' }, dueAt: now + farewellMs(this.#dice.next()) })
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
    if (thought.doing?.kind !== 'end' || thought.dueAt < now - 10 * minuteMs) Object.assign(thought, { doing: { kind: 'end' }, dueAt: now + wrapUpMs(this.#dice.next()) })
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

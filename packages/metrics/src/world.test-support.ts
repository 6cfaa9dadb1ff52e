/** A small centre that lives by chance: every step that the model's tables allow may happen, and is told as its events. */
import { contactTable, type ContactState } from '@otklik/model/contact'
import { presenceTable, type Presence } from '@otklik/model/presence'
import type { MetricEvent, PayloadOf } from './event.ts'

export interface Step {
  readonly act: number
  readonly a: number
  readonly b: number
  /** Seconds since the step before. */
  readonly after: number
}

interface Contact {
  readonly id: string
  readonly issueId: string
  readonly channel: string
  readonly region: string
  readonly arrivedAt: number
  state: ContactState
  queue: number
  agentId: string | null
  isReplied: boolean
  endedAt: number
  isRated: boolean
}
const queues = [
  { queueId: 'tariffs', line: 1, targetSeconds: 20 },
  { queueId: 'roaming', line: 1, targetSeconds: 60 },
  { queueId: 'experts', line: 2, targetSeconds: 300 },
]
const agentIds = ['anna', 'boris', 'vera']

export class World {
  readonly events: MetricEvent[] = []
  readonly #contacts: Contact[] = []
  readonly #agents = new Map<string, Presence>(agentIds.map((id) => [id, 'offline']))
  readonly #rated = new Map<MetricEvent, string>()
  #now = Date.UTC(2026, 10, 22, 9, 57)

  get now(): number {
    return this.#now
  }

  /** Whose rating an event is: figures need not know it, the log does. */
  ratedOf(event: MetricEvent): string | null {
    return this.#rated.get(event) ?? null
  }

  run({ act, a, b, after }: Step): void {
    this.#now += after * 1000
    const at = new Date(this.#now)
    const contact = this.#contacts[a % Math.max(1, this.#contacts.length)]
    const agentId = agentIds[b % agentIds.length] ?? ''
    if (act < 12) return this.#arrive(a, b, at)
    if (act < 24) return this.#presence(agentId, b, at)
    if (contact) this.#work(contact, agentId, act, b, at)
  }

  #arrive(a: number, b: number, at: Date): void {
    const before = this.#contacts.at(-1)
    const queue = a % queues.length
    const contact: Contact = {
      id: `contact ${this.#contacts.length}`,
      issueId: before && b % 4 === 0 ? before.issueId : `issue ${this.#contacts.length}`,
      channel: b % 2 === 0 ? 'webChat' : 'telegram',
      region: a % 2 === 0 ? 'Москва' : 'unknown',
      arrivedAt: at.getTime(),
      state: 'queued',
      queue,
      agentId: null,
      isReplied: false,
      endedAt: 0,
      isRated: false,
    }
    this.#contacts.push(contact)
    this.#queued(contact, 'arrived', null, at)
  }

  #queued(contact: Contact, cause: PayloadOf<'contact.queued'>['cause'], fromAgentId: string | null, at: Date): void {
    const { id, issueId, channel, region, arrivedAt } = contact
    const queue = queues[contact.queue]
    if (!queue) throw new Error('no such queue')
    this.events.push({ at, kind: 'contact.queued', payload: { contactId: id, cause, issueId, channel, region, arrivedAt, fromAgentId, ...queue } })
  }

  #presence(agentId: string, b: number, at: Date): void {
    const from = this.#agents.get(agentId) ?? 'offline'
    const tos = [...new Set(Object.values(presenceTable[from]))]
    const to = tos[b % tos.length]
    if (!to) return
    this.#agents.set(agentId, to)
    this.events.push({ at, kind: 'presence.changed', payload: { agentId, to } })
  }

  #work(contact: Contact, agentId: string, act: number, b: number, at: Date): void {
    const inputs = Object.keys(contactTable[contact.state]) as (keyof (typeof contactTable)[ContactState])[]
    const held = contact.agentId
    if (contact.state === 'active' && act < 45 && held) {
      this.events.push({ at, kind: 'message.sent', payload: { contactId: contact.id, agentId: held } })
      contact.isReplied = true
      return
    }
    if (contact.state === 'closed') return this.#rate(contact, b, at)
    const input = inputs[act % inputs.length]
    const next = input && contactTable[contact.state][input]
    if (!input || !next) return
    const was = contact.state
    const ids = { contactId: contact.id, agentId: held ?? agentId }
    contact.state = next
    switch (input) {
      case 'offer':
        contact.agentId = agentId
        return
      case 'accept':
        return void this.events.push({ at, kind: 'contact.accepted', payload: ids })
      case 'pick':
        contact.agentId = agentId
        return void this.events.push({ at, kind: 'contact.picked', payload: ids })
      case 'decline':
      case 'miss':
        contact.agentId = null
        return void this.events.push({ at, kind: input === 'decline' ? 'contact.declined' : 'contact.missed', payload: ids })
      case 'withdraw':
        contact.agentId = null
        return
      case 'transfer':
      case 'escalate':
        contact.agentId = null
        contact.queue = input === 'escalate' ? 2 : b % queues.length
        return this.#queued(contact, input === 'escalate' ? 'escalated' : b % 3 === 0 ? 'answered' : 'transferred', held, at)
      case 'snooze':
        contact.agentId = null
        return void this.events.push({ at, kind: 'contact.snoozed', payload: ids })
      case 'wake':
        return this.#queued(contact, 'woken', null, at)
      case 'customerMessage':
        if (was === 'snoozed') this.#queued(contact, 'woken', null, at)
        if (was === 'wrapUp') this.events.push({ at, kind: 'contact.reopened', payload: ids })
        return
      case 'loseAgent':
        if (next === 'closed') return this.#close(contact, 'agentEnded', at)
        contact.agentId = null
        return this.#queued(contact, b % 2 === 0 ? 'agentLost' : 'signedOut', held, at)
      case 'end':
      case 'leave':
        if (next === 'closed') return this.#close(contact, b % 5 === 0 ? 'blocked' : 'abandoned', at)
        contact.endedAt = at.getTime()
        return void this.events.push({ at, kind: 'contact.wrapUpStarted', payload: ids })
      case 'finish':
      case 'wrapUpLimit':
        return this.#close(contact, (['agentEnded', 'customerEnded', 'customerAway', 'customerSilent', 'blocked'] as const)[b % 5] ?? 'agentEnded', at)
    }
  }

  #close(contact: Contact, reason: PayloadOf<'contact.closed'>['reason'], at: Date): void {
    if (contact.agentId === null || reason === 'abandoned') contact.endedAt = at.getTime()
    const resolved = contact.agentId === null ? null : ([true, false, null] as const)[at.getTime() % 3] ?? null
    // An offer that was open is withdrawn by the same act; the agent of a closed waiting contact is nobody's.
    this.events.push({ at, kind: 'contact.closed', payload: { contactId: contact.id, agentId: contact.agentId, reason, resolved } })
  }

  #rate(contact: Contact, b: number, at: Date): void {
    if (!contact.isReplied || contact.isRated) return
    contact.isRated = true
    const queueId = queues[contact.queue]?.queueId ?? ''
    const { agentId, channel, region, endedAt } = contact
    const event: MetricEvent = { at, kind: 'contact.rated', payload: { agentId, queueId, channel, region, endedAt, score: 1 + (b % 5) } }
    this.#rated.set(event, contact.id)
    this.events.push(event)
  }
}

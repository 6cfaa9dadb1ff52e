/** A contact of the past, whole: what the rows of the database will say of it, and the events that the log will tell. */
import { queuePlans, type Centre, type QueueName } from '../centre.ts'
import type { Language, Outcome, Topic } from '../texts/shape.ts'
import type { HistoryEvent } from './event.ts'

export interface PastCustomer {
  readonly id: string
  readonly region: string
  readonly timeZone: string | null
  readonly firstSeenAt: number
  lastSeenAt: number
}

export interface PastOffer {
  readonly id: string
  readonly agentId: string
  readonly offeredAt: number
  readonly decidedAt: number
  readonly outcome: 'accepted' | 'declined'
}

/** The time in one queue and in the hands of whoever took it there. */
export interface PastStay {
  readonly queue: QueueName
  readonly cause: 'arrived' | 'transferred' | 'escalated'
  readonly enteredAt: number
  readonly offers: readonly PastOffer[]
  /** Of the one who took it: the last of the offers. */
  readonly agentId: string
  readonly acceptedAt: number
  readonly firstReplyAt: number
  readonly leftAt: number
}

export type MessagePart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'notice'; readonly code: 'transferred' | 'escalated' | 'endedByAgent' | 'endedByCustomer' }
export interface PastMessage {
  readonly id: string
  readonly author: 'customer' | 'agent' | 'system'
  readonly agentId: string | null
  readonly visibility: 'public' | 'note'
  readonly part: MessagePart
  readonly sentAt: number
}

export interface PastContact {
  readonly id: string
  readonly issueId: string
  readonly customer: PastCustomer
  readonly isNewCustomer: boolean
  readonly topic: Topic
  readonly language: Language
  readonly arrivedAt: number
  /** Empty: left before anybody took it. */
  readonly stays: readonly PastStay[]
  readonly messages: readonly PastMessage[]
  readonly endedAt: number
  readonly closedAt: number
  readonly reason: 'abandoned' | 'agentEnded' | 'customerEnded'
  readonly wrapUpUntil: number
  readonly outcome: Outcome | null
  readonly resolved: boolean | null
  readonly rating: { readonly score: number; readonly comment: string | null; readonly ratedAt: number } | null
  /** Of the routing row, counted with the events. */
  finalVersion: number
}

export const lastQueueOf = (contact: PastContact): QueueName => contact.stays.at(-1)?.queue ?? contact.topic

type Ids = Pick<Centre, 'queues' | 'channels' | 'outcomes'>
const held = { contactVersion: 0, agentVersion: 0 }
/** Follow from how often an agent became free: numbered with the versions. */
const freed = { ticket: 0, occupancy: 0 }
/** Nothing is numbered where nobody was. */
const zeroIf = (agentId: string | null): 0 | null => (agentId === null ? null : 0)

/** What happened, in order; versions, tickets and places in line are numbered when a day's events are put in order. */
export const eventsOf = (contact: PastContact, centre: Ids): HistoryEvent[] => {
  const { id: contactId, customer, arrivedAt } = contact
  const events: HistoryEvent[] = []
  const queued = (stay: Pick<PastStay, 'queue' | 'cause' | 'enteredAt'>, from: string | null): HistoryEvent => ({
    at: stay.enteredAt,
    kind: 'contact.queued',
    subject: contactId,
    payload: {
      contactId, contactVersion: 0, cause: stay.cause, customerId: customer.id, issueId: contact.issueId, channelAccountId: centre.channels[contact.topic], channel: 'webChat',
      queueId: centre.queues[stay.queue], line: queuePlans[stay.queue].line, targetSeconds: queuePlans[stay.queue].targetSeconds, language: contact.language, region: customer.region,
      arrivedAt, seq: 0, reservedFor: null, reservedUntil: null, fromAgentId: from, fromAgentVersion: zeroIf(from), fromAgentTicket: zeroIf(from), fromAgentOccupancy: zeroIf(from),
      excludedUntil: from === null ? null : stay.enteredAt + 30_000, byAgentId: from,
    },
  })
  events.push(queued({ queue: contact.topic, cause: 'arrived', enteredAt: arrivedAt }, null))
  for (const [at, stay] of contact.stays.entries()) {
    if (at > 0) events.push(queued(stay, contact.stays[at - 1]?.agentId ?? null))
    events.push(...offersOf(contactId, stay, centre))
  }
  events.push(...messagesOf(contact))
  events.push(...endOf(contact, centre))
  // Each list is in order; of one instant the arrival, and what is said, come before what follows from it.
  return events.sort((a, b) => a.at - b.at || rankOf(a) - rankOf(b))
}

const offersOf = (contactId: string, stay: PastStay, centre: Ids): HistoryEvent[] =>
  stay.offers.flatMap(({ id: offerId, agentId, offeredAt, decidedAt, outcome }): HistoryEvent[] => {
    const waitedSeconds = Math.round((offeredAt - stay.enteredAt) / 100) / 10
    const { targetSeconds, priority } = queuePlans[stay.queue]
    const urgency = Math.round((waitedSeconds / targetSeconds) * 2 ** (priority - 3) * 1000) / 1000
    const offered: HistoryEvent = {
      at: offeredAt,
      kind: 'contact.offered',
      subject: contactId,
      payload: {
        contactId, agentId, ...held, offerId, queueId: centre.queues[stay.queue], expiresAt: offeredAt + 20_000, epoch: 0, rule: 'arrival', seq: 0, waitedSeconds, urgency, ring: 0,
        fit: 0, load: 0, candidates: 0, runnerUpAgentId: null, runnerUpContactId: null,
      },
    }
    return [
      offered,
      outcome === 'accepted'
        ? { at: decidedAt, kind: 'contact.accepted', subject: contactId, payload: { contactId, agentId, ...held, offerId, ...freed } }
        : { at: decidedAt, kind: 'contact.declined', subject: contactId, payload: { contactId, agentId, ...held, offerId, ...freed, excludedUntil: decidedAt + 30_000 } },
    ]
  })

const messagesOf = (contact: PastContact): HistoryEvent[] => {
  const { id: contactId } = contact
  const firstReply = contact.messages.find(({ author, visibility }) => author === 'agent' && visibility === 'public')
  const holderAt = (at: number) => contact.stays.find(({ acceptedAt, leftAt }) => acceptedAt <= at && at <= leftAt)?.agentId ?? null
  return contact.messages.map((message, place): HistoryEvent => {
    const said = { contactId, messageId: message.id, number: place + 1 }
    const event = { at: message.sentAt, subject: contactId }
    if (message.author === 'customer') return { ...event, kind: 'message.received', payload: { ...said, agentId: holderAt(message.sentAt) } }
    if (message.author === 'system') return { ...event, kind: 'message.noticed', payload: { ...said, agentId: message.agentId } }
    if (message.visibility === 'note' && message.agentId !== null) return { ...event, kind: 'message.noted', payload: { ...said, agentId: message.agentId } }
    return { ...event, kind: 'message.sent', payload: { ...said, agentId: message.agentId, first: message === firstReply } }
  })
}

const endOf = (contact: PastContact, centre: Ids): HistoryEvent[] => {
  const { id: contactId, reason, endedAt, closedAt, rating } = contact
  const agentId = contact.stays.at(-1)?.agentId ?? null
  const dispositionId = contact.outcome && centre.outcomes[contact.outcome]
  const closed: HistoryEvent = {
    at: closedAt,
    kind: 'contact.closed',
    subject: contactId,
    payload: {
      contactId, contactVersion: 0, agentId, agentVersion: zeroIf(agentId), ticket: zeroIf(agentId), occupancy: zeroIf(agentId), reason, dispositionId, resolved: contact.resolved,
      by: agentId === null ? 'customer' : 'agent',
    },
  }
  if (agentId === null) return [closed]
  const wrapUp: HistoryEvent = { at: endedAt, kind: 'contact.wrapUpStarted', subject: contactId, payload: { contactId, contactVersion: 0, agentId, reason, until: contact.wrapUpUntil } }
  if (!rating) return [wrapUp, closed]
  const rated: HistoryEvent = {
    at: rating.ratedAt,
    kind: 'contact.rated',
    subject: contactId,
    payload: { contactId, agentId, queueId: centre.queues[lastQueueOf(contact)], channel: 'webChat', region: contact.customer.region, endedAt, score: rating.score },
  }
  return [wrapUp, closed, rated]
}

const ranks: Partial<Record<HistoryEvent['kind'], number>> = { 'message.noted': -3, 'message.noticed': -2, 'message.received': 1, 'message.sent': 1, 'contact.wrapUpStarted': 2, 'contact.closed': 3, 'contact.rated': 4 }
const rankOf = ({ kind }: HistoryEvent): number => ranks[kind] ?? 0

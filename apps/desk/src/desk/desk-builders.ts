/** Made-up contacts and messages, for tests and the gallery. */
import type { ContactView, DeskView, MessageView, MeView } from '@otklik/contract/views'
import type { AgentId, ContactId, CustomerId, MessageId, OfferId, QueueId } from '@otklik/model/ids'

/** A UUID whose last digits are the number; the first group says of what. */
const uuid = (kind: number, number: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`

export const agentId = (number = 1) => uuid(1, number) as AgentId
export const contactId = (number: number) => uuid(2, number) as ContactId
export const messageId = (number: number) => uuid(3, number) as MessageId
export const queueId = (number = 1) => uuid(4, number) as QueueId
export const offerId = (number: number) => uuid(5, number) as OfferId
export const customerId = (number: number) => uuid(6, number) as CustomerId

/** Noon-ish of the day that all made-up things happen on; everything else counts from it. */
export const builtNow = Date.parse('2026-11-22T11:07:00.000Z')
export const ago = (seconds: number) => new Date(builtNow - seconds * 1000).toISOString()

export const buildMe = (more: Partial<MeView> = {}): MeView => ({
  id: agentId(),
  name: 'Анна Лебедева',
  email: 'anna@example.ru',
  role: 'agent',
  language: 'ru',
  version: 1,
  presence: { state: 'available', cause: 'chosen', reason: null, since: ago(5047) },
  capacity: { chat: 4, total: 4 },
  timeZone: 'Europe/Moscow',
  today: { handled: 31, ratings: 22, ratingSum: 108 },
  ...more,
})

export const buildContact = (number: number, more: Partial<ContactView> = {}): ContactView => ({
  id: contactId(number),
  version: 1,
  state: 'active',
  channel: 'webChat',
  agentId: agentId(),
  queue: { id: queueId(), name: 'Тарифы и услуги', line: 1, targetSeconds: 60, hasEscalation: true },
  customer: {
    id: customerId(number),
    name: null,
    number: 4800 + number,
    version: 1,
    region: 'Москва',
    language: 'ru',
    timeZone: 'Europe/Moscow',
    blocked: false,
  },
  page: null,
  arrivedAt: ago(300),
  acceptedAt: ago(280),
  firstReplyAt: null,
  waitingSince: null,
  offer: null,
  handed: null,
  snooze: null,
  escalated: null,
  wrapUp: null,
  awaySince: null,
  closedAt: null,
  closeReason: null,
  disposition: null,
  resolved: null,
  rating: null,
  lastMessage: null,
  lastMessageNumber: 0,
  unread: 0,
  agentReadNumber: 0,
  customerReadNumber: 0,
  ...more,
})

export const buildOffered = (number: number, more: Partial<ContactView> = {}): ContactView =>
  buildContact(number, {
    state: 'offered',
    acceptedAt: null,
    waitingSince: ago(9),
    arrivedAt: ago(9),
    offer: {
      id: offerId(number),
      offeredAt: ago(6),
      expiresAt: ago(-14),
      reason: { rule: 'arrival', waitedSeconds: 3, fit: 0, candidates: 4, isHelp: false },
      before: null,
    },
    ...more,
  })

export const buildMessage = (contact: number, number: number, more: Partial<MessageView> = {}): MessageView => ({
  id: messageId(contact * 1000 + number),
  contactId: contactId(contact),
  number,
  author: { kind: 'customer', agentId: null, name: null },
  visibility: 'public',
  parts: [{ kind: 'text', text: `Сообщение ${number}` }],
  at: ago(300 - number * 10),
  ...more,
})

export const buildDesk = (more: Partial<DeskView> = {}): DeskView => ({
  me: buildMe(),
  contacts: [],
  cursor: 'c1',
  at: new Date(builtNow).toISOString(),
  routerUp: true,
  ...more,
})

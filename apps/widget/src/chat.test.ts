import type { ChatView, VisitorMessage } from '@otklik/contract/web-chat'
import type { ContactId, MessageId } from '@otklik/model/ids'
import { describe, expect, it } from 'vitest'
import { canEnd, emptyChat, isReadByAgent, lastOurs, reduce, unreadCount, unsent, type ChatEvent, type ChatState } from './chat.ts'
import type { OutboxItem } from './outbox.ts'

const first = 'c1' as ContactId
const second = 'c2' as ContactId
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString()

const chatOf = (next: Partial<ChatView> = {}): ChatView => ({
  contactId: first,
  arrivedAt: at(0),
  queuedAt: at(0),
  version: 1,
  state: 'queued',
  agent: null,
  agentReadNumber: 0, snoozedUntil: null, rateWith: { style: 'faces', comment: true },
  endedAt: null,
  endReason: null,
  rating: null,
  canRate: false,
  ...next,
})
const messageOf = (number: number, author: VisitorMessage['author'], next: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id: `${next.contactId ?? first}-${number}` as MessageId,
  contactId: first,
  number,
  author,
  name: author === 'agent' ? 'Глеб' : null,
  parts: [{ kind: 'text', text: `№ ${number}` }],
  at: at(number),
  ...next,
})
const itemOf = (id: string, order: number): OutboxItem => ({ id: id as MessageId, text: id, at: order, failed: null })
const after = (...events: ChatEvent[]): ChatState => events.reduce(reduce, emptyChat)
const chat = (next: Partial<ChatView> = {}): ChatEvent => ({ t: 'frame', frame: { t: 'chat', chat: chatOf(next) } })
const message = (...of: Parameters<typeof messageOf>): ChatEvent => ({ t: 'frame', frame: { t: 'message', message: messageOf(...of) } })
const numbers = (state: ChatState) => state.messages.map((one) => `${one.contactId}/${one.number}`)

describe('views of the chat', () => {
  it('keeps the greater version, whatever comes last', () => {
    const state = after(chat({ version: 5, state: 'active' }), chat({ version: 4 }))
    expect(state.chat).toMatchObject({ version: 5, state: 'active' })
  })

  it('goes over to the contact that arrived later, and not back', () => {
    const state = after(chat({ version: 9 }), chat({ contactId: second, arrivedAt: at(30), version: 1 }), chat({ version: 10 }))
    expect(state.chat?.contactId).toBe(second)
  })

  it('shows a place in the queue only to those who wait in it', () => {
    const place: ChatEvent = { t: 'frame', frame: { t: 'position', contactId: first, position: 3, wait: null } }
    expect(after(chat(), place).position).toBe(3)
    expect(after(chat(), place, chat({ version: 2, state: 'active' })).position).toBeNull()
    expect(after(chat({ contactId: second }), place).position).toBeNull()
  })

  it('takes away what no longer applies: the question whether to end, the wait for an end, a typing agent', () => {
    const state = after(chat({ state: 'active' }), { t: 'asksEnd' }, { t: 'frame', frame: { t: 'typing' } }, chat({ version: 2, state: 'ended' }))
    expect(state).toMatchObject({ asksEnd: false, isTyping: false })
    expect(canEnd(state)).toBe(false)
    expect(after(chat(), { t: 'ending' }, chat({ version: 2, state: 'ended' })).isEnding).toBe(false)
  })
})

describe('messages', () => {
  it('stand in order of number, once each', () => {
    expect(numbers(after(message(2, 'agent'), message(1, 'customer'), message(2, 'agent')))).toEqual(['c1/1', 'c1/2'])
  })

  it('stand behind those of an earlier contact, whatever their numbers', () => {
    const state = after(message(1, 'customer', { contactId: second, at: at(40) }), message(7, 'agent', { at: at(20) }))
    expect(numbers(state)).toEqual(['c1/7', 'c2/1'])
  })

  it('of a fresh state replace all that was held', () => {
    const state = after(chat(), message(1, 'customer'), {
      t: 'frame',
      frame: { t: 'state', chat: chatOf({ contactId: second }), messages: [messageOf(1, 'agent', { contactId: second })] },
    })
    expect(numbers(state)).toEqual(['c2/1'])
    expect(state.chat?.contactId).toBe(second)
  })

  it('end the typing of the agent who wrote them', () => {
    const typing: ChatEvent = { t: 'frame', frame: { t: 'typing' } }
    expect(after(chat({ state: 'active' }), typing, message(2, 'agent')).isTyping).toBe(false)
    expect(after(chat({ state: 'active' }), typing, message(2, 'customer')).isTyping).toBe(true)
    // Whoever has put the chat off writes no more.
    expect(after(chat({ state: 'active' }), typing, chat({ state: 'active', version: 99, snoozedUntil: '2026-11-29T10:00:00.000Z' })).isTyping).toBe(false)
  })
})

describe('what was written here', () => {
  const items: ChatEvent = { t: 'outbox', items: [itemOf('a', 1), itemOf('b', 2)] }
  const accepted: ChatEvent = { t: 'frame', frame: { t: 'accepted', id: 'a' as MessageId, contactId: first, number: 1, at: at(1) } }

  it('becomes a message when it is accepted', () => {
    const state = after(items, accepted)
    expect(state.messages).toMatchObject([{ id: 'a', number: 1, author: 'customer', parts: [{ kind: 'text', text: 'a' }] }])
    expect(unsent(state).map(({ id }) => id)).toEqual(['b'])
  })

  it('is not shown twice when the message comes before its acceptance', () => {
    const state = after(items, message(1, 'customer', { id: 'a' as MessageId }))
    expect(unsent(state).map(({ id }) => id)).toEqual(['b'])
    expect(after(items, message(1, 'customer', { id: 'a' as MessageId }), accepted).messages).toHaveLength(1)
  })

  it('stays in sight when another tab has sent it, until the message comes', () => {
    const elsewhere: ChatEvent[] = [items, { t: 'sentElsewhere', item: itemOf('a', 1) }, { t: 'outbox', items: [itemOf('b', 2)] }]
    expect(unsent(after(...elsewhere))).toMatchObject([{ id: 'a', isSent: true }, { id: 'b', isSent: false }])
    expect(unsent(after(...elsewhere, message(1, 'customer', { id: 'a' as MessageId })))).toMatchObject([{ id: 'b' }])
  })

  it('is kept when the visitor becomes unknown', () => {
    const state = after(items, chat(), message(1, 'agent'), { t: 'opened' }, { t: 'reset' })
    expect(state).toMatchObject({ chat: null, messages: [], isOpen: true })
    expect(unsent(state)).toHaveLength(2)
  })
})

describe('reading', () => {
  it('counts agents’ messages of the present contact after the mark', () => {
    const state = after(
      chat({ contactId: second, arrivedAt: at(30), state: 'active' }),
      message(4, 'agent'),
      message(1, 'customer', { contactId: second, at: at(31) }),
      message(2, 'agent', { contactId: second, at: at(32) }),
      message(3, 'system', { contactId: second, at: at(33) }),
      message(4, 'agent', { contactId: second, at: at(34) }),
    )
    expect(unreadCount(state)).toBe(2)
    expect(unreadCount(reduce(state, { t: 'read', mark: { contactId: second, number: 2 } }))).toBe(1)
    expect(unreadCount(reduce(state, { t: 'read', mark: { contactId: first, number: 9 } }))).toBe(2)
    expect(lastOurs(state)).toBe(4)
  })

  it('holds a message for read when the agent read so far, or answered later', () => {
    const state = after(chat({ agentReadNumber: 1 }), message(1, 'customer'), message(2, 'customer'))
    const [one, two] = state.messages
    expect(one && isReadByAgent(state, one)).toBe(true)
    expect(two && isReadByAgent(state, two)).toBe(false)
    expect(two && isReadByAgent(reduce(state, message(3, 'agent')), two)).toBe(true)
  })
})

it('lets a rating be tried again after a refusal', () => {
  const ended = chat({ state: 'ended', canRate: true })
  expect(after(ended, { t: 'rating' }).isRating).toBe(true)
  expect(after(ended, { t: 'rating' }, { t: 'frame', frame: { t: 'refused', of: 'rate', code: 'notRateable', detail: '' } }).isRating).toBe(false)
})

import type { ContactView } from '@otklik/contract/views'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agentId,
  buildContact,
  buildDesk,
  buildMe,
  buildMessage,
  buildOffered,
  builtNow,
  contactId,
  messageId,
} from './desk-builders.ts'
import { initialDesk, reduceDesk, type DeskInput, type DeskState, type Outgoing } from './desk-state.ts'
import { contactsInHand, openOffers } from './sorting.ts'

const run = (inputs: readonly DeskInput[], from: DeskState = initialDesk) => inputs.reduce(reduceDesk, from)
const fetched = (
  contacts: readonly ContactView[],
  since = 0,
): DeskInput => ({ t: 'fetched', view: buildDesk({ contacts: [...contacts] }), since })
const frame = (contact: ContactView): DeskInput => ({ t: 'frame', frame: { t: 'contact', contact }, now: builtNow })
const gone = (
  number: number,
  version: number,
): DeskInput => ({ t: 'frame', frame: { t: 'contactGone', contactId: contactId(number), version }, now: builtNow })
const held = (state: DeskState) => [...state.contacts.keys()].sort()

const outgoing = (number: number): Outgoing => ({
  id: messageId(number), contactId: contactId(1), visibility: 'public', text: 'Здравствуйте',
  at: '2026-11-22T11:07:00.000Z', state: 'sending', refusal: null,
})

describe('contacts', () => {
  it('keeps the view with the greater version, in whichever order they come', () => {
    const views = [1, 2, 3].map((version) => buildContact(1, { version, unread: version }))
    fc.assert(
      fc.property(fc.shuffledSubarray(views, { minLength: 3 }), (order) => {
        expect(run([fetched([]), ...order.map(frame)]).contacts.get(contactId(1))?.unread).toBe(3)
      }),
    )
  })

  it('does not bring back a contact that left, however late an older view comes', () => {
    expect(held(run([
      fetched([buildContact(1, { version: 4 })]),
      gone(1, 5),
      frame(buildContact(1, { version: 4 })),
    ]))).toEqual([])
    expect(held(run([fetched([]), gone(1, 5), frame(buildOffered(1, { version: 6 }))]))).toEqual([contactId(1)])
  })

  it('lets a contact go when a newer view says that it is closed, queued, or with somebody else', () => {
    const states = [{ state: 'closed' }, {
      state: 'queued',
      agentId: null,
    }, { agentId: agentId(2) }] satisfies Partial<ContactView>[]
    for (const more of states) expect(held(run([
      fetched([buildContact(1)]),
      frame(buildContact(1, { version: 2, ...more })),
    ]))).toEqual([])
  })

  it('drops on a fresh fetch what is no longer listed, but not what a frame brought while it was under way', () => {
    const before = run([fetched([buildContact(1), buildContact(2)])])
    const during = run([frame(buildOffered(3))], before)
    expect(held(run([fetched([buildContact(2)], before.frames)], during))).toEqual([contactId(2), contactId(3)])
  })

  it('ends in the same state whichever of frames and fetch comes first', () => {
    const older = buildContact(1, { version: 2 })
    const newer = buildContact(1, { version: 3, state: 'wrapUp' })
    const frameFirst = run([frame(newer), fetched([older], 0)])
    const fetchFirst = run([fetched([older], 0), frame(newer)])
    expect(frameFirst.contacts.get(contactId(1))).toEqual(fetchFirst.contacts.get(contactId(1)))
  })
})

describe('me', () => {
  it('keeps the greater version', () => {
    const state = run([fetched([]), {
      t: 'me',
      me: buildMe({ version: 5, name: 'Новая' }),
    }, { t: 'frame', frame: { t: 'me', me: buildMe({ version: 4 }) }, now: builtNow }])
    expect(state.me?.name).toBe('Новая')
  })
})

describe('what the agent did is shown at once', () => {
  it('accepts: the offer becomes a contact in hand, and comes back when refused', () => {
    const offered = run([fetched([buildOffered(1)])])
    const accepted = run([{ t: 'pending', contactId: contactId(1), pending: 'accepting' }], offered)
    expect([openOffers(accepted).length, contactsInHand(accepted).length]).toEqual([0, 1])
    const refused = run([{ t: 'settled', contactId: contactId(1), pending: 'accepting' }], accepted)
    expect([openOffers(refused).length, contactsInHand(refused).length]).toEqual([1, 0])
  })

  it('ends: settled by the view that says so, not by an unrelated newer one', () => {
    const ending = run([fetched([buildContact(1)]), { t: 'pending', contactId: contactId(1), pending: 'ending' }])
    const unrelated = run([frame(buildContact(1, { version: 2, unread: 1 }))], ending)
    expect(unrelated.pending.get(contactId(1))).toBe('ending')
    expect(run([frame(buildContact(1, { version: 3, state: 'wrapUp' }))], unrelated).pending.size).toBe(0)
  })

  it('finishes: hidden at once, and shown again when refused', () => {
    const finishing = run([fetched([buildContact(1, { state: 'wrapUp' })]), {
      t: 'pending',
      contactId: contactId(1),
      pending: 'finishing',
    }])
    expect(contactsInHand(finishing)).toEqual([])
    expect(contactsInHand(run([{ t: 'settled', contactId: contactId(1), pending: 'finishing' }], finishing)).length).toBe(1)
  })
})

describe('messages', () => {
  it('takes each once, by number', () => {
    const state = run([
      fetched([buildContact(1)]),
      { t: 'messages', contactId: contactId(1), messages: [buildMessage(1, 2), buildMessage(1, 3)], source: 'page' },
      { t: 'frame', frame: { t: 'message', message: buildMessage(1, 3) }, now: builtNow },
      { t: 'frame', frame: { t: 'message', message: buildMessage(1, 1) }, now: builtNow },
    ])
    expect(state.threads.get(contactId(1))?.messages.map((message) => message.number)).toEqual([1, 2, 3])
  })

  it('replaces an outgoing message by the taken one, from the answer or from a frame, whichever is first', () => {
    const taken = buildMessage(1, 1, { id: messageId(7) })
    for (const input of [
      { t: 'messages', contactId: contactId(1), messages: [taken], source: 'page' },
      { t: 'frame', frame: { t: 'message', message: taken }, now: builtNow },
    ] satisfies DeskInput[])
      expect(run([fetched([buildContact(1)]), { t: 'outgoing', message: outgoing(7) }, input]).outgoing).toEqual([])
  })

  it('keeps a failed message, with why, until it is sent again under its own id', () => {
    const failed = run([{
      t: 'outgoing',
      message: outgoing(7),
    }, { t: 'outgoingState', id: messageId(7), state: 'failed', refusal: 'contactNotActive' }])
    expect(failed.outgoing).toMatchObject([{ id: messageId(7), state: 'failed', refusal: 'contactNotActive' }])
    expect(run([{
      t: 'outgoingState',
      id: messageId(7),
      state: 'sending',
      refusal: null,
    }], failed).outgoing).toEqual([outgoing(7)])
    expect(run([{ t: 'discarded', id: messageId(7) }], failed).outgoing).toEqual([])
  })

  it('stops the typing sign when the words arrive', () => {
    const typing = run([fetched([buildContact(1)]), {
      t: 'frame',
      frame: { t: 'typing', contactId: contactId(1) },
      now: builtNow,
    }])
    expect(typing.typingUntil.get(contactId(1))).toBe(builtNow + 5000)
    expect(run([{
      t: 'frame',
      frame: { t: 'message', message: buildMessage(1, 1) },
      now: builtNow,
    }], typing).typingUntil.size).toBe(0)
  })

  it('counts as read at once', () => {
    const state = run([fetched([buildContact(1, {
      unread: 2,
      lastMessageNumber: 5,
    })]), { t: 'read', contactId: contactId(1), number: 5 }])
    expect(state.contacts.get(contactId(1))).toMatchObject({ unread: 0, agentReadNumber: 5 })
  })
})

import { describe, expect, it } from 'vitest'
import { contactInputs, contactStates, contactTable, contactTransitions, decideContact, isHeld } from './contact.ts'
import { decideSlot, slotOf, slotStates, slotTransitions } from './slot.ts'

describe('contact', () => {
  it('goes queued → offered → active → wrapUp → closed', () => {
    const inputs = ['offer', 'accept', 'end', 'finish'] as const
    let state: (typeof contactStates)[number] = 'queued'
    const seen = inputs.map((input) => {
      const next = decideContact(state, input)
      if (!next.ok) throw new Error(next.refusal)
      return (state = next.state)
    })
    expect(seen).toEqual(['offered', 'active', 'wrapUp', 'closed'])
  })

  it.each(['decline', 'miss', 'withdraw'] as const)('returns to the queue on %s', (input) => {
    expect(decideContact('offered', input)).toEqual({ ok: true, state: 'queued' })
  })

  it.each(['transfer', 'escalate', 'loseAgent'] as const)('leaves the agent on %s', (input) => {
    expect(decideContact('active', input)).toEqual({ ok: true, state: 'queued' })
  })

  it('is abandoned only while nobody has it in hand', () => {
    expect(decideContact('queued', 'leave')).toEqual({ ok: true, state: 'closed' })
    expect(decideContact('offered', 'leave')).toEqual({ ok: true, state: 'closed' })
    expect(decideContact('active', 'leave')).toEqual({ ok: true, state: 'wrapUp' })
  })

  it("returns from wrap-up to work on the customer's message, but never from closed", () => {
    expect(decideContact('wrapUp', 'customerMessage')).toEqual({ ok: true, state: 'active' })
    expect(decideContact('closed', 'customerMessage')).toEqual({ ok: false, refusal: 'contactClosed' })
  })

  it('is put off only out of a conversation, and comes back by its time, a word or a hand', () => {
    expect(decideContact('active', 'snooze')).toEqual({ ok: true, state: 'snoozed' })
    expect(decideContact('wrapUp', 'snooze')).toEqual({ ok: false, refusal: 'contactNotActive' })
    for (const input of ['wake', 'customerMessage'] as const) expect(decideContact('snoozed', input)).toEqual({ ok: true, state: 'queued' })
    for (const state of ['queued', 'snoozed'] as const) expect(decideContact(state, 'pick')).toEqual({ ok: true, state: 'active' })
    expect(decideContact('offered', 'pick')).toEqual({ ok: false, refusal: 'contactNotQueued' })
    expect(decideContact('snoozed', 'leave')).toEqual({ ok: true, state: 'closed' })
  })

  it('names each refusal', () => {
    expect(decideContact('queued', 'accept')).toEqual({ ok: false, refusal: 'contactNotOffered' })
    expect(decideContact('active', 'offer')).toEqual({ ok: false, refusal: 'contactNotQueued' })
    expect(decideContact('queued', 'end')).toEqual({ ok: false, refusal: 'contactNotActive' })
    expect(decideContact('active', 'finish')).toEqual({ ok: false, refusal: 'contactNotInWrapUp' })
    for (const input of contactInputs) expect(decideContact('closed', input)).toEqual({ ok: false, refusal: 'contactClosed' })
  })

  it('leads from every state to closed, and out of closed nowhere', () => {
    for (const start of contactStates) {
      const reached = new Set([start])
      for (let grown = true; grown; ) {
        const before = reached.size
        for (const { from, to } of contactTransitions) if (reached.has(from)) reached.add(to)
        grown = reached.size > before
      }
      expect(reached.has('closed')).toBe(true)
    }
    expect(contactTable.closed).toEqual({})
  })
})

describe('slot', () => {
  it("follows the contact: each of a held contact's transitions moves its slot to the same place", () => {
    for (const { from, input, to } of contactTransitions) {
      if (!isHeld(from) && input !== 'offer' && input !== 'pick') continue
      expect(decideSlot(slotOf(from), input), `${from} ${input}`).toEqual({ ok: true, state: slotOf(to) })
    }
  })

  it('does nothing that the contact does not do', () => {
    for (const { from, input, to } of slotTransitions) {
      const contact = from === 'free' ? 'queued' : from
      const next = decideContact(contact, input)
      expect(next.ok && slotOf(next.state), `${from} ${input}`).toBe(to)
    }
  })

  it('is taken once', () => {
    for (const state of slotStates.filter((state) => state !== 'free'))
      expect(decideSlot(state, 'offer')).toEqual({ ok: false, refusal: 'slotTaken' })
  })

  it('names what it is not', () => {
    expect(decideSlot('free', 'accept')).toEqual({ ok: false, refusal: 'slotFree' })
    expect(decideSlot('active', 'accept')).toEqual({ ok: false, refusal: 'slotNotOffered' })
    expect(decideSlot('offered', 'transfer')).toEqual({ ok: false, refusal: 'slotNotActive' })
    expect(decideSlot('active', 'finish')).toEqual({ ok: false, refusal: 'slotNotInWrapUp' })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClock } from '../parts/clock.ts'
import { translator } from '../texts/texts.ts'
import { isOutdated } from './beside-lists.tsx'
import { agentId, ago, buildContact, buildMessage, buildOffered, contactId } from './desk-builders.ts'
import { createDrafts } from './drafts.ts'
import { whereabouts } from './gone-contact.tsx'
import { callingCount, contactsInHand, neighbour, nextAfter } from './sorting.ts'
import { addMessages, emptyThread, missingIn } from './thread.ts'

describe('the list', () => {
  const list = [
    buildContact(1, { lastMessage: { text: 'а', author: 'agent', agentId: null, at: ago(500) } }),
    buildContact(2, { waitingSince: ago(21) }),
    buildContact(3, { state: 'wrapUp', wrapUp: { startedAt: ago(23), until: ago(-60), reason: 'agentEnded' } }),
    buildContact(4, { waitingSince: ago(48) }),
    buildContact(5, { lastMessage: { text: 'б', author: 'agent', agentId: null, at: ago(100) } }),
    buildOffered(6),
  ]
  const held = { contacts: new Map(list.map((contact) => [contact.id, contact])), pending: new Map() }

  it('begins with who waits longest for my answer, then wrap-up, then whose turn it is', () => {
    expect(contactsInHand(held).map((contact) => contact.id)).toEqual([4, 2, 3, 5, 1].map(contactId))
  })

  it('is the same whatever the order of arrival', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (order) => {
        const contacts = new Map(order.map((contact) => [contact.id, contact]))
        expect(contactsInHand({ contacts, pending: new Map() })).toEqual(contactsInHand(held))
      }),
    )
  })

  it('goes on to whoever waits, not to whose turn it is', () => {
    expect(nextAfter(held, contactId(4))).toBe(contactId(2))
    const calm = {
      contacts: new Map([5, 1].map((number) => [contactId(number), buildContact(number)])),
      pending: new Map(),
    }
    expect(nextAfter(calm, contactId(5))).toBeNull()
  })

  it('steps to neighbours and stops at the ends', () => {
    const shown = contactsInHand(held)
    expect(neighbour(shown, contactId(4), -1)).toBe(contactId(4))
    expect(neighbour(shown, contactId(4), 1)).toBe(contactId(2))
    expect(neighbour(shown, undefined, 1)).toBe(contactId(4))
    expect(neighbour([], undefined, 1)).toBeNull()
  })

  it('counts who calls: offers and unanswered', () => expect(callingCount(held)).toBe(3))
})

describe('gaps in a thread', () => {
  const thread = (...numbers: number[]) =>
    addMessages(emptyThread, numbers.map((number) => buildMessage(1, number)), 'page')

  it('asks for the newest page when nothing is held', () => {
    expect(missingIn(undefined, 12)).toEqual({ before: 13 })
    expect(missingIn(undefined, 0)).toBeNull()
  })
  it('asks for what lies after the last sound number', () => {
    expect(missingIn(thread(3, 4, 5), 5)).toBeNull()
    expect(missingIn(thread(3, 4, 5), 7)).toEqual({ after: 5 })
    expect(missingIn(thread(3, 4, 7, 8), 8)).toEqual({ after: 4 })
  })
  it('asks for the past of what only came by itself, such as words during an offer', () => {
    const single = addMessages(emptyThread, [buildMessage(1, 3)], 'single')
    expect(missingIn(single, 3)).toEqual({ before: 4 })
    expect(missingIn(addMessages(single, [1, 2].map((number) => buildMessage(1, number)), 'start'), 3)).toBeNull()
    expect(missingIn(addMessages(emptyThread, [buildMessage(1, 1)], 'single'), 1)).toBeNull()
  })
  it('is whole after what was asked for came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.uniqueArray(
        fc.integer({ min: 1, max: 30 }),
        { minLength: 1 },
      ), (last, numbers) => {
        const held = thread(...numbers.filter((number) => number <= last))
        const missing = missingIn(held, last)
        const answer = Array.from({ length: last }, (_, index) => buildMessage(1, index + 1)).filter((message) =>
          missing === null
            ? false
            : 'after' in missing ? message.number > missing.after : message.number < missing.before,
        )
        expect(missingIn(addMessages(held, answer, 'page'), last)).toBeNull()
      }),
    )
  })
  it('knows that number one is the start', () => {
    expect(thread(1, 2).reachesStart).toBe(true)
    expect(thread(2, 3).reachesStart).toBe(false)
  })
})

describe('drafts', () => {
  const memory = () => {
    const kept = new Map<string, string>()
    return {
      kept,
      storage: {
        get length() { return kept.size },
        key: (index: number) => [...kept.keys()][index] ?? null,
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
      },
    }
  }

  it('keeps a text per contact and mode, and nothing once it is empty', () => {
    const { kept, storage } = memory()
    const drafts = createDrafts(storage)
    drafts.write(contactId(1), 'reply', 'Сейчас')
    drafts.write(contactId(1), 'note', 'Звонил дважды')
    expect(drafts.read(contactId(1), 'reply')).toBe('Сейчас')
    drafts.write(contactId(1), 'reply', '')
    expect([...kept.keys()].filter((key) => /reply|note/.test(key))).toHaveLength(1)
  })

  it('forgets a contact, those that are no longer ours, and everything at sign-out', () => {
    const { kept, storage } = memory()
    kept.set('theirs', 'stays')
    const drafts = createDrafts(storage)
    for (const number of [1, 2, 3]) drafts.write(contactId(number), 'reply', 'текст')
    drafts.forget(contactId(1))
    drafts.keepOnly(new Set([contactId(3)]))
    expect(drafts.read(contactId(2), 'reply')).toBe('')
    expect(drafts.read(contactId(3), 'reply')).toBe('текст')
    drafts.forgetAll()
    expect([...kept.keys()]).toEqual(['theirs'])
  })
})

describe('the clock', () => {
  it('tells the server’s time, and forgives small differences', () => {
    const clock = createClock(() => 1_000_000)
    clock.learn(new Date(1_060_000).toISOString())
    expect(clock.now()).toBe(1_060_000)
    clock.learn(new Date(1_060_900).toISOString())
    expect(clock.now()).toBe(1_060_000)
    clock.learn(new Date(1_000_000).toISOString())
    expect(clock.now()).toBe(1_000_000)
  })

  it('calls back at once, and lets its timer go with the last listener', () => {
    const clock = createClock(() => 5_000)
    const seen: number[] = []
    const stop = clock.subscribe((now) => seen.push(now))
    stop()
    expect(seen).toEqual([5_000])
  })
})

describe('what was put off', () => {
  it('is asked for again when the socket tells of a listed one, and of no other', () => {
    const listed = [buildContact(1, { version: 4 })]
    const left = (number: number, version: number) => new Map([[contactId(number), version]])
    expect(isOutdated(listed, left(1, 5))).toBe(true)
    expect(isOutdated(listed, left(1, 4)), 'as it was put off').toBe(false)
    expect(isOutdated(listed, left(2, 9))).toBe(false)
  })
})

describe('a contact in other hands', () => {
  it('is said to be with whoever has it, and nothing is made up', () => {
    const where = (more: Parameters<typeof buildContact>[1]) => whereabouts(buildContact(1, more), agentId(2), [{ id: agentId(1), name: 'Анна' }], translator('ru'))
    expect(where({})).toBe('Его ведёт Анна.')
    expect(where({ agentId: agentId(3) })).toBe('Он у коллеги.')
    expect(where({ state: 'queued', agentId: null })).toBe('Он ждёт в очереди «Тарифы и услуги».')
    expect([where({ state: 'closed' }), where({ agentId: agentId(2) }), where({ state: 'snoozed', agentId: null })]).toEqual([null, null, null])
  })
})

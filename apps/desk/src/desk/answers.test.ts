import { expect, it } from 'vitest'
import { countUnread, newlyAnswered } from './answers.ts'
import { buildContact, contactId } from './desk-builders.ts'

it('calls for what was answered in hand, not for what has just come there', () => {
  const before = countUnread([buildContact(1, { unread: 0 }), buildContact(2, { unread: 2 }), buildContact(3, { unread: 0, state: 'offered' })])
  const after = [
    buildContact(1, { unread: 1 }),
    buildContact(2, { unread: 2 }),
    buildContact(3, { unread: 1, state: 'offered' }),
    buildContact(4, { unread: 3 }),
  ]
  expect(newlyAnswered(before, after).map(({ id }) => id)).toEqual([contactId(1)])
  expect(newlyAnswered(countUnread(after), after)).toEqual([])
})

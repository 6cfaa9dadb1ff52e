import type { Texts } from '../shape.ts'
import type { customerErrors as ruErrors, retention as ruRetention } from '../ru/customers.ts'

export const retention: Texts<typeof ruRetention> = {
  days: 'Days to keep the words of closed contacts', forever: 'No limit',
  kept: 'Words are kept without limit, until a customer is erased.',
  erased: {
    one: '{{count}} day after a contact is closed, its messages, notes, files and the words of its rating are erased at night. They cannot be brought back. Figures in reports stay.',
    other: '{{count}} days after a contact is closed, its messages, notes, files and the words of its rating are erased at night. They cannot be brought back. Figures in reports stay.',
  },
}

export const customerErrors: Texts<typeof ruErrors> = {
  attributeLimitReached: 'The card holds as many details as it can', bothInConversation: 'Both are writing in the same chat right now: end one of the conversations first',
  oneIsBlocked: 'One of the two is blocked: unblock, or block both, first', alreadyMerged: 'They are one customer already',
  mergeTooOld: 'More than 30 days ago: it can no longer be undone', laterMergeFirst: 'Undo the later merge first',
  numberMismatch: 'This is not the customer’s number',
}

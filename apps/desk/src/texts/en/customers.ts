import type { Texts } from '../shape.ts'
import type { card as ruCard, customerErrors as ruErrors, customers as ruCustomers, retention as ruRetention } from '../ru/customers.ts'

export const customers: Texts<typeof ruCustomers> = {
  title: 'Customers', search: 'Find a customer', placeholder: 'Name, phone, e-mail, number or words', placeholderPeople: 'Name, phone, e-mail or number', people: 'Customers', words: 'In conversations', results: 'What was found',
  startTitle: 'Who are you looking for?', startText: 'A name with a slip will do, and four digits of a phone. Words are looked for in conversations that you may read.',
  startTextKeeper: 'A name with a slip will do, and four digits of a phone. Administrators do not see conversations.',
  keys: 'search', keysMove: 'choose', keysOpen: 'open',
  nothing: 'Nobody was found', nobodyCalledSo: 'Nobody is called so', nothingText: 'Try a part of the name, the last digits of the phone, or another word of the conversation.',
  noWords: 'No conversation has these words', alikeWords: 'Nobody has said exactly this. Words that look alike:', otherLayout: 'Searched in the other keyboard layout: “{{text}}”', failed: 'The search did not work', closed: 'The card is closed: colleagues look after this customer. A supervisor can see it.', closedShort: 'closed',
  matched: { number: 'by number', name: 'by name', phone: 'by phone', email: 'by e-mail' }, lastContact: 'last contact', noContact: 'no contacts',
  byCustomer: 'customer', byAgent: 'agent', note: 'note', choose: 'Choose a customer', chooseText: 'The card opens here.', back: 'To the search', backToCard: 'To the card',
  goneTitle: 'There is no such card', goneText: 'The customer was erased, or the card is not open to you: it is while you look after them and for 30 days more.',
  actions: 'Actions', numberOf: 'Number', number: 'Number {{number}}', hiddenForKeeper: 'Administrators do not see words, notes and details.',
}

export const card: Texts<typeof ruCard> = {
  addIdentity: 'Add a phone or e-mail', phone: 'Phone', email: 'E-mail', identityKind: 'What to add', phoneHint: '+7 916 123-45-67', emailHint: 'name@mail.example',
  badPhone: 'Write the number with its country, such as +7 916 123-45-67', badEmail: 'Write an e-mail address in Latin letters, such as name@mail.example', claimAside: 'The customer says so: it proves nothing.',
  removeIdentity: 'Remove {{name}}', add: 'Add', attributes: 'Details', noAttributes: 'Nothing is written down yet', addAttribute: 'Add a detail', attributeName: 'What it is', attributeValue: 'Value',
  attributeNameHint: 'Contract', attributeValueHint: 'No. 4471', changeAttribute: 'Change {{name}}', attributeRemoved: 'Removed: {{name}}', undo: 'Undo',
  notes: 'Notes about the customer', noNotes: 'No notes yet', addNote: 'Add a note', noteHint: 'What to remember about the person. The customer never sees it', pin: 'Pin', unpin: 'Unpin', pinned: 'pinned',
  changeNote: 'Change the note', removeNote: 'Remove the note', removeNoteAsk: 'Remove the note for good?', edited: 'changed {{when}}',
  conflict: 'A colleague has changed this meanwhile', conflictTheirs: 'It says now: {{text}}', conflictGone: 'A colleague has removed this meanwhile', keepMine: 'Keep mine', takeTheirs: 'Take theirs',
  consents: 'Consents', noConsents: 'No consents', consentVersion: 'version {{version}}', merges: 'Merged with', mergedBy: '{{by}}, {{when}}', undoMerge: 'Undo the merge', unmerged: 'They are two customers again',
  merge: 'Same person as…', mergeTitle: 'Same person', mergeClosed: 'Whoever may open both cards can merge them, such as a supervisor', mergeFind: 'Who else is it? Name, phone, e-mail or number', mergeInto: 'Everything becomes one customer: {{name}}',
  mergeBoth: '{{merged}} → {{survivor}}', mergeName: 'Name', mergeNoName: 'no name', mergeContacts: 'Contacts', mergeIssues: 'Issues', mergeNotes: 'Notes', mergeConsents: 'Consents',
  mergeShares: 'Both have written in the chat of the same site. Each of their chat windows will show what the other one wrote within the last day: merge only if you are sure.',
  mergeUndoable: 'It can be undone for 30 days.', mergeDo: 'Merge', merged: 'They are one customer now', mergeOther: 'Choose another', mergeFailed: 'They could not be compared',
  export: 'Export the data', exported: 'Data saved: {{file}}', erase: 'Erase the customer', eraseTitle: 'Erase the customer for good',
  eraseText: 'Name, phones, e-mail, details, notes, all messages, files and the words of ratings go, in all channels. An open conversation is closed. It cannot be undone, and no backup brings the customer back.',
  eraseStays: 'Figures in reports stay: how many contacts there were, how long they waited, which score.', eraseNumber: 'To confirm, type the customer’s number: {{number}}', eraseWrong: 'This is not their number; nothing was erased', erased: 'The customer was erased',
  issue: 'Issue since {{when}}', notYours: 'Its words are for whoever had it', erasedWords: 'The words were erased',
}

export const retention: Texts<typeof ruRetention> = {
  ask: { one: 'Keep words for {{count}} day?', other: 'Keep words for {{count}} days?' },
  askText: 'The next night erases for good the messages, notes, files and rating comments of contacts that were closed before {{date}}, and nothing brings them back. The figures of the reports stay.',
  stay: 'Back to the form', go: 'Save and erase',
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

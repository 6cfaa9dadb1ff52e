/** Customers: found, written about, joined, handed out and erased. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { FileLink } from './attachments.ts'
import type { ErrorCode } from './errors.ts'
import * as f from './fields.ts'
import { ContactSummary, CustomerView, page } from './views.ts'

export const attributeLimit = 50
export const attributeLength = 500
/** How long after their last contact with a customer an agent may open the card. */
export const cardDays = 30
/** How long a merge can be undone. */
export const undoDays = 30
/** Beneath so many letters only what begins like this is found. */
export const fuzzyFrom = 3
/** Beneath so many digits no part of a phone number is looked for. */
export const phonePartFrom = 4

/** E.164, or nothing. A number without a country is taken for a Russian one where it looks like one. */
export const normalisePhone = (text: string): string | undefined => {
  const bare = text.replace(/[\s().\u00a0\u2010-\u2015-]/g, '').replace(/^00/, '+')
  if (!/^\+?\d+$/.test(bare)) return undefined
  const full = bare.startsWith('+') ? bare : /^[78]\d{10}$/.test(bare) ? `+7${bare.slice(1)}` : /^[3489]\d{9}$/.test(bare) ? `+7${bare}` : ''
  return /^\+[1-9]\d{6,14}$/.test(full) ? full : undefined
}

const Phone = z
  .string()
  .max(40)
  .transform((value) => normalisePhone(value) ?? '')
  .pipe(z.string().regex(/^\+/, 'must be a phone number with its country, such as +7 916 123-45-67'))

/** Also in other letters than Latin, before the @ and after it (RFC 6531): почта@пример.рф. */
const CustomerEmail = z
  .string()
  .trim()
  .max(254)
  .transform((value) => value.normalize('NFC').toLowerCase())
  .pipe(z.email({ pattern: /^(?![.])(?!.*[.][.])[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}(?<![.])@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?[.])+[\p{L}\p{M}\p{N}-]{2,63}$/u }))

/** What a customer says of themselves: a claim, which proves nothing and joins nobody. */
export const IdentityClaim = z.discriminatedUnion('kind', [
  z.strictObject({ id: f.IdentityId, kind: z.literal('phone'), value: Phone }),
  z.strictObject({ id: f.IdentityId, kind: z.literal('email'), value: CustomerEmail }),
])
export type IdentityClaim = z.infer<typeof IdentityClaim>

/** Places of what was searched for in a text: from, to. */
export const Ranges = z.array(z.tuple([z.int(), z.int()]))
export type Ranges = z.infer<typeof Ranges>

const Found = z.object({
  id: f.outUuid<Ids.CustomerId>(),
  name: z.string().nullable(),
  number: z.int(),
  region: z.string(),
})

/** A customer that was found: as much as tells one from another. */
export const CustomerHit = Found.extend({
  lastContactAt: f.Instant.nullable(),
  /** Whether the card opens for whoever asks. */
  mayOpen: z.boolean(),
  /** What fits. An identity is masked, and for agents not shown at all. */
  match: z.object({ kind: z.enum(['number', 'name', 'phone', 'email']), shown: z.string().nullable(), ranges: Ranges }),
})
export type CustomerHit = z.infer<typeof CustomerHit>

/** A message with the words in it, and where it was said. */
export const WordsHit = z.object({
  messageId: f.outUuid<Ids.MessageId>(),
  contactId: f.outUuid<Ids.ContactId>(),
  customer: Found,
  channel: f.Channel,
  queueName: z.string(),
  author: z.enum(['customer', 'agent', 'system']),
  visibility: z.enum(['public', 'note', 'hint']),
  at: f.Instant,
  excerpt: z.string(),
  ranges: Ranges,
})
export type WordsHit = z.infer<typeof WordsHit>

/** `isAlike`: nobody has said exactly this; these are messages with words that are a slip of the finger away. */
export const WordsFound = page(WordsHit).extend({ isAlike: z.boolean() })
export type WordsFound = z.infer<typeof WordsFound>

const FindBody = z.strictObject({ query: f.text(1, 200), cursor: z.string().max(200).optional() })

export const mergeObstacles = ['bothInConversation', 'oneIsBlocked', 'alreadyMerged'] as const satisfies ErrorCode[]

/** What two customers become as one, and what stands in the way. */
export const MergePreview = z.object({
  survivor: Found,
  merged: Found,
  name: z.string().nullable(),
  identities: CustomerView.shape.identities,
  attributes: CustomerView.shape.attributes,
  counts: z.object({ contacts: z.int(), issues: z.int(), notes: z.int(), consents: z.int() }),
  /** Both have written on the same site: each browser then shows what the other one wrote lately. */
  sharesChat: z.boolean(),
  obstacle: z.enum(mergeObstacles).nullable(),
})
export type MergePreview = z.infer<typeof MergePreview>

/** Everything stored about a person, as one document; the tables' rows with readable names in place of our people's ids. */
export const CustomerExport = z.object({
  format: z.literal('otklik.customer'),
  version: z.literal(1),
  exportedAt: f.Instant,
  /** The one that they are today, then those that were found to be the same. */
  customers: z.array(z.looseObject({ files: z.array(z.looseObject({ id: f.outUuid<Ids.FileId>(), name: z.string() })) })),
})
export type CustomerExport = z.infer<typeof CustomerExport>

/** The document, and where the bytes of its files are for some minutes. */
const HandedOut = z.object({ document: CustomerExport, links: z.array(FileLink.extend({ fileId: f.outUuid<Ids.FileId>() })) })

const everyone = ['agent', 'supervisor', 'administrator'] as const
const desk = ['agent', 'supervisor'] as const
const keepers = ['supervisor', 'administrator'] as const
const params = z.object({ id: f.CustomerId })
const PageQuery = z.object({ cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })
const Versioned = z.strictObject({ version: f.Version })
const changing = ['notFound', 'versionConflict', 'idTaken'] as const satisfies ErrorCode[]

export const customerRoutes = {
  findCustomers: {
    method: 'POST', path: '/customers/find', access: everyone, summary: 'Customers by name, number, phone or e-mail; the best first. What is searched for stands in no address',
    body: FindBody, response: page(CustomerHit), refusals: ['badRequest', 'rateLimited'],
  },
  findWords: {
    method: 'POST', path: '/customers/find/words', access: desk, summary: 'Messages with these words in contacts that one may read, the newest first',
    body: FindBody, response: WordsFound, refusals: ['badRequest', 'rateLimited'],
  },
  customer: {
    method: 'GET', path: '/customers/:id', access: everyone,
    summary: 'The card of a customer: for an agent who holds the customer or did lately; for administrators without what was said and written', params, response: CustomerView,
  },
  customerContacts: {
    method: 'GET', path: '/customers/:id/contacts', access: desk, summary: 'All contacts of a customer, newest first; words only of those that one may read',
    params, query: PageQuery, response: page(ContactSummary),
  },
  nameCustomer: {
    method: 'PUT', path: '/customers/:id/name', access: desk, summary: 'Write down what the customer is called',
    params, body: z.strictObject({ name: f.text(0, 120), version: f.Version }), response: CustomerView, refusals: changing,
  },
  speakWithCustomer: {
    method: 'PUT', path: '/customers/:id/language', access: desk, summary: 'Write down which language the customer speaks; null: not known. A contact that has begun is routed as before',
    params, body: z.strictObject({ language: f.Language.nullable(), version: f.Version }), response: CustomerView, refusals: changing,
  },
  blockCustomer: {
    method: 'PUT', path: '/customers/:id/block', access: desk, summary: 'Block or unblock a visitor whom one holds; a block ends the chat',
    params, body: z.strictObject({ blocked: z.boolean() }), response: CustomerView,
  },
  putAttribute: {
    method: 'PUT', path: '/customers/:id/attributes/:attributeId', access: desk, summary: 'Write an attribute down, or change it',
    params: z.object({ id: f.CustomerId, attributeId: f.AttributeId }),
    body: z.strictObject({ name: f.text(1, attributeLength), value: f.text(1, attributeLength), version: f.Version }),
    response: CustomerView, refusals: [...changing, 'attributeLimitReached'],
  },
  removeAttribute: {
    method: 'POST', path: '/customers/:id/attributes/:attributeId/remove', access: desk, summary: 'Remove an attribute',
    params: z.object({ id: f.CustomerId, attributeId: f.AttributeId }), body: Versioned, response: CustomerView, refusals: changing,
  },
  claimIdentity: {
    method: 'POST', path: '/customers/:id/identities', access: desk, summary: 'Write down a phone number or e-mail that the customer names',
    params, body: IdentityClaim, response: CustomerView, refusals: ['notFound', 'idTaken'],
  },
  removeIdentity: {
    method: 'POST', path: '/customers/:id/identities/:identityId/remove', access: desk, summary: 'Remove what was only claimed; what came with a channel stays',
    params: z.object({ id: f.CustomerId, identityId: f.IdentityId }), response: CustomerView, refusals: ['notFound'],
  },
  putCustomerNote: {
    method: 'PUT', path: '/customers/:id/notes/:noteId', access: desk, summary: 'Write a note about the person, or change one’s own; supervisors change any',
    params: z.object({ id: f.CustomerId, noteId: f.CustomerNoteId }),
    body: z.strictObject({ text: f.text(1, f.messageLimit), pinned: z.boolean(), version: f.Version }),
    response: CustomerView, refusals: [...changing, 'notAllowed'],
  },
  removeCustomerNote: {
    method: 'POST', path: '/customers/:id/notes/:noteId/remove', access: desk, summary: 'Remove a note about the person',
    params: z.object({ id: f.CustomerId, noteId: f.CustomerNoteId }), body: Versioned, response: CustomerView, refusals: [...changing, 'notAllowed'],
  },
  previewMerge: {
    method: 'GET', path: '/customers/:id/merge/:otherId', access: desk, summary: 'What this customer and that one become as one',
    params: z.object({ id: f.CustomerId, otherId: f.CustomerId }), response: MergePreview, refusals: ['notFound'],
  },
  mergeCustomers: {
    method: 'POST', path: '/customers/:id/merge/:otherId', access: desk, summary: 'That customer is this one: everything of both becomes this one’s. Both cards must be open to one',
    params: z.object({ id: f.CustomerId, otherId: f.CustomerId }), body: z.strictObject({ mergeId: f.MergeId }), response: CustomerView,
    refusals: ['notFound', 'idTaken', ...mergeObstacles],
  },
  undoMerge: {
    method: 'POST', path: '/customers/:id/merges/:mergeId/undo', access: desk, summary: 'They are two after all: each gets back what was theirs',
    params: z.object({ id: f.CustomerId, mergeId: f.MergeId }), response: CustomerView, refusals: ['notFound', 'mergeTooOld', 'laterMergeFirst'],
  },
  exportCustomer: {
    method: 'POST', path: '/customers/:id/export', access: keepers, summary: 'Everything stored about the person, to hand out, and the addresses of the files for five minutes', params, response: HandedOut, refusals: ['notFound', 'rateLimited'],
  },
  eraseCustomer: {
    method: 'POST', path: '/customers/:id/erase', access: ['administrator'], summary: 'Erase the person for good; figures stay. The customer’s number confirms it',
    params, body: z.strictObject({ number: z.int() }), refusals: ['notFound', 'numberMismatch'],
  },
} as const

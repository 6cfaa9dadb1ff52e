/** Customers: found, read, written about, joined, handed out and erased. */
import { customerRoutes as routes } from '@otklik/contract/customers'
import type { CustomerView } from '@otklik/contract/views'
import type { CustomerId } from '@otklik/model/ids'
import type { RateLimit } from '../../access/rate-limit.ts'
import { eraseCustomer, type ErasureLedger } from '../../actions/erase-customer.ts'
import { exportCustomer } from '../../actions/export-customer.ts'
import * as know from '../../actions/know-customer.ts'
import { mergeCustomers, previewMerge, undoMerge } from '../../actions/merge-customers.ts'
import { done, refuse, type Outcome } from '../../actions/outcome.ts'
import type { Links } from '../../files/links.ts'
import { loadCustomerContacts } from '../../store/contact-views.ts'
import { findCard, type Actor } from '../../store/customers.ts'
import type { Database, Reader } from '../../store/database.ts'
import { authoriseActor } from '../../store/scope.ts'
import { findCustomers, findWords } from '../../store/search.ts'
import type { SignedInContext } from '../context.ts'
import type { Register } from '../register.ts'

interface Own {
  readonly database: Pick<Database, 'reader' | 'snapshot'>
  readonly ledger: ErasureLedger
  readonly searches: RateLimit
  readonly exports: RateLimit
  readonly links: Links
  readonly now: () => Date
}

const wrongCursor = () => refuse('badRequest', { detail: 'The cursor is not one of ours.' })

export const registerCustomers = (register: Register, { database, ledger, searches, exports, links, now }: Own): void => {
  const { reader } = database
  const cardOf = async (actor: Actor, id: CustomerId): Promise<Outcome<CustomerView>> => {
    const view = await findCard(reader, id, actor, now())
    return view ? done(view) : refuse('notFound')
  }
  const about = ({ actor }: SignedInContext, customerId: CustomerId): know.About => ({ actor, customerId })

  type Search<Found> = (reader: Reader, actor: Actor, query: string, cursor: string | undefined, now: Date) => Promise<Found | undefined>
  const search = async <Found>(find: Search<Found>, { actor }: SignedInContext, body: { query: string; cursor?: string | undefined }): Promise<Outcome<Found>> => {
    const wait = searches.take(actor.id)
    if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
    const found = await database.snapshot((tx) => find(tx, actor, body.query, body.cursor, now()))
    return found ? done(found) : wrongCursor()
  }
  // A search changes nothing: there is nothing to remember of a repeated one.
  register(routes.findCustomers, (context, { body }) => search(findCustomers, context, body), { secret: true })
  register(routes.findWords, (context, { body }) => search(findWords, context, body), { secret: true })

  register(routes.customer, ({ actor }, { params }) => cardOf(actor, params.id))
  register(routes.customerContacts, async ({ actor }, { params, query }) => {
    const seen = await cardOf(actor, params.id)
    if (!seen.ok) return seen
    const after = query.cursor === undefined ? undefined : readPage(query.cursor)
    if (query.cursor !== undefined && !after) return wrongCursor()
    const items = await loadCustomerContacts(reader, authoriseActor(actor), seen.value.id, { after, limit: query.limit + 1 })
    const shown = items.slice(0, query.limit)
    const last = shown.at(-1)
    return done({ items: shown, next: items.length > query.limit && last ? `${last.arrivedAt}_${last.id}` : null })
  })

  register(routes.nameCustomer, (context, { params, body }) => know.nameCustomer(context.deps, about(context, params.id), body))
  register(routes.speakWithCustomer, (context, { params, body }) => know.speakWithCustomer(context.deps, about(context, params.id), body))
  register(routes.blockCustomer, (context, { params, body }) => know.blockCustomer(context.deps, about(context, params.id), body.blocked))
  register(routes.putAttribute, (context, { params, body }) => know.putAttribute(context.deps, about(context, params.id), { id: params.attributeId, ...body }))
  register(routes.removeAttribute, (context, { params, body }) => know.removeAttribute(context.deps, about(context, params.id), { id: params.attributeId, ...body }))
  register(routes.claimIdentity, (context, { params, body }) => know.claimIdentity(context.deps, about(context, params.id), body))
  register(routes.removeIdentity, (context, { params }) => know.removeIdentity(context.deps, about(context, params.id), params.identityId))
  register(routes.putCustomerNote, (context, { params, body }) => know.putCustomerNote(context.deps, about(context, params.id), { id: params.noteId, ...body }))
  register(routes.removeCustomerNote, (context, { params, body }) => know.removeCustomerNote(context.deps, about(context, params.id), { id: params.noteId, ...body }))

  register(routes.previewMerge, (context, { params }) => previewMerge(reader, about(context, params.id), params.otherId, now()))
  register(routes.mergeCustomers, (context, { params, body }) => mergeCustomers(context.deps, about(context, params.id), { mergeId: body.mergeId, otherId: params.otherId }))
  register(routes.undoMerge, (context, { params }) => undoMerge(context.deps, about(context, params.id), params.mergeId))

  register(
    routes.exportCustomer,
    async (context, { params }) => {
      const wait = exports.take(context.actor.id)
      if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
      const made = await exportCustomer(context.deps, { actor: context.actor, customerId: params.id })
      if (!made.ok) return made
      const files = made.value.customers.flatMap((customer) => customer.files)
      return done({ document: made.value, links: files.map(({ id }) => ({ fileId: id, ...links.make(id, false) })) })
    },
    { secret: true },
  )
  register(routes.eraseCustomer, (context, { params, body }) => eraseCustomer(context.deps, ledger, { actor: context.actor, customerId: params.id }, body.number))
}

const readPage = (cursor: string): { at: Date; id: string } | undefined => {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor)
  const at = new Date(match?.[1] ?? '')
  return match && !Number.isNaN(at.getTime()) ? { at, id: match[2] ?? '' } : undefined
}

/** What is written down about a customer: the name, the language, attributes, what they claim to be reached by, notes, a block. */
import type { EventPayload } from '@otklik/contract/events'
import { attributeLimit, type IdentityClaim } from '@otklik/contract/customers'
import type { Language } from '@otklik/contract/fields'
import type { CustomerView } from '@otklik/contract/views'
import type { AgentId, AttributeId, ContactId, CustomerId, CustomerNoteId, IdentityId } from '@otklik/model/ids'
import { holdsCustomer, loadCustomer, lockCustomer, type Actor } from '../store/customers.ts'
import { appendEvent } from '../store/log.ts'
import { authoriseActor } from '../store/scope.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { leaveContact } from './end-visit.ts'
import { done, refuse, type Outcome } from './outcome.ts'

export interface About {
  readonly actor: Actor
  readonly customerId: CustomerId
}

/** What a change found out: nothing is left to be done, or what was changed. */
type Change = Outcome<'asItWas' | EventPayload<'customer.changed'>['what']>

/** The contacts of a customer show the customer: their versions rise, so that every desk sees it. */
export const touchContacts = async (tx: Tx, deps: Deps, customerId: CustomerId): Promise<void> => {
  const rows = await tx.db
    .updateTable('contact')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('customerId', '=', customerId)
    .where('closedAt', 'is', null)
    .returning(['id', 'agentId'])
    .execute()
  for (const row of rows)
    await appendEvent(tx, deps.now(), 'contact.changed', row.id, { contactId: row.id as ContactId, agentId: row.agentId as AgentId | null })
}

export const riseVersion = async (tx: Tx, customerId: CustomerId): Promise<void> => {
  await tx.db.updateTable('customer').set((eb) => ({ version: eb('version', '+', 1) })).where('id', '=', customerId).execute()
}

const change = (deps: Deps, { actor, customerId }: About, work: (tx: Tx, id: CustomerId, version: number) => Promise<Change>): Promise<Outcome<CustomerView>> =>
  deps.transaction(async (tx) => {
    const customer = await lockCustomer(tx, actor, customerId, deps.now())
    if (!customer) return refuse('notFound')
    const changed = await work(tx, customer.id, customer.version)
    if (!changed.ok) return changed
    if (changed.value !== 'asItWas') {
      await riseVersion(tx, customer.id)
      await appendEvent(tx, deps.now(), 'customer.changed', customer.id, { customerId: customer.id, agentId: actor.id, what: changed.value })
      await touchContacts(tx, deps, customer.id)
    }
    const view = await loadCustomer(tx, customer.id, actor, deps.now())
    return view ? done(view) : refuse('notFound')
  })

const conflict = (version: number) => refuse('versionConflict', { detail: `The version is ${version} now.` })

export const nameCustomer = (deps: Deps, about: About, write: { readonly name: string; readonly version: number }): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, id, version) => {
    const name = write.name || null
    const { name: before } = await tx.db.selectFrom('customer').select('name').where('id', '=', id).executeTakeFirstOrThrow()
    if (before === name) return done('asItWas')
    if (version !== write.version) return conflict(version)
    await tx.db.updateTable('customer').set({ name }).where('id', '=', id).execute()
    return done('name')
  })

/** Answers are prepared in it from now on, and the next contact is routed by it; what has begun keeps its own. */
export const speakWithCustomer = (deps: Deps, about: About, write: { readonly language: Language | null; readonly version: number }): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, id, version) => {
    const { language } = write
    const { language: before } = await tx.db.selectFrom('customer').select('language').where('id', '=', id).executeTakeFirstOrThrow()
    if (before === language) return done('asItWas')
    if (version !== write.version) return conflict(version)
    await tx.db.updateTable('customer').set({ language }).where('id', '=', id).execute()
    return done('language')
  })

/** A new attribute is added whatever else changed; one that is there is changed on top of the version that was read. */
export const putAttribute = (
  deps: Deps,
  about: About,
  { id, name, value, version: read }: { readonly id: AttributeId; readonly name: string; readonly value: string; readonly version: number },
): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, customerId, version) => {
    const before = await tx.db.selectFrom('customerAttribute').selectAll().where('id', '=', id).executeTakeFirst()
    if (before && before.customerId !== customerId) return refuse('idTaken')
    if (before?.name === name && before.value === value) return done('asItWas')
    if (before || read !== 0) {
      if (!before || read !== version) return conflict(version)
      await tx.db.updateTable('customerAttribute').set({ name, value }).where('id', '=', id).execute()
      return done('attribute')
    }
    const { count } = await tx.db
      .selectFrom('customerAttribute')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('customerId', '=', customerId)
      .executeTakeFirstOrThrow()
    if (count >= attributeLimit) return refuse('attributeLimitReached', { detail: `A card holds ${attributeLimit} attributes.` })
    await tx.db.insertInto('customerAttribute').values({ id, customerId, name, value, createdAt: deps.now() }).execute()
    return done('attribute')
  })

export const removeAttribute = (deps: Deps, about: About, { id, version: read }: { readonly id: AttributeId; readonly version: number }): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, customerId, version) => {
    const before = await tx.db.selectFrom('customerAttribute').select('id').where('id', '=', id).where('customerId', '=', customerId).executeTakeFirst()
    if (!before) return done('asItWas')
    if (read !== version) return conflict(version)
    await tx.db.deleteFrom('customerAttribute').where('id', '=', id).execute()
    return done('attribute')
  })

/** A claim: it is written down, and it neither proves anything nor joins anybody. */
export const claimIdentity = (deps: Deps, about: About, claim: IdentityClaim): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, customerId) => {
    const taken = await tx.db.selectFrom('identity').select(['customerId', 'kind', 'value']).where('id', '=', claim.id).executeTakeFirst()
    if (taken && (taken.customerId !== customerId || taken.kind !== claim.kind || taken.value !== claim.value)) return refuse('idTaken')
    const known = await tx.db
      .selectFrom('identity')
      .select('id')
      .where('customerId', '=', customerId)
      .where('kind', '=', claim.kind)
      .where('value', '=', claim.value)
      .executeTakeFirst()
    if (known) return done('asItWas')
    await tx.db
      .insertInto('identity')
      .values({ id: claim.id, customerId, channelAccountId: null, kind: claim.kind, value: claim.value, proof: 'claimed', claimedBy: about.actor.id, createdAt: deps.now() })
      .execute()
    return done('identity')
  })

export const removeIdentity = (deps: Deps, about: About, id: IdentityId): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, customerId) => {
    const gone = await tx.db
      .deleteFrom('identity')
      .where('id', '=', id)
      .where('customerId', '=', customerId)
      .where('channelAccountId', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (gone) return done('identity')
    const stays = await tx.db.selectFrom('identity').select('id').where('id', '=', id).where('customerId', '=', customerId).executeTakeFirst()
    return stays ? refuse('notFound', { detail: 'It came with a channel and stays.' }) : done('asItWas')
  })

/** One's own notes; those of others are a supervisor's to change. */
export const putCustomerNote = (
  deps: Deps,
  about: About,
  { id, text, pinned, version: read }: { readonly id: CustomerNoteId; readonly text: string; readonly pinned: boolean; readonly version: number },
): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, customerId, version) => {
    const before = await tx.db.selectFrom('customerNote').selectAll().where('id', '=', id).executeTakeFirst()
    if (before && before.customerId !== customerId) return refuse('idTaken')
    if (before?.text === text && before.pinned === pinned) return done('asItWas')
    if (before || read !== 0) {
      if (!before || read !== version) return conflict(version)
      if (before.text !== text && before.agentId !== about.actor.id && about.actor.role !== 'supervisor') return refuse('notAllowed')
      const edited = before.text === text ? {} : { text, editedAt: deps.now() }
      await tx.db.updateTable('customerNote').set({ pinned, ...edited }).where('id', '=', id).execute()
      return done('note')
    }
    await tx.db.insertInto('customerNote').values({ id, customerId, agentId: about.actor.id, text, pinned, writtenAt: deps.now() }).execute()
    return done('note')
  })

export const removeCustomerNote = (deps: Deps, about: About, { id, version: read }: { readonly id: CustomerNoteId; readonly version: number }): Promise<Outcome<CustomerView>> =>
  change(deps, about, async (tx, customerId, version) => {
    const before = await tx.db.selectFrom('customerNote').select('agentId').where('id', '=', id).where('customerId', '=', customerId).executeTakeFirst()
    if (!before) return done('asItWas')
    if (before.agentId !== about.actor.id && about.actor.role !== 'supervisor') return refuse('notAllowed')
    if (read !== version) return conflict(version)
    await tx.db.deleteFrom('customerNote').where('id', '=', id).execute()
    return done('note')
  })

/**
 * A blocked visitor's chats end, and no new one begins until the block is taken away. For those who hold the customer; a block that
 * stands has ended that, and is taken away by whoever may open the card.
 */
export const blockCustomer = (deps: Deps, { actor, customerId }: About, blocked: boolean): Promise<Outcome<CustomerView>> =>
  deps.transaction(async (tx) => {
    // A contact that begins in this moment comes before the block, and is ended by it, or after it, and is refused.
    const customer = await lockCustomer(tx, actor, customerId, deps.now(), true)
    if (!customer || (blocked && !(await holdsCustomer(tx, authoriseActor(actor), customer.id)))) return refuse('notFound')
    const { id } = customer
    if ((customer.blockedAt !== null) !== blocked) {
      await tx.db.updateTable('customer').set({ blockedAt: blocked ? deps.now() : null }).where('id', '=', id).execute()
      await riseVersion(tx, id)
      await appendEvent(tx, deps.now(), 'customer.blockChanged', id, { customerId: id, blocked, agentId: actor.id })
      if (blocked) {
        const open = await tx.db.selectFrom('contactRouting').select('contactId').where('customerId', '=', id).execute()
        for (const { contactId } of open) await leaveContact(tx, deps, contactId as ContactId, 'blocked')
      }
      await touchContacts(tx, deps, id)
    }
    const view = await loadCustomer(tx, id, actor, deps.now())
    return view ? done(view) : refuse('notFound')
  })

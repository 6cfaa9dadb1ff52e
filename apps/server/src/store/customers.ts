/** The card of a customer: who it is, what is known and written, and who may see it. */
import { cardDays, undoDays } from '@otklik/contract/customers'
import type { CustomerView } from '@otklik/contract/views'
import type { AttributeId, CustomerId, CustomerNoteId, IdentityId, MergeId } from '@otklik/model/ids'
import type { Role } from './credentials.ts'
import { TryAgain, type Reader, type Tx } from './database.ts'
import { supervisedBy } from './reach.ts'
import { authoriseActor, type Asker, type Scope } from './scope.ts'

/** Who reads or writes a card. */
export interface Actor extends Asker {
  readonly role: Role
}

const dayMs = 86_400_000

/** Shows enough of an identity to recognise it, and not enough to use it. */
export const maskIdentity = (kind: string, value: string): string => {
  if (kind === 'visitor') return value.slice(0, 8)
  if (kind === 'email') return value.replace(/^(.).*(@.*)$/, '$1•••$2')
  return value.replace(/^(.{0,6}).*(.{2})$/, '$1•••$2')
}

/** Who this customer is by now: the survivor of its merges. Undefined: there is none, or it was erased. */
export const resolveCustomer = async (reader: Reader, id: CustomerId): Promise<CustomerId | undefined> => {
  const [row] = await reader.named<{ id: CustomerId }>(
    'resolve-customer',
    `with recursive line (id, next, erased) as (
       select id, merged_into, erased_at is not null from customer where id = $1
       union all select c.id, c.merged_into, c.erased_at is not null from line join customer c on c.id = line.next
     ) select id from line where next is null and not erased`,
    [id],
  )
  return row?.id
}

/** SQL: the agent holds the customer, offers and what was put off included, or supervises those who do. */
const heldBy = (agent: string, customer: string) =>
  `exists (select from contact_routing held where held.customer_id = ${customer} and (held.agent_id = ${agent} or held.snoozed_by = ${agent} or ${supervisedBy(agent, 'held.queue_id', 'held.agent_id')}))`

/** SQL: the card opens for the agent, who holds the customer or did so after `since`; no agent, every card does. */
export const cardOpensFor = (agent: string, since: string, customer: string): string => `(${agent}::uuid is null or ${heldBy(agent, customer)} or exists (
  select from contact had where had.customer_id = ${customer} and (had.agent_id = ${agent} or had.handed_by = ${agent} or ${supervisedBy(agent, 'had.queue_id', 'had.agent_id')}) and coalesce(had.closed_at, 'infinity') > ${since}))`

export const cardSince = (now: Date): Date => new Date(now.getTime() - cardDays * dayMs)

/** Whether the card opens for the scope. */
export const mayOpenCard = async (reader: Reader, scope: Scope, id: CustomerId, now: Date): Promise<boolean> =>
  scope.kind !== 'agent' ||
  (await reader.named('may-open-card', `select from customer where id = $1 and ${cardOpensFor('$2', '$3::timestamptz', 'customer.id')}`, [id, scope.agentId, cardSince(now)])).length > 0

/** Whether the scope has the customer in hand, or stands above those who do. */
export const holdsCustomer = async (reader: Reader, scope: Scope, id: CustomerId): Promise<boolean> =>
  scope.kind !== 'agent' || (await reader.named('holds-customer', `select from customer where id = $1 and ${heldBy('$2', 'customer.id')}`, [id, scope.agentId])).length > 0

/**
 * Locks the customer whom the actor may see, as whom it is by now. What a visitor does meanwhile is not held up, unless the
 * lock is `exclusive`.
 * @throws TryAgain when it was merged or erased in this very moment
 */
export const lockCustomer = async (tx: Tx, actor: Actor, id: CustomerId, now: Date, exclusive = false) => {
  const known = await resolveCustomer(tx, id)
  if (known === undefined || !(await mayOpenCard(tx, authoriseActor(actor), known, now))) return undefined
  const query = tx.db.selectFrom('customer').selectAll().where('id', '=', known)
  const row = await (exclusive ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirstOrThrow()
  if (row.mergedInto !== null || row.erasedAt !== null) throw new TryAgain()
  return { ...row, id: known }
}

const identitiesOf = (reader: Reader, ids: readonly CustomerId[]) =>
  reader.db
    .selectFrom('identity')
    .select(['id', 'kind', 'value', 'proof', 'channelAccountId'])
    .where('customerId', 'in', ids)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()

export const loadIdentities = async (reader: Reader, ids: readonly CustomerId[]): Promise<CustomerView['identities']> =>
  (await identitiesOf(reader, ids)).map(({ id, kind, value, proof, channelAccountId }) => ({
    id: id as IdentityId,
    kind: kind as CustomerView['identities'][number]['kind'],
    shown: maskIdentity(kind, value),
    proof: proof as CustomerView['identities'][number]['proof'],
    removable: channelAccountId === null,
  }))

export const loadAttributes = async (reader: Reader, ids: readonly CustomerId[]): Promise<CustomerView['attributes']> =>
  (await reader.db.selectFrom('customerAttribute').select(['id', 'name', 'value']).where('customerId', 'in', ids).orderBy('createdAt').orderBy('id').execute()) as {
    id: AttributeId
    name: string
    value: string
  }[]

const loadNotes = async (reader: Reader, id: CustomerId, actor: Actor): Promise<CustomerView['notes']> =>
  (
    await reader.db
      .selectFrom('customerNote as n')
      .innerJoin('agent as a', 'a.id', 'n.agentId')
      .select(['n.id', 'n.text', 'n.pinned', 'n.agentId', 'a.name', 'n.writtenAt', 'n.editedAt'])
      .where('n.customerId', '=', id)
      .orderBy('n.pinned', 'desc')
      .orderBy('n.writtenAt', 'desc')
      .orderBy('n.id')
      .execute()
  ).map((note) => ({
    id: note.id as CustomerNoteId,
    text: note.text,
    pinned: note.pinned,
    by: note.name,
    at: note.writtenAt.toISOString(),
    editedAt: note.editedAt && note.editedAt.toISOString(),
    mayEdit: note.agentId === actor.id || actor.role === 'supervisor',
  }))

const loadMerges = async (reader: Reader, id: CustomerId, now: Date): Promise<CustomerView['merges']> =>
  (
    await reader.db
      .selectFrom('customerMerge as m')
      .innerJoin('customer as c', 'c.id', 'm.mergedId')
      .innerJoin('agent as a', 'a.id', 'm.agentId')
      .select(['m.id', 'm.mergedAt', 'c.name', 'c.number', 'a.name as by'])
      .where('m.survivorId', '=', id)
      .where('m.undoneAt', 'is', null)
      .orderBy('m.mergedAt', 'desc')
      .execute()
  ).map((merge) => ({
    id: merge.id as MergeId,
    name: merge.name,
    number: merge.number,
    at: merge.mergedAt.toISOString(),
    by: merge.by,
    undoable: merge.mergedAt.getTime() > now.getTime() - undoDays * dayMs,
  }))

const loadConsents = async (reader: Reader, id: CustomerId): Promise<CustomerView['consents']> =>
  (
    await reader.db
      .selectFrom('consent as c')
      .innerJoin('channelAccount as ca', 'ca.id', 'c.channelAccountId')
      .select(['c.version', 'c.givenAt', 'ca.name as channelName'])
      .where('c.customerId', '=', id)
      .orderBy('c.givenAt', 'desc')
      .execute()
  ).map((consent) => ({ ...consent, givenAt: consent.givenAt.toISOString() }))

/** The card as the actor may see it; whether it opens at all is asked before. */
export const loadCustomer = async (reader: Reader, id: CustomerId, actor: Actor, now: Date): Promise<CustomerView | undefined> => {
  const customer = await reader.db
    .selectFrom('customer')
    .selectAll()
    .select((eb) =>
      eb.selectFrom('contact').select((inner) => inner.fn.countAll<number>().as('count')).whereRef('contact.customerId', '=', 'customer.id').as('contactCount'),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  if (!customer) return undefined
  const isFull = actor.role !== 'administrator'
  return {
    id,
    name: customer.name,
    number: customer.number,
    version: customer.version,
    region: customer.region,
    language: customer.language as CustomerView['language'],
    timeZone: customer.timeZone,
    blocked: customer.blockedAt !== null,
    firstSeenAt: customer.firstSeenAt.toISOString(),
    contactCount: customer.contactCount ?? 0,
    isFull,
    identities: await loadIdentities(reader, [id]),
    attributes: isFull ? await loadAttributes(reader, [id]) : [],
    consents: await loadConsents(reader, id),
    notes: isFull ? await loadNotes(reader, id, actor) : [],
    merges: await loadMerges(reader, id, now),
  }
}

/** The card, if it opens for the actor, as whom the customer is by now. */
export const findCard = async (reader: Reader, id: CustomerId, actor: Actor, now: Date): Promise<CustomerView | undefined> => {
  const known = await resolveCustomer(reader, id)
  return known !== undefined && (await mayOpenCard(reader, authoriseActor(actor), known, now)) ? loadCustomer(reader, known, actor, now) : undefined
}

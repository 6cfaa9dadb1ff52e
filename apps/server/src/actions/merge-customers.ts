/** Two customers that are one person become one, and may become two again: a merge remembers which rows came from whom. */
import { undoDays, type MergePreview } from '@otklik/contract/customers'
import type { CustomerView } from '@otklik/contract/views'
import type { AgentId, CustomerId, MergeId } from '@otklik/model/ids'
import { loadAttributes, loadCustomer, loadIdentities, mayOpenCard, resolveCustomer, type Actor } from '../store/customers.ts'
import { TryAgain, type Reader, type Tx } from '../store/database.ts'
import { appendEvent } from '../store/log.ts'
import { findObstacle, giveBackBelongings, loadMerge, loadMergeCounts, lockForMerge, moveBelongings, type Merge } from '../store/merges.ts'
import { authoriseActor } from '../store/scope.ts'
import type { Deps } from './deps.ts'
import { touchContacts, type About } from './know-customer.ts'
import { done, refuse, type Outcome } from './outcome.ts'

const dayMs = 86_400_000

/** The customer as whom this one is known by now, if the actor may open the card. */
const resolveFor = async (reader: Reader, actor: Actor, id: CustomerId, now: Date): Promise<CustomerId | undefined> => {
  const known = await resolveCustomer(reader, id)
  return known !== undefined && (await mayOpenCard(reader, authoriseActor(actor), known, now)) ? known : undefined
}

interface Fields {
  readonly name: string | null
  readonly language: string | null
  readonly timeZone: string | null
  readonly region: string
  /** As PostgreSQL writes it, in UTC. */
  readonly firstSeenAt: string
}
const fieldsOf = ({ name, language, timeZone, region, firstSeenAt }: Fields): Fields => ({ name, language, timeZone, region, firstSeenAt })

/** The survivor's own word counts; what it does not know, the other one may. Pure. */
export const joinFields = (survivor: Fields, merged: Fields): Fields => ({
  name: survivor.name ?? merged.name,
  language: survivor.language ?? merged.language,
  timeZone: survivor.timeZone ?? merged.timeZone,
  region: survivor.region === 'unknown' ? merged.region : survivor.region,
  firstSeenAt: survivor.firstSeenAt < merged.firstSeenAt ? survivor.firstSeenAt : merged.firstSeenAt,
})

/** As it was before the merge, but for what somebody has changed since. Pure. */
export const partFields = (now: Fields, before: Fields, after: Fields): Fields => {
  const back = <Name extends keyof Fields>(name: Name): Fields[Name] => (now[name] === after[name] ? before[name] : now[name])
  return { name: back('name'), language: back('language'), timeZone: back('timeZone'), region: back('region'), firstSeenAt: back('firstSeenAt') }
}

const summary = ({ name, number, region }: { name: string | null; number: number; region: string }, id: CustomerId) => ({ id, name, number, region })

export const previewMerge = async (reader: Reader, { actor, customerId }: About, otherId: CustomerId, now: Date): Promise<Outcome<MergePreview>> => {
  const [id, other] = [await resolveFor(reader, actor, customerId, now), await resolveFor(reader, actor, otherId, now)]
  if (id === undefined || other === undefined) return refuse('notFound')
  const rows = await reader.db.selectFrom('customer').selectAll().where('id', 'in', [id, other]).execute()
  const [survivor, merged] = [rows.find((row) => row.id === id), rows.find((row) => row.id === other)]
  if (!survivor || !merged) return refuse('notFound')
  const { sharesChat, ...counts } = await loadMergeCounts(reader, id, other)
  const attributes = await loadAttributes(reader, [id, other])
  const identities = await loadIdentities(reader, [id, other])
  return done({
    survivor: summary(survivor, id),
    merged: summary(merged, other),
    name: survivor.name ?? merged.name,
    identities,
    attributes: attributes.filter((one, at) => attributes.findIndex(({ name, value }) => name === one.name && value === one.value) === at),
    counts,
    sharesChat,
    obstacle: await findObstacle(reader, id, other),
  })
}

/** That customer is this one. Whoever holds either sees it at once; the other one's page comes back as this one's. */
export const mergeCustomers = (deps: Deps, { actor, customerId }: About, merge: { readonly mergeId: MergeId; readonly otherId: CustomerId }): Promise<Outcome<CustomerView>> =>
  deps.transaction(async (tx) => {
    const now = deps.now()
    const known = await loadMerge(tx, merge.mergeId)
    const id = await resolveFor(tx, actor, customerId, now)
    if (id === undefined) return refuse('notFound')
    const card = async () => {
      const view = await loadCustomer(tx, id, actor, now)
      return view ? done(view) : refuse('notFound')
    }
    if (known) return known.survivorId === id && known.mergedId === merge.otherId ? card() : refuse('idTaken')
    const otherId = await resolveFor(tx, actor, merge.otherId, now)
    if (otherId === undefined) return refuse('notFound')
    if (otherId === id) return refuse('alreadyMerged')
    const locked = await lockForMerge(tx, [id, otherId])
    const [survivor, merged] = [locked.get(id), locked.get(otherId)]
    if (!survivor || !merged) return refuse('notFound')
    if ([survivor, merged].some((row) => row.mergedInto !== null || row.erasedAt !== null)) throw new TryAgain()
    const obstacle = await findObstacle(tx, id, otherId)
    if (obstacle) return refuse(obstacle)

    const before = fieldsOf(survivor)
    const after = joinFields(before, fieldsOf(merged))
    const moved = await moveBelongings(tx, otherId, id)
    await tx.db.updateTable('customer').set((eb) => ({ ...after, version: eb('version', '+', 1) })).where('id', '=', id).execute()
    await tx.db.updateTable('customer').set((eb) => ({ mergedInto: id, version: eb('version', '+', 1) })).where('id', '=', otherId).execute()
    await tx.db
      .insertInto('customerMerge')
      .values({
        id: merge.mergeId,
        survivorId: id,
        mergedId: otherId,
        agentId: actor.id,
        mergedAt: now,
        fieldsBefore: JSON.stringify(before),
        fieldsAfter: JSON.stringify(after),
        moved: JSON.stringify(moved),
      })
      .execute()
    await appendEvent(tx, now, 'customer.merged', id, { mergeId: merge.mergeId, survivorId: id, mergedId: otherId, agentId: actor.id })
    await touchContacts(tx, deps, id)
    return card()
  })

/** Makes two of one again, both of whom are locked: rows, fields, and whoever shows either is told. The note of the merge is the caller's. */
export const partCustomers = async (tx: Tx, deps: Deps, merge: Merge, survivor: Fields, by: AgentId | null): Promise<void> => {
  const { id: mergeId, survivorId, mergedId } = merge
  const parted = partFields(fieldsOf(survivor), merge.fieldsBefore as unknown as Fields, merge.fieldsAfter as unknown as Fields)
  await giveBackBelongings(tx, merge.moved, survivorId, mergedId)
  await tx.db
    .updateTable('customer')
    .set((eb) => ({ ...parted, version: eb('version', '+', 1) }))
    .where('id', '=', survivorId)
    .execute()
  await tx.db.updateTable('customer').set((eb) => ({ mergedInto: null, version: eb('version', '+', 1) })).where('id', '=', mergedId).execute()
  await appendEvent(tx, deps.now(), 'customer.mergeUndone', survivorId, { mergeId, survivorId, mergedId, agentId: by })
  await touchContacts(tx, deps, survivorId)
  await touchContacts(tx, deps, mergedId)
}

/** They are two after all. What agents have written about them since stays with the survivor; what each of them has written is their own. */
export const undoMerge = (deps: Deps, { actor, customerId }: About, mergeId: MergeId): Promise<Outcome<CustomerView>> =>
  deps.transaction(async (tx) => {
    const now = deps.now()
    const id = await resolveFor(tx, actor, customerId, now)
    const merge = await loadMerge(tx, mergeId)
    if (id === undefined || !merge) return refuse('notFound')
    if (merge.survivorId !== id) return (await resolveCustomer(tx, merge.survivorId)) === id ? refuse('laterMergeFirst') : refuse('notFound')
    const { survivorId, mergedId } = merge
    const locked = await lockForMerge(tx, [survivorId, mergedId])
    const survivor = locked.get(survivorId)
    // Read again under the lock: another undo may have been faster.
    const still = await loadMerge(tx, mergeId)
    if (!survivor || !still) throw new TryAgain()
    if (still.undoneAt === null) {
      if (survivor.mergedInto !== null || survivor.erasedAt !== null) throw new TryAgain()
      if (merge.mergedAt.getTime() <= now.getTime() - undoDays * dayMs) return refuse('mergeTooOld', { detail: `A merge can be undone for ${undoDays} days.` })
      await partCustomers(tx, deps, merge, survivor, actor.id)
      await tx.db.updateTable('customerMerge').set({ undoneAt: now, undoneBy: actor.id }).where('id', '=', mergeId).execute()
    }
    const view = await loadCustomer(tx, survivorId, actor, now)
    return view ? done(view) : refuse('notFound')
  })

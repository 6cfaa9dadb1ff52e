/**
 * Erasing a person: at once what tells who they are and what lets them in, then, piece by piece, what was said. The ledger
 * remembers who was erased outside of the database, too, so that a restored backup brings nobody back.
 */
import type { ContactId, CustomerId } from '@otklik/model/ids'
import { resolveCustomer, type Actor } from '../store/customers.ts'
import { TryAgain, type Reader, type Tx } from '../store/database.ts'
import { claimContactsOf, claimOldContacts, completeErasure, erasePersons, findUnerased, forgetContacts, loadErasedIds, loadFamily, loadUnfinishedErasures, loadWholeFamily } from '../store/erasing.ts'
import { appendEvent } from '../store/log.ts'
import { loadMergesWithin, lockForMerge } from '../store/merges.ts'
import { lockHeld } from '../store/routing.ts'
import type { Deps } from './deps.ts'
import { leaveContact } from './end-visit.ts'
import { partCustomers } from './merge-customers.ts'
import { closeContact } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'

/** Who was erased, kept beside the database. */
export interface ErasureLedger {
  note(ids: readonly CustomerId[]): Promise<void>
  read(): Promise<CustomerId[]>
}

/** Contacts in one transaction; each has a handful of messages. */
const piece = 50
const dayMs = 86_400_000
/** So long an erasure is left to whoever has begun it. */
const patienceMs = 60_000

/** Ends and closes what is open, whoever has it: nobody can write about the person any more. */
const closeOpen = async (tx: Tx, deps: Deps, customers: readonly CustomerId[]): Promise<void> => {
  const open = await tx.db.selectFrom('contactRouting').select('contactId').where('customerId', 'in', customers).orderBy('contactId').execute()
  for (const row of open) {
    const contactId = row.contactId as ContactId
    await leaveContact(tx, deps, contactId, 'customerEnded') // refused where the conversation has ended already
    const held = await lockHeld(tx, contactId)
    if (held) await closeContact(tx, held.contact, { input: 'wrapUpLimit', by: 'limit', reason: 'customerEnded' }, deps.now())
  }
}

const beginErasure = async (tx: Tx, deps: Deps, family: readonly CustomerId[], by: Actor | null): Promise<void> => {
  await closeOpen(tx, deps, family)
  await erasePersons(tx, family, by?.id ?? null, deps.now())
  for (const customerId of family) await appendEvent(tx, deps.now(), 'customer.erased', customerId, { customerId, agentId: by?.id ?? null })
}

const finishErasure = async (deps: Deps, family: readonly CustomerId[]): Promise<void> => {
  const forgetSome = () =>
    deps.transaction(async (tx) => {
      const ids = await claimContactsOf(tx, family, piece)
      await forgetContacts(tx, ids, deps.now())
      return ids.length
    })
  while ((await forgetSome()) === piece);
  await deps.transaction((tx) => completeErasure(tx, family, deps.now()))
}

/** Locks the whole family; nothing that a visitor does goes past it. */
const lockFamily = async (tx: Tx, family: readonly CustomerId[]): Promise<void> => {
  await tx.named('lock-files-of', 'select id from file where customer_id = any($1::uuid[]) order by id for update', [family])
  await tx.db.selectFrom('customer').select('id').where('id', 'in', family).orderBy('id').forUpdate().execute()
  // Somebody may have joined it before the lock was ours.
  const [first] = family
  if (first !== undefined && (await loadFamily(tx, first)).length !== family.length) throw new TryAgain()
}

/** @param number the customer's, as the administrator has typed it */
export const eraseCustomer = async (
  deps: Deps,
  ledger: ErasureLedger,
  { actor, customerId }: { readonly actor: Actor; readonly customerId: CustomerId },
  number: number,
): Promise<Outcome<null>> => {
  const begun = await deps.transaction(async (tx): Promise<Outcome<CustomerId[]>> => {
    const id = await resolveCustomer(tx, customerId)
    if (id === undefined) return refuse('notFound')
    const customer = await tx.db.selectFrom('customer').select('number').where('id', '=', id).executeTakeFirstOrThrow()
    if (customer.number !== number) return refuse('numberMismatch')
    const family = await loadFamily(tx, id)
    await lockFamily(tx, family)
    if ((await resolveCustomer(tx, id)) !== id) throw new TryAgain()
    await beginErasure(tx, deps, family, actor)
    // The last thing before the commit: it was confirmed and nothing was in its way.
    await ledger.note(family)
    return done(family)
  })
  if (!begun.ok) return begun
  await finishErasure(deps, begun.value)
  return done(null)
}

/**
 * Undoes the merges of those who were erased with those who were not: a backup of before their undoing has brought them back,
 * because whoever is erased goes with everybody who is taken for the same person then.
 */
const partErased = async (tx: Tx, deps: Deps, family: readonly CustomerId[], erased: ReadonlySet<CustomerId>): Promise<void> => {
  const merges = await loadMergesWithin(tx, family)
  const of = (id: CustomerId) => merges.filter(({ survivorId }) => survivorId === id)
  const under = (id: CustomerId): CustomerId[] => [id, ...of(id).flatMap(({ mergedId }) => under(mergedId))]
  // From the top: what came to somebody by a merge of theirs goes back to them before it goes on.
  const partUnder = async (id: CustomerId): Promise<void> => {
    for (const merge of of(id)) {
      if (under(merge.mergedId).every((one) => erased.has(one) === erased.has(id))) continue
      const survivor = (await lockForMerge(tx, [id, merge.mergedId])).get(id)
      if (!survivor) throw new TryAgain()
      await partCustomers(tx, deps, merge, survivor, null)
      await tx.db.deleteFrom('customerMerge').where('id', '=', merge.id).execute()
      await partUnder(merge.mergedId)
    }
  }
  const [top] = family
  if (top !== undefined) await partUnder(top)
}

/**
 * Before anybody is let in: whoever was erased and is here again, because a backup was restored or a server ended in the
 * middle, goes again. @returns how many
 */
export const reapplyErasures = async (deps: Deps, reader: Reader, ledger: ErasureLedger): Promise<number> => {
  const [noted, known] = [await ledger.read(), await loadErasedIds(reader)]
  const isNoted = new Set(noted)
  const unnoted = known.filter((id) => !isNoted.has(id))
  if (unnoted.length > 0) await ledger.note(unnoted)
  const erased = new Set([...noted, ...known])
  const back = await findUnerased(reader, [...erased])
  for (const id of back) {
    const family = await deps.transaction(async (tx) => {
      const whole = await loadWholeFamily(tx, id)
      await lockFamily(tx, whole)
      await partErased(tx, deps, whole, erased)
      const own = await loadFamily(tx, id)
      await beginErasure(tx, deps, own, null)
      return own
    })
    await finishErasure(deps, family)
  }
  return back.length
}

/** Finishes what broke off in the middle. Two may be at the same one: each contact is one's, and the last of them is waited for. */
export const finishErasures = async (deps: Deps, reader: Reader): Promise<void> => {
  for (const id of await loadUnfinishedErasures(reader, new Date(deps.now().getTime() - patienceMs))) await finishErasure(deps, [id])
}

/** Forgets a piece of what was said in contacts that were closed so many days ago. @returns how many contacts */
export const forgetOldWords = (deps: Deps, retentionDays: number): Promise<number> =>
  deps.transaction(async (tx) => {
    const ids = await claimOldContacts(tx, new Date(deps.now().getTime() - retentionDays * dayMs), piece)
    await forgetContacts(tx, ids, deps.now())
    return ids.length
  })

/** A piece of `forgetOldWords`: less came back, there is no more. */
export const forgetPiece = piece

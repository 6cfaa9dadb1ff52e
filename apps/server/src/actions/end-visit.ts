/** What a visitor does besides writing: end the chat, rate it, read it, go away and come back. */
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import type { CloseReason } from '@otklik/model/contact'
import { appendEvent } from '../store/log.ts'
import { lockHeld } from '../store/routing.ts'
import type { Visitor } from '../store/scope.ts'
import type { Tx } from '../store/database.ts'
import { mayRate, visibleHours } from '../store/visitor-views.ts'
import type { Deps } from './deps.ts'
import { beginWrapUp, closeContact, guard } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'

/** The visitor's own contact, or nothing. */
const ownContact = (tx: Tx, visitor: Visitor, contactId: ContactId) =>
  tx.db
    .selectFrom('contact')
    .select(['id', 'closedAt', 'endedAt', 'forgottenAt', 'agentId', 'queueId', 'region', 'firstReplyAt'])
    .where('id', '=', contactId)
    .where('customerId', '=', visitor.customerId)
    .where('channelAccountId', '=', visitor.channelAccountId)

/**
 * The customer is gone: pressed End, was away or silent too long, or was blocked by us. Nobody had it in hand: abandoned,
 * or blocked; put off: as it was. Otherwise the agent gets it in wrap-up.
 */
export const leaveContact = async (
  tx: Tx,
  deps: Deps,
  contactId: ContactId,
  reason: Exclude<CloseReason, 'abandoned' | 'agentEnded'>,
): Promise<Outcome<null>> => {
  const held = await lockHeld(tx, contactId)
  if (!held) return refuse('contactClosed')
  const refusal = guard(held.contact.state, 'leave')
  if (refusal) return refusal
  const at = deps.now()
  if (held.contact.state === 'active') await beginWrapUp(tx, deps, held.contact, reason, at)
  else if (reason === 'blocked') await closeContact(tx, held.contact, { input: 'leave', by: 'agent', reason }, at)
  else if (held.contact.state === 'snoozed') await closeContact(tx, held.contact, { input: 'leave', by: 'customer', reason }, at)
  else await closeContact(tx, held.contact, { input: 'leave', by: 'customer', reason: 'abandoned' }, at)
  return done(null)
}

/** The customer pressed End. Ending what has ended is no error. */
export const endVisit = (deps: Deps, visitor: Visitor, contactId: ContactId): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const own = await ownContact(tx, visitor, contactId).executeTakeFirst()
    if (!own) return refuse('nothingToEnd')
    if (own.endedAt) return done(null)
    const outcome = await leaveContact(tx, deps, contactId, 'customerEnded')
    return !outcome.ok && outcome.code === 'contactNotActive' ? done(null) : outcome
  })

/** Rates an ended contact once, while its customer sees it: for a day, unless its words are forgotten before. The same rating again is no error. */
export const rateVisit = (
  deps: Deps,
  visitor: Visitor,
  rating: { readonly contactId: ContactId; readonly score: number; readonly comment: string },
): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    // Whoever forgets the words waits, or has done it: no comment is written behind their back.
    const own = await ownContact(tx, visitor, rating.contactId).forUpdate().executeTakeFirst()
    if (!own?.endedAt || !own.firstReplyAt) return refuse('notRateable', { detail: 'A chat can be rated after it has ended and was answered.' })
    if (own.forgottenAt || own.endedAt.getTime() < deps.now().getTime() - visibleHours * 3_600_000)
      return refuse('notRateable', { detail: `A chat can be rated within ${visibleHours} hours.` })
    const [asked] = await tx.named<{ may: boolean; comment: boolean }>(
      'may-rate',
      `select ${mayRate('c')} as may, q.rating_comment as comment from contact c join queue q on q.id = c.queue_id where c.id = $1`,
      [rating.contactId],
    )
    if (!asked?.may) return refuse('notRateable', { detail: 'No rating is asked for here.' })
    const at = deps.now()
    const comment = (asked.comment && rating.comment) || null
    const written = await tx.db
      .insertInto('rating')
      .values({
        contactId: rating.contactId,
        customerId: visitor.customerId,
        queueId: own.queueId,
        agentId: own.agentId,
        score: rating.score,
        comment,
        ratedAt: at,
      })
      .onConflict((conflict) => conflict.column('contactId').doNothing())
      .returning('contactId')
      .executeTakeFirst()
    if (!written) {
      const before = await tx.db.selectFrom('rating').select(['score', 'comment']).where('contactId', '=', rating.contactId).executeTakeFirst()
      return before?.score === rating.score && before.comment === comment ? done(null) : refuse('alreadyRated')
    }
    await tx.db.updateTable('contact').set((eb) => ({ version: eb('version', '+', 1) })).where('id', '=', rating.contactId).execute()
    await appendEvent(tx, at, 'contact.rated', rating.contactId, {
      contactId: rating.contactId,
      agentId: own.agentId as AgentId | null,
      queueId: own.queueId as QueueId,
      channel: 'webChat',
      region: own.region,
      endedAt: own.endedAt.getTime(),
      score: rating.score,
    })
    return done(null)
  })

/** The visitor has seen everything up to a number. */
export const readVisit = (deps: Deps, visitor: Visitor, contactId: ContactId, number: number): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const row = await tx.db
      .updateTable('contact')
      .set((eb) => ({
        customerReadNumber: eb.fn('least', [eb.val(number), 'lastMessageNumber']),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', contactId)
      .where('customerId', '=', visitor.customerId)
      .where('customerReadNumber', '<', number)
      .where('lastMessageNumber', '>', (eb) => eb.ref('customerReadNumber'))
      .returning(['customerReadNumber', 'agentId'])
      .executeTakeFirst()
    if (row)
      await appendEvent(tx, deps.now(), 'message.read', contactId, {
        contactId,
        by: 'customer',
        number: row.customerReadNumber,
        agentId: row.agentId as AgentId | null,
      })
    return done(null)
  })

/** The customer's page closed (`away`), or is back. Only an open contact is marked. */
export const markAway = (deps: Deps, contactId: ContactId, awaySince: Date | null): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const row = await tx.db
      .updateTable('contact')
      .set((eb) => ({ awaySince, version: eb('version', '+', 1) }))
      .where('id', '=', contactId)
      .where('closedAt', 'is', null)
      .where('awaySince', awaySince ? 'is' : 'is not', null)
      .returning('agentId')
      .executeTakeFirst()
    if (row)
      await appendEvent(tx, deps.now(), 'contact.awayChanged', contactId, {
        contactId,
        agentId: row.agentId as AgentId | null,
        awaySince: awaySince && awaySince.getTime(),
      })
    return done(null)
  })

/**
 * The moves that a contact's row makes, each consulting the model's table first. The rows of contact and holder are
 * locked by the caller (`lockHeld`); every move writes the rows, the segment, the notice and the events of one step.
 */
import type { EventPayload } from '@otklik/contract/events'
import { decideContact, type CloseReason, type ContactInput, type ContactState } from '@otklik/model/contact'
import type { AgentId, ContactId, CustomerId, DispositionId, IssueId, QueueId } from '@otklik/model/ids'
import { appendEvent } from '../store/log.ts'
import { appendNotice } from '../store/messages.ts'
import { closeOffer, excludeAgent, lockHeld, nextSegment, removeRouting, type RoutingRow, unheld, updateCapacity, updateRouting } from '../store/routing.ts'
import type { Tx } from '../store/database.ts'
import { noteAsking } from '../store/visitor-views.ts'
import type { Deps } from './deps.ts'
import { refuse, type Refusal } from './outcome.ts'

/** How long a refuser, or the agent who handed it on, is not asked again. */
export const exclusionMs = 30_000
/** How long a contact that was handed to a colleague waits for just that colleague. */
export const reservationMs = 60_000

/** The refusal of the model's table, or nothing. */
export const guard = (state: ContactState, input: ContactInput): Refusal | undefined => {
  const next = decideContact(state, input)
  return next.ok ? undefined : refuse(next.refusal)
}

/** A move that the caller has guarded already; failing here is a bug. */
const must = (contact: RoutingRow, input: ContactInput) => {
  const next = decideContact(contact.state, input)
  if (!next.ok) throw new Error(`contact ${contact.contactId} is ${contact.state}: ${next.refusal}`)
}

export const writeNotice = async (
  tx: Tx,
  deps: Deps,
  contactId: ContactId,
  code: Parameters<typeof appendNotice>[1]['code'],
  at: Date,
  by: AgentId | null = null,
): Promise<void> => {
  const id = deps.newId() as Parameters<typeof appendNotice>[1]['id']
  const { number, agentId } = await appendNotice(tx, { id, contactId, code, by }, at)
  await appendEvent(tx, at, 'message.noticed', contactId, { contactId, messageId: id, number, agentId })
}

/** Takes an open offer back, because its agent went away or the contact is moved: it keeps its place, the agent's ticket stays. */
export const withdrawOffer = async (tx: Tx, contact: RoutingRow, cause: EventPayload<'contact.withdrawn'>['cause'], at: Date): Promise<void> => {
  must(contact, 'withdraw')
  if (!contact.agentId || !contact.offerId) throw new Error(`contact ${contact.contactId} has no offer`)
  await closeOffer(tx, contact.offerId, 'withdrawn', at)
  const capacity = await updateCapacity(tx, contact.agentId, { pending: 0 }, false)
  const row = await updateRouting(tx, contact.contactId, unheld)
  await appendEvent(tx, at, 'contact.withdrawn', contact.contactId, {
    contactId: contact.contactId,
    contactVersion: row.version,
    agentId: contact.agentId,
    agentVersion: capacity.version,
    offerId: contact.offerId,
    cause,
  })
}

type Queued = EventPayload<'contact.queued'>
type OfContact = 'contactId' | 'customerId' | 'channelAccountId' | 'channel' | 'language'

/** Tells that a contact waits in a queue, with what routing and figures must know of both. */
export const tellQueued = async (tx: Tx, at: Date, contact: RoutingRow, fields: Omit<Queued, OfContact | 'line' | 'targetSeconds'>): Promise<void> => {
  const queue = await tx.db.selectFrom('queue').select(['line', 'targetSeconds']).where('id', '=', fields.queueId).executeTakeFirstOrThrow()
  await appendEvent(tx, at, 'contact.queued', contact.contactId, {
    ...fields,
    ...queue,
    contactId: contact.contactId,
    customerId: contact.customerId as CustomerId,
    channelAccountId: contact.channelAccountId as Queued['channelAccountId'],
    channel: 'webChat',
    language: contact.language as Queued['language'],
  })
}

export interface Return {
  readonly input: Extract<ContactInput, 'transfer' | 'escalate' | 'loseAgent'>
  readonly cause: Queued['cause']
  readonly queueId: QueueId
  readonly reservedFor: AgentId | null
  /** Who moves it, or signs the one out who has it in hand, when it is somebody else. */
  readonly by?: AgentId
}

/** Puts an active contact back to a queue with its arrival time; the agent's slot becomes free. */
export const returnToQueue = async (tx: Tx, contact: RoutingRow, to: Return, at: Date): Promise<void> => {
  must(contact, to.input)
  const { contactId, agentId } = contact
  const capacity = agentId && (await updateCapacity(tx, agentId, { chatBy: -1 }, true))
  // Who handed it on meant somebody else to have it; who only went away goes on with it when they are back.
  const excludedUntil = agentId && to.input !== 'loseAgent' ? new Date(at.getTime() + exclusionMs) : null
  if (agentId && excludedUntil) await excludeAgent(tx, contactId, agentId, excludedUntil)
  // Handed to somebody by name: an earlier "no" of theirs does not stand against it.
  if (to.reservedFor)
    await tx.db.deleteFrom('contactExclusion').where('contactId', '=', contactId).where('agentId', '=', to.reservedFor).execute()
  const reservedUntil = to.reservedFor && new Date(at.getTime() + reservationMs)
  const row = await updateRouting(tx, contactId, { ...unheld, queueId: to.queueId, reservedFor: to.reservedFor, reservedUntil })
  const wide = await tx.db
    .updateTable('contact')
    .set((eb) => ({
      agentId: null,
      queueId: to.queueId,
      acceptedAt: null,
      waitingSince: eb.fn.coalesce('waitingSince', eb.val(at)),
      handedCause: to.cause === 'arrived' ? null : to.cause,
      handedBy: to.input === 'loseAgent' ? agentId : (to.by ?? agentId),
      handedAt: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', contactId)
    .returning(['issueId', 'region'])
    .executeTakeFirstOrThrow()
  await nextSegment(tx, contactId, at, { queueId: to.queueId, agentId: null })
  await tellQueued(tx, at, contact, {
    contactVersion: row.version,
    cause: to.cause,
    issueId: wide.issueId as IssueId,
    queueId: to.queueId,
    region: wide.region,
    arrivedAt: contact.arrivedAt.getTime(),
    seq: contact.seq,
    reservedFor: to.reservedFor,
    reservedUntil: reservedUntil ? reservedUntil.getTime() : null,
    fromAgentId: agentId,
    fromAgentVersion: capacity ? capacity.version : null,
    fromAgentTicket: capacity ? capacity.ticket : null,
    fromAgentOccupancy: capacity ? capacity.occupancy : null,
    excludedUntil: excludedUntil && excludedUntil.getTime(),
    byAgentId: to.by ?? (to.input === 'loseAgent' ? null : agentId),
  })
}

const noticeOf: Record<Exclude<CloseReason, 'abandoned'>, Parameters<typeof appendNotice>[1]['code']> = {
  agentEnded: 'endedByAgent',
  customerEnded: 'endedByCustomer',
  customerAway: 'endedByAway',
  customerSilent: 'endedBySilence',
  blocked: 'endedByBlock',
}

/** Ends a running conversation: wrap-up begins and keeps the slot until it is finished or the queue's limit is over. */
export const beginWrapUp = async (
  tx: Tx,
  deps: Deps,
  contact: RoutingRow,
  reason: Exclude<CloseReason, 'abandoned'>,
  at: Date,
): Promise<RoutingRow> => {
  must(contact, 'end')
  if (!contact.agentId) throw new Error(`contact ${contact.contactId} is active without an agent`)
  const { wrapUpSeconds } = await tx.db
    .selectFrom('queue')
    .select('wrapUpSeconds')
    .where('id', '=', contact.queueId)
    .executeTakeFirstOrThrow()
  const until = new Date(at.getTime() + wrapUpSeconds * 1000)
  await writeNotice(tx, deps, contact.contactId, noticeOf[reason], at)
  const row = await updateRouting(tx, contact.contactId, { state: 'wrapUp', wrapUpUntil: until })
  await tx.db
    .updateTable('contact')
    .set((eb) => ({ endedAt: at, closeReason: reason, waitingSince: null, version: eb('version', '+', 1) }))
    .where('id', '=', contact.contactId)
    .execute()
  await noteAsking(tx, contact.contactId)
  await appendEvent(tx, at, 'contact.wrapUpStarted', contact.contactId, {
    contactId: contact.contactId,
    contactVersion: row.version,
    agentId: contact.agentId,
    reason,
    until: until.getTime(),
  })
  return row
}

/** Back from wrap-up to the conversation; the slot was kept. */
export const reopen = async (tx: Tx, contact: RoutingRow, at: Date): Promise<void> => {
  must(contact, 'customerMessage')
  if (!contact.agentId) throw new Error(`contact ${contact.contactId} is in wrap-up without an agent`)
  const row = await updateRouting(tx, contact.contactId, { state: 'active', wrapUpUntil: null })
  await tx.db
    .updateTable('contact')
    .set((eb) => ({ endedAt: null, closeReason: null, version: eb('version', '+', 1) }))
    .where('id', '=', contact.contactId)
    .execute()
  await appendEvent(tx, at, 'contact.reopened', contact.contactId, {
    contactId: contact.contactId,
    contactVersion: row.version,
    agentId: contact.agentId,
  })
}

export interface Closing {
  readonly input: Extract<ContactInput, 'leave' | 'finish' | 'wrapUpLimit' | 'loseAgent'>
  readonly by: EventPayload<'contact.closed'>['by']
  readonly reason: CloseReason
  readonly dispositionId?: DispositionId
  readonly resolved?: boolean
}

/** Closes a contact: out of wrap-up, or abandoned while nobody had it in hand. Its issue closes unless it is unresolved. */
export const closeContact = async (tx: Tx, contact: RoutingRow, closing: Closing, at: Date): Promise<void> => {
  must(contact, closing.input)
  const { contactId, agentId } = contact
  let capacity
  if (contact.state === 'offered' && agentId && contact.offerId) {
    await closeOffer(tx, contact.offerId, 'left', at)
    capacity = await updateCapacity(tx, agentId, { pending: 0 }, false)
  } else if (agentId) {
    capacity = await updateCapacity(tx, agentId, { chatBy: -1 }, true)
  }
  await tx.db.deleteFrom('contactExclusion').where('contactId', '=', contactId).execute()
  const finalRoutingVersion = await removeRouting(tx, contactId)
  const { issueId } = await tx.db
    .updateTable('contact')
    .set((eb) => ({
      endedAt: eb.fn.coalesce('endedAt', eb.val(at)),
      closedAt: at,
      closeReason: closing.reason,
      waitingSince: null,
      dispositionId: closing.dispositionId ?? null,
      resolved: closing.resolved ?? null,
      finalRoutingVersion,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', contactId)
    .returning('issueId')
    .executeTakeFirstOrThrow()
  // Out of wrap-up it has been noted when the conversation ended.
  if (contact.state !== 'wrapUp') await noteAsking(tx, contactId)
  if (closing.resolved !== false) await tx.db.updateTable('issue').set({ closedAt: at }).where('id', '=', issueId).execute()
  await nextSegment(tx, contactId, at)
  await appendEvent(tx, at, 'contact.closed', contactId, {
    contactId,
    contactVersion: finalRoutingVersion,
    agentId,
    agentVersion: capacity?.version ?? null,
    ticket: capacity?.ticket ?? null,
    occupancy: capacity?.occupancy ?? null,
    reason: closing.reason,
    dispositionId: closing.dispositionId ?? null,
    resolved: closing.resolved ?? null,
    by: closing.by,
  })
}

/**
 * Moves a contact that waits, or is being offered, to another queue or towards an agent.
 * @returns false when it is in hand or closed by now
 */
export const moveWaiting = async (tx: Tx, contactId: ContactId, to: Pick<Return, 'queueId' | 'reservedFor' | 'by'>, at: Date): Promise<boolean> => {
  const held = await lockHeld(tx, contactId)
  if (held?.contact.state === 'offered') await withdrawOffer(tx, held.contact, 'moved', at)
  const again = await lockHeld(tx, contactId)
  if (again?.contact.state !== 'queued') return false
  await returnToQueue(tx, again.contact, { input: 'transfer', cause: 'transferred', ...to }, at)
  return true
}

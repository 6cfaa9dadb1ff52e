/** Putting a contact off until a time or the customer's word, and taking one by hand: out of the queue, or back from there. */
import type { AgentId, ContactId, IssueId, OfferId, QueueId } from '@otklik/model/ids'
import { appendEvent } from '../store/log.ts'
import { type CapacityRow, lockAgent, lockHeld, nextSegment, type RoutingRow, unheld, updateCapacity, updateRouting } from '../store/routing.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { writeNote } from './hand-over.ts'
import { guard, reservationMs, tellQueued } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'
import { lockOwn } from './work-contact.ts'

interface Held {
  readonly agentId: AgentId
  readonly contactId: ContactId
}

/** Puts a conversation off: the slot comes free, nobody is asked, and the agent gets it back first. */
export const snoozeContact = (deps: Deps, held: Held & { readonly until: Date; readonly isTold: boolean; readonly note: string }): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const own = await lockOwn(tx, held)
    if (!own.ok) return own
    const refusal = guard(own.value.state, 'snooze')
    if (refusal) return refusal
    const { contactId, agentId, until } = held
    const at = deps.now()
    await writeNote(tx, deps, held, at)
    const capacity = await updateCapacity(tx, agentId, { chatBy: -1 }, true)
    const row = await updateRouting(tx, contactId, {
      ...unheld,
      state: 'snoozed',
      snoozedBy: agentId,
      snoozedUntil: until,
      snoozeTold: held.isTold,
      reservedFor: null,
      reservedUntil: null,
    })
    await tx.db
      .updateTable('contact')
      .set((eb) => ({ acceptedAt: null, waitingSince: null, putOff: true, version: eb('version', '+', 1) }))
      .where('id', '=', contactId)
      .execute()
    await nextSegment(tx, contactId, at)
    await appendEvent(tx, at, 'contact.snoozed', contactId, {
      contactId,
      contactVersion: row.version,
      agentId,
      agentVersion: capacity.version,
      until: until.getTime(),
      ticket: capacity.ticket,
      occupancy: capacity.occupancy,
    })
    return done(null)
  })

/** Taken up at its time or before it: the customer, who was told that the page may be closed, is not expected to be on it. */
const takenUp = { putOff: false, leftMessage: true } as const

/** Back to the queue, by its time or by the customer's word; whoever put it off is asked first. It waits from now on. */
export const wakeContact = async (tx: Tx, contact: RoutingRow, by: 'time' | 'customer', at: Date): Promise<void> => {
  const { contactId, snoozedBy } = contact
  if (!snoozedBy) throw new Error(`contact ${contactId} was put off by nobody`)
  const { state } = await tx.db.selectFrom('agentCapacity').select('state').where('agentId', '=', snoozedBy).executeTakeFirstOrThrow()
  const isThere = state !== 'offline'
  const reservedUntil = isThere ? new Date(at.getTime() + reservationMs) : null
  const row = await updateRouting(tx, contactId, {
    ...unheld,
    snoozedBy: null,
    snoozedUntil: null,
    snoozeTold: false,
    arrivedAt: at,
    reservedFor: isThere ? snoozedBy : null,
    reservedUntil,
  }, true)
  const wide = await tx.db
    .updateTable('contact')
    .set((eb) => ({
      waitingSince: eb.fn.coalesce('waitingSince', eb.val(at)),
      ...(by === 'time' ? takenUp : { putOff: false }),
      handedCause: 'woken',
      handedBy: snoozedBy,
      handedAt: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', contactId)
    .returning(['issueId', 'region'])
    .executeTakeFirstOrThrow()
  await nextSegment(tx, contactId, at, { queueId: contact.queueId, agentId: null })
  await tellQueued(tx, at, contact, {
    contactVersion: row.version,
    cause: 'woken',
    issueId: wide.issueId as IssueId,
    queueId: contact.queueId,
    region: wide.region,
    arrivedAt: at.getTime(),
    seq: row.seq,
    reservedFor: row.reservedFor as AgentId | null,
    reservedUntil: reservedUntil && reservedUntil.getTime(),
    fromAgentId: null,
    fromAgentVersion: null,
    fromAgentTicket: null,
    fromAgentOccupancy: null,
    excludedUntil: null,
  })
}

/** Whether this agent may take it: a waiting one of a queue that allows it, or what the agent put off. */
const mayPick = async (tx: Tx, contact: RoutingRow, agentId: AgentId): Promise<boolean> => {
  if (contact.state === 'snoozed') return contact.snoozedBy === agentId
  const queue = await tx.db.selectFrom('queue').select('picking').where('id', '=', contact.queueId).executeTakeFirst()
  return queue?.picking === true
}

/** The agent takes a contact without having been asked. Skills are the agent's own judgement, the number of places is not. */
export const pickContact = (deps: Deps, held: Held): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const { contactId, agentId } = held
    const found = await lockHeld(tx, contactId, [agentId])
    if (!found) return refuse('contactClosed')
    const { contact } = found
    if (contact.agentId === agentId && contact.state === 'active') return done(null) // pressed twice
    const refusal = guard(contact.state, 'pick')
    if (refusal) return refusal
    if (!(await mayPick(tx, contact, agentId))) return refuse('notFound')
    return takeByHand(tx, deps, contact, found.agents.get(agentId) ?? (await lockAgent(tx, agentId)))
  })

/**
 * Puts a contact that is in nobody's hands into an agent's, who has said so. Both rows are locked.
 * @returns refused while the agent is offline or has no place free
 */
export const takeByHand = async (tx: Tx, deps: Deps, contact: RoutingRow, agent: CapacityRow | undefined): Promise<Outcome<null>> => {
  const { contactId } = contact
  if (!agent || agent.state === 'offline') return refuse('agentNotAvailable')
  const { agentId } = agent
  const units = agent.voice + agent.chat + agent.mail + agent.pending
  if (agent.chat >= agent.maxChat || units >= agent.maxTotal) return refuse('noFreePlace')
  const at = deps.now()
  const waitedSeconds = contact.state === 'queued' ? (at.getTime() - contact.arrivedAt.getTime()) / 1000 : 0
  const offerId = deps.newId() as OfferId
  await tx.db
    .insertInto('offer')
    .values({
      id: offerId,
      contactId,
      agentId,
      offeredAt: at,
      expiresAt: at,
      trace: JSON.stringify({ rule: 'pick', waitedSeconds, fit: null, candidates: 0 }),
      outcome: 'accepted',
      decidedAt: at,
    })
    .execute()
  const capacity = await updateCapacity(tx, agentId, { chatBy: 1 }, true)
  const row = await updateRouting(tx, contactId, {
    state: 'active',
    agentId,
    snoozedBy: null,
    snoozedUntil: null,
    snoozeTold: false,
    reservedFor: null,
    reservedUntil: null,
  })
  await tx.db
    .updateTable('contact')
    // What was put off waits from when it is taken up, as when its time comes: it is not the customer who is silent.
    .set((eb) => ({ agentId, acceptedAt: at, ...(contact.state === 'snoozed' ? { waitingSince: eb.fn.coalesce('waitingSince', eb.val(at)), ...takenUp } : {}), version: eb('version', '+', 1) }))
    .where('id', '=', contactId)
    .execute()
  await nextSegment(tx, contactId, at, { queueId: contact.queueId, agentId })
  await appendEvent(tx, at, 'contact.picked', contactId, {
    contactId,
    contactVersion: row.version,
    agentId,
    agentVersion: capacity.version,
    offerId,
    queueId: contact.queueId as QueueId,
    waitedSeconds,
    ticket: capacity.ticket,
    occupancy: capacity.occupancy,
  })
  return done(null)
}

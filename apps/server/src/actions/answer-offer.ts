import type { AgentId, ContactId, OfferId } from '@otklik/model/ids'
import { decidePresence } from '@otklik/model/presence'
import { acceptClaim } from '../store/claims.ts'
import { appendEvent } from '../store/log.ts'
import { setPresence } from '../store/presence.ts'
import { closeOffer, excludeAgent, lockHeld, unheld, updateCapacity, updateRouting, type RoutingRow } from '../store/routing.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { exclusionMs, guard } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'

interface Answer {
  readonly contactId: ContactId
  readonly offerId: OfferId
  readonly agentId: AgentId
}

/** The offer as it stands, locked; undefined when it is not this agent's any more. */
const lockOffer = async (tx: Tx, answer: Answer): Promise<RoutingRow | undefined> => {
  const held = await lockHeld(tx, answer.contactId)
  return held && held.contact.offerId === answer.offerId && held.contact.agentId === answer.agentId ? held.contact : undefined
}

/** The agent takes the offered contact. Taken already by this very offer, it is taken still: a repeated key press is no error. */
export const acceptOffer = (deps: Deps, answer: Answer): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    if (await acceptClaim(tx, answer, deps.now())) return done(null)
    const offer = await tx.db
      .selectFrom('offer')
      .select('outcome')
      .where('id', '=', answer.offerId)
      .where('agentId', '=', answer.agentId)
      .where('contactId', '=', answer.contactId)
      .executeTakeFirst()
    return offer?.outcome === 'accepted' ? done(null) : refuse('offerGone')
  })

/** Gives an open offer back; the contact keeps its place and this agent is not asked again for a while. */
const giveBack = async (tx: Tx, contact: RoutingRow, answer: Answer, how: 'declined' | 'missed', at: Date) => {
  await closeOffer(tx, answer.offerId, how, at)
  const capacity = await updateCapacity(tx, answer.agentId, { pending: 0, ...(how === 'missed' ? { state: 'notReady' } : {}) }, true)
  const row = await updateRouting(tx, contact.contactId, unheld)
  const excludedUntil = new Date(at.getTime() + exclusionMs)
  await excludeAgent(tx, contact.contactId, answer.agentId, excludedUntil)
  await appendEvent(tx, at, `contact.${how}`, contact.contactId, {
    contactId: contact.contactId,
    contactVersion: row.version,
    agentId: answer.agentId,
    agentVersion: capacity.version,
    offerId: answer.offerId,
    ticket: capacity.ticket,
    occupancy: capacity.occupancy,
    excludedUntil: excludedUntil.getTime(),
  })
  return capacity
}

export const declineOffer = (deps: Deps, answer: Answer): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const contact = await lockOffer(tx, answer)
    if (!contact) return refuse('offerGone')
    const refusal = guard(contact.state, 'decline')
    if (refusal) return refusal
    await giveBack(tx, contact, answer, 'declined', deps.now())
    return done(null)
  })

/**
 * The offer's time is over: the contact keeps its place, the agent becomes notReady (missed) and keeps the contacts in
 * hand. Answers `offerGone` when the agent was faster, `contactNotOffered` when its time is not over yet.
 */
export const recordMissedOffer = (deps: Deps, answer: Answer, fence: (tx: Tx) => Promise<boolean>): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    if (!(await fence(tx))) return refuse('routerDown')
    const contact = await lockOffer(tx, answer)
    if (!contact) return refuse('offerGone')
    const refusal = guard(contact.state, 'miss')
    if (refusal) return refusal
    const at = deps.now()
    if (contact.offerExpiresAt && contact.offerExpiresAt > at) return refuse('contactNotOffered')
    const capacity = await giveBack(tx, contact, answer, 'missed', at)
    const next = decidePresence('available', 'miss')
    if (!next.ok) throw new Error(next.refusal)
    await setPresence(tx, answer.agentId, { state: next.state, cause: 'missed', reasonId: null }, at)
    await appendEvent(tx, at, 'presence.changed', answer.agentId, {
      agentId: answer.agentId,
      agentVersion: capacity.version,
      from: 'available',
      to: next.state,
      cause: 'missed',
      reasonId: null,
      ticket: null,
      occupancy: null,
    })
    return done(null)
  })

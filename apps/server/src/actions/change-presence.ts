import type { AgentId, ContactId, ReasonId } from '@otklik/model/ids'
import { decidePresence, type PresenceCause, type PresenceInput } from '@otklik/model/presence'
import { appendEvent } from '../store/log.ts'
import { loadLastPresences, setPresence } from '../store/presence.ts'
import { clearLost, lockAgent, lockContactsOf, updateCapacity, type CapacityRow } from '../store/routing.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { closeContact, returnToQueue, withdrawOffer, writeNotice } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'

interface Change {
  readonly input: PresenceInput
  readonly cause: PresenceCause
  readonly reasonId: ReasonId | null
  readonly lostAt?: Date | null
}

/**
 * One step of presence under the agent's lock. Whoever stops being available has an open offer taken back in the same
 * transaction, so that nobody is ever offered a contact while away.
 */
export const stepPresence = async (tx: Tx, agent: CapacityRow, change: Change, at: Date): Promise<Outcome<CapacityRow>> => {
  const next = decidePresence(agent.state, change.input)
  if (!next.ok) return refuse(next.refusal)
  if (agent.pending > 0 && next.state !== 'available') {
    const offered = (await lockContactsOf(tx, agent.agentId)).find((contact) => contact.state === 'offered')
    if (offered)
      await withdrawOffer(tx, offered, change.input === 'lose' ? 'lost' : next.state === 'offline' ? 'offline' : 'notReady', at)
  }
  const capacity = await updateCapacity(
    tx,
    agent.agentId,
    { state: next.state, lostAt: change.lostAt ?? null },
    next.state === 'available',
  )
  await setPresence(tx, agent.agentId, { state: next.state, cause: change.cause, reasonId: change.reasonId }, at)
  await appendEvent(tx, at, 'presence.changed', agent.agentId, {
    agentId: agent.agentId,
    agentVersion: capacity.version,
    from: agent.state,
    to: next.state,
    cause: change.cause,
    reasonId: change.reasonId,
    ticket: next.state === 'available' ? capacity.ticket : null,
    occupancy: next.state === 'available' ? capacity.occupancy : null,
  })
  return done(capacity)
}

const withAgent = <Value>(deps: Deps, agentId: AgentId, work: (tx: Tx, agent: CapacityRow) => Promise<Outcome<Value>>): Promise<Outcome<Value>> =>
  deps.transaction(async (tx) => {
    const agent = await lockAgent(tx, agentId)
    return agent ? work(tx, agent) : refuse('notFound')
  })

/** The agent chooses to be available, or away for a reason; or a supervisor chooses for them. */
export const changePresence = (
  deps: Deps,
  agentId: AgentId,
  wanted: { state: 'available' } | { state: 'notReady'; reasonId: ReasonId },
  cause: 'chosen' | 'supervisor' = 'chosen',
): Promise<Outcome<null>> =>
  withAgent(deps, agentId, async (tx, agent) => {
    if (wanted.state === 'notReady') {
      const reason = await tx.db.selectFrom('notReadyReason').select('archivedAt').where('id', '=', wanted.reasonId).executeTakeFirst()
      if (!reason) return refuse('notFound', { detail: 'There is no such reason.' })
      if (reason.archivedAt) return refuse('archived', { detail: 'Choose a reason that is in use.' })
    }
    const outcome = await stepPresence(
      tx,
      agent,
      wanted.state === 'available'
        ? { input: 'becomeAvailable', cause, reasonId: null }
        : { input: 'becomeNotReady', cause, reasonId: wanted.reasonId },
      deps.now(),
    )
    return outcome.ok ? done(null) : outcome
  })

/** Gives back everything in an agent's hands: offers and active contacts to their queues, wrap-ups closed as they are. */
const emptyHands = async (tx: Tx, deps: Deps, agentId: AgentId, cause: 'signedOut' | 'agentLost', at: Date, by?: AgentId): Promise<void> => {
  for (const contact of await lockContactsOf(tx, agentId)) {
    if (contact.state === 'offered') await withdrawOffer(tx, contact, 'offline', at)
    if (contact.state === 'active') {
      await writeNotice(tx, deps, contact.contactId, 'agentLost', at)
      await returnToQueue(tx, contact, { input: 'loseAgent', cause, queueId: contact.queueId, reservedFor: null, ...(by ? { by } : {}) }, at)
    }
    if (contact.state === 'wrapUp') {
      const { closeReason } = await tx.db.selectFrom('contact').select('closeReason').where('id', '=', contact.contactId).executeTakeFirstOrThrow()
      await closeContact(tx, contact, { input: 'loseAgent', by: 'lost', reason: (closeReason ?? 'agentEnded') as 'agentEnded' }, at)
    }
  }
}

/** The agent goes home. With contacts in hand, it must be said what becomes of them. @param by the supervisor who sends them */
export const leaveDesk = (deps: Deps, agentId: AgentId, contacts: 'none' | 'returnToQueue', by?: AgentId): Promise<Outcome<null>> =>
  withAgent(deps, agentId, async (tx, agent) => {
    const at = deps.now()
    const inHand = agent.chat + agent.voice + agent.mail
    if (inHand > 0 && contacts === 'none') return refuse('contactsInHand', { uses: { contacts: inHand } })
    if (agent.state === 'offline' && inHand === 0) return done(null)
    // Away first: what comes back from these hands is not offered to them on the way.
    if (agent.state === 'offline') await clearLost(tx, agentId)
    else {
      const outcome = await stepPresence(tx, agent, { input: 'signOut', cause: 'signedOut', reasonId: null }, at)
      if (!outcome.ok) return outcome
    }
    await emptyHands(tx, deps, agentId, 'signedOut', at, by)
    return done(null)
  })

/** No socket of the agent is left: offline, with the contacts still in hand for the grace period. */
export const recordAgentLost = (deps: Deps, agentId: AgentId): Promise<Outcome<null>> =>
  withAgent(deps, agentId, async (tx, agent) => {
    const at = deps.now()
    const linked = await tx.db.selectFrom('link').select('id').where('agentId', '=', agentId).executeTakeFirst()
    if (linked) return refuse('agentNotAvailable', { detail: 'The agent is back.' })
    const outcome = await stepPresence(tx, agent, { input: 'lose', cause: 'lost', reasonId: null, lostAt: at }, at)
    return outcome.ok ? done(null) : outcome
  })

/** The lost agent is back within the grace period: the presence of before is restored. */
export const recordAgentReturned = (deps: Deps, agentId: AgentId): Promise<Outcome<null>> =>
  withAgent(deps, agentId, async (tx, agent) => {
    if (!agent.lostAt) return done(null)
    const [, before] = await loadLastPresences(tx, agentId, 2)
    const outcome = await stepPresence(
      tx,
      agent,
      before?.state === 'notReady'
        ? { input: 'becomeNotReady', cause: 'returned', reasonId: before.reasonId }
        : { input: 'becomeAvailable', cause: 'returned', reasonId: null },
      deps.now(),
    )
    return outcome.ok ? done(null) : outcome
  })

/** The grace period of a lost agent is over: the contacts in hand return with their arrival times. */
export const returnContactsOfLost = (deps: Deps, agentId: AgentId, lostBefore: Date): Promise<Outcome<readonly ContactId[]>> =>
  withAgent(deps, agentId, async (tx, agent) => {
    if (!agent.lostAt || agent.lostAt > lostBefore) return refuse('agentNotAvailable', { detail: 'The agent is back.' })
    const held = await lockContactsOf(tx, agentId)
    await emptyHands(tx, deps, agentId, 'agentLost', deps.now())
    await clearLost(tx, agentId)
    return done(held.map((contact) => contact.contactId))
  })

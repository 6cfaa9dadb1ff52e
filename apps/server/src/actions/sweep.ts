/**
 * What time alone brings about: wrap-ups beyond their limit, customers away or silent for too long, agents who are lost.
 * Run by the leading router each second; every step is conditional, so running it twice does nothing twice.
 */
import type { AgentId, ContactId, OfferId, QueueId } from '@otklik/model/ids'
import type { Reader, Tx } from '../store/database.ts'
import { findAgentsBeyondGrace, findGoneVisitors, findLostAgents, lingerSeconds, markManyAway, pruneLinks, unmarkPresent } from '../store/links.ts'
import { lockHeld } from '../store/routing.ts'
import { recordMissedOffer } from './answer-offer.ts'
import { recordAgentLost, returnContactsOfLost } from './change-presence.ts'
import { leaveContact } from './end-visit.ts'
import { wakeContact } from './park-contact.ts'
import { closeContact, guard, moveWaiting } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'
import type { IntakeDeps } from './record-visitor-message.ts'

/** How long a lost agent keeps the contacts in hand. */
export const graceSeconds = 60

export interface SweepDeps extends IntakeDeps {
  readonly reader: Reader
  /** True while this process may write as the leader; locks the lease, so it comes first in a transaction. */
  fence(tx: Tx): Promise<boolean>
}

export const sweep = async (deps: SweepDeps): Promise<void> => {
  const now = deps.now()
  const { reader } = deps
  await pruneLinks(reader)
  for (const agentId of await findLostAgents(reader, now)) await recordAgentLost(deps, agentId)
  const lostBefore = new Date(now.getTime() - graceSeconds * 1000)
  for (const agentId of await findAgentsBeyondGrace(reader, lostBefore)) await returnContactsOfLost(deps, agentId, lostBefore)
  const goneSince = new Date(now.getTime() - lingerSeconds * 1000)
  const gone = await findGoneVisitors(reader, now)
  await deps.statement(async (tx) => ({ events: await unmarkPresent(tx, now) }))
  if (gone.length > 0) await deps.statement(async (tx) => ({ events: await markManyAway(tx, gone, goneSince, now) }))
  for (const due of await loadDue(reader, now)) await endDue(deps, due)
  for (const { contactId, queueId } of await findStranded(reader))
    await deps.transaction(async (tx) => {
      if (await deps.fence(tx)) await moveWaiting(tx, deps, contactId, queueId)
    })
}

/** Contacts that came to a queue in the moment in which it was archived, with the queue that takes its place. */
const findStranded = (reader: Reader) =>
  reader.named<{ contactId: ContactId; queueId: QueueId }>(
    'stranded-contacts',
    `select r.contact_id as "contactId", q.replaced_by as "queueId" from contact_routing r
     join queue q on q.id = r.queue_id and q.archived_at is not null and q.replaced_by is not null
     where r.state in ('queued', 'offered') limit 100`,
    [],
  )

type Due =
  | { readonly kind: 'wrapUp' | 'away' | 'silent' | 'snooze'; readonly contactId: ContactId }
  | { readonly kind: 'offer'; readonly contactId: ContactId; readonly agentId: AgentId; readonly offerId: OfferId }

/** Contacts whose time is over. An offer is normally ended by the router's own timer; here is what it left behind. */
const loadDue = async (reader: Reader, now: Date): Promise<Due[]> =>
  reader.named<Due & Record<string, unknown>>(
    'due-contacts',
    `select case
         when r.state = 'wrapUp' then 'wrapUp'
         when r.state = 'snoozed' then 'snooze'
         when r.state = 'offered' and r.offer_expires_at < $1::timestamptz - interval '2 seconds' then 'offer'
         when c.away_since < $1::timestamptz - make_interval(mins => q.away_minutes) then 'away'
         else 'silent' end as kind,
       r.contact_id as "contactId", r.agent_id as "agentId", r.offer_id as "offerId"
     from contact_routing r
     join contact c on c.id = r.contact_id
     join queue q on q.id = r.queue_id
     where (r.state = 'wrapUp' and r.wrap_up_until < $1)
       or (r.state = 'snoozed' and r.snoozed_until < $1)
       or (r.state = 'offered' and r.offer_expires_at < $1::timestamptz - interval '2 seconds')
       -- Who left a message in the night is not expected to stay.
       or (r.state not in ('wrapUp', 'snoozed') and not c.left_message and c.away_since < $1::timestamptz - make_interval(mins => q.away_minutes))
       -- The customer's silence, not ours: while an answer is owed, nothing is closed.
       or (r.state = 'active' and c.waiting_since is null
         and greatest(c.last_message_at, c.accepted_at) < $1::timestamptz - make_interval(mins => q.silence_minutes))
     limit 200`,
    [now],
  )

const endDue = async (deps: SweepDeps, due: Due): Promise<Outcome<null>> => {
  if (due.kind === 'offer') return recordMissedOffer(deps, due, deps.fence)
  return deps.transaction(async (tx) => {
    if (!(await deps.fence(tx))) return refuse('routerDown')
    if (due.kind === 'snooze') {
      const held = await lockHeld(tx, due.contactId)
      const refusal = guard(held?.contact.state ?? 'closed', 'wake')
      if (refusal || !held) return refusal ?? refuse('contactClosed')
      await wakeContact(tx, held.contact, deps.now())
      return done(null)
    }
    if (due.kind !== 'wrapUp') return leaveContact(tx, deps, due.contactId, due.kind === 'away' ? 'customerAway' : 'customerSilent')
    const held = await lockHeld(tx, due.contactId)
    const at = deps.now()
    if (!held || !held.contact.wrapUpUntil || held.contact.wrapUpUntil > at) return refuse('contactNotInWrapUp')
    const refusal = guard(held.contact.state, 'wrapUpLimit')
    if (refusal) return refusal
    const { closeReason } = await tx.db.selectFrom('contact').select('closeReason').where('id', '=', due.contactId).executeTakeFirstOrThrow()
    await closeContact(tx, held.contact, { input: 'wrapUpLimit', by: 'limit', reason: (closeReason ?? 'agentEnded') as 'agentEnded' }, at)
    return done(null)
  })
}

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
  onError(error: unknown, doing: string): void
}

export const sweep = async (deps: SweepDeps): Promise<void> => {
  const now = deps.now()
  const { reader } = deps
  await pruneLinks(reader)
  // What cannot be done now, because its row is held or broken, is told and holds up nothing else.
  const each = async <Item>(items: readonly Item[], doing: string, work: (item: Item) => Promise<unknown>) => {
    for (const item of items) await work(item).catch((error: unknown) => deps.onError(error, doing))
  }
  await each(await findLostAgents(reader, now), 'recording a lost agent', (agentId) => recordAgentLost(deps, agentId))
  const lostBefore = new Date(now.getTime() - graceSeconds * 1000)
  await each(await findAgentsBeyondGrace(reader, lostBefore), 'returning the contacts of a lost agent', (agentId) =>
    returnContactsOfLost(deps, agentId, lostBefore),
  )
  const goneSince = new Date(now.getTime() - lingerSeconds * 1000)
  const gone = await findGoneVisitors(reader, now)
  await deps.statement(async (tx) => ({ events: await unmarkPresent(tx, now) }))
  if (gone.length > 0) await deps.statement(async (tx) => ({ events: await markManyAway(tx, gone, goneSince, now) }))
  await each(await loadDue(reader, now), 'ending what is due', (due) => endDue(deps, due))
  await each(await findStranded(reader), 'moving a contact out of an archived queue', ({ contactId, queueId }) =>
    deps.transaction(async (tx) => {
      if (await deps.fence(tx)) await moveWaiting(tx, contactId, { queueId, reservedFor: null }, deps.now())
    }),
  )
}

/** Contacts that wait in an archived queue, with the queue that takes its place: as many as are moved in a second or two. */
const findStranded = (reader: Reader) =>
  reader.named<{ contactId: ContactId; queueId: QueueId }>(
    'stranded-contacts',
    `select r.contact_id as "contactId", q.replaced_by as "queueId" from contact_routing r
     join queue q on q.id = r.queue_id and q.archived_at is not null and q.replaced_by is not null
     where r.state in ('queued', 'offered') order by r.arrived_at limit 300`,
    [],
  )

type Due =
  | { readonly kind: 'wrapUp' | 'away' | 'silent' | 'snooze'; readonly contactId: ContactId }
  | { readonly kind: 'offer'; readonly contactId: ContactId; readonly agentId: AgentId; readonly offerId: OfferId }

const dueText = `
     select case
         when r.state = 'wrapUp' then 'wrapUp'
         when r.state = 'snoozed' then 'snooze'
         when r.state = 'offered' and r.offer_expires_at < $1::timestamptz - interval '2 seconds' then 'offer'
         when c.away_since < $1::timestamptz - make_interval(mins => q.away_minutes) then 'away'
         else 'silent' end as kind,
       r.contact_id as "contactId", r.agent_id as "agentId", r.offer_id as "offerId"
     from contact_routing r
     join contact c on c.id = r.contact_id
     join queue q on q.id = r.queue_id
     where ((r.state = 'wrapUp' and r.wrap_up_until < $1)
       or (r.state = 'snoozed' and r.snoozed_until < $1)
       or (r.state = 'offered' and r.offer_expires_at < $1::timestamptz - interval '2 seconds')
       -- Who left a message in the night, or was put off, is not expected to stay.
       or (r.state not in ('wrapUp', 'snoozed') and not c.left_message and c.away_since < $1::timestamptz - make_interval(mins => q.away_minutes))
       -- The customer's silence, not ours: while an answer is owed, nothing is closed.
       or (r.state = 'active' and c.waiting_since is null
         and greatest(c.last_message_at, c.accepted_at) < $1::timestamptz - make_interval(mins => q.silence_minutes)))`

/** Contacts whose time is over, the oldest first. An offer is normally ended by the router's own timer; here is what it left behind. */
const loadDue = (reader: Reader, now: Date): Promise<Due[]> =>
  reader.named<Due & Record<string, unknown>>(
    'due-contacts',
    `${dueText} order by coalesce(r.wrap_up_until, r.snoozed_until, r.offer_expires_at, c.away_since, c.last_message_at) limit 200`,
    [now],
  )

/** Whether it is so still, on rows that nobody can change any more. The customer may have come back or written in the meantime. */
const isStillDue = async (tx: Tx, { kind, contactId }: Due, now: Date): Promise<boolean> => {
  const [due] = await tx.named<Due & Record<string, unknown>>('due-contact', `${dueText} and r.contact_id = $2 for update of c`, [now, contactId])
  return due?.kind === kind
}

const endDue = async (deps: SweepDeps, due: Due): Promise<Outcome<null>> => {
  if (due.kind === 'offer') return recordMissedOffer(deps, due, deps.fence)
  return deps.transaction(async (tx) => {
    if (!(await deps.fence(tx))) return refuse('routerDown')
    const held = await lockHeld(tx, due.contactId)
    const at = deps.now()
    if (!held || !(await isStillDue(tx, due, at))) return done(null)
    if (due.kind === 'away') return leaveContact(tx, deps, due.contactId, 'customerAway')
    if (due.kind === 'silent') return leaveContact(tx, deps, due.contactId, 'customerSilent')
    const refusal = guard(held.contact.state, due.kind === 'snooze' ? 'wake' : 'wrapUpLimit')
    if (refusal) return refusal
    if (due.kind === 'snooze') {
      await wakeContact(tx, held.contact, 'time', at)
      return done(null)
    }
    const { closeReason } = await tx.db.selectFrom('contact').select('closeReason').where('id', '=', due.contactId).executeTakeFirstOrThrow()
    await closeContact(tx, held.contact, { input: 'wrapUpLimit', by: 'limit', reason: (closeReason ?? 'agentEnded') as 'agentEnded' }, at)
    return done(null)
  })
}

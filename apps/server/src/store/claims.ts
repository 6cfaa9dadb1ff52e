/**
 * The claim: contacts and agents brought together for many pairs in one statement, or not at all for each pair.
 * Locks in the order of every writer: lease → agents by id → contacts by id. A pair whose rows have moved on is left
 * out and costs its neighbours nothing; a lease that was lost leaves nothing.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, OfferId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'
import { eventOf, type EventRow } from './log.ts'

export interface Claim {
  readonly contactId: ContactId
  readonly contactVersion: number
  readonly agentId: AgentId
  readonly agentVersion: number
  readonly offerId: string
  readonly expiresAt: Date
  /** Ids, numbers and enums only; becomes part of the event. */
  readonly trace: Record<string, unknown>
}

const claimText = `
  with lease as (
    select epoch from router_lease where epoch = $1 and expires_at > clock_timestamp() for key share
  ), pair as (
    select * from unnest($2::uuid[], $3::int[], $4::uuid[], $5::int[], $6::uuid[], $7::timestamptz[], $8::jsonb[])
      as p (contact_id, contact_version, agent_id, agent_version, offer_id, expires_at, trace)
  ), agent_locked as (
    select a.agent_id
    from agent_capacity a join pair p on p.agent_id = a.agent_id
    where exists (select from lease)
      and a.version = p.agent_version and a.state = 'available' and a.pending = 0
      and a.chat < a.max_chat and a.voice + a.chat + a.mail < a.max_total
    order by a.agent_id
    for update of a
  ), contact_locked as (
    select r.contact_id
    from contact_routing r join pair p on p.contact_id = r.contact_id
    where p.agent_id in (select agent_id from agent_locked) and r.version = p.contact_version and r.state = 'queued'
    order by r.contact_id
    for update of r
  ), won as (
    select p.*, row_number() over () as n from pair p
    where p.contact_id in (select contact_id from contact_locked) and p.agent_id in (select agent_id from agent_locked)
  ), moved as (
    update contact_routing r set version = r.version + 1, state = 'offered', agent_id = w.agent_id, offer_id = w.offer_id,
      offer_expires_at = w.expires_at, reserved_for = null, reserved_until = null
    from won w where r.contact_id = w.contact_id
    returning r.contact_id, r.version, r.queue_id
  ), taken as (
    update agent_capacity a set version = a.version + 1, pending = 1
    from won w where a.agent_id = w.agent_id
    returning a.agent_id, a.version
  ), offered as (
    insert into offer (id, contact_id, agent_id, offered_at, expires_at, trace)
    select offer_id, contact_id, agent_id, $9, expires_at, trace from won
  )
  insert into event (at, kind, subject, payload)
  select $9, 'contact.offered', w.contact_id, w.trace || jsonb_build_object(
    'contactId', w.contact_id, 'contactVersion', m.version, 'agentId', w.agent_id, 'agentVersion', t.version,
    'offerId', w.offer_id, 'queueId', m.queue_id, 'expiresAt', (extract(epoch from w.expires_at) * 1000)::bigint, 'epoch', $1)
  from won w join moved m on m.contact_id = w.contact_id join taken t on t.agent_id = w.agent_id
  returning tx::text, id::text, at, kind, payload`

/** Claims pairs; no agent and no contact may be named twice. Answers `contact.offered` for the pairs that were won. */
export const claimContacts = async (reader: Reader, epoch: number, claims: readonly Claim[], at: Date): Promise<LoggedEvent[]> =>
  (
    await reader.named<EventRow>('claim-contacts', claimText, [
      epoch,
      claims.map((claim) => claim.contactId),
      claims.map((claim) => claim.contactVersion),
      claims.map((claim) => claim.agentId),
      claims.map((claim) => claim.agentVersion),
      claims.map((claim) => claim.offerId),
      claims.map((claim) => claim.expiresAt),
      claims.map((claim) => JSON.stringify(claim.trace)),
      at,
    ])
  ).map(eventOf)

/**
 * $1 contact, $2 agent, $3 offer, $4 now. The new segment is drawn from the one that ends, so that two are never open.
 */
const acceptText = `
  with agent_locked as (
    select agent_id from agent_capacity where agent_id = $2 for update
  ), contact_locked as (
    select contact_id, queue_id from contact_routing
    where contact_id = $1 and agent_id = $2 and offer_id = $3 and state = 'offered' and exists (select from agent_locked)
    for update
  ), decided as (
    update offer set outcome = 'accepted', decided_at = $4
    where id = $3 and outcome = 'open' and exists (select from contact_locked)
  ), taken as (
    update agent_capacity k set version = k.version + 1, pending = 0, chat = k.chat + 1, ticket = nextval('agent_ticket'),
      max_chat = greatest(a.max_chats, k.chat + 1), max_total = greatest(a.max_total, k.voice + k.mail + k.chat + 1)
    from agent a where k.agent_id = $2 and a.id = $2 and exists (select from contact_locked)
    returning k.version, k.ticket, k.occupancy
  ), moved as (
    update contact_routing set version = version + 1, state = 'active', offer_id = null, offer_expires_at = null
    where contact_id in (select contact_id from contact_locked)
    returning version, queue_id
  ), owned as (
    update contact set version = version + 1, agent_id = $2, accepted_at = $4 where id in (select contact_id from contact_locked)
  ), ended as (
    update segment set ended_at = $4 where contact_id in (select contact_id from contact_locked) and ended_at is null returning contact_id
  ), begun as (
    insert into segment (contact_id, queue_id, agent_id, started_at)
    select ended.contact_id, moved.queue_id, $2, $4 from ended, moved
  )
  insert into event (at, kind, subject, payload)
  select $4, 'contact.accepted', $1, jsonb_build_object('contactId', $1::uuid, 'contactVersion', moved.version,
    'agentId', $2::uuid, 'agentVersion', taken.version, 'offerId', $3::uuid, 'ticket', taken.ticket,
    'occupancy', taken.occupancy)
  from moved, taken
  returning tx::text, id::text, at, kind, payload`

/** The agent takes an offered contact: false when this offer is not theirs, or not open any more. */
export const acceptClaim = async (
  tx: Tx,
  answer: { readonly contactId: ContactId; readonly agentId: AgentId; readonly offerId: OfferId },
  at: Date,
): Promise<boolean> => {
  const rows = await tx.named<EventRow>('accept-claim', acceptText, [answer.contactId, answer.agentId, answer.offerId, at])
  tx.events.push(...rows.map(eventOf))
  return rows.length > 0
}

/** What an agent may take without an offer: waiting contacts of queues that allow it, and what the agent has put off. */
import type { RaisedView, WaitingView } from '@otklik/contract/work'
import type { AgentId, ContactId, CustomerId, QueueId } from '@otklik/model/ids'
import type { Reader } from './database.ts'

const shown = 50

interface Row {
  id: ContactId
  queueId: QueueId
  queueName: string
  line: number
  targetSeconds: number
  customerId: CustomerId
  customerName: string | null
  customerNumber: number
  region: string
  waitingSince: Date
  words: string | null
  reservedFor: string | null
}

/** The longest waiting, of the queues whose skills the agent has and that are open. */
export const loadWaiting = async (reader: Reader, agentId: AgentId, now: Date): Promise<{ items: WaitingView[]; more: boolean }> => {
  const rows = await reader.named<Row & Record<string, unknown>>(
    'waiting-to-pick',
    `select r.contact_id as id, q.id as "queueId", q.name as "queueName", q.line, q.target_seconds as "targetSeconds",
       cu.id as "customerId", cu.name as "customerName", cu.number as "customerNumber", c.region,
       coalesce(c.waiting_since, r.arrived_at) as "waitingSince",
       (select left(m.parts -> 0 ->> 'text', 120) from message m where m.contact_id = c.id and m.author = 'customer' order by m.number desc limit 1) as words,
       case when r.reserved_until > $2 and r.reserved_for <> $1 then a.name end as "reservedFor"
     from contact_routing r
     join queue q on q.id = r.queue_id and q.picking and q.is_open and q.archived_at is null
     join contact c on c.id = r.contact_id
     join customer cu on cu.id = c.customer_id
     left join agent a on a.id = r.reserved_for
     where r.state = 'queued' and not exists (
       select from queue_skill needed where needed.queue_id = q.id and not exists (
         select from agent_skill has where has.agent_id = $1 and has.skill_id = needed.skill_id and has.level >= needed.level))
     order by r.arrived_at, r.seq limit $3`,
    [agentId, now, shown + 1],
  )
  return {
    items: rows.slice(0, shown).map((row) => ({
      id: row.id,
      queue: { id: row.queueId, name: row.queueName, line: row.line, targetSeconds: row.targetSeconds },
      customer: { id: row.customerId, name: row.customerName, number: row.customerNumber, region: row.region },
      waitingSince: row.waitingSince.toISOString(),
      words: row.words,
      reservedFor: row.reservedFor,
    })),
    more: rows.length > shown,
  }
}

/** What the agent has put off, the next one first. */
export const loadSnoozedIds = async (reader: Reader, agentId: AgentId): Promise<ContactId[]> =>
  (
    await reader.named<{ id: ContactId }>(
      'snoozed-by',
      `select contact_id as id from contact_routing where snoozed_by = $1 and state = 'snoozed' order by snoozed_until limit 200`,
      [agentId],
    )
  ).map(({ id }) => id)

/** For how long what is over is still shown to whoever raised it, hours. */
const shownHours = 12

interface RaisedRow {
  id: ContactId
  customerId: CustomerId
  customerName: string | null
  customerNumber: number
  region: string
  queueName: string
  raisedAt: Date
  state: RaisedView['state']
  agentName: string | null
  answeredAt: Date | null
  dispositionName: string | null
}

/** What the agent has raised to the second line: open ones, and those that were closed or answered lately; the newest first. */
export const loadRaised = async (reader: Reader, agentId: AgentId, now: Date): Promise<RaisedView[]> =>
  (
    await reader.named<RaisedRow & Record<string, unknown>>(
      'raised-by',
      `select c.id, cu.id as "customerId", cu.name as "customerName", cu.number as "customerNumber", c.region, q.name as "queueName",
         c.escalated_at as "raisedAt", coalesce(r.state, 'closed') as state,
         case when coalesce(r.state, 'closed') <> 'queued' then a.name end as "agentName",
         c.answered_at as "answeredAt", d.name as "dispositionName"
       from contact c
       join queue q on q.id = c.queue_id
       join customer cu on cu.id = c.customer_id
       left join contact_routing r on r.contact_id = c.id
       left join agent a on a.id = coalesce(r.agent_id, c.agent_id)
       left join disposition d on d.id = c.disposition_id
       -- What came back and was closed by oneself is no news.
       where c.escalated_by = $1 and (r.agent_id is null or r.agent_id <> $1) and (c.closed_at is null or c.agent_id is distinct from $1)
         and greatest(c.escalated_at, c.answered_at, c.closed_at) > $2::timestamptz - make_interval(hours => $3)
       order by c.escalated_at desc limit 50`,
      [agentId, now, shownHours],
    )
  ).map(({ customerId, customerName, customerNumber, region, raisedAt, answeredAt, ...row }) => ({
    ...row,
    customer: { id: customerId, name: customerName, number: customerNumber, region },
    raisedAt: raisedAt.toISOString(),
    answeredAt: answeredAt && answeredAt.toISOString(),
  }))

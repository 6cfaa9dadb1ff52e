/** What an agent may take without an offer: waiting contacts of queues that allow it, and what the agent has put off. */
import type { WaitingView } from '@otklik/contract/work'
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

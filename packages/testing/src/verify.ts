/** Holds the stored rows against the replayed log. Everything that does not fit, in words. */
import type pg from 'pg'
import type { LoggedEvent } from '@otklik/contract/events'
import { replay } from './replay.ts'

type Row = Record<string, unknown>

/** In one look: a server that still runs goes on writing. */
export const verifyReplay = async (pool: pg.Pool): Promise<string[]> => {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const faults = await verify(client)
    await client.query('commit')
    return faults
  } finally {
    client.release()
  }
}

const verify = async (client: pg.PoolClient): Promise<string[]> => {
  const rows = async <Shape extends Row>(text: string): Promise<Shape[]> => (await client.query<Shape>(text)).rows
  const events = (await rows<Row>('select tx::text as tx, id::text as id, at, kind, payload from event order by event.id')) as unknown as LoggedEvent[]
  const limits = await rows<{ id: string; max: number }>('select id, greatest(max_chats, max_total)::int as max from agent')
  const { contacts, agents, faults } = replay(events, new Map(limits.map((row) => [row.id, row.max])))

  const stored = await rows<{ id: string; state: string; version: number; queue_id: string; agent_id: string | null }>(
    `select c.id, coalesce(r.state, 'closed') as state, coalesce(r.version, c.final_routing_version) as version,
       c.queue_id, r.agent_id from contact c left join contact_routing r on r.contact_id = c.id`,
  )
  if (stored.length !== contacts.size) faults.push(`${stored.length} contacts are stored, ${contacts.size} are in the log`)
  for (const row of stored) {
    const seen = contacts.get(row.id)
    const wanted = [row.state, row.version, row.queue_id, row.agent_id].join(' ')
    const found = seen ? [seen.state, seen.version, seen.queueId, seen.agentId].join(' ') : 'nothing'
    if (found.trim() !== wanted.trim()) faults.push(`contact ${row.id} is stored as ${wanted}, the log says ${found}`)
  }
  const capacities = await rows<{ agent_id: string; version: number; state: string; held: number }>(
    'select agent_id, version, state, (chat + voice + mail + pending)::int as held from agent_capacity',
  )
  for (const row of capacities) {
    const seen = agents.get(row.agent_id) ?? { presence: 'offline', version: 1, held: new Set() }
    const wanted = `${row.state} ${row.version} ${row.held}`
    const found = `${seen.presence} ${seen.version} ${seen.held.size}`
    if (wanted !== found) faults.push(`agent ${row.agent_id} is stored as ${wanted}, the log says ${found}`)
  }
  const intervals = await rows<{ agent_id: string }>(
    `select agent_id from (
       select agent_id, started_at, ended_at, lead(started_at) over (partition by agent_id order by id) as next from presence_interval) p
     where next is not null and ended_at is distinct from next`,
  )
  for (const row of intervals) faults.push(`the presence of ${row.agent_id} has a gap or an overlap`)
  const offers = await rows<{ id: string }>(
    `select o.id from offer o left join contact_routing r on r.offer_id = o.id where (o.outcome = 'open') <> (r.contact_id is not null)`,
  )
  for (const row of offers) faults.push(`offer ${row.id} is open without a contact, or the other way round`)
  return faults
}

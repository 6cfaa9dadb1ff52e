/** A large centre's floor at work: people change their presence, customers come to a hundred queues and give up waiting. By SQL, as another node would write it. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'

export interface FloorLoad {
  /** When each agent's last change was committed, epoch milliseconds, with the presence that it came to. */
  readonly changed: Map<string, { at: number; state: string }>
  /** One tick: `toggles` presence changes, `comings` arrivals, as many goings. @returns events written */
  tick(size: { toggles: number; comings: number }): Promise<number>
  close(): Promise<void>
}

const beatMs = 1000

/** @param queues how many beside the sample's; nobody has the skill that they ask for, so that who comes waits */
export const prepareFloor = async (databaseUrl: string, queues: number): Promise<FloorLoad> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  const node = randomUUID()
  const beat = () => pool.query('insert into node (id, seen_at) values ($1, now()) on conflict (id) do update set seen_at = now()', [node])
  await beat()
  // Links of a node that lives: else everybody would be taken for lost.
  const beating = setInterval(() => void beat(), beatMs)
  await pool.query(`insert into link (id, node_id, agent_id) select gen_random_uuid(), $1, id from agent where email like 'bench%'`, [node])
  await pool.query(`update agent_capacity set state = 'available', version = version + 1 where agent_id in (select id from agent where email like 'bench%')`)
  await pool.query(`update presence_interval set state = 'available', cause = 'chosen' where ended_at is null and agent_id in (select id from agent where email like 'bench%')`)
  const skill = randomUUID()
  await pool.query(`insert into skill (id, name) values ($1, 'Никому')`, [skill])
  const made = Array.from({ length: queues }, randomUUID)
  await pool.query(
    `insert into queue (id, name, line, priority, target_seconds, offer_seconds, wrap_up_seconds, away_minutes, silence_minutes)
     select id, 'Очередь ' || n, 1, 3, 20, 20, 60, 600, 600 from unnest($1::uuid[]) with ordinality q(id, n)`,
    [made],
  )
  await pool.query('insert into queue_skill (queue_id, skill_id, level) select id, $2, 5 from unnest($1::uuid[]) id', [made, skill])
  const agents = (await pool.query<{ id: string }>(`select id from agent where email like 'bench%' order by id`)).rows.map(({ id }) => id)
  const channel = (await pool.query<{ id: string }>('select id from channel_account')).rows[0]?.id
  const waiting: string[] = []
  let [turn, place] = [0, 0]
  const changed: FloorLoad['changed'] = new Map()

  const toggle = async (client: pg.PoolClient, ids: readonly string[], at: Date) => {
    const { rows } = await client.query<{ id: string; was: string; state: string; version: number }>(
      `with picked as (select agent_id, state from agent_capacity where agent_id = any($1::uuid[]) order by agent_id for update)
       update agent_capacity k set state = case picked.state when 'available' then 'notReady' else 'available' end, version = k.version + 1
       from picked where k.agent_id = picked.agent_id returning k.agent_id as id, picked.state as was, k.state, k.version`,
      [ids],
    )
    const [who, states, was, versions] = [rows.map(({ id }) => id), rows.map(({ state }) => state), rows.map((row) => row.was), rows.map(({ version }) => version)]
    await client.query('update presence_interval set ended_at = $2 where agent_id = any($1::uuid[]) and ended_at is null', [who, at])
    await client.query(`insert into presence_interval (agent_id, state, cause, started_at) select id, state, 'chosen', $3 from unnest($1::uuid[], $2::text[]) p(id, state)`, [who, states, at])
    await client.query(
      `insert into event (at, kind, subject, payload) select $5, 'presence.changed', id, jsonb_build_object('agentId', id, 'agentVersion', version, 'from', was, 'to', state,
         'cause', 'chosen', 'reasonId', null, 'ticket', null, 'occupancy', null) from unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) p(id, state, was, version)`,
      [who, states, was, versions, at],
    )
    return rows
  }

  const come = (client: pg.PoolClient, ids: readonly string[], at: Date) =>
    client.query(
      `with come as (select id, gen_random_uuid() as customer, gen_random_uuid() as issue, ($2::uuid[])[1 + (n + $5)::int % $6] as queue from unnest($1::uuid[]) with ordinality c(id, n)),
       customers as (insert into customer (id, first_seen_at) select customer, $4 from come),
       issues as (insert into issue (id, customer_id, opened_at) select issue, customer, $4 from come),
       contacts as (insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, waiting_since, last_message_at, last_message_number)
         select id, issue, customer, $3, 'webChat', 'unknown', queue, $4, $4, $4, 1 from come),
       routed as (insert into contact_routing (contact_id, state, queue_id, customer_id, channel_account_id, channel, arrived_at) select id, 'queued', queue, customer, $3, 'webChat', $4 from come returning contact_id, seq),
       parts as (insert into segment (contact_id, queue_id, started_at) select id, queue, $4 from come)
       insert into event (at, kind, subject, payload) select $4, 'contact.queued', come.id, jsonb_build_object('contactId', come.id, 'contactVersion', 1, 'cause', 'arrived', 'customerId', customer, 'issueId', issue,
         'channelAccountId', $3::uuid, 'channel', 'webChat', 'queueId', queue, 'line', 1, 'targetSeconds', 20, 'language', null, 'region', 'unknown', 'arrivedAt', (extract(epoch from $4::timestamptz) * 1000)::bigint, 'seq', seq,
         'reservedFor', null, 'reservedUntil', null, 'fromAgentId', null, 'fromAgentVersion', null, 'fromAgentTicket', null, 'fromAgentOccupancy', null, 'excludedUntil', null)
       from come join routed on routed.contact_id = come.id`,
      [ids, made, channel, at, place, queues],
    )

  const go = async (client: pg.PoolClient, ids: readonly string[], at: Date) => {
    await client.query('delete from contact_routing where contact_id = any($1::uuid[])', [ids])
    await client.query('update segment set ended_at = $2 where contact_id = any($1::uuid[]) and ended_at is null', [ids, at])
    await client.query(`update contact set ended_at = $2, closed_at = $2, close_reason = 'abandoned', waiting_since = null, final_routing_version = 2, version = version + 1 where id = any($1::uuid[])`, [ids, at])
    await client.query(
      `insert into event (at, kind, subject, payload) select $2, 'contact.closed', id, jsonb_build_object('contactId', id, 'contactVersion', 2, 'agentId', null, 'agentVersion', null, 'ticket', null, 'occupancy', null,
         'reason', 'abandoned', 'dispositionId', null, 'resolved', null, 'by', 'customer') from unnest($1::uuid[]) id`,
      [ids, at],
    )
  }

  return {
    changed,
    async tick({ toggles, comings }) {
      const client = await pool.connect()
      const at = new Date()
      const whom = Array.from({ length: toggles }, () => agents[turn++ % agents.length] ?? '')
      const fresh = Array.from({ length: comings }, randomUUID)
      // Whoever came three seconds ago gives up.
      const gone = waiting.length > comings * 30 ? waiting.splice(0, comings) : []
      try {
        await client.query('begin')
        const rows = await toggle(client, whom, at)
        await come(client, fresh, at)
        if (gone.length > 0) await go(client, gone, at)
        await client.query('commit')
        const committed = Date.now()
        for (const { id, state } of rows) changed.set(id, { at: committed, state })
      } finally {
        client.release()
      }
      place += comings
      waiting.push(...fresh)
      return toggles + comings + gone.length
    },
    async close() {
      clearInterval(beating)
      await pool.end()
    },
  }
}

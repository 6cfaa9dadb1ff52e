/** The floor as it is now: rows of queues and agents, each loaded whole. */
import type { FloorAgent, FloorAlert, FloorQuarter, FloorQueue, FloorSlot, FloorView } from '@otklik/contract/floor'
import { counters } from '@otklik/metrics/sums'
import type { AgentId, QueueId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { columnOf } from './figure-columns.ts'
import type { Reach } from './reach.ts'

/** SQL: what is not zero of the sums of a row `alias`, as an object by counter. */
const sumsObject = (alias: string) =>
  `jsonb_strip_nulls(jsonb_build_object(${counters.map((name) => `'${name}', nullif(${alias}.${columnOf(name)}, 0)`).join(', ')}))`
const added = counters.map((name) => `sum(f.${columnOf(name)}) as ${columnOf(name)}`).join(', ')

const iso = (date: Date | null) => date && date.toISOString()

// ---- queues ----

interface QueueRow extends Omit<FloorQueue, 'oldestAt' | 'quarters'> {
  readonly oldestAt: Date | null
}

/**
 * SQL: who could be asked now, by queue: available agents with a free place who have all that it asks for, or what the queue asks whose
 * people help it out just now. All queues at once: agent by agent for
 * each queue it would cost a hundred times as much.
 */
const availableByQueue = `
  there as materialized (
    select k.agent_id from agent_capacity k join agent ka on ka.id = k.agent_id and ka.archived_at is null
    where k.state = 'available' and k.pending = 0 and k.chat < k.max_chat and k.voice + k.chat + k.mail < k.max_total
  ), asked as materialized (
    select queue_id, count(*) as skills from queue_skill group by queue_id
  ), able as (
    select needed.queue_id, has.agent_id, count(*) as skills from queue_skill needed
    join agent_skill has on has.skill_id = needed.skill_id and has.level >= needed.level
    join there on there.agent_id = has.agent_id
    group by needed.queue_id, has.agent_id
  ), fit as materialized (
    select queue_id, agent_id from able join asked using (queue_id, skills)
  ), free as materialized (
    select asked.queue_id, count(who.agent_id) as available from asked left join (
      select queue_id, agent_id from fit
      union select hq.id, fit.agent_id from queue hq join fit on fit.queue_id = hq.overflow_queue_id where hq.overflowing
    ) who using (queue_id) group by asked.queue_id
  )`

/**
 * SQL: contacts that nobody has answered yet and that are not late, by queue and quarter; $1 is now. They were counted as offered
 * when they came; as the floor goes, they are neither hit nor missed yet. What is not over is kept with the sums, in one transaction.
 */
const earlyContacts = `
  select (stay ->> 'queueId')::uuid as queue_id, to_timestamp(floor((stay ->> 'enteredAt')::float8 / 900000) * 900) as quarter, count(*) as early
  from metric_life cross join lateral (select life -> 'stay' as stay) s
  where kind = 'contact' and stay ->> 'isAnswered' = 'false'
    and (stay ->> 'enteredAt')::float8 + (stay ->> 'targetMs')::float8 >= extract(epoch from $1::timestamptz) * 1000
  group by 1, 2`

const queueText = `
  with ${availableByQueue}
  select q.id, q.name, q.line, q.target_seconds as "targetSeconds", q.is_open as "isOpen",
    (select h.name from queue h where q.overflowing and h.id = q.overflow_queue_id) as "helpedBy",
    coalesce(w.waiting, 0)::int as waiting, w.oldest_at as "oldestAt", coalesce(w.in_hand, 0)::int as "inHand",
    coalesce(free.available, (select count(*) from there))::int as available, coalesce(e.early, 0)::int as early,
    coalesce(d.sums, '{}') as today
  from queue q
  left join (
    select queue_id, count(*) filter (where state in ('queued', 'offered')) as waiting,
      min(arrived_at) filter (where state in ('queued', 'offered')) as oldest_at, count(*) filter (where state in ('active', 'wrapUp')) as in_hand
    from contact_routing group by queue_id) w on w.queue_id = q.id
  left join free on free.queue_id = q.id
  left join (select queue_id, sum(early) as early from (${earlyContacts}) c group by 1) e on e.queue_id = q.id
  left join lateral (
    select ${sumsObject('s')} as sums from (
      select ${added} from metric_day f
      where f.queue_id = q.id and f.day = ($1::timestamptz at time zone coalesce(q.hours ->> 'timeZone', (select time_zone from company)))::date) s) d on true
  where q.archived_at is null and ($2::uuid[] is null or q.id = any($2))
  order by q.line, lower(q.name) collate "ru-x-icu"`

const quarterText = `
  select f.queue_id as "queueId", f.at, greatest(0, sum(f.offered) - coalesce(min(e.early), 0)) as offered, sum(f.short_abandoned) as "shortAbandoned", sum(f.answered_in_target) as "answeredInTarget"
  from metric_interval f left join (${earlyContacts}) e on e.queue_id = f.queue_id and e.quarter = f.at
  where f.at > $1::timestamptz - interval '4 hours' and ($2::uuid[] is null or f.queue_id = any($2))
  group by 1, 2 order by 2`

export type Quarters = ReadonlyMap<QueueId, FloorQuarter[]>

/** Four hours by quarters, for the queues of the reach. */
export const loadQuarters = async (reader: Reader, { queueIds }: Reach, now: Date): Promise<Quarters> => {
  const rows = await reader.named<Omit<FloorQuarter, 'at'> & { queueId: QueueId; at: Date }>('floor-quarters', quarterText, [now, queueIds])
  const quarters = new Map<QueueId, FloorQuarter[]>()
  for (const { queueId, at, ...sums } of rows) {
    const own = quarters.get(queueId) ?? []
    if (own.length === 0) quarters.set(queueId, own)
    own.push({ at: at.toISOString(), ...sums })
  }
  return quarters
}

export const loadFloorQueues = async (reader: Reader, { queueIds }: Reach, quarters: Quarters, now: Date): Promise<FloorQueue[]> =>
  (await reader.named<QueueRow & Record<string, unknown>>('floor-queues', queueText, [now, queueIds])).map((row) => ({
    ...row,
    today: row.today['offered'] === undefined ? row.today : { ...row.today, offered: Math.max(0, row.today['offered'] - row.early) },
    oldestAt: iso(row.oldestAt),
    quarters: quarters.get(row.id) ?? [],
  }))

// ---- agents ----

interface AgentRow extends Omit<FloorAgent, 'presence' | 'timeCountedTo'> {
  readonly state: FloorAgent['presence']['state']
  readonly cause: FloorAgent['presence']['cause'] | null
  readonly reasonName: string | null
  readonly since: Date | null
  readonly countedTo: number | null
}

/** SQL: a slot of the contact `c` with its routing row `r`, its offer `o` and its customer `cu`. */
const slotObject = `jsonb_build_object('contactId', c.id, 'state', r.state, 'channel', r.channel, 'queueId', r.queue_id, 'customerName', cu.name, 'customerNumber', cu.number,
  'since', to_char(coalesce(case r.state when 'offered' then o.offered_at when 'active' then c.accepted_at when 'wrapUp' then c.ended_at end, r.arrived_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'waitingSince', to_char(c.waiting_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`
const slotTables = `contact_routing r join contact c on c.id = r.contact_id join customer cu on cu.id = r.customer_id left join offer o on o.id = r.offer_id`

const agentText = `
  select a.id, a.name, a.team_id as "teamId", k.state, k.lost_at is not null as "isLost", k.max_total as "maxTotal",
    p.cause, re.name as "reasonName", p.started_at as since,
    coalesce((select jsonb_agg(${slotObject} order by c.accepted_at nulls last, c.arrived_at) from ${slotTables} where r.agent_id = a.id), '[]') as slots,
    coalesce(d.sums, '{}') as today, (m.life ->> 'countedTo')::float8 as "countedTo"
  from agent a
  join agent_capacity k on k.agent_id = a.id
  left join presence_interval p on p.agent_id = a.id and p.ended_at is null
  left join not_ready_reason re on re.id = p.reason_id
  left join team t on t.id = a.team_id
  left join site si on si.id = t.site_id
  left join metric_life m on m.kind = 'agent' and m.id = a.id
  cross join lateral (select coalesce(si.time_zone, (select time_zone from company)) as zone) z
  left join lateral (
    select ${sumsObject('s')} as sums from (
      select ${added} from metric_agent_day f where f.agent_id = a.id and f.day = ($1::timestamptz at time zone z.zone)::date) s) d on true
  where a.archived_at is null and a.role <> 'administrator' and ($2::uuid[] is null or a.team_id = any($2)) and ($3::uuid[] is null or a.id = any($3))
  order by lower(a.name) collate "ru-x-icu", a.id`

/** @param ids only these, as far as they are within reach; null: all who are */
export const loadFloorAgents = async (reader: Reader, { teamIds }: Reach, ids: readonly AgentId[] | null, now: Date): Promise<FloorAgent[]> =>
  (await reader.named<AgentRow & Record<string, unknown>>('floor-agents', agentText, [now, teamIds, ids])).map(
    ({ state, cause, reasonName, since, countedTo, ...agent }) => ({
      ...agent,
      presence: { state, cause: cause ?? 'signedOut', reasonName, since: (since ?? now).toISOString() },
      timeCountedTo: countedTo === null ? null : new Date(countedTo).toISOString(),
    }),
  )

// ---- all of it ----

export const loadPlaces = async (reader: Reader): Promise<Pick<FloorView, 'sites' | 'teams'>> => {
  const [sites, teams] = await Promise.all([
    reader.db.selectFrom('site').select(['id', 'name', 'timeZone']).where('archivedAt', 'is', null).orderBy('name').execute(),
    reader.db.selectFrom('team').select(['id', 'name', 'siteId']).where('archivedAt', 'is', null).orderBy('name').execute(),
  ])
  return { sites, teams } as Pick<FloorView, 'sites' | 'teams'>
}

/** Everything that the reach has, in one look. */
export const loadFloor = async (reader: Reader, reach: Reach, now: Date): Promise<FloorView> => {
  const quarters = await loadQuarters(reader, reach, now)
  const [queues, agents, places] = await Promise.all([loadFloorQueues(reader, reach, quarters, now), loadFloorAgents(reader, reach, null, now), loadPlaces(reader)])
  return { queues, agents, ...places, at: now.toISOString() }
}

/** An agent who may be steered: within reach, with a desk, not archived. */
export const isWithinReach = async (reader: Reader, { teamIds }: Reach, agentId: AgentId): Promise<boolean> =>
  (
    await reader.named('agent-within-reach', `select from agent where id = $1 and archived_at is null and role <> 'administrator' and ($2::uuid[] is null or team_id = any($2))`, [
      agentId,
      teamIds,
    ])
  ).length > 0

/** How many agents are in each presence; each of them is told, with nobody in it too. */
export const loadPresenceCounts = async (reader: Reader): Promise<Map<string, number>> => {
  const rows = await reader.named<{ state: string; count: number }>(
    'presence-counts',
    `select p.state, count(a.id)::int as count from unnest(array['available', 'notReady', 'offline']) p(state)
     left join agent_capacity k on k.state = p.state left join agent a on a.id = k.agent_id and a.archived_at is null and a.role <> 'administrator' group by 1`,
    [],
  )
  return new Map(rows.map(({ state, count }) => [state, count]))
}

/** Who waits in a queue, longest first; one more than `limit` when there are more. */
export const loadQueueWaiting = async (reader: Reader, queueId: QueueId, limit: number): Promise<FloorSlot[]> =>
  (
    await reader.named<{ slot: FloorSlot }>(
      'queue-waiting',
      `select ${slotObject} as slot from ${slotTables} where r.queue_id = $1 and r.state in ('queued', 'offered') order by r.arrived_at, r.seq limit $2`,
      [queueId, limit + 1],
    )
  ).map(({ slot }) => slot)

/** When the screen of this supervisor calls. */
export const loadAlerts = async (reader: Reader, agentId: AgentId): Promise<FloorAlert[]> =>
  (await reader.db.selectFrom('floorAlert').select(['id', 'queueId', 'figure', 'threshold', 'forSeconds']).where('agentId', '=', agentId).orderBy('id').execute()) as FloorAlert[]


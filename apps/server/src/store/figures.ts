/** Figures as they are kept: where the counting stands, what is not over there, and sums by interval and by day. */
import type { AgentLife } from '@otklik/metrics/agent-time'
import type { ContactLife } from '@otklik/metrics/contact-life'
import type { Distribution, Increment } from '@otklik/metrics/event'
import { createFollowing, type Following, type IssueLife } from '@otklik/metrics/follow'
import { bucketOf } from '@otklik/metrics/histogram'
import { addSums, counters, intervalOf, type Counter } from '@otklik/metrics/sums'
import type { Reader, Tx } from './database.ts'
import { queueZone, siteZone } from './figure-clock.ts'
import { columnOf } from './figure-columns.ts'
import type { Cursor } from './log.ts'

/** @throws when the log is not the one that was counted */
export const loadFiguresCursor = async (reader: Reader): Promise<Cursor> => {
  const [row] = await reader.named<{ generation: number; tx: string; id: string; isSame: boolean }>(
    'figures-cursor',
    'select c.generation, c.tx::text, c.id::text, c.generation = g.generation as "isSame" from metric_cursor c, log_generation g',
    [],
  )
  if (!row) throw new Error('metric_cursor is empty')
  if (!row.isSame) throw new Error(`figures were counted from generation ${row.generation} of the log, which is gone`)
  return row
}

/** Moves the cursor on; false when it does not stand where the caller believes: somebody else has counted. */
export const moveFiguresCursor = async (tx: Tx, from: Cursor, to: Cursor): Promise<boolean> =>
  (
    await tx.named('move-figures-cursor', `update metric_cursor set tx = $4::xid8, id = $5 where generation = $1 and tx = $2::xid8 and id = $3 returning 1`, [
      from.generation,
      from.tx,
      from.id,
      to.tx,
      to.id,
    ])
  ).length > 0

// ---- what is not over ----

type KeptAgent = Omit<AgentLife, 'held'> & { readonly held: readonly (readonly [string, number])[] }
const keepAgent = (life: AgentLife): KeptAgent => ({ ...life, held: [...life.held] })
const takeAgent = (life: KeptAgent): AgentLife => ({ ...life, held: new Map(life.held) })

export const loadLives = async (reader: Reader): Promise<Following> => {
  const following = createFollowing()
  const rows = await reader.named<{ kind: string; id: string; life: unknown }>('lives', 'select kind, id, life from metric_life', [])
  for (const { kind, id, life } of rows) {
    if (kind === 'contact') following.contacts.set(id, life as ContactLife)
    else if (kind === 'agent') following.agents.set(id, takeAgent(life as KeptAgent))
    else following.issues.set(id, life as IssueLife)
  }
  return following
}

/** Writes what was touched. The note of it is emptied by the caller, once this is durable. */
export const keepLives = async (tx: Tx, following: Following): Promise<void> => {
  const { contacts, agents, issues, touched } = following
  const kept: { kind: string; id: string; life: unknown }[] = []
  const gone: { kind: string; id: string }[] = []
  const note = (kind: string, id: string, life: unknown) => (life === undefined ? gone.push({ kind, id }) : kept.push({ kind, id, life }))
  for (const id of touched.contacts) note('contact', id, contacts.get(id))
  for (const id of touched.issues) note('issue', id, issues.get(id))
  for (const id of touched.agents) {
    const life = agents.get(id)
    note('agent', id, life && keepAgent(life))
  }
  if (kept.length > 0)
    await tx.named(
      'keep-lives',
      `insert into metric_life (kind, id, life) select kind, id, life from jsonb_to_recordset($1) as r(kind text, id uuid, life jsonb)
       on conflict (kind, id) do update set life = excluded.life`,
      [JSON.stringify(kept)],
    )
  if (gone.length > 0)
    await tx.named(
      'forget-lives',
      `delete from metric_life l using jsonb_to_recordset($1) as r(kind text, id uuid) where l.kind = r.kind and l.id = r.id`,
      [JSON.stringify(gone)],
    )
}

// ---- sums ----

const columns = counters.map(columnOf)
const typed = counters.map((name) => `"${name}" float8`).join(', ')
const given = counters.map((name) => `coalesce(r."${name}", 0)`).join(', ')
const added = columns.map((column) => `${column} = m.${column} + excluded.${column}`).join(', ')

const addIntervals = `insert into metric_interval as m (at, queue_id, channel, region, ${columns.join(', ')})
  select r.at, r."queueId", r.channel, r.region, ${given}
  from jsonb_to_recordset($1) as r(at timestamptz, "queueId" uuid, channel text, region text, ${typed})
  on conflict (at, queue_id, channel, region) do update set ${added}`

const addAgentIntervals = `insert into metric_agent_interval as m (at, agent_id, queue_id, channel, ${columns.join(', ')})
  select r.at, r."agentId", r."queueId", r.channel, ${given}
  from jsonb_to_recordset($1) as r(at timestamptz, "agentId" uuid, "queueId" uuid, channel text, ${typed})
  on conflict (agent_id, at, queue_id, channel) do update set ${added}`

/** The same without queue and channel, for the days of whole sites (migration 0025). */
const addAgentTotals = `insert into metric_agent_interval_total as m (at, agent_id, ${columns.join(', ')})
  select r.at, r."agentId", ${counters.map((name) => `sum(coalesce(r."${name}", 0))`).join(', ')}
  from jsonb_to_recordset($1) as r(at timestamptz, "agentId" uuid, ${typed})
  group by 1, 2
  on conflict (at, agent_id) do update set ${added}`

/** A day belongs to the queue's zone: that of its hours, else the company's. Days begin with an interval in every zone. */
const dayOf = `(r.at at time zone ${queueZone})::date`
const ofDay = `left join queue q on q.id = r."queueId"`

const addDays = `insert into metric_day as m (day, queue_id, channel, region, ${columns.join(', ')})
  select ${dayOf}, r."queueId", r.channel, r.region, ${counters.map((name) => `sum(coalesce(r."${name}", 0))`).join(', ')}
  from jsonb_to_recordset($1) as r(at timestamptz, "queueId" uuid, channel text, region text, ${typed}) ${ofDay}
  group by 1, 2, 3, 4
  on conflict (day, queue_id, channel, region) do update set ${added}`

/** Of people: that of their site. */
const addAgentDays = `insert into metric_agent_day as m (day, agent_id, queue_id, channel, ${columns.join(', ')})
  select (r.at at time zone ${siteZone})::date, r."agentId", r."queueId", r.channel, ${counters.map((name) => `sum(coalesce(r."${name}", 0))`).join(', ')}
  from jsonb_to_recordset($1) as r(at timestamptz, "agentId" uuid, "queueId" uuid, channel text, ${typed})
  left join agent a on a.id = r."agentId" left join team t on t.id = a.team_id left join site s on s.id = t.site_id
  group by 1, 2, 3, 4
  on conflict (agent_id, day, queue_id, channel) do update set ${added}`

/** Distributions stand once for each way in which they are told apart: adding them up for a month would take seconds. */
const histogramTables = {
  metric_day_histogram: ['queue_id', 'region'],
  metric_day_histogram_by_queue: ['queue_id'],
  metric_day_histogram_by_region: ['region'],
  metric_day_histogram_by_channel: [],
} as const

const addHistograms = Object.entries(histogramTables).map(([table, apart]) => {
  const key = ['day', ...apart, 'channel', 'distribution', 'bucket'].join(', ')
  return {
    name: `add-${table}`,
    text: `insert into ${table} as m (${key}, cases)
      select ${dayOf} as day, ${apart.map((column) => (column === 'queue_id' ? 'r."queueId", ' : 'r.region, ')).join('')}r.channel, r.distribution, r.bucket, sum(r.cases)
      from jsonb_to_recordset($1) as r(at timestamptz, "queueId" uuid, channel text, region text, distribution text, bucket smallint, cases float8) ${ofDay}
      group by ${Array.from({ length: apart.length + 4 }, (_, at) => at + 1).join(', ')}
      on conflict (${key}) do update set cases = m.cases + excluded.cases`,
  }
})

type Row = { [Name in Counter]?: number } & Record<string, unknown>

/** Rows of one key each. */
class Rows {
  readonly #rows = new Map<string, Row>()

  of(...key: [string, unknown][]): Row {
    const name = JSON.stringify(key)
    let row = this.#rows.get(name)
    if (!row) this.#rows.set(name, (row = Object.fromEntries(key)))
    return row
  }

  get text(): string {
    return JSON.stringify([...this.#rows.values()])
  }

  get size(): number {
    return this.#rows.size
  }
}

/** Adds increments to the sums of their interval, their agent, and their day. One transaction at a time: whoever holds the cursor's row. */
export const addFigures = async (tx: Tx, increments: readonly Increment[]): Promise<void> => {
  const [ofQueues, ofAgents, samples] = [new Rows(), new Rows(), new Rows()]
  for (const { at, subject, sums, samples: taken } of increments) {
    const { queueId = null, channel = null, region = null, agentId } = subject
    const interval: [string, unknown] = ['at', new Date(intervalOf(at)).toISOString()]
    if (agentId !== undefined) addSums(ofAgents.of(interval, ['agentId', agentId], ['queueId', queueId], ['channel', channel]), sums)
    if (queueId === null) continue
    const place: [string, unknown][] = [interval, ['queueId', queueId], ['channel', channel], ['region', region]]
    addSums(ofQueues.of(...place), sums)
    for (const [distribution, ms] of Object.entries(taken ?? {}) as [Distribution, number][]) {
      const row = samples.of(...place, ['distribution', distribution], ['bucket', bucketOf(ms)])
      row['cases'] = ((row['cases'] as number | undefined) ?? 0) + 1
    }
  }
  if (ofQueues.size > 0) {
    await tx.named('add-intervals', addIntervals, [ofQueues.text])
    await tx.named('add-days', addDays, [ofQueues.text])
  }
  if (ofAgents.size > 0) {
    await tx.named('add-agent-intervals', addAgentIntervals, [ofAgents.text])
    await tx.named('add-agent-totals', addAgentTotals, [ofAgents.text])
    await tx.named('add-agent-days', addAgentDays, [ofAgents.text])
  }
  if (samples.size > 0) for (const { name, text } of addHistograms) await tx.named(name, text, [samples.text])
}

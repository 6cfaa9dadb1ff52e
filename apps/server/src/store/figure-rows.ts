/** Reading the sums of figures: over a period, in steps, told apart by what is asked for. */
import type { FiguresQuery, FiguresRow } from '@otklik/contract/figures'
import { counters } from '@otklik/metrics/sums'
import type { Reader } from './database.ts'
import { isOfAgents } from './figure-clock.ts'
import { keyOf, nameOf, sumsOf, type Told } from './figure-columns.ts'
import { loadQuarterRows } from './figure-quarters.ts'
import type { Reach } from './reach.ts'

/** $1 and $2 are the first and the last day, $3 the queue, $4 the channel, then region and reach of queues, or agent, team, site and reach of people. */
const sources = {
  queues: {
    from: 'metric_day f',
    where: '($3::uuid is null or f.queue_id = $3) and ($4::text is null or f.channel = $4) and ($5::text is null or f.region = $5) and ($6::uuid[] is null or f.queue_id = any($6))',
  },
  agents: {
    from: 'metric_agent_day f join agent a on a.id = f.agent_id left join team t on t.id = a.team_id',
    where: `($3::uuid is null or f.queue_id = $3) and ($4::text is null or f.channel = $4) and ($5::uuid is null or f.agent_id = $5) and ($6::uuid is null or a.team_id = $6)
      and ($7::uuid is null or t.site_id = $7) and ($8::uuid[] is null or a.team_id = any($8))`,
  },
} as const

type Place = Pick<FiguresRow, 'day' | 'key' | 'name'>
const placeOf = ({ day, key }: Pick<Place, 'day' | 'key'>) => JSON.stringify([day, key])

/** The rows of a period, by day, minute and key. Nothing for what never happened, or lies out of reach. */
export const loadFigureRows = async (reader: Reader, query: FiguresQuery, reach: Reach, now: Date): Promise<FiguresRow[]> => {
  const told = (query.step === 'quarter' ? await loadQuarterRows(reader, query, reach, now) : await loadDayRows(reader, query, reach)).map((row): FiguresRow => ({
    ...row,
    sums: Object.fromEntries(Object.entries(row.sums).filter(([, value]) => value !== 0)),
    histograms: {},
  }))
  if (query.step !== 'quarter' && !isOfAgents(query)) await addHistograms(reader, told, query, reach)
  return told
}

const valuesOf = ({ from, to, queueId, channel, region }: FiguresQuery, reach: Reach) => [from, to, queueId ?? null, channel ?? null, region ?? null, reach.queueIds]

const loadDayRows = async (reader: Reader, query: FiguresQuery, reach: Reach): Promise<Told[]> => {
  const { from, to, step, by, of, queueId = null, channel = null, agentId = null, teamId = null, siteId = null } = query
  const ofAgents = isOfAgents(query)
  const source = sources[ofAgents ? 'agents' : 'queues']
  const isTime = of === 'time'
  const rows = await reader.named<Place & Record<string, unknown>>(
    `figures-of-${ofAgents ? 'agents' : 'queues'}-${step}-${by ?? 'none'}${isTime ? '-time' : ''}`,
    `select g.*, ${by ? nameOf(by) : 'null::text'} as name from (
       select ${step === 'day' ? `to_char(f.day, 'YYYY-MM-DD')` : 'null::text'} as day, ${by ? keyOf(by) : 'null::text'} as key, ${sumsOf(isTime ? ['busyMs', 'availableMs', 'notReadyMs'] : counters)}
       from ${source.from} where f.day between $1 and $2 and ${source.where}${isTime ? ' and f.queue_id is null' : ''} group by 1, 2
     ) g order by g.day, name, g.key`,
    ofAgents ? [from, to, queueId, channel, agentId, teamId, siteId, reach.teamIds] : valuesOf(query, reach),
  )
  return rows.map(({ day, key, name, ...sums }) => ({ day, minute: null, again: false, key, name, sums: sums as Told['sums'] }))
}

/** Distributions are read where they are told apart as much as is asked for, and no more: packed days add up in milliseconds. */
const addHistograms = async (reader: Reader, told: readonly FiguresRow[], query: FiguresQuery, reach: Reach): Promise<void> => {
  const { step, by, queueId, channel, region } = query
  const needsQueue = queueId !== undefined || by === 'queue' || reach.queueIds !== null
  const needsRegion = region !== undefined || by === 'region'
  const table = needsQueue ? (needsRegion ? 'metric_day_histogram' : 'metric_day_histogram_by_queue') : needsRegion ? 'metric_day_histogram_by_region' : 'metric_day_histogram_by_channel'
  // What is not asked for is left out, so that an index by queue and region serves; every parameter is named all the same, as the
  // database must know what each of them is. Without a queue all of them are named.
  const where = [
    'f.day between $1 and $2',
    queueId === undefined ? '$3::uuid is null' : 'f.queue_id = $3',
    channel === undefined ? '$4::text is null' : 'f.channel = $4',
    region === undefined ? '$5::text is null' : 'f.region = $5',
    !needsQueue ? '$6::uuid[] is null' : queueId !== undefined && reach.queueIds === null ? '$6::uuid[] is null' : 'f.queue_id = any(coalesce($6::uuid[], array(select id from queue)))',
  ]
  const given = [queueId, channel, region, reach.queueIds ?? undefined].map((value) => (value === undefined ? '-' : '+')).join('')
  const samples = await reader.named<{ day: string | null; key: string | null; distribution: string; buckets: [number, number][] }>(
    `${table}-${step}-${by ?? 'none'}${given}`,
    `select day, key, distribution, jsonb_agg(jsonb_build_array(bucket, cases) order by bucket) as buckets
     from (
       select ${step === 'day' ? `to_char(f.day, 'YYYY-MM-DD')` : 'null::text'} as day, ${by ? keyOf(by) : 'null::text'} as key, f.distribution, f.bucket, sum(f.cases) as cases
       from ${table} f where ${where.join(' and ')} group by 1, 2, 3, 4
     ) s
     group by 1, 2, 3`,
    valuesOf(query, reach),
  )
  const byPlace = new Map(told.map((row) => [placeOf(row), row]))
  for (const { distribution, buckets, ...at } of samples) {
    const row = byPlace.get(placeOf(at))
    if (row) row.histograms[distribution] = buckets
  }
}

/** Up to when everything is counted: the first event that is not, or now. */
export const loadCountedTo = async (reader: Reader, now: Date): Promise<Date> => {
  const [row] = await reader.named<{ at: Date }>(
    'counted-to',
    'select e.at from event e, metric_cursor c where (e.tx, e.id) > (c.tx, c.id) order by e.tx, e.id limit 1',
    [],
  )
  return row?.at ?? now
}

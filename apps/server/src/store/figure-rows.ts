/** Reading the sums of figures: over a period, in steps, told apart by what is asked for. */
import type { FiguresQuery, FiguresRow } from '@otklik/contract/figures'
import { counters } from '@otklik/metrics/sums'
import type { Reader } from './database.ts'
import { columnOf } from './figures.ts'

type By = NonNullable<FiguresQuery['by']>

/** Figures of people are kept apart from those of queues: an answered contact counts in both. */
export const isOfAgents = ({ by, agentId, teamId, siteId }: FiguresQuery): boolean =>
  by === 'agent' || by === 'team' || by === 'site' || agentId !== undefined || teamId !== undefined || siteId !== undefined

const company = '(select time_zone from company)'
const local = (zone: string) => `cross join lateral (select f.at at time zone coalesce(${zone}, ${company}) as at) l`

/** Intervals by the clock on the wall of their zone. */
const byQuarter = {
  day: 'l.at::date',
  minute: 'extract(hour from l.at)::int * 60 + extract(minute from l.at)::int',
  // No zone is further from Greenwich than fourteen hours.
  within: `f.at >= $1::date - interval '1 day' and f.at < $2::date + interval '2 days' and l.at::date between $1 and $2`,
}

/** Each: rows with `day` and `minute`, of which those of the period are chosen. $1 and $2 are its first and last day. */
const sources = {
  queueDays: { from: 'metric_day f', day: 'f.day', minute: 'null::int', within: 'f.day between $1 and $2' },
  queueQuarters: { from: `metric_interval f left join queue q on q.id = f.queue_id ${local(`q.hours ->> 'timeZone'`)}`, ...byQuarter },
  agents: {
    from: `metric_agent_interval f join agent a on a.id = f.agent_id left join team t on t.id = a.team_id left join site s on s.id = t.site_id ${local('s.time_zone')}`,
    ...byQuarter,
  },
} as const

const keys: { readonly [Key in By]: { readonly key: string; readonly name: string } } = {
  queue: { key: 'f.queue_id::text', name: '(select name from queue where id = f.queue_id)' },
  channel: { key: 'f.channel', name: 'null::text' },
  region: { key: 'f.region', name: 'null::text' },
  agent: { key: 'f.agent_id::text', name: 'a.name' },
  team: { key: 'a.team_id::text', name: 't.name' },
  site: { key: 't.site_id::text', name: 's.name' },
}

/** $3 queue, $4 channel, then region of queues, or agent, team and site. */
const filters = {
  queues: '($3::uuid is null or f.queue_id = $3) and ($4::text is null or f.channel = $4) and ($5::text is null or f.region = $5)',
  agents:
    '($3::uuid is null or f.queue_id = $3) and ($4::text is null or f.channel = $4) and ($5::uuid is null or f.agent_id = $5) and ($6::uuid is null or a.team_id = $6) and ($7::uuid is null or t.site_id = $7)',
}

const sums = counters.map((name) => `sum(f.${columnOf(name)}) as "${name}"`).join(', ')

interface Place {
  day: string | null
  minute: number | null
  key: string | null
  name: string | null
}

const placeOf = ({ day, minute, key }: Place) => JSON.stringify([day, minute, key])

/** The rows of a period, by day, minute and key. Nothing for what never happened. */
export const loadFigureRows = async (reader: Reader, query: FiguresQuery): Promise<FiguresRow[]> => {
  const { from, to, step, by, queueId = null, channel = null, region = null, agentId = null, teamId = null, siteId = null } = query
  const ofAgents = isOfAgents(query)
  const source = sources[ofAgents ? 'agents' : step === 'quarter' ? 'queueQuarters' : 'queueDays']
  const values = [from, to, queueId, channel, ...(ofAgents ? [agentId, teamId, siteId] : [region])]
  const where = `${source.within} and ${filters[ofAgents ? 'agents' : 'queues']}`
  const place = `${step === 'all' ? 'null::text' : `to_char(${source.day}, 'YYYY-MM-DD')`} as day, ${step === 'quarter' ? source.minute : 'null::int'} as minute,
    ${by ? keys[by].key : 'null::text'} as key, ${by ? keys[by].name : 'null::text'} as name`
  const name = `${ofAgents ? 'agents' : 'queues'}-${step}-${by ?? 'none'}`
  const rows = await reader.named<Place & Record<string, unknown>>(
    `figures-${name}`,
    `select ${place}, ${sums} from ${source.from} where ${where} group by 1, 2, 3, 4 order by 1, 2, 4, 3`,
    values,
  )
  const told = rows.map(({ day, minute, key, name, ...values }): FiguresRow => ({
    day, minute, key, name,
    sums: Object.fromEntries(Object.entries(values as Record<string, number>).filter(([, value]) => value !== 0)),
    histograms: {},
  }))
  if (ofAgents || step === 'quarter') return told
  const byPlace = new Map(told.map((row) => [placeOf(row), row]))
  const samples = await reader.named<Place & { distribution: string; buckets: [number, number][] } & Record<string, unknown>>(
    `histograms-${name}`,
    `select day, minute, key, name, distribution, jsonb_agg(jsonb_build_array(bucket, cases) order by bucket) as buckets
     from (select ${place}, f.distribution, f.bucket, sum(f.cases) as cases from metric_day_histogram f where ${where} group by 1, 2, 3, 4, 5, 6) s
     group by 1, 2, 3, 4, 5`,
    values,
  )
  for (const { distribution, buckets, ...at } of samples) {
    const row = byPlace.get(placeOf(at))
    if (row) row.histograms[distribution] = buckets
  }
  return told
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

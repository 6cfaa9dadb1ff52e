/** Reading the sums of figures: over a period, in steps, told apart by what is asked for. */
import type { FiguresQuery, FiguresRow, FiguresSubject } from '@otklik/contract/figures'
import { counters, type Counter } from '@otklik/metrics/sums'
import type { Reader } from './database.ts'
import { clockOf, nearDays, queueZone, siteZone } from './figure-clock.ts'
import { columnOf } from './figures.ts'
import type { Reach } from './reach.ts'

type By = NonNullable<FiguresQuery['by']>

/** Figures of people are kept apart from those of queues: an answered contact counts in both. */
export const isOfAgents = ({ by, agentId, teamId, siteId }: FiguresSubject & { readonly by?: By | undefined }): boolean =>
  by === 'agent' || by === 'team' || by === 'site' || agentId !== undefined || teamId !== undefined || siteId !== undefined

const byQuarter = { day: 'k.day', minute: 'k.minute', again: 'k.again' }
const byDay = { day: 'f.day', minute: 'null::int', again: 'false' }

/** Each: rows with `day`, `minute` and `again`, of which those of the period are chosen. $1 and $2 are its first and last day. */
const sources = {
  queueDays: { from: 'metric_day f', within: 'f.day between $1 and $2', ...byDay },
  queueQuarters: {
    from: `metric_interval f left join queue q on q.id = f.queue_id join (${clockOf('queues')}) k on k.at = f.at and k.zone = ${queueZone}`,
    within: nearDays('f.at'),
    ...byQuarter,
  },
  agents: {
    from: `metric_agent_interval f join agent a on a.id = f.agent_id left join team t on t.id = a.team_id left join site s on s.id = t.site_id
      join (${clockOf('agents')}) k on k.at = f.at and k.zone = ${siteZone}`,
    within: nearDays('f.at'),
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

/** SQL: by the names of their parameters, $3 and on. Without a queue all of them are named, so that an index by queue serves. */
const ofQueue = '($3::uuid is null or f.queue_id = $3)'
const ofReach = 'f.queue_id = any(coalesce($6::uuid[], array(select id from queue)))'
const ofChannel = '($4::text is null or f.channel = $4)'
const ofRegion = '($5::text is null or f.region = $5)'
/** $3 queue, $4 channel, then region and reach of queues, or agent, team, site and reach of people. */
const filters = {
  queues: `${ofQueue} and ($6::uuid[] is null or f.queue_id = any($6)) and ${ofChannel} and ${ofRegion}`,
  agents: `${ofQueue} and ${ofChannel} and ($5::uuid is null or f.agent_id = $5) and ($6::uuid is null or a.team_id = $6) and ($7::uuid is null or t.site_id = $7) and ($8::uuid[] is null or a.team_id = any($8))`,
}

const sumsOf = (names: readonly Counter[]) => names.map((name) => `sum(f.${columnOf(name)}) as "${name}"`).join(', ')
const allSums = sumsOf(counters)
const timeSums = sumsOf(['busyMs', 'availableMs', 'notReadyMs'])

interface Place {
  day: string | null
  minute: number | null
  again: boolean
  key: string | null
  name: string | null
}

const placeOf = ({ day, minute, key }: Place) => JSON.stringify([day, minute, key])

/** The rows of a period, by day, minute and key. Nothing for what never happened, or lies out of reach. */
export const loadFigureRows = async (reader: Reader, query: FiguresQuery, reach: Reach): Promise<FiguresRow[]> => {
  const { from, to, step, by, of, queueId = null, channel = null, region = null, agentId = null, teamId = null, siteId = null } = query
  const ofAgents = isOfAgents(query)
  const source = sources[ofAgents ? 'agents' : step === 'quarter' ? 'queueQuarters' : 'queueDays']
  const values = [from, to, queueId, channel, ...(ofAgents ? [agentId, teamId, siteId, reach.teamIds] : [region, reach.queueIds])]
  const where = `${source.within} and ${filters[ofAgents ? 'agents' : 'queues']}`
  const place = `${step === 'all' ? 'null::text' : `to_char(${source.day}, 'YYYY-MM-DD')`} as day, ${step === 'quarter' ? `${source.minute} as minute, ${source.again}` : 'null::int as minute, false'} as again,
    ${by ? keys[by].key : 'null::text'} as key, ${by ? keys[by].name : 'null::text'} as name`
  const name = `${ofAgents ? 'agents' : 'queues'}-${step}-${by ?? 'none'}`
  const isTime = of === 'time'
  const rows = await reader.named<Place & Record<string, unknown>>(
    `figures-${name}${isTime ? '-time' : ''}`,
    `select ${place}, ${isTime ? timeSums : allSums} from ${source.from} where ${where}${isTime ? ' and f.queue_id is null' : ''} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 5, 4`,
    values,
  )
  const told = rows.map(({ day, minute, again, key, name, ...values }): FiguresRow => ({
    day, minute, again, key, name,
    sums: Object.fromEntries(Object.entries(values as Record<string, number>).filter(([, value]) => value !== 0)),
    histograms: {},
  }))
  if (!ofAgents && step !== 'quarter') await addHistograms(reader, told, { name, place, values, query, reach })
  return told
}

interface Asked {
  readonly name: string
  readonly place: string
  readonly values: readonly unknown[]
  readonly query: FiguresQuery
  readonly reach: Reach
}

/** Distributions are read where they are told apart as much as is asked for, and no more: packed days add up in milliseconds. */
const addHistograms = async (reader: Reader, told: readonly FiguresRow[], { name, place, values, query, reach }: Asked): Promise<void> => {
  const needsQueue = query.queueId !== undefined || query.by === 'queue' || reach.queueIds !== null
  const needsRegion = query.region !== undefined || query.by === 'region'
  const table = needsQueue ? (needsRegion ? 'metric_day_histogram' : 'metric_day_histogram_by_queue') : needsRegion ? 'metric_day_histogram_by_region' : 'metric_day_histogram_by_channel'
  // Every parameter is named, wherever its column is: the database must know what each of them is.
  const where = `f.day between $1 and $2 and ${ofChannel} and ${needsQueue ? `${ofQueue} and ${ofReach}` : '$3::uuid is null and $6::uuid[] is null'} and ${needsRegion ? ofRegion : '$5::text is null'}`
  const samples = await reader.named<Place & { distribution: string; buckets: [number, number][] } & Record<string, unknown>>(
    `${table}-${name}`,
    `select day, minute, again, key, name, distribution, jsonb_agg(jsonb_build_array(bucket, cases) order by bucket) as buckets
     from (select ${place}, f.distribution, f.bucket, sum(f.cases) as cases from ${table} f where ${where} group by 1, 2, 3, 4, 5, 6, 7) s
     group by 1, 2, 3, 4, 5, 6`,
    values,
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

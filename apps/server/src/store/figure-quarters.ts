/** The sums of figures by quarter of an hour: added up by the instants that are kept, told by the clock of each zone. */
import type { FiguresQuery } from '@otklik/contract/figures'
import { addSums, counters, type Counter } from '@otklik/metrics/sums'
import type { Reader } from './database.ts'
import { isOfAgents, loadQuarters, loadZones } from './figure-clock.ts'
import { keyOf, nameOf, sumsOf, type Told } from './figure-columns.ts'
import type { Reach } from './reach.ts'

type Sums = { [Name in Counter]?: number }

/** $1 and $2: from when until when; $3 whose; $4 channel; $5 queue of people, or region of queues. Whole people are kept apart, for they are the most rows. */
const sources = {
  queues: { from: 'metric_interval f join unnest($3::uuid[]) own(id) on own.id = f.queue_id', where: '($4::text is null or f.channel = $4) and ($5::text is null or f.region = $5)' },
  agents: { from: 'metric_agent_interval f join unnest($3::uuid[]) own(id) on own.id = f.agent_id', where: '($4::text is null or f.channel = $4) and ($5::uuid is null or f.queue_id = $5)' },
  people: { from: 'metric_agent_interval_total f join unnest($3::uuid[]) own(id) on own.id = f.agent_id', where: '$4::text is null and $5::uuid is null' },
} as const
const withTeams = ' join agent a on a.id = f.agent_id left join team t on t.id = a.team_id'

/** What the clocks of a zone show, minutes from midnight. */
const minuteIn = (zone: string, at: Date): number => {
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at).split(':').map(Number)
  return hours * 60 + minutes
}

export const loadQuarterRows = async (reader: Reader, query: FiguresQuery, reach: Reach, now: Date): Promise<Told[]> => {
  const { from, to, by, channel = null, region = null, queueId = null } = query
  const ofAgents = isOfAgents(query)
  const zones = await loadZones(reader, query, reach)
  const quarters = await loadQuarters(reader, zones.values(), from, to)
  const isWhole = queueId === null && channel === null && by !== 'queue' && by !== 'channel'
  const source = !ofAgents ? 'queues' : isWhole ? 'people' : 'agents'
  const { from: table, where } = sources[source]
  const key = by ? keyOf(by) : 'null::text'
  const rows = new Map<string, { place: Omit<Told, 'sums'>; sums: Sums }>()
  for (const zone of new Set(zones.values())) {
    const until = query.soFar === undefined ? Infinity : minuteIn(zone, now)
    const own = quarters.filter((quarter) => quarter.zone === zone && quarter.minute + 15 <= until)
    if (own.length === 0) continue
    const ids = [...zones].flatMap(([id, other]) => (other === zone ? [id] : []))
    const [first, last] = [own[0]?.at, own.at(-1)?.at]
    const byInstant = new Map(own.map((quarter) => [quarter.at.getTime(), quarter]))
    const found = await reader.named<{ at: Date; key: string | null; name: string | null } & Record<string, unknown>>(
      `quarters-of-${source}-${by ?? 'none'}`,
      `select g.*, ${by ? nameOf(by) : 'null::text'} as name from (
         select f.at, ${key} as key, ${sumsOf(counters)} from ${table}${by === 'team' || by === 'site' ? withTeams : ''}
         where f.at >= $1 and f.at <= $2 and ${where} group by f.at, ${key}
       ) g`,
      [first, last, ids, channel, ofAgents ? queueId : region],
    )
    for (const { at, key, name, ...values } of found) {
      const quarter = byInstant.get(at.getTime())
      if (!quarter) continue
      const place = { day: quarter.day, minute: quarter.minute, again: quarter.again, key, name }
      const id = JSON.stringify([place.day, place.minute, place.again, key])
      const row = rows.get(id) ?? { place, sums: {} }
      addSums(row.sums, values as Sums)
      rows.set(id, row)
    }
  }
  return [...rows.values()]
    .map(({ place, sums }) => ({ ...place, sums }))
    .sort((a, b) => compare(a.day, b.day) || compare(a.minute, b.minute) || Number(a.again) - Number(b.again) || compare(a.name ?? a.key, b.name ?? b.key))
}

const compare = <Value extends string | number>(a: Value | null, b: Value | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)

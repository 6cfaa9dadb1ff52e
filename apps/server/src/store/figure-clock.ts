/**
 * Whose figures are asked for, in which zones they live, and which quarters of an hour are theirs by the clock on the wall. A
 * figure and the contacts behind it are found by the same clock. When summer time ends an hour comes `again`: its second pass
 * is told apart from its first.
 */
import type { FiguresSubject } from '@otklik/contract/figures'
import type { Reader } from './database.ts'
import type { Reach } from './reach.ts'

const companyZone = '(select time_zone from company)'
/** SQL. Of a queue `q`: that of its opening hours. */
export const queueZone = `coalesce(q.hours ->> 'timeZone', ${companyZone})`
/** SQL. Of an agent's site `s`. */
export const siteZone = `coalesce(s.time_zone, ${companyZone})`

/** Figures of people are kept apart from those of queues: an answered contact counts in both. */
export const isOfAgents = ({ by, agentId, teamId, siteId }: FiguresSubject & { readonly by?: string | undefined }): boolean =>
  by === 'agent' || by === 'team' || by === 'site' || agentId !== undefined || teamId !== undefined || siteId !== undefined

/** The zone of each queue, or each agent, whose figures are asked for and within reach. */
export const loadZones = async (reader: Reader, query: FiguresSubject & { readonly by?: string | undefined }, reach: Reach): Promise<ReadonlyMap<string, string>> => {
  const { queueId = null, agentId = null, teamId = null, siteId = null } = query
  const rows = isOfAgents(query)
    ? await reader.named<{ id: string; zone: string }>(
        'zones-of-agents',
        `select a.id, ${siteZone} as zone from agent a left join team t on t.id = a.team_id left join site s on s.id = t.site_id
         where ($1::uuid is null or a.id = $1) and ($2::uuid is null or a.team_id = $2) and ($3::uuid is null or t.site_id = $3) and ($4::uuid[] is null or a.team_id = any($4))`,
        [agentId, teamId, siteId, reach.teamIds],
      )
    : await reader.named<{ id: string; zone: string }>(
        'zones-of-queues',
        `select q.id, ${queueZone} as zone from queue q where ($1::uuid is null or q.id = $1) and ($2::uuid[] is null or q.id = any($2))`,
        [queueId, reach.queueIds],
      )
  return new Map(rows.map(({ id, zone }) => [id, zone]))
}

export interface Quarter {
  readonly zone: string
  readonly at: Date
  readonly day: string
  readonly minute: number
  readonly again: boolean
}

/** The quarters of the days from one to another, both included, in each of the zones; in order. */
export const loadQuarters = (reader: Reader, zones: Iterable<string>, from: string, to: string): Promise<Quarter[]> =>
  reader.named<Quarter & Record<string, unknown>>(
    'quarters',
    `select z.zone, i.at, to_char(i.local, 'YYYY-MM-DD') as day, extract(hour from i.local)::int * 60 + extract(minute from i.local)::int as minute,
       -- Clocks go back by an hour, on one island by half an hour.
       (i.at - interval '1 hour') at time zone z.zone = i.local or (i.at - interval '30 minutes') at time zone z.zone = i.local as again
     from unnest($1::text[]) z(zone)
     cross join lateral (
       select g.at, g.at at time zone z.zone as local
       -- No zone is further from Greenwich than fourteen hours.
       from generate_series(($2::date - interval '1 day')::timestamptz, ($3::date + interval '2 days')::timestamptz, interval '15 minutes') g(at)
     ) i
     where i.local::date between $2 and $3 order by i.at`,
    [[...new Set(zones)], from, to],
  )

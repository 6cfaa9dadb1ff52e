/**
 * SQL: quarters of an hour by the clock on the wall, in every zone that is in use. A figure and the contacts behind it are
 * found by the same clock. When summer time ends an hour comes `again`: its second pass is told apart from its first.
 */

export const companyZone = '(select time_zone from company)'
/** Of a queue `q`: that of its opening hours. */
export const queueZone = `coalesce(q.hours ->> 'timeZone', ${companyZone})`
/** Of an agent's site `s`. */
export const siteZone = `coalesce(s.time_zone, ${companyZone})`

const zones = {
  queues: `select ${queueZone} as zone from queue q union select ${companyZone}`,
  agents: `select s.time_zone as zone from site s union select ${companyZone}`,
} as const

/** No zone is further from Greenwich than fourteen hours. */
const since = `$1::date - interval '1 day'`
const until = `$2::date + interval '2 days'`

/** That `at` lies where the days from $1 to $2 may lie, whatever the zone. */
export const nearDays = (at: string): string => `${at} >= ${since} and ${at} < ${until}`

/** Rows `zone, at, day, minute, again` of the days from $1 to $2. */
export const clockOf = (whose: keyof typeof zones): string => `
  select z.zone, i.at, i.local::date as day, extract(hour from i.local)::int * 60 + extract(minute from i.local)::int as minute,
    -- Clocks go back by an hour, on one island by half an hour.
    (i.at - interval '1 hour') at time zone z.zone = i.local or (i.at - interval '30 minutes') at time zone z.zone = i.local as again
  from (${zones[whose]}) z
  cross join lateral (
    select g.at, g.at at time zone z.zone as local
    from generate_series((${since})::timestamptz, (${until})::timestamptz, interval '15 minutes') g(at)
  ) i
  where i.local::date between $1 and $2`

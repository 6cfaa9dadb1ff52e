/** What customers said, rating by rating; sums of them stand with the figures. */
import type { FigureSubjects, RatingItem, RatingsQuery } from '@otklik/contract/figures'
import type { ContactId, CustomerId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { isOfAgents, queueZone, siteZone } from './figure-clock.ts'
import type { Reach } from './reach.ts'
import { visibleHours } from './visitor-views.ts'

/** Below which rating a page begins. */
export interface RatingPlace {
  readonly at: Date
  readonly contactId: string
}

interface Row {
  contactId: ContactId
  customerId: CustomerId | null
  customerName: string | null
  customerNumber: number
  queueName: string
  agentName: string | null
  score: number
  comment: string | null
  ratedAt: Date
}

/** The ratings of contacts that ended in the period, the newest first; @param readsWords whether comments are told */
export const loadRatings = async (
  reader: Reader,
  query: RatingsQuery,
  { reach, readsWords, after }: { readonly reach: Reach; readonly readsWords: boolean; readonly after: RatingPlace | undefined },
): Promise<{ items: RatingItem[]; next: RatingPlace | null }> => {
  const ofAgents = isOfAgents(query)
  const { from, to, queueId, channel, region, agentId, teamId, siteId, maxScore, commented, limit } = query
  const rows = await reader.named<Row & Record<string, unknown>>(
    `ratings-of-${ofAgents ? 'agents' : 'queues'}`,
    `select rt.contact_id as "contactId", case when cu.erased_at is null then cu.id end as "customerId", cu.name as "customerName", cu.number as "customerNumber",
       q.name as "queueName", a.name as "agentName", rt.score, rt.comment, rt.rated_at as "ratedAt"
     from rating rt join contact c on c.id = rt.contact_id join customer cu on cu.id = rt.customer_id join queue q on q.id = rt.queue_id
     left join agent a on a.id = rt.agent_id left join team t on t.id = a.team_id left join site s on s.id = t.site_id
     -- A contact is rated while its customer sees it, and no zone is further from Greenwich than fourteen hours.
     where rt.rated_at >= $1::date - interval '1 day' and rt.rated_at < $2::date + interval '2 days' + make_interval(hours => ${visibleHours})
       and (c.ended_at at time zone ${ofAgents ? siteZone : queueZone})::date between $1 and $2
       and ($3::timestamptz is null or (rt.rated_at, rt.contact_id) < ($3, $4::uuid))
       and ($5::uuid is null or rt.queue_id = $5) and ($6::text is null or c.channel = $6) and ($7::text is null or c.region = $7)
       and ($8::uuid is null or rt.agent_id = $8) and ($9::uuid is null or a.team_id = $9) and ($10::uuid is null or t.site_id = $10)
       and ($11::uuid[] is null or ${ofAgents ? 'a.team_id' : 'rt.queue_id'} = any($11)) and ($12::int is null or rt.score <= $12) and ($13::boolean is not true or rt.comment is not null)
     order by rt.rated_at desc, rt.contact_id desc limit $14`,
    [
      from, to, after?.at ?? null, after?.contactId ?? null, queueId ?? null, channel ?? null, region ?? null, agentId ?? null, teamId ?? null, siteId ?? null,
      ofAgents ? reach.teamIds : reach.queueIds, maxScore ?? null, commented === 'yes', limit + 1,
    ],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ contactId, customerId, customerName, customerNumber, queueName, agentName, score, comment, ratedAt }) => ({
      contactId, queueName, agentName, score,
      customer: customerId === null ? null : { id: customerId, name: customerName, number: customerNumber },
      hasComment: comment !== null,
      comment: readsWords ? comment : null,
      ratedAt: ratedAt.toISOString(),
    })),
    next: rows.length > limit && last ? { at: last.ratedAt, contactId: last.contactId } : null,
  }
}

/** Whom figures can be narrowed to. What was archived stays: it has a past. */
export const loadFigureSubjects = async (reader: Reader, reach: Reach, now: Date): Promise<FigureSubjects> => {
  const [row] = await reader.named<FigureSubjects & Record<string, unknown>>(
    'figure-subjects',
    `select
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'targetSeconds', target_seconds) order by name), '[]') from queue
        where $1::uuid[] is null or id = any($1)) as queues,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name), '[]') from agent
        where role <> 'administrator' and ($2::uuid[] is null or team_id = any($2))) as agents,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name), '[]') from team where $2::uuid[] is null or id = any($2)) as teams,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name), '[]') from site s
        where $2::uuid[] is null or exists (select from team t where t.site_id = s.id and t.id = any($2))) as sites,
       (select coalesce(jsonb_agg(distinct channel order by channel), '[]') from channel_account) as channels,
       (select coalesce(jsonb_agg(distinct region order by region), '[]') from metric_day where day > $3::date - 62 and ($1::uuid[] is null or queue_id = any($1))) as regions`,
    [reach.queueIds, reach.teamIds, now],
  )
  if (!row) throw new Error('a select without a from has a row')
  return row
}

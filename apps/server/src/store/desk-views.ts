/** An agent's own state, and what the agent chooses from. */
import type { CatalogueView, MeView } from '@otklik/contract/views'
import type { AgentId, ReasonId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { ableTo } from './staffing.ts'

interface MeRow {
  id: AgentId
  name: string
  email: string
  role: MeView['role']
  language: MeView['language']
  version: number
  state: MeView['presence']['state']
  cause: MeView['presence']['cause'] | null
  reasonId: ReasonId | null
  reasonName: string | null
  since: Date | null
  createdAt: Date
  maxChat: number
  maxTotal: number
  timeZone: string
  handled: number
  ratings: number
  ratingSum: number
}

/** The own views of agents; "today" is the day of the agent's site, else of the company. */
export const loadMe = async (reader: Reader, ids: readonly AgentId[], now: Date): Promise<MeView[]> =>
  ids.length === 0
    ? []
    : (
        await reader.named<MeRow & Record<string, unknown>>(
          'me',
          `select a.id, a.name, a.email, a.role, a.language, a.created_at as "createdAt", k.version, k.state, p.cause,
             p.reason_id as "reasonId", re.name as "reasonName", p.started_at as since, k.max_chat as "maxChat",
             k.max_total as "maxTotal", z.zone as "timeZone", coalesce(d.handled, 0)::int as handled,
             coalesce(s.ratings, 0)::int as ratings, coalesce(s.sum, 0)::int as "ratingSum"
           from agent a
           join agent_capacity k on k.agent_id = a.id
           left join presence_interval p on p.agent_id = a.id and p.ended_at is null
           left join not_ready_reason re on re.id = p.reason_id
           left join team t on t.id = a.team_id
           left join site si on si.id = t.site_id
           cross join lateral (select coalesce(si.time_zone, (select time_zone from company)) as zone) z
           cross join lateral (select date_trunc('day', $2::timestamptz at time zone z.zone) at time zone z.zone as start) day
           left join lateral (
             select count(*) as handled from contact c where c.agent_id = a.id and c.closed_at >= day.start) d on true
           left join lateral (
             select count(*) as ratings, sum(score) as sum from rating r where r.agent_id = a.id and r.rated_at >= day.start) s on true
           where a.id = any($1::uuid[])`,
          [ids, now],
        )
      ).map((row) => ({
        id: row.id,
        name: row.name,
        email: row.email,
        role: row.role,
        language: row.language,
        version: row.version,
        presence: {
          state: row.state,
          cause: row.cause ?? 'signedOut',
          reason: row.reasonId ? { id: row.reasonId, name: row.reasonName ?? '' } : null,
          since: (row.since ?? row.createdAt).toISOString(),
        },
        capacity: { chat: row.maxChat, total: row.maxTotal },
        timeZone: row.timeZone,
        today: { handled: row.handled, ratings: row.ratings, ratingSum: row.ratingSum },
      }))

const collate = 'collate "ru-x-icu"'

/** What an agent chooses from, sorted as people read. */
export const loadCatalogue = async (reader: Reader, self: AgentId): Promise<CatalogueView> => {
  const rows = <Row>(name: string, text: string, values: unknown[] = []) => reader.named<Row & Record<string, unknown>>(name, text, values)
  const [company] = await rows<CatalogueView['company']>('company-of-desk', 'select name, language, time_zone as "timeZone" from company')
  if (!company) throw new Error('there is no company')
  const named = (table: 'not_ready_reason' | 'disposition') =>
    `select id, name from ${table} where archived_at is null order by name ${collate}`
  return {
    company,
    reasons: await rows<CatalogueView['reasons'][number]>('reasons', named('not_ready_reason')),
    dispositions: await rows<CatalogueView['dispositions'][number]>('dispositions', named('disposition')),
    queues: await rows<CatalogueView['queues'][number]>(
      'queues-of-desk',
      `select q.id, q.name, q.line, q.escalation_queue_id as "escalationQueueId", q.picking, duty."onDuty", duty."onBreak"
       from queue q cross join lateral (
         select count(*) filter (where k.state = 'available')::int as "onDuty", count(*) filter (where k.state <> 'available')::int as "onBreak"
         from ${ableTo('q.id')} and k.agent_id <> $1) duty
       where q.archived_at is null order by q.line, q.name ${collate}`,
      [self],
    ),
    colleagues: await rows<CatalogueView['colleagues'][number]>(
      'colleagues',
      `select a.id, a.name, k.state as presence, t.name as "teamName",
         greatest(0, least(k.max_chat - k.chat, k.max_total - k.chat - k.voice - k.mail - k.pending))::int as "freeSlots"
       from agent a join agent_capacity k on k.agent_id = a.id left join team t on t.id = a.team_id
       where a.archived_at is null and a.id <> $1 and k.state <> 'offline'
       order by k.state, a.name ${collate} limit 500`,
      [self],
    ),
  }
}

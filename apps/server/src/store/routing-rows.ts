/** Rows as the routing engine takes them, with the versions that claims are conditional on. */
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { AgentId, ContactId, QueueId, SkillId } from '@otklik/model/ids'
import type { OpeningHours } from '@otklik/model/opening-hours'
import type { AgentPolicy, AgentRow, AgentUntil, ContactRow, QueueDefinition } from '@otklik/routing/input'
import type { Reader } from './database.ts'
import { ringsOf } from './relaxation.ts'

export type Versioned<Row> = { readonly row: Row; readonly version: number }
type SkillLevels = { skillId: SkillId; level: number }[]

/** A queue for the engine, and when it opens and closes. */
export interface RoutingQueue {
  readonly definition: QueueDefinition
  /** Null: always open, or archived. */
  readonly hours: OpeningHours | null
  /** Whom else it asks while a long wait is to be expected. */
  readonly overflow: { readonly overSeconds: number; readonly overflowing: boolean } | null
  readonly steps: readonly RelaxationStep[]
  /** Whose people help out, in the order in which the engine is told of their skills. */
  readonly helpers: readonly { readonly queueId: QueueId; readonly byOverflow: boolean }[]
}

interface QueueRow {
  id: QueueId
  priority: number
  targetSeconds: number
  offerSeconds: number
  archived: boolean
  policy: AgentPolicy
  rings: RelaxationStep[]
  hours: OpeningHours | null
  isOpen: boolean
  overflowQueueId: QueueId | null
  overflowSeconds: number | null
  overflowing: boolean
  skills: SkillLevels
}

/** Queues; all of them, or those of the given ids with those whose relaxation steps name one of these. */
export const loadRoutingQueues = async (reader: Reader, ids?: readonly QueueId[]): Promise<RoutingQueue[]> => {
  const rows = await reader.named<QueueRow & Record<string, unknown>>(
    'routing-queues',
    `select q.id, q.priority, q.target_seconds as "targetSeconds", q.offer_seconds as "offerSeconds", q.archived_at is not null as archived,
       q.policy, q.rings, q.hours, q.is_open as "isOpen",
       q.overflow_queue_id as "overflowQueueId", q.overflow_seconds as "overflowSeconds", q.overflowing,
       coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level) order by s.skill_id)
         from queue_skill s where s.queue_id = q.id), '[]') as skills
     from queue q order by q.id`,
    [],
  )
  const asked = new Map(rows.filter((row) => !row.archived).map((row) => [row.id, row.skills]))
  const concerned = (row: QueueRow) =>
    !ids ||
    ids.includes(row.id) ||
    (row.overflowQueueId !== null && ids.includes(row.overflowQueueId)) ||
    row.rings.some((step) => step.kind === 'addQueue' && ids.includes(step.queueId))
  return rows.filter(concerned).map((row) => {
    const overflowSkills = row.overflowing && row.overflowQueueId ? asked.get(row.overflowQueueId) : undefined
    const orSkills = overflowSkills ? [overflowSkills] : []
    return {
      definition: {
        queueId: row.id,
        skills: row.skills,
        orSkills,
        priority: row.priority as QueueDefinition['priority'],
        targetSeconds: row.targetSeconds,
        offerSeconds: row.offerSeconds,
        open: !row.archived && row.isOpen,
        rings: ringsOf({ skills: row.skills, orSkills }, row.rings, (queueId) => asked.get(queueId)),
        policy: row.policy,
      },
      hours: row.archived ? null : row.hours,
      overflow: row.archived || row.overflowSeconds === null ? null : { overSeconds: row.overflowSeconds, overflowing: row.overflowing },
      steps: row.rings,
      helpers: [
        ...(overflowSkills && row.overflowQueueId ? [{ queueId: row.overflowQueueId, byOverflow: true }] : []),
        ...row.rings.flatMap((step) => (step.kind === 'addQueue' && asked.has(step.queueId) ? [{ queueId: step.queueId, byOverflow: false }] : [])),
      ],
    }
  })
}

/** Agents by ticket; all who are not archived, or those of the given ids. */
export const loadRoutingAgents = async (reader: Reader, ids?: readonly AgentId[]): Promise<Versioned<AgentRow>[]> =>
  (
    await reader.named<{
      id: AgentId
      version: number
      state: AgentRow['base']
      ticket: number
      occupancy: number
      serves: string[]
      maxChat: number
      maxTotal: number
      skills: SkillLevels
    }>(
      'routing-agents',
      `select c.agent_id as id, c.version, c.state, c.ticket, c.occupancy, a.serves, c.max_chat as "maxChat", c.max_total as "maxTotal",
         coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level) order by s.skill_id)
           from agent_skill s where s.agent_id = a.id), '[]') as skills
       from agent_capacity c join agent a on a.id = c.agent_id
       where $1::uuid[] is null or a.id = any($1) order by c.ticket`,
      [ids ?? null],
    )
  ).map((row) => ({
    version: row.version,
    row: {
      agentId: row.id,
      base: row.state,
      ticket: row.ticket,
      occupancy: row.occupancy,
      skills: row.skills,
      languages: row.serves,
      caps: { voice: 0, chat: row.maxChat, mail: 0, total: row.maxTotal },
    },
  }))

/** Open contacts by arrival; all, or those of the given ids. */
export const loadRoutingContacts = async (reader: Reader, now: Date, ids?: readonly ContactId[]): Promise<Versioned<ContactRow>[]> =>
  (
    await reader.named<{
      id: ContactId
      version: number
      state: ContactRow['state']
      queueId: QueueId
      language: string | null
      arrivedAt: Date
      seq: number
      agentId: AgentId | null
      offerExpiresAt: Date | null
      reservedFor: AgentId | null
      reservedUntil: Date | null
      exclusions: { agentId: AgentId; until: number }[]
    }>(
      'routing-contacts',
      `select r.contact_id as id, r.version, r.state, r.queue_id as "queueId", r.language, r.arrived_at as "arrivedAt", r.seq,
         r.agent_id as "agentId", r.offer_expires_at as "offerExpiresAt", r.reserved_for as "reservedFor", r.reserved_until as "reservedUntil",
         coalesce((select jsonb_agg(jsonb_build_object('agentId', e.agent_id, 'until', (extract(epoch from e.until) * 1000)::bigint))
           from contact_exclusion e where e.contact_id = r.contact_id and e.until > $2), '[]') as exclusions
       from contact_routing r
       where r.state <> 'snoozed' and ($1::uuid[] is null or r.contact_id = any($1)) order by r.arrived_at, r.seq`,
      [ids ?? null, now],
    )
  ).map((row) => ({
    version: row.version,
    row: {
      contactId: row.id,
      state: row.state,
      queueId: row.queueId,
      channel: 'chat',
      language: row.language,
      arrivedAt: row.arrivedAt.getTime(),
      seq: row.seq,
      agentId: row.agentId,
      offerExpiresAt: row.offerExpiresAt && row.offerExpiresAt.getTime(),
      reservedFor: reservation(row.reservedFor, row.reservedUntil),
      exclusions: row.exclusions,
    },
  }))

const reservation = (agentId: AgentId | null, until: Date | null): AgentUntil | null =>
  agentId && until ? { agentId, until: until.getTime() } : null

/** Places by arrival within each queue, for contacts that wait, and the first for those being offered; the router keeps the same in memory. */
export const loadPositions = async (reader: Reader, ids: readonly ContactId[]): Promise<Map<ContactId, number>> =>
  new Map(
    (
      await reader.named<{ id: ContactId; place: number }>(
        'positions',
        `select id, place from (
           select contact_id as id,
             case state when 'offered' then 1 else (row_number() over (partition by queue_id, state order by arrived_at, seq))::int end as place
           from contact_routing where state in ('queued', 'offered')
             and queue_id in (select queue_id from contact_routing where contact_id = any($1::uuid[]))) ranked
         where id = any($1::uuid[])`,
        [ids],
      )
    ).map((row) => [row.id, row.place]),
  )

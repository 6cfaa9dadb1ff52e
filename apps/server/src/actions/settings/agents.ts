/** Agents: the people of the centre, whatever their role. */
import type { AgentView, AgentWrite } from '@otklik/contract/settings'
import type { AgentId } from '@otklik/model/ids'
import type { Tx } from '../../store/database.ts'
import { done, refuse } from '../outcome.ts'
import { sendHome } from '../send-home.ts'
import { countUses, type Kind } from './kept.ts'
import { tellAgents } from './skills.ts'

/** Somebody must be able to keep the settings; counted under a lock, so that two do not leave at once. */
const isLastAdministrator = async (tx: Tx, id: string): Promise<boolean> => {
  const rows = await tx.db
    .selectFrom('agent')
    .select('id')
    .where('role', '=', 'administrator')
    .where('archivedAt', 'is', null)
    .where('passwordHash', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.length === 1 && rows[0]?.id === id
}

/** Another role supervises nothing, whatever it did before. */
const supervisedOf = ({ role, supervises }: AgentWrite): AgentWrite['supervises'] => (role === 'supervisor' ? supervises : { queueIds: null, teamIds: null })

const keepReach = async (tx: Tx, agentId: string, { queueIds, teamIds }: AgentWrite['supervises']): Promise<void> => {
  await tx.db.deleteFrom('supervisedQueue').where('agentId', '=', agentId).execute()
  await tx.db.deleteFrom('supervisedTeam').where('agentId', '=', agentId).execute()
  if (queueIds && queueIds.length > 0) await tx.db.insertInto('supervisedQueue').values(queueIds.map((queueId) => ({ agentId, queueId }))).execute()
  if (teamIds && teamIds.length > 0) await tx.db.insertInto('supervisedTeam').values(teamIds.map((teamId) => ({ agentId, teamId }))).execute()
}

export const agents: Kind<AgentView, AgentWrite> = {
  table: 'agent',
  load: async (reader, ids) =>
    (
      await reader.named<Omit<AgentView, 'archivedAt'> & { archivedAt: Date | null } & Record<string, unknown>>(
        'load-agent',
        `select a.id, a.name, a.email, a.role, a.language, a.serves, a.team_id as "teamId", a.max_chats as "maxChats",
           a.max_total as "maxTotal", a.version, a.archived_at as "archivedAt", k.state as presence,
           case when a.password_hash is not null then 'ready'
             when exists (select from credential c where c.agent_id = a.id and c.kind = 'invite' and c.expires_at > now()) then 'invited'
             else 'none' end as access,
           coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level) order by s.skill_id)
             from agent_skill s where s.agent_id = a.id), '[]') as skills,
           jsonb_build_object(
             'queueIds', case when not a.supervises_all_queues then to_jsonb(array(select queue_id from supervised_queue where agent_id = a.id order by queue_id)) end,
             'teamIds', case when not a.supervises_all_teams then to_jsonb(array(select team_id from supervised_team where agent_id = a.id order by team_id)) end
           ) as supervises
         from agent a join agent_capacity k on k.agent_id = a.id
         where $1::uuid[] is null or a.id = any($1)
         order by a.archived_at is not null, lower(a.name) collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString() })),
  columns: (write) => ({
    name: write.name,
    email: write.email,
    role: write.role,
    language: write.language,
    serves: write.serves,
    team_id: write.teamId,
    max_chats: write.maxChats,
    max_total: write.maxTotal,
    supervises_all_queues: supervisedOf(write).queueIds === null,
    supervises_all_teams: supervisedOf(write).teamIds === null,
  }),
  check: async (tx, deps, id, write) => {
    if (write.teamId) {
      const team = await tx.db.selectFrom('team').select('archivedAt').where('id', '=', write.teamId).executeTakeFirst()
      if (!team || team.archivedAt) return refuse('notFound', { detail: 'The team is not in use.' })
    }
    if (write.role !== 'administrator' && (await isLastAdministrator(tx, id))) return refuse('lastAdministrator')
    const { queueIds, teamIds } = supervisedOf(write)
    if (write.role !== 'supervisor' && (write.supervises.queueIds ?? write.supervises.teamIds) !== null)
      return refuse('validationFailed', { detail: 'Only supervisors supervise queues and teams.' })
    if (new Set(queueIds).size !== (queueIds?.length ?? 0) || new Set(teamIds).size !== (teamIds?.length ?? 0))
      return refuse('validationFailed', { detail: 'Name each queue and team once.' })
    // A session has the idle time and the doors of the role that it was opened with: another role signs in anew.
    const before = await tx.db.selectFrom('agent').select('role').where('id', '=', id).executeTakeFirst()
    return before && before.role !== write.role ? sendHome(tx, deps, id as AgentId, ['session']) : done(null)
  },
  afterPut: async (tx, deps, id, write, created) => {
    if (created) {
      await tx.db.insertInto('agentCapacity').values({ agentId: id, maxChat: write.maxChats, maxTotal: write.maxTotal }).execute()
      await tx.db
        .insertInto('presenceInterval')
        .values({ agentId: id, state: 'offline', cause: 'signedOut', startedAt: deps.now() })
        .execute()
    }
    await tx.db.deleteFrom('agentSkill').where('agentId', '=', id).execute()
    if (write.skills.length > 0)
      await tx.db.insertInto('agentSkill').values(write.skills.map((skill) => ({ agentId: id, ...skill }))).execute()
    await keepReach(tx, id, supervisedOf(write))
    await tellAgents(tx, deps, [id as AgentId])
  },
  uses: async (reader, id) => {
    const { contacts } = await reader.db
      .selectFrom('contactRouting')
      .select((eb) => eb.fn.countAll<number>().as('contacts'))
      .where('agentId', '=', id)
      .executeTakeFirstOrThrow()
    return { uses: countUses({ contacts }), replacementNeeded: false }
  },
  beforeArchive: async (tx, deps, id) => {
    if (await isLastAdministrator(tx, id)) return refuse('lastAdministrator')
    return sendHome(tx, deps, id as AgentId, ['session', 'invite', 'reset'])
  },
  afterArchive: (tx, deps, id) => tellAgents(tx, deps, [id as AgentId]),
}

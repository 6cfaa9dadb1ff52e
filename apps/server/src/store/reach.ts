/** How far a supervisor's eye reaches: which queues and teams are theirs. */
import type { AgentId, QueueId, TeamId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import type { Asker } from './scope.ts'

/** Null: all of them. */
export interface Reach {
  readonly queueIds: readonly QueueId[] | null
  readonly teamIds: readonly TeamId[] | null
}

/** SQL, of an agent `a`: nothing is hidden from them but what their routes do not list. */
export const seesAll = `(a.role = 'administrator' or (a.role = 'supervisor' and a.supervises_all_queues))`

export const everything: Reach = { queueIds: null, teamIds: null }

/** What somebody may see the figures of: all for administrators, their own part for supervisors, nothing for agents. */
export const loadReach = async (reader: Reader, { id, role }: { readonly id: AgentId; readonly role: 'agent' | 'supervisor' | 'administrator' }): Promise<Reach> => {
  if (role === 'administrator') return everything
  const [row] = await reader.named<{ queueIds: QueueId[] | null; teamIds: TeamId[] | null }>(
    'reach',
    `select case when not a.supervises_all_queues then array(select queue_id::text from supervised_queue where agent_id = a.id) end as "queueIds",
       case when not a.supervises_all_teams then array(select team_id::text from supervised_team where agent_id = a.id) end as "teamIds"
     from agent a where a.id = $1 and a.role = 'supervisor'`,
    [id],
  )
  return row ?? { queueIds: [], teamIds: [] }
}

/** Who asks, as of now: a socket outlives a change of what its supervisor sees. */
export const loadAsker = async (reader: Reader, agentId: AgentId): Promise<Asker> => {
  const [row] = await reader.named<Asker & Record<string, unknown>>('asker', `select id, ${seesAll} as "seesAll" from agent a where id = $1 and archived_at is null`, [agentId])
  return row ?? { id: agentId, seesAll: false }
}

/**
 * SQL: the agent supervises the queue of the contact, or the team of whoever has or had it. Holds for nobody else: only
 * supervisors have rows there. (Those who supervise all queues are not narrowed to begin with; see scope.ts.)
 */
export const supervisedBy = (agent: string, queue: string, holder: string): string =>
  `exists (select from supervised_queue sq where sq.agent_id = ${agent} and sq.queue_id = ${queue})
   or exists (select from supervised_team st join agent sh on sh.team_id = st.team_id where st.agent_id = ${agent} and sh.id = ${holder})`

/** Skills: what queues ask and agents have. Archiving one takes it, or puts another, in the place of each use. */
import type { NamedWrite, SkillView } from '@otklik/contract/settings'
import type { AgentId, QueueId } from '@otklik/model/ids'
import { appendEvent } from '../../store/log.ts'
import type { Tx } from '../../store/database.ts'
import { lockAgents, updateCapacity } from '../../store/routing.ts'
import type { Deps } from '../deps.ts'
import { done } from '../outcome.ts'
import { countUses, tellChanged, tellQueues, type Kind } from './kept.ts'
import { countSteps, replaceInSteps } from './queue-routing.ts'
import { loadNamed } from './words.ts'

/** The agents' profiles changed: routing reads them anew. */
export const tellAgents = async (tx: Tx, deps: Deps, ids: readonly AgentId[]): Promise<void> => {
  await lockAgents(tx, ids)
  for (const agentId of [...ids].sort()) {
    const capacity = await updateCapacity(tx, agentId, {}, false)
    await appendEvent(tx, deps.now(), 'agent.changed', agentId, { agentId, agentVersion: capacity.version })
  }
}

export const skills: Kind<SkillView, NamedWrite> = {
  table: 'skill',
  load: (reader, ids) => loadNamed(reader, 'skill', ids) as Promise<SkillView[]>,
  columns: (write) => ({ name: write.name }),
  afterPut: (tx, deps, id) => tellChanged(tx, deps, 'skill', id),
  uses: async (reader, id) => {
    const [row] = await reader.named<{ agents: number; queues: number }>(
      'skill-uses',
      `select (select count(*) from agent_skill s join agent a on a.id = s.agent_id and a.archived_at is null where s.skill_id = $1)::int as agents,
         (select count(*) from queue_skill s join queue q on q.id = s.queue_id and q.archived_at is null where s.skill_id = $1)::int as queues`,
      [id],
    )
    return { uses: countUses({ ...row, steps: await countSteps(reader, { skill: id }) }), replacementNeeded: (row?.queues ?? 0) > 0 }
  },
  beforeArchive: async (tx, deps, id, replaceWith) => {
    const agents = await tx.db.selectFrom('agentSkill').select('agentId').where('skillId', '=', id).execute()
    const queues = await tx.db.selectFrom('queueSkill').select('queueId').where('skillId', '=', id).execute()
    if (replaceWith) {
      for (const table of ['agent_skill', 'queue_skill'] as const) {
        const owner = table === 'agent_skill' ? 'agent_id' : 'queue_id'
        await tx.named(
          `replace-${table}`,
          `insert into ${table} (${owner}, skill_id, level) select ${owner}, $2, level from ${table} where skill_id = $1
           on conflict (${owner}, skill_id) do update set level = greatest(${table}.level, excluded.level)`,
          [id, replaceWith],
        )
      }
    }
    await tx.db.deleteFrom('agentSkill').where('skillId', '=', id).execute()
    await tx.db.deleteFrom('queueSkill').where('skillId', '=', id).execute()
    await replaceInSteps(tx, deps, { skill: id }, replaceWith)
    await tellAgents(tx, deps, agents.map((row) => row.agentId as AgentId))
    await tellQueues(tx, deps, queues.map((row) => row.queueId as QueueId))
    return done(null)
  },
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, 'skill', id),
}

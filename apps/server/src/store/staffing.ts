/**
 * SQL `from …` over `agent_capacity k`: the agents at work (whatever they do just now) who have all that a queue asks for,
 * without its relaxations. The router's engine knows better; this is for what is said to people.
 * @param queueId an SQL expression
 */
export const ableTo = (queueId: string) => `agent_capacity k
  join agent ka on ka.id = k.agent_id and ka.archived_at is null
  where k.state <> 'offline' and not exists (
    select from queue_skill needed where needed.queue_id = ${queueId} and not exists (
      select from agent_skill has where has.agent_id = k.agent_id and has.skill_id = needed.skill_id and has.level >= needed.level))`

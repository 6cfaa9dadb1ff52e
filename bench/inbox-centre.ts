/** The people and places of the benchmark's centre: 10 teams, 25 queues, 200 agents, and supervisors enough to search at once. */
import type pg from 'pg'
import type { Dice } from '@otklik/testing/dice'
import { openTable } from '@otklik/testing/table-writer'
import { nameSomebody } from './inbox-words.ts'

export interface Centre {
  readonly agents: readonly string[]
  readonly queues: readonly { readonly id: string }[]
  readonly dispositions: readonly string[]
  readonly channels: readonly string[]
}

const count = { teams: 10, skills: 8, queues: 25, agents: 200, supervisors: 300, dispositions: 40, channels: 3 }
const each = <Item>(times: number, make: (at: number) => Item): Item[] => Array.from({ length: times }, (_, at) => make(at))

export const furnish = async (client: pg.ClientBase, dice: Dice, now: number): Promise<Centre> => {
  const ids = (times: number) => each(times, () => dice.uuid())
  const at = new Date(now - 400 * 86_400_000).toISOString()
  await client.query(`insert into company (name, language, time_zone, created_at) values ('Связь', 'ru', 'Europe/Moscow', $1)`, [at])
  const [site = ''] = ids(1)
  await client.query(`insert into site (id, name, time_zone) values ($1, 'Саранск', 'Europe/Moscow')`, [site])

  const [teams, skills, queues, dispositions, channels] = [ids(count.teams), ids(count.skills), ids(count.queues), ids(count.dispositions), ids(count.channels)]
  const team = openTable(client, 'team', { id: 'uuid', name: 'text', site_id: 'uuid' })
  teams.forEach((id, place) => team.add(id, `Группа ${place + 1}`, site))
  const skill = openTable(client, 'skill', { id: 'uuid', name: 'text' })
  skills.forEach((id, place) => skill.add(id, `Навык ${place + 1}`))
  const disposition = openTable(client, 'disposition', { id: 'uuid', name: 'text' })
  dispositions.forEach((id, place) => disposition.add(id, `Итог ${place + 1}`))
  const reason = openTable(client, 'not_ready_reason', { id: 'uuid', name: 'text' })
  each(5, (place) => reason.add(dice.uuid(), `Причина ${place + 1}`))
  // Nobody comes while it is measured; so that what is open stays as it is, no limit of time is near.
  const forever = 10_000_000
  const queue = openTable(client, 'queue', {
    id: 'uuid', name: 'text', line: 'smallint', escalation_queue_id: 'uuid', priority: 'smallint', target_seconds: 'integer', offer_seconds: 'integer', wrap_up_seconds: 'integer',
    away_minutes: 'integer', silence_minutes: 'integer', picking: 'boolean',
  })
  queues.forEach((id, place) => queue.add(id, `Очередь ${place + 1}`, place < 20 ? 1 : 2, place < 20 ? queues[20 + (place % 5)] : null, 3, 20, 15, 60, forever, forever, place % 2 === 0))
  const queueSkill = openTable(client, 'queue_skill', { queue_id: 'uuid', skill_id: 'uuid', level: 'smallint' })
  queues.forEach((id, place) => queueSkill.add(id, skills[place % count.skills], place < 20 ? 1 : 2))
  const channel = openTable(client, 'channel_account', {
    id: 'uuid', channel: 'text', name: 'text', queue_id: 'uuid', language: 'text', accent: 'text', side: 'text', title: 'text', consent_text: 'text', consent_url: 'text', origins: 'text[]',
  })
  channels.forEach((id, place) => channel.add(id, 'webChat', `Сайт ${place + 1}`, queues[place], 'ru', '#0d6475', 'right', 'Чат', 'Согласие', '', '{}'))

  const agent = openTable(client, 'agent', { id: 'uuid', name: 'text', email: 'text', role: 'text', language: 'text', serves: 'text[]', team_id: 'uuid', max_chats: 'smallint', max_total: 'smallint', created_at: 'timestamptz' })
  const capacity = openTable(client, 'agent_capacity', { agent_id: 'uuid', chat: 'smallint', max_chat: 'smallint', max_total: 'smallint' })
  const presence = openTable(client, 'presence_interval', { agent_id: 'uuid', state: 'text', cause: 'text', started_at: 'timestamptz' })
  const agentSkill = openTable(client, 'agent_skill', { agent_id: 'uuid', skill_id: 'uuid', level: 'smallint' })
  const people = each(count.agents + count.supervisors, (place) => {
    const id = dice.uuid()
    const isAgent = place < count.agents
    agent.add(id, nameSomebody(dice), `person${place + 1}@centre.example`, isAgent ? 'agent' : 'supervisor', 'ru', '{ru,en}', teams[place % count.teams], 6, 6, at)
    capacity.add(id, isAgent ? 3 : 0, 6, 6)
    presence.add(id, 'offline', 'signedOut', at)
    skills.forEach((own, turn) => (turn + place) % 2 === 0 && agentSkill.add(id, own, dice.whole(1, 5)))
    return id
  })
  for (const table of [team, skill, disposition, reason, queue, queueSkill, channel, agent, capacity, presence, agentSkill]) await table.flush()
  return { agents: people.slice(0, count.agents), queues: queues.map((id) => ({ id })), dispositions, channels }
}

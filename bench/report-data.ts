/** Fills a database with a month of figures, as the server counts them, and with the plain cases that they are compared with. */
import { createFollowing, follow, forgetIssues, countEverybody } from '@otklik/metrics/follow'
import type pg from 'pg'
import { openDatabase } from '../apps/server/src/store/database.ts'
import { addFigures } from '../apps/server/src/store/figures.ts'
import { openTable } from '@otklik/testing/table-writer'
import { rollDice } from '@otklik/testing/dice'
import { liveThrough, type Places } from './report-lives.ts'

export const month = '2026-10'
export const days = 31
const quarters = days * 96
const count = { queues: 20, agents: 600, teams: 20, supervisors: 40 }

const each = <Item>(times: number, make: (at: number) => Item): Item[] => Array.from({ length: times }, (_, at) => make(at))

/** Moscow's midnight. */
const from = Date.parse(`${month}-01T00:00:00+03:00`)

const furnish = async (client: pg.ClientBase, ids: () => string): Promise<Places> => {
  await client.query(`insert into company (name, language, time_zone, created_at) values ('Связь', 'ru', 'Europe/Moscow', now())`)
  const sites = [ids(), ids()]
  await client.query(`insert into site (id, name, time_zone) values ($1, 'Саранск', 'Europe/Moscow'), ($2, 'Иркутск', 'Asia/Irkutsk')`, sites)
  const teams = each(count.teams, ids)
  const team = openTable(client, 'team', { id: 'uuid', name: 'text', site_id: 'uuid' })
  teams.forEach((id, place) => team.add(id, `Группа ${place + 1}`, sites[place % 2]))
  const queues = each(count.queues, (place) => ({ id: ids(), line: place < count.queues - 2 ? 1 : 2, targetSeconds: place % 2 === 0 ? 20 : 25 }))
  const queue = openTable(client, 'queue', {
    id: 'uuid', name: 'text', line: 'smallint', priority: 'smallint', target_seconds: 'integer', offer_seconds: 'integer', wrap_up_seconds: 'integer', away_minutes: 'integer', silence_minutes: 'integer',
  })
  queues.forEach(({ id, line, targetSeconds }, place) => queue.add(id, `Очередь ${place + 1}`, line, 3, targetSeconds, 15, 60, 10, 60))
  const agent = openTable(client, 'agent', { id: 'uuid', name: 'text', email: 'text', role: 'text', language: 'text', serves: 'text[]', team_id: 'uuid', max_chats: 'smallint', max_total: 'smallint', created_at: 'timestamptz' })
  const people = each(count.agents + count.supervisors, (place) => {
    const id = ids()
    agent.add(id, `Оператор ${place + 1}`, `person${place + 1}@centre.example`, place < count.agents ? 'agent' : 'supervisor', 'ru', '{ru}', teams[place % count.teams], 6, 6, new Date(from).toISOString())
    return id
  })
  for (const table of [team, queue, agent]) await table.flush()
  return { queues, agents: people.slice(0, count.agents) }
}

const caseColumns = {
  queue_id: 'uuid', channel: 'text', region: 'text', agent_id: 'uuid', entered_at: 'timestamptz', target_ms: 'integer', wait_ms: 'integer', first_response_ms: 'integer', left_ms: 'integer',
  taken_at: 'timestamptz', let_go_at: 'timestamptz', talk_ms: 'integer', wrap_up_ms: 'integer', ended_at: 'timestamptz', score: 'smallint',
}

/** @returns how many contacts came */
export const fillMonth = async (pool: pg.Pool, url: string, contacts: number, seed: number, say: (line: string) => void): Promise<number> => {
  const dice = rollDice(seed)
  const client = await pool.connect()
  // The plain cases are the benchmark's own.
  await client.query(`set session_replication_role = replica; create unlogged table bench_case (${Object.entries(caseColumns).map(([name, type]) => `${name} ${type}`).join(', ')})`)
  const places = await furnish(client, () => dice.uuid())
  const database = openDatabase({ url, connections: 1, applicationName: 'bench', onCommit: () => undefined, onIdleError: () => undefined })
  const following = createFollowing()
  const plain = openTable(client, 'bench_case', caseColumns)
  const at = (ms: number | null) => ms && new Date(ms).toISOString()
  let [arrived, stays, done, counting] = [0, 0, 0, 0]
  try {
    for (const { events, cases } of liveThrough(places, dice, from, quarters, contacts / quarters)) {
      for (const own of cases) {
        plain.add(
          own.queueId, own.channel, own.region, own.agentId, at(own.enteredAt), own.targetMs, own.waitMs, own.firstResponseMs, own.leftMs, at(own.takenAt), at(own.letGoAt), own.talkMs, own.wrapUpMs, at(own.endedAt), own.score,
        )
        stays++
        if (own.firstResponseMs !== null || own.leftMs !== null) arrived++
      }
      const began = performance.now()
      const increments = events.flatMap((event) => follow(following, event))
      const until = from + (done + 1) * 900_000
      if (done % 4 === 3) forgetIssues(following, until + 24 * 3_600_000) // the issues of these contacts never come back
      if (done === quarters - 1) increments.push(...countEverybody(following, until))
      await database.transaction((tx) => addFigures(tx, increments))
      counting += performance.now() - began
      await plain.flush()
      for (const touched of Object.values(following.touched)) touched.clear()
      if (++done % 960 === 0) {
        await client.query('vacuum analyze')
        say(`  ${done / 96} days, ${arrived} contacts`)
      }
    }
    await client.query('vacuum analyze')
  } finally {
    await database.close()
    client.release(true)
  }
  say(`  ${arrived} contacts in ${stays} stays; counting and adding took ${(counting / 1000).toFixed(0)} s, ${((counting * 1000) / arrived).toFixed(0)} µs a contact`)
  return arrived
}

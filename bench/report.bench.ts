/**
 * Reports over a month of 3,500,000 contacts in 20 queues, 4 channels, 8 regions, with 600 agents: what the pages ask for, over
 * HTTP, right after the server and its database were started, and then for 30 different filters. Before that every figure is
 * compared with a recomputation over the plain cases; a difference ends the benchmark.
 *
 *   --contacts 200000   fewer
 *   --keep DIR          keeps the data there, and takes what an earlier run kept
 *   --rounds 1          a quick look
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FiguresQuery, FiguresView } from '@otklik/contract/figures'
import { apiPrefix } from '@otklik/contract/routes'
import { freePort, startServer, type ChildServer } from '@otklik/testing/child-server'
import { migrationsFolder } from '@otklik/testing/cluster'
import pg from 'pg'
import { dayRequests, monthRequests } from '../apps/desk/src/reports/requests.ts'
import { hashToken, newToken } from '../apps/server/src/access/tokens.ts'
import { migrate } from '../apps/server/src/migrations.ts'
import { startEmbedded } from '../apps/server/src/postgres/supervisor.ts'
import { spreadOf, type Finding } from './pairs.ts'
import { compareFigures } from './report-compare.ts'
import { fillMonth, month } from './report-data.ts'
import { channels, regions } from './report-lives.ts'
import { percentile } from './visitor-socket.ts'

const seed = 1
const bars = { monthMs: 1000, dayMs: 300 }
const filters = 30

interface Ask {
  (query: FiguresQuery): Promise<FiguresView>
}
interface PageRead {
  readonly name: string
  readonly requests: readonly FiguresQuery[]
}

export const measure = async (report: (finding: Finding) => void): Promise<void> => {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { contacts: { type: 'string', default: '3500000' }, keep: { type: 'string' }, rounds: { type: 'string', default: '5' } } })
  const contacts = Number(values.contacts)
  if (!(contacts >= 10_000)) throw new Error('--contacts must be 10000 at least')
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'otklik-bench-'))
  mkdirSync(folder, { recursive: true })
  try {
    const tokens = await prepare(folder, contacts)
    const port = await freePort()
    const start = async () => {
      const server = startServer(port, { OTKLIK_DATA: folder }, { built: true })
      await server.ready()
      return server
    }
    let server = await start()
    try {
      const ask = createAsk(port, tokens)
      const { places, isEqual } = await withPool(folder, async (pool) => ({ places: await loadPlaces(pool), isEqual: await compareFigures(pool, ask, (line) => console.log(line)) }))
      if (!isEqual) throw new Error('the figures are not what a recomputation finds')
      const pages = { month: monthPages(places), day: dayPages(places) }
      server = await restart(server, start)
      const firstMonth = await readPage(ask, pages.month[0]!)
      server = await restart(server, start)
      const firstDay = await readPage(ask, pages.day[0]!)
      report(findingOf('month page, first after a start', [[firstMonth]], bars.monthMs))
      report(findingOf('day page, first after a start', [[firstDay]], undefined))
      for (const [name, bar] of [['month', bars.monthMs], ['day', bars.dayMs]] as const) {
        const rounds: number[][] = []
        for (let round = 0; round < Number(values.rounds); round++) {
          const own: number[] = []
          for (const page of pages[name]) own.push(await readPage(ask, page))
          rounds.push(own)
        }
        const slowest = pages[name].map((page, at) => ({ page, ms: Math.max(...rounds.map((own) => own[at] ?? 0)) })).sort((a, b) => b.ms - a.ms).slice(0, 3)
        for (const { page, ms } of slowest) console.log(`  ${ms.toFixed(0)} ms: ${page.name}`)
        report(findingOf(`${name} page, p95 of ${filters} filters`, rounds, bar))
      }
    } finally {
      await stop(server)
    }
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

const findingOf = (name: string, rounds: readonly (readonly number[])[], bar: number | undefined): Finding => ({
  name,
  figure: `p50 ${percentile(rounds.flat(), 0.5).toFixed(0)}`,
  value: spreadOf(rounds.map((own) => percentile(own, 0.95))),
  unit: 'ms',
  ...(bar === undefined ? {} : { bar }),
})

const stop = async (server: ChildServer): Promise<void> => {
  server.kill('SIGTERM')
  await server.exited()
}
const restart = async (server: ChildServer, start: () => Promise<ChildServer>): Promise<ChildServer> => {
  await stop(server)
  return start()
}

// ---- what is asked for ----

interface Filled {
  readonly queues: readonly string[]
  readonly teams: readonly string[]
  readonly sites: readonly string[]
  readonly agents: readonly string[]
}
const loadPlaces = async (pool: pg.Pool): Promise<Filled> => {
  const ids = async (text: string) => (await pool.query<{ id: string }>(text)).rows.map(({ id }) => id)
  return {
    queues: await ids('select id from queue order by name'), teams: await ids('select id from team order by name'), sites: await ids('select id from site order by name'),
    agents: await ids(`select id from agent where role = 'agent' order by name`),
  }
}

/** Everything that is asked for is over. */
const dayAfter = '9999-12-31'

type Subject = Parameters<typeof monthRequests>[0]['subject']

const monthPages = ({ queues }: Filled): PageRead[] => {
  const subjects: Subject[] = [{}, ...channels.map((channel) => ({ channel })), ...regions.map((region) => ({ region })), ...queues.map((queue, at) => ({ queue, ...(at % 3 === 0 ? { region: regions[at % regions.length]! } : {}) }))]
  const apart = ['channel', 'region', 'queue', 'day'] as const
  return Array.from({ length: filters }, (_, at) => {
    const subject = subjects[at % subjects.length] ?? {}
    const by = apart[at % apart.length] ?? 'day'
    return pageOf(`month ${JSON.stringify(subject)} by ${by}`, monthRequests({ month, subject, by, opened: null }, dayAfter))
  })
}

const dayPages = ({ queues, teams, sites, agents }: Filled): PageRead[] => {
  const subjects: Subject[] = [{}, ...queues.slice(0, 8).map((queue) => ({ queue })), ...channels.map((channel) => ({ channel })), ...regions.slice(0, 5).map((region) => ({ region })), ...teams.slice(0, 5).map((team) => ({ team })), ...sites.map((site) => ({ site })), ...agents.slice(0, 5).map((agent) => ({ agent }))]
  const apart = ['interval', 'queue', 'interval', 'channel', 'team', 'interval'] as const
  return Array.from({ length: filters }, (_, at) => {
    const subject = subjects[at % subjects.length] ?? {}
    const [date, compareWith] = [`${month}-${String(9 + (at % 20)).padStart(2, '0')}`, `${month}-${String(2 + (at % 20)).padStart(2, '0')}`]
    const by = apart[at % apart.length] ?? 'interval'
    const { before, ...own } = dayRequests({ date, compareWith, subject, by, step: 15, opened: null }, dayAfter)
    return pageOf(`day ${date} ${JSON.stringify(subject)} by ${by}`, { ...own, ...Object.fromEntries(Object.entries(before ?? {}).map(([name, query]) => [`before ${name}`, query])) })
  })
}

const pageOf = (name: string, requests: object): PageRead => ({ name, requests: Object.values(requests).filter((query): query is FiguresQuery => query !== null) })

/** As a browser does it: everything at once. The time is that of the last answer. */
const readPage = async (ask: Ask, { requests }: PageRead): Promise<number> => {
  const began = performance.now()
  await Promise.all(requests.map(ask))
  return performance.now() - began
}

const createAsk = (port: number, tokens: readonly string[]): Ask => {
  let turn = 0
  return async (query) => {
    const given = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]])))
    const answer = await fetch(`http://127.0.0.1:${port}${apiPrefix}/figures?${given.toString()}`, { headers: { cookie: `otklik=${tokens[turn++ % tokens.length]}` } })
    if (!answer.ok) throw new Error(`${answer.status} for ${given.toString()}: ${await answer.text()}`)
    return (await answer.json()) as FiguresView
  }
}

// ---- the data ----

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

const withPool = async <Result>(folder: string, work: (pool: pg.Pool, url: string) => Promise<Result>): Promise<Result> => {
  const embedded = await startEmbedded({ folder: join(folder, 'postgres'), logger: silent, fsync: false })
  const pool = new pg.Pool({ connectionString: embedded.url, max: 2 })
  pool.on('error', () => undefined)
  try {
    return await work(pool, embedded.url)
  } finally {
    await pool.end()
    await embedded.stop()
  }
}

/** @returns sessions of supervisors */
const prepare = (folder: string, contacts: number): Promise<string[]> =>
  withPool(folder, async (pool, url) => {
    await migrate(pool, migrationsFolder)
    const mark = join(folder, 'filled.json')
    const wanted = JSON.stringify({ contacts, seed })
    if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
      await fillMonth(pool, url, contacts, seed, (line) => console.log(line))
      writeFileSync(mark, wanted)
    }
    const { rows } = await pool.query<{ table: string; rows: number; size: string }>(
      `select relname as table, n_live_tup::int as rows, pg_size_pretty(pg_total_relation_size(relid)) as size from pg_stat_user_tables where relname like 'metric\\_%' and n_live_tup > 1 order by relname`,
    )
    for (const { table, rows: count, size } of rows) console.log(`  ${table}: ${count} rows, ${size}`)
    const { rows: people } = await pool.query<{ id: string }>(`select id from agent where role = 'supervisor'`)
    const tokens = people.map(({ id }) => ({ id, token: newToken() }))
    await pool.query(
      `insert into credential (hash, kind, chain, agent_id, created_at, expires_at, idle_until)
       select hash, 'session', gen_random_uuid(), id, now(), now() + interval '12 hours', now() + interval '12 hours' from unnest($1::bytea[], $2::uuid[]) s(hash, id)`,
      [tokens.map(({ token }) => hashToken(token)), tokens.map(({ id }) => id)],
    )
    return tokens.map(({ token }) => token)
  })

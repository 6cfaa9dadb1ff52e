/**
 * What people read all day, over HTTP through the whole product: in a centre of 10,000 contacts and in one of 1,000,000
 * with 2,000,000 messages, in turns. p95 of the large one: pages and timeline ≤ 3 × the small one's or ≤ 20 ms, searches
 * ≤ 100 ms. Judged is the spread of five rounds, each with 200 inputs that no other round has, where there are as many.
 *
 *   --contacts 100000   a smaller large one
 *   --keep DIR          keeps the data there, and takes what an earlier run kept
 *   --only words        reads whose name contains this
 *   --rounds 1          a quick look
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as send } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { apiPrefix } from '@otklik/contract/routes'
import { freePort, startServer } from '@otklik/testing/child-server'
import { migrationsFolder } from '@otklik/testing/cluster'
import pg from 'pg'
import { hashToken, newToken } from '../apps/server/src/access/tokens.ts'
import { migrate } from '../apps/server/src/migrations.ts'
import { startEmbedded } from '../apps/server/src/postgres/supervisor.ts'
import { fillInbox } from './inbox-data.ts'
import { planReads, unmeasured, type Read, type Request } from './inbox-reads.ts'
import { spreadOf, type Finding } from './pairs.ts'
import { percentile } from './visitor-socket.ts'

const small = 10_000
const mostRounds = 5
const inputs = 200
const warmUp = 20
const seed = 1
const bars = { times: 3, pageMs: 20, searchMs: 100 }

interface Answer {
  readonly items?: readonly unknown[]
  readonly next?: string | null
}
interface Inbox {
  readonly reads: readonly Read[]
  ask(read: Read, request: Request & { readonly cursor?: string }): Promise<{ ms: number; answer: Answer }>
  stop(): Promise<void>
}
/** p50 and p95 of each round. */
interface RoundFigures {
  readonly kind: Read['kind']
  readonly p50: number[]
  readonly p95: number[]
  count: number
}
/** By the name of what was read. */
type Figures = Map<string, RoundFigures>

export const measure = async (report: (finding: Finding) => void): Promise<void> => {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { contacts: { type: 'string', default: '1000000' }, keep: { type: 'string' }, only: { type: 'string', default: '' }, rounds: { type: 'string', default: String(mostRounds) } } })
  const large = Number(values.contacts)
  const rounds = Math.min(Number(values.rounds), mostRounds)
  if (!(large >= small)) throw new Error(`--contacts must be ${small} at least`)
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'otklik-bench-'))
  const inboxes: Inbox[] = []
  try {
    for (const contacts of [small, large]) inboxes.push(await openInbox(join(folder, String(contacts)), contacts))
    const [one, other] = inboxes as [Inbox, Inbox]
    for (const route of unmeasured(one.reads)) console.log(`  not measured: ${route}`)
    for (const { name } of one.reads.filter((read) => read.name.includes(values.only))) {
      const [before, after]: [Figures, Figures] = [new Map(), new Map()]
      for (let round = -1; round < rounds; round++) {
        await readRound(one, name, round, before)
        await readRound(other, name, round, after)
      }
      for (const [part, figures] of after) report(compare(part, before.get(part), figures))
    }
  } finally {
    for (const inbox of inboxes) await inbox.stop()
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

const compare = (name: string, before: RoundFigures | undefined, { kind, p50, p95, count }: RoundFigures): Finding => {
  const basis = before && spreadOf(before.p95).median
  const spread = spreadOf(p95)
  const figure = [
    `${count}×`.padStart(6),
    `p50 ${before ? ms(spreadOf(before.p50).median) : '-'} → ${ms(spreadOf(p50).median)}`.padStart(17),
    `p95 ${basis === undefined ? '-' : ms(basis)} →`.padStart(11),
    (basis === undefined ? '' : `×${(spread.median / basis).toFixed(1)}`).padStart(6),
  ].join(' ')
  return { name, figure, value: spread, unit: 'ms', bar: kind === 'search' ? bars.searchMs : Math.max(bars.pageMs, Math.round((basis ?? 0) * bars.times)) }
}

const ms = (value: number): string => value.toFixed(value >= 10 ? 0 : 1)

const readRound = async (inbox: Inbox, name: string, round: number, figures: Figures): Promise<void> => {
  const read = inbox.reads.find((own) => own.name === name)
  if (!read) throw new Error(`${name} is not read here`)
  if (read.requests.length === 0) throw new Error(`there is nothing to ask: ${name}`)
  const from = round < 0 ? 0 : round * inputs
  const own = Array.from({ length: round < 0 ? warmUp : inputs }, (_, at) => read.requests[(from + at) % read.requests.length]!)
  const first: number[] = []
  const second: (Request & { cursor: string })[] = []
  let empty = 0
  for (const request of own) {
    const { ms, answer } = await inbox.ask(read, request)
    first.push(ms)
    if (answer.items?.length === 0) empty++
    if (read.isPaged && answer.next) second.push({ ...request, cursor: answer.next })
  }
  if (read.kind === 'search' && round >= 0 && empty === own.length && !read.isEmpty) throw new Error(`${name}: every answer is empty`)
  const further: number[] = []
  for (const request of second) further.push((await inbox.ask(read, request)).ms)
  if (round < 0) return
  note(figures, name, read.kind, first)
  // Of a handful of pages there is no p95.
  if (further.length >= inputs / 10) note(figures, `${name}: second page`, read.kind, further)
}

const note = (figures: Figures, name: string, kind: Read['kind'], values: readonly number[]): void => {
  const own = figures.get(name) ?? { kind, p50: [], p95: [], count: 0 }
  own.p50.push(percentile(values, 0.5))
  own.p95.push(percentile(values, 0.95))
  own.count += values.length
  figures.set(name, own)
}

// ---- one centre with its server ----

const openInbox = async (folder: string, contacts: number): Promise<Inbox> => {
  mkdirSync(folder, { recursive: true })
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const embedded = await startEmbedded({ folder: join(folder, 'postgres'), logger: silent, fsync: false })
  const pool = new pg.Pool({ connectionString: embedded.url, max: 2 })
  pool.on('error', () => undefined)
  const started: (() => Promise<void>)[] = [() => embedded.stop(), () => pool.end()]
  const stop = async () => {
    for (const end of started.reverse()) await end()
  }
  try {
    await migrate(pool, migrationsFolder)
    await fillOnce(pool, folder, contacts)
    const sessions = { agent: await signIn(pool, 'agent'), supervisor: await signIn(pool, 'supervisor') }
    const reads = await planReads(pool, mostRounds * inputs)
    const port = await freePort()
    const server = startServer(port, { OTKLIK_DATA: folder }, { built: true })
    started.push(async () => {
      server.kill('SIGTERM')
      await server.exited()
    })
    await server.ready()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    started.push(async () => agent.destroy())
    const turns = { agent: 0, supervisor: 0 }
    const ask: Inbox['ask'] = async (read, request) => {
      for (;;) {
        const own = sessions[read.role]
        const person = request.agentId === undefined ? own[turns[read.role]++ % own.length] : own.find(({ id }) => id === request.agentId)
        if (!person) throw new Error(`nobody is signed in for ${read.name}`)
        const body = request.body && JSON.stringify({ ...request.body, ...(request.cursor === undefined ? {} : { cursor: request.cursor }) })
        const { status, ms, text } = await call(agent, port, person.token, request.path, body)
        if (status === 200) return { ms, answer: JSON.parse(text) as Answer }
        // The next one of the role asks instead, or the same a moment later.
        if (status !== 429) throw new Error(`${read.name}: ${status} for ${request.path} ${body ?? ''} ${text}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    return { reads, ask, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const fillOnce = async (pool: pg.Pool, folder: string, contacts: number): Promise<void> => {
  const mark = join(folder, 'filled.json')
  const wanted = JSON.stringify({ contacts, seed })
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  const began = performance.now()
  const client = await pool.connect()
  try {
    await fillInbox(client, contacts, seed, (line) => console.log(line))
    const { rows } = await client.query<{ size: string; messages: number; indexes: string }>(
      `select pg_size_pretty(pg_database_size(current_database())) as size, (select count(*)::int from message) as messages,
         pg_size_pretty((select sum(pg_indexes_size(c.oid)) from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace)) as indexes`,
    )
    console.log(`  ${contacts} contacts, ${rows[0]?.messages} messages, ${rows[0]?.size}, of it indexes ${rows[0]?.indexes}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
  } finally {
    // Its settings must not serve anybody else.
    client.release(true)
  }
  writeFileSync(mark, wanted)
}

const signIn = async (pool: pg.Pool, role: Read['role']): Promise<{ id: string; token: string }[]> => {
  const { rows } = await pool.query<{ id: string }>('select id from agent where role = $1 order by id', [role])
  const people = rows.map(({ id }) => ({ id, token: newToken() }))
  await pool.query(
    `insert into credential (hash, kind, chain, agent_id, created_at, expires_at, idle_until)
     select hash, 'session', gen_random_uuid(), id, now(), now() + interval '12 hours', now() + interval '12 hours' from unnest($1::bytea[], $2::uuid[]) s(hash, id)`,
    [people.map(({ token }) => hashToken(token)), people.map(({ id }) => id)],
  )
  return people
}

/** The time counts from the first byte that is sent to the last that comes. */
const call = (agent: Agent, port: number, token: string, path: string, body: string | undefined): Promise<{ status: number; ms: number; text: string }> =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const headers = { cookie: `otklik=${token}`, ...(body === undefined ? {} : { 'x-otklik': '1', origin: `http://localhost:${port}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) }
    const sent = send({ agent, host: '127.0.0.1', port, path: apiPrefix + path, method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began, text: Buffer.concat(pieces).toString() }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })

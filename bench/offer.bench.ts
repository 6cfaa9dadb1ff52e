/**
 * From the commit of a contact to the offer on an agent's socket: 500 agents on sockets, 50 contacts a second.
 * Against the median of an idle one-row commit of the same database: p50 ≤ 10 ×, p99 ≤ 50 ×; also with a foreign write
 * transaction of 5 s open. Five rounds, each of idle commits, the load, and the load beside the foreign transaction; judged is
 * the ratio within the rounds. SECONDS=… changes the length of one load (12).
 */
import { createApi } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import pg from 'pg'
import { WebSocket } from 'ws'
import { ratios, spreadOf, type Finding } from './pairs.ts'
import { startProduct, type Product } from './product.ts'
import { percentile, visit } from './visitor-socket.ts'

const agents = 500
const perSecond = Number(process.env.PER_SECOND ?? 50)
const warmUp = 5
const seconds = Number(process.env.SECONDS ?? 12)
const rounds = 5
const commitsEach = 200

interface Desk {
  readonly socket: WebSocket
}

/** An agent who accepts at once and finishes, and notes when each offer arrived. */
const openDesk = async (product: Product, cookie: string, offered: Map<string, number>): Promise<Desk> => {
  const api = createApi({ baseUrl: product.url, headers: () => ({ Origin: product.origin, Cookie: cookie }) })
  const socket = new WebSocket(`${product.url.replace(/^http/, 'ws')}/api/v1/desk/socket`, { origin: product.origin, headers: { Cookie: cookie }, perMessageDeflate: false })
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => socket.send(JSON.stringify({ t: 'hello', protocol: 1 })))
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { t: string; contact?: { id: string; state: string; offer: { id: string } | null } }
      if (frame.t === 'welcome') resolve()
      if (frame.t !== 'contact' || frame.contact?.state !== 'offered' || !frame.contact.offer || offered.has(frame.contact.id)) return
      offered.set(frame.contact.id, performance.now())
      void api.call(routes.acceptOffer, { params: { id: frame.contact.id }, body: { offerId: frame.contact.offer.id } })
    })
  })
  await api.call(routes.changePresence, { body: { state: 'available' } })
  return { socket }
}

/** Sessions made at once: 500 sign-ins would measure argon2. */
const openSessions = async (pool: pg.Pool): Promise<string[]> => {
  const { newToken, hashToken } = await import('../apps/server/src/access/tokens.ts')
  const tokens = Array.from({ length: agents }, newToken)
  await pool.query(
    `insert into credential (hash, kind, chain, agent_id, created_at, expires_at, idle_until)
     select t.hash, 'session', gen_random_uuid(), a.id, now(), now() + interval '6 hours', now() + interval '6 hours'
     from unnest($1::bytea[]) with ordinality t(hash, n)
     join (select id, row_number() over (order by email) as n from agent where email like 'bench%') a on a.n = t.n`,
    [tokens.map(hashToken)],
  )
  return tokens.map((token) => `otklik=${token}`)
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))

export const measure = async (report: (finding: Finding) => void): Promise<void> => {
  const product = await startProduct({ visitors: perSecond * (seconds * 2 * rounds + warmUp), agents })
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 3 })
  const offered = new Map<string, number>()
  try {
    await pool.query('create table bench_commit (n int)')
    /** The median of commits while nobody else works, ms. */
    const idleCommit = async (): Promise<number> => {
      const commits: number[] = []
      for (let i = 0; i < commitsEach; i++) {
        const began = performance.now()
        await pool.query('insert into bench_commit values (1)')
        commits.push(performance.now() - began)
      }
      return percentile(commits, 0.5)
    }

    const cookies = await openSessions(pool)
    const desks: Desk[] = []
    for (let i = 0; i < cookies.length; i += 20)
      desks.push(...(await Promise.all(cookies.slice(i, i + 20).map((cookie) => openDesk(product, cookie, offered)))))

    const tokens = [...product.tokens]
    const run = async (seconds: number): Promise<number[]> => {
      const accepted = new Map<string, number>()
      const began = performance.now()
      const visitors = tokens.splice(0, perSecond * seconds)
      // Each comes by its own connection a second before it writes: evenly, as from a street, not in troops.
      const running = visitors.map(async (token, place) => {
        const writesAt = began + 1000 + (place * 1000) / perSecond
        await pause(writesAt - 1000 - performance.now())
        const own = await visit(product.url, product.origin, token)
        await pause(writesAt - performance.now())
        const { contactId } = await own.say('Здравствуйте')
        // `accepted` is written to the socket after the commit: what is measured begins a little early, never late.
        accepted.set(contactId, performance.now())
        setTimeout(() => own.close(), 3000)
      })
      await Promise.all(running)
      await pause(2000)
      const missing = [...accepted.keys()].filter((id) => !offered.has(id)).length
      if (missing > 0) throw new Error(`${missing} of ${accepted.size} contacts were never offered`)
      return [...accepted].map(([id, at]) => Math.max(0.01, (offered.get(id) ?? 0) - at))
    }

    /** The same while a transaction that has written stays open, five seconds each time. */
    const runBesideForeign = async (): Promise<number[]> => {
      let open = true
      const foreign = (async () => {
        while (open) {
          const client = await pool.connect()
          await client.query('begin; insert into bench_commit values (2)')
          await pause(5000)
          await client.query('commit')
          client.release()
        }
      })()
      const waits = await run(seconds)
      open = false
      await foreign
      return waits
    }

    await run(warmUp) // a server that has just started compiles its code and plans its statements
    const idles: number[] = []
    const loads = { 'commit → socket': run, 'with a foreign write transaction of 5 s': runBesideForeign }
    const waits = Object.fromEntries(Object.keys(loads).map((name) => [name, [] as number[][]]))
    for (let round = 0; round < rounds; round++) {
      idles.push(await idleCommit())
      for (const [name, load] of Object.entries(loads)) waits[name]?.push(await load(seconds))
    }
    report({ name: 'offer: an idle commit of one row', figure: `${rounds} × ${commitsEach}`, value: spreadOf(idles), unit: 'ms' })
    for (const [name, byRound] of Object.entries(waits))
      for (const [share, bar] of [[0.5, 10], [0.99, 50]] as const) {
        const values = byRound.map((each) => percentile(each, share))
        report({
          name: `offer: ${name}, p${share * 100} / idle commit`,
          figure: `${spreadOf(values).median.toFixed(1)} ms`,
          value: spreadOf(ratios(values, idles)),
          unit: '×',
          bar,
        })
      }
    for (const desk of desks) desk.socket.terminate()
  } finally {
    await pool.end()
    await product.stop()
  }
}

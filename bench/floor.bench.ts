/**
 * The floor of a large centre in a real browser: 2,000 agents, 100 queues, 500 events a second. From the commit of a presence
 * change to the tile on the page ≤ 1 s (p99); the page's main thread busy ≤ 30 %; the server's memory flat. SECONDS=… changes
 * the length (60).
 */
import { readFileSync } from 'node:fs'
import { launchBrowser } from '@otklik/testing/browser'
import pg from 'pg'
import { prepareFloor } from './floor-load.ts'
import { spreadOf, type Finding } from './pairs.ts'
import { startProduct } from './product.ts'
import { percentile } from './visitor-socket.ts'

const agents = 2000
const queues = 100
const ticksPerSecond = 10
const each = { toggles: 30, comings: 10 }
const seconds = Number(process.env.SECONDS ?? 60)
const settleSeconds = 15

/** Runs in the page: notes when a tile takes another state. */
const watchTiles = `{
  const notes = []
  new MutationObserver((changes) => {
    const at = Date.now()
    for (const { target } of changes)
      if (target.matches('.tile')) notes.push({ id: target.getAttribute('href').split('agent=')[1], state: target.dataset.state, at })
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] })
  setInterval(() => void noteTiles(notes.splice(0)), 500)
}`

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))
const residentMb = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024

export const measure = async (report: (finding: Finding) => void): Promise<void> => {
  const product = await startProduct({ visitors: 0, agents })
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 1 })
  const browser = await launchBrowser()
  const load = await prepareFloor(product.databaseUrl, queues)
  try {
    const { newToken, hashToken } = await import('../apps/server/src/access/tokens.ts')
    const token = newToken()
    await pool.query(`update agent set role = 'supervisor' where email = 'agent4@sample.example'`)
    await pool.query(
      `insert into credential (hash, kind, chain, agent_id, created_at, expires_at, idle_until)
       select $1, 'session', gen_random_uuid(), id, now(), now() + interval '6 hours', now() + interval '6 hours' from agent where email = 'agent4@sample.example'`,
      [hashToken(token)],
    )
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addCookies([{ name: 'otklik', value: token, url: product.origin }])
    const page = await context.newPage()
    await page.goto(`${product.origin}/floor`)
    await page.locator('.tile').nth(agents - 1).waitFor({ timeout: 60_000, state: 'attached' })

    /** What the page showed and when; the two clocks are one machine's. */
    const seen: { id: string; state: string; at: number }[] = []
    await page.exposeFunction('noteTiles', (rows: typeof seen) => void seen.push(...rows))
    await page.evaluate(watchTiles)

    const session = await context.newCDPSession(page)
    // Processor time of the thread: on a machine that others load, the clock on the wall would count their work as the page's.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const busySeconds = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN

    let events = 0
    const committed: { id: string; state: string; at: number }[] = []
    const run = async (length: number, onSecond: (second: number) => Promise<void> = async () => undefined) => {
      const began = performance.now()
      for (let tick = 0; tick < length * ticksPerSecond; tick++) {
        await pause(began + (tick * 1000) / ticksPerSecond - performance.now())
        events += await load.tick(each)
        for (const [id, change] of load.changed) committed.push({ id, ...change })
        load.changed.clear()
        if (tick % ticksPerSecond === 0) await onSecond(tick / ticksPerSecond)
      }
      return (performance.now() - began) / 1000
    }

    await run(settleSeconds) // the server compiles and plans, the page draws its first pictures
    ;[events, committed.length, seen.length] = [0, 0, 0]
    const memory: number[] = []
    const busyByTen: number[] = []
    let [busyBefore, at] = [await busySeconds(), performance.now()]
    const took = await run(seconds, async (second) => {
      memory.push(residentMb(product.serverPid))
      if (second === 0 || second % 10 !== 0) return
      const [busy, now] = [await busySeconds(), performance.now()]
      busyByTen.push(((busy - busyBefore) / ((now - at) / 1000)) * 100)
      ;[busyBefore, at] = [busy, now]
    })
    await pause(3000)

    const shown = new Map<string, { state: string; at: number }[]>()
    for (const { id, ...note } of seen) shown.set(id, [...(shown.get(id) ?? []), note])
    const waits = committed.map(({ id, state, at: when }) => {
      const first = (shown.get(id) ?? []).find((note) => note.at >= when - 5 && note.state === state)
      return first ? Math.max(0, first.at - when) : Infinity
    })
    const missing = waits.filter((wait) => wait === Infinity).length
    // An agent who changes twice within a round may be shown once; more than a handful missing is a fault.
    if (missing > committed.length / 100) throw new Error(`${missing} of ${committed.length} changes were never shown`)
    const known = waits.filter((wait) => wait !== Infinity)
    const single = (value: number) => ({ median: value, low: value, high: value })
    const third = Math.floor(memory.length / 3)
    const [first, last] = [spreadOf(memory.slice(0, third)).median, spreadOf(memory.slice(-third)).median]
    report({ name: `floor: ${agents} agents, ${queues} queues`, figure: `${(events / took).toFixed(0)} events/s`, value: single(took), unit: 's' })
    report({ name: 'floor: commit → tile, p50', figure: `${known.length} changes`, value: single(percentile(known, 0.5)), unit: 'ms' })
    report({ name: 'floor: commit → tile, p99', figure: `${known.length} changes`, value: single(percentile(known, 0.99)), unit: 'ms', bar: 1000 })
    report({ name: 'floor: the page’s main thread busy', figure: `by ten seconds`, value: spreadOf(busyByTen), unit: '%', bar: 30 })
    report({ name: 'floor: server memory, last third / first third', figure: `${first.toFixed(0)} → ${last.toFixed(0)} MB`, value: single(last / first), unit: '×', bar: 1.15 })
  } finally {
    await load.close()
    await pool.end()
    await browser.close()
    await product.stop()
  }
}

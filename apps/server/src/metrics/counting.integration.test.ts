import { createHash } from 'node:crypto'
import { distributions, type Distribution, type MetricEvent } from '@otklik/metrics/event'
import { countEverybody } from '@otklik/metrics/follow'
import { bucketOf, percentile, type Histogram } from '@otklik/metrics/histogram'
import { recompute } from '@otklik/metrics/recompute.test-support'
import { addSums, counters, type Counter, type Sums } from '@otklik/metrics/sums'
import { World } from '@otklik/metrics/world.test-support'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { columnOf } from '../store/figure-columns.ts'
import { loadLives } from '../store/figures.ts'
import { Counting } from './counting.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
  await running.otklik.router.stop() // the test counts, nobody else
})
afterEach(async () => {
  await running.close()
  await database.close()
})

/** A small generator with a fixed seed (Lehmer). */
const createRandom = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647

/** Names of the small world as ids of the database. */
const idOf = (name: string) => createHash('sha256').update(name).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')
const inIds = (payload: object) => Object.fromEntries(Object.entries(payload).map(([name, value]: [string, unknown]) => [name, name.endsWith('Id') && typeof value === 'string' ? idOf(value) : value]))

const write = async (events: readonly MetricEvent[]) => {
  const rows = events.map(({ at, kind, payload }) => ({ at, kind, subject: idOf('subject'), payload: inIds(payload) }))
  await running.otklik.database.pool.query(
    `insert into event (at, kind, subject, payload) select at, kind, subject, payload from jsonb_to_recordset($1) as r(at timestamptz, kind text, subject uuid, payload jsonb)`,
    [JSON.stringify(rows)],
  )
}

const columns = counters.map((name) => `coalesce(sum(${columnOf(name)}), 0) as "${name}"`).join(', ')
const sumsOf = async (table: string, where = 'true') => (await running.otklik.database.pool.query<Record<Counter, number>>(`select ${columns} from ${table} where ${where}`)).rows[0] as Record<Counter, number>
const rounded = (sums: Sums) => Object.fromEntries(counters.map((name) => [name, Math.round((sums[name] ?? 0) * 1000) / 1000]))

it('keeps the same sums as a plain recomputation, whoever counts and wherever the log is cut', async () => {
  const random = createRandom(20_261_124)
  const whole = (below: number) => Math.floor(random() * below)
  const world = new World()
  for (let step = 0; step < 1500; step++) world.run({ act: whole(100), a: whole(1000), b: whole(1000), after: whole(4) === 0 ? whole(400) : whole(40) })

  const { database: own } = running.otklik
  const faults: unknown[] = []
  const counter = () => new Counting({ database: own, isLeading: () => true, onError: (error) => faults.push(error), batch: 1 + whole(200) })
  const two = [counter(), counter()]
  for (let from = 0; from < world.events.length; ) {
    const to = from + 1 + whole(120)
    await write(world.events.slice(from, to))
    from = to
    const turn = whole(2)
    if (whole(6) === 0) two[turn] = counter() // a server that starts anew remembers by the database alone
    const counting = two[turn] as Counting
    if (whole(3) === 0) await Promise.all([counting.count(), two[1 - turn]?.count()]) // both at once: only one of them counts
    else await counting.count()
  }
  const last = counter()
  // Other tests' open transactions may hold the log's horizon for a moment.
  await expect.poll(async () => {
    while (await last.count());
    return (await own.pool.query('select from event e, metric_cursor c where (e.tx, e.id) > (c.tx, c.id)')).rowCount
  }).toBe(0)

  const plain = recompute(world.events, world.now)
  const sums: Record<string, number> = { ...(await sumsOf('metric_interval')) }
  addSums(sums, await sumsOf('metric_agent_interval', 'queue_id is null'))
  for (const { sums: more } of countEverybody(await loadLives(own.reader), world.now)) addSums(sums, more)
  expect(rounded(sums)).toEqual(rounded(plain.sums))
  expect(rounded(await sumsOf('metric_day'))).toEqual(rounded(await sumsOf('metric_interval')))
  expect(rounded(await sumsOf('metric_agent_interval_total'))).toEqual(rounded(await sumsOf('metric_agent_interval')))
  expect(rounded(await sumsOf('metric_agent_day'))).toEqual(rounded(await sumsOf('metric_agent_interval')))
  const [agents, queues] = [await sumsOf('metric_agent_interval', 'queue_id is not null'), await sumsOf('metric_interval')]
  for (const name of ['handled', 'accepted', 'declined', 'missed', 'picked', 'answered', 'talkMs'] as const) expect(agents[name], name).toBeCloseTo(queues[name], 3)

  const bucketsOf = async (table: string) =>
    (await own.pool.query<{ distribution: Distribution; bucket: number; cases: number }>(`select distribution, bucket, sum(cases) as cases from ${table} group by 1, 2 order by 1, 2`)).rows
  const rows = await bucketsOf('metric_day_histogram')
  for (const apart of ['queue', 'region', 'channel']) expect(await bucketsOf(`metric_day_histogram_by_${apart}`), apart).toEqual(rows)
  const exact = { wait: plain.waits, firstResponse: plain.firstResponses, handle: plain.handles }
  for (const name of distributions) {
    const histogram: Histogram = new Map(rows.filter(({ distribution }) => distribution === name).map(({ bucket, cases }) => [bucket, cases]))
    const sorted = [...exact[name]].sort((a, b) => a - b)
    for (const share of [0.5, 0.9]) expect(bucketOf(percentile(histogram, share) ?? NaN), `${name} ${share}`).toBe(bucketOf(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN))
  }
  expect(faults).toEqual([])
}, 120_000)

/** Every number opens the contacts behind it: their cases add up to what was counted, in any cell. */
import { figuresRoutes, type FigureContact, type FigureContactsQuery, type FiguresRow } from '@otklik/contract/figures'
import { partsOf, termBehind } from '@otklik/metrics/behind'
import { definitions, metricIds } from '@otklik/metrics/definitions'
import { addTerm } from '@otklik/metrics/evaluate'
import { World } from '@otklik/metrics/world.test-support'
import type { QueueId, TeamId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Counting } from './metrics/counting.ts'
import { loadFigureContacts } from './store/figure-contacts.ts'
import { loadFigureRows } from './store/figure-rows.ts'
import { createRandom, writePast } from './store/past.test-support.ts'
import { loadFigureSubjects, loadRatings } from './store/ratings.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let supervisor: AgentClient
const random = createRandom(20_261_128)
const whole = (below: number) => Math.floor(random() * below)
const day = '2026-11-22'
const everywhere = { queueIds: null, teamIds: null }

beforeAll(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
  supervisor = await running.agent('agent3@sample.example')
  await running.otklik.router.stop() // the test counts, nobody else
  const world = new World()
  for (let step = 0; step < 1500; step++) world.run({ act: whole(100), a: whole(1000), b: whole(1000), after: whole(60) })
  await writePast(running.otklik.database.pool, world)
  const counting = new Counting({ database: running.otklik.database, isLeading: () => true, onError: (error) => { throw error } })
  // Other tests' open transactions may hold the log's horizon for a moment.
  await vi.waitFor(async () => {
    while (await counting.count());
    const { rowCount } = await running.otklik.database.pool.query('select from event e, metric_cursor c where (e.tx, e.id) > (c.tx, c.id)')
    if (rowCount !== 0) throw new Error(`${rowCount} events are not counted`)
  }, 60_000)
})
afterAll(async () => {
  await running.close()
  await database.close()
})

type Query = Partial<FigureContactsQuery> & Pick<FigureContactsQuery, 'metric' | 'part'>

/** All pages. */
const open = async (query: Query): Promise<FigureContact[]> => {
  const found: FigureContact[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await supervisor.api.call(figuresRoutes.figureContacts, { query: { from: day, to: day, limit: 7, ...query, ...(cursor === undefined ? {} : { cursor }) } })
    found.push(...page.items)
    if (page.next === null) return found
    cursor = page.next
  }
}
const casesOf = (contacts: readonly FigureContact[]) => contacts.reduce((sum, { cases }) => sum + cases, 0)

const cellOf = ({ minute, key, again }: FiguresRow, by: 'queue' | 'agent') => ({
  fromMinute: minute ?? 0, untilMinute: (minute ?? 0) + 15, again: again ? 'yes' as const : 'no' as const, ...(by === 'queue' ? { queueId: key as QueueId } : { agentId: key as never }),
})

it.each(['queue', 'agent'] as const)('opens as many cases as each quarter of each %s counts', async (by) => {
  const { rows } = await supervisor.api.call(figuresRoutes.figures, { query: { from: day, to: day, step: 'quarter', by } })
  expect(rows.length).toBeGreaterThan(30)
  let opened = 0
  for (let turn = 0; turn < 600; turn++) {
    const row = rows[whole(rows.length)]
    const metric = metricIds[whole(metricIds.length)]
    if (!row || !metric) throw new Error('chosen within their number')
    const definition = definitions[metric]
    const part = partsOf(definition)[whole(partsOf(definition).length)]
    if (!part) continue
    const counted = addTerm(termBehind(definition, part) ?? [], row.sums)
    if (counted === 0 && whole(20) > 0) continue // most cells count nothing: a few of those will do
    const found = await open({ metric, part, ...cellOf(row, by) })
    expect(casesOf(found), `${metric} ${part} ${JSON.stringify(cellOf(row, by))}`).toBe(counted)
    opened += found.length
  }
  expect(opened).toBeGreaterThan(40)
})

it('opens a whole day page by page, each contact once, by region and channel too', async () => {
  const [all] = (await supervisor.api.call(figuresRoutes.figures, { query: { from: day, to: day, step: 'all' } })).rows
  for (const metric of metricIds)
    for (const part of partsOf(definitions[metric])) {
      const found = await open({ metric, part })
      expect(casesOf(found), `${metric} ${part}`).toBe(addTerm(termBehind(definitions[metric], part) ?? [], all?.sums ?? {}))
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    }
  const { rows } = await supervisor.api.call(figuresRoutes.figures, { query: { from: day, to: day, step: 'day', by: 'region' } })
  for (const row of rows) expect(casesOf(await open({ metric: 'serviceLevel', part: 'rest', region: row.key ?? '', channel: 'webChat' }))).toBe(addTerm(termBehind(definitions.serviceLevel, 'rest') ?? [], row.sums))
})

it('tells how long what it measures lasted, and who it was', async () => {
  const found = await open({ metric: 'asa', part: 'counted' })
  const [all] = (await supervisor.api.call(figuresRoutes.figures, { query: { from: day, to: day, step: 'all' } })).rows
  expect(found.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0)).toBe(all?.sums['waitMs'])
  expect(found[0]).toMatchObject({ customer: { name: null, number: expect.any(Number) as number }, channel: 'webChat' })
  await expect(open({ metric: 'occupancy', part: 'counted' })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  await expect(open({ metric: 'asa', part: 'rest' })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  await expect(open({ metric: 'toString', part: 'counted' })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
  await expect(open({ metric: 'asa', part: 'counted', cursor: 'x' })).rejects.toMatchObject({ problem: { code: 'badRequest' } })
})

it('lists ratings with their words, the lowest alone, as many as were counted', async () => {
  const [all] = (await supervisor.api.call(figuresRoutes.figures, { query: { from: day, to: day, step: 'all' } })).rows
  const ask = async (who: AgentClient, query: object) => {
    const items = []
    for (let cursor: string | undefined; ; ) {
      const page = await who.api.call(figuresRoutes.ratings, { query: { from: day, to: day, limit: 5, ...query, ...(cursor === undefined ? {} : { cursor }) } })
      items.push(...page.items)
      if (page.next === null) return items
      cursor = page.next
    }
  }
  const low = await ask(supervisor, { maxScore: 2 })
  expect((await ask(supervisor, {})).length).toBe(all?.sums['rated'])
  expect(low.length).toBe(all?.sums['bottomTwo'])
  expect(low.every(({ score, comment }) => score < 3 && comment === 'Ждали долго')).toBe(true)
  expect((await ask(supervisor, { commented: 'yes' })).length).toBe(low.length)
  const administrator = await running.agent('administrator@sample.example')
  expect((await ask(administrator, { maxScore: 2 })).every(({ comment, hasComment }) => comment === null && hasComment)).toBe(true)
  const agent = await running.agent('agent1@sample.example')
  await expect(ask(agent, {})).rejects.toMatchObject({ problem: { code: 'notAllowed' } })
})

it('tells of a day only what was by this time of the day, by the clock of each zone', async () => {
  const { reader } = running.otklik.database
  const query = { from: day, to: day, step: 'quarter' } as const
  const whole = await loadFigureRows(reader, query, everywhere, new Date())
  const minutes = whole.flatMap(({ minute }) => minute ?? [])
  const middle = minutes[Math.floor(minutes.length / 2)] ?? 0
  const [{ zone } = { zone: '' }] = (await running.otklik.database.pool.query<{ zone: string }>('select time_zone as zone from company')).rows
  // A moment when the clocks of the company show that quarter's end, some day in winter.
  const offset = (Date.parse(`${new Date('2026-12-01T00:00:00Z').toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`) - Date.parse('2026-12-01T00:00:00Z')) / 60_000
  const now = new Date(Date.parse('2026-12-01T00:00:00Z') + (middle + 15 - offset) * 60_000)
  const soFar = await loadFigureRows(reader, { ...query, soFar: 'yes' }, everywhere, now)
  // Whoever adds in another order has other last digits.
  const rounded = (rows: typeof whole) => rows.map((row) => ({ ...row, sums: Object.fromEntries(Object.entries(row.sums).map(([name, value]) => [name, Math.round(value)])) }))
  expect(rounded(soFar)).toEqual(rounded(whole.filter(({ minute }) => (minute ?? 0) <= middle)))
  expect(soFar.length).toBeLessThan(whole.length)
  await expect(supervisor.api.call(figuresRoutes.figures, { query: { from: day, to: day, step: 'all', soFar: 'yes' } })).rejects.toMatchObject({ problem: { code: 'validationFailed' } })
})

it('shows a supervisor nothing out of reach', async () => {
  const { reader } = running.otklik.database
  const period = { from: day, to: day } as const
  const queues = await loadFigureRows(reader, { ...period, step: 'all', by: 'queue' }, everywhere, new Date())
  const own = queues[0]
  const reach = { queueIds: [own?.key as QueueId], teamIds: [] as TeamId[] }
  for (const step of ['all', 'day', 'quarter'] as const)
    expect((await loadFigureRows(reader, { ...period, step, by: 'queue' }, reach, new Date())).every(({ key }) => key === own?.key), step).toBe(true)
  const [narrow] = await loadFigureRows(reader, { ...period, step: 'all' }, reach, new Date())
  expect(narrow?.sums).toEqual(own?.sums)
  expect(narrow?.histograms).toEqual(own?.histograms)
  const byRegion = await loadFigureRows(reader, { ...period, step: 'all', by: 'region' }, reach, new Date())
  expect(byRegion.reduce((sum, { sums }) => sum + (sums['offered'] ?? 0), 0)).toBe(own?.sums['offered'])
  for (const by of ['agent', 'team', 'site'] as const) expect(await loadFigureRows(reader, { ...period, step: 'all', by }, reach, new Date()), by).toEqual([])

  const asked = { ...period, fromMinute: 0, untilMinute: 1440, metric: 'offered', part: 'counted', limit: 100 } as const
  const { items } = await loadFigureContacts(reader, definitions.offered, asked, reach, undefined)
  expect(items.reduce((sum, { cases }) => sum + cases, 0)).toBe(own?.sums['offered'])
  expect((await loadFigureContacts(reader, definitions.handled, { ...asked, metric: 'handled', agentId: supervisor.id }, reach, undefined)).items).toEqual([])
  const ratings = await loadRatings(reader, { ...period, limit: 100 }, { reach, readsWords: true, after: undefined })
  expect(ratings.items.length).toBe(own?.sums['rated'] ?? 0)
  expect(ratings.items.every(({ queueName }) => queueName === own?.name)).toBe(true)
  const subjects = await loadFigureSubjects(reader, reach, new Date('2026-11-28T00:00:00Z'))
  expect(subjects).toMatchObject({ queues: [{ id: own?.key }], agents: [], teams: [], sites: [] })
  expect(subjects.regions).toEqual(['unknown', 'Москва'])
})

it('tells the two passes of an hour that comes twice apart, and opens each', async () => {
  const { pool } = running.otklik.database
  const [row] = (await pool.query<{ id: string; hours: { timeZone?: string } | null }>('select id, hours from queue order by name')).rows
  if (!row) throw new Error('the sample has queues')
  // New York turns its clocks back on 1 November 2026 at 06:00 UTC: 01:00–02:00 comes twice, and the day has 100 quarters.
  await pool.query(`update queue set hours = jsonb_set(coalesce(hours, '{}'), '{timeZone}', '"America/New_York"') where id = $1`, [row.id])
  try {
    await pool.query(
      `insert into metric_interval (at, queue_id, channel, region, offered) select at, $1, 'webChat', 'unknown', 1
       from generate_series('2026-11-01T04:00:00Z'::timestamptz, '2026-11-02T04:45:00Z', interval '15 minutes') at`,
      [row.id],
    )
    const ask = async (date: string) => (await supervisor.api.call(figuresRoutes.figures, { query: { from: date, to: date, step: 'quarter', queueId: row.id as QueueId } })).rows
    const rows = await ask('2026-11-01')
    expect(rows).toHaveLength(100)
    expect(rows.every(({ sums }) => sums['offered'] === 1)).toBe(true)
    expect(rows.filter(({ again }) => again).map(({ minute }) => minute)).toEqual([60, 75, 90, 105])
  } finally {
    await pool.query('delete from metric_interval where at < $1', ['2026-11-03'])
    await pool.query('update queue set hours = $2 where id = $1', [row.id, row.hours && JSON.stringify(row.hours)])
  }
})

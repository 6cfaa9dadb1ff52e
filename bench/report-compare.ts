/** Figures over a month beside plain sums and ranks over its cases, which know no interval, no bucket and no event. */
import type { FiguresQuery, FiguresRow, FiguresView } from '@otklik/contract/figures'
import { bucketOf, percentile } from '@otklik/metrics/histogram'
import type pg from 'pg'
import { days, month } from './report-data.ts'


const dayOf = (at: string) => `(${at} at time zone 'Europe/Moscow')::date`
const inMonth = (at: string) => `${dayOf(at)} between '${month}-01' and '${month}-${days}'`
/** Counter → what it is of the cases, each in the day of what it tells of. */
const sums: Readonly<Record<string, readonly [value: string, at: string]>> = {
  offered: ['1', 'entered_at'],
  answered: ['(wait_ms is not null)::int', 'entered_at'],
  answeredInTarget: ['coalesce((wait_ms <= target_ms)::int, 0)', 'entered_at'],
  waitMs: ['coalesce(wait_ms, 0)', 'entered_at'],
  abandoned: ['(left_ms is not null)::int', 'entered_at'],
  shortAbandoned: ['coalesce((left_ms <= 30000)::int, 0)', 'entered_at'],
  firstResponses: ['(first_response_ms is not null)::int', 'entered_at'],
  firstResponseMs: ['coalesce(first_response_ms, 0)', 'entered_at'],
  accepted: ['(taken_at is not null)::int', 'taken_at'],
  handled: ['(let_go_at is not null)::int', 'let_go_at'],
  talkMs: ['talk_ms', 'let_go_at'],
  wrapUpMs: ['wrap_up_ms', 'let_go_at'],
  ended: ['(ended_at is not null)::int', 'ended_at'],
  rated: ['(score is not null)::int', 'ended_at'],
  topTwo: ['coalesce((score >= 4)::int, 0)', 'ended_at'],
  bottomTwo: ['coalesce((score <= 2)::int, 0)', 'ended_at'],
}
const keyed = { none: 'null::text', day: null, channel: 'channel', region: 'region', queue: 'queue_id::text' } as const

/** @returns whether everything is the same */
export const compareFigures = async (pool: pg.Pool, ask: (query: FiguresQuery) => Promise<FiguresView>, say: (line: string) => void): Promise<boolean> => {
  const period = { from: `${month}-01`, to: `${month}-${days}` }
  let [compared, different] = [0, 0]
  const differ = (what: string, ours: unknown, plain: unknown) => {
    compared++
    if (ours === plain) return
    if (different++ < 20) say(`  ${what}: ${String(ours)} instead of ${String(plain)}`)
  }
  for (const by of ['none', 'day', 'channel', 'region', 'queue'] as const) {
    const query: FiguresQuery = by === 'none' ? { ...period, step: 'all' } : by === 'day' ? { ...period, step: 'day' } : { ...period, step: 'all', by }
    const rows = new Map<string | null, FiguresRow>((await ask(query)).rows.map((row) => [by === 'day' ? row.day : row.key, row]))
    const keyAt = (at: string) => keyed[by] ?? `to_char(${dayOf(at)}, 'YYYY-MM-DD')`
    for (const at of ['entered_at', 'taken_at', 'let_go_at', 'ended_at']) {
      const own = Object.entries(sums).filter(([, [, when]]) => when === at)
      const { rows: plain } = await pool.query<Record<string, string | null>>(
        `select ${keyAt(at)} as key, ${own.map(([name, [value]]) => `sum(${value}) as "${name}"`).join(', ')} from bench_case where ${at} is not null and ${inMonth(at)} group by 1`,
      )
      for (const row of plain) for (const [name] of own) differ(`${name} by ${by} ${row['key'] ?? ''}`, Math.round(rows.get(row['key'] ?? null)?.sums[name] ?? 0), Number(row[name]))
    }
    const rank = (share: number, of: string) => `percentile_disc(${share}) within group (order by ${of})`
    for (const [at, distribution, of] of [['entered_at', 'wait', 'wait_ms'], ['entered_at', 'firstResponse', 'first_response_ms'], ['let_go_at', 'handle', 'talk_ms + wrap_up_ms']] as const) {
      const { rows: plain } = await pool.query<{ key: string | null; p50: number; p90: number }>(
        `select ${keyAt(at)} as key, ${rank(0.5, of)} as p50, ${rank(0.9, of)} as p90 from bench_case where ${at} is not null and (${of}) is not null and ${inMonth(at)} group by 1`,
      )
      for (const { key, p50, p90 } of plain)
        for (const [share, exact] of [[0.5, p50], [0.9, p90]] as const)
          differ(`${distribution} p${share * 100} by ${by} ${key ?? ''}`, bucketOf(percentile(new Map(rows.get(key)?.histograms[distribution] ?? []), share) ?? NaN), bucketOf(exact))
    }
  }
  const { rows: time } = await pool.query<{ ours: number; plain: number }>(
    `select (select round(sum(busy_ms)) from metric_agent_interval where queue_id is null) as ours, (select round(sum(extract(epoch from let_go_at - taken_at) * 1000)) from bench_case where taken_at is not null) as plain`,
  )
  differ('busy time', Number(time[0]?.ours), Number(time[0]?.plain))
  say(`  ${compared} figures compared with a recomputation, ${different} differ`)
  return different === 0
}

/** How long customers of a queue wait for a first answer, out of the figures: what may be said to those who are about to write. */
import type { QueueId } from '@otklik/model/ids'
import type { Reader } from './database.ts'

/** Fewer say nothing about what is usual. */
const fewestCases = 10
const hours = 4
const days = 7

/** People say times so: seconds, then minutes, then hours. */
const saidSeconds = [10, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 2700, 3600]

/** Rounded up, so that it holds. Pure. */
export const roundUpSaid = (seconds: number): number => saidSeconds.find((said) => seconds <= said) ?? Math.ceil(seconds / 3600) * 3600

const meanText = `
  select sum(i.first_response_ms)::float8 / 1000 / nullif(sum(i.first_responses), 0) as seconds, coalesce(sum(i.first_responses), 0)::float8 as cases
  from generate_series($3::int, $4::int) day
  join metric_interval i on i.at > $2::timestamptz - make_interval(days => day, hours => $5::int)
    and i.at <= $2::timestamptz - make_interval(days => day, hours => $5::int - ${hours})
  where i.queue_id = $1 and i.channel = 'webChat'`

/** The mean of the last hours; where these had too few, of the same hours of the last days, half of them before this hour and half after,; null where these had too few, too. */
export const loadUsualSeconds = async (reader: Reader, queueId: QueueId, now: Date): Promise<number | null> => {
  const mean = async (fromDay: number, toDay: number, hoursBefore: number): Promise<number | null> => {
    const [row] = await reader.named<{ seconds: number | null; cases: number }>('usual-answer', meanText, [queueId, now, fromDay, toDay, hoursBefore])
    return row && row.seconds !== null && row.cases >= fewestCases ? row.seconds : null
  }
  const seconds = (await mean(0, 0, hours)) ?? (await mean(1, days, hours / 2))
  return seconds === null ? null : roundUpSaid(seconds)
}

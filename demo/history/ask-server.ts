/** A past's figures as the server counts them, by the public interface. */
import type { Api } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import { addSums, type Sums } from '@otklik/metrics/sums'
import { setTimeout as sleep } from 'node:timers/promises'
import { homeZone } from '../shifts.ts'
import { dateOf, dayMs } from '../zone.ts'
import type { Counted } from './figures.ts'

interface Period {
  readonly from: number
  readonly to: number
}

const pollMs = 1000

/**
 * Waits until everything that was written is counted.
 * @param writtenAt no event is later
 * @param onWay with the instant up to which all is counted
 */
export const waitUntilCounted = async (api: Api, writtenAt: number, onWay: (countedTo: string) => void): Promise<void> => {
  const today = dateOf(homeZone, writtenAt)
  for (;;) {
    const { countedTo } = await api.call(routes.figures, { query: { from: today, to: today, step: 'all' } })
    if (Date.parse(countedTo) >= writtenAt) return
    onWay(countedTo)
    await sleep(pollMs)
  }
}

/** Whether the server has come further with a past. Before it has begun, it says up to when it had counted what was there before: today. */
export const onlyFurther = ({ from, to }: Period): ((countedTo: number) => boolean) => {
  let furthest = from
  return (countedTo) => {
    if (countedTo <= furthest || countedTo > to) return false
    furthest = countedTo
    return true
  }
}

const quarterDays = 28

/** @param period of the past; what else happened on its last date is counted with it */
export const askServer = async (api: Api, { from, to }: Period): Promise<Counted> => {
  const [first, last] = [dateOf(homeZone, from), dateOf(homeZone, to)]
  const rows = async (query: { step: 'all' | 'day' | 'quarter'; by?: 'region' | 'channel'; from?: string }) => (await api.call(routes.figures, { query: { from: first, to: last, ...query } })).rows
  const sumsBy = (found: Awaited<ReturnType<typeof rows>>): Record<string, Sums> => Object.fromEntries(found.map(({ key, sums }) => [key ?? '', sums]))
  const all: Sums = {}
  for (const { sums } of await rows({ step: 'all' })) addSums(all, sums)
  const days = (await rows({ step: 'day' })).filter(({ day }) => day !== first && day !== last)
  const quarters = (await rows({ step: 'quarter', from: dateOf(homeZone, Math.max(from, to - quarterDays * dayMs)) })).filter(({ day }) => day !== last)
  const offeredIn = (found: typeof quarters) => found.reduce((sum, { sums }) => sum + (sums['offered'] ?? 0), 0)
  return {
    all,
    byRegion: sumsBy(await rows({ step: 'all', by: 'region' })),
    byChannel: sumsBy(await rows({ step: 'all', by: 'channel' })),
    offeredByDay: days.map(({ day, sums }) => ({ weekday: (new Date(day ?? '').getUTCDay() + 6) % 7, offered: sums['offered'] ?? 0 })),
    daytime: { from9to21: offeredIn(quarters.filter(({ minute }) => minute !== null && minute >= 9 * 60 && minute < 21 * 60)), all: offeredIn(quarters) },
  }
}

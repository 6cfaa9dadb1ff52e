/** When the screen calls: a figure that has been beyond its threshold for as long as was asked. Pure. */
import type { FloorAlert, FloorQueue } from '@otklik/contract/floor'
import { valueOf } from './figures.ts'

/** What an alert looks at, in the unit of its threshold; null: there is nothing to look at. */
export const alertValue = (figure: FloorAlert['figure'], queue: FloorQueue, now: number): number | null => {
  switch (figure) {
    case 'waiting':
      return queue.waiting
    case 'available':
      return queue.available
    case 'longestWait':
      return queue.oldestAt === null ? 0 : Math.max(0, (now - Date.parse(queue.oldestAt)) / 1000)
    case 'firstResponse': {
      const { value } = valueOf('firstResponseTime', queue.today)
      return value === null ? null : value / 1000
    }
    case 'serviceLevel':
      return valueOf('serviceLevel', queue.today).value
    case 'abandonment':
      return valueOf('abandonment', queue.today).value
  }
}

const callsBelow: ReadonlySet<FloorAlert['figure']> = new Set(['serviceLevel', 'available'])
const isBeyond = ({ figure, threshold }: FloorAlert, value: number) => (callsBelow.has(figure) ? value < threshold : value > threshold)

export interface Call {
  /** Of alert and queue together. */
  readonly key: string
  readonly alert: FloorAlert
  readonly queue: FloorQueue
  readonly value: number
}

/**
 * @param since when each pair of alert and queue went beyond, kept by the caller from one look to the next; changed here
 * @returns what calls now
 */
export const callsOf = (alerts: readonly FloorAlert[], queues: Iterable<FloorQueue>, since: Map<string, number>, now: number): Call[] => {
  const calls: Call[] = []
  const beyond = new Set<string>()
  for (const queue of queues)
    for (const alert of alerts) {
      if (alert.queueId !== null && alert.queueId !== queue.id) continue
      const value = alertValue(alert.figure, queue, now)
      if (value === null || !isBeyond(alert, value)) continue
      const key = `${alert.id}/${queue.id}`
      beyond.add(key)
      const from = since.get(key) ?? now
      since.set(key, from)
      if (now - from >= alert.forSeconds * 1000) calls.push({ key, alert, queue, value })
    }
  for (const key of since.keys()) if (!beyond.has(key)) since.delete(key)
  return calls
}

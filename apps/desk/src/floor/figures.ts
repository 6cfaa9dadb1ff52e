/** The floor's figures, by the definitions that all figures have. */
import type { FloorAgent, FloorQueue } from '@otklik/contract/floor'
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import { evaluate, type Value } from '@otklik/metrics/evaluate'
import { addSums, type Counter, type Sums } from '@otklik/metrics/sums'

export const valueOf = (metric: MetricId, sums: Sums): Value => evaluate(definitions[metric], { sums, histograms: {} })

export interface Total {
  readonly waiting: number
  readonly oldestAt: string | null
  readonly inHand: number
  readonly today: Sums
  /** The target of all the queues, if they have the same one. */
  readonly targetSeconds: number | null
}

/** All queues together: sums are added before anything is divided. */
export const totalOf = (queues: Iterable<FloorQueue>): Total => {
  const today: { [Name in Counter]?: number } = {}
  let [waiting, inHand] = [0, 0]
  let oldestAt: string | null = null
  const targets: number[] = []
  for (const queue of queues) {
    addSums(today, queue.today)
    waiting += queue.waiting
    inHand += queue.inHand
    if (queue.oldestAt !== null && (oldestAt === null || queue.oldestAt < oldestAt)) oldestAt = queue.oldestAt
    targets.push(queue.targetSeconds)
  }
  return { waiting, oldestAt, inHand, today, targetSeconds: new Set(targets).size === 1 ? (targets[0] ?? null) : null }
}

/** Service level by quarters, 0–1; a quarter in which nobody came is left out. */
export const serviceByQuarter = (quarters: FloorQueue['quarters']): readonly number[] =>
  quarters.flatMap(({ at: _, ...sums }) => valueOf('serviceLevel', sums).value ?? [])

/** An agent's time of today with what has run since it was counted last. @param now epoch milliseconds */
export const agentToday = (agent: FloorAgent, now: number): Sums => {
  const from = agent.timeCountedTo === null ? now : Date.parse(agent.timeCountedTo)
  const running = Math.max(0, now - from)
  const isBusy = agent.slots.some(({ state }) => state !== 'offered')
  const name = isBusy ? 'busyMs' : agent.presence.state === 'available' ? 'availableMs' : agent.presence.state === 'notReady' ? 'notReadyMs' : null
  return name === null ? agent.today : { ...agent.today, [name]: (agent.today[name] ?? 0) + running }
}

/**
 * Who is free, in the order of those who share work evenly: lightest load, then least busy lately, then ticket; one heap per
 * channel over all agents, whatever they can do.
 */
import type { Agents } from './agents.ts'
import { channelCount } from './eligibility.ts'
import { absent, heapPush, heapRemove, type Ordered } from './nodes.ts'
import { IntRecords } from './records.ts'

export class Evenness implements Ordered {
  /** By channel: nodes, agent × channelCount + channel. */
  readonly heaps: number[][] = Array.from({ length: channelCount }, () => [])
  private readonly cells = new IntRecords([absent, 0])
  readonly at = this.cells.column(0)
  /** As it was when the node was put in; whatever changes it takes the node out before. */
  private readonly load = this.cells.column(1)

  constructor(private readonly agents: Agents) {}

  before(a: number, b: number): boolean {
    const { occupancy, ticket } = this.agents
    const [left, right] = [(a / channelCount) | 0, (b / channelCount) | 0]
    const difference = this.load.get(a) - this.load.get(b) || occupancy[left]! - occupancy[right]!
    return difference < 0 || (difference === 0 && ticket[left]! < ticket[right]!)
  }

  /** @param channels one bit each */
  add(agent: number, channels: number): void {
    for (let channel = 0; channel < channelCount; channel++) {
      if ((channels & (1 << channel)) === 0) continue
      const node = agent * channelCount + channel
      this.cells.ensure(node)
      this.load.set(node, this.agents.loadOf(agent, channel))
      heapPush(this.heaps[channel]!, this, node)
    }
  }

  remove(agent: number, channels: number): void {
    for (let channel = 0; channel < channelCount; channel++)
      if ((channels & (1 << channel)) !== 0) heapRemove(this.heaps[channel]!, this, agent * channelCount + channel)
  }
}

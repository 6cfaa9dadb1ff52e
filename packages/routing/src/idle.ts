/**
 * Who is free, in the order of preference among agents who fit equally well: lightest load, then longest at that load.
 *
 * Each profile has a heap per channel; beside them one list per channel and load runs over all agents, for searches in
 * tiers so wide that looking at each profile would cost more than walking the list until somebody fits.
 */
import type { Agents } from './agents.ts'
import { channelCount, type Freedom } from './eligibility.ts'
import { Evenness } from './evenness.ts'
import { heapPush, heapRemove, Nodes } from './nodes.ts'

class LoadList {
  head = -1
  tail = -1
}

export class Idle {
  /**
   * Node of (agent, channel): agent × channelCount + channel. Key: load, ticket. `at` is the place in the profile's
   * heap.
   */
  readonly nodes = new Nodes()
  private readonly lists: LoadList[][] = Array.from({ length: channelCount }, () => [])

  /** Kept from the first queue on that spreads work evenly. */
  evenness: Evenness | null = null

  constructor(
    private readonly agents: Agents,
    private readonly freedom: Freedom,
  ) {}

  keepEvenness(): void {
    if (this.evenness) return
    this.evenness = new Evenness(this.agents)
    for (let agent = 0; agent < this.agents.size; agent++) this.evenness.add(agent, this.agents.indexed.get(agent))
  }

  /** Indexes the agent for every channel that the agent is free for. */
  add(agent: number): void {
    const profile = this.agents.profile[agent]
    if (!profile) return
    const free = this.agents.freeChannels(agent)
    for (let channel = 0; channel < channelCount; channel++) {
      if ((free & (1 << channel)) === 0) continue
      const node = agent * channelCount + channel
      this.nodes.ensure(node)
      this.nodes.first.set(node, this.agents.loadOf(agent, channel))
      this.nodes.second.set(node, this.agents.ticket[agent]!)
      heapPush(profile.free[channel]!, this.nodes, node)
      this.link(channel, node)
      if (profile.free[channel]!.length === 1) this.freedom.toggle(profile, channel, 1)
      else this.freedom.count(profile, channel, 1)
    }
    this.agents.indexed.set(agent, free)
    this.evenness?.add(agent, free)
  }

  /** Takes the agent out of the index, before anything that decides about freedom, load or ticket changes. */
  remove(agent: number): void {
    const indexed = this.agents.indexed.get(agent)
    if (indexed === 0) return
    const profile = this.agents.profile[agent]!
    for (let channel = 0; channel < channelCount; channel++) {
      if ((indexed & (1 << channel)) === 0) continue
      const node = agent * channelCount + channel
      heapRemove(profile.free[channel]!, this.nodes, node)
      this.unlink(channel, node)
      if (profile.free[channel]!.length === 0) this.freedom.toggle(profile, channel, -1)
      else this.freedom.count(profile, channel, -1)
    }
    this.agents.indexed.set(agent, 0)
    this.evenness?.remove(agent, indexed)
  }

  /** The first free node of a channel over all agents, or -1. */
  firstOf(channel: number): number {
    return this.firstFrom(channel, 0)
  }

  /** The node after this one, or -1. */
  after(channel: number, node: number): number {
    const next = this.nodes.next.get(node)
    return next >= 0 ? next : this.firstFrom(channel, this.nodes.first.get(node) + 1)
  }

  private firstFrom(channel: number, load: number): number {
    const lists = this.lists[channel]!
    for (let i = load; i < lists.length; i++) if (lists[i]!.head >= 0) return lists[i]!.head
    return -1
  }

  /** A new ticket goes to the end; a restored one is looked for from both ends at once. */
  private link(channel: number, node: number): void {
    const { first, second, next, previous } = this.nodes
    const lists = this.lists[channel]!
    while (lists.length <= first.get(node)) lists.push(new LoadList())
    const list = lists[first.get(node)]!
    const ticket = second.get(node)
    let before = list.tail
    if (before >= 0 && second.get(before) > ticket) {
      let after = list.head
      before = previous.get(before)
      while (before >= 0 && second.get(before) > ticket && second.get(after) <= ticket) {
        before = previous.get(before)
        after = next.get(after)
      }
      if (before >= 0 && second.get(before) > ticket) before = previous.get(after)
    }
    const behind = before >= 0 ? next.get(before) : list.head
    previous.set(node, before)
    next.set(node, behind)
    if (before >= 0) next.set(before, node)
    else list.head = node
    if (behind >= 0) previous.set(behind, node)
    else list.tail = node
  }

  private unlink(channel: number, node: number): void {
    const { first, next, previous } = this.nodes
    const list = this.lists[channel]![first.get(node)]!
    const before = previous.get(node)
    const behind = next.get(node)
    if (before >= 0) next.set(before, behind)
    else list.head = behind
    if (behind >= 0) previous.set(behind, before)
    else list.tail = before
  }
}

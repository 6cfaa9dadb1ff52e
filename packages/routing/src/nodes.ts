/**
 * Ordered collections of small integers without allocation. A `Nodes` table holds the sort key and the links of every
 * node of one kind; a node stands in at most one list or heap of its table at a time, so the links need no owner.
 */
import { FloatPairs, type IntColumn, IntRecords, widenInts } from './records.ts'

/** Growable rows of integers in one array, so that reading a row touches nothing but its own numbers. */
export class IntRows {
  /** By row: where it begins in `data`, and how long it is. */
  start = new Int32Array(64)
  length = new Int32Array(64)
  data = new Int32Array(1024)
  private capacity = new Int32Array(64)
  private used = 0

  /** Makes room for rows 0…row, empty at first. */
  ensure(row: number): void {
    if (row < this.start.length) return
    const size = Math.max(row + 1, this.start.length * 2)
    this.start = widenInts(this.start, size)
    this.length = widenInts(this.length, size)
    this.capacity = widenInts(this.capacity, size)
  }

  /** Appends to a row; a row that outgrows its room moves to the end, with twice the room. */
  push(row: number, value: number): void {
    this.ensure(row)
    const length = this.length[row]!
    if (length === this.capacity[row]) {
      const room = Math.max(4, length * 2)
      if (this.used + room > this.data.length) this.data = widenInts(this.data, (this.used + room) * 2)
      this.data.copyWithin(this.used, this.start[row]!, this.start[row]! + length)
      this.start[row] = this.used
      this.capacity[row] = room
      this.used += room
    }
    this.data[this.start[row]! + length] = value
    this.length[row] = length + 1
  }
}

/** `at` of a node that stands nowhere. */
export const absent = -2
/** `at` of a node in a linked list; from 0 on, `at` is the index in a heap. */
export const listed = -1

export class Nodes {
  private readonly keys = new FloatPairs()
  private readonly links = new IntRecords([absent, -1, -1, 0])
  /** The key: `first`, then `second`. */
  readonly first = this.keys.column(0)
  readonly second = this.keys.column(1)
  readonly at = this.links.column(0)
  readonly next = this.links.column(1)
  readonly previous = this.links.column(2)

  /** Makes room for nodes 0…node. */
  ensure(node: number): void {
    if (node < this.links.size) return
    this.links.ensure(node)
    this.keys.ensure(this.links.size - 1)
  }

  before(a: number, b: number): boolean {
    const { cells } = this.keys
    const difference = cells[2 * a]! - cells[2 * b]!
    return difference < 0 || (difference === 0 && cells[2 * a + 1]! < cells[2 * b + 1]!)
  }
}

/** What a heap needs to know of its members: their order, and where it may write down their places. */
export interface Ordered {
  readonly at: IntColumn
  before(a: number, b: number): boolean
}

const siftUp = (heap: number[], nodes: Ordered, from: number): void => {
  const node = heap[from]!
  let index = from
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]!
    if (!nodes.before(node, above)) break
    heap[index] = above
    nodes.at.set(above, index)
    index = parent
  }
  heap[index] = node
  nodes.at.set(node, index)
}

const siftDown = (heap: number[], nodes: Ordered, from: number): void => {
  const node = heap[from]!
  const length = heap.length
  let index = from
  for (;;) {
    let child = 2 * index + 1
    if (child >= length) break
    if (child + 1 < length && nodes.before(heap[child + 1]!, heap[child]!)) child++
    const below = heap[child]!
    if (!nodes.before(below, node)) break
    heap[index] = below
    nodes.at.set(below, index)
    index = child
  }
  heap[index] = node
  nodes.at.set(node, index)
}

/** Puts a node that stands nowhere into the heap. O(log n). */
export const heapPush = (heap: number[], nodes: Ordered, node: number): void => {
  heap.push(node)
  siftUp(heap, nodes, heap.length - 1)
}

/** Takes a node out of the heap that it stands in. O(log n). */
export const heapRemove = (heap: number[], nodes: Ordered, node: number): void => {
  const index = nodes.at.get(node)
  const last = heap.pop()!
  nodes.at.set(node, absent)
  if (last === node) return
  heap[index] = last
  nodes.at.set(last, index)
  siftUp(heap, nodes, index)
  siftDown(heap, nodes, nodes.at.get(last))
}

/** Restores the order after the key of a node in the heap has changed. O(log n). */
export const heapMoved = (heap: number[], nodes: Nodes, node: number): void => {
  siftUp(heap, nodes, nodes.at.get(node))
  siftDown(heap, nodes, nodes.at.get(node))
}

/**
 * The first node that `refuses` lets pass, or -1. A subtree's first is its root unless that is refused, so only refused
 * nodes and their children are visited.
 */
export const heapFirst = (
  heap: readonly number[],
  nodes: Nodes,
  refuses: (node: number) => boolean,
  from = 0,
): number => {
  if (from >= heap.length) return -1
  const node = heap[from]!
  if (!refuses(node)) return node
  const left = heapFirst(heap, nodes, refuses, 2 * from + 1)
  const right = heapFirst(heap, nodes, refuses, 2 * from + 2)
  if (left < 0) return right
  return right < 0 || nodes.before(left, right) ? left : right
}

/**
 * The nodes of a heap from the first on, one a step; stopping early costs only what was looked at.
 * O(log k) for the k-th.
 */
export function* heapOrder(heap: readonly number[], nodes: Ordered): Generator<number, void> {
  /** Places in `heap` whose parents were given out: a small heap by value, kept sorted enough by insertion. */
  const rim = heap.length > 0 ? [0] : []
  while (rim.length > 0) {
    let first = 0
    for (let i = 1; i < rim.length; i++) if (nodes.before(heap[rim[i]!]!, heap[rim[first]!]!)) first = i
    const place = rim[first]!
    rim[first] = rim.at(-1)!
    rim.pop()
    yield heap[place]!
    for (const child of [2 * place + 1, 2 * place + 2]) if (child < heap.length) rim.push(child)
  }
}

/**
 * A queue in key order that costs O(1) while nodes come in order: they go to a linked list, and only those that come
 * back out of order, or are asked to stand apart, go to an indexed heap beside it.
 */
export class OrderedQueue {
  head = -1
  tail = -1
  readonly heap: number[] = []
  size = 0

  /** @param apart into the heap whatever the order, so that the list stays free of nodes that may be refused */
  push(nodes: Nodes, node: number, apart = false): void {
    this.size++
    if (apart || (this.tail >= 0 && nodes.before(node, this.tail))) {
      heapPush(this.heap, nodes, node)
      return
    }
    nodes.at.set(node, listed)
    nodes.next.set(node, -1)
    nodes.previous.set(node, this.tail)
    if (this.tail >= 0) nodes.next.set(this.tail, node)
    else this.head = node
    this.tail = node
  }

  remove(nodes: Nodes, node: number): void {
    this.size--
    if (nodes.at.get(node) >= 0) {
      heapRemove(this.heap, nodes, node)
      return
    }
    const next = nodes.next.get(node)
    const previous = nodes.previous.get(node)
    if (previous >= 0) nodes.next.set(previous, next)
    else this.head = next
    if (next >= 0) nodes.previous.set(next, previous)
    else this.tail = previous
    nodes.at.set(node, absent)
  }

  /** The first node in key order, or -1. O(1). */
  peek(nodes: Nodes): number {
    if (this.heap.length === 0) return this.head
    const top = this.heap[0]!
    return this.head < 0 || nodes.before(top, this.head) ? top : this.head
  }

  /** Every node in key order. O(n) and a sort of the heap's part. */
  inOrder(nodes: Nodes): number[] {
    const apart = this.heap.toSorted((a, b) => (nodes.before(a, b) ? -1 : 1))
    const order: number[] = []
    let from = 0
    for (let node = this.head; node >= 0; node = nodes.next.get(node)) {
      while (from < apart.length && nodes.before(apart[from]!, node)) order.push(apart[from++]!)
      order.push(node)
    }
    while (from < apart.length) order.push(apart[from++]!)
    return order
  }
}

/**
 * What any priority queue costs at least: a binary heap in typed arrays (Float64 key, Int32 id) without an index,
 * without strings, without objects. Engine figures are told as multiples of one push and one pop on 100,000 entries.
 */
import { processorTime } from '../pairs.ts'

export class TypedHeap {
  size = 0
  private readonly keys: Float64Array
  private readonly ids: Int32Array

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity)
    this.ids = new Int32Array(capacity)
  }

  get firstKey(): number {
    return this.keys[0]!
  }

  push(key: number, id: number): void {
    const { keys, ids } = this
    let index = this.size++
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (keys[parent]! <= key) break
      keys[index] = keys[parent]!
      ids[index] = ids[parent]!
      index = parent
    }
    keys[index] = key
    ids[index] = id
  }

  /** The id with the lowest key. */
  pop(): number {
    const { keys, ids } = this
    const first = ids[0]!
    const size = --this.size
    const key = keys[size]!
    const id = ids[size]!
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= size) break
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++
      if (keys[child]! >= key) break
      keys[index] = keys[child]!
      ids[index] = ids[child]!
      index = child
    }
    keys[index] = key
    ids[index] = id
    return first
  }
}

const entries = 100_000

/**
 * Returns a block to be repeated: `count` pushes and pops on a heap of 100,000 entries; microseconds for one pair. Each
 * new key lies somewhat behind the first one, as a later arrival or deadline does: keys without that drift would leave
 * all old entries at the bottom and make the heap look cheaper than it is in use.
 */
export const typedHeapBlock = (count: number, random: () => number): (() => number) => {
  const heap = new TypedHeap(entries + 1)
  for (let i = 0; i < entries; i++) heap.push(random(), i)
  const later = Float64Array.from({ length: count }, random)
  return () => {
    const took = processorTime(() => {
      for (let i = 0; i < count; i++) {
        heap.push(heap.firstKey + later[i]!, i)
        heap.pop()
      }
    })
    return took / count
  }
}

import type { FloorQueue } from '@otklik/contract/floor'
import { describe, expect, it } from 'vitest'
import type { DeskStore } from '../desk/desk-store.ts'
import { createCallMemory, memoryOf } from './call-memory.ts'

const alert = { id: '1', queueId: null, figure: 'waiting' as const, threshold: 2, forSeconds: 10 }
const queue = (id: string, waiting: number): FloorQueue => ({
  id: id as FloorQueue['id'], name: id, line: 1, targetSeconds: 20, isOpen: true, helpedBy: null, waiting, oldestAt: null, inHand: 0, available: 1, early: 0, today: {}, quarters: [],
})

const watch = () => {
  const memory = createCallMemory()
  /** @returns whether it rings, what calls, and what of it is hushed */
  const look = (seconds: number, ...queues: FloorQueue[]) => {
    const rings = memory.look([alert], queues, seconds * 1000)
    const { calls, hushed } = memory.getState()
    return [rings, calls.map((call) => call.queue.name).join(), [...hushed].join()]
  }
  return { memory, look }
}

describe('the memory of calls', () => {
  it('rings once for each call, and again when it was back', () => {
    const { look } = watch()
    expect(look(0, queue('a', 3))).toEqual([false, '', ''])
    expect(look(10, queue('a', 3), queue('b', 3))).toEqual([true, 'a', ''])
    expect(look(11, queue('a', 4), queue('b', 3))).toEqual([false, 'a', ''])
    expect(look(20, queue('a', 4), queue('b', 3))).toEqual([true, 'a,b', ''])
    expect(look(21, queue('a', 0), queue('b', 3))).toEqual([false, 'b', ''])
    look(22, queue('a', 3), queue('b', 3))
    expect(look(32, queue('a', 3), queue('b', 3))).toEqual([true, 'a,b', ''])
  })

  it('keeps hushed what was understood until the figure was back; what begins later calls', () => {
    const { memory, look } = watch()
    look(0, queue('a', 3))
    look(10, queue('a', 3))
    memory.hush()
    look(11, queue('a', 5), queue('b', 3))
    expect(look(21, queue('a', 5), queue('b', 3))).toEqual([true, 'a,b', '1/a'])
    look(22, queue('a', 0), queue('b', 3))
    look(23, queue('a', 3), queue('b', 3))
    expect(look(33, queue('a', 3), queue('b', 3))).toEqual([true, 'a,b', ''])
  })

  it('is one for a desk, and not that of the desk before', () => {
    const [first, second] = [{}, {}] as DeskStore[] as [DeskStore, DeskStore]
    expect(memoryOf(first)).toBe(memoryOf(first))
    expect(memoryOf(second)).not.toBe(memoryOf(first))
  })
})

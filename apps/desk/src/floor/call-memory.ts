/**
 * What the alerts have said since a supervisor signed in. The pages that show it come and go; how long a figure has been beyond
 * its threshold, which call has rung and which was hushed stays.
 */
import type { FloorAlert, FloorQueue } from '@otklik/contract/floor'
import type { DeskStore } from '../desk/desk-store.ts'
import { callsOf, type Call } from './alert-state.ts'

export interface CallState {
  readonly calls: readonly Call[]
  /** Keys of the calls that were understood; one that has ended and begins again is another one. */
  readonly hushed: ReadonlySet<string>
}

export const createCallMemory = () => {
  const since = new Map<string, number>()
  let state: CallState = { calls: [], hushed: new Set() }
  const listeners = new Set<() => void>()
  const enter = (next: CallState) => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Looks at the floor as it is now. @returns whether a call has begun */
    look(alerts: readonly FloorAlert[], queues: Iterable<FloorQueue>, now: number): boolean {
      const before = new Set(state.calls.map(({ key }) => key))
      const calls = callsOf(alerts, queues, since, now)
      // The same silence needs no new picture.
      if (calls.length > 0 || before.size > 0) enter({ calls, hushed: new Set(calls.flatMap(({ key }) => (state.hushed.has(key) ? [key] : []))) })
      return calls.some(({ key }) => !before.has(key))
    },
    /** All that calls now is understood. */
    hush: () => enter({ ...state, hushed: new Set(state.calls.map(({ key }) => key)) }),
  }
}
export type CallMemory = ReturnType<typeof createCallMemory>

// A desk lives from sign-in to sign-out, and nobody else's memory with it.
const memories = new WeakMap<DeskStore, CallMemory>()

/** The memory of a desk, made with the first question for it. */
export const memoryOf = (desk: DeskStore): CallMemory => {
  const memory = memories.get(desk) ?? createCallMemory()
  memories.set(desk, memory)
  return memory
}

/** The floor for components: one subscription of the desk's socket, and hooks that show again only for what changed. */
import type { FloorAgent, FloorQueue } from '@otklik/contract/floor'
import type { AgentId, QueueId } from '@otklik/model/ids'
import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { ClockContext, pageClock, stoppedClock } from '../parts/clock.ts'
import { useDesk } from '../desk/desk-context.tsx'
import { groupsOf, type FloorState, type Group } from './floor-state.ts'
import { createFloorStore, type FloorStore } from './floor-store.ts'

const FloorContext = createContext<FloorStore | null>(null)

/** Shows the floor to what stands inside, for as long as it stands. Its times stand still while nothing is heard: nobody knows whether they still wait. */
export const FloorRoom = ({ children }: { children: ReactNode }) => {
  const { store: desk } = useDesk()
  const store = useMemo(() => createFloorStore(desk, pageClock), [desk])
  useEffect(() => store.start(), [store])
  const staleSince = useSyncExternalStore(store.subscribe, store.staleSince)
  const clock = useMemo(() => (staleSince === null ? pageClock : stoppedClock(staleSince)), [staleSince])
  return (
    <FloorContext value={store}>
      <ClockContext value={clock}>{children}</ClockContext>
    </FloorContext>
  )
}

const useStore = (): FloorStore => {
  const store = use(FloorContext)
  if (!store) throw new Error('This part needs a floor')
  return store
}

/** The moment that the picture is of, epoch milliseconds, when it is over; null while the floor lives. */
export const useStaleSince = (): number | null => {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, store.staleSince)
}

/** A part of the floor. The selector returns what the state holds, nothing newly made. */
export const useFloor = <Part,>(select: (state: FloorState) => Part): Part => {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, () => select(store.getState()))
}
export const useFloorQueue = (id: QueueId): FloorQueue | undefined => useFloor((state) => state.queues.get(id))
export const useFloorAgent = (id: AgentId | undefined): FloorAgent | undefined => useFloor((state) => (id === undefined ? undefined : state.agents.get(id)))

/** Ids of the queues, in their order; the same list while it is the same. */
export const useQueueIds = (): readonly QueueId[] => {
  const store = useStore()
  const kept = useMemo(() => ({ text: '', ids: [] as readonly QueueId[] }), [])
  return useSyncExternalStore(store.subscribe, () => {
    const ids = [...store.getState().queues.keys()]
    const text = ids.join()
    if (text !== kept.text) Object.assign(kept, { text, ids })
    return kept.ids
  })
}

/** Agents by site; the same list while nobody comes, goes or moves. */
export const useGroups = (withOffline: boolean): readonly Group[] => {
  const store = useStore()
  const kept = useMemo(() => ({ text: '', groups: [] as readonly Group[], of: null as FloorState['agents'] | null, withOffline }), [withOffline])
  return useSyncExternalStore(store.subscribe, () => {
    const state = store.getState()
    if (kept.of === state.agents) return kept.groups
    const groups = groupsOf(state, withOffline)
    const text = JSON.stringify(groups)
    if (text !== kept.text) Object.assign(kept, { text, groups })
    kept.of = state.agents
    return kept.groups
  })
}

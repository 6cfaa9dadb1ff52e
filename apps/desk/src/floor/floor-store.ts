/** The floor of one screen: what was told, and whether it still holds. */
import { heartbeatSeconds } from '@otklik/contract/realtime'
import type { DeskStore } from '../desk/desk-store.ts'
import type { Clock } from '../parts/clock.ts'
import { emptyFloor, takeNews, type FloorState } from './floor-state.ts'

/** A server that lives says something at every heartbeat; its word may be late by this much. */
const quietMs = (heartbeatSeconds + 3) * 1000

/** @param clock the server's time */
export const createFloorStore = (desk: Pick<DeskStore, 'getState' | 'subscribe' | 'watchFloor'>, clock: Clock) => {
  let state: FloorState = emptyFloor
  const listeners = new Set<() => void>()
  let heardAt = clock.now()
  let { frames } = desk.getState()
  // A connection that is back has still to tell the floor.
  let isToldAnew = false
  let staleSince: number | null = null

  const show = () => {
    for (const listener of listeners) listener()
  }
  const judge = (now: number) => {
    const next = state.at !== null && (!isToldAnew || now - heardAt > quietMs) ? heardAt : null
    if (next === staleSince) return
    staleSince = next
    show()
  }
  const hear = () => {
    const { connection, frames: count } = desk.getState()
    if (connection !== 'open') isToldAnew = false
    else if (isToldAnew && count !== frames) heardAt = clock.now()
    frames = count
    judge(clock.now())
  }

  return {
    getState: () => state,
    /** The moment that the picture is of, once it is over (epoch milliseconds): the connection was lost, or nothing is heard on it. Null: it lives. */
    staleSince: () => staleSince,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Listens until the ending that it returns is called. */
    start() {
      const endings = [
        desk.subscribe(hear),
        clock.subscribe(judge),
        desk.watchFloor((news) => {
          state = takeNews(state, news)
          if (state.at) clock.learn(state.at)
          if (news.kind === 'all' && desk.getState().connection === 'open') {
            isToldAnew = true
            heardAt = clock.now()
          }
          judge(clock.now())
          show()
        }),
      ]
      return () => {
        for (const end of endings) end()
      }
    },
  }
}
export type FloorStore = ReturnType<typeof createFloorStore>

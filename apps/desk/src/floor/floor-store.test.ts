import type { FloorNews } from '@otklik/contract/floor'
import { describe, expect, it } from 'vitest'
import { initialDesk, type Connection } from '../desk/desk-state.ts'
import type { Clock } from '../parts/clock.ts'
import { createFloorStore } from './floor-store.ts'

const begin = Date.parse('2026-11-28T10:00:00.000Z')

const open = () => {
  let now = begin
  let desk = { ...initialDesk, connection: 'open' as Connection }
  const ticks = new Set<(now: number) => void>()
  const hearers = new Set<() => void>()
  let tell: ((news: FloorNews) => void) | undefined
  const clock: Clock = {
    now: () => now,
    learn: () => undefined,
    subscribe: (listener) => {
      ticks.add(listener)
      return () => void ticks.delete(listener)
    },
  }
  const store = createFloorStore({
    getState: () => desk,
    subscribe: (listener) => {
      hearers.add(listener)
      return () => void hearers.delete(listener)
    },
    watchFloor: (onNews) => {
      tell = onNews
      return () => void (tell = undefined)
    },
  }, clock)
  const change = (to: Partial<typeof desk>) => {
    desk = { ...desk, ...to }
    for (const hearer of hearers) hearer()
  }
  const end = store.start()
  const at = () => new Date(now).toISOString()
  return {
    store,
    end,
    ends: () => [ticks.size, hearers.size, tell],
    pass: (seconds: number) => {
      now += seconds * 1000
      for (const tick of ticks) tick(now)
    },
    frame: () => change({ frames: desk.frames + 1 }),
    enter: (connection: Connection) => change({ connection }),
    tellAll: () => tell?.({ kind: 'all', floor: { queues: [], agents: [], sites: [], teams: [], at: at() } }),
    tellChange: () => tell?.({ kind: 'changed', queues: [], agents: [], at: at() }),
    /** Seconds from the beginning to the moment that is shown, while it is an old one. */
    stale: () => {
      const since = store.staleSince()
      return since === null ? null : (since - begin) / 1000
    },
  }
}

describe('the floor’s store', () => {
  it('calls itself stale from the loss until the floor was told anew, of the moment that was heard last', () => {
    const floor = open()
    floor.tellAll()
    floor.pass(4)
    floor.frame()
    expect(floor.stale()).toBeNull()
    floor.pass(2)
    const seen = (['waiting', 'connecting', 'waiting', 'connecting', 'open'] as const).map((connection) => {
      floor.enter(connection)
      floor.pass(20)
      floor.frame()
      return floor.stale()
    })
    expect(seen).toEqual([4, 4, 4, 4, 4])
    floor.tellChange()
    expect(floor.stale(), 'rows of a floor that is not known yet').toBe(4)
    floor.tellAll()
    expect(floor.stale()).toBeNull()
  })

  it('calls itself stale on an open connection that says nothing for longer than a heartbeat', () => {
    const floor = open()
    floor.tellAll()
    floor.pass(10)
    floor.frame()
    floor.pass(13)
    expect(floor.stale()).toBeNull()
    floor.pass(1)
    expect(floor.stale()).toBe(10)
    floor.frame()
    expect(floor.stale()).toBeNull()
  })

  it('is not stale before anything was told, and listens no more after its end', () => {
    const floor = open()
    floor.enter('waiting')
    floor.pass(60)
    expect(floor.stale()).toBeNull()
    floor.end()
    expect(floor.ends()).toEqual([0, 0, undefined])
  })
})

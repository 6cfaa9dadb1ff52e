import { createContext } from 'react'

/**
 * One clock for every running time on the page. It ticks once a second, only while somebody listens, and tells the
 * server's time: a laptop whose clock is wrong still shows true waits.
 */
export interface Clock {
  /** Now, by the server, epoch milliseconds. */
  now(): number
  /** Learns the server's time from an answer; ISO 8601. */
  learn(serverAt: string): void
  /** Calls back at once and at every second; returns how to stop. */
  subscribe(listener: (now: number) => void): () => void
}

/**
 * @param localNow this machine's time, epoch milliseconds
 */
export const createClock = (localNow: () => number): Clock => {
  const listeners = new Set<(now: number) => void>()
  let offsetMs: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const now = () => localNow() + (offsetMs ?? 0)
  const tick = () => {
    const at = now()
    for (const listener of listeners) listener(at)
    // Aligned to the second, so that all clocks on the page change together.
    timer = listeners.size > 0 ? setTimeout(tick, 1000 - (now() % 1000)) : undefined
  }

  return {
    now,
    learn(serverAt) {
      const next = Date.parse(serverAt) - localNow()
      // The way of the answer varies by some milliseconds; clocks must not jump for that.
      if (offsetMs === undefined || Math.abs(next - offsetMs) > 1500) offsetMs = next
    },
    subscribe(listener) {
      listeners.add(listener)
      listener(now())
      timer ??= setTimeout(tick, 1000 - (now() % 1000))
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearTimeout(timer)
        timer = undefined
      }
    },
  }
}

/** A clock that stands: what was known when the connection was lost does not grow older by itself. @param at epoch milliseconds */
export const stoppedClock = (at: number): Clock => ({
  now: () => at,
  learn: () => undefined,
  subscribe(listener) {
    listener(at)
    return () => undefined
  },
})

/** The page's clock. */
export const pageClock: Clock = createClock(() => Date.now())

/** The clock of the times inside; the page's, unless somebody stops it. */
export const ClockContext = createContext<Clock>(pageClock)

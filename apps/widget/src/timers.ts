/** Timers by name: a later one of the same name replaces the earlier. */
export const createTimers = () => {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const stop = (name: string) => {
    clearTimeout(timers.get(name))
    timers.delete(name)
  }
  return {
    after(name: string, ms: number, work: () => void): void {
      stop(name)
      timers.set(
        name,
        setTimeout(() => {
          timers.delete(name)
          work()
        }, ms),
      )
    },
    stop,
    isRunning: (name: string) => timers.has(name),
  }
}
export type Timers = ReturnType<typeof createTimers>

/**
 * The wait before another try: doubles from try to try, with jitter, so that after a break not all come back at once.
 * @param attempt from 0
 */
export const retryMs = (attempt: number, random: () => number, firstMs: number, longestMs: number): number =>
  Math.min(longestMs, firstMs * 2 ** attempt) * (0.5 + random() / 2)

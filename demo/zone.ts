/** The clock on the wall of a place. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

/** What the wall shows, as if it were UTC: epoch milliseconds, whole seconds. */
export const wallClock = (zone: string, at: number): number => {
  const part = Object.fromEntries(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second'])
}

/** The instant at which the wall shows `wall`; beside a change of the clocks, the one before it. */
export const instantOf = (zone: string, wall: number): number => {
  const guess = wall - (wallClock(zone, wall) - wall)
  return wall - (wallClock(zone, guess) - Math.floor(guess / 1000) * 1000)
}

export const dayMs = 86_400_000
export const minuteMs = 60_000

/** Minutes since midnight, whole ones. */
export const minuteOfDay = (zone: string, at: number): number => Math.floor((wallClock(zone, at) % dayMs) / minuteMs)

/** The date on the wall, `2026-11-28`. */
export const dateOf = (zone: string, at: number): string => new Date(wallClock(zone, at)).toISOString().slice(0, 10)

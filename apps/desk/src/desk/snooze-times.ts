/** Times to put a contact off to, by the wall clock of a zone. Pure. */

const partsAt = (at: number, timeZone: string): Record<string, number> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )

const asUtc = ({ year = 0, month = 1, day = 1, hour = 0, minute = 0 }: Record<string, number>) => Date.UTC(year, month - 1, day, hour, minute)

/**
 * When a zone's clock shows this wall time; of a time that it skips, the moment after the gap.
 * @param wall epoch milliseconds of the same digits in UTC
 */
export const instantAt = (wall: number, timeZone: string): number => {
  let at = wall
  // Twice: the first guess may lie on the other side of a change of the clock.
  for (let step = 0; step < 2; step++) at += wall - asUtc(partsAt(at, timeZone))
  return at
}

/** The wall clock of a zone as digits in UTC. */
export const wallAt = (at: number, timeZone: string): number => asUtc(partsAt(at, timeZone))

/**
 * An hour of the zone's clock.
 * @param days from today: 0, 1 for tomorrow
 */
export const dayAt = (days: number, hour: number, now: number, timeZone: string): number => {
  const { year = 0, month = 1, day = 1 } = partsAt(now, timeZone)
  return instantAt(Date.UTC(year, month - 1, day + days, hour), timeZone)
}

/** What `<input type="datetime-local">` holds, as an instant of the zone; undefined for nothing. */
export const readLocal = (value: string, timeZone: string): number | undefined => {
  const wall = Date.parse(`${value}Z`)
  return value === '' || Number.isNaN(wall) ? undefined : instantAt(wall, timeZone)
}

/** An instant as `<input type="datetime-local">` wants it. */
export const writeLocal = (at: number, timeZone: string): string => new Date(wallAt(at, timeZone)).toISOString().slice(0, 16)

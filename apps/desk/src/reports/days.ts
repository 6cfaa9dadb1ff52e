/** Days as the calendar has them, `2026-11-22`, without any zone; and what a clock on a wall shows on one of them. */
const dayMs = 86_400_000
const quarterMs = 900_000

export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

/** A month, `2026-11`, so many months later. */
export const addMonths = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

export const daysOfMonth = (month: string): { readonly from: string; readonly to: string } => ({ from: `${month}-01`, to: addDays(`${addMonths(month, 1)}-01`, -1) })

/** Every day from one to another, both included. */
export const daysBetween = (from: string, to: string): readonly string[] =>
  Array.from({ length: Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1) }, (_, at) => addDays(from, at))

export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(Date.parse(text)).toISOString().startsWith(text)
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** The day in a zone. */
export const dayIn = (timeZone: string, at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** A place on the clock of a day: minutes from midnight, and whether the clock shows it a second time. */
export interface Slot {
  readonly minute: number
  readonly again: boolean
}
export const slotKey = ({ minute, again }: Slot): string => (again ? `${minute}+` : String(minute))

/** What the clock of a zone shows, quarter by quarter: 96 as a rule, 92 and 100 when clocks are turned. */
export const slotsOfDay = (day: string, timeZone: string): readonly Slot[] => {
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const slots: Slot[] = []
  const seen = new Set<number>()
  // No zone is further from Greenwich than fourteen hours.
  for (let at = Date.parse(day) - dayMs; at < Date.parse(day) + 2 * dayMs; at += quarterMs) {
    const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
    if (`${part['year']}-${part['month']}-${part['day']}` !== day) continue
    const minute = Number(part['hour']) * 60 + Number(part['minute'])
    slots.push({ minute, again: seen.has(minute) })
    seen.add(minute)
  }
  return slots
}

/** The same with what other zones have beside it, in the clock's order. */
export const withSlots = (slots: readonly Slot[], more: readonly Slot[]): readonly Slot[] => {
  const known = new Set(slots.map(slotKey))
  const missing = more.filter((slot) => !known.has(slotKey(slot)) && known.add(slotKey(slot)))
  return missing.length === 0 ? slots : [...slots, ...missing].sort((a, b) => a.minute - b.minute || Number(a.again) - Number(b.again))
}

const two = (value: number) => String(value).padStart(2, '0')
/** `14:05`; midnight at a day's end is `24:00`. */
export const clockOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** Running times. They write into the page at every tick of the one clock; nothing shows again for that. */
import { use, useEffect, useRef } from 'react'
import { formatClock } from '../texts/format.ts'
import { ClockContext } from './clock.ts'
import { levelOf } from './target-mark.tsx'

/** Calls `write` now and at every second, while the component stands. `write` must not set state. */
export const useTick = (write: (now: number) => void) => {
  const clock = use(ClockContext)
  const latest = useRef(write)
  useEffect(() => {
    latest.current = write
    latest.current(clock.now())
  })
  useEffect(() => clock.subscribe((now) => latest.current(now)), [clock])
}

/** Time since an instant (ISO 8601): `0:48`. */
export const Elapsed = ({ since }: { since: string }) => {
  const ref = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = formatClock((now - Date.parse(since)) / 1000)
  })
  return <time ref={ref} />
}

/**
 * Time until an instant: `0:14`; stays at zero. `render` words it.
 * @param from when it began: a clock that is behind must not show more than there ever was
 */
export const Remaining = ({ from, until, render = formatClock }: { from?: string; until: string; render?: (seconds: number) => string }) => {
  const ref = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = render(Math.max(0, Math.ceil((Date.parse(until) - Math.max(now, from === undefined ? 0 : Date.parse(from))) / 1000)))
  })
  return <time ref={ref} />
}

const circumference = 2 * Math.PI * 5

/** A wait with a ring that fills towards its target; then a triangle, then a square. */
export const Timer = ({ since, targetSeconds }: { since: string; targetSeconds: number }) => {
  const root = useRef<HTMLSpanElement>(null)
  const ring = useRef<SVGCircleElement>(null)
  const text = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    const seconds = Math.max(0, (now - Date.parse(since)) / 1000)
    if (text.current) text.current.textContent = formatClock(seconds)
    ring.current?.setAttribute(
      'stroke-dasharray',
      `${(Math.min(1, seconds / targetSeconds) * circumference).toFixed(1)} 40`,
    )
    if (root.current) root.current.dataset['level'] = levelOf(seconds, targetSeconds)
  })
  return (
    <span ref={root} className="timer">
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="5" />
        <circle ref={ring} cx="6" cy="6" r="5" />
      </svg>
      <i className="target" aria-hidden="true" />
      <time ref={text} />
    </span>
  )
}

/** A bar of the share that is left, or gone, between two instants. */
export const SpanBar = ({ from, until, shows }: { from: string; until: string; shows: 'left' | 'gone' }) => {
  const bar = useRef<HTMLElement>(null)
  const shown = useRef(false)
  useTick((now) => {
    const [start, end] = [Date.parse(from), Date.parse(until)]
    const gone = Math.min(1, Math.max(0, (now - start) / Math.max(1, end - start)))
    if (!bar.current) return
    // The first value stands at once; from then on the bar glides from second to second.
    bar.current.dataset['gliding'] = String(shown.current)
    shown.current = true
    bar.current.style.transform = `scaleX(${(shows === 'left' ? 1 - gone : gone).toFixed(4)})`
  })
  return (
    <span className="span-bar" aria-hidden="true">
      <i ref={bar} />
    </span>
  )
}

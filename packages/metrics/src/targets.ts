/** What a figure is measured against, and how it stands: DOMAIN.md, "Default targets". Colours come from here and from nowhere else. */
import type { MetricId } from './definitions.ts'

export type Standing = 'ok' | 'warn' | 'bad'

/** `atLeast`: missed below; `atMost`: missed above; `close`: how near to the target a figure is called close, in its own unit. */
export type Target = ({ readonly atLeast: number } | { readonly atMost: number }) & { readonly close: number }

/** Shares 0–1. The speed of answer is measured against the queue's own target: see `speedTarget`. */
export const defaultTargets = {
  serviceLevel: { atLeast: 0.8, close: 0.05 },
  abandonment: { atMost: 0.05, close: 0.01 },
  escalation: { atMost: 0.03, close: 0.005 },
  csat: { atLeast: 0.95, close: 0.02 },
} as const satisfies { readonly [Id in MetricId]?: Target }

/** Of mean waits, milliseconds: the queue's own seconds; from three quarters of them on it is close. */
export const speedTarget = (targetSeconds: number): Target => ({ atMost: targetSeconds * 1000, close: targetSeconds * 250 })

/** On target, close to it, or missed. On the very target is on target. */
export const standingOf = (value: number, target: Target): Standing => {
  const room = 'atLeast' in target ? value - target.atLeast : target.atMost - value
  if (room < 0) return 'bad'
  return room < target.close ? 'warn' : 'ok'
}

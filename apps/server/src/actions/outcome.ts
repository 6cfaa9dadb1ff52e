/** What an action answers: a value, or a refusal that the interface words. Bugs throw. */
import type { ErrorCode } from '@otklik/contract/errors'

export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode
  /** What to do in this one case; English, for developers. */
  readonly detail?: string
  readonly retryAfterSeconds?: number
  readonly uses?: Record<string, number>
}

export type Outcome<Value> = { readonly ok: true; readonly value: Value } | Refusal

export const done = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value })
export const refuse = (code: ErrorCode, rest: Omit<Refusal, 'ok' | 'code'> = {}): Refusal => ({ ok: false, code, ...rest })

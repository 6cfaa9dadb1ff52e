/** What every action needs from outside: a transaction, a clock, fresh ids. Tests vary just these. */
import type { Tx } from '../store/database.ts'

export interface Deps {
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  now(): Date
  newId(): string
}

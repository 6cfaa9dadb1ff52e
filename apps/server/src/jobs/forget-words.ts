import type { Task } from 'graphile-worker'
import type { Deps } from '../actions/deps.ts'
import { forgetOldWords, forgetPiece } from '../actions/erase-customer.ts'
import type { Reader } from '../store/database.ts'

export interface WordJobs {
  readonly deps: Deps
  readonly reader: Reader
}

/** Erases the words of contacts that have been closed for longer than the company keeps them, piece by piece. */
export const forgetWords = async ({ deps, reader }: WordJobs): Promise<void> => {
  const company = await reader.db.selectFrom('company').select('retentionDays').executeTakeFirst()
  const days = company?.retentionDays ?? null
  if (days === null) return
  while ((await forgetOldWords(deps, days)) === forgetPiece);
}

export const wordTasks = (own: WordJobs): Record<'forgetWords', Task> => ({ forgetWords: () => forgetWords(own) })

import type { Task } from 'graphile-worker'
import { collectWords as collectSome } from '../store/said-words.ts'
import type { WordJobs } from './forget-words.ts'

/** Events in one transaction: it holds the log's horizon back while it is written. */
const batch = 500

/** Keeps the words that have been said since the last time, for searches with a slip of the finger. */
export const collectWords = async ({ deps }: WordJobs): Promise<void> => {
  while ((await deps.transaction((tx) => collectSome(tx, batch))) === batch);
}

export const collectTasks = (own: WordJobs): Record<'collectWords', Task> => ({ collectWords: () => collectWords(own) })

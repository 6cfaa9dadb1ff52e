import type { Task } from 'graphile-worker'
import { finishErasures as finishAll } from '../actions/erase-customer.ts'
import type { WordJobs } from './forget-words.ts'

/** Erases what is left of those whose erasure broke off: the database was away, the server ended. */
export const finishErasures = ({ deps, reader }: WordJobs): Promise<void> => finishAll(deps, reader)

export const erasureTasks = (own: WordJobs): Record<'finishErasures', Task> => ({ finishErasures: () => finishErasures(own) })

/** Work in the background: each task with its schedule, in one place. Runs by graphile-worker, once for all servers. */
import { run, type Runner, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { collectTasks } from './collect-words.ts'
import { erasureTasks } from './finish-erasures.ts'
import { fileTasks, type FileJobs } from './forget-files.ts'
import { wordTasks, type WordJobs } from './forget-words.ts'
import { makePartitions } from './make-partitions.ts'
import { prune } from './prune.ts'

const tasks = (files: FileJobs, words: WordJobs): TaskList => ({ makePartitions, prune, ...fileTasks(files), ...wordTasks(words), ...collectTasks(words), ...erasureTasks(words) })

/** Times are UTC. `?fill` runs what was missed while nothing ran. */
const crontab = [
  '17 3 * * * makePartitions ?fill=2d&jobKey=makePartitions',
  '*/15 * * * * prune ?jobKey=prune',
  '*/5 * * * * forgetFiles ?jobKey=forgetFiles',
  '37 3 * * * sweepFiles ?fill=2d&jobKey=sweepFiles',
  '* * * * * collectWords ?jobKey=collectWords',
  '* * * * * finishErasures ?jobKey=finishErasures',
  '7 2 * * * forgetWords ?fill=2d&jobKey=forgetWords',
].join('\n')

export interface JobsOptions {
  readonly pool: pg.Pool
  readonly files: FileJobs
  readonly words: WordJobs
  /** Without it nothing runs by the clock. */
  readonly schedule: boolean
  readonly onError: (error: unknown, doing: string) => void
}

/** Starts the worker; its own tables are made at the first start, in the schema `graphile_worker`. */
export const startJobs = async ({ pool, files, words, schedule, onError }: JobsOptions): Promise<Runner> => {
  const { Logger } = await import('graphile-worker')
  return run({
    pgPool: pool,
    concurrency: 1,
    noHandleSignals: true,
    taskList: tasks(files, words),
    crontab: schedule ? crontab : '# nothing',
    logger: new Logger(() => (level, message) => {
      if (level === 'error') onError(new Error(message), 'running jobs')
    }),
  })
}

/**
 * One PostgreSQL server process (the postmaster) of one folder.
 *
 *   absent ── launch ──▶ starting ── answers ──▶ ready ── stop ──▶ absent
 *                           │                      ▲
 *                           └ exits ▶ absent       └ adopt: alive already, left by a Node that was killed
 */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { PostgresBinaries } from './binaries.ts'
import { type ClusterPaths, readPassword, superuser } from './cluster.ts'
import { PostgresStartError } from './error.ts'
import { commandOf, environmentOf, giveTo, type Launcher } from './launcher.ts'
import { signalReaches } from './sharing.ts'

export type PidFile = { pid: number; port: number; status: string }

/** Reads postmaster.pid: line 1 the process, line 4 the port, line 8 the status. */
export function readPidFile(paths: ClusterPaths): PidFile | undefined {
  let lines: string[]
  try {
    lines = readFileSync(paths.pidFile, 'utf8').split('\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid < 1) return { pid: 0, port: 0, status: '' }
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() }
}

/** Whether that process is the postmaster of this very folder, and not another program with the id of a dead one. */
export function isOurPostmaster(pid: number, paths: ClusterPaths): boolean {
  if (pid < 1 || !signalReaches(pid)) return false
  return commandLineOf(pid).includes(paths.cluster)
}

function commandLineOf(pid: number): string {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return ''
      throw error
    }
  }
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}

/** Removes the pid file of a server that died; PostgreSQL itself would refuse when the id belongs to another program. */
export function removeStalePidFile(paths: ClusterPaths): boolean {
  const file = readPidFile(paths)
  if (file === undefined || isOurPostmaster(file.pid, paths)) return false
  rmSync(paths.pidFile, { force: true })
  return true
}

export type Launched = {
  pid: number
  exited: Promise<void>
  hasExited(): boolean
  /** What the server said from its launch to its end; only after it has exited. */
  lastOutput(): Promise<string>
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches Node alone and Node stops it in order. Its
 * output goes to a file, not to a pipe: it must survive a killed Node.
 */
export function launchPostmaster(paths: ClusterPaths, binaries: PostgresBinaries, launcher: Launcher): Launched {
  const before = logSizes(paths)
  const output = openSync(paths.startLog, 'w', 0o600)
  giveTo(launcher, paths.startLog)
  const { command, args } = commandOf(launcher, binaries.postgres, ['-D', paths.cluster])
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: environmentOf(),
    ...launcher.account,
  })
  closeSync(output)
  child.unref()
  let hasExited = false
  let failure = ''
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      failure = error.message
      resolve()
    })
  }).then(() => {
    hasExited = true
  })
  return {
    pid: child.pid ?? 0,
    exited,
    hasExited: () => hasExited,
    lastOutput: async () => {
      // The log collector outlives the server by some milliseconds, and the reason may still be in its hands.
      const collects = readFileSync(paths.startLog, 'utf8').includes('redirecting log output')
      for (let tries = 0; collects && tries < 100 && !logSince(paths, before).includes('database system is shut down'); tries += 1)
        await sleep(20)
      return `${failure}\n${readFileSync(paths.startLog, 'utf8')}\n${logSince(paths, before)}`
    },
  }
}

/** Name → bytes of the log files. */
function logSizes(paths: ClusterPaths): Map<string, number> {
  const names = readdirSync(paths.log).filter((name) => name.startsWith('postgres-'))
  return new Map(names.map((name) => [name, statSync(join(paths.log, name)).size]))
}

/** What the log files gained since they had the sizes `before`: an earlier start's words must not explain this one. */
function logSince(paths: ClusterPaths, before: ReadonlyMap<string, number>): string {
  return [...logSizes(paths)]
    .map(([name, size]) => {
      const known = before.get(name) ?? 0
      // A shorter file was begun anew.
      return readFileSync(join(paths.log, name)).subarray(size < known ? 0 : known).toString('utf8')
    })
    .join('\n')
}

export type Answer = 'ready' | 'notYet' | 'otherServer'

/** Asks the server on `port` whether it is the one of this folder and takes queries. Throws `passwordRefused`. */
export async function askServer(paths: ClusterPaths, port: number): Promise<Answer> {
  const client = new pg.Client({ ...connectionOf(paths, port, 'postgres'), connectionTimeoutMillis: 3000 })
  // A connection that breaks between two events would otherwise end the process; the query reports it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const answer = await client.query<{ folder: string }>("select current_setting('data_directory') as folder")
    return realpathSync(answer.rows[0]?.folder ?? '') === realpathSync(paths.cluster) ? 'ready' : 'otherServer'
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code === '28P01' || error.code === '28000'))
      throw new PostgresStartError(
        'passwordRefused',
        `PostgreSQL refuses the password kept in ${paths.cluster}/otklik-password: put back the file that belongs to ` +
          'this database, for example from its backup.',
        { cause: error },
      )
    return 'notYet'
  } finally {
    // Of a connection that never stood there is nothing to end.
    await client.end().catch(() => undefined)
  }
}

export const connectionOf = (paths: ClusterPaths, port: number, database: string) => ({
  host: '127.0.0.1',
  port,
  user: superuser,
  password: readPassword(paths),
  database,
})

/**
 * Stops the server: fast (open transactions roll back, a checkpoint is written), after `patienceMs` immediate, which the
 * next start repairs from the log. Throws when it does not even then end.
 */
export async function stopPostmaster(paths: ClusterPaths, pid: number, patienceMs = 60_000): Promise<'fast' | 'immediate'> {
  if (await signalAndWait(paths, pid, 'SIGINT', patienceMs)) return 'fast'
  if (await signalAndWait(paths, pid, 'SIGQUIT', 10_000)) return 'immediate'
  throw new Error(`PostgreSQL (process ${pid}) does not end; it was sent SIGINT and SIGQUIT`)
}

async function signalAndWait(paths: ClusterPaths, pid: number, signal: NodeJS.Signals, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  if (isOurPostmaster(pid, paths)) process.kill(pid, signal)
  while (isOurPostmaster(pid, paths)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}

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

export type Launched = { pid: number; exited: Promise<void>; hasExited(): boolean; output(): string }

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches Node alone and Node stops it in order. Its
 * output goes to a file, not to a pipe: it must survive a killed Node.
 */
export function launchPostmaster(paths: ClusterPaths, binaries: PostgresBinaries, launcher: Launcher): Launched {
  const since = Date.now()
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
    output: () => `${failure}\n${readFileSync(paths.startLog, 'utf8')}\n${logSince(paths, since)}`,
  }
}

/** The end of the log files that were written since `since` (milliseconds): what the collector took from this start. */
function logSince(paths: ClusterPaths, since: number): string {
  return readdirSync(paths.log)
    .filter((name) => name.startsWith('postgres-'))
    .map((name) => join(paths.log, name))
    .filter((path) => statSync(path).mtimeMs >= since - 1000)
    .map((path) => readFileSync(path, 'utf8').slice(-4000))
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

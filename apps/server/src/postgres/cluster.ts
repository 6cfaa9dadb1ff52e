/**
 * The database folder of one installation:
 *
 *   cluster/                 PostgreSQL's own folder; otklik-password and otklik-port (0600) lie in it, so that a copy
 *                            of the cluster is complete
 *   log/                     the server's log, a file per weekday, and start.log with the words of the last start
 *   users/, lock             which processes use the server now (sharing.ts)
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'
import { diskFull, noPermission, PostgresStartError, translateFailure, wrongMode } from './error.ts'
import { commandOf, environmentOf, giveTo, type Launcher } from './launcher.ts'

export const superuser = 'otklik'
const major = '18'
const megabyte = 1024 * 1024

export type ClusterPaths = { folder: string; cluster: string; log: string; startLog: string; pidFile: string }

export function clusterPaths(folder: string): ClusterPaths {
  const cluster = join(folder, 'cluster')
  const log = join(folder, 'log')
  return { folder, cluster, log, startLog: join(log, 'start.log'), pidFile: join(cluster, 'postmaster.pid') }
}

const passwordFile = (paths: ClusterPaths) => join(paths.cluster, 'otklik-password')
const portFile = (paths: ClusterPaths) => join(paths.cluster, 'otklik-port')

export const readPassword = (paths: ClusterPaths): string => readFileSync(passwordFile(paths), 'utf8').trim()

/** The port that the cluster used last, if it has one. */
export function readPort(paths: ClusterPaths): number | undefined {
  if (!existsSync(portFile(paths))) return undefined
  const port = Number(readFileSync(portFile(paths), 'utf8'))
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

/** Chooses a free port on 127.0.0.1 and keeps it in the cluster. */
export async function choosePort(paths: ClusterPaths, launcher: Launcher): Promise<number> {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()))
    })
  })
  writePrivate(portFile(paths), `${port}\n`, launcher)
  return port
}

/**
 * Makes the cluster when there is none, and checks the one that is there: version, owner, mode, free disk.
 * A new cluster is made beside its place and renamed into it, so that a half-made one is never started.
 * Throws PostgresStartError.
 */
export function prepareCluster(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  launcher: Launcher,
  fsync: boolean,
): 'made' | 'found' {
  mkdirSync(paths.log, { recursive: true, mode: 0o700 })
  giveTo(launcher, paths.log)
  const isNew = !existsSync(paths.cluster)
  const free = statfsSync(paths.folder)
  if (free.bavail * free.bsize < (isNew ? 150 : 40) * megabyte) throw diskFull(paths.folder)
  if (isNew) makeCluster(paths, binaries, launcher, fsync)
  checkCluster(paths, launcher)
  return isNew ? 'made' : 'found'
}

function makeCluster(paths: ClusterPaths, binaries: PostgresBinaries, launcher: Launcher, fsync: boolean): void {
  const fresh = join(paths.folder, `cluster.new-${process.pid}`)
  const password = `${fresh}.password`
  rmSync(fresh, { recursive: true, force: true })
  try {
    mkdirSync(fresh, { mode: 0o700 })
    giveTo(launcher, fresh)
    writePrivate(password, `${randomBytes(24).toString('base64url')}\n`, launcher)
    const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
    const { command, args } = commandOf(launcher, binaries.initdb, [
      `--pgdata=${fresh}`,
      '--encoding=UTF8',
      `--locale=${locale}`,
      '--lc-messages=C',
      '--auth=scram-sha-256',
      `--username=${superuser}`,
      `--pwfile=${password}`,
      ...(fsync ? [] : ['--no-sync']),
    ])
    const run = spawnSync(command, args, { cwd: '/', env: environmentOf(), encoding: 'utf8', ...launcher.account })
    if (run.error !== undefined) throw noPermission(paths.folder, run.error.message)
    if (run.status !== 0) {
      const failure = translateFailure(`${run.stdout}\n${run.stderr}`, { folder: paths.folder })
      if (failure.kind === 'fatal') throw failure.error
      throw new PostgresStartError('startFailed', `PostgreSQL could not make a database in ${paths.folder}: ${run.stderr}`)
    }
    renameSync(password, join(fresh, 'otklik-password'))
    renameSync(fresh, paths.cluster)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(password, { force: true })
  }
}

function checkCluster(paths: ClusterPaths, launcher: Launcher): void {
  const versionFile = join(paths.cluster, 'PG_VERSION')
  if (!existsSync(versionFile))
    throw new PostgresStartError(
      'startFailed',
      `${paths.cluster} is not a PostgreSQL folder: restore it from a backup, or move it away to begin with an empty database.`,
    )
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version !== major)
    throw new PostgresStartError(
      'otherVersion',
      `The database in ${paths.folder} was made by PostgreSQL ${version}, this Otklik brings ${major}: ` +
        'start the Otklik version that made it, or set DATABASE_URL to a server that can read it.',
    )
  const expected = launcher.account?.uid ?? process.getuid?.()
  const { uid } = statSync(paths.cluster)
  if (expected !== undefined && uid !== expected)
    throw noPermission(paths.cluster, `it belongs to user ${uid}, PostgreSQL runs as user ${expected}`)
  // PostgreSQL accepts 0700 and 0750. A disk without modes ignores chmod.
  if ((statSync(paths.cluster).mode & 0o027) !== 0) {
    chmodSync(paths.cluster, 0o700)
    if ((statSync(paths.cluster).mode & 0o027) !== 0) throw wrongMode(paths.folder)
  }
}

/**
 * Writes postgresql.conf anew, so that an update of Otklik updates the settings; an administrator's own go into
 * `cluster/custom.conf`, which wins. `fsync: false` is for tests: a power loss would destroy the data.
 */
export function writeSettings(paths: ClusterPaths, launcher: Launcher, options: { port: number; fsync: boolean }): void {
  const buffers = Math.max(64, Math.min(1024, Math.floor(totalmem() / megabyte / 8)))
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: options.port,
    unix_socket_directories: '',
    max_connections: 200,
    password_encryption: 'scram-sha-256',
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${buffers * 3}MB`,
    dynamic_shared_memory_type: hasRoomForSharedMemory() ? 'posix' : 'mmap',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    random_page_cost: 1.1,
    jit: 'off',
    max_locks_per_transaction: 128,
    wal_level: 'replica',
    wal_compression: 'pglz',
    max_wal_size: '1GB',
    max_wal_senders: 2,
    max_replication_slots: 4,
    // A forgotten transaction stalls every reader of the event log. Pools set their own statement_timeout.
    idle_in_transaction_session_timeout: '60s',
    client_connection_check_interval: '10s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, ymd',
    default_text_search_config: 'pg_catalog.russian',
    logging_collector: 'on',
    log_directory: paths.log,
    log_filename: 'postgres-%a.log',
    log_file_mode: '0600',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: 'on',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    log_lock_waits: 'on',
    // DETAIL lines quote values ("Key (email)=(…) already exists"): personal data stays out of the log.
    log_error_verbosity: 'terse',
  }
  if (!options.fsync) Object.assign(settings, { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' })
  const quoted = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  const text = ['# Written by Otklik at every start; put your own settings into custom.conf.', ...quoted]
  if (existsSync(join(paths.cluster, 'custom.conf'))) text.push("include = 'custom.conf'")
  writePrivate(join(paths.cluster, 'postgresql.conf'), `${text.join('\n')}\n`, launcher)
}

/** A container's default /dev/shm of 64 MB is too small for parallel queries; files in the cluster are not. */
function hasRoomForSharedMemory(): boolean {
  if (!existsSync('/dev/shm')) return process.platform !== 'linux'
  const { bsize, blocks } = statfsSync('/dev/shm')
  return bsize * blocks >= 256 * megabyte
}

function writePrivate(path: string, text: string, launcher: Launcher): void {
  writeFileSync(path, text, { mode: 0o600 })
  chmodSync(path, 0o600)
  giveTo(launcher, path)
}

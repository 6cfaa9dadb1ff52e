import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { backupCluster } from './backup.ts'
import { findBinaries, type PostgresBinaries } from './binaries.ts'
import { choosePort, type ClusterPaths, clusterPaths, prepareCluster, readPassword, readPort, superuser, writeSettings } from './cluster.ts'
import { lastWords, PostgresStartError, translateFailure, translateFileError } from './error.ts'
import { chooseLauncher, type Launcher } from './launcher.ts'
import {
  askServer,
  connectionOf,
  isOurPostmaster,
  launchPostmaster,
  readPidFile,
  removeStalePidFile,
  stopPostmaster,
} from './postmaster.ts'
import { addUser, livingUsers, withLock } from './sharing.ts'

const database = 'otklik'
/** How long a predecessor that is still going down, or its orphans, may hold the folder. */
const retryMs = 20_000
/** Repair after a crash reads the whole log since the last checkpoint; while the process lives, it is at work. */
const recoveryMs = 10 * 60_000
const watchMs = 1000

/** What the supervisor tells: pino's logger fits. */
export type SupervisorLogger = { info(message: string): void; warn(message: string): void; error(message: string): void }

export type EmbeddedPostgres = {
  /** `postgres://user:password@127.0.0.1:port/otklik`: a secret, never log it. */
  url: string
  /** True: the server was running already, left by a killed Node or used by another process of this installation. */
  adopted: boolean
  /** Stops using the server; the last user stops it. */
  stop(): Promise<void>
  /** Copies the running cluster to the new folder `to`, from which `startEmbedded` can start. */
  backup(to: string): Promise<void>
}

type Options = { folder: string; logger: SupervisorLogger; fsync?: boolean }
type Place = { paths: ClusterPaths; binaries: PostgresBinaries; launcher: Launcher; logger: SupervisorLogger; fsync: boolean }
type Running = { pid: number; port: number; adopted: boolean }

/**
 * Starts PostgreSQL in `folder`, making the database at first, or adopts the server that runs there already; while this
 * process lives, starts it again should it die. `fsync: false` is for tests only.
 * Throws PostgresStartError, whose message says in one sentence what to do.
 */
export async function startEmbedded({ folder, logger, fsync = true }: Options): Promise<EmbeddedPostgres> {
  const binaries = findBinaries()
  const launcher = chooseLauncher(resolve(folder), binaries)
  const paths = clusterPaths(realpathSync(resolve(folder)))
  const place: Place = { paths, binaries, launcher, logger, fsync }
  let user: { remove(): void } | undefined
  let running: Running
  try {
    user = addUser(paths.folder, launcher)
    running = await withLock(paths.folder, launcher, () => adoptOrStart(place))
  } catch (error) {
    user?.remove()
    throw translateFileError(error, paths.folder)
  }
  const member = user
  const url = urlOf(paths, running.port)
  const watch = watchServer(place, running)
  let stopping: Promise<void> | undefined
  return {
    url,
    adopted: running.adopted,
    stop: () => (stopping ??= watch.end().then(() => leave(place, member))),
    backup: (to) => backupCluster(paths.folder, url, resolve(to)),
  }
}

const urlOf = (paths: ClusterPaths, port: number) =>
  `postgres://${superuser}:${encodeURIComponent(readPassword(paths))}@127.0.0.1:${port}/${database}`

async function adoptOrStart(place: Place, keepPort?: number): Promise<Running> {
  const { paths, logger } = place
  const adopted = await adopt(place)
  const running = adopted ?? (await start(place, keepPort))
  logger.info(`PostgreSQL ${adopted === undefined ? 'started' : 'was running already'} (process ${running.pid}, port ${running.port})`)
  await makeDatabase(paths, running.port)
  return running
}

/** Adopts the server of this folder when its pid file's process lives; waits for one that is starting or stopping. */
async function adopt({ paths, logger }: Place): Promise<Running | undefined> {
  const deadline = Date.now() + retryMs
  for (;;) {
    const file = readPidFile(paths)
    if (file === undefined) return undefined
    if (!isOurPostmaster(file.pid, paths)) {
      if (removeStalePidFile(paths)) logger.warn('PostgreSQL was not stopped in order last time; it repairs itself now')
      return undefined
    }
    if ((await askServer(paths, file.port)) === 'ready') return { pid: file.pid, port: file.port, adopted: true }
    if (Date.now() > deadline && file.status !== 'starting')
      throw new PostgresStartError(
        'notAnswering',
        `PostgreSQL (process ${file.pid}) holds ${paths.folder} but does not answer: end it with \`kill -INT ${file.pid}\` and start again.`,
      )
    await sleep(100)
  }
}

async function start(place: Place, keepPort: number | undefined): Promise<Running> {
  const { paths, binaries, launcher, logger, fsync } = place
  if (prepareCluster(paths, binaries, launcher, fsync) === 'made') logger.info(`A new database was made in ${paths.folder}`)
  const deadline = Date.now() + retryMs
  let port = keepPort ?? readPort(paths) ?? (await choosePort(paths, launcher))
  for (;;) {
    writeSettings(paths, launcher, { port, fsync })
    const launched = launchPostmaster(paths, binaries, launcher)
    try {
      if (await becomesReady(place, launched, port)) return { pid: launched.pid, port, adopted: false }
    } catch (error) {
      await stopPostmaster(paths, launched.pid)
      throw error
    }
    const output = await launched.lastOutput()
    const failure = translateFailure(output, { folder: paths.folder, port })
    if (failure.kind === 'fatal') throw failure.error
    const isLate = Date.now() > deadline
    if (failure.kind === 'portBusy') {
      // Open connections of this installation's own pools go to the old port, so a restart keeps it.
      if (isLate)
        throw new PostgresStartError('portBusy', `Port ${port} on 127.0.0.1, which PostgreSQL needs, is taken: free it and start again.`)
      if (keepPort === undefined) {
        const taken = port
        port = await choosePort(paths, launcher)
        logger.warn(`Port ${taken} is taken by another program; PostgreSQL moves to ${port}`)
      }
    } else if (isLate) {
      throw new PostgresStartError(
        'startFailed',
        `Processes of an earlier PostgreSQL still hold ${paths.folder} (${lastWords(output)}): end them and start again.`,
      )
    }
    await sleep(250)
    removeStalePidFile(paths)
  }
}

/** Waits until the launched server answers (true) or has exited (false). */
async function becomesReady({ paths, logger }: Place, launched: ReturnType<typeof launchPostmaster>, port: number): Promise<boolean> {
  const began = Date.now()
  let nextWord = began + 10_000
  for (;;) {
    if (launched.hasExited()) return false
    const file = readPidFile(paths)
    if (file?.pid === launched.pid && file.status === 'ready' && (await askServer(paths, port)) === 'ready') return true
    if (Date.now() > nextWord) {
      logger.info(`PostgreSQL is still starting after ${Math.round((Date.now() - began) / 1000)} s (repair after a crash can take minutes)`)
      nextWord += 10_000
    }
    if (Date.now() - began > recoveryMs)
      throw new PostgresStartError(
        'notAnswering',
        `PostgreSQL has been starting for ten minutes; look into ${paths.log}, then start again.`,
      )
    await Promise.race([sleep(15), launched.exited])
  }
}

async function makeDatabase(paths: ClusterPaths, port: number): Promise<void> {
  const client = new pg.Client(connectionOf(paths, port, 'postgres'))
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database} template template0`)
  } finally {
    await client.end()
  }
}

/** Starts the server again on the same port when it dies under a living Node (killed, or out of memory). */
function watchServer(place: Place, running: Running): { end(): Promise<void> } {
  const { paths, launcher, logger } = place
  let restart: Promise<void> | undefined
  /** What the log has said of this outage; a try that fails as the one before says nothing new. */
  let said: string | undefined
  const say = (words: string) => {
    if (said !== words) logger.error(words)
    said = words
  }
  const check = () => {
    if (restart !== undefined || isOurPostmaster(running.pid, paths)) return
    if (said === undefined) say('PostgreSQL has ended unexpectedly; it is started again')
    restart = withLock(paths.folder, launcher, () => adoptOrStart(place, running.port))
      .then(({ pid }) => {
        running.pid = pid
        said = undefined
      })
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
      .finally(() => (restart = undefined))
  }
  const timer = setInterval(check, watchMs)
  timer.unref()
  return {
    end: async () => {
      clearInterval(timer)
      await restart
    },
  }
}

async function leave({ paths, launcher, logger }: Place, user: { remove(): void }): Promise<void> {
  await withLock(paths.folder, launcher, async () => {
    user.remove()
    if (livingUsers(paths.folder).length > 0) return
    const file = readPidFile(paths)
    if (file === undefined || !isOurPostmaster(file.pid, paths)) return
    const how = await stopPostmaster(paths, file.pid)
    if (how === 'immediate') logger.warn('PostgreSQL did not stop in a minute and was cut off; it repairs itself at the next start')
  })
}

/**
 * Ends the server of `folder` when all its users are dead: what a killed run left. Answers false, and touches nothing,
 * while a user lives.
 */
export async function stopAbandoned(folder: string): Promise<boolean> {
  const paths = clusterPaths(realpathSync(folder))
  if (livingUsers(paths.folder).length > 0) return false
  const file = readPidFile(paths)
  if (file !== undefined && isOurPostmaster(file.pid, paths)) await stopPostmaster(paths, file.pid, 2000)
  return true
}

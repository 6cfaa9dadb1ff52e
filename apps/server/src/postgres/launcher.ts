/**
 * Who PostgreSQL runs as. It refuses to run as root, so root has three ways, tried in this order:
 *
 *   the folder belongs to another user  → run as that user, and give that user every file we make
 *   unshare --user works                → root outside, an ordinary user inside: files stay root's, a 0700 parent is fine
 *   the binaries are readable to nobody → give the folder to `nobody` and run as that
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'
import { fileInPlace, noPermission, PostgresStartError, rootRefused } from './error.ts'

const nobody = 65534
const unshare = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`]

/** An account that owns files and runs processes. */
export type Account = { uid: number; gid: number }

export type Launcher = {
  /** Words put before the program, such as `unshare …`. */
  prefix: string[]
  /** Run as this account and give it the files that we make; undefined: the account of this process. */
  account: Account | undefined
}

/** Makes `folder` (mode 0700) when missing and decides who runs PostgreSQL there. Throws PostgresStartError. */
export function chooseLauncher(folder: string, binaries: PostgresBinaries): Launcher {
  const uid = process.getuid?.() ?? nobody
  const owner = makeFolder(folder, uid === 0)
  if (uid !== 0) {
    if (owner.uid !== uid) throw noPermission(folder, `it belongs to user ${owner.uid}, this is user ${uid}`)
    return asAccount(undefined, binaries) ?? refuse(nameless(uid))
  }
  if (owner.uid !== 0) return asAccount(owner, binaries) ?? refuse(rootRefused())
  const unshared = { prefix: unshare, account: undefined }
  if (runs(unshared, binaries)) return unshared
  const dropped = { prefix: [], account: { uid: nobody, gid: nobody } }
  if (!runs(dropped, binaries) || !reaches(dropped.account, dirname(folder))) throw rootRefused()
  chownSync(folder, nobody, nobody)
  return dropped
}

/**
 * Runs as that account; under the name of `nobody` when it has none in /etc/passwd (`docker run --user 12345`), because
 * initdb insists on a name. undefined when neither goes.
 */
function asAccount(account: Account | undefined, binaries: PostgresBinaries): Launcher | undefined {
  const isNamed = probe('id', ['-un'], account).status === 0
  const launcher = { prefix: isNamed ? [] : unshare, account }
  return runs(launcher, binaries) ? launcher : undefined
}

function refuse(error: PostgresStartError): never {
  throw error
}

const nameless = (uid: number) =>
  new PostgresStartError(
    'noPermission',
    `PostgreSQL cannot run as user ${uid} here: run \`npm ci\` if its programs are missing, start as a user who is named ` +
      'in /etc/passwd, or set DATABASE_URL.',
  )

/** Gives a file or folder that this process made to the account that PostgreSQL runs as. */
export function giveTo(launcher: Launcher, path: string): void {
  if (launcher.account !== undefined) chownSync(path, launcher.account.uid, launcher.account.gid)
}

/** The program and arguments with the launcher's prefix before them, as `spawn` wants them. */
export function commandOf(launcher: Launcher, program: string, args: string[]): { command: string; args: string[] } {
  const [command, ...rest] = [...launcher.prefix, program, ...args]
  return { command: command ?? program, args: rest }
}

/**
 * The environment of PostgreSQL's processes: messages in English, because we read them, and none of our own variables,
 * which carry secrets.
 */
export function environmentOf(): NodeJS.ProcessEnv {
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: locale, LC_MESSAGES: 'C', TZ: 'UTC' }
}

function makeFolder(folder: string, isRoot: boolean): Account {
  const ancestor = existingAncestor(folder)
  try {
    const { uid, gid } = statSync(ancestor)
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Made by root below another user's folder: that user must be able to go on without root.
    if (first !== undefined && isRoot && uid !== 0)
      for (let path = folder; path.length >= first.length; path = dirname(path)) chownSync(path, uid, gid)
    return statSync(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOTDIR' || code === 'EEXIST') throw fileInPlace(folder)
    if (['EACCES', 'EPERM', 'EROFS'].includes(code)) throw noPermission(folder, code)
    throw error
  }
}

function existingAncestor(folder: string): string {
  let path = resolve(folder)
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path)
  return path
}

function runs(launcher: Launcher, binaries: PostgresBinaries): boolean {
  const { command, args } = commandOf(launcher, binaries.postgres, ['--version'])
  return probe(command, args, launcher.account).status === 0
}

function reaches(account: Account, path: string): boolean {
  return probe('test', ['-x', path], account).status === 0
}

function probe(command: string, args: string[], account: Account | undefined): SpawnSyncReturns<Buffer> {
  return spawnSync(command, args, { stdio: 'ignore', cwd: '/', env: environmentOf(), timeout: 10_000, ...account })
}

/**
 * Several processes of one installation may use the embedded server at once (the server itself, `npm run admin`): each
 * leaves a file in `users/`, and the last one to go stops PostgreSQL. Starting and stopping are serialised by `lock`.
 * A process is known by its id and its start, so that an id used again is not taken for its predecessor.
 */
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresStartError } from './error.ts'
import { giveTo, type Launcher } from './launcher.ts'

const lockPatienceMs = 10 * 60_000

/** `<pid>-<start>`; on systems without /proc the start is 0. */
export function processName(pid: number): string {
  return `${pid}-${startOf(pid) ?? 0}`
}

export function isProcessAlive(name: string): boolean {
  const pid = Number(name.split('-')[0])
  return Number.isInteger(pid) && pid > 0 && signalReaches(pid) && processName(pid) === name
}

/** Whether a process of this id exists and is not a zombie that nobody has collected. */
export function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return statFields(pid)?.[0] !== 'Z'
}

const startOf = (pid: number): string | undefined => statFields(pid)?.[19]

/** The fields of /proc/<pid>/stat from the third (state) on; undefined where there is none. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold spaces.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch (error) {
    if (isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'ESRCH')) return undefined
    throw error
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
const exists = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST'

/** A folder may be opened more than once by one process: every user has an own number. */
let nextUser = 1

/** Marks this process as a user of the server; the answer takes the mark away. */
export function addUser(folder: string, launcher: Launcher): { remove(): void } {
  const users = join(folder, 'users')
  mkdirSync(users, { recursive: true, mode: 0o700 })
  giveTo(launcher, users)
  const path = join(users, `${processName(process.pid)}.${nextUser++}`)
  writeFileSync(path, '', { mode: 0o600 })
  return { remove: () => rmSync(path, { force: true }) }
}

/** Names of the living users, after clearing away the marks of dead ones. */
export function livingUsers(folder: string): string[] {
  const users = join(folder, 'users')
  let names: string[]
  try {
    names = readdirSync(users)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
  return names.filter((name) => {
    const alive = isProcessAlive(name.split('.')[0] ?? '')
    if (!alive) rmSync(join(users, name), { force: true })
    return alive
  })
}

/** Runs `work` while no other process starts or stops the server of this folder. A dead holder's lock is taken over. */
export async function withLock<T>(folder: string, launcher: Launcher, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock')
  const mine = `${lock}.${processName(process.pid)}.${nextUser++}`
  try {
    writeFileSync(mine, processName(process.pid), { mode: 0o600 })
    giveTo(launcher, mine)
    await takeLock(folder, lock, mine)
    try {
      return await work()
    } finally {
      unlinkSync(lock)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

async function takeLock(folder: string, lock: string, mine: string): Promise<void> {
  const deadline = Date.now() + lockPatienceMs
  for (;;) {
    try {
      // A link appears with its content, unlike a file that is created and then written.
      linkSync(mine, lock)
      return
    } catch (error) {
      if (!exists(error)) throw error
    }
    const holder = holderOf(lock)
    if (holder !== undefined && !isProcessAlive(holder)) breakLock(lock, `${mine}.stale`)
    else if (Date.now() > deadline)
      throw new PostgresStartError(
        'notAnswering',
        `Process ${holder?.split('-')[0] ?? '?'} has been starting or stopping the database in ${folder} for ten ` +
          'minutes: stop that process and start again.',
      )
    else await sleep(50)
  }
}

function holderOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Takes a dead holder's lock away; if a living one took its place meanwhile, puts that one back. */
function breakLock(lock: string, aside: string): void {
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  const holder = holderOf(aside)
  if (holder !== undefined && isProcessAlive(holder)) linkSync(aside, lock)
  unlinkSync(aside)
}

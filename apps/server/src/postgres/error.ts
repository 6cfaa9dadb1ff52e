export type PostgresStartCode =
  | 'unsupportedPlatform'
  | 'binariesMissing'
  | 'rootRefused'
  | 'noPermission'
  | 'wrongMode'
  | 'diskFull'
  | 'portBusy'
  | 'otherVersion'
  | 'passwordRefused'
  | 'notAnswering'
  | 'startFailed'

/** The embedded database could not start; `message` is one sentence that says what to do. */
export class PostgresStartError extends Error {
  readonly code: PostgresStartCode

  constructor(code: PostgresStartCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PostgresStartError'
    this.code = code
  }
}

/** What the supervisor knew about the place, so that a sentence can name it. */
export type FailurePlace = { folder: string; port?: number }

/** What a failed `initdb` or `postgres` said, and what the supervisor should do about it. */
export type StartFailure =
  | { kind: 'stillRunning' }
  | { kind: 'portBusy' }
  | { kind: 'fatal'; error: PostgresStartError }

/**
 * Reads the words of `initdb` or `postgres` (their messages are in English: we set LC_MESSAGES) and decides.
 * `stillRunning`: a predecessor or its orphans hold the folder, another try may succeed.
 */
export function translateFailure(output: string, place: FailurePlace): StartFailure {
  if (/pre-existing shared memory block|lock file "postmaster\.pid" (already exists|is empty)/.test(output))
    return { kind: 'stillRunning' }
  if (/could not bind IPv4 address|could not create any TCP\/IP sockets/.test(output)) return { kind: 'portBusy' }
  return { kind: 'fatal', error: explain(output, place) }
}

function explain(output: string, { folder }: FailurePlace): PostgresStartError {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(folder)
  if (/has invalid permissions|could not change permissions/.test(output)) return wrongMode(folder)
  if (/cannot be run as root|execution of the PostgreSQL server is not permitted/.test(output)) return rootRefused()
  if (/Permission denied|Operation not permitted|Read-only file system|has wrong ownership/.test(output))
    return noPermission(folder)
  if (/error while loading shared libraries|Library not loaded/.test(output))
    return new PostgresStartError(
      'binariesMissing',
      'The PostgreSQL libraries are incomplete: run `npm ci` again, or set DATABASE_URL to a server of your own.',
    )
  if (/incompatible with server|was initialized by PostgreSQL version/.test(output))
    return new PostgresStartError(
      'otherVersion',
      `The database in ${folder} was made by another version of PostgreSQL: start the Otklik version that made it, ` +
        'or set DATABASE_URL to a server that can read it.',
    )
  return new PostgresStartError('startFailed', `PostgreSQL did not start in ${folder}; it said: ${lastWords(output)}`)
}

/** An error of Node's own file calls in that folder, as a sentence where we have one; any other as it is. */
export function translateFileError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof PostgresStartError) return error
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return noPermission(folder, code)
  return error
}

/** The most telling lines of an output, in one line. */
export function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const telling = lines.filter((line) => /FATAL|PANIC|error|could not|invalid|unrecognized/i.test(line))
  return (telling.length > 0 ? telling : lines).slice(-3).join(' | ') || '(nothing)'
}

export const diskFull = (folder: string) =>
  new PostgresStartError('diskFull', `The disk that holds ${folder} is full: free at least 200 MB and start again.`)

export const wrongMode = (folder: string) =>
  new PostgresStartError(
    'wrongMode',
    `The disk that holds ${folder} does not keep file modes, which PostgreSQL needs to protect its data: ` +
      'move OTKLIK_DATA to the Linux disk (not /mnt/c, not a network share).',
  )

export const noPermission = (folder: string, detail?: string) =>
  new PostgresStartError(
    'noPermission',
    `PostgreSQL may not use ${folder}${detail === undefined ? '' : ` (${detail})`}: give the folder to the user who ` +
      'starts Otklik with `chown -R`, or set OTKLIK_DATA to a folder of that user.',
  )

export const fileInPlace = (folder: string) =>
  new PostgresStartError(
    'noPermission',
    `The folder ${folder} cannot be made, because a file is in its place: move the file away, or set OTKLIK_DATA to another folder.`,
  )

export const rootRefused = () =>
  new PostgresStartError(
    'rootRefused',
    'PostgreSQL will not run as root here: run as a user (`docker run --user 1000`) or set DATABASE_URL.',
  )

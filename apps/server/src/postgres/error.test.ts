import { describe, expect, it } from 'vitest'
import { translateFailure, translateFileError } from './error.ts'

const fatal = (output: string) => {
  const failure = translateFailure(output, { folder: '/srv/data/postgres' })
  if (failure.kind !== 'fatal') throw new Error(failure.kind)
  return failure.error
}

describe('what a failed start said', () => {
  it.each([
    ['FATAL:  lock file "postmaster.pid" already exists\nHINT:  Is another postmaster running?', 'stillRunning'],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'stillRunning'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'portBusy'],
  ])('another try may succeed: %s', (output, kind) => {
    expect(translateFailure(output, { folder: '/x' }).kind).toBe(kind)
  })

  it.each([
    ['initdb: error: could not write file "…/PG_VERSION": No space left on device', 'diskFull', 'free at least 200 MB'],
    ['FATAL:  data directory "/x" has invalid permissions', 'wrongMode', 'move OTKLIK_DATA to the Linux disk'],
    ['initdb: error: could not access directory "/x": Permission denied', 'noPermission', 'chown -R'],
    ['FATAL:  data directory "/x" has wrong ownership', 'noPermission', 'chown -R'],
    ['initdb: error: cannot be run as root', 'rootRefused', 'docker run --user 1000'],
    ['postgres: error while loading shared libraries: libicui18n.so.60', 'binariesMissing', 'npm ci'],
    ['FATAL:  database files are incompatible with server', 'otherVersion', 'DATABASE_URL'],
    ['FATAL:  invalid value for parameter "work_mem"', 'startFailed', 'invalid value for parameter'],
  ])('one sentence that says what to do: %s', (output, code, words) => {
    const error = fatal(output)
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect(error.message).not.toContain('\n')
  })
})

it('says the same when a file call of ours meets it first', () => {
  const met = (code: string) => translateFileError(Object.assign(new Error(code), { code }), '/srv/data')
  expect(met('ENOSPC')).toMatchObject({ code: 'diskFull' })
  expect(met('EROFS')).toMatchObject({ code: 'noPermission' })
  expect(met('EIO')).not.toHaveProperty('name', 'PostgresStartError')
})

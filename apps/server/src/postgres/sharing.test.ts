import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTestFolder } from '@otklik/testing/folder'
import { afterAll, expect, it } from 'vitest'
import type { Launcher } from './launcher.ts'
import { addUser, isProcessAlive, livingUsers, processName, withLock } from './sharing.ts'

const folder = makeTestFolder()
const launcher: Launcher = { prefix: [], account: undefined }
/** An id that is in use, with the start of a predecessor. */
const dead = `${process.pid}-1`
afterAll(() => rmSync(folder, { recursive: true }))

it('knows a process by its id and its start', () => {
  expect(isProcessAlive(processName(process.pid))).toBe(true)
  expect(isProcessAlive(dead)).toBe(false)
})

it('forgets the marks of dead users', () => {
  mkdirSync(join(folder, 'users'))
  writeFileSync(join(folder, 'users', `${dead}.1`), '')
  const user = addUser(folder, launcher)
  expect(livingUsers(folder)).toHaveLength(1)
  user.remove()
  expect(livingUsers(folder)).toEqual([])
})

it('lets one work at a time, and takes over the lock of a dead holder', async () => {
  writeFileSync(join(folder, 'lock'), dead)
  let inside = 0
  const work = async () => {
    inside += 1
    const seen = inside
    await new Promise((resolve) => setTimeout(resolve, 5))
    inside -= 1
    return seen
  }
  const seen = await Promise.all(Array.from({ length: 5 }, () => withLock(folder, launcher, work)))
  expect(seen).toEqual([1, 1, 1, 1, 1])
  expect(readdirSync(folder)).toEqual(['users'])
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTestFolder } from '@otklik/testing/folder'
import { expect, it } from 'vitest'
import { processName } from './postgres/sharing.ts'
import { findAddress, noteAddress } from './setup-link-address.ts'

it('prints what the server noted, unless the environment says otherwise', () => {
  const folder = makeTestFolder()
  const dataFolder = join(folder, 'data')
  const server = { dataFolder, publicUrl: 'https://chat.example.org' }
  const command = { dataFolder, publicUrl: 'http://localhost:3000' }

  expect(findAddress(command, {})).toMatchObject({ publicUrl: command.publicUrl, doubt: expect.stringContaining('PORT=') })
  noteAddress({ ...server, publicUrl: 'http://localhost:3005' })
  noteAddress(server)
  expect(findAddress(command, { PORT: ' ' })).toEqual({ publicUrl: server.publicUrl, doubt: undefined })
  expect(findAddress(command, { PORT: '3000' })).toEqual({ publicUrl: command.publicUrl, doubt: undefined })
  expect(readdirSync(dataFolder)).toEqual(['address', 'addresses'])
  rmSync(folder, { recursive: true })
})

it('leads to the server that goes on, when another on the same folder has ended or was killed', async () => {
  const folder = makeTestFolder()
  const [first, second] = ['http://localhost:3000', 'http://localhost:3001'] as const
  const found = () => findAddress({ dataFolder: folder, publicUrl: 'http://localhost:9' }, {}).publicUrl
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  const forgetSecond = noteAddress({ dataFolder: folder, publicUrl: second })
  writeFileSync(join(folder, 'addresses', processName(other.pid ?? 0)), first) // an older server than this one
  utimesSync(join(folder, 'addresses', processName(other.pid ?? 0)), 1, 1)
  expect(found()).toBe(second)
  forgetSecond()
  expect(found()).toBe(first)

  noteAddress({ dataFolder: folder, publicUrl: second })
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(found()).toBe(second)
  noteAddress({ dataFolder: folder, publicUrl: second })()
  expect(readdirSync(join(folder, 'addresses'))).toEqual([])
  expect(found(), 'the last one, though none lives').toBe(second)
  rmSync(folder, { recursive: true })
})

import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTestFolder } from '@otklik/testing/folder'
import { expect, it } from 'vitest'
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
  expect(readdirSync(dataFolder)).toEqual(['address'])
  rmSync(folder, { recursive: true })
})

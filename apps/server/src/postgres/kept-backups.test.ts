import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTestFolder } from '@otklik/testing/folder'
import { expect, it } from 'vitest'
import { takeKeptBackup } from './kept-backups.ts'

it('keeps the newest three of our backups and nothing of others', async () => {
  const backups = makeTestFolder()
  mkdirSync(join(backups, 'by-hand'))
  const embedded = { backup: async (to: string) => void mkdirSync(to) }
  for (const day of [3, 1, 2, 5, 4])
    await takeKeptBackup(embedded, backups, { now: new Date(Date.UTC(2026, 0, day)), label: 'before-0007' })
  expect(readdirSync(backups).sort()).toEqual([
    '2026-01-03T00-00-00-000Z-before-0007',
    '2026-01-04T00-00-00-000Z-before-0007',
    '2026-01-05T00-00-00-000Z-before-0007',
    'by-hand',
  ])
  rmSync(backups, { recursive: true })
})

import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTestFolder } from '@otklik/testing/folder'
import { expect, it } from 'vitest'
import { completeBinaries, findBinaries } from './binaries.ts'

it('makes the library links and execute bits that --ignore-scripts leaves out', () => {
  const root = makeTestFolder()
  mkdirSync(join(root, 'native', 'lib'), { recursive: true })
  mkdirSync(join(root, 'native', 'bin'))
  writeFileSync(join(root, 'native/lib/libpq.so.5.18'), 'library')
  for (const name of ['initdb', 'postgres']) {
    writeFileSync(join(root, 'native/bin', name), '')
    chmodSync(join(root, 'native/bin', name), 0o644)
  }
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  writeFileSync(join(root, 'native/pg-symlinks.json'), JSON.stringify(links))
  completeBinaries(root)
  completeBinaries(root)
  expect(readFileSync(join(root, 'native/lib/libpq.so.5'), 'utf8')).toBe('library')
  expect(statSync(join(root, 'native/bin/postgres')).mode & 0o111).toBe(0o111)
  rmSync(root, { recursive: true })
})

it('says what to do where no PostgreSQL is packaged', () => {
  expect(() => findBinaries('sunos', 'x64')).toThrow(/DATABASE_URL/)
})

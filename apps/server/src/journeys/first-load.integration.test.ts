/** What the desk's first page costs a slow network. */
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

it('shows the desk after at most 350 KB of compressed script', () => {
  const folder = join(resolve(import.meta.dirname, '../../../..'), 'dist/desk')
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path)
  expect(scripts.length).toBeGreaterThan(1)
  expect(scripts.reduce((sum, path) => sum + statSync(join(folder, `${path}.gz`)).size, 0)).toBeLessThanOrEqual(350 * 1024)
})

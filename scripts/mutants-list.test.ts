import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { mutants } from './mutants-list.mjs'

const root = resolve(import.meta.dirname, '..')

it('names each text that a mutant breaks as it stands, once', () => {
  const stale = mutants.filter(({ file, find }) => readFileSync(join(root, file), 'utf8').split(find).length !== 2).map(({ name }) => name)
  expect(stale).toEqual([])
})

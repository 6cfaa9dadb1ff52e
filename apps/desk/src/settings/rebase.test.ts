import { expect, it } from 'vitest'
import { rebase } from './rebase.ts'

const base = { name: 'Plans', priority: 3, skills: [{ skillId: 'a', level: 1 }] }

it('keeps what was typed and takes everything else from the newer version', () => {
  const mine = { ...base, name: 'Plans and more' }
  const theirs = { ...base, priority: 5, skills: [] }
  expect(rebase(base, mine, theirs)).toEqual({ name: 'Plans and more', priority: 5, skills: [] })
})

it('keeps what was typed where both changed the same field, lists too', () => {
  const mine = { ...base, skills: [{ skillId: 'a', level: 4 }] }
  const theirs = { ...base, skills: [{ skillId: 'b', level: 2 }] }
  expect(rebase(base, mine, theirs)).toEqual({ ...base, skills: [{ skillId: 'a', level: 4 }] })
})

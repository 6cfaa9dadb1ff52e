import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countSlips, findSlips } from './slips.ts'

it.each([
  ['возрват', 'возврат', 1],
  ['интирнет', 'интернета', 1],
  ['abraod', 'abroad', 1],
  ['роумнг', 'роуминге', 1],
  ['счетт', 'счет', 1],
  ['возвр', 'возврат', 0],
  ['погода', 'возврат', 4],
])('%s is %s but for %i', (written, other, slips) => expect(countSlips(written, other)).toBe(slips))

it('needs all words, and forgives short ones nothing', () => {
  const text = 'Возврат денег: за счёт компании'
  expect(findSlips(text, ['возрват', 'денек'])?.map(([from, to]) => text.slice(from, to))).toEqual(['Возврат', 'денег'])
  expect(findSlips(text, ['щет'])).toBeUndefined()
  expect(findSlips(text, ['возрват', 'погода'])).toBeUndefined()
})

it('counts nothing where the word stands, and one for a letter too many', () => {
  const word = fc.string({ unit: fc.constantFrom(...'абвг'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(word, word, fc.nat(7), (left, right, at) => {
      expect(countSlips(left, left + right)).toBe(0)
      expect(countSlips(`${left.slice(0, at)}х${left.slice(at)}`, left)).toBe(1)
    }),
    { seed: 20_261_123 },
  )
})

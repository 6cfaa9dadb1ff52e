import { expect, it } from 'vitest'
import { valueTypes } from './value-types.ts'

const parse = (oid: number, text: string): unknown => valueTypes.getTypeParser(oid, 'text')(text)

it('reads int8 as a number and refuses what a number cannot hold', () => {
  expect(parse(20, '9007199254740991')).toBe(9_007_199_254_740_991)
  expect(() => parse(20, '9007199254740993')).toThrow(/cannot hold exactly/)
  expect(parse(1016, '{1,NULL,-3}')).toEqual([1, null, -3])
})

it('leaves a day without a zone as it is', () => {
  expect(parse(1082, '2026-03-29')).toBe('2026-03-29')
})

it('leaves the rest to pg', () => {
  expect(parse(1184, '2026-01-02 03:04:05+00')).toEqual(new Date('2026-01-02T03:04:05Z'))
  expect(parse(1700, '1.10')).toBe('1.10')
})

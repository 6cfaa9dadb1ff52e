import { expect, it } from 'vitest'
import { languageOf } from './furnished.ts'

it('a centre stays in the language in which it was furnished, whatever is wanted', () => {
  expect(languageOf(['Саранск', 'Иркутск'], 'en')).toBe('ru')
  expect(languageOf(['saransk'], 'ru')).toBe('en')
})

it('where nothing is furnished, or both languages are, the wanted one is taken', () => {
  expect(languageOf(['Head office'], 'en')).toBe('en')
  expect(languageOf(['Саранск', 'Saransk'], 'en')).toBe('en')
})

import { errorCodes } from '@otklik/contract/errors'
import { describe, expect, it } from 'vitest'
import { en as english } from './en.ts'
import { reports as englishReports } from './en/reports.ts'
import { formatClock, formatDuration, formatShares, formatShort } from './format.ts'
import { ru as russian } from './ru.ts'
import { reports as russianReports } from './ru/reports.ts'
import { isPlural, translator } from './texts.ts'

type Node = string | { readonly [key: string]: Node }
type Leaf = { key: string; forms: Record<string, string> }

const leaves = (node: Node, prefix = ''): Leaf[] => {
  if (typeof node === 'string') return [{ key: prefix, forms: { '': node } }]
  if (isPlural(node as never)) return [{ key: prefix, forms: node as Record<string, string> }]
  return Object.entries(node).flatMap(([key, child]) => leaves(child, prefix ? `${prefix}.${key}` : key))
}
const ru = { ...russian, reports: russianReports }
const [inRussian, inEnglish] = [leaves(ru as unknown as Node), leaves({ ...english, reports: englishReports } as unknown as Node)]
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

describe('texts', () => {
  it('has the same keys in both languages', () => {
    expect(inEnglish.map((leaf) => leaf.key)).toEqual(inRussian.map((leaf) => leaf.key))
  })

  it('fills the same holes in both languages and in every plural form', () => {
    const wanted = new Map(inRussian.map((leaf) => [leaf.key, holes(leaf.forms[''] ?? leaf.forms['other'] ?? '')]))
    for (const leaf of [...inRussian, ...inEnglish])
      for (const text of Object.values(leaf.forms)) expect([leaf.key, holes(text)]).toEqual([leaf.key, wanted.get(leaf.key)])
  })

  it('has every plural form that its language needs', () => {
    const categories = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories.slice().sort()
    for (const [language, texts] of [['ru', inRussian], ['en', inEnglish]] as const)
      for (const leaf of texts) if (!('' in leaf.forms)) expect([leaf.key, Object.keys(leaf.forms).sort()]).toEqual([leaf.key, categories(language)])
  })

  it('words every error that the server may answer with', () => {
    for (const code of Object.keys(errorCodes)) expect(Object.keys(ru.errors)).toContain(code)
  })

  it('leaves nothing empty and no text with an em dash', () => {
    for (const leaf of [...inRussian, ...inEnglish])
      for (const text of Object.values(leaf.forms)) {
        expect(text.trim()).not.toBe('')
        expect(text).not.toContain('—')
      }
  })

  it('counts in Russian and in English', () => {
    const counts = [1, 2, 5, 11, 21]
    expect(counts.map((count) => translator('ru')('desk.more', { count }))).toEqual([
      'Ещё 1 контакт', 'Ещё 2 контакта', 'Ещё 5 контактов', 'Ещё 11 контактов', 'Ещё 21 контакт',
    ])
    expect(counts.map((count) => translator('en')('desk.more', { count }))).toEqual([
      '1 more contact', '2 more contacts', '5 more contacts', '11 more contacts', '21 more contacts',
    ])
  })
})

describe('times', () => {
  it('shows a running clock', () => {
    expect([-3, 0, 48, 60, 725, 5047].map(formatClock)).toEqual(['0:00', '0:00', '0:48', '1:00', '12:05', '1:24:07'])
  })

  it('rounds what was measured', () => {
    expect([0, 499, 500, 59_600, 3_599_500].map(formatDuration)).toEqual(['0:00', '0:00', '0:01', '1:00', '1:00:00'])
  })

  it('spans shares, one that ends at all of them too', () => {
    expect([formatShares({ low: 0.51, high: 1 }, 'ru'), formatShares({ low: 0.834, high: 0.852 }, 'ru'), formatShares({ low: 0.68, high: 0.94 }, 'en')]).toEqual(['51–100\u00a0%', '83,4–85,2\u00a0%', '68–94%'])
  })

  it('shortens an instant by how far back it lies, in the zone of the reader', () => {
    const now = Date.parse('2026-11-22T11:07:00Z')
    const at = (instant: string) => formatShort(instant, now, 'ru', 'Europe/Moscow')
    expect(at('2026-11-22T11:02:00Z')).toBe('14:02')
    expect(at('2026-11-21T21:30:00Z')).toBe('00:30') // today already in Moscow
    expect(at('2026-11-09T11:02:00Z')).toBe('9 нояб.')
    expect(at('2026-08-21T11:02:00Z')).toBe('21 авг.')
    expect(at('2024-10-09T11:02:00Z')).toBe('окт. 2024')
  })
})

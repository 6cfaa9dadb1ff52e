/** Filling a template's variables, and finding one by typed letters. Pure. */
import type { Language } from '@otklik/contract/fields'
import { findVariable, type DeskTemplate, type TemplateVariable } from '@otklik/contract/templates'
import { matchTyped } from '../parts/matching.ts'

/** Names the event that tells the composer on the page to take a template; its detail is the template. */
export const insertTemplate = 'otklik:template'
/** The same with words that join what is written already; their detail is the words. Cancelled by the composer that takes them. */
export const insertWords = 'otklik:words'

export type TemplateValues = Readonly<Record<TemplateVariable, string>>

/**
 * `Здравствуйте, {{имя}}!` with a name, and `Здравствуйте!` without: a variable that is not known takes the comma or space
 * before it away. Names that no variable has stay as they are, to be seen.
 */
export const fillTemplate = (text: string, values: TemplateValues): string =>
  text
    .replace(/(,?[ \u00a0]*)\{\{\s*([\p{L}]+)\s*\}\}/gu, (whole, before: string, name: string) => {
      const variable = findVariable(name)
      if (!variable) return whole
      return values[variable] === '' ? '' : `${before}${values[variable]}`
    })
    // The sentence began with what is not known.
    .replace(/^[\s,]+(\p{L})?/u, (_, first: string | undefined) => first?.toUpperCase() ?? '')
    .trimEnd()

export const otherOf = (language: Language): Language => (language === 'ru' ? 'en' : 'ru')

/** Whether there is a choice of languages. */
export const hasBoth = ({ ru, en }: Pick<DeskTemplate, 'ru' | 'en'>): boolean => ru !== '' && en !== ''

/** The words for a customer of this language; the other language's where there are none. */
export const wordsFor = (template: Pick<DeskTemplate, 'ru' | 'en'>, language: Language): string =>
  template[language] !== '' ? template[language] : template[otherOf(language)]

/** The language of its words where they are not the customer’s own; null where they are. */
export const otherLanguageOf = (template: Pick<DeskTemplate, 'ru' | 'en'>, language: Language): Language | null =>
  template[language] !== '' ? null : otherOf(language)

/** A part of a text: the whole of what is replaced, or, where both are the same, the cursor. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Words for a place of a text, kept apart from what stands before and after it; and where the cursor is then. */
export const joinWords = (text: string, { from, to }: Span, words: string): { readonly piece: string; readonly cursor: number } => {
  const [before, after] = [text.slice(0, from), text.slice(to)]
  const gap = words.includes('\n') ? '\n' : ' '
  const head = before === '' || /\s$/.test(before) ? '' : gap
  const tail = after === '' || /^\s/.test(after) ? '' : gap
  return { piece: `${head}${words}${tail}`, cursor: from + head.length + words.length }
}

/** What `/` before the cursor asks for: the letters behind it, and where both stand. */
export interface Asked extends Span {
  readonly letters: string
}

/**
 * `/` at the beginning of everything asks with all the letters of the line; further on, at a line's beginning or after a
 * space, with those of one word: `and / or`, `24/7` and `site.example/help` ask for nothing. A cursor that is put back
 * before the slash leaves it asking, with all that it asked for.
 */
export const askedBySlash = (text: string, at: number): Asked | null => {
  const after = text[at] !== '/' ? '' : ((at === 0 ? /^[^\n]*/ : /^\/[^\s/]*/).exec(text.slice(at))?.[0] ?? '')
  const cursor = at + after.length
  const before = text.slice(0, cursor)
  const letters = /^\/([^\n]*)$/.exec(before)?.[1] ?? /\s\/([^\s/]*)$/.exec(before)?.[1]
  return letters === undefined ? null : { letters, from: cursor - letters.length - 1, to: cursor }
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

/** By name first, as everywhere; then by the words inside. */
export const findTemplates = (templates: readonly DeskTemplate[], typed: string): readonly DeskTemplate[] => {
  const byName = matchTyped(templates, typed, ({ name }) => name).map(({ item }) => item)
  const wanted = plain(typed.trim())
  if (wanted === '') return byName
  const named = new Set(byName)
  return [...byName, ...templates.filter((each) => !named.has(each) && plain(`${each.ru}\n${each.en}`).includes(wanted))]
}

/** Texts with checked keys, over i18next: `t('desk.title')`, `t('desk.handled', { count: 3 })`. */
import type { Language } from '@otklik/contract/fields'
import i18next, { type i18n, type Resource } from 'i18next'
import { useCallback, useSyncExternalStore } from 'react'
import { en } from './en.ts'
import { ru } from './ru.ts'
import type { reports as reportTexts } from './ru/reports.ts'
import type { Plural, Texts } from './shape.ts'

type Tree = { readonly [key: string]: string | Plural | Tree }

type Keys<Source, Prefix extends string = ''> = {
  [Key in keyof Source & string]: Source[Key] extends string | Plural ? `${Prefix}${Key}` : Keys<Source[Key], `${Prefix}${Key}.`>
}[keyof Source & string]
/** With those of rooms that bring their own when they are opened. */
type AllTexts = typeof ru & { readonly reports: typeof reportTexts }
export type TextKey = Keys<AllTexts>

export type Values = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, values?: Values) => string

export const isPlural = (node: string | Plural | Tree): node is Plural =>
  typeof node === 'object' && typeof (node as Plural).other === 'string' && Object.keys(node).every((key) => ['one', 'few', 'many', 'other'].includes(key))

/** Our plural objects as i18next wants them: `handled_one`, `handled_few`, … */
export const toResource = (tree: Tree): Resource[string][string] => {
  const out: Record<string, unknown> = {}
  for (const [key, node] of Object.entries(tree)) {
    if (typeof node === 'string') out[key] = node
    else if (isPlural(node)) for (const [form, text] of Object.entries(node)) out[`${key}_${form}`] = text
    else out[key] = toResource(node)
  }
  return out as Resource[string][string]
}

const texts: i18n = i18next.createInstance({
  lng: 'ru',
  fallbackLng: false,
  resources: { ru: { translation: toResource(ru) }, en: { translation: toResource(en satisfies Texts) } },
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
  initAsync: false,
})
void texts.init()

/** Takes in the texts of a room that is loaded when it is opened, under the room's name. */
export const addTexts = (room: 'reports', { ru, en }: { readonly ru: Tree; readonly en: Tree }): void => {
  texts.addResourceBundle('ru', 'translation', { [room]: toResource(ru) }, true)
  texts.addResourceBundle('en', 'translation', { [room]: toResource(en) }, true)
}

const storageKey = 'otklik.language'
const isLanguage = (value: string | null): value is Language => value === 'ru' || value === 'en'

/** The language of screens before anybody has signed in: chosen here before, else the browser's. */
export const guessLanguage = (): Language => {
  const stored = localStorage.getItem(storageKey)
  if (isLanguage(stored)) return stored
  return navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en'
}

export const showLanguage = (language: Language) => {
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  if (texts.language !== language) void texts.changeLanguage(language)
}

const translateIn =
  (language: Language): Translate =>
  (key, values) => {
    const count = values?.['count']
    const shown = typeof count === 'number' ? { ...values, count } : values
    return texts.t(key, { lng: language, ...shown } as Record<string, unknown>) as string
  }

const translators: Record<Language, Translate> = { ru: translateIn('ru'), en: translateIn('en') }

/** The texts of one language, for code outside components. */
export const translator = (language: Language): Translate => translators[language]

/** Texts in both languages, for words that find something whatever language somebody thinks in. */
export const inBothLanguages = (...keys: readonly TextKey[]): string => keys.flatMap((key) => [translators.ru(key), translators.en(key)]).join(' ')

const subscribe = (listener: () => void) => {
  texts.on('languageChanged', listener)
  return () => texts.off('languageChanged', listener)
}
const current = () => texts.language as Language

/** The texts of the screen's language now, for code outside components. */
export const translateNow: Translate = (key, values) => translators[current()](key, values)

export const useLanguage = (): Language => useSyncExternalStore(subscribe, current, current)

/** Texts in the language of the screen; the component shows again when the language changes. */
export const useTexts = (): { t: Translate; language: Language; change: (language: Language) => void } => {
  const language = useLanguage()
  const change = useCallback((next: Language) => showLanguage(next), [])
  return { t: translators[language], language, change }
}

/** Time zones as people look for them: by city, by name in their language, by difference from Greenwich. */
import type { Language } from '@otklik/contract/fields'

export interface ZoneOption {
  readonly value: string
  readonly label: string
}

/** The zone that this browser lives in. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

const part = (language: Language, timeZone: string, timeZoneName: 'longGeneric' | 'shortOffset', at: Date) =>
  new Intl.DateTimeFormat(language, { timeZone, timeZoneName }).formatToParts(at).find((each) => each.type === 'timeZoneName')?.value ?? ''

const made = new Map<Language, readonly ZoneOption[]>()

/**
 * Every zone that this browser knows, by its difference from Greenwich: «Europe/Moscow · Москва · GMT+3».
 * @param at the moment whose differences count
 */
export const zoneOptions = (language: Language, at: Date): readonly ZoneOption[] => {
  const known = made.get(language)
  if (known) return known
  const options = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => {
    const city = (value.split('/').at(-1) ?? value).replaceAll('_', ' ')
    const named = part(language, value, 'longGeneric', at)
    return { value, label: [city, named, part(language, value, 'shortOffset', at)].filter((text, index, all) => text !== '' && all.indexOf(text) === index).join(' · ') }
  })
  made.set(language, options)
  return options
}

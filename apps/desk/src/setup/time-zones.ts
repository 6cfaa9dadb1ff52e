/** Time zones as people look for them: by city, by name in their language, by difference from Greenwich. */
import type { Language } from '@otklik/contract/fields'

export interface ZoneOption {
  readonly value: string
  readonly label: string
}

/** The zone that this browser lives in. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

const part = (language: Language, timeZone: string, timeZoneName: 'longGeneric' | 'shortOffset', at: Date) =>
  new Intl.DateTimeFormat(language, { timeZone, timeZoneName }).formatToParts(at).find((each) =>
    each.type === 'timeZoneName')?.value ?? ''

/** Cities whose Russian names browsers do not know how to tell, by the last part of the zone. */
const russianCities: Readonly<Record<string, string>> = {
  Kaliningrad: 'Калининград', Moscow: 'Москва', Simferopol: 'Симферополь', Volgograd: 'Волгоград', Kirov: 'Киров',
  Astrakhan: 'Астрахань', Saratov: 'Саратов', Ulyanovsk: 'Ульяновск', Samara: 'Самара',
  Yekaterinburg: 'Екатеринбург', Omsk: 'Омск', Novosibirsk: 'Новосибирск', Barnaul: 'Барнаул', Tomsk: 'Томск',
  Novokuznetsk: 'Новокузнецк', Krasnoyarsk: 'Красноярск', Irkutsk: 'Иркутск', Chita: 'Чита',
  Yakutsk: 'Якутск', Khandyga: 'Хандыга', Vladivostok: 'Владивосток', 'Ust-Nera': 'Усть-Нера', Magadan: 'Магадан',
  Sakhalin: 'Сахалин', Srednekolymsk: 'Среднеколымск', Kamchatka: 'Камчатка', Anadyr: 'Анадырь',
  Minsk: 'Минск', Chisinau: 'Кишинёв', Tbilisi: 'Тбилиси', Yerevan: 'Ереван', Baku: 'Баку', Almaty: 'Алматы',
  Tashkent: 'Ташкент', Samarkand: 'Самарканд', Bishkek: 'Бишкек', Dushanbe: 'Душанбе', Ashgabat: 'Ашхабад',
  Istanbul: 'Стамбул', Berlin: 'Берлин', Paris: 'Париж', London: 'Лондон', Belgrade: 'Белград', Dubai: 'Дубай',
  Shanghai: 'Шанхай', Tokyo: 'Токио',
}

const cityOf = (value: string, language: Language): { readonly name: string; readonly isKnown: boolean } => {
  const city = value.split('/').at(-1) ?? value
  const russian = language === 'ru' ? russianCities[city] : undefined
  return { name: russian ?? city.replaceAll('_', ' '), isKnown: russian !== undefined }
}

/** One zone in words: «Москва · GMT+3», “Berlin · Central European Time · GMT+1”. */
export const zoneLabel = (value: string, language: Language, at: Date): string => {
  const city = cityOf(value, language)
  const named = city.isKnown ? '' : part(language, value, 'longGeneric', at)
  return [city.name, named, part(language, value, 'shortOffset', at)]
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join(' · ')
}

const made = new Map<Language, readonly ZoneOption[]>()

/**
 * Every zone that this browser knows, by its difference from Greenwich: «Москва · GMT+3».
 * @param at the moment whose differences count
 */
export const zoneOptions = (language: Language, at: Date): readonly ZoneOption[] => {
  const known = made.get(language)
  if (known) return known
  const options = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
    value,
    label: zoneLabel(value, language, at),
  }))
  made.set(language, options)
  return options
}

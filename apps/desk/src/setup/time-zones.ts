/** Time zones as people look for them: by city, by name in their language, by difference from Greenwich. */
import type { Language } from '@otklik/contract/fields'

export interface ZoneOption {
  readonly value: string
  readonly label: string
  /** What else it is called: it is found by that, too. */
  readonly name: string
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

/** One zone as short as a field is: «Москва · GMT+3», “Berlin · GMT+1”. */
export const zoneOption = (value: string, language: Language, at: Date): ZoneOption => {
  const city = value.split('/').at(-1) ?? value
  const said = (language === 'ru' ? russianCities[city] : undefined) ?? city.replaceAll('_', ' ')
  return { value, label: `${said} · ${part(language, value, 'shortOffset', at)}`, name: part(language, value, 'longGeneric', at) }
}

const made = new Map<Language, readonly ZoneOption[]>()

/**
 * Every zone that this browser knows, by its difference from Greenwich: «Москва · GMT+3».
 * @param at the moment whose differences count
 */
export const zoneOptions = (language: Language, at: Date): readonly ZoneOption[] => {
  const known = made.get(language)
  if (known) return known
  const options = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => zoneOption(value, language, at))
  made.set(language, options)
  return options
}

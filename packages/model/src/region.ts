/**
 * Where a customer is, as far as a browser tells: by its time zone. That is coarser than a region (people of Voronezh have
 * Moscow's clock) and it is a claim, like everything that a page says; a number plan or signed data will know better. It is
 * called by the city that gives the zone its name.
 */
export const unknownRegion = 'unknown'

/** The zones of Russia and its neighbours by the names of their cities; the IANA database has them in English only. */
const inRussian: Readonly<Record<string, string>> = {
  'Europe/Kaliningrad': 'Калининград', 'Europe/Moscow': 'Москва', 'Europe/Simferopol': 'Симферополь', 'Europe/Kirov': 'Киров',
  'Europe/Volgograd': 'Волгоград', 'Europe/Astrakhan': 'Астрахань', 'Europe/Saratov': 'Саратов', 'Europe/Ulyanovsk': 'Ульяновск',
  'Europe/Samara': 'Самара', 'Asia/Yekaterinburg': 'Екатеринбург', 'Asia/Omsk': 'Омск', 'Asia/Novosibirsk': 'Новосибирск',
  'Asia/Barnaul': 'Барнаул', 'Asia/Tomsk': 'Томск', 'Asia/Novokuznetsk': 'Новокузнецк', 'Asia/Krasnoyarsk': 'Красноярск',
  'Asia/Irkutsk': 'Иркутск', 'Asia/Chita': 'Чита', 'Asia/Yakutsk': 'Якутск', 'Asia/Khandyga': 'Хандыга',
  'Asia/Vladivostok': 'Владивосток', 'Asia/Ust-Nera': 'Усть-Нера', 'Asia/Magadan': 'Магадан', 'Asia/Sakhalin': 'Сахалин',
  'Asia/Srednekolymsk': 'Среднеколымск', 'Asia/Kamchatka': 'Камчатка', 'Asia/Anadyr': 'Анадырь', 'Europe/Minsk': 'Минск',
  'Asia/Almaty': 'Алматы', 'Asia/Tashkent': 'Ташкент', 'Asia/Bishkek': 'Бишкек', 'Asia/Yerevan': 'Ереван', 'Asia/Tbilisi': 'Тбилиси', 'Asia/Baku': 'Баку',
}

/**
 * The region of an IANA time zone.
 * @param zone as the server's zone data call it; null: the browser told none
 * @param language the company's: a region is a name among its names
 * @returns `unknown` for no zone, and for those that belong to no place, such as UTC
 */
export const regionOfTimeZone = (zone: string | null, language: 'ru' | 'en'): string => {
  if (zone === null || !zone.includes('/') || zone.startsWith('Etc/')) return unknownRegion
  return (language === 'ru' && inRussian[zone]) || zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

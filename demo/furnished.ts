/** What a centre is like that stands already: in which language it was furnished, and how busy it has been. Asked by the public interface. */
import type { Api } from '@otklik/client/http'
import { routes, settingsRoutes } from '@otklik/contract/routes'
import { addTerm } from '@otklik/metrics/evaluate'
import { homeZone } from './shifts.ts'
import { languages, type Language } from './texts/shape.ts'
import { textsOf } from './texts/texts.ts'
import { dateOf, dayMs } from './zone.ts'

/** Names tell it: whatever the demo makes it finds again by its name, and under others it would make everything a second time. */
export const languageOf = (siteNames: readonly string[], wanted: Language): Language => {
  const known = new Set(siteNames.map((name) => name.toLowerCase()))
  const found = languages.filter((language) => Object.values(textsOf(language).words.sites).some((name) => known.has(name.toLowerCase())))
  return found.includes(wanted) ? wanted : (found[0] ?? wanted)
}

/** The language to go on in: that of the centre, or the wanted one where nothing is furnished yet. */
export const findLanguage = async (api: Api, wanted: Language): Promise<Language> => {
  const { items } = await api.call(settingsRoutes.sites.list, {})
  return languageOf(items.flatMap(({ name, archivedAt }) => (archivedAt === null ? [name] : [])), wanted)
}

const weekDays = 7
/** Fewer: a day on which a demo ran for some minutes. */
const leastPerDay = 50

/** Contacts a day in the mean of the last whole week; undefined: there is no past of a week. */
export const findPerDay = async (api: Api, now: number): Promise<number | undefined> => {
  const query = { from: dateOf(homeZone, now - weekDays * dayMs), to: dateOf(homeZone, now - dayMs), step: 'day' as const }
  const { rows } = await api.call(routes.figures, { query })
  // Contacts, not stays: one that is handed on is offered twice, and ends once.
  const days = rows.map(({ sums }) => addTerm(['ended', 'abandoned'], sums)).filter((contacts) => contacts >= leastPerDay)
  return days.length < weekDays ? undefined : days.reduce((sum, contacts) => sum + contacts, 0) / weekDays
}

/** Made-up figures for the gallery: a day with its two waves, a month, ratings with words. The same every time. */
import type { Language } from '@otklik/contract/fields'
import type { FigureContactsView, FigureSubjects, FiguresRow, FiguresView, RatingItem } from '@otklik/contract/figures'
import { bucketOf } from '@otklik/metrics/histogram'
import type { SiteId, TeamId } from '@otklik/model/ids'
import { agentId, ago, builtNow, contactId, customerId, queueId } from '../desk/desk-builders.ts'

const words = {
  ru: {
    queues: ['Тарифы и услуги', 'Роуминг и поездки за границу', 'Письма и документы, Москва и область'], regions: ['Москва', 'Республика Мордовия', 'unknown'],
    agents: ['Анна Лебедева', 'Екатерина Преображенская-Вознесенская', 'Тимур Галеев'], teams: ['Первая линия, Саранск', 'Эксперты'], sites: ['Саранск', 'Иркутск'],
    customers: ['Марина', null, 'Константин Преображенский-Вознесенский'],
    said: ['Ответили за секунды и вернули деньги. Спасибо, что не пришлось никуда звонить!', null, 'Долго ждала, а потом меня трижды переводили от одного к другому, и каждый раз приходилось рассказывать всё с начала', 'Нормально'],
  },
  en: {
    queues: ['Plans and services', 'Roaming and travel abroad', 'Letters and documents, Moscow and region'], regions: ['Moscow', 'Republic of Mordovia', 'unknown'],
    agents: ['Anna Lebedeva', 'Catherine Preobrazhenskaya-Voznesenskaya', 'Timur Galeev'], teams: ['First line, Saransk', 'Experts'], sites: ['Saransk', 'Irkutsk'],
    customers: ['Marina', null, 'Constantine Preobrazhensky-Voznesensky'],
    said: ['An answer in seconds, and my money is back. Thank you, I did not have to call anybody!', null, 'I waited long and was passed on three times, and had to tell everything from the beginning each time', 'Fine'],
  },
} as const

export const galleryFigureSubjects = (language: Language): FigureSubjects => {
  const own = words[language]
  return {
    queues: own.queues.map((name, at) => ({ id: queueId(at + 1), name, targetSeconds: at === own.queues.length - 1 ? 300 : 20 })), channels: ['webChat'], regions: [...own.regions],
    agents: own.agents.map((name, at) => ({ id: agentId(at + 1), name })), teams: own.teams.map((name, at) => ({ id: `team-${at + 1}` as TeamId, name })), sites: own.sites.map((name, at) => ({ id: `site-${at + 1}` as SiteId, name })),
  }
}

/** How many come at a minute of the day: a wave before noon, a lower one in the evening. */
const comeAt = (minute: number): number => Math.max(0, Math.round(3 + 58 * Math.exp(-(((minute - 690) / 190) ** 2)) + 34 * Math.exp(-(((minute - 1140) / 110) ** 2)) + 2 * Math.sin(minute / 31)))

/** What follows from so many contacts; when many come at once, some wait longer. */
const sumsOf = (offered: number, isBusy: boolean): FiguresRow['sums'] => {
  const [abandoned, answered] = [Math.round(offered * (isBusy ? 0.075 : 0.03)), Math.round(offered * (isBusy ? 0.91 : 0.96))]
  const rated = Math.round(answered * 0.22)
  return {
    offered, answered, abandoned, answeredInTarget: Math.round(answered * (isBusy ? 0.76 : 0.9)), shortAbandoned: Math.round(abandoned * 0.2), waitMs: answered * (isBusy ? 27_500 : 16_000), firstResponses: answered,
    firstResponseMs: answered * (isBusy ? 29_000 : 18_200), handled: answered, talkMs: answered * 96_000, wrapUpMs: answered * 21_500, ended: answered, rated, topTwo: Math.round(rated * 0.94), topBox: Math.round(rated * 0.81), bottomTwo: Math.round(rated * 0.04),
    bottomBox: Math.round(rated * 0.03), accepted: answered, declined: Math.round(answered * 0.01), missed: Math.round(answered * 0.02),
  }
}
const histogramsOf = (cases: number): FiguresRow['histograms'] => {
  const spread = (medianMs: number): [number, number][] => Array.from({ length: 20 }, (_, at) => [bucketOf(medianMs) - 10 + at, Math.max(1, Math.round((cases / 9) * Math.exp(-(((at - 10) / 5) ** 2))))])
  return { wait: spread(13_000), firstResponse: spread(15_000), handle: spread(105_000) }
}

const row = (place: Partial<FiguresRow>, offered: number, isBusy = false): FiguresRow => ({
  day: null, minute: null, again: false, key: null, name: null, ...place, sums: sumsOf(offered, isBusy), histograms: place.minute === undefined ? histogramsOf(offered) : {},
})

export const galleryFigures = (language: Language, query: URLSearchParams): FiguresView => {
  const [step, by, of, from = '', to = ''] = [query.get('step'), query.get('by'), query.get('of'), query.get('from') ?? undefined, query.get('to') ?? undefined]
  const countedTo = new Date(builtNow).toISOString()
  const isOfPeople = query.get('agentId') !== null
  // The week before was a little quieter; an agent is one of many.
  const share = (from < '2026-11-16' ? 0.93 : 1) * (isOfPeople ? 0.12 : 1)
  if (of === 'time') return { countedTo, rows: [{ ...row({ key: 'site-1', name: null }, 0), sums: { busyMs: 86_400_000 * 31, availableMs: 86_400_000 * 6, notReadyMs: 86_400_000 * 3 }, histograms: {} }] }
  const subjects = galleryFigureSubjects(language)
  if (step === 'quarter') return { countedTo, rows: Array.from({ length: 96 }, (_, at) => row({ day: from, minute: at * 15 }, Math.round(comeAt(at * 15) * share), comeAt(at * 15) > 54)) }
  if (step === 'day') {
    const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
    return { countedTo, rows: Array.from({ length: days }, (_, at) => row({ day: new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10) }, Math.round((at % 7 > 4 ? 1420 : 2150 + 37 * (at % 5)) * share), at % 9 === 3)) }
  }
  const all = Math.round(2230 * share * (from === to ? 1 : 28))
  const told = { queue: subjects.queues, agent: subjects.agents, team: subjects.teams, site: subjects.sites, channel: [{ id: 'webChat', name: null }], region: subjects.regions.map((id) => ({ id, name: null })) }
  if (by === null && isOfPeople) return { countedTo, rows: [{ ...row({}, all), sums: { ...row({}, all).sums, offered: 0, busyMs: 24_800_000, availableMs: 4_100_000 }, histograms: {} }] }
  if (by === null) return { countedTo, rows: [row({}, all)] }
  return { countedTo, rows: (told[by as keyof typeof told] ?? []).map(({ id, name }, at) => row({ key: id, name }, [Math.round(all * 0.7), Math.round(all * 0.28), 18][at] ?? 0, at === 1)) }
}

export const galleryFigureContacts = (language: Language): FigureContactsView => ({
  next: '1763800000000_next',
  items: [0, 1, 2].map((at) => ({
    id: contactId(11 + at), customer: at === 1 ? null : { id: customerId(at + 1), name: words[language].customers[at] ?? null, number: 4821 + at }, channel: 'webChat', queueName: words[language].queues[at] ?? '', agentName: words[language].agents[at] ?? null,
    state: 'closed', arrivedAt: ago(3600 * (at + 2)), closedAt: ago(3600 * (at + 1)), closeReason: 'agentEnded', score: at === 0 ? 5 : null, cases: at === 2 ? 2 : 1, durationMs: 22_000 + at * 41_000,
  })),
})

export const galleryRatings = (language: Language, readsWords: boolean): { items: RatingItem[]; next: string | null } => ({
  next: null,
  items: words[language].said.map((comment, at) => ({
    contactId: contactId(11 + at), customer: { id: customerId((at % 3) + 1), name: words[language].customers[at % 3] ?? null, number: 4821 + at }, queueName: words[language].queues[at % 3] ?? '', agentName: words[language].agents[at % 3] ?? null,
    score: [5, 4, 1, 3][at] ?? 5, hasComment: comment !== null, comment: readsWords ? comment : null, ratedAt: ago(1800 * (at + 1)),
  })),
})

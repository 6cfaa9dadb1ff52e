/** A made-up floor: six queues, two sites, people in every state, long names among them. */
import type { FloorAgent, FloorAlert, FloorQueue, FloorSlot, FloorView } from '@otklik/contract/floor'
import type { Language } from '@otklik/contract/fields'
import type { ContactId, QueueId, SiteId, TeamId } from '@otklik/model/ids'
import { agentId, builtNow, contactId, queueId } from '../desk/desk-builders.ts'
import type { Scene } from './fixtures.ts'

const ago = (seconds: number) => new Date(builtNow - seconds * 1000).toISOString()
const quarterMs = 900_000

const quarters = (levels: readonly number[]): FloorQueue['quarters'] =>
  levels.map((level, index) => ({ at: new Date(builtNow - (levels.length - index) * quarterMs).toISOString(), offered: 100, shortAbandoned: 0, answeredInTarget: level }))

const day = (offered: number, level: number, abandoned: number, rated: number, happy: number, waitSeconds: number) => {
  const answered = offered - abandoned
  return {
    offered, answered, abandoned, answeredInTarget: Math.round(offered * level), waitMs: answered * waitSeconds * 1000, firstResponses: answered, firstResponseMs: answered * waitSeconds * 1000,
    handled: answered - 3, rated, topTwo: Math.round(rated * happy), ended: answered,
  }
}

const slot = (number: number, state: FloorSlot['state'], seconds: number, name: string | null, queue = 1, waiting: number | null = null): FloorSlot => ({
  contactId: contactId(number), state, channel: 'webChat', queueId: queueId(queue), customerName: name, customerNumber: 4800 + number, since: ago(seconds), waitingSince: waiting === null ? null : ago(waiting),
})

export const galleryFloor = (language: Language, scene: Scene): FloorView => {
  const say = (ru: string, en: string) => (language === 'ru' ? ru : en)
  const places = {
    sites: [
      { id: 'site-0' as SiteId, name: say('Саранск', 'Saransk'), timeZone: 'Europe/Moscow' },
      { id: 'site-1' as SiteId, name: say('Иркутск', 'Irkutsk'), timeZone: 'Asia/Irkutsk' },
    ],
    teams: [
      { id: 'team-0' as TeamId, name: say('Чат, утро', 'Chat, morning'), siteId: 'site-0' as SiteId },
      { id: 'team-1' as TeamId, name: say('Чат, вечер', 'Chat, evening'), siteId: 'site-1' as SiteId },
    ],
  }
  if (scene === 'empty') return { queues: [], agents: [], sites: [], teams: [], at: ago(0) }
  const queue = (number: number, name: string, more: Partial<FloorQueue>): FloorQueue => ({
    id: queueId(number) as QueueId, name, line: 1, targetSeconds: 25, isOpen: true, helpedBy: null, waiting: 0, oldestAt: null, inHand: 6, available: 3, early: 0, today: {}, quarters: [], ...more,
  })
  const queues = [
    queue(1, say('Тарифы и услуги', 'Plans and services'), { waiting: 5, oldestAt: ago(19), today: day(512, 0.84, 14, 188, 0.96, 21), quarters: quarters([70, 76, 82, 79, 88, 93, 85, 91]) }),
    queue(2, say('Чат на сайте', 'Chat on the site'), { waiting: 4, oldestAt: ago(47), available: 0, helpedBy: say('Вторая линия', 'Second line'), today: day(318, 0.78, 20, 121, 0.94, 26), quarters: quarters([95, 90, 88, 84, 80, 78, 77, 78]) }),
    queue(3, say('Перенос номера от другого оператора и красивые номера', 'Bringing a number from another operator, and vanity numbers'), { waiting: 2, oldestAt: ago(8), today: day(140, 0.91, 4, 40, 0.98, 14), quarters: quarters([88, 90, 91, 95, 92]) }),
    queue(4, say('Роуминг', 'Roaming'), { waiting: 1, oldestAt: ago(5), isOpen: false, today: day(96, 0.93, 1, 12, 1, 12), quarters: quarters([80, 92]) }),
    queue(5, say('Бизнес', 'Business'), { inHand: 0, today: {}, quarters: [] }),
    queue(6, say('Вторая линия', 'Second line'), { line: 2, targetSeconds: 300, waiting: 2, oldestAt: ago(220), today: day(31, 0.88, 0, 9, 0.89, 240), quarters: quarters([88, 90, 86]) }),
  ]
  const agent = (number: number, name: string, more: Partial<FloorAgent> & { state?: FloorAgent['presence']['state']; since?: number; reason?: string } = {}): FloorAgent => {
    const { state = 'available', since = 1800, reason, ...rest } = more
    return {
      id: agentId(number), name, teamId: (number > 12 ? 'team-1' : 'team-0') as TeamId,
      presence: { state, cause: state === 'offline' ? 'signedOut' : 'chosen', reasonName: reason ?? null, since: ago(since) },
      isLost: false, slots: [], maxTotal: 3, today: { handled: 47, talkMs: 47 * 104_000, wrapUpMs: 47 * 20_000, busyMs: 21_000_000, availableMs: 4_000_000, rated: 18, topTwo: 17, accepted: 48, missed: 1 }, timeCountedTo: ago(60), ...rest,
    }
  }
  const [marina, timur] = [say('Марина', 'Marina'), say('Тимур', 'Timur')]
  const agents = [
    agent(1, say('Алина Комарова', 'Alina Komarova'), { slots: [slot(1, 'active', 372, marina, 1, 95), slot(2, 'active', 61, null, 2), slot(3, 'wrapUp', 22, timur)] }),
    agent(2, say('Борис Мельников', 'Boris Melnikov'), { slots: [slot(4, 'active', 100, null), slot(5, 'active', 40, null)] }),
    agent(3, say('Вера Соколова', 'Vera Sokolova'), { slots: [slot(6, 'active', 125, null)] }),
    agent(4, say('Глеб Орлов', 'Gleb Orlov'), { since: 31 }),
    agent(5, say('Диляра Фахрутдинова', 'Dilyara Fakhrutdinova'), { slots: [slot(7, 'wrapUp', 22, null)] }),
    agent(6, say('Екатерина Преображенская-Вознесенская', 'Catherine Preobrazhenskaya-Voznesenskaya'), { slots: [slot(8, 'active', 118, null), slot(9, 'active', 50, null), slot(10, 'active', 48, null), slot(11, 'active', 47, null), slot(12, 'active', 20, null)], maxTotal: 5 }),
    agent(7, say('Жанна Лебедева', 'Zhanna Lebedeva'), { state: 'notReady', since: 494, reason: say('Обед', 'Lunch') }),
    agent(8, say('Зоя Петрова', 'Zoya Petrova'), { slots: [slot(13, 'offered', 6, null)] }),
    agent(9, say('Пётр Андреев', 'Pyotr Andreev'), { state: 'offline', isLost: true, since: 12, slots: [slot(14, 'active', 212, null)] }),
    agent(10, say('Илья Рогов', 'Ilya Rogov'), { since: 4 }),
    agent(11, say('Оля Гусева', 'Olya Guseva'), { state: 'offline' }),
    agent(13, say('Саша Тихонова', 'Sasha Tikhonova'), { slots: [slot(15, 'active', 82, null)] }),
    agent(14, say('Цыден Бадмаев', 'Tsyden Badmaev'), { slots: [slot(16, 'active', 20, null)] }),
    agent(15, say('Хава Исаева', 'Khava Isaeva'), { state: 'notReady', since: 160, reason: say('Обратная связь с наставником', 'Feedback with the coach') }),
  ]
  return { queues, agents, ...places, at: ago(0) }
}

export const galleryWaitingSlots = (): { items: FloorSlot[]; more: boolean } => ({
  items: [slot(21, 'queued', 47, 'Марина'), slot(22, 'offered', 31, null), slot(23, 'queued', 12, 'Константин Константинович Константинопольский'), slot(24, 'queued', 4, null)],
  more: false,
})

export const galleryAlerts = (): FloorAlert[] => [
  { id: '00000000-0000-4000-8000-0000000000a1', queueId: null, figure: 'longestWait', threshold: 45, forSeconds: 0 },
  { id: '00000000-0000-4000-8000-0000000000a2', queueId: queueId(1), figure: 'serviceLevel', threshold: 0.8, forSeconds: 60 },
]

/** Ids of what is chosen on the pages. */
export const floorContact: ContactId = contactId(1)

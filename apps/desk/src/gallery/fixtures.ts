/** Made-up people and words for the gallery, in both languages, long and short. */
import type { Language } from '@otklik/contract/fields'
import type {
  CatalogueView,
  ContactSummary,
  ContactView,
  CustomerView,
  DeskView,
  MessageView,
  SessionView,
} from '@otklik/contract/views'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { RaisedView, StoryEntry, WaitingView } from '@otklik/contract/work'
import { galleryCardParts } from './customer-fixtures.ts'
import type { DispositionId, IdentityId, IssueId, ReasonId, TemplateId } from '@otklik/model/ids'
import {
  agentId,
  ago,
  buildContact,
  buildDesk,
  buildMe,
  buildMessage,
  buildOffered,
  contactId,
  customerId,
  queueId,
} from '../desk/desk-builders.ts'

type Words = {
  readonly me: string
  readonly snoozeNote: string
  readonly company: string
  readonly customers: readonly [string, string, string]
  readonly regions: readonly [string, string, string]
  readonly queue: string
  readonly queue2: string
  readonly page: string
  readonly talk: readonly string[]
  readonly note: string
  readonly others: readonly [string, string]
  readonly offered: string
  readonly handed: string
  readonly dispositions: readonly string[]
  readonly reasons: readonly string[]
  readonly colleagues: readonly string[]
  readonly team: string
  readonly past: readonly string[]
  readonly pastOutcomes: readonly string[]
}

const words: Record<Language, Words> = {
  ru: {
    snoozeNote: 'Бригада выезжает утром: узнать у них, что нашли', me: 'Анна Лебедева', company: 'Спутник Связь', customers: ['Марина', 'Тимур', 'Гузель'], regions: [
      'Москва',
      'Республика Мордовия',
      'Казань',
    ],
    queue: 'Тарифы и услуги', queue2: 'Письма и документы, Москва и область', page: 'Списания',
    talk: [
      'Добрый день! Списали 450 ₽ за какую-то «Музыку плюс», https://www.example.ru/music, я её не подключала',
      'Здравствуйте, Марина! Сейчас посмотрю, откуда это списание.',
      'Нашла: подписка включилась 18 ноября с баннера в приложении. Отключу её и верну 450 ₽ на счёт. Делаю?',
      'Да, отключайте, пожалуйста. А деньги когда вернутся?',
      'Уже вернулись: 450 ₽ на счёте, подписка отключена. Проверьте баланс, пожалуйста.',
      'Вижу, всё пришло. Спасибо, что не пришлось никуда звонить!',
    ],
    note: 'Подписка включилась 18 ноября с баннера в приложении: похоже на случайное нажатие (https://www.example.ru/banner). Музыку ни разу не слушала. Возврат 450 ₽ могу сделать без согласования.',
    others: ['А если я сменю тариф сегодня, минуты сгорят?', 'Отправила копию договора, проверьте почту'],
    offered: '«Роуминг»: нет интернета в Ереване, второй день не могу вызвать такси',
    handed: 'Роутер перезагружал, тариф верный. Похоже на ошибку в настройках роуминга, проверь, пожалуйста, профиль сети',
    dispositions: [
      'Возврат за подписку',
      'Возврат ошибочного платежа',
      'Вопрос по тарифу',
      'Консультация',
      'Перенос номера',
      'Роуминг',
      'Отказ от услуги по просьбе клиента',
      'Спам',
    ],
    reasons: [
      'Перерыв',
      'Обед',
      'Обучение',
      'Разговор с супервизором',
    ], colleagues: ['Игорь Смирнов', 'Екатерина Преображенская-Вознесенская', 'Олег Ким', 'Дарья Волкова'],
    team: 'Саранск, вечерняя', past: [
      'Списали 450 ₽ за какую-то «Музыку плюс»',
      'Пришлите копию счёта за октябрь',
      'Обещали письмо со счётом',
      'Роуминг в Армении',
      'Хочу перенести номер от другого оператора',
    ], pastOutcomes: ['Документы', 'Документы', 'Роуминг', 'Перенос номера'],
  },
  en: {
    snoozeNote: 'The crew goes out in the morning: ask what they found', me: 'Anna Lebedeva', company: 'Sputnik Telecom', customers: ['Marina', 'Timur', 'Guzel'], regions: [
      'Moscow',
      'Republic of Mordovia',
      'Kazan',
    ],
    queue: 'Plans and services', queue2: 'Letters and documents, Moscow and region', page: 'Charges',
    talk: [
      'Good afternoon! You charged me 450 ₽ for some “Music Plus”, https://www.example.com/music, that I never switched on',
      'Hello Marina! Let me see where this charge came from.',
      'Found it: the subscription started on 18 November from a banner in the app. I will switch it off and put 450 ₽ back on your balance. Shall I?',
      'Yes please, switch it off. And when does the money come back?',
      'It is back already: 450 ₽ is on your balance and the subscription is off. Please check.',
      'I see it, all there. Thank you, and I did not even have to call anybody!',
    ],
    note: 'The subscription started on 18 November from a banner in the app: looks like a slip of the finger (https://www.example.com/banner). Never listened to anything. I may return 450 ₽ without asking.',
    others: ['If I change my plan today, do my minutes burn?', 'Sent a copy of the contract, please check your mail'],
    handed: 'Has restarted the phone, the plan is right. Looks like a wrong roaming profile, please check the network settings',
    offered: 'Roaming: no internet in Yerevan, cannot call a taxi for the second day',
    dispositions: [
      'Refund of a subscription',
      'Refund of a wrong payment',
      'Question about a plan',
      'Advice',
      'Number porting',
      'Roaming',
      'Service cancelled at the customer’s wish',
      'Spam',
    ],
    reasons: [
      'Break',
      'Lunch',
      'Training',
      'Talk with a supervisor',
    ], colleagues: ['Igor Smirnov', 'Catherine Preobrazhenskaya-Voznesenskaya', 'Oleg Kim', 'Daria Volkova'],
    team: 'Saransk, evening', past: [
      'Charged me 450 ₽ for some “Music Plus”',
      'Please send a copy of the October bill',
      'You promised a letter with the bill',
      'Roaming in Armenia',
      'I want to bring my number from another operator',
    ], pastOutcomes: ['Documents', 'Documents', 'Roaming', 'Number porting'],
  },
}

export type Scene = 'desk' | 'offer' | 'wrapUp' | 'missed' | 'empty'

const customer = (language: Language, index: 0 | 1 | 2, number: number): ContactView['customer'] => ({
  id: customerId(number), name: words[language].customers[index], number: 4820 + number, version: 3,
  region: words[language].regions[index], language,
  timeZone: index === 2 ? 'Europe/Samara' : 'Europe/Moscow', blocked: false,
})

export const gallerySession = (language: Language, role: SessionView['agent']['role']): SessionView => ({
  agent: { id: agentId(), name: words[language].me, email: 'anna@example.ru', role, language },
  company: { name: words[language].company, language, timeZone: 'Europe/Moscow' },
})

export const galleryDesk = (language: Language, scene: Scene): DeskView => {
  const said = words[language]
  const queue = { id: queueId(), name: said.queue, line: 1 as const, targetSeconds: 60, hasEscalation: true }
  const inWrapUp = scene === 'wrapUp'
  const marina = buildContact(1, {
    customer: customer(language, 0, 1), queue,
    page: { url: 'https://www.example.ru/account/charges?month=2026-11', title: said.page },
    arrivedAt: ago(290), waitingSince: inWrapUp ? null : ago(48),
    ...(inWrapUp ? {
      state: 'wrapUp' as const,
      wrapUp: { startedAt: ago(23), until: ago(-67), reason: 'customerEnded' as const },
      rating: { score: 5, comment: null },
    } : {}),
    lastMessage: { text: said.talk[inWrapUp ? 5 : 3] ?? '', author: 'customer', agentId: null, at: ago(48) },
    lastMessageNumber: inWrapUp ? 7 : 5, agentReadNumber: 7, customerReadNumber: 7,
  })
  const timur = buildContact(2, {
    customer: customer(language, 1, 2),
    queue,
    waitingSince: ago(inWrapUp ? 72 : 21),
    lastMessage: { text: said.others[0], author: 'customer', agentId: null, at: ago(21) },
    lastMessageNumber: 4,
    unread: 2,
  })
  const nameless = buildContact(3, {
    customer: { ...customer(language, 2, 3), name: null, region: 'unknown', timeZone: null, language: null },
    queue: { ...queue, id: queueId(2), name: said.queue2, line: 2, hasEscalation: false },
    lastMessage: { text: said.others[1], author: 'agent', agentId: agentId(), at: ago(900) }, awaySince: ago(400), lastMessageNumber: 1,
  })
  const offered = buildOffered(4, {
    customer: customer(language, 2, 4),
    queue,
    handed: { cause: 'transferred', by: said.colleagues[1] ?? '', at: ago(9), note: said.handed },
    lastMessage: { text: said.offered, author: 'customer', agentId: null, at: ago(9) },
    lastMessageNumber: 1,
    unread: 1,
  })
  const me = buildMe({ name: said.me, language })
  if (scene === 'empty') return buildDesk({ me })
  if (scene === 'missed')
    return buildDesk({
      me: { ...me, presence: { state: 'notReady', cause: 'missed', reason: null, since: ago(40) } },
      contacts: [timur],
      routerUp: false,
    })
  return buildDesk({ me, contacts: scene === 'offer' ? [offered, marina, timur, nameless] : [marina, timur, nameless] })
}

export const galleryMessages = (language: Language, contact: number): MessageView[] => {
  const said = words[language]
  const agent = { kind: 'agent' as const, agentId: agentId(), name: said.me }
  const text = (value: string) => [{ kind: 'text' as const, text: value }]
  if (contact === 2) return [1, 2, 3, 4].map((number) => buildMessage(2, number, {
    parts: text(number === 4 ? said.others[0] : (said.talk[number - 1] ?? '')),
    ...(number % 2 === 0 && number < 4 ? { author: agent } : {}),
    at: ago(200 - number * 40),
  }))
  if (contact !== 1 && contact < 10) return [buildMessage(contact, 1, {
    author: agent,
    parts: text(said.others[1]),
    at: ago(900),
  })]
  const line = (number: number, value: string, own: boolean, note = false): MessageView =>
  buildMessage(contact, number, {
    parts: text(value),
    at: ago(300 - number * 42),
    ...(own ? { author: agent } : {}),
    ...(note ? { visibility: 'note' as const } : {}),
  })
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = said.talk
  return [
    line(1, a, false),
    line(2, b, true),
    line(3, said.note, true, true),
    line(4, c, true),
    line(5, d, false),
    line(6, e, true),
    line(7, f, false),
  ]
}

export const galleryCatalogue = (language: Language): CatalogueView => {
  const said = words[language]
  return {
    company: gallerySession(language, 'agent').company,
    reasons: said.reasons.map((name, index) => ({ id: `reason-${index}` as ReasonId, name })),
    dispositions: said.dispositions.map((name, index) => ({ id: `disposition-${index}` as DispositionId, name })),
    queues: [
      { id: queueId(), name: said.queue, line: 1, escalationQueueId: queueId(2), onDuty: 4, onBreak: 1, picking: true },
      { id: queueId(2), name: said.queue2, line: 2, escalationQueueId: null, onDuty: 0, onBreak: 1, picking: false },
      { id: queueId(3), name: said.pastOutcomes[2] ?? '', line: 1, escalationQueueId: null, onDuty: 2, onBreak: 0, picking: false },
    ],
    colleagues: said.colleagues.map((name, index) => ({
      id: agentId(index + 2),
      name,
      presence: index === 3 ? 'notReady' : 'available',
      teamName: said.team,
      freeSlots: index === 2 ? 0 : index + 1,
    })),
  }
}

export const galleryCustomer = (language: Language, number: number): CustomerView => ({
  ...customer(language, number === 2 ? 1 : 0, number),
  firstSeenAt: '2019-03-04T09:00:00.000Z', contactCount: 11,
  identities: [
    { id: 'identity-1' as IdentityId, kind: 'phone', shown: '+7 916 •••-14-07', proof: 'verified', removable: false },
    { id: 'identity-2' as IdentityId, kind: 'email', shown: 'm•••@mail.example', proof: 'claimed', removable: true },
    { id: 'identity-3' as IdentityId, kind: 'visitor', shown: 'Chrome, Windows', proof: 'none', removable: false },
  ],
  ...galleryCardParts(language),
})

export const galleryTimeline = (language: Language, current: number): ContactSummary[] => {
  const said = words[language]
  const at = [
    ago(290),
    '2026-11-09T13:20:00.000Z',
    '2026-11-09T08:02:00.000Z',
    '2026-08-21T17:40:00.000Z',
    '2024-10-02T10:00:00.000Z',
  ]
  return said.past.map((firstWords, index) => ({
    id: contactId(index === 0
      ? current
      : 10 + index), issueId: `issue-${index}` as IssueId, channel: 'webChat', state: index === 0
        ? 'active'
        : 'closed', queueName: said.queue, agentName: said.me,
    arrivedAt: at[index] ?? ago(0), closedAt: index === 0
      ? null
      : (at[index] ?? null), closeReason: index === 0 ? null : index === 3 ? 'abandoned' : 'agentEnded',
    dispositionName: index === 0
      ? null
      : (said.pastOutcomes[index - 1] ?? null), score: index === 1 || index === 4 ? 5 : null, resolved: index === 0 ? null : index !== 2, firstWords, readable: index !== 3,
  }))
}

export const galleryWaiting = (language: Language): { items: WaitingView[]; more: boolean } => {
  const said = words[language]
  const queue = { id: queueId(), name: said.queue, line: 1, targetSeconds: 60 }
  return {
    more: false,
    items: [
      {
        id: contactId(20),
        queue,
        customer: { ...customer(language, 1, 20), name: null },
        waitingSince: ago(74),
        words: said.past[3] ?? null,
        reservedFor: null,
      },
      {
        id: contactId(21),
        queue,
        customer: customer(language, 2, 21),
        waitingSince: ago(12),
        words: said.past[4] ?? null,
        reservedFor: said.colleagues[1] ?? null,
      },
    ],
  }
}

export const galleryFollowUps = (language: Language): ContactView[] => [
  buildContact(22, {
    state: 'snoozed',
    customer: customer(language, 1, 22),
    snooze: { until: ago(-5400), by: words[language].me, told: true, note: words[language].snoozeNote },
    lastMessage: { text: words[language].past[2] ?? '', author: 'customer', agentId: null, at: ago(4000) },
  }),
]

export const galleryStory = (language: Language): StoryEntry[] => {
  const said = words[language]
  const [first = '', second = '', third = ''] = said.colleagues
  const reasons = { queue: said.queue, waitedSeconds: 9, customerWaitedSeconds: 9, urgency: 0.15, ring: 0, load: 1 }
  const decided = { policy: 'bestFit', occupancyRatio: 0.4, runnerUp: null, helpersOf: null, byOverflow: false, relaxed: null, reservation: null } as const
  return [
    { kind: 'queued', at: ago(900), cause: 'arrived', queue: said.queue, reservedFor: null, by: null },
    { kind: 'offered', at: ago(891), agent: first, rule: 'arrival', fit: 0, candidates: 4, runnerUp: third, ...reasons, decided: { ...decided, policy: 'evenOccupancy', runnerUp: { fit: 0, load: 1, occupancyRatio: 0.62 } } },
    { kind: 'missed', at: ago(871), agent: first },
    { kind: 'offered', at: ago(871), agent: second, rule: 'agent', fit: 2, candidates: 0, runnerUp: null, ...reasons, ring: 1, decided: { ...decided, helpersOf: said.queue, byOverflow: true, relaxed: { levels: 1, skills: [], queues: [], anyLanguage: true } } },
    { kind: 'accepted', at: ago(866), agent: second },
    { kind: 'answered', at: ago(850), agent: second },
    { kind: 'snoozed', at: ago(800), agent: second, until: ago(300) },
    { kind: 'queued', at: ago(300), cause: 'transferred', queue: said.queue, reservedFor: second, by: third },
    { kind: 'offered', at: ago(300), agent: second, rule: 'sticky', fit: null, candidates: 1, runnerUp: null, ...reasons, customerWaitedSeconds: 600, decided },
    { kind: 'accepted', at: ago(296), agent: second },
    { kind: 'wrapUpStarted', at: ago(90), agent: second, reason: 'customerEnded' },
    { kind: 'closed', at: ago(60), agent: second, by: 'agent', reason: 'customerEnded', disposition: said.dispositions[0] ?? '', resolved: true },
    { kind: 'rated', at: ago(40), score: 5 },
  ]
}

export const galleryTemplates = (language: Language): DeskTemplate[] => {
  const said = words[language]
  const titles = [...said.dispositions.slice(0, 3), said.pastOutcomes[2] ?? '']
  const wordsIn = (of: Language, index: number) => (index === (of === language ? 3 : 1) ? '' : (words[of].talk[index + 1] ?? ''))
  return titles.map((name, index) => ({
    id: `template-${index}` as TemplateId,
    version: 1,
    shared: index !== 1,
    name,
    // The second has its words in one language only, the last one in the other one only.
    ru: wordsIn('ru', index),
    en: wordsIn('en', index),
    macro: index === 2 ? { dispositionId: 'disposition-2' as DispositionId, dispositionName: said.dispositions[6] ?? '', resolved: true } : null,
    ownUses: 9 - index,
    uses: 40 - index,
    usedAt: ago(86_400 * index + 600),
  }))
}

export const galleryRaised = (language: Language): RaisedView[] => [
  {
    id: contactId(23),
    customer: customer(language, 0, 23),
    queueName: words[language].queue2,
    raisedAt: ago(340),
    state: 'active',
    agentName: words[language].colleagues[1] ?? '',
    answeredAt: null,
    dispositionName: null,
  },
]

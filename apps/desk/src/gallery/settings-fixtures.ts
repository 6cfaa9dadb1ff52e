/** Made-up settings for the gallery. */
import type { Language } from '@otklik/contract/fields'
import type { QueueRoutingView } from '@otklik/contract/queue-routing'
import type { AgentView, ChannelView, QueueView, SiteView, SkillView, TeamView } from '@otklik/contract/settings'
import type { ChannelAccountId, QueueId, SiteId, SkillId, TeamId } from '@otklik/model/ids'
import { agentId, queueId } from '../desk/desk-builders.ts'
import { galleryTemplates } from './fixtures.ts'

const stored = { version: 3, archivedAt: null }
const pick = (language: Language, russian: string, english: string) => (language === 'ru' ? russian : english)

export const gallerySettings = (language: Language): Record<string, unknown[]> => {
  const say = (russian: string, english: string) => pick(language, russian, english)
  const skills: SkillView[] = [
    say('Тарифы', 'Plans'),
    say('Роуминг и поездки за границу', 'Roaming and travel abroad'),
    say('Документы', 'Documents'),
  ].map((name, index) => ({
    ...stored,
    id: `skill-${index}` as SkillId,
    name,
  }))
  const sites: SiteView[] = [
    { ...stored, id: 'site-0' as SiteId, name: say('Саранск', 'Saransk'), timeZone: 'Europe/Moscow' },
    { ...stored, id: 'site-1' as SiteId, name: say('Екатеринбург', 'Yekaterinburg'), timeZone: 'Asia/Yekaterinburg' },
  ]
  const teams: TeamView[] = [
    say('Саранск, утренняя', 'Saransk, morning'),
    say('Саранск, вечерняя', 'Saransk, evening'),
  ].map((name, index) => ({
    ...stored,
    id: `team-${index}` as TeamId,
    name,
    siteId: 'site-0' as SiteId,
  }))
  const people = [
    [say('Анна Лебедева', 'Anna Lebedeva'), 'anna@example.ru', 'agent', 'ready', 'available'],
    [say('Дарья Волкова', 'Daria Volkova'), 'daria@example.ru', 'agent', 'ready', 'notReady'],
    [
      say('Екатерина Преображенская-Вознесенская', 'Catherine Preobrazhenskaya-Voznesenskaya'),
      'ekaterina.preobrazhenskaya@example.ru',
      'supervisor',
      'ready',
      'available',
    ],
    [say('Игорь Смирнов', 'Igor Smirnov'), 'igor@example.ru', 'agent', 'invited', 'offline'],
    [say('Олег Ким', 'Oleg Kim'), 'oleg@example.ru', 'agent', 'none', 'offline'],
    [say('Рустам Ахметов', 'Rustam Akhmetov'), 'rustam@example.ru', 'administrator', 'ready', 'offline'],
  ] as const
  const has = (number: number, level: number) => ({ skillId: `skill-${number}` as SkillId, level })
  const skillsOf = (index: number) => [[has(0, 4), has(1, 2)], [has(0, 1)], [has(0, 1), has(1, 2)], []][index] ?? [has(2, 1)]
  const agents: AgentView[] = people.map(([name, email, role, access, presence], index) => ({
    ...stored, id: agentId(index + 1), name, email, role, language, serves: index === 0
      ? ['ru', 'en']
      : [language], maxChats: 3, maxTotal: 4,
    teamId: role === 'administrator' ? null : (`team-${index % 2}` as TeamId), skills: skillsOf(index), presence, access,
    supervises: role === 'supervisor' ? { queueIds: [queueId(), queueId(2)], teamIds: null } : { queueIds: null, teamIds: null },
    archivedAt: index === 4 ? '2026-10-01T10:00:00.000Z' : null,
  }))
  const queue = { ...stored, offerSeconds: 20, wrapUpSeconds: 90, awayMinutes: 10, silenceMinutes: 15 }
  const queues: QueueView[] = [
    {
      ...queue,
      id: queueId(),
      name: say('Тарифы и услуги', 'Plans and services'),
      line: 1,
      priority: 3,
      targetSeconds: 20,
      greeting: { ru: 'Здравствуйте! Чем помочь?', en: 'Hello! How can we help?' },
      escalationQueueId: queueId(2),
      skills: [{ skillId: 'skill-0' as SkillId, level: 2 }, { skillId: 'skill-1' as SkillId, level: 1 }],
    },
    {
      ...queue,
      id: queueId(2),
      name: say('Специалисты второй линии по тарифам', 'Second-line specialists for plans'),
      line: 2,
      priority: 4,
      targetSeconds: 60,
      greeting: { ru: '', en: '' },
      escalationQueueId: null,
      skills: [],
    },
  ]
  const channels: ChannelView[] = [
    {
      ...stored,
      id: 'a1b2c3d4-0000-4000-8000-000000000001' as ChannelAccountId,
      name: say('Сайт', 'Site'),
      origins: ['https://www.example.ru', 'https://shop.example.ru'],
      language,
      accent: '#0d6475',
      side: 'right',
      title: say('Напишите нам', 'Write to us'),
      consentText: say('Отвечая, вы соглашаетесь на обработку данных.', 'By writing you agree to data processing.'),
      consentUrl: 'https://www.example.ru/privacy',
      queueId: queueId(),
    },
  ]
  const named = (prefix: string, names: readonly string[]) =>
    names.map((name, index) => ({ ...stored, id: `${prefix}-${index}`, name }))
  return {
    sites, teams, skills, queues, agents, channels,
    templates: galleryTemplates(language).map(({ macro, ownUses: _own, shared: _shared, ...template }) => ({
      ...template,
      archivedAt: null,
      dispositionId: macro?.dispositionId ?? null,
      resolved: macro?.resolved ?? true,
    })),
    reasons: named('reason', [say('Перерыв', 'Break'), say('Обед', 'Lunch'), say('Обучение', 'Training')]),
    dispositions: named('disposition', [
      say('Возврат за подписку', 'Refund of a subscription'),
      say('Вопрос по тарифу', 'Question about a plan'),
    ]),
  }
}

/** How a queue of the gallery distributes, and when it is open: a day with a break, a holiday, an outage. */
export const galleryRouting = (id: string): QueueRoutingView => {
  const workday = [{ from: 540, to: 1080 }]
  return {
    queueId: id as QueueId,
    version: stored.version,
    policy: 'bestFit',
    preferredSeconds: 30,
    rings: [
      { afterSeconds: 30, kind: 'lowerLevels' },
      { afterSeconds: 90, kind: 'dropSkill', skillId: 'skill-1' as SkillId },
      { afterSeconds: 300, kind: 'addQueue', queueId: queueId(2) },
    ],
    hours: {
      timeZone: 'Europe/Moscow',
      week: [[{ from: 480, to: 780 }, { from: 840, to: 1320 }], workday, workday, workday, [{ from: 540, to: 1440 }], [{ from: 600, to: 960 }], []],
      holidays: [{ date: '2026-12-31', intervals: [{ from: 600, to: 900 }] }, { date: '2027-01-01', intervals: [] }],
    },
    closedText: { ru: 'Пишите, ответим утром.', en: 'Write to us, we answer in the morning.' },
    takesMessages: true,
    picking: true,
    overflow: { queueId: queueId(2), overSeconds: 90 },
    overflowing: false,
    ratingStyle: 'faces',
    ratingComment: true,
    ratingDays: 30,
    noticeText: { ru: 'Сбой связи в Саранске: чиним до 18:00', en: 'No signal in Saransk: back by 18:00' },
    isOpen: false,
  }
}

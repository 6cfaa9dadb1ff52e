/** A small centre to begin with: two sites, three teams' worth of words, three queues, a few articles and templates, a channel, four agents without passwords. */
import type { AgentId, QueueId } from '@otklik/model/ids'
import type { Tx } from '../store/database.ts'
import { appendEvent } from '../store/log.ts'
import type { Deps } from './deps.ts'
import { insertSampleArticles } from './sample-articles.ts'
import { insertSampleTemplates } from './sample-templates.ts'

const words = {
  ru: {
    sites: [['Саранск', 'Europe/Moscow'], ['Иркутск', 'Asia/Irkutsk']],
    teams: ['Первая линия, Саранск', 'Первая линия, Иркутск', 'Вторая линия'],
    skills: ['Тарифы и услуги', 'Связь и интернет', 'Сложные случаи'],
    queues: ['Тарифы и услуги', 'Связь и интернет', 'Вторая линия'],
    greeting: 'Здравствуйте! Напишите, что случилось, и вам ответит человек.',
    reasons: ['Перерыв', 'Обед', 'Обучение', 'Разговор с супервизором'],
    // The last one closes what the sample's goodbye says.
    dispositions: ['Вопрос по тарифу', 'Возврат денег', 'Подключение услуги', 'Отключение услуги', 'Нет связи', 'Скорость интернета', 'Ошибся адресом', 'Благодарность'],
    agents: ['Анна Белова', 'Глеб Соколов', 'Мария Ли', 'Тимур Ахметов'],
    channel: 'Чат на сайте',
    title: 'Поддержка',
    consent: 'Начиная чат, вы соглашаетесь на обработку персональных данных.',
  },
  en: {
    sites: [['Saransk', 'Europe/Moscow'], ['Irkutsk', 'Asia/Irkutsk']],
    teams: ['First line, Saransk', 'First line, Irkutsk', 'Second line'],
    skills: ['Plans and services', 'Network and internet', 'Hard cases'],
    queues: ['Plans and services', 'Network and internet', 'Second line'],
    greeting: 'Hello! Tell us what happened, and a person will answer.',
    reasons: ['Break', 'Lunch', 'Training', 'Talk with the supervisor'],
    dispositions: ['Question about a plan', 'Refund', 'Service switched on', 'Service switched off', 'No signal', 'Internet speed', 'Wrong address', 'Thanks'],
    agents: ['Anna Bell', 'Glen Falcon', 'Maria Lee', 'Tim Ahmet'],
    channel: 'Chat on the site',
    title: 'Support',
    consent: 'By starting a chat you agree to the processing of your personal data.',
  },
} as const

const defaults = { targetSeconds: 20, offerSeconds: 20, wrapUpSeconds: 90, awayMinutes: 10, silenceMinutes: 15 }

export const insertSample = async (tx: Tx, deps: Deps, company: { language: 'ru' | 'en' }): Promise<void> => {
  const text = words[company.language]
  const now = deps.now()
  const named = <Name extends string>(names: readonly Name[]) => names.map((name) => ({ id: deps.newId(), name }))
  const sites = text.sites.map(([name, timeZone]) => ({ id: deps.newId(), name, timeZone }))
  const [here, there] = sites
  const teams = named(text.teams).map((team, index) => ({ ...team, siteId: (index === 1 ? there : here)?.id ?? '' }))
  const skills = named(text.skills)
  await tx.db.insertInto('site').values(sites).execute()
  await tx.db.insertInto('team').values(teams).execute()
  await tx.db.insertInto('skill').values(skills).execute()
  await tx.db.insertInto('notReadyReason').values(named(text.reasons)).execute()
  const dispositions = named(text.dispositions)
  await tx.db.insertInto('disposition').values(dispositions).execute()
  await insertSampleTemplates(tx, deps, company.language, dispositions.at(-1)?.id ?? '')

  const noWords = { ru: '', en: '' }
  // In the company's language; customers of the other one see it, too, until there is a text of their own.
  const greeting = JSON.stringify({ ...noWords, [company.language]: text.greeting })
  const [plans, network, second] = named(text.queues)
  if (!plans || !network || !second) throw new Error('the sample has three queues')
  await tx.db
    .insertInto('queue')
    .values([
      { ...second, ...defaults, line: 2, priority: 4, targetSeconds: 60, greeting: JSON.stringify(noWords), picking: true },
      { ...plans, ...defaults, line: 1, priority: 3, greeting, escalationQueueId: second.id, picking: false },
      { ...network, ...defaults, line: 1, priority: 3, greeting, escalationQueueId: second.id, picking: false },
    ])
    .execute()
  const asked = [plans, network, second].map((queue, index) => ({ queueId: queue.id, skillId: skills[index]?.id ?? '', level: index === 2 ? 2 : 1 }))
  await tx.db.insertInto('queueSkill').values(asked).execute()
  await insertSampleArticles(tx, deps, { plans: plans.id, network: network.id })
  for (const { queueId } of asked) await appendEvent(tx, now, 'queue.changed', queueId, { queueId: queueId as QueueId })

  await tx.db
    .insertInto('channelAccount')
    .values({
      id: deps.newId(),
      channel: 'webChat',
      name: text.channel,
      queueId: plans.id,
      origins: [],
      language: company.language,
      accent: '#0d6475',
      side: 'right',
      title: text.title,
      consentText: text.consent,
      consentUrl: '',
    })
    .execute()

  for (const [index, agent] of named(text.agents).entries()) {
    await tx.db
      .insertInto('agent')
      .values({
        ...agent,
        email: `agent${index + 1}@sample.example`,
        role: index === 2 ? 'supervisor' : 'agent',
        language: company.language,
        serves: ['ru', 'en'],
        teamId: teams[index === 2 ? 2 : index % 2]?.id ?? null,
        maxChats: 3,
        maxTotal: 3,
        createdAt: now,
      })
      .execute()
    await tx.db.insertInto('agentCapacity').values({ agentId: agent.id, maxChat: 3, maxTotal: 3 }).execute()
    await tx.db.insertInto('presenceInterval').values({ agentId: agent.id, state: 'offline', cause: 'signedOut', startedAt: now }).execute()
    const levels = skills.map((skill, place) => ({ agentId: agent.id, skillId: skill.id, level: place === 2 ? 2 : 3 }))
    await tx.db.insertInto('agentSkill').values(index === 2 ? levels : levels.slice(0, 2)).execute()
    await appendEvent(tx, now, 'agent.changed', agent.id, { agentId: agent.id as AgentId, agentVersion: 1 })
  }
}

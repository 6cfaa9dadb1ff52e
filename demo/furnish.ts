/**
 * Makes the centre by the public interface, as an administrator with a lot of patience would: what is there already by its name
 * stays as it is, so that a second start goes on where the first one was.
 */
import { randomUUID } from 'node:crypto'
import { createApi, type Api } from '@otklik/client/http'
import { QueueRoutingWrite } from '@otklik/contract/queue-routing'
import { routes, settingsRoutes } from '@otklik/contract/routes'
import { emailOf, maxChats, planAgents, queuePlans, type Centre, type QueueName } from './centre.ts'
import { zones } from './shifts.ts'
import { topics, type Language, type Words } from './texts/shape.ts'

export interface FurnishOptions {
  readonly api: Api
  /** Of the server, which a password is set from without a session. */
  readonly url: string
  readonly origin: string
  readonly language: Language
  readonly words: Words
  readonly agents: number
  /** Of everybody who has none yet. */
  readonly password: string
}

interface Kept {
  readonly id: string
  readonly name: string
  readonly archivedAt: string | null
}

/** The id of what is there by its name, or of what `make` creates under a fresh one. */
const keep = async (there: readonly Kept[], name: string, make: (id: string) => Promise<unknown>): Promise<string> => {
  const known = there.find((item) => item.archivedAt === null && item.name.toLowerCase() === name.toLowerCase())
  if (known) return known.id
  const id = randomUUID()
  await make(id)
  return id
}

const named = async <Key extends string>(keys: readonly Key[], idOf: (key: Key) => Promise<string>): Promise<Record<Key, string>> => {
  const ids: [Key, string][] = []
  for (const key of keys) ids.push([key, await idOf(key)])
  return Object.fromEntries(ids) as Record<Key, string>
}

/** Whoever has no session: a visitor, or somebody who accepts an invitation. */
const guestOf = ({ url, origin }: FurnishOptions): Api => createApi({ baseUrl: url, headers: () => ({ Origin: origin }) })

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] => Object.keys(record) as Key[]

/** @throws ApiRefusal when the administrator may not, ApiUnreachable */
export const furnish = async (options: FurnishOptions): Promise<Centre> => {
  const { api, words, language } = options
  const s = settingsRoutes
  const list = async (name: Exclude<keyof typeof settingsRoutes, 'agents' | 'articles' | 'templates'>): Promise<readonly Kept[]> => (await api.call(s[name].list, {})).items

  const [sitesThere, teamsThere, skillsThere] = [await list('sites'), await list('teams'), await list('skills')]
  const sites = await named(keysOf(words.sites), (site) =>
    keep(sitesThere, words.sites[site], (id) => api.call(s.sites.put, { params: { id }, body: { name: words.sites[site], timeZone: zones[site], version: 0 } })),
  )
  const teams = await named(keysOf(words.teams), (team) =>
    keep(teamsThere, words.teams[team], (id) =>
      api.call(s.teams.put, { params: { id }, body: { name: words.teams[team], siteId: team.startsWith('irkutsk') ? sites.irkutsk : sites.saransk, version: 0 } }),
    ),
  )
  // The second line first: the others name the queue to which they raise.
  const order = keysOf(queuePlans)
  const skills = await named(order, (queue) =>
    keep(skillsThere, words.queues[queue], (id) => api.call(s.skills.put, { params: { id }, body: { name: words.queues[queue], version: 0 } })),
  )
  const queuesThere = await list('queues')
  const made: Partial<Record<QueueName, string>> = {}
  const queues = await named(order, async (queue) => {
    const { line, priority, targetSeconds, wrapUpSeconds, raisesTo, level, routing } = queuePlans[queue]
    return (made[queue] = await keep(queuesThere, words.queues[queue], async (id) => {
      await api.call(s.queues.put, {
        params: { id },
        body: {
          name: words.queues[queue], line, priority, targetSeconds, offerSeconds: 20, wrapUpSeconds, awayMinutes: 1, silenceMinutes: 10, greeting: { ru: '', en: '', ...(line === 1 ? { [language]: words.greeting } : {}) },
          escalationQueueId: raisesTo === null ? null : (made[raisesTo] ?? null), skills: [{ skillId: skills[queue], level }], version: 0,
        },
      })
      if (!routing) return
      const usual = await api.call(routes.queueRouting, { params: { id } })
      const { helpedBy, ...own } = routing
      const helper = helpedBy && made[helpedBy.queue]
      const overflow = helpedBy && helper !== undefined ? { queueId: helper, overSeconds: helpedBy.overSeconds } : null
      await api.call(routes.putQueueRouting, { params: { id }, body: QueueRoutingWrite.strip().parse({ ...usual, ...own, overflow }) })
    }))
  })
  const [dispositionsThere, reasonsThere, channelsThere] = [await list('dispositions'), await list('reasons'), await list('channels')]
  const outcomes = await named(keysOf(words.outcomes), (outcome) =>
    keep(dispositionsThere, words.outcomes[outcome], (id) => api.call(s.dispositions.put, { params: { id }, body: { name: words.outcomes[outcome], version: 0 } })),
  )
  const reasons = await named(keysOf(words.reasons), (reason) =>
    keep(reasonsThere, words.reasons[reason], (id) => api.call(s.reasons.put, { params: { id }, body: { name: words.reasons[reason], version: 0 } })),
  )
  // A channel leads to one queue: each part of the site has its own.
  const channels = await named(topics, (topic) =>
    keep(channelsThere, words.channels[topic], (id) =>
      api.call(s.channels.put, {
        params: { id },
        body: {
          name: words.channels[topic], queueId: queues[topic], origins: [options.origin], language, accent: '#0d6475', side: 'right', title: words.company,
          consentText: words.consent, consentUrl: '', version: 0,
        },
      }),
    ),
  )
  const agents = await furnishPeople(options, { teams, skills })
  const { consentVersion } = await guestOf(options).call(routes.widgetConfig, { params: { id: channels.plans } })
  return { language, consentVersion, queues, channels, outcomes, reasons, agents }
}

const furnishPeople = async (
  options: FurnishOptions,
  ids: { readonly teams: Readonly<Record<keyof Words['teams'], string>>; readonly skills: Readonly<Record<QueueName, string>> },
): Promise<Centre['agents']> => {
  const { api, language, words, agents: count, password } = options
  const there = (await api.call(settingsRoutes.agents.list, {})).items
  const guest = guestOf(options)
  const person = async (email: string, write: () => Promise<{ readonly id: string }>): Promise<string> => {
    const known = there.find((agent) => agent.archivedAt === null && agent.email === email)
    const id = known?.id ?? (await write()).id
    if (known?.access === 'ready') return id
    const { link } = await api.call(routes.inviteAgent, { params: { id } })
    await guest.call(routes.acceptInvitation, { body: { token: new URL(link).hash.replace('#token=', ''), password } })
    return id
  }
  const common = { language, serves: ['ru', 'en'] as ('ru' | 'en')[], maxChats, maxTotal: maxChats, version: 0 }
  for (const [index, name] of words.supervisors.entries()) {
    const email = emailOf.supervisor(index + 1)
    const teamId = index === 0 ? ids.teams.saransk1 : ids.teams.irkutsk1
    const skills = [{ skillId: ids.skills.experts, level: 5 }, { skillId: ids.skills.claims, level: 5 }]
    await person(email, () => api.call(settingsRoutes.agents.put, { params: { id: randomUUID() }, body: { ...common, name, email, role: 'supervisor', teamId, skills } }))
  }
  const agents: Centre['agents'][number][] = []
  for (const plan of planAgents(count, words)) {
    const skills = Object.entries(plan.skills).map(([skill, level]) => ({ skillId: ids.skills[skill as QueueName], level }))
    const body = { ...common, name: plan.name, email: plan.email, role: 'agent' as const, teamId: ids.teams[plan.team], skills }
    agents.push({ ...plan, id: await person(plan.email, () => api.call(settingsRoutes.agents.put, { params: { id: randomUUID() }, body })) })
  }
  return agents
}

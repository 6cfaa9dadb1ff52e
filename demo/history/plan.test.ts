import { eventPayloads, type LoggedEvent } from '@otklik/contract/events'
import { definitions } from '@otklik/metrics/definitions'
import { evaluate } from '@otklik/metrics/evaluate'
import { metricEventKinds, type Increment, type MetricEventKind } from '@otklik/metrics/event'
import { createFollowing, follow, forgetIssues } from '@otklik/metrics/follow'
import { addSums, type Sums } from '@otklik/metrics/sums'
import { replay } from '@otklik/testing/replay'
import { describe, expect, it } from 'vitest'
import { maxChats, planAgents, queuePlans, type Centre, type QueueName } from '../centre.ts'
import { homeZone } from '../shifts.ts'
import { outcomes, topics } from '../texts/shape.ts'
import { textsOf } from '../texts/texts.ts'
import { dateOf, minuteOfDay } from '../zone.ts'
import { compareFigures, isMet, type Counted } from './figures.ts'
import { planPast, type PlanOptions } from './plan.ts'
import { defaultTargets, ratesOf, Targets } from './targets.ts'
import type { HistoryEvent } from './event.ts'

const texts = textsOf('ru')
const idsOf = <Key extends string>(keys: readonly Key[], kind: string) => Object.fromEntries(keys.map((key) => [key, `${kind}-${key}`])) as Record<Key, string>
const centre: Centre = {
  language: 'ru',
  queues: idsOf(Object.keys(queuePlans) as QueueName[], 'queue'),
  channels: idsOf(topics, 'channel'),
  outcomes: idsOf(outcomes, 'outcome'),
  reasons: idsOf(['break', 'lunch', 'training', 'talk', 'paperwork'], 'reason'),
  consentVersion: '1',
  agents: planAgents(40, texts.words).map((agent, place) => ({ ...agent, id: `agent-${place}` })),
}

const optionsOf = (days: number, perDay: number, change: Partial<Targets> = {}): PlanOptions => {
  const targets = { ...defaultTargets('ru'), ...change }
  const rates = ratesOf(targets)
  if (!rates.ok) throw new Error(rates.problem)
  return { seed: 1, days, perDay, targets, rates: rates.rates, centre, texts, now: Date.UTC(2026, 10, 28, 9), numbers: { agentVersions: new Map(), ticket: 0, seq: 0 } }
}

const kinds: ReadonlySet<string> = new Set(metricEventKinds)
const isCounted = (event: HistoryEvent): event is Extract<HistoryEvent, { kind: MetricEventKind }> => kinds.has(event.kind)

/** As the server counts: every event once, in order. `people`: the agents' time. */
const count = (options: PlanOptions): Counted & { readonly people: Sums } => {
  const past = planPast(options)
  const following = createFollowing()
  const counted = { all: {}, byRegion: {} as Record<string, Sums>, byChannel: {} as Record<string, Sums> }
  const people: Sums = {}
  const days = new Map<string, number>()
  const daytime = { from9to21: 0, all: 0 }
  const add = ({ at, subject, sums }: Increment) => {
    if (subject.queueId === undefined) return addSums(people, sums)
    addSums(counted.all, sums)
    addSums((counted.byRegion[subject.region ?? ''] ??= {}), sums)
    addSums((counted.byChannel[subject.channel ?? ''] ??= {}), sums)
    if (!sums.offered) return
    const date = dateOf(homeZone, at)
    days.set(date, (days.get(date) ?? 0) + sums.offered)
    const minute = minuteOfDay(homeZone, at)
    daytime.all += sums.offered
    if (minute >= 9 * 60 && minute < 21 * 60) daytime.from9to21 += sums.offered
  }
  for (const { events, to } of past.days()) {
    for (const event of events) if (isCounted(event)) for (const increment of follow(following, { ...event, at: new Date(event.at) })) add(increment)
    forgetIssues(following, to)
  }
  expect(following.contacts.size).toBe(0)
  const dates = [...days.keys()].sort().slice(1, -1)
  return { ...counted, people, daytime, offeredByDay: dates.map((date) => ({ weekday: (new Date(date).getUTCDay() + 6) % 7, offered: days.get(date) ?? 0 })) }
}

const missed = (options: PlanOptions) => compareFigures(options, count(options)).filter((finding) => !isMet(finding))

describe('a past', () => {
  it('is the same for the same seed, and another for another', () => {
    const days = (seed: number) => [...planPast({ ...optionsOf(7, 20), seed }).days()]
    expect(days(5)).toEqual(days(5))
    expect(days(5)[0]?.contacts[0]).not.toEqual(days(6)[0]?.contacts[0])
  })

  it('has the figures of DOMAIN.md, as packages/metrics counts its events', () => {
    expect(missed(optionsOf(85, 40))).toEqual([])
  })

  it('has other figures when it is told others', () => {
    const change = { asaSeconds: 45, serviceLevel: 0.6, abandonment: 0.08, csat: 0.9, secondLine: 0.06, ahtSeconds: 180, growthPerYear: 1, regions: { Москва: 0.3, Казань: 0.6, unknown: 0.1 } }
    expect(missed(optionsOf(85, 30, change))).toEqual([])
  })

  it.each([100, 600])('keeps people busy for four fifths of the time in which they are there for customers, with %i contacts a day', (perDay) => {
    const { people } = count(optionsOf(14, perDay, { growthPerYear: 1 }))
    const occupancy = evaluate(definitions.occupancy, { sums: people, histograms: {} }).value
    expect(occupancy).toBeGreaterThan(0.75)
    expect(occupancy).toBeLessThan(0.85)
  })

  it('has them in a few days, too', () => {
    expect(missed(optionsOf(10, 40))).toEqual([])
  })

  it('tells a log that fits the contract, and that the model allows step by step', () => {
    const log: LoggedEvent[] = []
    const logged = (event: HistoryEvent) => ({ ...event, at: new Date(event.at), tx: '1', id: String(log.length + 1), payload: eventPayloads[event.kind].parse(event.payload) }) as LoggedEvent
    const options = optionsOf(10, 150)
    let contacts = 0
    for (const day of planPast(options).days()) {
      for (const event of day.events) {
        expect(event.at).toBeGreaterThanOrEqual(day.from)
        expect(event.at).toBeLessThan(day.to)
        log.push(logged(event))
      }
      for (const contact of day.contacts) {
        contacts++
        const times = contact.messages.map(({ sentAt }) => sentAt)
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }
    }
    const { faults, contacts: seen, agents } = replay(log, new Map(centre.agents.map(({ id }) => [id, maxChats])))
    expect(faults).toEqual([])
    expect(seen.size).toBe(contacts)
    expect([...seen.values()].every(({ state }) => state === 'closed')).toBe(true)
    expect([...agents.values()].every(({ presence, held }) => presence === 'offline' && held.size === 0)).toBe(true)
    for (const [id, { version }] of agents) expect(version).toBe(options.numbers.agentVersions.get(id))
  })
})

it('targets that contradict each other are refused in words', () => {
  const base = defaultTargets('ru')
  expect(ratesOf({ ...base, serviceLevel: 0.99, abandonment: 0.1 }).ok).toBe(false)
  expect(ratesOf({ ...base, asaSeconds: 4 }).ok).toBe(false)
  expect(ratesOf({ ...base, asaSeconds: 300, serviceLevel: 0.95 }).ok).toBe(false)
  expect(Targets.safeParse({ ...base, regions: { Москва: 0.5 } }).success).toBe(false)
})

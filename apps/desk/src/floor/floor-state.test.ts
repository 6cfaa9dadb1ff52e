import type { FloorAgent, FloorQueue } from '@otklik/contract/floor'
import { judge } from '@otklik/metrics/targets'
import { describe, expect, it } from 'vitest'
import { callsOf } from './alert-state.ts'
import { agentToday, totalOf, valueOf } from './figures.ts'
import { emptyFloor, groupsOf, shownOf, shownSince, takeNews } from './floor-state.ts'

const at = '2026-11-28T10:00:00.000Z'
const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()
const queue = (id: string, more: Partial<FloorQueue> = {}): FloorQueue => ({
  id: id as FloorQueue['id'], name: id, line: 1, targetSeconds: 20, isOpen: true, helpedBy: null, waiting: 0, oldestAt: null, inHand: 0, available: 1, early: 0, today: {}, quarters: [], ...more,
})
const agent = (id: string, more: Partial<FloorAgent> = {}): FloorAgent => ({
  id: id as FloorAgent['id'], name: id, teamId: 'team' as FloorAgent['teamId'], presence: { state: 'available', cause: 'chosen', reasonName: null, since: at },
  isLost: false, slots: [], maxTotal: 3, today: {}, timeCountedTo: at, ...more,
})
const slot = (state: 'offered' | 'active' | 'wrapUp', since = at) => ({
  contactId: `${state}-${since}` as never, state, channel: 'webChat' as const, queueId: 'q' as never, customerName: null, customerNumber: 1, since, waitingSince: null,
})
const places = { sites: [{ id: 'site' as never, name: 'Саранск', timeZone: 'Europe/Moscow' }], teams: [{ id: 'team' as never, name: 'Первая', siteId: 'site' as never }] }

describe('the floor of a screen', () => {
  it('takes whole rows and leaves the others as they are', () => {
    const first = takeNews(emptyFloor, { kind: 'all', floor: { queues: [queue('a'), queue('b')], agents: [agent('x')], ...places, at } })
    const second = takeNews(first, { kind: 'changed', queues: [queue('b', { waiting: 2 })], agents: [], at: later(1) })
    expect(second.queues.get('a' as never)).toBe(first.queues.get('a' as never))
    expect(second.queues.get('b' as never)?.waiting).toBe(2)
    expect(second.agents).toBe(first.agents)
    expect(second.at).toBe(later(1))
  })

  it('keeps what a queue’s day was, as far as it is the same, for whoever draws it', () => {
    const day = (offered: number) => ({ today: { offered }, quarters: [{ at, offered, shortAbandoned: 0, answeredInTarget: 0 }] })
    const first = takeNews(emptyFloor, { kind: 'all', floor: { queues: [queue('a', day(1))], agents: [], ...places, at } })
    const told = (more: Partial<FloorQueue>) => takeNews(first, { kind: 'changed', queues: [queue('a', more)], agents: [], at: later(1) }).queues.get('a' as never)
    const before = first.queues.get('a' as never)
    expect(told({ ...day(1), available: 7 })?.available).toBe(7)
    expect(told({ ...day(1), available: 7 })?.today).toBe(before?.today)
    expect(told({ ...day(1), available: 7 })?.quarters).toBe(before?.quarters)
    expect(told(day(2))).toEqual(queue('a', day(2)))
  })

  it('groups by site, without those who are at home; whoever is lost with contacts in hand stays in sight', () => {
    const home = agent('home', { presence: { state: 'offline', cause: 'signedOut', reasonName: null, since: at } })
    const lost = agent('lost', { presence: { state: 'offline', cause: 'lost', reasonName: null, since: at }, isLost: true, slots: [slot('active')] })
    const state = takeNews(emptyFloor, { kind: 'all', floor: { queues: [], agents: [home, agent('x'), lost, agent('free', { teamId: null })], ...places, at } })
    expect(groupsOf(state, false).map(({ site, agentIds, present }) => [site?.name ?? null, agentIds, present])).toEqual([['Саранск', ['x', 'lost'], 1], [null, ['free'], 1]])
    expect(groupsOf(state, true)[0]?.agentIds).toEqual(['x', 'home', 'lost'])
  })

  it('shows what an agent comes to, since the oldest of it', () => {
    const busy = agent('x', { slots: [slot('wrapUp', later(5)), slot('active', later(9)), slot('active', later(3))] })
    expect([shownOf(busy), shownSince(busy)]).toEqual(['engaged', later(3)])
    expect([shownOf(agent('y')), shownSince(agent('y'))]).toEqual(['available', at])
  })

  it('adds before it divides, and says nothing of nothing', () => {
    const total = totalOf([
      queue('a', { waiting: 2, oldestAt: later(5), today: { offered: 10, answeredInTarget: 8 } }),
      queue('b', { waiting: 1, oldestAt: later(2), targetSeconds: 60, today: { offered: 90, answeredInTarget: 45 } }),
    ])
    expect([total.waiting, total.oldestAt, total.targetSeconds], 'queues of several targets have none together').toEqual([3, later(2), null])
    expect(valueOf('serviceLevel', total.today)).toMatchObject({ value: 0.53, n: 100 })
    expect(valueOf('csat', total.today).value).toBeNull()
    const of = (value: number | null, n = 100) => ({ value, n, interval: null })
    expect([judge('serviceLevel', of(0.53), 20), judge('asa', of(12_000), 20), judge('asa', of(12_000), 5), judge('csat', of(null, 0), 20), judge('csat', of(0.1, 29), 20)]).toEqual(['bad', 'ok', 'bad', null, null])
  })

  it('counts the time that runs', () => {
    const sums = agentToday(agent('x', { slots: [slot('active')], today: { busyMs: 1000, availableMs: 5000 }, timeCountedTo: at }), Date.parse(later(4)))
    expect(sums).toEqual({ busyMs: 5000, availableMs: 5000 })
    expect(valueOf('occupancy', sums).value).toBe(0.5)
  })

  it('calls once a figure has been beyond its threshold for long enough, by queue, and begins anew when it was back', () => {
    const alert = { id: '1', queueId: null, figure: 'waiting' as const, threshold: 2, forSeconds: 10 }
    const since = new Map<string, number>()
    const look = (seconds: number, waiting: number) => callsOf([alert], [queue('a', { waiting }), queue('b')], since, Date.parse(later(seconds))).map(({ queue: { id }, value }) => [id, value])
    expect(look(0, 3)).toEqual([])
    expect(look(9, 4)).toEqual([])
    expect(look(10, 4)).toEqual([['a', 4]])
    expect(look(11, 2)).toEqual([])
    expect(look(12, 3)).toEqual([])
    expect(look(22, 3)).toEqual([['a', 3]])
    const low = { id: '2', queueId: 'a' as never, figure: 'serviceLevel' as const, threshold: 0.8, forSeconds: 0 }
    expect(callsOf([low], [queue('a', { today: { offered: 10, answeredInTarget: 7 } }), queue('b', { today: { offered: 10 } })], new Map(), 0)).toHaveLength(1)
    expect(callsOf([low], [queue('a')], new Map(), 0), 'nobody came yet').toEqual([])
  })
})

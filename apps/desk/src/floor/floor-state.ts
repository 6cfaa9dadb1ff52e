/** The floor as this screen knows it. Pure: news in, state out; rows that did not change keep their identity. */
import type { FloorAgent, FloorNews, FloorQueue, FloorView } from '@otklik/contract/floor'
import type { AgentId, QueueId } from '@otklik/model/ids'
import { shownPresence, type ShownPresence } from '@otklik/model/presence'

export interface FloorState {
  /** In the order in which the server tells them. */
  readonly queues: ReadonlyMap<QueueId, FloorQueue>
  readonly agents: ReadonlyMap<AgentId, FloorAgent>
  readonly sites: FloorView['sites']
  readonly teams: FloorView['teams']
  /** When it was so; null: nothing was told yet. */
  readonly at: string | null
}

export const emptyFloor: FloorState = { queues: new Map(), agents: new Map(), sites: [], teams: [], at: null }

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id as Row['id'], row]))
const withRows = <Row extends { readonly id: string }>(known: ReadonlyMap<Row['id'], Row>, rows: readonly Row[]): ReadonlyMap<Row['id'], Row> =>
  rows.length === 0 ? known : new Map([...known, ...byId(rows)])

/** With what a queue's day was before, as far as it is the same: its figures are not drawn again for somebody who came free. */
const keepDay = (known: FloorQueue | undefined, row: FloorQueue): FloorQueue => {
  const kept = <Part,>(before: Part | undefined, now: Part): Part => (before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now)
  return { ...row, today: kept(known?.today, row.today), quarters: kept(known?.quarters, row.quarters) }
}

export const takeNews = (state: FloorState, news: FloorNews): FloorState => {
  if (news.kind === 'changed')
    return { ...state, queues: withRows(state.queues, news.queues.map((row) => keepDay(state.queues.get(row.id), row))), agents: withRows(state.agents, news.agents), at: news.at }
  const { queues, agents, sites, teams, at } = news.floor
  return { queues: byId(queues), agents: byId(agents), sites, teams, at }
}

/** What an agent comes to, as it is shown. */
export const shownOf = ({ presence, slots }: Pick<FloorAgent, 'presence' | 'slots'>): ShownPresence => {
  const count = (state: 'offered' | 'active' | 'wrapUp') => slots.filter((slot) => slot.state === state).length
  return shownPresence(presence.state, { offered: count('offered'), active: count('active'), wrapUp: count('wrapUp') })
}

/** Since when it is so: the oldest of what makes the state, else the presence. */
export const shownSince = (agent: FloorAgent): string => {
  const shown = shownOf(agent)
  const state = shown === 'engaged' ? 'active' : shown === 'reserved' ? 'offered' : shown === 'wrapUp' ? 'wrapUp' : null
  const since = agent.slots.flatMap((slot) => (slot.state === state ? [slot.since] : [])).sort()
  return since[0] ?? agent.presence.since
}

export interface Group {
  /** The site, or null for those of no site. */
  readonly site: FloorView['sites'][number] | null
  readonly agentIds: readonly AgentId[]
  readonly present: number
  readonly engaged: number
}

const rank: Record<ShownPresence, number> = { engaged: 0, reserved: 0, wrapUp: 0, available: 0, notReady: 0, offline: 1 }

/** Agents by site; who is not at work is left out unless asked for, and then comes last. */
export const groupsOf = ({ agents, sites, teams }: FloorState, withOffline: boolean): readonly Group[] => {
  const siteOf = new Map(teams.map(({ id, siteId }) => [id, siteId]))
  return [...sites, null].flatMap((site) => {
    const own = [...agents.values()].filter(({ teamId }) => ((teamId && siteOf.get(teamId)) ?? null) === (site?.id ?? null))
    const shown = own.map((agent) => ({ agent, state: shownOf(agent) })).filter(({ agent, state }) => withOffline || state !== 'offline' || agent.isLost || agent.slots.length > 0)
    if (own.length === 0 || (shown.length === 0 && site === null)) return []
    shown.sort((a, b) => rank[a.state] - rank[b.state])
    return [{
      site,
      agentIds: shown.map(({ agent }) => agent.id),
      present: own.filter(({ presence }) => presence.state !== 'offline').length,
      engaged: own.filter(({ slots }) => slots.some(({ state }) => state === 'active')).length,
    }]
  })
}

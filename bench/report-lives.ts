/**
 * A month of a large centre as its events, quarter by quarter: contacts in four channels come by the hour of the day, wait, are
 * answered, handed on, ended and rated, or leave. Beside the events each stay is told plainly, for a recomputation that knows
 * nothing of how figures are counted.
 */
import type { MetricEvent } from '@otklik/metrics/event'
import type { Dice } from '@otklik/testing/dice'

const minuteMs = 60_000
const quarterMs = 15 * minuteMs

/** One stay of a contact in a queue, with the handling in it: what happened, in milliseconds. */
export interface Case {
  readonly queueId: string
  readonly channel: string
  readonly region: string
  readonly agentId: string | null
  readonly enteredAt: number
  readonly targetMs: number
  /** Until the first human word of the stay; null: there was none. */
  readonly waitMs: number | null
  /** From the first word of the customer to the first of ours; null: not in this stay. */
  readonly firstResponseMs: number | null
  /** Until the customer left without a word of ours; null: they did not. */
  readonly leftMs: number | null
  readonly takenAt: number | null
  readonly letGoAt: number | null
  readonly talkMs: number
  readonly wrapUpMs: number
  readonly endedAt: number | null
  readonly score: number | null
}

export interface Places {
  readonly queues: readonly { readonly id: string; readonly line: number; readonly targetSeconds: number }[]
  readonly agents: readonly string[]
}

export const channels = ['voice', 'webChat', 'telegram', 'email'] as const
export const regions = ['Москва', 'Московская область', 'Санкт-Петербург', 'Республика Мордовия', 'Республика Татарстан', 'Свердловская область', 'Краснодарский край', 'unknown'] as const
const regionShare = [0.42, 0.14, 0.1, 0.08, 0.08, 0.07, 0.06, 0.05]
/** How many come in each hour of Moscow's day, against the mean. */
const byHour = [0.25, 0.18, 0.14, 0.12, 0.14, 0.22, 0.4, 0.7, 1.1, 1.5, 1.75, 1.8, 1.7, 1.65, 1.6, 1.6, 1.55, 1.5, 1.4, 1.3, 1.15, 0.95, 0.68, 0.42]

export interface Quarter {
  readonly events: readonly MetricEvent[]
  readonly cases: readonly Case[]
}

/** @param perQuarter contacts in a mean quarter of an hour */
export function* liveThrough(places: Places, dice: Dice, from: number, quarters: number, perQuarter: number): Generator<Quarter> {
  const freeAt = new Map<string, number>(places.agents.map((id) => [id, 0]))
  let ahead: MetricEvent[] = places.agents.map((agentId) => ({ at: new Date(from), kind: 'presence.changed', payload: { agentId, to: 'available' } }))
  let seq = 0
  for (let quarter = 0; quarter < quarters; quarter++) {
    const begin = from + quarter * quarterMs
    const hour = (new Date(begin).getUTCHours() + 3) % 24
    const cases: Case[] = []
    for (let left = Math.round(perQuarter * (byHour[hour] ?? 1) * (0.8 + 0.4 * dice.next())); left > 0; left--)
      liveOnce({ places, dice, freeAt, cases, tell: (event) => ahead.push(event) }, `${seq++}`, begin + Math.floor(dice.next() * quarterMs))
    const until = quarter === quarters - 1 ? Infinity : begin + quarterMs
    const now = ahead.filter(({ at }) => at.getTime() < until).sort((a, b) => a.at.getTime() - b.at.getTime())
    ahead = ahead.filter(({ at }) => at.getTime() >= until)
    yield { events: now, cases }
  }
}

interface Centre {
  readonly places: Places
  readonly dice: Dice
  readonly freeAt: Map<string, number>
  readonly cases: Case[]
  readonly tell: (event: MetricEvent) => void
}

const drawRegion = (dice: Dice): string => {
  let rest = dice.next()
  const at = regionShare.findIndex((share) => (rest -= share) < 0)
  return regions[at < 0 ? regions.length - 1 : at] ?? 'unknown'
}

/** Who of a queue's people is free first, of a few that are looked at: each serves two or three queues. */
const drawAgent = ({ places, dice, freeAt }: Centre, queue: number): string => {
  const teams = places.queues.length
  let best = ''
  for (let look = 0; look < 6; look++) {
    const place = Math.floor(dice.next() * Math.floor(places.agents.length / teams)) * teams + ((queue + (look % 3) * 7) % teams)
    const id = places.agents[place] ?? ''
    if (best === '' || (freeAt.get(id) ?? 0) < (freeAt.get(best) ?? 0)) best = id
  }
  return best
}

const long = (dice: Dice, meanMs: number) => Math.round(-Math.log(1 - dice.next()) * meanMs)

const liveOnce = (centre: Centre, name: string, arrivedAt: number): void => {
  const { places, dice, freeAt, cases, tell } = centre
  const [contactId, issueId] = [`c${name}`, `i${name}`]
  const channel = channels[Math.floor(dice.next() * channels.length)] ?? 'voice'
  const region = drawRegion(dice)
  let place = Math.floor(dice.next() * (places.queues.length - 2))
  const enter = (at: number, cause: 'arrived' | 'transferred', fromAgentId: string | null) => {
    const queue = places.queues[place]
    if (!queue) throw new Error('drawn within their number')
    tell({ at: new Date(at), kind: 'contact.queued', payload: { contactId, cause, issueId, channel, region, arrivedAt, fromAgentId, queueId: queue.id, line: queue.line, targetSeconds: queue.targetSeconds } })
    return { queueId: queue.id, channel, region, enteredAt: at, targetMs: queue.targetSeconds * 1000 }
  }
  let stay = enter(arrivedAt, 'arrived', null)
  let firstResponseMs: number | null = null
  for (let turn = 0; ; turn++) {
    if (turn === 0 && dice.next() < 0.045) {
      const leftMs = 2000 + long(dice, 50_000)
      const at = stay.enteredAt + leftMs
      tell({ at: new Date(at), kind: 'contact.closed', payload: { contactId, agentId: null, reason: 'abandoned', resolved: null } })
      cases.push({ ...stay, agentId: null, waitMs: null, firstResponseMs: null, leftMs, takenAt: null, letGoAt: null, talkMs: 0, wrapUpMs: 0, endedAt: null, score: null })
      return
    }
    const agentId = drawAgent(centre, place)
    const takenAt = Math.max(stay.enteredAt + 1000 + long(dice, 9000), freeAt.get(agentId) ?? 0)
    const repliedAt = takenAt + 1000 + long(dice, 4000)
    tell({ at: new Date(takenAt), kind: 'contact.accepted', payload: { contactId, agentId } })
    tell({ at: new Date(repliedAt), kind: 'message.sent', payload: { contactId, agentId } })
    const own = { ...stay, agentId, waitMs: repliedAt - stay.enteredAt, firstResponseMs: firstResponseMs === null ? repliedAt - arrivedAt : null, leftMs: null, takenAt }
    firstResponseMs ??= repliedAt - arrivedAt
    const talkedUntil = repliedAt + 5000 + long(dice, 90_000)
    if (turn === 0 && dice.next() < 0.03) {
      freeAt.set(agentId, talkedUntil)
      cases.push({ ...own, letGoAt: talkedUntil, talkMs: talkedUntil - takenAt, wrapUpMs: 0, endedAt: null, score: null })
      place = places.queues.length - 1 - Math.floor(dice.next() * 2)
      stay = enter(talkedUntil, 'transferred', agentId)
      continue
    }
    const letGoAt = talkedUntil + 2000 + long(dice, 18_000)
    freeAt.set(agentId, letGoAt)
    tell({ at: new Date(talkedUntil), kind: 'contact.wrapUpStarted', payload: { contactId, agentId } })
    tell({ at: new Date(letGoAt), kind: 'contact.closed', payload: { contactId, agentId, reason: 'agentEnded', resolved: dice.next() < 0.8 } })
    const score = dice.next() < 0.2 ? (dice.next() < 0.8 ? 5 : 1 + Math.floor(dice.next() * 5)) : null
    if (score !== null)
      tell({ at: new Date(letGoAt + long(dice, 60_000)), kind: 'contact.rated', payload: { agentId, queueId: stay.queueId, channel, region, endedAt: talkedUntil, score } })
    cases.push({ ...own, letGoAt, talkMs: talkedUntil - takenAt, wrapUpMs: letGoAt - talkedUntil, endedAt: talkedUntil, score })
    return
  }
}

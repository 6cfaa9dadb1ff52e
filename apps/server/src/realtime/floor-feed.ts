/**
 * The floor, to the screens that show it. While anybody looks, every queue and agent is kept here as it was last told; what the
 * log touches is loaded anew, at most three times a second, and sent where it differs. With nobody looking nothing is kept.
 *
 * Figures are counted a moment after what happened (apps/server/src/metrics/counting.ts), so what was touched is looked at
 * once more when they should be there.
 */
import type { FloorAgent, FloorQueue, FloorView } from '@otklik/contract/floor'
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, QueueId } from '@otklik/model/ids'
import type { Reader } from '../store/database.ts'
import { loadFloorAgents, loadFloorQueues, loadPlaces, loadQuarters, type Quarters } from '../store/floor.ts'
import { everything, loadReach, type Reach } from '../store/reach.ts'
import type { Audience } from './audience.ts'
import type { AgentSocket } from './desk-feed.ts'

const roundMs = 300
/** Queues change with every contact, and all that share its agents with them: they are told at every other round. */
const queuesMs = 550
/** Rounds after which figures should have been counted. */
const figuresLater = 5
const quartersMs = 10_000
/** Everything is looked at again this often: a day begins, a zone changes, a word was lost. */
const wholeMs = 60_000
/** Rows in one frame: a large centre comes in several, so that no socket chokes on it. */
const rowsAtOnce = 250

interface Told<Row> {
  readonly row: Row
  /** As it was sent; equal text is no news. */
  readonly text: string
}
interface Floor {
  readonly queues: Map<QueueId, Told<FloorQueue>>
  readonly agents: Map<AgentId, Told<FloorAgent>>
  places: Pick<FloorView, 'sites' | 'teams'>
  quarters: Quarters
  quartersAt: number
  wholeAt: number
}

const tell = <Row>(row: Row): Told<Row> => ({ row, text: JSON.stringify(row) })

const seesQueue = ({ queueIds }: Reach, { id }: FloorQueue) => queueIds === null || queueIds.includes(id)
const seesAgent = ({ teamIds }: Reach, { teamId }: FloorAgent) => teamIds === null || (teamId !== null && teamIds.includes(teamId))

export interface FloorFeedOptions {
  readonly reader: Reader
  readonly now: () => Date
  readonly onError: (error: unknown, doing: string) => void
}

export class FloorFeed {
  readonly #options: FloorFeedOptions
  readonly #watchers = new Map<AgentSocket, Reach | undefined>()
  #floor: Floor | undefined
  /** By how many rounds from now agents are to be looked at; the first is the next. */
  #due: Set<AgentId>[] = Array.from({ length: figuresLater + 1 }, () => new Set())
  /** For how many rounds more queues are to be looked at. */
  #queueRounds = 0
  #queuesAt = 0
  #isStale = false
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined

  constructor(options: FloorFeedOptions) {
    this.#options = options
  }

  /** This screen shows the floor from now on: all of it comes first. */
  watch(socket: AgentSocket): void {
    this.#watchers.set(socket, undefined)
    this.#timer ??= setInterval(() => this.#go(), roundMs)
    this.#go()
  }

  unwatch(socket: AgentSocket): void {
    if (!this.#watchers.delete(socket) || this.#watchers.size > 0) return
    this.stop()
    this.#floor = undefined
    // A round that is under way may yet put it back, and nobody keeps it in step from here on.
    this.#isStale = true
  }

  get size(): number {
    return this.#watchers.size
  }

  follow(events: readonly (readonly [LoggedEvent, Audience])[]): void {
    if (this.#watchers.size === 0) return
    const [next, later] = [this.#due[0], this.#due[figuresLater]]
    for (const [, { agents, me, contactId, catalogue }] of events) {
      if (catalogue) this.#isStale = true
      if (contactId) this.#queueRounds = figuresLater + 1
      // Whoever comes or goes changes who could be asked.
      else if (agents.length + me.length > 0) this.#queueRounds = Math.max(this.#queueRounds, 1)
      for (const agentId of [...agents, ...me]) {
        next?.add(agentId)
        later?.add(agentId)
      }
    }
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Resolves when what is due now was sent; queues may follow a round later. */
  async settle(): Promise<void> {
    await this.#running
    this.#go()
    await this.#running
  }

  #go(): void {
    this.#running ??= this.#round()
      .catch((error: unknown) => {
        // Whatever was to be looked at is looked at again with everything else.
        this.#isStale = true
        this.#options.onError(error, 'showing the floor')
      })
      .finally(() => (this.#running = undefined))
  }

  async #round(): Promise<void> {
    if (this.#watchers.size === 0) return
    const now = this.#options.now()
    const agentIds = [...(this.#due.shift() ?? [])]
    this.#due.push(new Set())
    const floor = this.#floor
    if (!floor || this.#isStale || now.getTime() - floor.wholeAt > wholeMs) {
      const isStale = this.#isStale
      this.#isStale = false
      const news = await this.#loadWhole(now, floor)
      // Settings changed: who sees what may have changed, too.
      if (isStale) for (const socket of this.#watchers.keys()) this.#watchers.set(socket, undefined)
      await this.#send(news.queues, news.agents, now)
      return
    }
    const { reader } = this.#options
    const asksQueues = this.#queueRounds > 0 && Math.abs(now.getTime() - this.#queuesAt) >= queuesMs
    if (asksQueues) {
      this.#queueRounds -= 1
      this.#queuesAt = now.getTime()
    }
    if (asksQueues && now.getTime() - floor.quartersAt > quartersMs) {
      floor.quarters = await loadQuarters(reader, everything, now)
      floor.quartersAt = now.getTime()
    }
    const [queues, agents] = await Promise.all([
      asksQueues ? loadFloorQueues(reader, everything, floor.quarters, now) : [],
      agentIds.length > 0 ? loadFloorAgents(reader, everything, agentIds, now) : [],
    ])
    // Nothing happens when somebody becomes late.
    if (queues.some(({ early }) => early > 0)) this.#queueRounds = Math.max(this.#queueRounds, 1)
    await this.#send(this.#note(floor.queues, queues), this.#note(floor.agents, agents), now)
  }

  async #loadWhole(now: Date, before: Floor | undefined): Promise<{ queues: FloorQueue[]; agents: FloorAgent[] }> {
    const { reader } = this.#options
    const quarters = await loadQuarters(reader, everything, now)
    const [queues, agents, places] = await Promise.all([
      loadFloorQueues(reader, everything, quarters, now),
      loadFloorAgents(reader, everything, null, now),
      loadPlaces(reader),
    ])
    const at = now.getTime()
    const floor = before ?? { queues: new Map(), agents: new Map(), places, quarters, quartersAt: at, wholeAt: at }
    Object.assign(floor, { places, quarters, quartersAt: at, wholeAt: at })
    for (const id of floor.queues.keys()) if (!queues.some((queue) => queue.id === id)) floor.queues.delete(id)
    const known = new Set(agents.map(({ id }) => id))
    for (const id of floor.agents.keys()) if (!known.has(id)) floor.agents.delete(id)
    this.#floor = floor
    return { queues: this.#note(floor.queues, queues), agents: this.#note(floor.agents, agents) }
  }

  /** Keeps rows. @returns those that differ from what was told last */
  #note<Id extends string, Row extends { readonly id: Id }>(known: Map<Id, Told<Row>>, rows: readonly Row[]): Row[] {
    return rows.filter((row) => {
      const told = tell(row)
      if (known.get(row.id)?.text === told.text) return false
      known.set(row.id, told)
      return true
    })
  }

  async #send(queues: readonly FloorQueue[], agents: readonly FloorAgent[], now: Date): Promise<void> {
    const at = now.toISOString()
    for (const [socket, reach] of this.#watchers) {
      if (!reach) {
        await this.#sendWhole(socket, at)
        continue
      }
      const own = { queues: queues.filter((queue) => seesQueue(reach, queue)), agents: agents.filter((agent) => seesAgent(reach, agent)) }
      if (own.queues.length + own.agents.length > 0) socket.out.send({ t: 'floor', news: { kind: 'changed', ...own, at } })
    }
  }

  /** All that the socket's supervisor sees, in frames of a size that every connection takes. */
  async #sendWhole(socket: AgentSocket, at: string): Promise<void> {
    const reach = await loadReach(this.#options.reader, { id: socket.agentId, role: 'supervisor' })
    const floor = this.#floor
    if (!floor || !this.#watchers.has(socket)) return
    this.#watchers.set(socket, reach)
    const queues = [...floor.queues.values()].map(({ row }) => row).filter((queue) => seesQueue(reach, queue))
    const agents = [...floor.agents.values()].map(({ row }) => row).filter((agent) => seesAgent(reach, agent))
    const first = { queues, agents: agents.slice(0, rowsAtOnce), ...floor.places, at }
    socket.out.send({ t: 'floor', news: { kind: 'all', floor: first } })
    for (let begin = rowsAtOnce; begin < agents.length; begin += rowsAtOnce) {
      await new Promise((resolve) => setImmediate(resolve))
      socket.out.send({ t: 'floor', news: { kind: 'changed', queues: [], agents: agents.slice(begin, begin + rowsAtOnce), at } })
    }
  }
}

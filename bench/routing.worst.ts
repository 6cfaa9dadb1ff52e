/**
 * The worst cases of ROUTING.md §2, each per item as a multiple of the typed heap, and each call as a slice of time.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { apply, nextDueAt, positions } from '@otklik/routing/engine'
import type { Decision } from '@otklik/routing/decision'
import { typedHeapBlock } from './baseline/typed-heap.ts'
import { type Finding, processorTime, spreadOf } from './pairs.ts'
import { agentCount, Centre, seeded } from './routing.centre.ts'

const repetitions = 7

/** What the preparation leaves behind is not billed to the work. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/**
 * Through it goes each call of one repetition; on demand it notes the processor time of the longest, in milliseconds.
 */
class Watch {
  longest = 0

  constructor(private readonly eachCall: boolean) {}

  time<Result>(work: () => Result): Result {
    if (!this.eachCall) return work()
    const from = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(from)
    this.longest = Math.max(this.longest, (user + system) / 1000)
    return result
  }
}

type Case = {
  readonly name: string
  /** Prepares one repetition and returns the work, which returns how many items it did. */
  readonly prepare: (profiles: number) => (watch: Watch) => number
  /** Judged per item, except where one call is one item. */
  readonly perItem?: boolean
  /** Opening a class builds its sets, which ROUTING.md judges apart. */
  readonly opensClasses?: boolean
}

const logInAll = (centre: Centre): void => {
  for (const agentId of centre.agentIds) centre.logIn(agentId)
}

const tickAll = (centre: Centre, watch: Watch): Decision[] => {
  const decisions: Decision[] = []
  for (let due = nextDueAt(centre.routing); due !== undefined && due <= centre.now; due = nextDueAt(centre.routing)) {
    decisions.push(...watch.time(() => apply(centre.routing, { kind: 'tick' }, centre.now)))
  }
  return decisions
}

const waitingOffline = (profiles: number, count: number): Centre => {
  const centre = new Centre({ profiles })
  for (let i = 0; i < count; i++) centre.send(centre.arrival())
  return centre
}

const cases: readonly Case[] = [
  {
    name: 'arrivals while everybody is offline',
    prepare: (profiles) => {
      const centre = waitingOffline(profiles, 2_000)
      const inputs = Array.from({ length: 100_000 }, () => centre.arrival())
      return (watch) => {
        for (const input of inputs) watch.time(() => centre.send(input))
        return inputs.length
      }
    },
  },
  {
    name: '100,000 relaxations at once',
    prepare: (profiles) => {
      const centre = waitingOffline(profiles, 100_000)
      centre.now += 61_000
      return (watch) => {
        tickAll(centre, watch)
        return 100_000
      }
    },
  },
  {
    name: '10,000 log in, 100,000 waiting',
    prepare: (profiles) => {
      const centre = waitingOffline(profiles, 100_000)
      return (watch) => {
        for (const agentId of centre.agentIds) watch.time(() => centre.logIn(agentId))
        return agentCount
      }
    },
  },
  {
    name: '10,000 offers time out together, and are missed',
    prepare: (profiles) => {
      const centre = new Centre({ profiles })
      logInAll(centre)
      let offers = 0
      while (offers < 9_500) {
        for (const decision of centre.send(centre.arrival())) {
          if (decision.kind !== 'offer') continue
          offers++
          centre.send({
            kind: 'claimWon',
            contactId: decision.contactId,
            agentId: decision.agentId,
            expiresAt: centre.now + 15_000,
          })
        }
      }
      centre.now += 15_000
      return (watch) => {
        const expired = tickAll(centre, watch)
        for (const decision of expired) {
          if (decision.kind !== 'expire') continue
          const { contactId, agentId } = decision
          const until = centre.now + 30_000
          watch.time(() => centre.send({ kind: 'miss', contactId, agentId, ticket: ++centre.ticket, until }))
        }
        return 2 * expired.length
      }
    },
  },
  {
    name: 'a class that any agent may serve, everybody free',
    prepare: (profiles) => {
      const centre = new Centre({ profiles, anyAgentQueue: true })
      logInAll(centre)
      for (let i = 0; i < 5; i++) centre.send(centre.arrival(0))
      return (watch) => {
        for (let i = 0; i < 5_000; i++) watch.time(() => centre.send(centre.arrival(0)))
        return 5_000
      }
    },
  },
  {
    name: '10,000 log out while everybody is free',
    prepare: (profiles) => {
      const centre = new Centre({ profiles })
      for (let i = 0; i < 100; i++) centre.send(centre.arrival(i))
      logInAll(centre)
      return (watch) => {
        for (const agentId of centre.agentIds) watch.time(() => centre.send({ kind: 'offline', agentId }))
        return agentCount
      }
    },
  },
  {
    name: '20,000 return into the middle of their queues',
    prepare: (profiles) => {
      const centre = waitingOffline(profiles, 1_000)
      for (let i = 0; i < 80_000; i++) {
        centre.now += 0.5
        centre.send(centre.arrival())
      }
      const inputs = Array.from(
        { length: 20_000 },
        () => centre.arrival(undefined, centre.now - Math.floor(centre.random() * 40_000)),
      )
      return (watch) => {
        for (const input of inputs) watch.time(() => centre.send(input))
        return inputs.length
      }
    },
  },
  {
    name: 'close a queue with 50,000 waiting',
    perItem: false,
    prepare: (profiles) => {
      const centre = waitingOffline(profiles, 100)
      for (let i = 0; i < 50_000; i++) centre.send(centre.arrival(7))
      const queue = centre.routing.classes.queues.find(({ id }) => id === centre.queueIds[7])!.definition!
      return (watch) => {
        watch.time(() => centre.send({ kind: 'setQueue', queue: { ...queue, open: false } }))
        return 50_000
      }
    },
  },
  {
    name: 'all places of 100,000 waiting, queue by queue',
    prepare: (profiles) => {
      const centre = waitingOffline(profiles, 100_000)
      const sweep = (watch: Watch): number => {
        let count = 0
        for (const queueId of centre.queueIds) {
          watch.time(() => {
            for (const [, place] of positions(centre.routing, queueId)) if (place > 0) count++
          })
        }
        return count
      }
      // Done every other second for days: the first time is not the one that matters.
      for (let i = 0; i < 5; i++) sweep(new Watch(false))
      return sweep
    },
  },
  {
    name: 'first contact of a new class',
    perItem: false,
    opensClasses: true,
    prepare: (profiles) => {
      const centre = new Centre({ profiles, anyAgentQueue: true })
      logInAll(centre)
      const inputs = centre.queueIds.map((_, queue) => centre.arrival(queue))
      return (watch) => {
        for (const input of inputs) watch.time(() => centre.send(input))
        return inputs.length
      }
    },
  },
]

export const worstCases = (profiles: number, report: (finding: Finding) => void): void => {
  const heap = typedHeapBlock(100_000, seeded(9))
  heap()
  for (const { name, prepare, perItem = true, opensClasses = false } of cases) {
    const items: number[] = []
    const multiples: number[] = []
    const slices: number[] = []
    for (let repetition = -2; repetition < 2 * repetitions; repetition++) {
      const push = heap()
      const work = prepare(profiles)
      collectGarbage()
      // Asking for the time costs about as much as a call, so the whole and its calls are measured in turn.
      const watch = new Watch(repetition % 2 !== 0)
      let count = 0
      const took = processorTime(() => {
        count = work(watch)
      })
      if (repetition < 0) continue
      if (repetition % 2 !== 0) {
        slices.push(watch.longest)
        continue
      }
      items.push(took / count)
      multiples.push(took / count / push)
    }
    const figure = `${spreadOf(items).median.toFixed(2)} µs`
    const named = `${name}, ${profiles} profiles`
    if (perItem) report({ name: named, figure, value: spreadOf(multiples), unit: '×', bar: 60 })
    report({
      name: perItem ? `  longest call of these` : named,
      figure: perItem ? '' : figure,
      value: spreadOf(slices),
      unit: 'ms',
      ...(!opensClasses && { bar: 10 }),
    })
  }
}

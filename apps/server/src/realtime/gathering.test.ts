import { expect, it, onTestFinished, vi } from 'vitest'
import { Gathering } from './gathering.ts'

const create = (perform: (work: string[]) => Promise<void>, onError: (error: unknown) => void = () => undefined, lingerMs = 0) =>
  new Gathering<string[]>({
    nothing: () => [],
    isNothing: (work) => work.length === 0,
    merge: (into, work) => void into.push(...work),
    perform,
    onError,
    retryMs: 1,
    lingerMs,
  })

/** Rounds that end when the test says so. */
const byHand = () => {
  const rounds: { work: string[]; end: () => void }[] = []
  return { rounds, perform: (work: string[]) => new Promise<void>((end) => void rounds.push({ work, end })) }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

it('does together what gathered during a round', async () => {
  const { rounds, perform } = byHand()
  const gathering = create(perform)
  for (const word of ['a', 'b', 'c']) {
    gathering.pending.push(word)
    gathering.go()
  }
  rounds[0]?.end()
  await soon()
  expect(rounds.map(({ work }) => work)).toEqual([['a'], ['b', 'c']])
})

it('settles with what was pending, however busy it stays', async () => {
  const { rounds, perform } = byHand()
  const gathering = create(perform)
  const busy = async () => {
    gathering.pending.push(`more ${rounds.length}`)
    gathering.go()
    rounds.at(-1)?.end()
    await soon()
  }
  await busy()
  gathering.pending.push('ours')
  let settled = false
  const settling = gathering.settle().then(() => (settled = true))
  for (let round = 0; round < 5 && !settled; round++) await busy()
  expect(settled).toBe(true)
  expect(rounds.some(({ work }) => work.includes('ours'))).toBe(true)
  await settling
})

it('does again what failed, with what came meanwhile, and is not settled before', async () => {
  const done: string[][] = []
  const errors: unknown[] = []
  let broken = true
  const gathering = create(
    (work) => {
      if (broken) return Promise.reject(new Error('the database is away'))
      done.push(work)
      return Promise.resolve()
    },
    (error) => {
      errors.push(error)
      gathering.pending.push('later')
      broken = false
    },
  )
  gathering.pending.push('first')
  await gathering.settle()
  expect(errors).toHaveLength(1)
  expect(done).toEqual([['later', 'first']])
})

it('ends without a round when it is stopped', async () => {
  const gathering = create(() => Promise.reject(new Error('must not be asked')))
  gathering.stop()
  gathering.pending.push('a')
  await gathering.settle()
})

it('waits a little for more where it is told to, but not whoever wants it settled', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const done: string[][] = []
  const gathering = create((work) => Promise.resolve(void done.push(work)), undefined, 10)
  const add = (word: string) => {
    gathering.pending.push(word)
    gathering.go()
  }
  add('a')
  vi.advanceTimersByTime(9)
  add('b')
  expect(done).toEqual([])
  vi.advanceTimersByTime(1)
  await soon()
  expect(done).toEqual([['a', 'b']])
  add('c')
  await gathering.settle()
  vi.advanceTimersByTime(10)
  add('d')
  gathering.stop()
  vi.advanceTimersByTime(10)
  expect(done).toEqual([['a', 'b'], ['c']])
})

import { describe, expect, it } from 'vitest'
import { WaitForecast } from './expected-wait.ts'
import { quantiles } from './survival.ts'

const ended = (...values: number[]) => values.map((value) => ({ value, censored: false }))

describe('quantiles with censoring', () => {
  it('are plain quantiles when nobody was cut short', () => {
    expect(quantiles(ended(5, 1, 4, 2, 3, 10, 8, 9, 7, 6), [0.1, 0.5, 0.9, 1])).toEqual([1, 5, 9, 10])
  })

  it('follow the published example (Kaplan and Meier’s estimate by hand)', () => {
    // 6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+, 34+, 35+: the 6-MP arm of Freireich
    // et al. 1963; S(7) = 0.807, S(10) = 0.753, S(13) = 0.690, S(16) = 0.627, S(22) = 0.538, S(23) = 0.448.
    const weeks = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'.split(' ')
    const arm = weeks.map((text) => ({ value: Number.parseInt(text), censored: text.endsWith('+') }))
    expect(quantiles(arm, [0.18, 0.24, 0.3, 0.37, 0.46, 0.5, 0.56])).toEqual([7, 10, 13, 16, 22, 23, undefined])
  })
})

/** Mulberry32. */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

/** First come, first served, with impatience; how often the real wait lay at or under what was foretold. */
const play = (agents: number, load: number, contacts: number, seed: number) => {
  const random = seeded(seed)
  const exponential = (mean: number) => -Math.log(1 - random()) * mean
  const handle = 240
  const forecast = new WaitForecast()
  const line: { id: string; at: number; leaves: number; said: ReturnType<WaitForecast['say']> }[] = []
  const ends: { id: string; at: number }[] = []
  let said = 0
  let kept = 0
  let answered = 0
  const begin = (id: string, now: number) => {
    forecast.began('q', id, now)
    ends.push({ id, at: now + exponential(handle) * 1000 })
    ends.sort((a, b) => a.at - b.at)
  }
  const passUntil = (now: number) => {
    while (ends[0] && ends[0].at <= now) {
      const { id, at } = ends.shift()!
      forecast.finished('q', id, at)
      for (const gone of line.filter(({ leaves }) => leaves <= at)) forecast.left('q', gone.id, gone.leaves, true)
      const next = line.filter(({ leaves }) => leaves > at)
      line.length = 0
      line.push(...next)
      const first = line.shift()
      if (!first) continue
      answered++
      if (first.said) {
        said++
        const limit = first.said.kind === 'between' ? first.said.toMinutes * 60 : Infinity
        if ((at - first.at) / 1000 <= limit) kept++
      }
      begin(first.id, at)
    }
  }
  let now = 0
  for (let n = 0; n < contacts; n++) {
    now += exponential(handle / (agents * load)) * 1000
    passUntil(now)
    const id = `c${n}`
    const ahead = line.length
    const words = forecast.say('q', ahead, now)
    forecast.entered('q', id, now)
    if (ends.length < agents) {
      forecast.offered('q', id, now)
      begin(id, now)
    } else line.push({ id, at: now, leaves: now + exponential(180) * 1000, said: words })
  }
  return { share: kept / said, said, answered }
}

describe('expected wait', () => {
  it.each([
    [20, 1.1, 1],
    [100, 1.15, 2],
    [300, 1.2, 3],
    [10, 0.9, 4],
  ])('keeps its word nine times in ten: %i agents at %f of their load', (agents, load, seed) => {
    const { share, said, answered } = play(agents, load, 6000, seed)
    // A small team that is not overloaded: many find somebody free, and whoever does not is told all the same.
    expect(said).toBeGreaterThan(answered * 0.8)
    expect(share).toBeGreaterThan(0.86)
  })

  it('says nothing without experience, or when it cannot tell', () => {
    const forecast = new WaitForecast({ fewest: 2 })
    expect(forecast.say('q', 0, 0)).toBeUndefined()
    for (const [id, wait] of [['a', 30], ['b', 30], ['c', 30], ['d', 30]] as const) {
      forecast.entered('q', id, 0)
      forecast.began('q', id, wait * 1000)
    }
    forecast.finished('q', 'a', 90_000)
    for (const id of ['e', 'f', 'g']) {
      forecast.entered('q', id, 100_000)
      forecast.began('q', id, 130_000)
    }
    expect(forecast.say('q', 0, 140_000)).toEqual({ kind: 'between', fromMinutes: 0, toMinutes: 1 })
    expect(forecast.say('q', 30, 140_000)).toBeUndefined() // no such line has been seen
    for (const wait of [1, 900, 900, 900]) {
      forecast.entered('q', `w${wait}`, 200_000)
      forecast.began('q', `w${wait}`, 200_000 + wait * 1000)
    }
    expect(forecast.say('q', 0, 1_200_000)).toBeUndefined() // between half a minute and a quarter of an hour
  })

  it('says only "more than ten" of what is long', () => {
    const forecast = new WaitForecast({ fewest: 2 })
    forecast.began('q', 'first', 0)
    forecast.finished('q', 'first', 900_000)
    forecast.began('q', 'second', 900_000)
    for (const id of ['a', 'b', 'c']) {
      forecast.entered('q', id, 900_000)
      forecast.began('q', id, 1_800_000)
      forecast.finished('q', id, 2_700_000)
    }
    expect(forecast.say('q', 0, 2_700_000)).toEqual({ kind: 'moreThan', minutes: 10 })
  })
})

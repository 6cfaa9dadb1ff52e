import fc from 'fast-check'
import { describe, it } from 'vitest'
import { World } from './world.test-support.ts'

/** Fixed, so that a red run can be repeated; change it to look elsewhere. */
const seed = Number(process.env.ROUTING_SEED ?? 20261122)
const runs = Number(process.env.ROUTING_RUNS ?? 130)

const step = fc.record({ act: fc.nat(99), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) })
const steps = fc.array(step, { minLength: 60, maxLength: 250, size: 'max' })

describe('the engine beside brute force', () => {
  it(`keeps every property of ROUTING.md §4 (seed ${seed})`, { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(steps, fc.nat(200), (run, rebuildAt) => {
        const world = new World()
        run.forEach((each, index) => {
          world.run(each)
          if (index === rebuildAt) world.rebuild()
        })
        world.replay()
      }),
      { seed, numRuns: runs, endOnFailure: process.env.ROUTING_SHRINK === undefined },
    )
  })
})

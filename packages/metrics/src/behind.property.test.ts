import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contactsBehind, partsOf, termBehind, type OwnedEvent } from './behind.ts'
import { definitions, metricIds } from './definitions.ts'
import { addTerm } from './evaluate.ts'
import type { Increment, MetricEvent } from './event.ts'
import { createFollowing, follow } from './follow.ts'
import { addSums, intervalOf, type Counter } from './sums.ts'
import { World, type Step } from './world.test-support.ts'

const seed = Number(process.env.METRICS_SEED ?? 20261128)
const runs = Number(process.env.METRICS_RUNS ?? 20)
const step = fc.record<Step>({ act: fc.nat(99), a: fc.nat(999), b: fc.nat(999), after: fc.oneof(fc.nat(40), fc.nat(400), fc.constant(0)) })
const steps = fc.array(step, { minLength: 40, maxLength: 200, size: 'max' })

const contactIdOf = ({ payload }: MetricEvent): string | null => ('contactId' in payload ? payload.contactId : null)
const cellOf = ({ at, subject }: Increment) => `${intervalOf(at)} ${subject.queueId} ${subject.agentId ?? '-'}`

/** Each event with the contact whose it is, ratings too. */
const own = (world: World): readonly OwnedEvent[] =>
  world.events.flatMap((event) => {
    const contactId = event.kind === 'contact.rated' ? world.ratedOf(event) : contactIdOf(event)
    return contactId === null ? [] : [{ contactId, event }]
  })

it(`opens as many cases as each cell counts, on any history (seed ${seed})`, { timeout: 60_000 }, () => {
  let opened = 0
  fc.assert(
    fc.property(steps, (run) => {
      const world = new World()
      for (const each of run) world.run(each)
      const following = createFollowing()
      const cells = new Map<string, { [Name in Counter]?: number }>()
      for (const event of world.events)
        for (const increment of follow(following, event)) {
          if (increment.subject.queueId === undefined) continue
          const cell = cells.get(cellOf(increment)) ?? {}
          addSums(cell, increment.sums)
          cells.set(cellOf(increment), cell)
        }
      const events = own(world)
      for (const [cell, sums] of cells)
        for (const id of metricIds) {
          const definition = definitions[id]
          for (const part of partsOf(definition)) {
            const found = contactsBehind(definition, part, events, (increment) => cellOf(increment) === cell)
            const cases = [...found.values()].reduce((sum, behind) => sum + behind.cases, 0)
            expect(cases, `${id} ${part} ${cell}`).toBe(addTerm(termBehind(definition, part) ?? [], sums))
            opened += found.size
          }
        }
    }),
    { seed, numRuns: runs },
  )
  expect(opened).toBeGreaterThan(1000)
})

it('opens nothing of people’s time', () => {
  for (const id of ['occupancy', 'busyTime', 'availableTime', 'notReadyTime'] as const) expect(partsOf(definitions[id]), id).toEqual([])
  expect(partsOf(definitions.serviceLevel)).toEqual(['counted', 'hit', 'rest'])
  expect(partsOf(definitions.asa)).toEqual(['counted'])
  expect(partsOf(definitions.effortAht)).toEqual(['counted'])
})

import { makeTestFolder } from '@otklik/testing/folder'
import { torture } from '@otklik/testing/torture'
import { expect, it } from 'vitest'

it('loses nothing and doubles nothing through three kills', async () => {
  const result = await torture({ dataFolder: `${makeTestFolder()}/data`, kills: 3, seed: 20_261_122, visitors: 6, betweenMs: 1500, log: () => undefined })
  expect(result.faults).toEqual([])
  expect(result.acknowledged).toBeGreaterThan(20)
}, 600_000)

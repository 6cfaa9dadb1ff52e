import { expect, it } from 'vitest'
import { defaultTargets } from '../history/targets.ts'
import { textsOf } from '../texts/texts.ts'
import { turnsOf } from './agent-mind.ts'
import { topicShares } from './customer.ts'
import { meanHandleMs } from './tempo.ts'

it.each(['ru', 'en'] as const)('a contact takes as long as in a past, in the mean of all that customers begin (%s)', (language) => {
  const { dialogues } = textsOf(language)
  const meanOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
  const mean = topicShares.reduce((sum, [topic, share]) => sum + share * meanOf(dialogues.filter((one) => one.topic === topic && !one.then).map((one) => meanHandleMs(turnsOf(one)))), 0)
  expect(Math.abs(mean / 1000 / defaultTargets(language).ahtSeconds - 1)).toBeLessThan(0.1)
})

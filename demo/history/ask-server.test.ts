import { expect, it } from 'vitest'
import { onlyFurther } from './ask-server.ts'

it('how far a past is counted is told only within it, and only forwards', () => {
  const further = onlyFurther({ from: 100, to: 200 })
  expect([205, 100, 130, 130, 120, 160, 200, 205].map(further)).toEqual([false, false, true, false, false, true, true, false])
})

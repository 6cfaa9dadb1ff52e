import { expect, it } from 'vitest'
import { createTypingBurst } from './typing-burst.ts'

const press = (key: string, timeStamp: number, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, timeStamp, ...more })
const gone = { isConnected: false }
const there = { isConnected: true }

it('swallows what is typed on after the field went away, until a pause', () => {
  const burst = createTypingBurst()
  burst.typed(press('п', 0), gone)
  expect(burst.isLost(press('р', 200))).toBe(true)
  expect(burst.isLost(press('Enter', 1500)), 'each press prolongs it').toBe(true)
  expect(burst.isLost(press('t', 3100))).toBe(false)
})

it('takes commands as such: from a field that is still there, with Ctrl or Alt, after Enter, after a command', () => {
  const burst = createTypingBurst()
  burst.typed(press('п', 0), there)
  expect(burst.isLost(press('t', 100))).toBe(false)
  burst.typed(press('п', 0), gone)
  expect(burst.isLost(press('Enter', 100, { ctrlKey: true }))).toBe(false)
  expect(burst.isLost(press('t', 100, { altKey: true }))).toBe(false)
  burst.over()
  expect(burst.isLost(press('Enter', 100))).toBe(false)
  burst.typed(press('п', 0), gone)
  burst.typed(press('Enter', 50), gone)
  expect(burst.isLost(press('t', 100)), 'Enter has sent it').toBe(false)
})

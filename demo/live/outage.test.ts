import { ApiUnreachable } from '@otklik/client/http'
import { expect, it } from 'vitest'
import { askEveryMs, tellEveryMs, watchOutage } from './outage.ts'

const unreachable = new ApiUnreachable('The server could not be reached')

/** @param answersAfter how many times the server is asked in vain */
const run = async (answersAfter: number, errors: readonly unknown[]) => {
  const told: unknown[] = []
  let [asked, waited] = [0, 0]
  await new Promise<void>((done) => {
    const outage = watchOutage({
      isThere: async () => asked++ >= answersAfter,
      pause: async (ms) => void (waited += ms),
      onAway: () => void told.push('away'),
      onBack: () => done(void told.push('back')),
      onError: (error) => done(void told.push(error)),
    })
    for (const error of errors) outage.take(error)
  })
  return { told, waited }
}

it('an outage is told once a minute, however many calls fail in it, and its end once', async () => {
  const { told, waited } = await run(150, [unreachable, new TypeError('fetch failed'), new Error('waited in vain for a welcome'), unreachable])
  expect(told).toEqual(['away', 'away', 'away', 'back'])
  expect(waited).toBe(151 * askEveryMs)
  expect(tellEveryMs).toBe(60_000)
})

it('a call that went astray is told, and so is every other error', async () => {
  expect((await run(0, [unreachable])).told).toEqual([unreachable])
  const other = new Error('refused')
  expect((await run(0, [other])).told).toEqual([other])
})

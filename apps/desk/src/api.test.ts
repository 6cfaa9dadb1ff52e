import { ApiRefusal, ApiUnreachable } from '@otklik/client/http'
import { expect, it } from 'vitest'
import { askPatiently } from './api.ts'

it('asks again when the server said, as long as it takes; a few times where nothing answers; not at all after a refusal', () => {
  const tooOften = new ApiRefusal({ type: 'about:blank', title: '', status: 429, code: 'rateLimited', retryAfterSeconds: 7 })
  expect([askPatiently.retry(20, tooOften), askPatiently.retryDelay(20, tooOften)]).toEqual([true, 7000])
  const unreachable = new ApiUnreachable('')
  expect([0, 2, 3].map((count) => askPatiently.retry(count, unreachable))).toEqual([true, true, false])
  expect(askPatiently.retryDelay(1, unreachable)).toBe(2000)
  expect(askPatiently.retry(0, new ApiRefusal({ type: 'about:blank', title: '', status: 404, code: 'notFound' }))).toBe(false)
})

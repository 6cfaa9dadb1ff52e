import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createOutageLog } from './outage-log.ts'

const setUp = () => {
  const lines: { msg: string; reason?: string; err?: { message: string } }[] = []
  const asked: { resolve(): void; reject(error: Error): void }[] = []
  const outages = createOutageLog({
    probe: () => new Promise<void>((resolve, reject) => void asked.push({ resolve, reject })),
    pause: () => Promise.resolve(),
    onBack: () => logger.info('back'),
  })
  const logger = pino({ hooks: { logMethod: outages.logMethod } }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  /** All that is due is done. */
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { logger, lines, asked, settle, outages, words: () => lines.map(({ msg }) => msg) }
}

const refused = () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
const ended = () => Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01', severity: 'FATAL' })

it('says once an outage and source that the database is away, and once that it is back', async () => {
  const { logger, lines, asked, settle, words } = setUp()
  for (let times = 0; times < 3; times++) {
    logger.error({ err: times === 0 ? ended() : refused() }, 'failed while reading the log')
    logger.child({ reqId: 1 }).error({ err: new Error('Connection terminated unexpectedly') }, 'request failed')
  }
  expect(words()).toEqual([
    'failed while reading the log: the database is not reachable, trying again',
    'request failed: the database is not reachable, trying again',
  ])
  expect(lines[0]?.reason).toBe(ended().message)

  await settle()
  asked[0]?.reject(refused())
  await settle()
  asked[1]?.resolve()
  await settle()
  expect(asked).toHaveLength(2)
  expect(words().slice(2)).toEqual(['back'])

  logger.error({ err: refused() }, 'request failed')
  expect(words().slice(3)).toEqual(['request failed: the database is not reachable, trying again'])
})

it('hides nothing else', () => {
  const { logger, lines, words } = setUp()
  logger.error({ err: refused() }, 'request failed')
  const bug = Object.assign(new Error('column "x" does not exist'), { code: '42703', severity: 'ERROR' })
  logger.error({ err: bug }, 'request failed')
  logger.error({ err: bug }, 'request failed')
  logger.warn('a word')
  expect(words().slice(1)).toEqual(['request failed', 'request failed', 'a word'])
  expect(lines[1]?.err?.message).toBe(bug.message)
})

it('asks no more once stopped, and calls it no error', async () => {
  const { logger, asked, settle, outages, words } = setUp()
  logger.error({ err: refused() }, 'request failed')
  outages.stop()
  logger.error({ err: ended() }, 'failed while reading the log')
  expect(words()).toHaveLength(1)
  await settle()
  expect(asked).toEqual([])
})

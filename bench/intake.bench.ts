/**
 * Web-chat contacts with a first message over sockets, whole product running.
 *   1. As fast as it goes, against the same rows by the bare driver: ≥ 0.35 of its rate.
 *   2. 50 contacts a second: p99 from `send` to `accepted` ≤ 250 ms. Five minutes; SECONDS=… shortens it.
 */
import { openRows } from './baseline/intake-rows.ts'
import { spreadOf, type Finding } from './pairs.ts'
import { startProduct } from './product.ts'
import { percentile, visit, type Visit } from './visitor-socket.ts'

const pairs = 5
const block = 600
const atOnce = 60
const perSecond = 50
const seconds = Number(process.env.SECONDS ?? 300)
const words = 'Здравствуйте, у меня вопрос по тарифу'

export const measure = async (report: (finding: Finding) => void): Promise<void> => {
  const steady = perSecond * seconds
  const product = await startProduct({ visitors: (pairs + 1) * block + steady, agents: 0 })
  const rows = await openRows(product.databaseUrl)
  const free = [...product.tokens]
  const connect = (count: number): Promise<Visit[]> => inTurns(free.splice(0, count), 40, (token) => visit(product.url, product.origin, token))
  try {
    const shares: number[] = []
    for (let pair = -1; pair < pairs; pair++) {
      const visits = await connect(block)
      let next = 0
      const began = performance.now()
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let own = visits[next++]; own; own = visits[next++]) await own.say(words)
        }),
      )
      const rate = block / ((performance.now() - began) / 1000)
      for (const own of visits) own.close()
      const bare = await rows.write(block)
      if (pair >= 0) shares.push(bare / rate)
      console.log(`  pair ${pair}: product ${rate.toFixed(0)}/s, bare driver ${bare.toFixed(0)}/s`)
    }
    report({ name: 'intake: bare driver / product', figure: `${block} contacts`, value: spreadOf(shares), unit: '×', bar: 1 / 0.35 })

    const waits: number[] = []
    const began = performance.now()
    const running: Promise<void>[] = []
    for (let second = 0; second < seconds; second++) {
      // A customer's socket stands before the first word, as in a browser.
      const visits = await connect(perSecond)
      for (const [place, own] of visits.entries()) {
        const due = second * 1000 + (place * 1000) / perSecond
        running.push(
          pause(due - (performance.now() - began)).then(async () => {
            waits.push((await own.say(words)).ms)
            setTimeout(() => own.close(), 2000)
          }),
        )
      }
      await pause((second + 1) * 1000 - (performance.now() - began) - 400)
    }
    await Promise.all(running)
    const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
    report({ name: 'intake: send → accepted p50 at 50 contacts/s', figure: `${waits.length} contacts`, value: { median: p50, low: p50, high: p50 }, unit: 'ms' })
    report({ name: 'intake: send → accepted p99 at 50 contacts/s', figure: `${waits.length} contacts`, value: { median: p99, low: p99, high: p99 }, unit: 'ms', bar: 250 })
  } finally {
    await rows.close()
    await product.stop()
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))

const inTurns = async <Item, Result>(items: readonly Item[], width: number, work: (item: Item) => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as Item)
    }),
  )
  return results
}

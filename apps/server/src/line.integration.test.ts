/** The straight line: a web chat reaches the right agent, is answered, closed and rated; and its turns. */
import { routes } from '@otklik/contract/routes'
import { countEverybody, createFollowing, follow } from '@otklik/metrics/follow'
import { recompute } from '@otklik/metrics/recompute.test-support'
import { addSums, counters, type Sums } from '@otklik/metrics/sums'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCounted } from './metrics/counting.ts'
import { loadLastEvents } from './store/log.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
})
afterAll(async () => {
  await running.close()
  await database.close()
})

describe('the line', () => {
  it('goes from the first word to the rating', async () => {
    const visitor = await running.visitor()
    const accepted = await visitor.send('Здравствуйте, списали 450 ₽')
    expect(accepted.number).toBe(1)
    await visitor.until('a place in the queue', () => visitor.state.position === 1)

    const anna = await running.agent('agent1@sample.example')
    await anna.available()
    const offer = await anna.nextOffer()
    expect(offer.id).toBe(accepted.contactId)
    expect(offer.offer?.reason).toMatchObject({ candidates: 0, rule: 'agent' })
    expect(offer.lastMessage?.text).toBe('Здравствуйте, списали 450 ₽')
    const taken = await anna.accept(offer)
    expect(taken.state).toBe('active')
    await visitor.until('the agent', () => visitor.state.chat?.agent?.name === 'Анна Белова')
    await visitor.until('the end of waiting', () => visitor.state.position === null)

    await anna.say(taken, 'Проверяю списание', 'note')
    await anna.say(taken, 'Здравствуйте! Сейчас посмотрю.')
    await visitor.until('the answer', () => visitor.texts().includes('Здравствуйте! Сейчас посмотрю.'))
    expect(visitor.texts()).not.toContain('Проверяю списание')
    await visitor.send('Спасибо')
    await anna.until('the thanks', () => [...anna.state.messages.values()].find((message) => message.parts[0]?.kind === 'text' && message.parts[0].text === 'Спасибо'))

    visitor.frame({ t: 'read', contactId: accepted.contactId, number: 4 })
    await anna.until('the read mark', () => (anna.state.contacts.get(offer.id)?.customerReadNumber ?? 0) >= 3)
    anna.frame({ t: 'typing', contactId: offer.id })
    await visitor.until('typing', () => visitor.state.typing > 0)
    visitor.frame({ t: 'typing' })
    await anna.until('typing', () => anna.state.typing.includes(offer.id))

    const ended = await anna.api.call(routes.endContact, { params: { id: offer.id } })
    expect(ended.state).toBe('wrapUp')
    await visitor.until('the end', () => visitor.state.chat?.state === 'ended' && visitor.state.chat.canRate)
    const catalogue = await anna.api.call(routes.catalogue, {})
    const closed = await anna.api.call(routes.finishContact, {
      params: { id: offer.id },
      body: { dispositionId: catalogue.dispositions[0]?.id ?? '', resolved: true, note: 'Вернули деньги' },
    })
    expect(closed).toMatchObject({ state: 'closed', closeReason: 'agentEnded', disposition: { name: catalogue.dispositions[0]?.name } })

    visitor.frame({ t: 'rate', contactId: accepted.contactId, score: 5, comment: 'Быстро' })
    await visitor.until('the rating', () => visitor.state.chat?.rating === 5)
    await anna.until('the rating at the desk', () => anna.state.me?.today.ratings === 1)
    expect(anna.state.me?.today.handled).toBe(1)
    await anna.api.call(routes.leaveDesk, { body: { contacts: 'none' } })
  })

  it('keeps a decliner out and offers to the next', async () => {
    const visitor = await running.visitor()
    const glen = await running.agent('agent2@sample.example')
    await glen.available()
    const { contactId } = await visitor.send('Нет интернета')
    const offer = await glen.nextOffer()
    const anna = await running.agent('agent1@sample.example')
    await anna.available()
    await glen.decline(offer)
    const second = await anna.nextOffer()
    expect(second.id).toBe(contactId)
    expect(second.arrivedAt).toBe(offer.arrivedAt)
    await anna.accept(second)
    await anna.api.call(routes.transferContact, { params: { id: contactId }, body: { to: { kind: 'agent', agentId: glen.id }, note: 'Это к тебе' } })
    const third = await glen.nextOffer()
    expect(third.id).toBe(contactId)
    expect(third.offer?.reason.rule).toBe('sticky')
    await glen.accept(third)
    const messages = await glen.api.call(routes.messages, { params: { id: contactId } })
    expect(messages.items.map((message) => message.visibility)).toContain('note')
    visitor.frame({ t: 'end', contactId })
    await glen.until('the wrap-up', () => glen.state.contacts.get(contactId)?.wrapUp?.reason === 'customerEnded')
    // A word during wrap-up brings the conversation back.
    await visitor.send('Ещё вопрос')
    await glen.until('the return', () => glen.state.contacts.get(contactId)?.state === 'active')
    await expect(glen.api.call(routes.leaveDesk, { body: { contacts: 'none' } })).rejects.toMatchObject({ problem: { code: 'contactsInHand' } })
    await glen.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } })
    // Anna has handed it on a moment ago, but nobody else is there.
    const fourth = await anna.nextOffer()
    expect(fourth.id).toBe(contactId)
  })

  it('is counted from its log as a plain recomputation says', async () => {
    // Another test's transaction may hold the log's horizon for a moment; the server writes on meanwhile.
    const isWhole = async () => {
      const { rows } = await running.otklik.database.pool.query<{ behind: boolean }>('select exists (select from event where tx >= pg_snapshot_xmin(pg_current_snapshot())) as behind')
      return !rows[0]?.behind
    }
    await expect.poll(isWhole).toBe(true)
    const events = (await loadLastEvents(running.otklik.database.reader, 10_000)).sort((a, b) => Number(BigInt(a.id) - BigInt(b.id))).filter(isCounted)
    const now = events.at(-1)?.at.getTime() ?? 0
    const sums = {}
    const following = createFollowing()
    for (const { sums: more } of [...events.flatMap((event) => follow(following, event)), ...countEverybody(following, now)]) addSums(sums, more)
    expect(sums).toMatchObject({ offered: 3, answered: 1, answeredInTarget: 1, firstLineIssues: 2, handled: 2, declined: 1, rated: 1, topBox: 1 })
    const plain = recompute(events, now).sums
    expect(Object.fromEntries(counters.map((name) => [name, Math.round((sums as Sums)[name] ?? 0)]))).toEqual(
      Object.fromEntries(counters.map((name) => [name, Math.round(plain[name] ?? 0)])),
    )
    // And so do the sums that the server has kept meanwhile.
    const kept = () => running.otklik.database.pool.query<{ offered: number; answered: number; handled: number; rated: number }>('select sum(offered) as offered, sum(answered) as answered, sum(handled) as handled, sum(rated) as rated from metric_day')
    const { offered, answered, handled, rated } = plain
    await expect.poll(async () => (await kept()).rows[0]).toEqual({ offered, answered, handled, rated })
  })
})

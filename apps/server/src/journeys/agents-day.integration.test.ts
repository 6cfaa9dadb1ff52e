/**
 * An agent's day in a browser: a missed offer, two tabs, drafts, a phone, ten chats in a row without a mouse. The customers are
 * sockets; what they see is in whole-line.integration.test.ts.
 */
import { settingsRoutes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { findTooWide, phone, startJourney, takeOffer, type Journey } from '@otklik/testing/journey'
import type { VisitorClient } from '@otklik/testing/visitor-client'
import type { Page } from 'playwright-core'
import { beforeEach, expect, it } from 'vitest'
import { appendEvent } from '../store/log.ts'

let journey: Journey
beforeEach(async () => {
  journey = await startJourney(await openTestDatabase())
})

const available = async (email: string): Promise<Page> => {
  const page = await journey.signIn(email, '/contacts')
  await page.getByText('Принимать контакты').first().waitFor()
  await page.keyboard.press('a')
  await page.getByText('Сейчас никто не ждёт').first().waitFor()
  return page
}
const log = (page: Page, text: string) => page.getByRole('log').getByText(text)
const reads = (visitor: VisitorClient, text: string) => visitor.until(text, () => visitor.texts().includes(text))

it('misses an offer, hears of it, and comes back with one key', async () => {
  const { running } = journey
  const { items } = await (await journey.administrator()).api.call(settingsRoutes.queues.list, {})
  await running.otklik.database.pool.query('update queue set offer_seconds = 5')
  await running.otklik.deps.transaction(async (tx) => {
    for (const { id } of items) await appendEvent(tx, new Date(), 'queue.changed', id, { queueId: id })
  })
  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  await visitor.send('Здравствуйте')
  await anna.getByRole('button', { name: /Принять/ }).waitFor()
  await anna.getByText('Вы пропустили контакт').first().waitFor()
  await journey.picture(anna, 'missed-ru')
  await anna.keyboard.press('a')
  await takeOffer(anna)
  await log(anna, 'Здравствуйте').waitFor()
}, 60_000)

it('is one agent in two tabs, and a draft outlives a reload', async () => {
  const one = await available('agent1@sample.example')
  const two = await one.context().newPage()
  await two.goto(`${journey.running.origin}/contacts`)
  await two.getByText('Сейчас никто не ждёт').first().waitFor()
  const visitor = await journey.running.visitor()
  await visitor.send('Здравствуйте')
  await two.getByRole('button', { name: /Принять/ }).waitFor()
  await takeOffer(one)
  await two.getByRole('button', { name: /Принять/ }).waitFor({ state: 'detached' })
  await one.keyboard.type('Недописанный ответ')
  await one.keyboard.press('Alt+n')
  await one.keyboard.type('Недописанная заметка')
  await one.reload()
  await one.getByText('Здравствуйте').first().waitFor()
  await one.keyboard.press('Alt+r')
  await expect.poll(() => one.locator('textarea').inputValue()).toBe('Недописанный ответ')
  await one.keyboard.press('Alt+n')
  await expect.poll(() => one.locator('textarea').inputValue()).toBe('Недописанная заметка')
  await journey.picture(one, 'draft-ru')
  // Presence changes in both.
  await two.bringToFront()
  await two.keyboard.press('Alt+p')
  await two.getByRole('menuitem', { name: 'Обед' }).click()
  await one.bringToFront()
  await one.getByText('Обед').first().waitFor()
}, 60_000)

it('works on a phone by touch, with nothing wider than the screen', async () => {
  const anna = await journey.signIn('agent1@sample.example', '/contacts', phone)
  await anna.getByRole('button', { name: 'Принимать контакты' }).first().tap()
  const visitor = await journey.running.visitor()
  await visitor.send('Здравствуйте! Списали 450 ₽ за подписку, которую я не подключала')
  const button = anna.getByRole('button', { name: /Принять/ })
  await button.waitFor()
  const box = await button.boundingBox()
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(844)
  expect(box?.height).toBeGreaterThanOrEqual(40)
  await journey.picture(anna, 'phone-offer-ru')
  await button.tap()
  await log(anna, 'Списали 450 ₽').waitFor()
  await anna.locator('textarea').fill('Здравствуйте! Сейчас посмотрю.')
  await anna.getByRole('button', { name: 'Отправить' }).tap()
  await reads(visitor, 'Здравствуйте! Сейчас посмотрю.')
  await journey.picture(anna, 'phone-desk-ru')
  expect(await findTooWide(anna)).toEqual([])
  await anna.getByRole('button', { name: 'Завершить' }).tap()
  await anna.getByText('Постобработка').first().waitFor()
  expect(await findTooWide(anna)).toEqual([])
  await journey.picture(anna, 'phone-wrap-up-ru')
}, 60_000)

it('takes ten chats in a row without mouse, surprise or jump', async () => {
  const anna = await available('agent1@sample.example')
  await anna.evaluate(`
    globalThis.shifted = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value
    }).observe({ type: 'layout-shift' })`)
  let keys = 0
  const press = async (key: string) => {
    keys++
    await (key.length === 1 ? anna.keyboard.type(key) : anna.keyboard.press(key))
  }
  for (let chat = 1; chat <= 10; chat++) {
    const visitor = await journey.running.visitor()
    await visitor.send(`Вопрос номер ${chat}`)
    await anna.getByRole('button', { name: /Принять/ }).waitFor()
    await press('Enter')
    await log(anna, `Вопрос номер ${chat}`).waitFor()
    await anna.locator('textarea:focus').waitFor()
    await anna.keyboard.type(`Ответ номер ${chat}`)
    await press('Enter')
    await reads(visitor, `Ответ номер ${chat}`)
    await press('Control+Enter')
    await anna.locator('input:focus').waitFor()
    await press('в')
    await press('о')
    await press('Control+Enter')
    await anna.getByText('Сейчас никто не ждёт').first().waitFor()
    visitor.close()
  }
  expect(keys).toBe(60)
  expect(await anna.evaluate('globalThis.shifted')).toBeLessThan(0.1)
  // The desk shows the end before the server has answered.
  const done = async () => {
    const { rows } = await journey.running.otklik.database.pool.query<{ n: number }>(
      'select count(*)::int as n from contact where closed_at is not null and disposition_id is not null and resolved',
    )
    return rows[0]?.n
  }
  await expect.poll(done, { timeout: 10_000 }).toBe(10)
  await journey.picture(anna, 'ten-ru')
}, 120_000)

/**
 * An agent's day in a browser: a missed offer, two tabs, drafts, ten chats in a row without a mouse. The customers are
 * sockets; what they see is in whole-line.integration.test.ts.
 */
import { settingsRoutes } from '@otklik/contract/routes'
import { listenForFaults } from '@otklik/testing/browser'
import { openTestDatabase } from '@otklik/testing/database'
import { ask, choosePresence, seenOffer, startJourney, takeOffer, type Journey } from '@otklik/testing/journey'
import type { VisitorClient } from '@otklik/testing/visitor-client'
import type { Page } from 'playwright-core'
import { beforeEach, expect, it } from 'vitest'

let journey: Journey
beforeEach(async () => {
  journey = await startJourney(await openTestDatabase())
})

const available = async (email: string): Promise<Page> => {
  const page = await journey.signIn(email, '/contacts')
  await page.getByText('Принимать контакты').first().waitFor()
  await page.keyboard.press('a')
  await page.getByText('Сейчас для вас никого нет').first().waitFor()
  return page
}
const log = (page: Page, text: string) => page.getByRole('log').getByText(text)
const reads = (visitor: VisitorClient, text: string) => visitor.until(text, () => visitor.texts().includes(text))

it('misses an offer, hears of it, and comes back with one key', async () => {
  const { api } = await journey.administrator()
  const { items } = await api.call(settingsRoutes.queues.list, {})
  const queue = items.find(({ name }) => name === 'Тарифы и услуги')
  if (!queue) throw new Error('The sample has this queue')
  const { id, archivedAt, ...write } = queue
  expect(archivedAt).toBeNull()
  const { version } = await api.call(settingsRoutes.queues.put, { params: { id }, body: { ...write, offerSeconds: 5 } })

  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  // Looked for from before it comes: it goes again by itself.
  await Promise.all([anna.getByRole('button', { name: /Принять/ }).waitFor(), visitor.send('Здравствуйте')])
  const news = anna.getByRole('alert').filter({ hasText: 'Вы пропустили контакт' })
  await news.getByText('Он вернулся в очередь на прежнее место. Новые контакты к вам пока не идут.').waitFor()
  await anna.getByRole('button', { name: /^Не готов: пропуск/ }).waitFor()
  await anna.getByRole('button', { name: /Принять/ }).waitFor({ state: 'detached' })
  await news.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await journey.picture(anna, 'missed-ru')
  await ask(anna, 'PUT', '/session/language', { language: 'en' })
  await anna.reload()
  await anna.getByText('You missed an offer').waitFor()
  await journey.picture(anna, 'missed-en')
  // The next one is not to be missed.
  await api.call(settingsRoutes.queues.put, { params: { id }, body: { ...write, offerSeconds: 60, version } })
  await anna.keyboard.press('a')
  await takeOffer(anna)
  await log(anna, 'Здравствуйте').waitFor()
}, 120_000)

it('shows what was sent though the log was scrolled back, and announces only what others say', async () => {
  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  for (const number of [1, 2, 3]) await visitor.send(`${number}\n`.repeat(20))
  await takeOffer(anna)
  const box = anna.getByRole('log')
  await box.getByText('3 3 3').waitFor()
  const below = () => box.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)
  // The page hears of it a frame later than it is done.
  await box.evaluate((element) => new Promise((heard) => {
    element.addEventListener('scroll', heard, { once: true })
    element.scrollTo(0, 0)
  }))
  expect(await below()).toBeGreaterThan(400)
  await visitor.send('Вы здесь?')
  const news = anna.getByRole('button', { name: 'Новые сообщения' })
  await news.waitFor()
  await anna.locator('.composer textarea').focus()
  await anna.keyboard.type('Здесь')
  await anna.keyboard.press('Enter')
  await news.waitFor({ state: 'detached' })
  await expect.poll(below).toBeLessThan(48)
  await visitor.until('the answer', () => visitor.texts().includes('Здесь'))
  expect(await news.count()).toBe(0)
}, 120_000)

it('is one agent in two tabs, and a draft outlives a reload', async () => {
  const one = await available('agent1@sample.example')
  const two = await one.context().newPage()
  const faults = listenForFaults(two)
  await two.goto(`${journey.running.origin}/contacts`)
  await two.getByText('Сейчас для вас никого нет').first().waitFor()
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
  await choosePresence(two, 'Обед')
  await one.bringToFront()
  await one.getByText('Обед').first().waitFor()
  expect(faults).toEqual([])
}, 120_000)

it('keeps a draft of each contact, reply and note apart', async () => {
  const anna = await available('agent1@sample.example')
  const field = anna.locator('.composer textarea')
  const [first, second] = [await journey.running.visitor(), await journey.running.visitor()]
  await first.send('Первый вопрос')
  await takeOffer(anna)
  await log(anna, 'Первый вопрос').waitFor()
  await anna.keyboard.type('Ответ первому')
  await anna.keyboard.press('Alt+n')
  await anna.keyboard.type('Заметка о первом')
  await second.send('Второй вопрос')
  await seenOffer(anna).waitFor()
  await anna.keyboard.press('Alt+Enter') // words in the field: Enter alone is theirs
  await log(anna, 'Второй вопрос').waitFor()
  expect(await field.inputValue()).toBe('')
  await anna.keyboard.type('Ответ второму')
  const row = anna.locator('.contact-row').filter({ hasText: 'Посетитель 1' })
  await row.getByText('Черновик: Ответ первому').waitFor()
  await journey.picture(anna, 'drafts')
  await anna.keyboard.press('Alt+g') // the one who waits longest
  await log(anna, 'Первый вопрос').waitFor()
  await expect.poll(() => field.inputValue(), { message: 'as it was left: a note' }).toBe('Заметка о первом')
  await anna.keyboard.press('Alt+r')
  await expect.poll(() => field.inputValue()).toBe('Ответ первому')
  await anna.keyboard.press('Enter')
  await reads(first, 'Ответ первому')
  await anna.keyboard.press('Alt+n')
  await expect.poll(() => field.inputValue()).toBe('Заметка о первом')
  await anna.keyboard.press('Enter')
  await log(anna, 'Заметка о первом').waitFor()
  expect(first.texts()).not.toContain('Заметка о первом')
  await anna.reload()
  await row.waitFor()
  await anna.keyboard.press('Alt+g')
  await log(anna, 'Второй вопрос').waitFor()
  await expect.poll(() => field.inputValue()).toBe('Ответ второму')
}, 120_000)

it('takes ten chats in a row without mouse, surprise or jump', async () => {
  const anna = await available('agent1@sample.example')
  await watchShifts(anna)
  let keys = 0
  const press = async (key: string) => {
    keys++
    await (key.length === 1 ? anna.keyboard.type(key) : anna.keyboard.press(key))
  }
  const composer = anna.locator('.composer textarea:focus')
  for (let chat = 1; chat <= 10; chat++) {
    keys = 0
    expect(await anna.evaluate('document.activeElement.outerHTML.slice(0, 200)'), 'nothing stands between Enter and the next offer').toMatch(/^<body/)
    const visitor = await journey.running.visitor()
    await visitor.send(`Вопрос номер ${chat}`)
    await seenOffer(anna).waitFor()
    await press('Enter')
    await log(anna, `Вопрос номер ${chat}`).waitFor()
    await composer.waitFor()
    await anna.keyboard.type(`Ответ номер ${chat}`)
    await press('Enter')
    await reads(visitor, `Ответ номер ${chat}`)
    expect(await composer.inputValue()).toBe('')
    await press('Control+Enter')
    await anna.getByRole('combobox', { name: 'Итог' }).and(anna.locator(':focus')).waitFor()
    await press('в')
    await press('п')
    await press('Control+Enter')
    await anna.getByText('Сейчас для вас никого нет').first().waitFor()
    visitor.close()
    expect(keys).toBeLessThanOrEqual(6)
    const { sum, moved } = await takeShift(anna)
    // Good by Web Vitals. On a loaded machine what a key brought is drawn later than the half second in which it is forgiven.
    expect(sum, `what jumped in chat ${chat}: ${moved.join(', ')}`).toBeLessThan(0.1)
  }
  await anna.getByText('10 за день').waitFor() // the server has taken the last one, too
  await journey.picture(anna, 'ten-ru')
  const { rows } = await journey.running.otklik.database.pool.query<{ n: number }>(
    'select count(*)::int as n from contact where closed_at is not null and disposition_id is not null and resolved',
  )
  expect(rows[0]?.n).toBe(10)
}, 120_000)

/** Adds up what moves on a page without anybody having pressed or clicked. */
const watchShifts = (page: Page) =>
  page.evaluate(`
    globalThis.shifts = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts.push(entry)
    }).observe({ type: 'layout-shift' })`)
/** How much moved since the last time, and what. */
const takeShift = (page: Page) =>
  page.evaluate<{ sum: number; moved: string[] }>(`(() => {
    const shifts = globalThis.shifts.splice(0)
    return {
      sum: shifts.reduce((sum, { value }) => sum + value, 0),
      moved: shifts.flatMap(({ value, sources }) => sources.map(({ node, previousRect, currentRect }) =>
        value.toFixed(3) + ' ' + (node?.className || node?.nodeName) + ' ' + [previousRect, currentRect].map((box) => [box.x, box.y, box.width, box.height].map(Math.round).join(' ')).join(' → '))),
    }
  })()`)

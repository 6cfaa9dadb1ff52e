/**
 * What agents do all day, in a real browser and by keyboard: hand over, raise, miss, leave, two tabs, drafts, a phone, ten chats
 * in a row. The customers are sockets. Pictures for people to look at are left in test-results/journeys.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { settingsRoutes } from '@otklik/contract/routes'
import { launchBrowser, listenForFaults } from '@otklik/testing/browser'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, testPassword, type Running } from '@otklik/testing/running'
import type { QueueId } from '@otklik/model/ids'
import type { VisitorClient } from '@otklik/testing/visitor-client'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { appendEvent } from './store/log.ts'

const root = resolve(import.meta.dirname, '../../..')
const pictures = join(root, 'test-results/journeys')

let browser: Browser
let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
const contexts: BrowserContext[] = []
let faults: string[] = []
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url, { pages: join(root, 'dist') })
  faults = []
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  await running.close()
  await database.close()
  expect(faults).toEqual([])
})

/** Lets the router read a queue anew. */
const touchQueue = ({ id }: { readonly id: QueueId }) =>
  running.otklik.deps.transaction((tx) => appendEvent(tx, new Date(), 'queue.changed', id, { queueId: id }))

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })

/** A page in a browser profile of its own, or in that of another page. */
const openPage = async (options: Parameters<Browser['newContext']>[0] | { readonly beside: Page } = {}): Promise<Page> => {
  let context: BrowserContext
  if ('beside' in options) context = options.beside.context()
  else {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', ...options })
    contexts.push(context)
  }
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const own = listenForFaults(page)
  page.on('close', () => faults.push(...own))
  return page
}

/** Signs in by the form and, unless told otherwise, becomes available by its key. */
const desk = async (email: string, options: Parameters<typeof openPage>[0] & { readonly rest?: true } = {}): Promise<Page> => {
  const { rest, ...others } = options
  const page = await openPage(others)
  await page.goto(`${running.origin}/sign-in`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(testPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/contacts**')
  await page.getByText('Принимать контакты').first().waitFor()
  if (!rest) {
    await page.keyboard.press('a')
    await page.getByText('Сейчас никто не ждёт').first().waitFor()
  }
  return page
}

const accept = async (page: Page) => {
  await page.getByRole('button', { name: /Принять/ }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('textarea:focus').waitFor()
}
const log = (page: Page, text: string) => page.getByRole('log').getByText(text)
const write = async (visitor: VisitorClient, text: string) => void (await visitor.send(text))
const reads = (visitor: VisitorClient, text: string) => visitor.until(text, () => visitor.texts().includes(text))

it('hands over to a queue, to a colleague and to the second line, by keyboard', async () => {
  const anna = await desk('agent1@sample.example')
  const glen = await desk('agent2@sample.example') // free for a shorter time: the first contact is Anna's
  const visitor = await running.visitor()
  await write(visitor, 'Не работает интернет')
  await accept(anna)
  // To the other queue of the first line: two letters, Enter, a note, Ctrl+Enter.
  await anna.keyboard.press('Alt+t')
  await anna.locator('[role=dialog] input:focus').waitFor()
  await anna.keyboard.type('св')
  await anna.keyboard.press('Enter')
  await anna.locator('[role=dialog] textarea:focus').waitFor()
  await anna.keyboard.type('Проверьте линию')
  await picture(anna, 'transfer-ru')
  await anna.keyboard.press('Control+Enter')
  await anna.locator('[role=dialog]').waitFor({ state: 'detached' })
  await reads(visitor, '[transferred]')
  await accept(glen)
  await log(glen, 'Проверьте линию').waitFor()
  expect(visitor.texts()).not.toContain('Проверьте линию')
  // Back to Anna by name.
  await glen.keyboard.press('Alt+t')
  await glen.locator('[role=dialog] input:focus').waitFor()
  await glen.keyboard.type('бел')
  await glen.keyboard.press('Enter')
  await glen.keyboard.type('Это твой клиент')
  await glen.keyboard.press('Control+Enter')
  await accept(anna)
  await log(anna, 'Это твой клиент').waitFor()
  // To the second line, where Maria has the skill.
  const maria = await desk('agent3@sample.example')
  await anna.keyboard.press('Alt+u')
  await anna.locator('[role=dialog]').waitFor()
  await anna.keyboard.type('Нужен инженер')
  await picture(anna, 'escalate-ru')
  await anna.keyboard.press('Control+Enter')
  await accept(maria)
  await log(maria, 'Нужен инженер').waitFor()
  await reads(visitor, '[escalated]')
  await picture(maria, 'second-line-ru')
}, 120_000)

it('misses an offer, hears of it, and comes back with one key', async () => {
  // Before the router reads it for the first contact: any change of a queue is followed, but this is not what is looked at here.
  await running.otklik.database.pool.query('update queue set offer_seconds = 5')
  const { items } = await (await running.agent('administrator@sample.example')).api.call(settingsRoutes.queues.list, {})
  for (const queue of items) await touchQueue(queue)
  const anna = await desk('agent1@sample.example')
  const visitor = await running.visitor()
  await write(visitor, 'Здравствуйте')
  await anna.getByRole('button', { name: /Принять/ }).waitFor()
  await anna.getByText('Вы пропустили контакт').first().waitFor()
  await picture(anna, 'missed-ru')
  await anna.keyboard.press('a')
  await accept(anna)
  await log(anna, 'Здравствуйте').waitFor()
}, 60_000)

it('asks what becomes of the contacts in hand before leaving', async () => {
  const anna = await desk('agent1@sample.example')
  const visitor = await running.visitor()
  await write(visitor, 'Здравствуйте')
  await accept(anna)
  const leave = async () => {
    await anna.keyboard.press('Alt+p')
    await anna.getByRole('menuitem', { name: 'Выйти' }).click()
    await anna.getByText('У вас ещё есть контакты').waitFor()
  }
  await leave()
  await picture(anna, 'leave-ru')
  await anna.keyboard.press('Enter') // stays: the harmless answer is the one under the finger
  await anna.getByText('У вас ещё есть контакты').waitFor({ state: 'detached' })
  expect(visitor.state.chat?.state).toBe('active')
  const glen = await desk('agent2@sample.example')
  await leave()
  await anna.getByRole('button', { name: 'Вернуть в очередь и выйти' }).click()
  await anna.waitForURL('**/sign-in**')
  await accept(glen)
  await log(glen, 'Здравствуйте').waitFor()
}, 60_000)

it('is one agent in two tabs, and a draft outlives a reload', async () => {
  const one = await desk('agent1@sample.example')
  const two = await openPage({ beside: one })
  await two.goto(`${running.origin}/contacts`)
  await two.getByText('Сейчас никто не ждёт').first().waitFor()
  const visitor = await running.visitor()
  await write(visitor, 'Здравствуйте')
  await two.getByRole('button', { name: /Принять/ }).waitFor()
  await accept(one)
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
  await picture(one, 'draft-ru')
  // Presence changes in both.
  await two.bringToFront()
  await two.keyboard.press('Alt+p')
  await two.getByRole('menuitem', { name: 'Обед' }).click()
  await one.bringToFront()
  await one.getByText('Обед').first().waitFor()
}, 60_000)

it('works on a phone by touch, with nothing wider than the screen', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
  const anna = await desk('agent1@sample.example', { ...phone, rest: true })
  await anna.getByRole('button', { name: 'Принимать контакты' }).first().tap()
  const visitor = await running.visitor()
  await write(visitor, 'Здравствуйте! Списали 450 ₽ за подписку, которую я не подключала')
  const button = anna.getByRole('button', { name: /Принять/ })
  await button.waitFor()
  const box = await button.boundingBox()
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(844)
  expect(box?.height).toBeGreaterThanOrEqual(40)
  await picture(anna, 'phone-offer-ru')
  await button.tap()
  await log(anna, 'Списали 450 ₽').waitFor()
  await anna.locator('textarea').fill('Здравствуйте! Сейчас посмотрю.')
  await anna.getByRole('button', { name: 'Отправить' }).tap()
  await reads(visitor, 'Здравствуйте! Сейчас посмотрю.')
  await picture(anna, 'phone-desk-ru')
  const wide = () => anna.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(await wide()).toBe(0)
  await anna.getByRole('button', { name: 'Завершить' }).tap()
  await anna.getByText('Постобработка').first().waitFor()
  expect(await wide()).toBe(0)
  await picture(anna, 'phone-wrap-up-ru')
}, 60_000)

it('takes ten chats in a row without mouse, surprise or jump', async () => {
  const anna = await desk('agent1@sample.example')
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
    const visitor = await running.visitor()
    await write(visitor, `Вопрос номер ${chat}`)
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
  const { rows } = await running.otklik.database.pool.query<{ n: number }>(
    'select count(*)::int as n from contact where closed_at is not null and disposition_id is not null and resolved',
  )
  expect(rows[0]?.n).toBe(10)
  await picture(anna, 'ten-ru')
}, 120_000)

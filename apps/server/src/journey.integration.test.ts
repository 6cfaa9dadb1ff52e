/**
 * The product as people meet it, in a real browser: set up by the link, an agent is invited, a customer writes on a page of
 * another site, the agent works by keyboard alone, the customer reloads, loses the network, ends and rates.
 * Pictures for people to look at are left in test-results/journey.
 */
import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { launchBrowser, listenForFaults } from '@otklik/testing/browser'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSetupToken } from './actions/set-up.ts'

const root = resolve(import.meta.dirname, '../../..')
const pictures = join(root, 'test-results/journey')
const password = 'a calm sea and a prosperous voyage'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let browser: Browser
let site: Server
let channelId = ''
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  database = await openTestDatabase()
  running = await runOtklik(database.url, { pages: join(root, 'dist'), empty: true })
  browser = await launchBrowser()
  // A customer's site with a strict policy and a style sheet that means no good.
  site = createServer((_request, response) => {
    const server = running.origin
    response
      .setHeader('Content-Security-Policy', `default-src 'none'; script-src ${server}; connect-src ${server} ${server.replace('http', 'ws')}; style-src 'unsafe-inline'`)
      .setHeader('Content-Type', 'text/html; charset=utf-8')
      .end(
        `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Город Мобайл</title>
         <style>* { font-family: serif; color: red } div { all: unset; display: none !important } button { transform: rotate(3deg) }</style>
         <h1>Связь, которая держит слово</h1><script src="${server}/widget.js" data-channel="${channelId}" async></script>`,
      )
  }).listen(0, 'localhost')
  await once(site, 'listening')
}, 60_000)
afterAll(async () => {
  site.close()
  await browser.close()
  await running.close()
  await database.close()
})

const siteUrl = () => `http://localhost:${(site.address() as AddressInfo).port}`
const open = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<{ context: BrowserContext; page: Page; faults: string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { context, page, faults: listenForFaults(page) }
}
const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })
/** What an administrator's page may ask of the interface. */
const ask = <Value>(page: Page, method: string, path: string, body?: unknown): Promise<Value> =>
  page.evaluate(
    async ([verb, address, text]) => {
      const response = await fetch(`/api/v1${address}`, {
        method: verb as string,
        headers: { 'X-Otklik': '1', ...(text ? { 'Content-Type': 'application/json' } : {}) },
        ...(text ? { body: text } : {}),
      })
      return (await response.json()) as never
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  )

const openWidget = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => 'otklik' in globalThis)
  await page.evaluate(() => (globalThis as unknown as { otklik: { open(): void } }).otklik.open())
}

it('goes from the set-up link to the rating', async () => {
  // ---- the administrator ----
  const administrator = await open()
  const admin = administrator.page
  const token = await makeSetupToken(running.otklik.deps)
  await admin.goto(`${running.origin}/setup#token=${token}`)
  await admin.getByLabel('Название', { exact: true }).fill('Город Мобайл')
  await admin.getByLabel('Имя', { exact: true }).fill('Ирина Орлова')
  await admin.locator('input[type=email]').fill('irina@gorod.example')
  await admin.locator('input[type=password]').first().fill(password)
  await picture(admin, 'setup')
  await admin.locator('button[type=submit]').click()
  await admin.waitForURL('**/settings/**')
  type Listed<Item> = { items: Item[] }
  const channels = await ask<Listed<Record<string, unknown>>>(admin, 'GET', '/channels')
  const channel = channels.items[0]
  expect(channel, 'the sample is offered and taken by default').toBeDefined()
  channelId = String(channel?.id)
  // What is written is what was read, without what only the server says.
  const fields = Object.fromEntries(Object.entries(channel ?? {}).filter(([name]) => name !== 'id' && name !== 'archivedAt'))
  await ask(admin, 'PUT', `/channels/${channelId}`, { ...fields, origins: [siteUrl()] })
  const agents = await ask<Listed<{ id: string; email: string }>>(admin, 'GET', '/agents')
  const annaId = agents.items.find(({ email }) => email === 'agent1@sample.example')?.id
  const { link } = await ask<{ link: string }>(admin, 'POST', `/agents/${annaId}/invite`)
  await picture(admin, 'settings')

  // ---- the agent accepts the invitation and becomes available, by keyboard ----
  const { page: anna, faults: deskFaults } = await open({ permissions: ['notifications'] })
  await anna.goto(link)
  await anna.locator('input[type=password]').first().fill(password)
  await anna.keyboard.press('Enter')
  await anna.waitForURL('**/contacts**')
  await anna.getByText('Принимать контакты').first().waitFor()
  await anna.keyboard.press('a')

  // ---- the customer writes ----
  const { page: customer, context: customerContext, faults: widgetFaults } = await open()
  await customer.goto(siteUrl())
  await openWidget(customer)
  const field = customer.getByRole('textbox').first()
  await field.fill('Добрый день! Списали 450 ₽ за «Музыку плюс», я её не подключала')
  await field.press('Enter')

  // ---- the offer is visible without scrolling; one key takes it, and the keys of one contact are counted ----
  const accept = anna.getByRole('button', { name: /Принять/ })
  await accept.waitFor()
  const box = await accept.boundingBox()
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(800)
  await picture(anna, 'offer')
  let keys = 0
  const press = async (key: string) => {
    keys++
    await (key.length === 1 ? anna.keyboard.type(key) : anna.keyboard.press(key))
  }
  await press('Enter')
  await anna.getByRole('log').getByText('Списали 450 ₽').waitFor()
  await anna.locator('textarea:focus').waitFor() // the composer has the focus by itself
  await anna.keyboard.type('Здравствуйте! Отключу подписку и верну 450 ₽.')
  await press('Enter')
  await customer.getByText('Отключу подписку').waitFor()
  await picture(anna, 'desk')
  await picture(customer, 'widget')

  // ---- reload, and a network that is gone for a while: everything is in order ----
  await customer.reload()
  await openWidget(customer)
  await customer.getByText('Отключу подписку').waitFor()
  await customerContext.setOffline(true)
  await field.fill('Спасибо, жду')
  await field.press('Enter')
  await customer.getByText('Спасибо, жду').waitFor()
  await anna.keyboard.type('Уже вернула.')
  await anna.keyboard.press('Enter')
  await customerContext.setOffline(false)
  await anna.getByRole('log').getByText('Спасибо, жду').waitFor({ timeout: 40_000 })
  await customer.getByText('Уже вернула.').waitFor()
  expect(await customer.getByText('Спасибо, жду').count()).toBe(1)

  // ---- end, disposition by two letters, done ----
  await press('Control+Enter')
  await anna.locator('input:focus').waitFor()
  await press('в')
  await press('о')
  await picture(anna, 'wrap-up')
  await press('Control+Enter') // takes the disposition that the letters found, and finishes
  await expect.poll(storedClosing, { timeout: 15_000 }).toMatchObject({ closed: true, resolved: true })
  await picture(anna, 'done')
  expect(keys, 'accept, send, end, two letters, done').toBeLessThanOrEqual(6)

  // ---- the customer rates ----
  await customer.getByRole('radio').last().click()
  await picture(customer, 'rating')
  await customer.getByRole('button', { name: /Отправить оценку/ }).click()
  await expect.poll(storedRating, { timeout: 15_000 }).toBe(5)
  expect(deskFaults).toEqual([])
  expect(widgetFaults).toEqual([])
}, 120_000)

const storedRating = async () => (await running.otklik.database.reader.db.selectFrom('rating').select('score').executeTakeFirst())?.score

const storedClosing = async () => {
  const row = await running.otklik.database.reader.db.selectFrom('contact').select(['closedAt', 'resolved', 'dispositionId']).executeTakeFirst()
  return { closed: Boolean(row?.closedAt && row.dispositionId), resolved: row?.resolved }
}

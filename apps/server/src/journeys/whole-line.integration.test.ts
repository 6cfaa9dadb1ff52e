/**
 * The product as people meet it, in a real browser: set up by the link, an agent is invited, a customer writes on a page of
 * another site, the agent works by keyboard alone, the customer reloads, loses the network, ends and rates.
 * Pictures for people to look at are left in test-results/journey.
 */
import { openTestDatabase } from '@otklik/testing/database'
import { ask, openWidget, seenOffer, startJourney } from '@otklik/testing/journey'
import { testPassword } from '@otklik/testing/running'
import { expect, it } from 'vitest'
import { makeSetupToken } from '../actions/set-up.ts'
import type { Reader } from '../store/database.ts'

it('goes from the set-up link to the rating', async () => {
  // ---- the administrator ----
  const journey = await startJourney(await openTestDatabase(), { empty: true })
  const { running, siteUrl, open, picture } = journey
  const { page: admin } = await open()
  const token = await makeSetupToken(running.otklik.deps)
  await admin.goto(`${running.origin}/setup#token=${token}`)
  await admin.getByLabel('Название', { exact: true }).fill('Город Мобайл')
  await admin.getByLabel('Имя', { exact: true }).fill('Ирина Орлова')
  await admin.locator('input[type=email]').fill('irina@gorod.example')
  await admin.locator('input[type=password]').first().fill(testPassword)
  await picture(admin, 'setup')
  await admin.locator('button[type=submit]').click()
  await admin.waitForURL('**/settings/**')
  type Listed<Item> = { items: Item[] }
  const channels = await ask<Listed<Record<string, unknown>>>(admin, 'GET', '/channels')
  const channel = channels.items[0]
  expect(channel, 'the sample is offered and taken by default').toBeDefined()
  const channelId = String(channel?.id)
  journey.showChannel(channelId)
  // What is written is what was read, without what only the server says.
  const fields = Object.fromEntries(Object.entries(channel ?? {}).filter(([name]) => name !== 'id' && name !== 'archivedAt'))
  await ask(admin, 'PUT', `/channels/${channelId}`, { ...fields, origins: [siteUrl] })
  const agents = await ask<Listed<{ id: string; email: string }>>(admin, 'GET', '/agents')
  const annaId = agents.items.find(({ email }) => email === 'agent1@sample.example')?.id
  const { link } = await ask<{ link: string }>(admin, 'POST', `/agents/${annaId}/invite`)
  await picture(admin, 'settings')

  // ---- the agent accepts the invitation and becomes available, by keyboard ----
  const { page: anna } = await open({ permissions: ['notifications'] })
  await anna.goto(link)
  await anna.locator('input[type=password]').first().fill(testPassword)
  await anna.keyboard.press('Enter')
  await anna.waitForURL('**/contacts**')
  await anna.getByText('Принимать контакты').first().waitFor()
  await anna.keyboard.press('a')

  // ---- the customer writes ----
  const { page: customer, context: customerContext } = await open()
  await customer.goto(siteUrl)
  await openWidget(customer)
  const field = customer.getByRole('textbox').first()
  await field.fill('Добрый день! Списали 450 ₽ за «Музыку плюс», я её не подключала')
  await field.press('Enter')

  // ---- the offer is visible without scrolling; one key takes it, and the keys of one contact are counted ----
  const accept = anna.getByRole('button', { name: /Принять/ })
  await seenOffer(anna).waitFor()
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
  await press('п')
  await picture(anna, 'wrap-up')
  await press('Control+Enter') // takes the disposition that the letters found, and finishes
  await expect.poll(() => storedClosing(running.otklik.database.reader), { timeout: 15_000 }).toMatchObject({ closed: true, resolved: true })
  await picture(anna, 'done')
  expect(keys, 'accept, send, end, two letters, done').toBeLessThanOrEqual(6)

  // ---- the customer rates ----
  await customer.getByRole('radio').last().click()
  await picture(customer, 'rating')
  await customer.getByRole('button', { name: /Отправить оценку/ }).click()
  await expect.poll(() => storedRating(running.otklik.database.reader), { timeout: 15_000 }).toBe(5)
}, 120_000)

const storedRating = async (reader: Reader) => (await reader.db.selectFrom('rating').select('score').executeTakeFirst())?.score

const storedClosing = async (reader: Reader) => {
  const row = await reader.db.selectFrom('contact').select(['closedAt', 'resolved', 'dispositionId']).executeTakeFirst()
  return { closed: Boolean(row?.closedAt && row.dispositionId), resolved: row?.resolved }
}

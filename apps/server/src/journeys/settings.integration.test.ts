/**
 * What administrators do, in a browser: archive what is in use, write at the same time as somebody else, put the chat on a page;
 * and the whole line in English from the set-up link on.
 */
import { settingsRoutes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { openWidget, phone, startJourney, takeOffer, write } from '@otklik/testing/journey'
import { testPassword } from '@otklik/testing/running'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { makeSetupToken } from '../actions/set-up.ts'

it('archives a queue in use: says what moves, and moves it', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { running, picture } = journey
  const visitor = await running.visitor()
  const { contactId } = await visitor.send('Жду ответа')
  const page = await journey.signIn('administrator@sample.example', '/settings/queues')
  await page.getByRole('link', { name: /Тарифы и услуги/ }).first().click()
  await page.getByRole('button', { name: 'В архив' }).click()
  const form = page.getByRole('group', { name: /Убрать «Тарифы и услуги» в архив/ })
  await form.getByText(/Используется: .*1/).waitFor()
  expect(await form.getByRole('button', { name: 'В архив' }).isDisabled()).toBe(true)
  await form.locator('input').first().click()
  await page.getByRole('option', { name: 'Связь и интернет' }).click()
  await picture(page, 'archive-ru')
  await form.getByRole('button', { name: 'В архив' }).click()
  await page.getByText('Убрано в архив').waitFor()
  const agent = await running.agent('agent1@sample.example')
  await agent.available()
  const offer = await agent.nextOffer()
  expect(offer).toMatchObject({ id: contactId, queue: { name: 'Связь и интернет' } })
}, 60_000)

it('keeps what was typed when somebody else was faster', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { picture } = journey
  const page = await journey.signIn('administrator@sample.example', '/settings/queues')
  await page.getByRole('link', { name: /Тарифы и услуги/ }).first().click()
  const name = page.getByLabel('Название', { exact: true })
  await name.fill('Тарифы и всё остальное')
  const other = await journey.administrator()
  const { items } = await other.api.call(settingsRoutes.queues.list, {})
  const plans = items.find((queue) => queue.name === 'Тарифы и услуги')
  if (!plans) throw new Error('the sample has this queue')
  const write = Object.fromEntries(Object.entries(plans).filter(([field]) => field !== 'id' && field !== 'archivedAt')) as Omit<typeof plans, 'id' | 'archivedAt'>
  await other.api.call(settingsRoutes.queues.put, { params: { id: plans.id }, body: { ...write, targetSeconds: 45 } })
  await page.keyboard.press('Control+Enter')
  await page.getByText('Эту запись только что изменил кто-то другой').first().waitFor()
  await picture(page, 'conflict-ru')
  expect(await name.inputValue()).toBe('Тарифы и всё остальное')
}, 60_000)

it('puts the chat on a page: the preview is the widget itself, the line can be copied', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { running, picture } = journey
  const page = await journey.signIn('administrator@sample.example', '/settings/channels')
  await page.getByRole('main').getByRole('link', { name: /Чат на сайте/ }).last().click()
  const frame = page.frameLocator('iframe')
  // Far down the form: a frame that is not in view hardly runs.
  await page.locator('iframe').scrollIntoViewIfNeeded()
  await frame.getByRole('button', { name: 'Открыть чат' }).click()
  await frame.getByText('Поддержка').first().waitFor()
  await page.getByLabel('Заголовок').fill('Служба заботы')
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT')
  await page.keyboard.press('Control+Enter')
  await saved
  await expect
    .poll(() => page.locator('iframe').scrollIntoViewIfNeeded().then(() => true, () => false), { timeout: 10_000 }) // the frame is a new one after saving
    .toBe(true)
  await frame.getByRole('button', { name: 'Открыть чат' }).click()
  await frame.getByText('Служба заботы').first().waitFor()
  await picture(page, 'channel-ru')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Копировать' }).first().click()
  const copied = await page.evaluate('navigator.clipboard.readText()')
  expect(copied).toContain(`data-channel="${running.channelId}"`)
  expect(copied).toContain(`${running.origin}/widget.js`)
}, 60_000)

it('speaks English from the set-up link to the rating', async () => {
  const journey = await startJourney(await openTestDatabase(), { empty: true })
  const { running, picture } = journey
  const english = { locale: 'en-GB' }
  const { page: admin } = await journey.open(english)
  const noRussian = async (page: Page, where: string) => {
    const shown = await page.evaluate<string>('document.body.innerText')
    // A language is named in itself wherever it can be chosen.
    expect(shown.replaceAll('Русский', '').match(/[а-яё]+/giu) ?? [], where).toEqual([])
  }
  await admin.goto(`${running.origin}/setup#token=${await makeSetupToken(running.otklik.deps)}`)
  await admin.getByLabel('Company name').or(admin.getByLabel('Name', { exact: true })).first().fill('City Mobile')
  await noRussian(admin, 'set-up')
  await picture(admin, 'setup-en')
  await admin.getByLabel(/Your name|Name/, { exact: false }).last().fill('Irene Eagle')
  await admin.locator('input[type=email]').fill('irene@city.example')
  await admin.locator('input[type=password]').first().fill(testPassword)
  await admin.locator('button[type=submit]').click()
  await admin.waitForURL('**/settings/**')
  for (const kind of ['agents', 'queues', 'channels', 'skills', 'teams', 'sites', 'reasons', 'dispositions', 'company']) {
    await admin.goto(`${running.origin}/settings/${kind}`)
    await admin.getByRole('main').waitFor()
    await admin.waitForLoadState('networkidle')
    await noRussian(admin, kind)
  }
  await admin.goto(`${running.origin}/settings/queues`)
  await picture(admin, 'settings-en')
  await running.otklik.database.pool.query(
    `update agent set password_hash = (select password_hash from agent where role = 'administrator') where password_hash is null`,
  )
  await running.otklik.database.pool.query(`update channel_account set origins = array[$1]`, [journey.siteUrl])
  const { rows } = await running.otklik.database.pool.query<{ id: string }>('select id from channel_account')
  journey.showChannel(rows[0]?.id ?? '')

  const { page: anna } = await journey.open({ ...english, permissions: ['notifications'] })
  await anna.goto(`${running.origin}/sign-in`)
  await anna.locator('input[type=email]').fill('agent1@sample.example')
  await anna.locator('input[type=password]').fill(testPassword)
  await noRussian(anna, 'sign-in')
  await anna.keyboard.press('Enter')
  await anna.waitForURL('**/contacts**')
  await anna.getByText('Accept contacts').or(anna.getByText(/Become available|Take contacts/)).first().waitFor()
  await anna.keyboard.press('a')

  const { page: customer } = await journey.open({ ...english, ...phone })
  await customer.goto(journey.siteUrl)
  await openWidget(customer)
  await write(customer, 'I was charged twice')
  await anna.getByRole('button', { name: /Accept/ }).waitFor()
  await noRussian(anna, 'offer')
  await picture(anna, 'offer-en')
  await takeOffer(anna)
  await anna.keyboard.type('Hello! I am looking into it.')
  await anna.keyboard.press('Enter')
  await customer.getByText('I am looking into it').waitFor()
  await noRussian(anna, 'desk')
  await picture(anna, 'desk-en')
  await picture(customer, 'widget-phone-en')
  await anna.keyboard.press('Control+Enter')
  await anna.locator('input:focus').waitFor()
  await noRussian(anna, 'wrap-up')
  await picture(anna, 'wrap-up-en')
  await customer.getByRole('radio').last().click()
  await picture(customer, 'rating-phone-en')
  await customer.getByRole('button', { name: 'Send rating' }).click()
  await expect
    .poll(async () => (await running.otklik.database.pool.query<{ score: number }>('select score from rating')).rows[0]?.score, { timeout: 10_000 })
    .toBe(5)
}, 120_000)

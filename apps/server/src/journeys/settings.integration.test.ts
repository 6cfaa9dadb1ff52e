/** What administrators do, in a browser: archive what is in use, write at the same time as somebody else, put the chat on a page. */
import { settingsRoutes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { startJourney } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

/** In the page; the tests of the server are compiled without the DOM's types. */
const backgroundOf = (element: unknown): string =>
  (globalThis as unknown as { getComputedStyle(element: unknown): { backgroundColor: string } }).getComputedStyle(element).backgroundColor

it('archives a queue in use: says what moves, and moves it', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { running, picture } = journey
  const visitor = await running.visitor()
  const { contactId } = await visitor.send('Жду ответа')
  const page = await journey.signIn('administrator@sample.example', '/settings/queues')
  await page.getByRole('link', { name: /Тарифы и услуги/ }).first().click()
  await page.getByRole('button', { name: 'В архив' }).click()
  const form = page.getByRole('group', { name: /Убрать «Тарифы и услуги» в архив/ })
  await form.getByText('Используется: каналы: 1, контакты в ожидании: 1').waitFor()
  await form.getByText('Всё это перейдёт туда, куда вы укажете.').waitFor()
  expect(await form.getByRole('button', { name: 'В архив' }).isDisabled()).toBe(true)
  await form.locator('input').first().click()
  await page.getByRole('option', { name: 'Связь и интернет' }).click()
  await form.getByText('Всё это перейдёт: «Связь и интернет».').waitFor()
  await picture(page, 'archive-ru')
  await form.getByRole('button', { name: 'В архив' }).click()
  await page.getByText('Убрано в архив').waitFor()
  await page.goto(`${running.origin}/settings/channels`)
  await page.getByRole('row', { name: /Чат на сайте/ }).getByRole('cell', { name: 'Связь и интернет' }).waitFor()
  const agent = await running.agent('agent1@sample.example')
  await agent.available()
  const offer = await agent.nextOffer()
  expect(offer).toMatchObject({ id: contactId, queue: { name: 'Связь и интернет' } })
}, 60_000)

it('lets two administrators edit one queue, and neither loses a word', async () => {
  const journey = await startJourney(await openTestDatabase())
  const open = async () => {
    const page = await journey.signIn('administrator@sample.example', '/settings/queues')
    await page.getByRole('link', { name: /Тарифы и услуги/ }).first().click()
    return page
  }
  const [first, second] = await Promise.all([open(), open()])
  const name = second.getByLabel('Название', { exact: true })
  await name.fill('Тарифы и всё остальное')
  await second.getByLabel('Приветствие').fill('Добрый день!')
  await first.getByLabel('Обещаем ответить, с').fill('45')
  await first.getByLabel('Приветствие').fill('Здравствуйте, чем помочь?')
  await first.keyboard.press('Control+Enter')
  await first.getByText('Сохранено').waitFor()

  await second.keyboard.press('Control+Enter')
  const conflict = second.getByRole('alert').filter({ hasText: 'Эту запись только что изменил кто-то другой' })
  await conflict.getByText('То, что вы ввели, на месте').waitFor()
  expect(await name.inputValue()).toBe('Тарифы и всё остальное')
  await journey.picture(second, 'conflict-ru')
  await conflict.getByRole('button', { name: 'Перенести мои правки' }).click()
  await conflict.waitFor({ state: 'detached' })
  expect(await second.getByLabel('Обещаем ответить, с').inputValue()).toBe('45')
  expect(await second.getByLabel('Приветствие').inputValue()).toBe('Добрый день!')
  await second.keyboard.press('Control+Enter')
  await second.getByText('Сохранено').waitFor()
  const { items } = await (await journey.administrator()).api.call(settingsRoutes.queues.list, {})
  expect(items).toContainEqual(expect.objectContaining({ name: 'Тарифы и всё остальное', targetSeconds: 45, greeting: 'Добрый день!' }))
}, 60_000)

it('shows what is not saved yet in the widget itself, and gives the line for the site', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { running, picture } = journey
  const page = await journey.signIn('administrator@sample.example', '/settings/channels', { viewport: { width: 1280, height: 1500 }, permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('main').getByRole('link', { name: /Чат на сайте/ }).last().click()
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Открыть чат' }).click()
  const heading = frame.getByRole('heading')
  await heading.getByText('Поддержка').waitFor()

  await page.getByLabel('Заголовок').fill('Служба заботы')
  await heading.getByText('Служба заботы').waitFor()
  await page.getByLabel('Согласие на обработку данных').fill('Мы бережём ваши слова.')
  await frame.getByText('Мы бережём ваши слова.').waitFor()
  await page.getByLabel('Цвет').fill('#8a3ffc')
  await page.getByLabel('Цвет').press('Escape')
  const header = frame.locator('.w header')
  await expect.poll(() => header.evaluate(backgroundOf)).toBe('rgb(138, 63, 252)')
  await page.getByRole('combobox', { name: 'Язык окна' }).click()
  await page.getByRole('option', { name: 'English' }).click()
  await frame.getByText(/Nobody is here right now/).waitFor()
  await picture(page, 'channel-ru')

  await page.getByRole('button', { name: 'Отменить правки' }).click()
  await heading.getByText('Поддержка').waitFor()
  await page.getByLabel('Заголовок').fill('Служба заботы')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Сохранено').waitFor()
  await heading.getByText('Служба заботы').waitFor()

  await page.getByRole('button', { name: 'Копировать' }).first().click()
  await page.getByRole('button', { name: 'Скопировано' }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    `<script src="${running.origin}/widget.js" data-channel="${running.channelId}" async></script>`,
  )
}, 60_000)

/** What administrators do, in a browser: archive what is in use, write at the same time as somebody else, put the chat on a page. */
import { routes, settingsRoutes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { startJourney, write } from '@otklik/testing/journey'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

/** In the page; the tests of the server are compiled without the DOM's types. */
const backgroundOf = (element: unknown): string =>
  (globalThis as unknown as { getComputedStyle(element: unknown): { backgroundColor: string } }).getComputedStyle(element).backgroundColor

/** Nothing is left to save: that it was said once does not tell of a second time. */
const saved = (page: Page) => page.locator('.form-acts button[type=submit][aria-disabled=true]:not([data-loading])').waitFor()

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
}, 120_000)

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
  await second.getByLabel('Приветствие, по-русски').fill('Добрый день!')
  await first.getByLabel('Обещаем ответить, с').fill('45')
  await first.getByLabel('Приветствие, по-русски').fill('Здравствуйте, чем помочь?')
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
  expect(await second.getByLabel('Приветствие, по-русски').inputValue()).toBe('Добрый день!')
  await second.keyboard.press('Control+Enter')
  await second.getByText('Сохранено').waitFor()
  const { api } = await journey.administrator()
  const kept = async () => (await api.call(settingsRoutes.queues.list, {})).items.find((queue) => queue.name === 'Тарифы и всё остальное')
  expect(await kept()).toMatchObject({ targetSeconds: 45, greeting: { ru: 'Добрый день!' } })

  // A list with the focus keeps nobody from saving: a closed one stays closed, of an open one the marked choice counts.
  await second.getByLabel('Обещаем ответить, с').fill('50')
  await second.getByRole('combobox', { name: 'Куда передавать на вторую линию' }).focus()
  await second.keyboard.press('Control+Enter')
  await expect.poll(async () => (await kept())?.targetSeconds).toBe(50)
  await saved(second)
  expect(await second.getByRole('option').count()).toBe(0)
  const skills = (await kept())?.skills.length ?? 0
  await second.getByRole('combobox', { name: 'Добавить навык' }).press('ArrowDown')
  await second.getByRole('option').first().waitFor()
  await second.keyboard.press('ArrowDown')
  await second.keyboard.press('Control+Enter')
  await expect.poll(async () => (await kept())?.skills.length).toBe(skills + 1)
}, 120_000)

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
}, 120_000)

it('closes a queue by its hours: the chat says so and takes a message; and a step that was added stands after a reload', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { running, picture } = journey
  const page = await journey.signIn('administrator@sample.example', '/settings/queues', { viewport: { width: 1280, height: 1500 } })
  const openQueue = () => page.getByRole('main').getByRole('link', { name: /Тарифы и услуги/ }).first().click()
  await openQueue()
  await page.getByRole('link', { name: 'Часы и тексты' }).click()
  await page.getByText('По часам').click()
  await page.getByRole('status').filter({ hasText: /Сейчас (открыто|закрыто)/ }).waitFor()

  // A time that is none is said where it stands, and found again from wherever one is.
  const start = page.getByLabel('Понедельник: с', { exact: true })
  await start.fill('25')
  await page.getByLabel('Что сказать до очереди, по-русски').fill('Сбой связи: чиним до 18:00')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Время вида 9:30, не позже 24:00').waitFor()
  await expect.poll(() => start.evaluate((element) => element.matches(':focus'))).toBe(true)
  await start.fill('930')
  await page.getByText('Время вида 9:30').waitFor({ state: 'detached' })
  await start.press('Tab')
  expect(await start.inputValue()).toBe('09:30')

  await page.getByRole('button', { name: 'Понедельник: Убрать часы' }).click()
  await page.getByRole('button', { name: 'Понедельник: Скопировать на другие дни' }).press('Enter')
  // The menu gives the focus to its first entry; only then it stays where it is put.
  await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor()
  await page.getByRole('menuitem', { name: 'Все дни' }).press('Enter')
  await page.getByText('Закрыто и в ближайший год не откроется').waitFor()
  await page.getByLabel('Что видит посетитель, по-русски').fill('Отвечаем с понедельника.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Сохранено').waitFor()
  await picture(page, 'hours-ru')

  const customer = await journey.customer()
  await customer.getByText('Сейчас мы не отвечаем').waitFor()
  await customer.getByText('Отвечаем с понедельника.').waitFor()
  await customer.getByText('Сбой связи: чиним до 18:00').waitFor()
  await write(customer, 'Перезвоните, когда откроетесь')
  // It stands on the screen at once, and in the queue as soon as the server has it.
  const waiting = () => running.otklik.database.reader.db.selectFrom('contactRouting').select('state').execute()
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([{ state: 'queued' }])

  await page.getByRole('link', { name: 'Распределение' }).click()
  await page.getByRole('button', { name: 'Добавить шаг' }).click()
  const age = page.getByLabel('Шаг 1: через сколько секунд')
  await age.and(page.locator(':focus')).waitFor()
  await age.fill('0')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Нужно целое число от 1 до 86').waitFor()
  await age.fill('45')
  const stages = page.getByRole('list', { name: 'Кого спрашиваем с возрастом контакта' })
  await stages.getByText('через 45 с').waitFor()
  await page.keyboard.press('Control+Enter')
  await saved(page)
  await page.reload()
  await stages.getByText('через 45 с').waitFor()
  expect(await age.inputValue()).toBe('45')
  await picture(page, 'routing-ru')
}, 120_000)

it('lets one change a queue and another its routing at once, and asks only where both changed the same', async () => {
  const journey = await startJourney(await openTestDatabase())
  const open = async (part: string) => {
    const page = await journey.signIn('administrator@sample.example', '/settings/queues')
    await page.getByRole('link', { name: /Тарифы и услуги/ }).first().click()
    await page.getByRole('link', { name: part }).click()
    return page
  }
  const [main, first, second] = await Promise.all([open('Основное'), open('Распределение'), open('Распределение')])
  const wait = (page: typeof main) => page.getByLabel('Ждём знакомого оператора, с')
  const save = async (page: typeof main) => {
    await page.keyboard.press('Control+Enter')
    await page.getByText('Сохранено').waitFor()
  }
  await wait(first).fill('60')
  await wait(second).fill('90')
  await second.getByRole('radio', { name: /Поровну/ }).check()
  await main.getByLabel('Обещаем ответить, с').fill('45')
  await save(main)
  await save(first)

  await second.keyboard.press('Control+Enter')
  const conflict = second.getByRole('alert').filter({ hasText: 'Эту запись только что изменил кто-то другой' })
  await conflict.getByRole('button', { name: 'Перенести мои правки' }).click()
  await conflict.waitFor({ state: 'detached' })
  expect(await wait(second).inputValue()).toBe('90')
  await save(second)
  const { api } = await journey.administrator()
  const queue = (await api.call(settingsRoutes.queues.list, {})).items.find(({ name }) => name === 'Тарифы и услуги')
  expect(queue?.targetSeconds).toBe(45)
  expect(await api.call(routes.queueRouting, { params: { id: queue?.id ?? '' } })).toMatchObject({ preferredSeconds: 90, policy: 'evenOccupancy' })
}, 120_000)

it('says what is wrong in words, names limits and lines, and keeps what is typed while one looks elsewhere', async () => {
  const journey = await startJourney(await openTestDatabase())
  const page = await journey.signIn('administrator@sample.example', '/settings/channels')
  const main = page.getByRole('main')
  await main.getByRole('link', { name: /Чат на сайте/ }).last().click()
  const sites = page.getByLabel('На каких сайтах')
  await sites.fill(`${journey.siteUrl}\n\nshop.example.ru/cart`)
  await page.getByLabel('Цвет').fill('бирюзовый')
  await page.getByLabel('Заголовок').fill('Служба заботы')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Строка 3, «shop.example.ru/cart»: нужно https://shop.example.ru').waitFor()
  await page.getByText('Такого цвета нет').waitFor()
  await expect.poll(() => sites.evaluate((element) => element.matches(':focus'))).toBe(true)
  await sites.fill(`${journey.siteUrl}\n\nhttps://shop.example.ru`)
  await page.getByLabel('Цвет').fill('teal')

  const settings = page.getByRole('navigation', { name: 'Настройки' })
  await settings.getByRole('link', { name: 'Сотрудники' }).click()
  await main.getByRole('link', { name: 'Анна Белова' }).click()
  const chats = page.getByLabel('Чатов сразу')
  await chats.fill('99')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Нужно целое число от 0 до 20').waitFor()
  await expect.poll(() => chats.evaluate((element) => element.matches(':focus'))).toBe(true)
  await chats.fill('9')
  await page.getByText(/больше \d+ чат\S+ не придёт/).waitFor()

  // Another section of the desk, and back.
  const rail = page.locator('nav.rail')
  await rail.getByRole('link', { name: 'Клиенты' }).click()
  await page.getByRole('searchbox').or(page.getByRole('combobox')).first().waitFor()
  await rail.getByRole('link', { name: 'Настройки' }).click()
  await settings.getByRole('link', { name: 'Чат на сайте' }).click()
  await main.getByRole('link', { name: /Чат на сайте/ }).last().click()
  expect(await page.getByLabel('Заголовок').inputValue()).toBe('Служба заботы')
  const asked = page.waitForEvent('dialog')
  await page.evaluate('void setTimeout(() => location.reload())')
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  expect(await page.getByLabel('Заголовок').inputValue()).toBe('Служба заботы')
  for (const colour of ['#FFF', 'teal']) {
    await page.getByLabel('Цвет').fill(colour)
    await page.keyboard.press('Control+Enter')
    await saved(page)
    await page.getByText('Сохранено').waitFor()
  }
  const { items } = await (await journey.administrator()).api.call(settingsRoutes.channels.list, {})
  await expect.poll(async () => (await (await journey.administrator()).api.call(settingsRoutes.channels.list, {})).items[0]?.accent).toBe('#008080')
  expect(items[0]).toMatchObject({ title: 'Служба заботы', origins: [journey.siteUrl, 'https://shop.example.ru'] })
  expect(await page.getByText('Сохранено').count(), 'said once').toBe(1)
}, 120_000)

it('takes no fraction for a whole number, and asks before it keeps words for less time than before', async () => {
  const journey = await startJourney(await openTestDatabase())
  const page = await journey.signIn('administrator@sample.example', '/settings/company')
  const days = page.getByLabel('Сколько дней хранить слова закрытых контактов')
  const kept = () => journey.running.otklik.database.pool.query<{ days: number | null }>('select retention_days as days from company').then(({ rows: [row] }) => row?.days)
  for (const fraction of ['1,5', '1.5']) {
    await days.fill('')
    await days.focus()
    await page.keyboard.type(fraction)
    await page.getByText(/Нужно целое число от 1 до/).waitFor()
    await page.keyboard.press('Control+Enter')
    expect(await page.getByRole('dialog').count()).toBe(0)
  }
  await journey.picture(page, 'retention-fraction')
  expect(await kept()).toBe(null)

  await days.fill('')
  await page.keyboard.type('30')
  await page.keyboard.press('Control+Enter')
  const question = page.getByRole('dialog', { name: 'Хранить слова 30 дней?' })
  await question.getByText(/закрытых раньше \d+ \S+ \d{4}/).waitFor()
  await journey.picture(page, 'retention-asked')
  await question.getByRole('button', { name: 'Вернуться к форме' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached' })
  expect(await kept()).toBe(null)
  await page.keyboard.press('Control+Enter')
  await question.getByRole('button', { name: 'Сохранить и стереть' }).click()
  await expect.poll(kept).toBe(30)
  await saved(page)
  // Longer than before erases nothing.
  await days.fill('60')
  await page.keyboard.press('Control+Enter')
  await expect.poll(kept).toBe(60)
}, 120_000)

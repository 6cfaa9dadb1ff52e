/** From a day's number to the contacts behind it, to what was said in one of them, and back; what is shown is saved. */
import { readFile } from 'node:fs/promises'
import { openTestDatabase } from '@otklik/testing/database'
import { findTooSmall, findTooWide, phone, startJourney, takeOffer, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('opens a number, reads a contact behind it, saves the page, and shows the link’s reader the same', async () => {
  const journey = await startJourney(await openTestDatabase())
  const anna = await journey.signIn('agent1@sample.example', '/contacts')
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  const customer = await journey.customer()
  await write(customer, 'Сколько стоит роуминг в Армении?')
  await takeOffer(anna)
  await anna.keyboard.type('Рубль за минуту')
  await anna.keyboard.press('Enter')
  await customer.getByRole('log').getByText('Рубль за минуту').waitFor()
  await anna.keyboard.press('Control+Enter')
  await anna.getByRole('combobox').and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('ArrowDown')
  await anna.keyboard.press('Enter')
  await anna.keyboard.press('Control+Enter')
  await customer.getByRole('radio', { name: /4/ }).click()
  await customer.getByRole('button', { name: /Отправить оценку/ }).click()

  const boss = await journey.signIn('agent3@sample.example', '/contacts')
  await boss.getByRole('link', { name: 'Отчёты' }).click()
  const offered = boss.locator('.figure', { hasText: 'Пришли' })
  // Counted a moment after it happened; the page asks again by itself once a minute, a person sooner.
  await expect
    .poll(async () => {
      await boss.reload()
      await boss.locator('.figure-value').first().or(boss.getByText('За это время контактов не было')).first().waitFor()
      // What is there, without waiting for what is not: that comes with another look.
      return (await boss.locator('.figure', { hasText: 'Довольны' }).locator('.figure-value').allTextContents()).join()
    }, { timeout: 60_000 })
    .toContain('100')
  const address = new URL(boss.url())
  expect(address.pathname).toBe('/reports/day')
  expect(address.searchParams.get('date')).toMatch(/^\d{4}-\d\d-\d\d$/)
  await journey.picture(boss, 'reports-day')

  // What it is, by keyboard; Escape gives the focus back.
  const define = offered.getByRole('button', { name: 'Что это: Пришли' })
  await define.focus()
  await boss.keyboard.press('Enter')
  await boss.getByText('Сколько раз контакт вошёл в очередь операторов').waitFor()
  await boss.keyboard.press('Escape')
  await define.and(boss.locator(':focus')).waitFor()

  await offered.getByRole('button', { name: /Показать контакты: Пришли/ }).click()
  const behind = boss.getByRole('region', { name: 'Контакты · Пришли' })
  const contact = behind.getByRole('link', { name: /Посетитель/ })
  await contact.waitFor()
  expect(new URL(boss.url()).searchParams.get('open')).toBe('offered')
  await journey.picture(boss, 'reports-behind')
  const link = boss.url()
  await contact.click()
  await boss.getByRole('log').getByText('Рубль за минуту').waitFor()
  await boss.goBack()
  await contact.waitFor()
  await boss.goBack()
  await behind.waitFor({ state: 'detached' })

  // One number of the table, by arrows: the only row that counted anything.
  await boss.getByRole('button', { name: /Таблица|Строки/ }).click()
  await boss.getByRole('option', { name: 'по очередям' }).click()
  const cell = boss.getByRole('button', { name: /Отвечены: 1$/ })
  await cell.first().waitFor()
  await boss.getByRole('button', { name: /Пришли: 1$/ }).last().focus()
  await boss.keyboard.press('ArrowRight')
  await cell.last().and(boss.locator(':focus')).waitFor()
  await boss.keyboard.press('Enter')
  await boss.getByRole('region', { name: /Контакты · Отвечены/ }).getByRole('link', { name: /Посетитель/ }).waitFor()

  const save = async (name: string) => {
    const [download] = await Promise.all([boss.waitForEvent('download'), boss.getByRole('button', { name }).click()])
    return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const csv = await save('Скачать: CSV')
  expect(csv.file).toMatch(/^otklik-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.bytes.toString('utf8')).toMatch(/^\uFEFFОчередь;Пришли;Отвечены;/)
  expect(csv.bytes.toString('utf8')).toContain('Всего;1;1;0;100;')
  const workbook = await save('Скачать: Excel')
  expect(workbook.bytes.toString('latin1')).toMatch(/^PK[^]*xl\/worksheets\/sheet2\.xml/)

  // The link shows whoever opens it the same; an administrator too, but nobody's words.
  const keeper = await journey.signIn('administrator@sample.example', new URL(link).pathname + new URL(link).search)
  const known = keeper.getByRole('region', { name: 'Контакты · Пришли' })
  await known.getByText(/Посетитель/).waitFor()
  expect(await known.getByRole('link').count(), 'a conversation that one may not read is no link').toBe(0)
  await keeper.getByRole('link', { name: 'Оценки' }).click()
  await keeper.getByText('Слова клиентов администратору не видны').first().waitFor()
  await keeper.getByRole('link', { name: 'Месяц' }).click()
  await keeper.getByRole('heading', { name: 'Таблица' }).waitFor()
  await journey.picture(keeper, 'reports-month')

  const small = await journey.signIn('agent3@sample.example', '/reports/day', phone)
  await small.locator('.figure-value').first().waitFor()
  await journey.picture(small, 'reports-phone')
  expect(await findTooWide(small)).toEqual([])
  expect(await findTooSmall(small)).toEqual([])
}, 180_000)

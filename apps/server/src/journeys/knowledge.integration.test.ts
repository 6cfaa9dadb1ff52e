/** An agent looks something up while answering, without a mouse; and on a phone. */
import { openTestDatabase } from '@otklik/testing/database'
import { phone, startJourney, takeOffer, tapAvailable, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('finds an article by a slip of the finger, reads it, and its words join what was begun', async () => {
  const journey = await startJourney(await openTestDatabase())
  const [anna, customer] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts'), journey.customer()])
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  await write(customer, 'Верните деньги за подписку')
  await takeOffer(anna)
  const composer = anna.locator('.composer textarea')
  const search = anna.getByRole('combobox', { name: 'Поиск по статьям' })
  await anna.keyboard.type('Смотрю правила. Вот они:')

  // What is typed right after the key is for the search, not a letter of it for the customer.
  await anna.keyboard.press('Alt+v')
  await anna.keyboard.type('возрват')
  expect(await search.inputValue()).toBe('возрват')
  expect(await composer.inputValue()).toBe('Смотрю правила. Вот они:')
  await anna.getByRole('option', { name: 'Возврат денег за подписку', selected: true }).waitFor()
  await journey.picture(anna, 'knowledge-found')

  // Esc goes to the reply, the key comes back; before a word stand the articles of the queue.
  await anna.keyboard.press('Escape')
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.press('Alt+v')
  await anna.keyboard.press('Backspace')
  await anna.getByRole('option', { name: 'Нет интернета: что проверить' }).waitFor()
  expect(await anna.getByRole('option').first().textContent()).toContain('Возврат денег за подписку')
  await anna.keyboard.press('ArrowDown')
  await anna.keyboard.press('ArrowDown')
  await anna.getByRole('option', { name: 'Refund for a subscription', selected: true }).waitFor()
  await anna.keyboard.press('ArrowUp')
  await anna.keyboard.press('Enter')
  const article = anna.getByRole('article', { name: 'Возврат денег за подписку' })
  await article.getByRole('listitem').filter({ hasText: 'дату и сумму списания' }).waitFor()
  await journey.picture(anna, 'knowledge-article')

  // What is for our side stays there, also when everything is selected.
  await article.getByText('до 500 рублей решаете сами').waitFor()
  await article.locator('.article-text').selectText()
  const whole = (await anna.evaluate('getSelection().toString()')) as string
  expect(whole).toContain('Деньги вернутся на баланс')
  expect(whole).not.toContain('500 рублей')

  // Of all the words only those that are meant.
  await article.getByText('Деньги вернутся на баланс').selectText()
  await anna.getByRole('button', { name: 'Вставить выделенное' }).click()
  const words = 'Смотрю правила. Вот они: Деньги вернутся на баланс в течение суток, на карту: за 3–5 рабочих дней.'
  await expect.poll(() => composer.inputValue()).toBe(words)
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.press('Enter')
  await customer.getByText(words).waitFor()

  // The address knows where one is, and Back leads out.
  await anna.keyboard.press('Alt+v')
  await search.and(anna.locator(':focus')).waitFor()
  await anna.goBack()
  await anna.getByRole('option').first().waitFor()
  await anna.goBack()
  await anna.getByRole('heading', { name: /^Контакты ·/ }).waitFor()
  await anna.locator('.composer textarea:focus').waitFor()
  await expect.poll(() => new URL(anna.url()).search).toBe('')
}, 120_000)

it('opens as the customer’s card does on a phone, and shows where the words went', async () => {
  const journey = await startJourney(await openTestDatabase())
  const [anna, customer] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts', phone), journey.customer()])
  await tapAvailable(anna)
  await write(customer, 'Нет интернета')
  await anna.getByRole('button', { name: /^Принять/ }).tap()
  await anna.getByRole('button', { name: 'Карточка клиента' }).tap()
  const drawer = anna.getByRole('dialog')
  await drawer.getByRole('button', { name: 'Знания' }).tap()
  await drawer.getByRole('combobox', { name: 'Поиск по статьям' }).fill('интирнет')
  await drawer.getByRole('option', { name: 'Нет интернета: что проверить' }).tap()
  await drawer.getByText('не ограничена ли скорость по тарифу').waitFor()
  await journey.picture(anna, 'knowledge-phone')
  await drawer.getByRole('button', { name: 'Вставить в ответ' }).tap()
  await drawer.waitFor({ state: 'detached' })
  await expect.poll(() => anna.locator('.composer textarea').inputValue()).toMatch(/У клиента\n– выключить и включить мобильные данные(?![^]*ограничена ли скорость)/)
  await anna.getByRole('button', { name: 'Отправить' }).tap()
  await customer.getByText('выключить и включить мобильные данные').waitFor()
}, 120_000)

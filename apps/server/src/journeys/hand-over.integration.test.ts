/** Handing a contact on without a mouse: to a queue, to a colleague, to the second line; and going home with chats in hand. */
import { openTestDatabase } from '@otklik/testing/database'
import { accepted, choosePresence, startJourney, takeOffer, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('goes to a queue, to a colleague and to the second line, each with a note', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { picture } = journey
  const [anna, glen, maria, customer] = await Promise.all([
    journey.signIn('agent1@sample.example', '/contacts'),
    journey.signIn('agent2@sample.example', '/contacts'),
    journey.signIn('agent3@sample.example', '/contacts'),
    journey.customer(),
  ])
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  await write(customer, 'Интернет пропадает каждый вечер')
  await takeOffer(anna)
  await accepted(anna)
  // A supervisor under its address reads who has it.
  const address = anna.url()
  await maria.goto(address)
  await maria.getByText('Его ведёт Анна Белова.').waitFor()
  await maria.getByRole('button', { name: 'К моим контактам' }).click()

  // ---- to a queue ----
  await choosePresence(anna, 'Обед')
  await glen.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await glen.keyboard.press('a')
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.press('Alt+t')
  await anna.getByRole('combobox', { name: 'Очередь или коллега' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('Control+Enter')
  await anna.getByRole('alert').getByText('Выберите, кому передать').waitFor()
  await anna.getByRole('combobox', { name: 'Очередь или коллега' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('св')
  await picture(anna, 'transfer-queue')
  await anna.keyboard.press('Enter')
  await anna.getByRole('textbox', { name: 'Заметка коллеге' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('Роутер уже перезагружал')
  await anna.keyboard.press('Control+Enter')
  await anna.getByText('Контакт переведён: Связь и интернет').waitFor()
  await customer.getByText('Передаём разговор коллеге').waitFor()
  await glen.locator('.offer').waitFor()
  await picture(glen, 'transfer-offer')
  await takeOffer(glen)
  await glen.getByRole('log').getByText('Роутер уже перезагружал').waitFor()
  await glen.getByText('очередь «Связь и интернет»').waitFor()

  // ---- to a colleague ----
  await anna.keyboard.press('Alt+a')
  await glen.keyboard.press('Alt+t')
  await glen.getByRole('option', { name: /Анна Белова.*свободно/ }).waitFor()
  await glen.keyboard.type('анн')
  await picture(glen, 'transfer-colleague')
  await glen.keyboard.press('Enter')
  await glen.getByRole('textbox', { name: 'Заметка коллеге' }).and(glen.locator(':focus')).waitFor()
  await glen.keyboard.type('Аня, это снова к тебе')
  await glen.keyboard.press('Control+Enter')
  await anna.getByText('Почему вы: этот контакт оставлен за вами').waitFor()
  await takeOffer(anna)
  const log = anna.getByRole('log')
  await log.getByText('Аня, это снова к тебе').waitFor()
  await log.getByText('Роутер уже перезагружал').waitFor()
  await expect.poll(() => customer.getByText('Передаём разговор коллеге').count()).toBe(2)

  // ---- to the second line ----
  await maria.keyboard.press('a')
  await anna.keyboard.press('Alt+u')
  await anna.getByRole('textbox', { name: 'Что нужно клиенту' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('Похоже на помехи на линии')
  await picture(anna, 'second-line')
  await anna.keyboard.press('Control+Enter')
  await anna.getByText('Контакт передан на вторую линию').waitFor()
  await customer.getByText('Передаём разговор старшим специалистам').waitFor()
  await takeOffer(maria)
  // The first line hears of it long before its calmer lists are asked for again.
  await anna.getByRole('region', { name: 'На второй линии' }).getByText('в работе:').waitFor({ timeout: 10_000 })
  await maria.getByText('вторая линия').first().waitFor()
  await maria.getByRole('log').getByText('Похоже на помехи на линии').waitFor()
  await maria.keyboard.type('Здравствуйте! Проверяю линию.')
  await maria.keyboard.press('Enter')
  await customer.getByText('Проверяю линию').waitFor()
  await picture(maria, 'second-line-thread')
  await picture(customer, 'second-line-customer')
  expect(await customer.getByText(/Роутер|Аня|помехи/).count(), 'notes are for our side').toBe(0)

  // The issue is told, and the hands are empty again.
  await maria.keyboard.press('Control+Enter')
  await maria.locator('.wrap-up input:focus').waitFor()
  await maria.keyboard.type('не')
  await maria.keyboard.press('Control+Enter')
  await maria.getByText('Сейчас для вас никого нет').waitFor()
}, 120_000)

it('asks what becomes of the chats in hand before it signs out', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { picture } = journey
  const [anna, glen, customer] = await Promise.all([
    journey.signIn('agent1@sample.example', '/contacts'),
    journey.signIn('agent2@sample.example', '/contacts'),
    journey.customer(),
  ])
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  await write(customer, 'Где мой счёт за октябрь?')
  await takeOffer(anna)

  await choosePresence(anna, 'Выйти')
  const question = anna.getByRole('dialog', { name: 'У вас ещё есть контакты' })
  await question.getByText('1 контакт в работе').waitFor()
  await question.getByRole('button', { name: 'Остаться' }).and(anna.locator(':focus')).waitFor()
  await picture(anna, 'sign-out')
  await anna.keyboard.press('Enter')
  await question.waitFor({ state: 'hidden' })
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.type('Сейчас посмотрю')
  await anna.keyboard.press('Enter')
  await customer.getByText('Сейчас посмотрю').waitFor()

  // By mouse there is no place of writing to go back to: the menu's own button has the focus.
  await anna.locator('button.presence').click()
  await anna.getByRole('menuitem', { name: 'Выйти' }).click()
  await question.getByRole('button', { name: 'Остаться' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  await anna.locator('button.presence:focus').waitFor()

  await glen.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await glen.keyboard.press('a')
  await choosePresence(anna, 'Выйти')
  await question.getByRole('button', { name: 'Остаться' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('Tab')
  await anna.keyboard.press('Enter')
  await anna.waitForURL('**/sign-in')
  await anna.getByRole('button', { name: 'Войти' }).waitFor()
  await picture(anna, 'signed-out')
  await takeOffer(glen)
  await glen.getByRole('log').getByText('Сейчас посмотрю').waitFor()
  await customer.getByText('Ищем, кто продолжит разговор').waitFor()
  await picture(glen, 'returned')
}, 120_000)

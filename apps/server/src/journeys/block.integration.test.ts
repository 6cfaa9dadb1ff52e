/** A customer who goes too far is blocked from the desk: the chat ends, a new word is refused kindly, and it can be undone. */
import { openTestDatabase } from '@otklik/testing/database'
import { startJourney, takeOffer, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('blocks a customer, and lets them write again', async () => {
  const journey = await startJourney(await openTestDatabase())
  const [anna, customer] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts'), journey.customer()])
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  await write(customer, 'Вы все воры!!!')
  await takeOffer(anna)

  // ---- a draft that is come back to is gone on with ----
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.type('Мне жаль')
  await anna.getByRole('link', { name: 'Клиенты' }).click()
  await anna.locator('.composer').waitFor({ state: 'detached' })
  await anna.goBack()
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.type(', что так')
  expect(await anna.locator('.composer textarea').inputValue()).toBe('Мне жаль, что так')
  await anna.locator('.composer textarea').fill('')

  const panel = anna.getByRole('complementary', { name: 'Клиент' })
  await panel.getByRole('button', { name: 'Заблокировать' }).click()
  await panel.getByText('Заблокировать? Чат закончится, писать клиент больше не сможет.').waitFor()
  await journey.picture(anna, 'block-ask')
  // In view and under the finger, at each step.
  const focused = (name: string) => panel.getByRole('button', { name }).and(anna.locator(':focus')).waitFor()
  await focused('Заблокировать')
  const question = await panel.getByText('Заблокировать? Чат').boundingBox()
  expect(question && question.y + question.height).toBeLessThan(800)
  await panel.getByRole('button', { name: 'Отменить' }).click()
  await focused('Заблокировать')
  await anna.keyboard.press('Enter')
  await panel.getByText('Заблокировать? Чат').waitFor()
  await focused('Заблокировать')
  await anna.keyboard.press('Enter')
  await panel.getByText('Заблокирован').waitFor()
  await anna.getByRole('region', { name: 'Постобработка' }).waitFor()
  expect(await anna.locator('.wrap-up input:checked').count(), 'nobody has said that it is resolved').toBe(0)
  await anna.getByRole('log').getByText('Клиент заблокирован, чат закончен').waitFor()
  await journey.picture(anna, 'blocked-desk')

  await customer.getByText('Чат недоступен. Свяжитесь с нами другим способом').waitFor()
  const chat = customer.getByRole('dialog')
  expect(await chat.locator('textarea.write, [aria-label="Закончить чат"]').count(), 'nothing to write in, nothing to end').toBe(0)
  expect(await chat.getByText('на связи').count(), 'nobody is said to be there').toBe(0)
  await journey.picture(customer, 'blocked-customer')
  // A reload is no way around it.
  await customer.reload()
  await customer.evaluate('otklik.open()')
  await customer.getByText('Чат недоступен. Свяжитесь с нами другим способом').waitFor()

  await panel.getByRole('button', { name: 'Снять блокировку' }).click()
  await panel.getByRole('button', { name: 'Заблокировать' }).waitFor()
  await customer.reload()
  await customer.evaluate('otklik.open()')
  await write(customer, 'Простите, погорячился')
  await anna.getByRole('log').getByText('Простите, погорячился').waitFor()
}, 120_000)

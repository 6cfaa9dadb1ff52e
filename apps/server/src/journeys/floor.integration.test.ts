/** A supervisor's floor in a browser: it lives, and whatever is done there happens at the agent's and the customer's. */
import { settingsRoutes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { startJourney, takeOffer, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('shows what happens, whispers, takes over and hands on, by keyboard', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { picture } = journey
  const { api } = await journey.administrator()
  const { items } = await api.call(settingsRoutes.agents.list, {})
  const found = items.find(({ email }) => email === 'agent4@sample.example')
  if (!found) throw new Error('the sample has a fourth agent')
  const { id, name, email, language, serves, maxChats, maxTotal, teamId, skills, version } = found
  await api.call(settingsRoutes.agents.put, { params: { id }, body: { name, email, language, serves, maxChats, maxTotal, teamId, skills, version, role: 'supervisor' } })

  const [anna, boss, customer] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts'), journey.signIn('agent4@sample.example', '/floor'), journey.customer()])
  await boss.getByText('Пока никого').or(boss.locator('.floor-table')).first().waitFor()
  const queue = boss.locator('tr[data-queue]', { hasText: 'Связь и интернет' }).or(boss.locator('tr[data-queue]')).first()
  await queue.waitFor()

  // ---- somebody waits, then is in hand ----
  await write(customer, 'Интернет пропадает каждый вечер')
  const waiting = boss.locator('tr[data-queue]').filter({ has: boss.locator('.timer') })
  await waiting.waitFor()
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  await takeOffer(anna)
  const tile = boss.locator('.tile', { hasText: 'Анна Белова' })
  await tile.and(boss.locator('[data-state="engaged"]')).waitFor()
  await expect.poll(() => waiting.count()).toBe(0)
  await picture(boss, 'floor')

  // ---- reading along, and a hint ----
  await tile.click()
  await boss.locator('.slot-row').waitFor()
  await boss.keyboard.press('n')
  const hint = boss.getByRole('textbox', { name: 'Подсказка оператору' })
  await hint.and(boss.locator(':focus')).waitFor()
  await boss.getByRole('log').getByText('Интернет пропадает каждый вечер').waitFor()
  await boss.keyboard.type('Предложите замену роутера')
  await picture(boss, 'floor-hint')
  await boss.keyboard.press('Control+Enter')
  await anna.getByRole('log').getByText('Предложите замену роутера').waitFor()
  await anna.getByText('Читает и Тимур Ахметов').waitFor()
  await picture(anna, 'floor-hinted')
  await boss.getByRole('log').focus()
  await boss.keyboard.press('n')
  await hint.and(boss.locator(':focus')).waitFor()
  await boss.keyboard.press('Escape')
  await boss.locator('.hint-box').waitFor({ state: 'detached' })

  // ---- into the supervisor's own hands ----
  await boss.keyboard.press('o')
  await boss.locator('.composer textarea:focus').waitFor()
  await boss.keyboard.type('Здравствуйте, я старший смены, сейчас разберёмся')
  await boss.keyboard.press('Enter')
  await customer.getByText('Здравствуйте, я старший смены, сейчас разберёмся').waitFor()
  expect(await customer.getByText('Предложите замену роутера').count(), 'the customer never sees a hint').toBe(0)
  await anna.locator('.contact-row').waitFor({ state: 'detached' })

  // ---- an alert, and the wall ----
  await boss.getByRole('link', { name: 'Зал' }).click()
  await boss.locator('.floor-table').waitFor()
  await boss.keyboard.press('e')
  await boss.getByRole('button', { name: 'Добавить' }).click()
  await boss.getByLabel('За порогом, с').fill('0')
  await boss.getByLabel('Больше чем').fill('0')
  await boss.keyboard.press('Control+Enter')
  await boss.getByText('Оповещения сохранены').waitFor()
  await anna.keyboard.press('p')
  await anna.getByRole('menuitem', { name: 'Обед' }).click()
  const other = await journey.customer()
  await write(other, 'Есть кто?')
  await boss.locator('.floor-calls').waitFor()
  await boss.keyboard.press('w')
  await boss.locator('.wall .floor-calls').waitFor()
  await picture(boss, 'wall')
  await boss.context().setOffline(true)
  await boss.locator('.wall[data-stale="true"]').getByText('Нет связи').waitFor()
  await boss.context().setOffline(false)
  await boss.locator('.wall[data-stale="false"]').waitFor()
  // What was understood on the wall is not said again on the floor.
  await boss.getByRole('button', { name: 'Понятно' }).click()
  await boss.locator('.floor-calls').waitFor({ state: 'detached' })
  await boss.keyboard.press('Escape')
  await boss.locator('tr[data-queue]').filter({ has: boss.locator('.timer') }).waitFor()
  expect(await boss.locator('.floor-calls').count()).toBe(0)

  // ---- somebody who waits is handed on; an agent's break ends by the supervisor's hand ----
  await boss.locator('tr[data-queue] .q').filter({ hasText: /./ }).first().waitFor()
  await boss.locator('tr[data-queue]').filter({ has: boss.locator('.timer') }).locator('.q').click()
  await boss.getByRole('checkbox', { name: 'Выбрать всех' }).check()
  await boss.keyboard.press('t')
  await boss.getByRole('combobox', { name: 'Очередь или коллега' }).and(boss.locator(':focus')).waitFor()
  await boss.keyboard.type('анн')
  await boss.keyboard.press('Enter')
  await boss.getByText('Передан 1: Анна Белова').waitFor()
  await tile.click()
  await boss.getByRole('button', { name: 'Сделать доступным' }).click()
  await takeOffer(anna)
  await anna.getByRole('log').getByText('Есть кто?').waitFor()
  await boss.getByRole('button', { name: 'Завершить смену' }).click()
  await boss.getByRole('dialog').getByRole('button', { name: 'Завершить смену' }).click()
  await anna.getByRole('heading', { name: /Вход|Войти/ }).or(anna.locator('.door')).first().waitFor()
}, 120_000)

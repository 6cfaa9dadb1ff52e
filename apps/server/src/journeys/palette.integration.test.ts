/** The palette finds whatever the pages, menus and keys of a person offer, whatever it is called and with nobody in hand. */
import { openTestDatabase } from '@otklik/testing/database'
import { phone, startJourney } from '@otklik/testing/journey'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

const open = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Найти и сделать' }).getByRole('combobox').and(page.locator(':focus')).waitFor()
}
/** Types into the palette, and takes what stands first once it is `name`. */
const take = async (page: Page, typed: string, name: string) => {
  await open(page)
  await page.keyboard.type(typed)
  await page.getByRole('option').first().filter({ hasText: name }).waitFor()
  await page.keyboard.press('Enter')
}
const offers = async (page: Page, typed: string, names: readonly string[]) => {
  await open(page)
  await page.keyboard.type(typed)
  for (const name of names) await page.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

it('finds states, looks, articles and one’s templates for idle hands, and every section for an administrator', async () => {
  const journey = await startJourney(await openTestDatabase())
  const [maria, keeper] = await Promise.all([
    journey.signIn('agent3@sample.example', '/contacts'), journey.signIn('administrator@sample.example', '/settings/agents'),
  ])
  await maria.locator('.presence').waitFor()
  await take(maria, 'обед', 'Обед')
  await maria.locator('.presence').getByText('Обед').waitFor()
  await take(maria, 'тёмн', 'Тёмный')
  await maria.locator('html[data-theme=dark]').waitFor()
  await take(maria, 'system', 'Как в системе')
  await offers(maria, 'перерыв', ['Перерыв'])
  await offers(maria, 'lunch', ['Обед'])
  await offers(maria, 'звук', ['Новый контакт: звук', 'Ответ клиента: звук', 'Проверить звук'])
  await offers(maria, 'sign out', ['Выйти'])
  await take(maria, 'табло', 'На стену')
  await maria.waitForURL('**/floor/wall')
  await maria.goBack()

  await maria.locator('.presence').waitFor()
  await maria.keyboard.press('q')
  const own = maria.getByRole('dialog', { name: 'Мои шаблоны' })
  await own.getByLabel('Название').and(maria.locator(':focus')).waitFor()
  await maria.keyboard.press('Escape')
  await own.waitFor({ state: 'detached' })
  await take(maria, 'мои шаб', 'Мои шаблоны')
  await own.waitFor()
  await maria.keyboard.press('Escape')
  await own.waitFor({ state: 'detached' })

  await open(maria)
  await maria.keyboard.type('интернет')
  await maria.getByRole('option', { name: /Нет интернета.* статья/ }).first().click()
  const article = maria.getByRole('dialog', { name: 'Знания' })
  await article.getByRole('heading', { name: /Нет интернета/ }).first().waitFor()
  await journey.picture(maria, 'palette-article')
  await maria.keyboard.press('Escape')
  await article.waitFor({ state: 'detached' })

  await keeper.locator('.presence').waitFor()
  await take(keeper, 'шаблоны', 'Шаблоны')
  await keeper.waitForURL('**/settings/templates')
  await offers(keeper, 'очереди', ['Очереди'])
  await offers(keeper, 'создать', ['Новая запись: Очереди', 'Новая запись: Шаблоны'])
  await offers(keeper, 'интернет', ['статья'])
  await take(keeper, 'новая запись: нав', 'Новая запись: Навыки')
  await keeper.waitForURL('**/settings/skills/new')

  // Without a keyboard the menu of one's own state opens it.
  const pocket = await journey.signIn('agent1@sample.example', '/contacts', phone)
  await pocket.locator('.presence').tap()
  await pocket.getByRole('menuitem', { name: 'Найти и сделать' }).tap()
  const palette = pocket.getByRole('dialog', { name: 'Найти и сделать' })
  await palette.getByRole('combobox').and(pocket.locator(':focus')).waitFor()
  await pocket.getByRole('menu').waitFor({ state: 'detached' })
  await palette.getByRole('combobox').fill('dark')
  await palette.getByRole('option', { name: 'Тёмный' }).tap()
  await pocket.locator('html[data-theme=dark]').waitFor()
  await expect.poll(() => palette.count()).toBe(0)
}, 120_000)

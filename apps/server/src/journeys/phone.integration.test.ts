/** A screen of 390 pixels, by touch: the agent's desk and the settings. Nothing is wider than the screen. */
import { openTestDatabase } from '@otklik/testing/database'
import { findTooSmall, findTooWide, phone, startJourney, tapAvailable } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('takes, answers and closes a contact on a phone', async () => {
  const journey = await startJourney(await openTestDatabase())
  const anna = await journey.signIn('agent1@sample.example', '/contacts', phone)
  const fits = async (name: string) => {
    await journey.picture(anna, `phone-${name}`)
    expect(await findTooWide(anna), name).toEqual([])
    expect(await findTooSmall(anna), name).toEqual([])
  }
  await tapAvailable(anna)
  const visitor = await journey.running.visitor()
  await visitor.send('Здравствуйте! Списали 450 ₽ за подписку, которую я не подключала')
  const button = anna.getByRole('button', { name: /Принять/ })
  await button.waitFor()
  const box = await button.boundingBox()
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(844)
  expect(box?.height).toBeGreaterThanOrEqual(44)
  await fits('offer')
  await button.tap()
  await anna.getByRole('log').getByText('Списали 450 ₽').waitFor()
  await anna.locator('textarea').fill('Здравствуйте! Сейчас посмотрю.')
  await fits('writing')
  await anna.getByRole('button', { name: 'Отправить' }).tap()
  await visitor.until('the answer', () => visitor.texts().includes('Здравствуйте! Сейчас посмотрю.'))
  await fits('desk')
  const closeDialog = async () => {
    await anna.getByRole('dialog').getByRole('button', { name: 'Закрыть' }).tap()
    await anna.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await anna.getByRole('button', { name: 'Карточка клиента' }).tap()
  await anna.getByRole('dialog', { name: 'Клиент' }).getByText(/^Браузер/).waitFor()
  await fits('customer')
  // Scrolled, the tabs stay below the title.
  await anna.getByRole('dialog').evaluate((drawer) => drawer.scrollTo(0, 200))
  const [title, tabs] = await Promise.all(['.mantine-Drawer-header', '[role="dialog"] .panel-head'].map((part) => anna.locator(part).boundingBox()))
  expect(title && tabs && Math.abs(tabs.y - title.y - title.height)).toBeLessThan(1)
  await journey.picture(anna, 'phone-customer-scrolled')
  await closeDialog()
  await anna.getByRole('button', { name: 'Перевести' }).tap()
  await anna.getByRole('option', { name: 'Связь и интернет' }).waitFor()
  await fits('transfer')
  await closeDialog()
  await anna.getByRole('button', { name: 'Завершить' }).tap()
  await anna.getByRole('option', { name: 'Возврат денег' }).tap()
  await fits('wrap-up')
  await anna.getByRole('button', { name: 'Готово' }).tap()
  await anna.getByText('1 за день').waitFor()
  await fits('done')
}, 120_000)

it('keeps the settings on a phone', async () => {
  const journey = await startJourney(await openTestDatabase())
  const admin = await journey.signIn('administrator@sample.example', '/settings', phone)
  const sections = admin.getByRole('navigation', { name: 'Настройки' })
  const kinds = { agents: 'Сотрудники', sites: 'Площадки', queues: 'Очереди', channels: 'Чат на сайте', dispositions: 'Итоги', company: 'Компания' }
  for (const [kind, title] of Object.entries(kinds)) {
    await sections.getByRole('link', { name: title }).tap()
    await admin.getByRole('heading', { name: title, level: 1 }).waitFor()
    const first = admin.getByRole('table').getByRole('link').first()
    await (kind === 'company' ? admin.getByLabel('Название') : first).waitFor()
    await journey.picture(admin, `phone-settings-${kind}`)
    expect(await findTooWide(admin), title).toEqual([])
    if (kind === 'company') continue
    await first.tap()
    const form = admin.getByRole('region', { name: 'Правка' })
    await form.getByRole('button', { name: 'Сохранить' }).waitFor()
    await journey.picture(admin, `phone-settings-${kind}-form`)
    expect(await findTooWide(admin), `${title}, form`).toEqual([])
    await form.getByRole('button', { name: 'Закрыть' }).tap()
    await first.waitFor()
  }
}, 120_000)

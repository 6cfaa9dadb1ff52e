/** Ready answers by `/`, a macro that closes, one's own, and the palette; without a mouse. */
import { settingsRoutes } from '@otklik/contract/routes'
import type { TemplateId } from '@otklik/model/ids'
import { openTestDatabase } from '@otklik/testing/database'
import { ask, startJourney, takeOffer, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('answers with a template, keeps one’s own, closes with a macro, and finds everything in the palette', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { api } = await journey.administrator()
  const { items } = await api.call(settingsRoutes.dispositions.list, {})
  const refund = items.find(({ name }) => name === 'Возврат денег')
  if (!refund) throw new Error('the sample has this outcome')
  const put = (name: string, ru: string, dispositionId: typeof refund.id | null) =>
    api.call(settingsRoutes.templates.put, {
      params: { id: crypto.randomUUID() as TemplateId },
      body: { name, ru, en: '', dispositionId, resolved: true, version: 0 },
    })
  await put('Приветствие', 'Здравствуйте, {{имя}}! Меня зовут {{оператор}}.', null)
  await put('Вернули деньги', 'Вернули деньги на счёт. Хорошего дня!', refund.id)
  const [anna, customer] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts'), journey.customer()])
  // By mouse for once: the state's button keeps the focus, and an offer takes Enter all the same.
  await anna.locator('.presence').click()
  await anna.getByRole('menuitem', { name: 'Принимать контакты' }).click()
  await anna.locator('.presence:focus').waitFor()
  await write(customer, 'Верните 450 рублей')
  await takeOffer(anna)

  await anna.keyboard.type('/прив')
  await anna.getByRole('option', { name: 'Приветствие' }).waitFor()
  await journey.picture(anna, 'template-menu')
  await anna.keyboard.press('Enter')
  await expect.poll(() => anna.locator('.composer textarea').inputValue()).toBe('Здравствуйте! Меня зовут Анна Белова.')
  await anna.keyboard.press('Enter')
  await customer.getByText('Меня зовут Анна Белова.').waitFor()

  // While the list is fetched anew, and where it has nothing to offer, a slash and letters never go to the customer.
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await anna.route('**/desk/templates', async (route) => {
    await held
    await route.continue()
  })
  const refetched = anna.waitForRequest('**/desk/templates')
  await put('Возврат', 'Оформим возврат.', null)
  await refetched
  const field = anna.locator('.composer textarea')
  await anna.keyboard.type('/прив')
  await anna.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('Здравствуйте! Меня зовут Анна Белова.')
  letGo()
  await field.fill('')
  await anna.keyboard.type('/щщщ')
  await anna.getByText('Такого шаблона нет. Чтобы отправить как есть: Esc, затем Enter').waitFor()
  await anna.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('/щщщ')
  await anna.keyboard.press('Escape')
  await anna.keyboard.press('Enter')
  await customer.getByText('/щщщ').waitFor()

  // One's own, out of what is being written.
  await anna.keyboard.type('Проверяю начисления, минуту')
  await anna.keyboard.press('Alt+q')
  const dialog = anna.getByRole('dialog', { name: 'Мои шаблоны' })
  await dialog.getByLabel('Название').and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('Минуту')
  expect(await dialog.getByLabel('По-русски').inputValue()).toBe('Проверяю начисления, минуту')
  await anna.keyboard.press('Control+Enter')
  await anna.getByText('Сохранено').waitFor()
  await journey.picture(anna, 'own-templates')
  // Letters choose an outcome; saved at once, it is the one that is marked.
  const outcome = dialog.getByRole('combobox', { name: 'Закрывать с итогом' })
  const kept = () => journey.running.otklik.database.pool.query<{ id: string | null }>(`select disposition_id as id from template where name = 'Минуту'`).then(({ rows: [row] }) => row?.id)
  await outcome.focus()
  await anna.keyboard.type('возв')
  await anna.getByRole('option', { name: 'Возврат денег' }).waitFor()
  await anna.keyboard.press('Control+Enter')
  await expect.poll(kept).toBe(refund.id)
  await dialog.locator('button[data-loading]').waitFor({ state: 'detached' })
  await outcome.fill('')
  await anna.keyboard.press('Control+Enter')
  await expect.poll(kept).toBe(null)
  await dialog.locator('button[data-loading]').waitFor({ state: 'detached' })
  await dialog.getByLabel('Название').focus()
  await anna.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await anna.locator('.composer textarea').fill('')

  // By the palette: the template joins what is written, and Ctrl Z takes it back.
  await anna.keyboard.type('Марина,')
  await anna.keyboard.press('Control+k')
  const palette = anna.getByRole('dialog', { name: 'Найти и сделать' })
  await palette.getByRole('combobox').and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('мин')
  await palette.getByRole('option').first().filter({ hasText: 'Минуту' }).waitFor()
  await journey.picture(anna, 'palette')
  await anna.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('Марина, Проверяю начисления, минуту')
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.press('Control+z')
  await expect.poll(() => field.inputValue()).toBe('Марина,')
  // The same within an answer, in the place of the slash and its letters.
  await anna.keyboard.type(' /мин')
  await anna.getByRole('option', { name: 'Минуту' }).waitFor()
  await anna.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('Марина, Проверяю начисления, минуту')
  await anna.keyboard.press('Enter')
  await customer.getByText('Марина, Проверяю начисления, минуту').waitFor()
  // What is typed at once is for the dialog, never for the customer behind it.
  await anna.keyboard.press('Control+k')
  await anna.keyboard.type('история')
  expect(await anna.locator('.composer textarea').inputValue()).toBe('')
  await anna.keyboard.press('Enter')
  const story = anna.getByRole('dialog', { name: 'История контакта' })
  await story.getByText('Первый ответ: Анна Белова').waitFor()
  await anna.keyboard.press('Escape')
  await story.waitFor({ state: 'detached' })

  // A customer by a word of the name, behind the contact of the same name.
  const { rows: known } = await journey.running.otklik.database.pool.query<{ id: string; version: number }>('select id, version from customer')
  await ask(anna, 'PUT', `/customers/${known[0]?.id}/name`, { name: 'Мария Семёнова', version: known[0]?.version })
  await anna.getByRole('heading', { name: 'Мария Семёнова' }).first().waitFor()
  await anna.keyboard.press('Control+k')
  await anna.keyboard.type('семен')
  const hit = palette.getByRole('option', { name: 'Мария Семёнова клиент' })
  await hit.waitFor()
  await anna.keyboard.press('ArrowDown')
  await hit.and(anna.locator('[aria-selected="true"]')).waitFor()
  await journey.picture(anna, 'palette-customer')
  await anna.keyboard.press('Enter')
  await anna.waitForURL(`**/customers/${known[0]?.id}`)
  await anna.goBack()

  // The customer turns out to write English: from the card on, templates speak it, and one answer may still be in Russian.
  const said = { ru: 'Минуту, {{имя}}.', en: 'One moment, {{name}}.' }
  await api.call(settingsRoutes.templates.put, { params: { id: crypto.randomUUID() as TemplateId }, body: { name: 'Подождите', ...said, dispositionId: null, resolved: true, version: 0 } })
  await anna.getByRole('button', { name: 'Язык клиента: Русский' }).click()
  await anna.getByRole('menuitemradio', { name: 'English' }).click()
  await anna.getByRole('button', { name: 'Язык клиента: English' }).waitFor()
  await field.focus()
  await anna.keyboard.type('/подо')
  const waitOption = anna.getByRole('option', { name: 'Подождите' })
  await waitOption.getByText('One moment, Мария Семёнова.').waitFor()
  await anna.getByText('вставить по-русски').waitFor()
  await journey.picture(anna, 'template-other-language')
  await anna.keyboard.press('Shift+Enter')
  await expect.poll(() => field.inputValue()).toBe('Минуту, Мария Семёнова.')
  await field.fill('')
  await anna.keyboard.type('/подо')
  await waitOption.getByText('RU', { exact: true }).click()
  await expect.poll(() => field.inputValue()).toBe('Минуту, Мария Семёнова.')
  await field.fill('')
  // Put back before its slash, the cursor leaves it asking: nothing of it goes to the customer.
  await anna.keyboard.type('/подо')
  await waitOption.waitFor()
  await anna.keyboard.press('Home')
  await waitOption.waitFor()
  await anna.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('One moment, Мария Семёнова.')
  await field.fill('')

  // A macro says what it will do, and does it after the words.
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.type('/верн')
  await anna.getByRole('option', { name: 'Вернули деньги' }).waitFor()
  await anna.keyboard.press('Enter')
  await anna.getByText('После отправки закроется: «Возврат денег»').waitFor()
  await journey.picture(anna, 'macro')
  // It stays with the words that it came with, whatever becomes of the page.
  await anna.reload()
  await anna.getByText('После отправки закроется: «Возврат денег»').waitFor()
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.press('Enter')
  await customer.getByText('Вернули деньги на счёт. Хорошего дня!').waitFor()
  await customer.getByText('Мы вам помогли?').waitFor()
  await anna.getByText('1 за день').waitFor()
  const { rows } = await journey.running.otklik.database.pool.query('select disposition_id as id, resolved from contact')
  expect(rows).toEqual([{ id: refund.id, resolved: true }])
}, 120_000)

/** A customer is found with a slip of the finger, written about, found to be somebody else and again not, handed out, and erased. */
import { readFile } from 'node:fs/promises'
import { openTestDatabase } from '@otklik/testing/database'
import { ask, findTooSmall, findTooWide, phone, startJourney, takeOffer, write } from '@otklik/testing/journey'
import { expect, it } from 'vitest'

it('finds, writes, merges and parts, exports, erases', async () => {
  const journey = await startJourney(await openTestDatabase())
  const anna = await journey.signIn('agent1@sample.example', '/contacts')
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')

  // Two visits of one person; of the first the name is known.
  const first = await journey.customer()
  await write(first, 'Мой роутер снова не видит сети')
  await takeOffer(anna)
  await anna.keyboard.press('Alt+m')
  await anna.getByRole('textbox', { name: 'Как к нему обращаться' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('Семён Соловьёв')
  await anna.keyboard.press('Enter')
  await anna.getByRole('heading', { name: 'Семён Соловьёв' }).first().waitFor()
  const second = await journey.customer()
  await write(second, 'Ещё вопрос про счёт')
  await anna.keyboard.press('Escape')
  await takeOffer(anna)

  const boss = await journey.signIn('agent3@sample.example', '/contacts')
  await boss.getByRole('heading', { name: 'Мои контакты' }).waitFor()
  await boss.keyboard.press('s')
  const field = boss.getByRole('searchbox', { name: 'Найти клиента' })
  await field.and(boss.locator(':focus')).waitFor()
  await boss.keyboard.type('соловьев симён') // е for ё, and a slip
  const people = boss.getByRole('region', { name: 'Клиенты' })
  await people.getByRole('link', { name: /Семён Соловьёв/ }).waitFor()
  await boss.keyboard.press('ArrowDown')
  await people.getByRole('link').first().and(boss.locator(':focus')).waitFor()
  await boss.keyboard.press('Enter')
  const card = boss.getByRole('main', { name: 'Клиент' })
  await card.getByRole('heading', { name: 'Семён Соловьёв' }).waitFor()
  expect(boss.url()).not.toContain('%D1')
  expect(new URL(boss.url()).search).toBe('')
  // Too often is waited out, not said, and what was found stays.
  let refusals = 0
  await boss.route('**/customers/find', (route) =>
    refusals++ === 0
      ? route.fulfill({ status: 429, contentType: 'application/problem+json', json: { type: 'about:blank', title: '', status: 429, code: 'rateLimited', retryAfterSeconds: 1 } })
      : route.continue())
  await field.fill('роутеры')
  await boss.getByRole('region', { name: 'В переписке' }).locator('mark', { hasText: 'роутер' }).waitFor()
  expect(refusals).toBeGreaterThan(1)
  await people.getByText('Так никого не зовут').waitFor()
  await journey.picture(boss, 'customers-found')

  await card.getByRole('button', { name: 'Добавить заметку' }).click()
  await card.locator('textarea:focus').waitFor()
  await boss.keyboard.type('Живёт у вышки: связь пропадает в грозу')
  await boss.keyboard.press('Control+Enter')
  await card.getByRole('listitem').filter({ hasText: 'связь пропадает в грозу' }).waitFor()
  // The fingers go on from where the form was.
  await card.getByRole('button', { name: 'Добавить заметку' }).and(boss.locator(':focus')).waitFor()
  await card.getByRole('button', { name: 'Добавить сведение' }).click()
  await boss.keyboard.type('Договор')
  await boss.keyboard.press('Tab')
  await boss.keyboard.type('№ 4471')
  await boss.keyboard.press('Enter')
  await card.getByText('№ 4471').waitFor()
  await card.getByRole('button', { name: 'Добавить сведение' }).and(boss.locator(':focus')).waitFor()
  // The agent who holds the customer sees it without doing anything.
  await anna.getByRole('link', { name: /Семён Соловьёв/ }).first().click()
  await anna.getByText('связь пропадает в грозу').waitFor()
  await anna.getByText('№ 4471').waitFor()
  // The card by its key, and back.
  await anna.locator('.composer textarea:focus').waitFor()
  const firstOfCard = anna.locator('.panel-inner button').first().and(anna.locator(':focus'))
  for (const back of ['Escape', 'i']) {
    await anna.keyboard.press('Alt+i')
    await firstOfCard.waitFor()
    await anna.keyboard.press(back)
    await anna.locator('.composer textarea:focus').waitFor()
  }
  await anna.getByRole('button', { name: 'Добавить телефон или почту' }).click()
  await anna.keyboard.type('+79161234567')
  await anna.keyboard.press('Enter')
  await anna.getByRole('button', { name: 'Добавить телефон или почту' }).and(anna.locator(':focus')).waitFor()
  // What is typed says by itself that it is an address.
  await anna.keyboard.press('Enter')
  await anna.getByRole('textbox', { name: 'Телефон' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('semyon@example.ru')
  await anna.getByRole('textbox', { name: 'Почта' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('Enter')
  await anna.getByText('s•••@example.ru').waitFor()

  // Both write the same attribute: whoever comes second keeps what was typed and chooses.
  await anna.getByRole('button', { name: /№ 4471/ }).click()
  await anna.getByRole('textbox', { name: 'Значение' }).fill('№ 4471-А')
  await card.getByRole('button', { name: /№ 4471/ }).click()
  await card.getByRole('textbox', { name: 'Значение' }).fill('№ 4471-Б')
  await boss.keyboard.press('Enter')
  await card.getByText('№ 4471-Б').waitFor()
  await anna.getByRole('textbox', { name: 'Значение' }).press('Enter')
  await anna.getByText('Сейчас там: Договор: № 4471-Б').waitFor()
  expect(await anna.getByRole('textbox', { name: 'Значение' }).inputValue()).toBe('№ 4471-А')
  await journey.picture(anna, 'customers-conflict')
  await anna.getByRole('button', { name: 'Оставить моё' }).click()
  await anna.getByRole('button', { name: /№ 4471-А/ }).waitFor()

  const openMerge = async (query: string) => {
    await card.getByRole('button', { name: 'Действия' }).click()
    await boss.getByRole('menuitem', { name: 'Тот же человек, что…' }).click()
    const dialog = boss.getByRole('dialog', { name: 'Тот же человек' })
    await dialog.getByRole('textbox').and(boss.locator(':focus')).waitFor()
    await boss.keyboard.type(query)
    await dialog.getByRole('button', { name: /Посетитель/ }).first().click()
    return dialog
  }
  const desk = await ask<{ contacts: { customer: { name: string | null; number: number } }[] }>(anna, 'GET', '/desk')
  const other = String(desk.contacts.find(({ customer }) => customer.name === null)?.customer.number)
  // Found, though the card is closed to whoever looks: seen, and not to be chosen.
  await anna.route('**/customers/find', async (route) => {
    const response = await route.fetch()
    const { items, ...more } = (await response.json()) as { items: object[] }
    await route.fulfill({ response, json: { ...more, items: items.map((item) => ({ ...item, mayOpen: false })) } })
  })
  await anna.locator('[data-merges]').click()
  const closed = anna.getByRole('dialog', { name: 'Тот же человек' })
  await closed.getByRole('textbox').and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type(other)
  await closed.getByRole('note', { name: `Посетитель ${other}` }).getByText('закрыта').waitFor()
  await closed.getByText('Объединить может тот, кому открыты обе карточки, например супервизор').waitFor()
  await journey.picture(anna, 'customers-merge-closed')
  await anna.keyboard.press('Escape')
  await closed.waitFor({ state: 'detached' })
  await anna.unroute('**/customers/find')

  const refused = await openMerge(other)
  await refused.getByText('Оба сейчас пишут в одном и том же чате').waitFor()
  expect(await refused.getByRole('button', { name: 'Объединить' }).isDisabled()).toBe(true)
  await boss.keyboard.press('Escape')

  await anna.getByRole('link', { name: /Посетитель/ }).first().click()
  await anna.getByRole('log').getByText('Ещё вопрос про счёт').waitFor()
  await anna.keyboard.press('Alt+r')
  await anna.keyboard.press('Control+Enter')
  await anna.getByRole('combobox').and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('ArrowDown')
  await anna.keyboard.press('Enter')
  await anna.keyboard.press('Control+Enter')
  await anna.getByRole('link', { name: /Посетитель/ }).first().waitFor({ state: 'detached' })
  await anna.getByText('1 за день').waitFor() // the server has closed it, too
  const dialog = await openMerge(other)
  await dialog.getByText(`Посетитель ${other} → Семён Соловьёв`).waitFor()
  await journey.picture(boss, 'customers-merge')
  const keeper = await journey.signIn('administrator@sample.example', '/customers')
  // Whoever presses twice does it once, here and below.
  const asked: string[] = []
  for (const page of [boss, keeper])
    page.on('request', (request) => {
      const [, what] = /\/(merge|undo|erase)(?:\/[^/]*)?$/.exec(request.url()) ?? []
      if (request.method() === 'POST' && what !== undefined) asked.push(what)
    })
  await dialog.getByRole('button', { name: 'Объединить' }).click()
  const merges = card.getByRole('region', { name: 'Объединён с' })
  await merges.getByText(`Посетитель ${other}`).waitFor()
  await card.getByText('Контакты · 2').waitFor()
  await card.getByRole('link', { name: /Ещё вопрос про счёт/ }).waitFor()
  await merges.getByRole('button', { name: 'Разъединить' }).click()
  await merges.waitFor({ state: 'detached' })
  await card.getByRole('button', { name: 'Действия' }).and(boss.locator(':focus')).waitFor()
  await card.getByText('Контакты · 1').waitFor()

  await card.getByRole('button', { name: 'Действия' }).click()
  const [download] = await Promise.all([boss.waitForEvent('download'), boss.getByRole('menuitem', { name: 'Выгрузить данные' }).click()])
  const number = /customer-(\d+)\.json/.exec(download.suggestedFilename())?.[1] ?? ''
  const document = await readFile(await download.path(), 'utf8')
  for (const words of ['Семён Соловьёв', 'Мой роутер снова не видит сети', '№ 4471-А', 'связь пропадает в грозу']) expect(document).toContain(words)
  expect(document).not.toContain('Ещё вопрос про счёт')

  // On a phone: found, read, back to the search.
  const small = await journey.signIn('agent3@sample.example', '/customers', phone)
  await small.getByRole('searchbox').fill(number)
  await small.getByRole('link', { name: /Семён Соловьёв/ }).click()
  await small.getByRole('heading', { name: 'Семён Соловьёв' }).waitFor()
  await journey.picture(small, 'customers-phone-card')
  expect(await findTooWide(small)).toEqual([])
  expect(await findTooSmall(small)).toEqual([])
  await small.goBack()
  await small.getByRole('link', { name: /Семён Соловьёв/ }).waitFor()
  await journey.picture(small, 'customers-phone-list')
  expect(await findTooSmall(small)).toEqual([])

  await keeper.getByRole('searchbox').and(keeper.locator(':focus')).waitFor()
  await keeper.keyboard.type(`№ ${number}`)
  await keeper.getByRole('link', { name: /Семён Соловьёв/ }).waitFor()
  await keeper.keyboard.press('Enter')
  await keeper.getByText('Слова, заметки и сведения администратору не видны.').waitFor()
  expect(await keeper.getByText('связь пропадает в грозу').count()).toBe(0)
  await keeper.getByRole('button', { name: 'Действия' }).click()
  await keeper.getByRole('menuitem', { name: 'Стереть клиента' }).click()
  const erase = keeper.getByRole('dialog', { name: 'Стереть клиента навсегда' })
  await erase.getByRole('textbox').and(keeper.locator(':focus')).waitFor()
  await keeper.keyboard.type(`${number}0`)
  expect(await erase.getByRole('button', { name: 'Стереть клиента' }).isDisabled()).toBe(true)
  await keeper.keyboard.press('Enter')
  await erase.getByText('Это не его номер, ничего не стёрто').waitFor()
  await keeper.keyboard.press('Backspace')
  await journey.picture(keeper, 'customers-erase')
  await erase.getByRole('button', { name: 'Стереть клиента' }).click()
  await keeper.getByText('Клиент стёрт').waitFor()
  expect(asked).toEqual(['merge', 'undo', 'erase'])
  await keeper.getByText('Кого ищем?').or(keeper.getByText('Никого не нашли')).first().waitFor()

  await anna.getByRole('link', { name: /Семён Соловьёв/ }).first().waitFor({ state: 'detached' })
  await boss.getByText('Этой карточки нет').waitFor()
  await boss.getByText('Таких слов в переписке нет').waitFor()
  await journey.picture(boss, 'customers-gone')
}, 120_000)

/** What happens under an agent's fingers: words that were meant for our side must never reach the customer. */
import { settingsRoutes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { accepted, enterTwice, findTooWide, phone, seenOffer, startJourney, takeOffer, tapAvailable, type Journey } from '@otklik/testing/journey'
import type { Page } from 'playwright-core'
import { beforeEach, expect, it } from 'vitest'

let journey: Journey
beforeEach(async () => {
  journey = await startJourney(await openTestDatabase())
})

const available = async (email: string, more = {}): Promise<Page> => {
  const page = await journey.signIn(email, '/contacts', more)
  await page.getByText('Принимать контакты').first().waitFor()
  await page.keyboard.press('a')
  await page.getByText('Сейчас для вас никого нет').first().waitFor()
  return page
}
const log = (page: Page, text: string) => page.getByRole('log').getByText(text)
const wrapUp = (page: Page) => page.locator('.wrap-up')

it('keeps the note a note when the customer writes again, and turns to the answer only by a key', async () => {
  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  await visitor.send('Где мой счёт?')
  await takeOffer(anna)
  await anna.keyboard.type('Отправила на почту')
  await anna.keyboard.press('Enter')
  await visitor.until('the answer', () => visitor.texts().includes('Отправила на почту'))
  await anna.keyboard.press('Control+Enter')
  await wrapUp(anna).locator('input:focus').waitFor()
  await anna.keyboard.type('ре')
  await anna.keyboard.press('Enter')
  await wrapUp(anna).locator('textarea:focus').waitFor()
  await anna.keyboard.type('Клиент груб,')
  await visitor.send('Ничего не пришло!')
  await wrapUp(anna).getByText('Клиент снова пишет: разговор открыт').waitFor()
  await anna.keyboard.type(' но прав')
  await anna.keyboard.press('Enter')
  await journey.picture(anna, 'writes-again-ru')
  expect(await wrapUp(anna).locator('textarea').inputValue()).toBe('Клиент груб, но прав\n')
  // Ctrl Enter would have closed the contact: it leads to the answer's key, and no further.
  await anna.keyboard.press('Control+Enter')
  await wrapUp(anna).getByRole('button', { name: 'Ответить' }).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.press('Alt+r')
  await anna.locator('.composer textarea:focus').waitFor()
  await anna.keyboard.type('Проверьте ещё раз, пожалуйста')
  await anna.keyboard.press('Enter')
  await visitor.until('the second answer', () => visitor.texts().includes('Проверьте ещё раз, пожалуйста'))
  await anna.keyboard.press('Control+Enter')
  await wrapUp(anna).waitFor()
  expect(await wrapUp(anna).locator('textarea').inputValue(), 'the note has waited').toBe('Клиент груб, но прав\n')
  expect(visitor.texts().join(' ')).not.toContain('груб')
}, 120_000)

it('moves nobody when the wrap-up time is over: what is typed on goes nowhere', async () => {
  const { api } = await journey.administrator()
  const { items } = await api.call(settingsRoutes.queues.list, {})
  for (const queue of items.filter(({ line }) => line === 1)) {
    const { id, archivedAt, ...write } = queue
    expect(archivedAt).toBeNull()
    await api.call(settingsRoutes.queues.put, { params: { id }, body: { ...write, wrapUpSeconds: 15 } })
  }
  const anna = await available('agent1@sample.example')
  const [first, second] = await Promise.all([journey.running.visitor(), journey.running.visitor()])
  await first.send('Первый')
  await takeOffer(anna)
  await second.send('Второй')
  await seenOffer(anna).waitFor()
  await anna.keyboard.press('Enter')
  await anna.locator('.contact-row').nth(1).waitFor()
  await anna.getByRole('link', { name: 'Первый' }).click()
  await log(anna, 'Первый').waitFor()
  await accepted(anna)
  await anna.keyboard.press('Control+Enter')
  await wrapUp(anna).locator('input:focus').waitFor()
  await anna.keyboard.type('ре')
  await anna.keyboard.press('Enter')
  await wrapUp(anna).locator('textarea:focus').waitFor()
  // The whole time writing: the limit falls into the middle of a word.
  const typeOn = async () => {
    const deadline = Date.now() + 35_000
    while ((await wrapUp(anna).count()) > 0 && Date.now() < deadline) await anna.keyboard.type('тут', { delay: 60 })
    await anna.keyboard.type('тайна', { delay: 60 })
    await anna.keyboard.press('Enter')
  }
  // Said for some seconds only: looked for from before it comes.
  await Promise.all([anna.getByText('Время вышло, контакт закрыт с итогом').waitFor({ timeout: 40_000 }), typeOn()])
  expect(await anna.getByRole('dialog').count(), 'letters that went on were no commands').toBe(0)
  await anna.getByText('Этот контакт уже не у вас').waitFor()
  await journey.picture(anna, 'wrap-up-over')
  await anna.getByRole('link', { name: 'Второй' }).click()
  await log(anna, 'Второй').waitFor()
  expect(await anna.locator('.composer textarea').inputValue()).toBe('')
}, 120_000)

it('goes on writing notes after a note, and takes nothing with the second of two quick Enters', async () => {
  const anna = await available('agent1@sample.example')
  const [first, second] = await Promise.all([journey.running.visitor(), journey.running.visitor()])
  await first.send('Первый')
  await takeOffer(anna)
  await anna.keyboard.press('Alt+n')
  for (const note of ['Первая заметка', 'Вторая заметка']) {
    await anna.keyboard.type(note)
    await anna.keyboard.press('Enter')
    await log(anna, note).waitFor()
  }
  await anna.reload()
  await anna.locator('.composer[data-mode=note] textarea').waitFor()
  await anna.keyboard.press('Alt+r')
  await second.send('Второй')
  await seenOffer(anna).waitFor()
  await anna.keyboard.type('Здравствуйте')
  await enterTwice(anna)
  await first.until('the answer', () => first.texts().includes('Здравствуйте'))
  await anna.keyboard.press('Escape')
  await anna.keyboard.press('Escape')
  expect(await anna.locator('.offer').count(), 'neither taken nor declined').toBe(1)
  expect(first.texts().join(' ')).not.toContain('заметка')
  // Nobody else is there, so that it is soon offered again: the answer tells, not that the card is gone.
  const declined = anna.waitForResponse((response) => response.url().endsWith('/decline') && response.ok())
  await anna.keyboard.press('Alt+x')
  await declined
}, 120_000)

it('warns of a second line where nobody is, and says from whom a contact comes', async () => {
  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  await visitor.send('Интернет пропадает')
  await takeOffer(anna)
  await anna.keyboard.press('Alt+u')
  await anna.getByText('Там сейчас никого нет на линии').waitFor()
  await anna.keyboard.type('Похоже на помехи')
  await journey.picture(anna, 'nobody-there')
  await anna.keyboard.press('Control+Enter')
  await anna.getByText('Контакт передан на вторую линию').waitFor()
  const maria = await journey.signIn('agent3@sample.example', '/contacts')
  await maria.getByText('Принимать контакты').first().waitFor()
  await maria.keyboard.press('a')
  const offer = seenOffer(maria)
  await offer.getByText('На вторую линию передаёт Анна Белова').waitFor()
  await offer.getByText('Похоже на помехи').waitFor()
  await journey.picture(maria, 'handed')
  await maria.keyboard.press('Alt+x')
  await offer.waitFor({ state: 'detached' })
}, 120_000)

it('shows an offer over the customer card of a phone, and Back closes the card first', async () => {
  const anna = await journey.signIn('agent1@sample.example', '/contacts', phone)
  await tapAvailable(anna)
  const [first, second] = await Promise.all([journey.running.visitor(), journey.running.visitor()])
  await first.send('Первый')
  await anna.getByRole('button', { name: /Принять/ }).tap()
  await log(anna, 'Первый').waitFor()
  await anna.getByRole('button', { name: 'Карточка клиента' }).tap()
  const card = anna.getByRole('dialog', { name: 'Клиент' })
  await card.getByText(/^Браузер/).waitFor()
  await second.send('Второй')
  await card.getByRole('button', { name: /Принять/ }).waitFor()
  await journey.picture(anna, 'phone-card-offer')
  expect(await findTooWide(anna)).toEqual([])
  await anna.goBack()
  await card.waitFor({ state: 'detached' })
  await log(anna, 'Первый').waitFor()
  await anna.getByRole('button', { name: 'Карточка клиента' }).tap()
  await card.getByRole('button', { name: /Принять/ }).tap()
  await card.waitFor({ state: 'detached' })
  await log(anna, 'Второй').waitFor()
}, 120_000)

/** What a hidden tab would show, in the place of the system's own. */
const hide = `
  Object.defineProperty(document, 'hidden', { get: () => true })
  document.dispatchEvent(new Event('visibilitychange'))
  globalThis.shown = []
  globalThis.Notification = class {
    static permission = 'granted'
    constructor(title, { body }) { shown.push(title + ' ' + body) }
  }`

it('calls for a customer’s answer while nobody looks, once and without their words', async () => {
  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  await visitor.send('Интернет пропадает')
  await takeOffer(anna)
  await log(anna, 'Интернет пропадает').waitFor()
  await anna.keyboard.type('Проверяю')
  await anna.keyboard.press('Enter')
  await visitor.until('the answer', () => visitor.texts().includes('Проверяю'))
  await anna.evaluate(hide)
  await visitor.send('Пароль 1234')
  await visitor.send('И ещё вот что')
  await log(anna, 'И ещё вот что').waitFor()
  await expect.poll(() => anna.evaluate('shown')).toEqual([expect.stringMatching(/^Клиент ответил: .*Откройте Отклик/)])
  expect(JSON.stringify(await anna.evaluate('shown'))).not.toContain('1234')
  expect(await anna.title()).toMatch(/^\(1\) /)
}, 120_000)

it('is back at the answer when the end is refused, and ends nothing while a message has not gone', async () => {
  const anna = await available('agent1@sample.example')
  // Asked to refuse long before it has to: a browser that begins to hold requests may let the next one by.
  const refusing = new Map<string, 'unavailable' | 'fileGone'>()
  for (const path of ['end', 'messages'])
    await anna.route(`**/${path}`, (route) => {
      const code = route.request().method() === 'POST' ? refusing.get(path) : undefined
      if (code === undefined) return route.continue()
      refusing.delete(path)
      const status = code === 'unavailable' ? 503 : 409
      return route.fulfill({ status, contentType: 'application/problem+json', json: { type: 'about:blank', title: '', status, code } })
    })
  const visitor = await journey.running.visitor()
  await visitor.send('Где мой счёт?')
  await takeOffer(anna)
  const field = anna.locator('.composer textarea')
  await accepted(anna)
  refusing.set('end', 'unavailable')
  await anna.keyboard.press('Control+Enter')
  await anna.getByText('Сервер перезапускается').waitFor()
  await field.and(anna.locator(':focus')).waitFor()
  expect(await wrapUp(anna).count(), 'the customer has not written').toBe(0)

  refusing.set('messages', 'fileGone')
  await anna.keyboard.type('Выслала ещё раз')
  await anna.keyboard.press('Enter')
  await log(anna, 'Не отправлено').waitFor()
  for (const key of ['Control+Enter', 'Alt+z', 'Alt+t']) {
    await anna.keyboard.press(key)
    await anna.getByText('Сообщение не ушло: дождитесь его').waitFor()
    await anna.getByRole('button', { name: 'Отправить ещё раз' }).and(anna.locator(':focus')).waitFor()
  }
  await journey.picture(anna, 'not-gone')
  expect(await anna.getByRole('dialog').count()).toBe(0)
  await anna.keyboard.press('Enter')
  await visitor.until('the answer', () => visitor.texts().includes('Выслала ещё раз'))
  await log(anna, 'Не отправлено').waitFor({ state: 'detached' })
  await anna.keyboard.press('Control+Enter')
  await wrapUp(anna).locator('input:focus').waitFor()
}, 120_000)

it('takes by Ctrl Enter the one outcome that fits, or that an arrow marked, and never the first of several', async () => {
  const anna = await available('agent1@sample.example')
  const visitor = await journey.running.visitor()
  await visitor.send('Верните деньги')
  await takeOffer(anna)
  await accepted(anna)
  await anna.keyboard.press('Control+Enter')
  const field = wrapUp(anna).locator('input:focus')
  await field.waitFor()
  await anna.keyboard.type('во')
  await anna.keyboard.press('Control+Enter')
  await wrapUp(anna).getByText('Подходит несколько').waitFor()
  await field.waitFor()
  await journey.picture(anna, 'several-outcomes')
  await anna.keyboard.type('п')
  await wrapUp(anna).getByText('Подходит несколько').waitFor({ state: 'detached' })
  await anna.keyboard.press('Backspace')
  await anna.keyboard.press('ArrowDown')
  await wrapUp(anna).getByRole('option', { name: 'Вопрос по тарифу', selected: true }).waitFor()
  await anna.keyboard.press('Control+Enter')
  await anna.getByText('1 за день').waitFor()
  const { rows } = await journey.running.otklik.database.pool.query('select disposition.name from contact join disposition on disposition.id = contact.disposition_id')
  expect(rows).toEqual([{ name: 'Вопрос по тарифу' }])
}, 120_000)

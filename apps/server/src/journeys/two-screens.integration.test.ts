/** One agent's words on another screen; a supervisor who reads along; many contacts, none of which lets one wait. */
import { routes } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { openContact, startJourney, takeOffer, write } from '@otklik/testing/journey'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

const begin = async () => {
  const journey = await startJourney(await openTestDatabase())
  const anna = await journey.signIn('agent1@sample.example', '/contacts')
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')
  return { journey, anna }
}
/** Until the server has all of `words`; slow typing may have kept the beginning before. */
const kept = (page: Page, words: string) =>
  page.waitForResponse((response) => response.url().endsWith('/draft') && response.ok() && response.request().postData()?.includes(words) === true)

/** The page comes to the front. */
const seenAgain = `document.dispatchEvent(new Event('visibilitychange'))`

/** Counts what the page's main thread works, on the processor's clock: others who load the machine do not count. */
const watchBusySeconds = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  const before = await read()
  return async () => (await read()) - before
}

it('carries unsent words to another screen and back', async () => {
  const { journey, anna } = await begin()
  const customer = await journey.customer()
  await write(customer, 'Верните 450 рублей')
  await takeOffer(anna)
  const saved = kept(anna, 'Уже проверяю')
  await anna.keyboard.type('Уже проверяю')
  await saved
  const home = await journey.signIn('agent1@sample.example', `/contacts/${openContact(anna) ?? ''}`)
  const words = (page: Page) => page.locator('.composer textarea').inputValue()
  await expect.poll(() => words(home)).toBe('Уже проверяю')

  const savedAtHome = kept(home, 'Уже проверяю начисления')
  await home.locator('.composer textarea').press('End')
  await home.keyboard.type(' начисления')
  await savedAtHome
  // Back at the first screen: the page is seen again.
  await anna.evaluate(seenAgain)
  await expect.poll(() => words(anna)).toBe('Уже проверяю начисления')
  await anna.keyboard.press('Enter')
  await customer.getByText('Уже проверяю начисления').waitFor()
  // Nobody sends them a second time there.
  await expect.poll(() => words(home)).toBe('')
})

it('shows who reads along, and shows them what happens', async () => {
  const { journey, anna } = await begin()
  const customer = await journey.customer()
  await write(customer, 'Роутер не видит сети')
  await takeOffer(anna)
  await anna.keyboard.type('Здравствуйте!')
  await anna.keyboard.press('Enter')
  const { customer: person } = await (await journey.running.agent('agent1@sample.example')).api.call(routes.contact, { params: { id: openContact(anna) as never } })
  const boss = await journey.signIn('agent3@sample.example', `/customers/${person.id}`)
  await boss.getByRole('link', { name: /Роутер не видит сети/ }).or(boss.getByRole('button', { name: /Роутер не видит сети/ })).first().click()
  await boss.getByText('Сейчас ведёт Анна Белова, только для чтения').waitFor()
  await anna.getByText(/^Читает и /).waitFor()
  await journey.picture(anna, 'watched')
  await write(customer, 'Мигает красным')
  await boss.getByRole('log').getByText('Мигает красным').waitFor()
  // Said every few seconds only, for as long as there is something to say.
  await expect.poll(async () => {
    await anna.keyboard.type('…')
    return boss.getByText('Оператор пишет').isVisible()
  }, { timeout: 20_000, interval: 300 }).toBe(true)
  await journey.picture(boss, 'watching')
  await boss.getByRole('button', { name: 'К карточке' }).click()
  await anna.getByText(/^Читает и /).waitFor({ state: 'detached' })
})

it('turns from one contact to another at once', async () => {
  const { journey, anna } = await begin()
  const customers = await Promise.all([1, 2, 3].map(() => journey.customer()))
  for (const [index, customer] of customers.entries()) {
    await write(customer, `Вопрос ${index + 1}`)
    await takeOffer(anna)
    await anna.getByRole('log').getByText(`Вопрос ${index + 1}`).waitFor()
  }
  const { pool } = journey.running.otklik.database
  // Conversations longer than nearly all are.
  await pool.query(`
    insert into message (id, contact_id, number, author, visibility, parts, sent_at)
    select gen_random_uuid(), c.id, 1 + n, 'customer', 'public', jsonb_build_array(jsonb_build_object('kind', 'text', 'text', 'Слова ' || n || ' о том, что связь пропадает в грозу')), now()
    from contact c, generate_series(1, 60) n`)
  await pool.query('update contact set last_message_number = 61')
  await anna.reload()
  for (const key of ['g', 'j', 'j', 'g']) {
    await anna.getByRole('log').getByText('Слова 60 ').waitFor()
    await anna.keyboard.press(`Alt+${key}`)
  }
  await anna.locator('.composer textarea:focus').waitFor()
  const turns = 20
  const busySeconds = await watchBusySeconds(anna)
  await anna.evaluate(`(async () => {
    for (let turn = 0; turn < ${turns}; turn++) {
      const from = location.pathname
      const letter = turn % 4 < 2 ? 'J' : 'K' // down the three, and up again
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: letter.toLowerCase(), code: 'Key' + letter, altKey: true, bubbles: true, cancelable: true }))
      if (location.pathname === from || !document.querySelector('.composer textarea:focus')) throw new Error('turn ' + turn + ' did not come before the next key')
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    }
  })()`)
  expect(await busySeconds(), 'seconds for all turns').toBeLessThan(turns * 0.1)

  // What is typed at once goes to the one whom one has turned to.
  await anna.keyboard.press('Alt+g')
  const first = openContact(anna)
  await anna.keyboard.press('Alt+j')
  await anna.keyboard.type('быстрые пальцы')
  const drafts = await anna.evaluate(`Object.entries({ ...sessionStorage }).filter(([key]) => key.endsWith('.reply'))`)
  expect(drafts).toEqual([[`otklik.draft.${openContact(anna) ?? ''}.reply`, 'быстрые пальцы']])
  expect(openContact(anna)).not.toBe(first)
})

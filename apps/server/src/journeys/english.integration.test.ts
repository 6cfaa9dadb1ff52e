/** The whole line in English from the set-up link on: not one Russian letter on any page, but for the name of the language. */
import { findTooWide, openWidget, phone, readWords, startJourney, takeOffer, write } from '@otklik/testing/journey'
import { openTestDatabase } from '@otklik/testing/database'
import { testPassword } from '@otklik/testing/running'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { makeSetupToken } from '../actions/set-up.ts'

/** A language is named in itself wherever it can be chosen. */
const expectEnglish = async (page: Page, where: string) =>
  expect((await readWords(page)).replaceAll('Русский', '').match(/.*[а-яё].*/giu) ?? [], where).toEqual([])

it('speaks English from the set-up link to the rating', async () => {
  const journey = await startJourney(await openTestDatabase(), { empty: true })
  const { running, picture } = journey
  const english = { locale: 'en-GB' }

  // ---- set-up and settings ----
  const { page: admin } = await journey.open(english)
  await admin.goto(`${running.origin}/setup#token=${await makeSetupToken(running.otklik.deps)}`)
  const company = admin.getByRole('group', { name: 'Company' })
  await company.getByLabel('Name').fill('City Mobile')
  const you = admin.getByRole('group', { name: 'You, the first administrator' })
  await you.getByLabel('Name').fill('Irene Eagle')
  await you.getByLabel('E-mail').fill('irene@city.example')
  await you.getByLabel('Password').first().fill(testPassword)
  await expectEnglish(admin, 'set-up')
  await picture(admin, 'setup-en')
  await admin.getByRole('button', { name: 'Start' }).click()
  await admin.waitForURL('**/settings/**')
  const main = admin.locator('.settings-main')
  for (const title of ['People', 'Teams', 'Sites', 'Queues', 'Skills', 'Web chat', 'Pause reasons', 'Outcomes', 'Company']) {
    await admin.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: title }).click()
    await main.getByRole('heading', { name: title, level: 1 }).waitFor()
    const first = main.getByRole('table').getByRole('link').first()
    if (title === 'Company') await main.getByLabel('Name').waitFor()
    else {
      await first.click()
      await admin.getByRole('region', { name: 'Edit' }).getByRole('button', { name: 'Archive' }).click()
      await admin.getByText(/Nothing uses it|Used by/).waitFor()
    }
    await expectEnglish(admin, title)
    if (title === 'Queues') await picture(admin, 'settings-en')
  }
  await running.otklik.database.pool.query(
    `update agent set password_hash = (select password_hash from agent where role = 'administrator') where password_hash is null`,
  )
  const channel = await running.otklik.database.pool.query<{ id: string }>(`update channel_account set origins = array[$1] returning id`, [journey.siteUrl])
  journey.showChannel(channel.rows[0]?.id ?? '')

  // ---- sign-in and desk ----
  const { page: anna } = await journey.open({ ...english, permissions: ['notifications'] })
  await anna.goto(`${running.origin}/sign-in`)
  await anna.getByLabel('E-mail').fill('agent1@sample.example')
  await anna.getByLabel('Password').first().fill(testPassword)
  await expectEnglish(anna, 'sign-in')
  await anna.keyboard.press('Enter')
  await anna.getByRole('button', { name: 'Become available' }).waitFor()
  await expectEnglish(anna, 'empty desk')
  await anna.keyboard.press('a')
  await anna.getByText('Nobody is waiting').waitFor()

  const { page: customer } = await journey.open({ ...english, ...phone })
  await customer.goto(journey.siteUrl)
  await openWidget(customer)
  await expectEnglish(customer, 'open chat')
  await write(customer, 'I was charged twice')
  await anna.getByRole('button', { name: 'Accept' }).waitFor()
  await expectEnglish(anna, 'offer')
  await expectEnglish(customer, 'waiting')
  await picture(anna, 'offer-en')
  await takeOffer(anna)
  await anna.keyboard.type('Hello! I am looking into it.')
  await anna.keyboard.press('Enter')
  await customer.getByText('I am looking into it').waitFor()
  await expectEnglish(anna, 'desk')
  await expectEnglish(customer, 'conversation')
  await picture(anna, 'desk-en')
  await picture(customer, 'widget-phone-en')
  expect(await findTooWide(customer)).toEqual([])

  for (const [key, name] of [['Alt+t', 'Transfer the contact'], ['Alt+u', 'To the second line']] as const) {
    await anna.keyboard.press(key)
    await anna.getByRole('dialog', { name }).waitFor()
    await expectEnglish(anna, name)
    await anna.keyboard.press('Escape')
    await anna.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await anna.keyboard.press('Alt+p')
  await anna.getByRole('menuitem', { name: 'Lunch' }).waitFor()
  await expectEnglish(anna, 'presence')
  await anna.keyboard.press('Escape')
  await anna.keyboard.press('Escape')
  await anna.getByRole('button', { name: 'Keys' }).click()
  await anna.getByRole('dialog', { name: 'Keys' }).waitFor()
  await expectEnglish(anna, 'keys')
  await picture(anna, 'keys-en')
  await anna.keyboard.press('Escape')
  await anna.getByRole('dialog').waitFor({ state: 'detached' })

  // ---- the end ----
  await anna.keyboard.press('Control+Enter')
  await anna.locator('.wrap-up input:focus').waitFor()
  await expectEnglish(anna, 'wrap-up')
  await picture(anna, 'wrap-up-en')
  await customer.getByRole('radio').last().tap()
  await expectEnglish(customer, 'rating')
  await picture(customer, 'rating-phone-en')
  await customer.getByRole('button', { name: 'Send rating' }).tap()
  await customer.getByText('Thank you for the rating!').waitFor()
  await expectEnglish(customer, 'thanks')
  await anna.keyboard.type('re')
  await anna.keyboard.press('Control+Enter')
  await anna.getByText(/5(\.0)? of 5 · 1 rating/).first().waitFor()
  await expectEnglish(anna, 'done')
}, 120_000)

/** The doors in a browser: which link opens the set-up, and what the forms before the sign-in say of what is typed. */
import { openTestDatabase } from '@otklik/testing/database'
import { startJourney } from '@otklik/testing/journey'
import { testPassword } from '@otklik/testing/running'
import { expect, it } from 'vitest'
import { makeSetupToken } from './actions/set-up.ts'

const english = { locale: 'en-GB' }

it('tells a dead link at once, remarks in our words, and takes the next link over what is typed', async () => {
  const { running, open, picture } = await startJourney(await openTestDatabase(), { empty: true })
  const { page } = await open(english)
  const linkOf = (token: string | undefined) => `${running.origin}/setup#token=${token}`
  const dead = await makeSetupToken(running.otklik.deps)
  const age = () => running.otklik.database.pool.query("update credential set expires_at = created_at where kind = 'setup'")
  await age()
  const first = await makeSetupToken(running.otklik.deps)

  await page.goto(linkOf(dead))
  await page.getByText('Run npm run setup-link').waitFor()
  await picture(page, 'setup-dead-link')
  await page.goto(linkOf(first))

  // ---- nothing typed, then too short, then well known: one remark each ----
  await page.getByRole('button', { name: 'Start' }).click()
  const company = page.getByRole('group', { name: 'Company' }).getByLabel('Name')
  const you = page.getByRole('group', { name: 'You, the first administrator' })
  const password = you.getByLabel('Password').first()
  await expect.poll(() => page.getByText('Fill this in').count()).toBe(4)
  await expect.poll(() => company.evaluate((field) => field.matches(':focus'))).toBe(true)
  await picture(page, 'setup-remarks')
  await company.fill('City Mobile')
  await you.getByLabel('Name').fill('Irene Eagle')
  await you.getByLabel('E-mail').fill('irene')
  await password.fill('too short')
  await page.getByText('The address seems to have a mistake').waitFor()
  await page.getByText('6 more characters').waitFor()
  await you.getByLabel('E-mail').fill('irene@city.example')
  await password.fill('aaaaaaaaaaaaaaaaaaaa')
  await page.getByText('Long enough').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Too easy to guess').waitFor()
  expect(await page.getByText('Long enough').count()).toBe(0)
  await password.fill(testPassword)
  await page.getByText('Long enough').waitFor()
  expect(await page.getByText('Too easy to guess').count()).toBe(0)

  // ---- another server prints one, which ends nothing; then both are too old ----
  await makeSetupToken(running.otklik.deps)
  const seen = () =>
    Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.evaluate("dispatchEvent(new Event('visibilitychange'))")])
  await seen()
  expect(await page.getByText('Run npm run setup-link').count()).toBe(0)
  await age()
  const second = await makeSetupToken(running.otklik.deps)
  await seen() // said before anything is pressed
  await page.getByText('Run npm run setup-link').waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('Run npm run setup-link').waitFor()
  await page.goto(linkOf(second))
  await page.getByText('Run npm run setup-link').waitFor({ state: 'detached' })
  expect(await company.inputValue()).toBe('City Mobile')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('Nobody of the example has a password yet').waitFor()
  await page.getByText('not invited').first().waitFor()

  const { page: late } = await open(english)
  await late.goto(linkOf(second))
  await late.getByText('Otklik is set up already').waitFor()
})

it('speaks of an ended session only where there was one', async () => {
  const { running, open } = await startJourney(await openTestDatabase())
  const { page, context } = await open(english)
  const ended = page.getByText('Your session ended')
  await page.goto(`${running.origin}/settings/queues`)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await ended.count()).toBe(0)

  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.poll(() => page.getByText('Fill this in').count()).toBe(2)
  await page.getByLabel('E-mail').fill('administrator@sample.example')
  await page.getByLabel('Password').first().fill(testPassword)
  await page.keyboard.press('Enter')
  // In the language of who is signed in, which the page goes on to speak.
  await page.getByRole('heading', { name: 'Очереди', level: 1 }).waitFor()

  await context.clearCookies()
  await page.reload()
  await page.getByText('Сеанс закончился').waitFor()
})

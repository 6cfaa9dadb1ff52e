/** Files both ways in real browsers: dropped, pasted and chosen, seen and saved, refused in words, after a break and on a phone. */
import { readFile } from 'node:fs/promises'
import { openTestDatabase } from '@otklik/testing/database'
import { ask, findTooSmall, findTooWide, phone, startJourney, takeOffer, tapAvailable, write } from '@otklik/testing/journey'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import * as samples from '../files/samples.test-support.ts'

type Sample = { readonly name: string; readonly type: string; readonly bytes: Buffer }

/** Drops or pastes files as a person does: the browser's own events with a filled clipboard. */
const give = (page: Page, selector: string, kind: 'drop' | 'paste', files: readonly Sample[]) =>
  page.locator(selector).evaluate(
    (element, { kind: event, given }) => {
      const { DataTransfer, File, DragEvent, ClipboardEvent, Uint8Array: Bytes } = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: unknown): void } }
        File: new (parts: unknown[], name: string, options: { type: string }) => unknown
        DragEvent: new (type: string, init: object) => Event
        ClipboardEvent: new (type: string, init: object) => Event
        Uint8Array: { from(values: number[]): unknown }
      }
      const transfer = new DataTransfer()
      for (const { name, type, bytes } of given) transfer.items.add(new File([Bytes.from(bytes)], name, { type }))
      const common = { bubbles: true, cancelable: true, composed: true }
      if (event === 'drop') (element as unknown as EventTarget).dispatchEvent(new DragEvent('dragover', { ...common, dataTransfer: transfer }))
      ;(element as unknown as EventTarget).dispatchEvent(
        event === 'drop' ? new DragEvent('drop', { ...common, dataTransfer: transfer }) : new ClipboardEvent('paste', { ...common, clipboardData: transfer }),
      )
    },
    { kind, given: files.map(({ name, type, bytes }) => ({ name, type, bytes: [...bytes] })) },
  )

/** Which of the two pictures the customer's chat shows last, told by its middle as the browser drew it. */
const drawn = (page: Page): Promise<'blue' | 'red' | 'nothing'> =>
  page.locator('canvas').last().evaluate((element) => {
    const canvas = element as unknown as { width: number; height: number; getContext(kind: '2d'): { getImageData(...box: number[]): { data: [number, number, number, number] } } }
    const [red, , blue, seen] = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data
    return seen === 0 ? 'nothing' : red > blue ? 'red' : 'blue'
  })

const meter = async (): Promise<Sample> => ({ name: 'Счётчик.jpg', type: 'image/jpeg', bytes: await samples.jpeg(1200, 900) })
const screen = async (): Promise<Sample> => ({
  name: 'image.png',
  type: 'image/png',
  bytes: await sharp({ create: { width: 900, height: 500, channels: 3, background: '#c2542b' } }).png().toBuffer(),
})
const contract: Sample = { name: 'Договор № 7.pdf', type: 'application/pdf', bytes: samples.pdf }
const disguised: Sample = { name: 'photo.png', type: 'image/png', bytes: samples.exe }

it('carries a picture from the customer, a picture and a document back, and says why a program is not taken', async () => {
  const journey = await startJourney(await openTestDatabase())
  const [anna, customer] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts'), journey.customer()])
  await anna.getByRole('button', { name: 'Принимать контакты' }).waitFor()
  await anna.keyboard.press('a')

  // Its first address is refused, as one is that has grown old: the picture is there all the same.
  await anna.route(/\/files\/.*preview/, (route) => route.fulfill({ status: 403 }), { times: 1 })

  // ---- the customer, on a page that forbids pictures: nothing is sent before they say so ----
  const chat = customer.getByRole('dialog')
  await give(customer, '.w', 'drop', [await meter()])
  await chat.getByText('Счётчик.jpg').waitFor()
  await journey.picture(customer, 'files-customer-chosen')
  await write(customer, 'Вот показания')
  await expect.poll(() => drawn(customer), { timeout: 20_000 }).toBe('blue')

  await takeOffer(anna)
  const log = anna.getByRole('log')
  const picture = log.getByRole('button', { name: 'Открыть картинку: Счётчик.jpg' })
  await picture.waitFor()
  await expect.poll(() => picture.locator('img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(640)
  const place = await picture.boundingBox()
  expect([Math.round(place?.width ?? 0), Math.round(place?.height ?? 0)], 'as much as was kept for it').toEqual([320, 240])
  await picture.click()
  const large = anna.getByRole('dialog').locator('img')
  await expect.poll(() => large.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1200)
  await journey.picture(anna, 'files-desk-picture')
  await anna.keyboard.press('Escape')
  await large.waitFor({ state: 'detached' })

  // ---- the agent pastes a picture, chooses a document by the key, and sends both with words ----
  const field = anna.locator('.composer textarea')
  await field.focus()
  // Waited for before another trip to the page: Chromium is told to hand the chooser over without an answer being awaited.
  const chooser = anna.waitForEvent('filechooser')
  await give(anna, '.composer textarea', 'paste', [await screen()])
  await anna.keyboard.press('Alt+l')
  await (await chooser).setFiles({ name: contract.name, mimeType: contract.type, buffer: contract.bytes })
  const chips = anna.getByRole('list', { name: 'Файлы к сообщению' }).getByRole('listitem')
  await expect.poll(() => chips.count()).toBe(2)
  await anna.locator('.attachments li[data-state=up]').nth(1).waitFor()
  await field.focus()
  await anna.keyboard.type('Сверьте, пожалуйста')
  await journey.picture(anna, 'files-desk-chosen')
  await anna.keyboard.press('Enter')
  await log.getByRole('button', { name: `Скачать: ${contract.name}` }).waitFor()
  expect(await chips.count()).toBe(0)
  await journey.picture(anna, 'files-desk-sent')

  // ---- the customer sees the picture and saves the document; the page stays where it is ----
  await expect.poll(() => drawn(customer), { timeout: 20_000 }).toBe('red')
  const saved = customer.waitForEvent('download')
  await chat.getByRole('button', { name: `Скачать: ${contract.name}` }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe(contract.name)
  expect(await readFile(await download.path())).toEqual(contract.bytes)
  expect(customer.url()).toContain(journey.siteUrl)
  await journey.picture(customer, 'files-customer-received')

  // ---- a program under a picture's name: both sides are told why; what else was written is not lost ----
  await give(anna, '.talk', 'drop', [disguised])
  const why = anna.getByText('Внутри не то, что в названии: проверьте, тот ли это файл')
  await why.waitFor()
  await journey.picture(anna, 'files-desk-refused')
  expect(await anna.getByRole('button', { name: 'Отправить' }).isDisabled()).toBe(true)
  await anna.getByRole('button', { name: 'Убрать: photo.png' }).click()
  await why.waitFor({ state: 'detached' })
  await anna.locator('.composer textarea:focus').waitFor()

  await give(customer, 'textarea.write', 'paste', [disguised, { name: 'virus.exe', type: 'application/octet-stream', bytes: samples.exe }])
  await chat.getByText(/virus\.exe: принимаем только jpg, jpeg, png/).waitFor()
  await write(customer, 'А это открывается?')
  await chat.getByText('photo.png: внутри файла не то, что в названии').waitFor()
  await journey.picture(customer, 'files-customer-refused')
  expect(await log.getByText('А это открывается?').count()).toBe(0)
  await chat.getByRole('button', { name: 'Отправить без файла' }).click()
  await log.getByText('А это открывается?').waitFor()

  // ---- whoever asks for everything about the customer gets the files, too ----
  const { contacts } = await ask<{ contacts: { customer: { id: string } }[] }>(anna, 'GET', '/desk')
  const boss = await journey.signIn('agent3@sample.example', `/customers/${contacts[0]?.customer.id ?? ''}`)
  await boss.getByRole('button', { name: 'Действия' }).click()
  const [archive] = await Promise.all([boss.waitForEvent('download'), boss.getByRole('menuitem', { name: 'Выгрузить данные' }).click()])
  expect(archive.suggestedFilename()).toMatch(/^customer-\d+\.zip$/)
  const bytes = await readFile(await archive.path())
  for (const content of [contract.bytes, 'customer.json', 'Вот показания', 'Счётчик.jpg', contract.name]) expect(bytes.includes(content)).toBe(true)
}, 120_000)

it('waits for the network with the files of a message, keeps what an agent added over a reload, and fits on a phone', async () => {
  const journey = await startJourney(await openTestDatabase())
  const { page: customer, context } = await journey.open(phone)
  const [anna] = await Promise.all([journey.signIn('agent1@sample.example', '/contacts', phone), customer.goto(journey.siteUrl)])
  await customer.waitForFunction(() => 'otklik' in globalThis)
  await customer.evaluate('otklik.open()')
  await tapAvailable(anna)
  await write(customer, 'Здравствуйте')
  await anna.getByRole('button', { name: /Принять/ }).tap()
  await anna.locator('.composer textarea').waitFor()

  await context.setOffline(true)
  await give(customer, '.w', 'drop', [await meter(), contract])
  await write(customer, 'Два файла')
  await customer.getByText('Нет связи. Сообщение уйдёт само').waitFor()
  await journey.picture(customer, 'files-phone-offline')
  await context.setOffline(false)
  const log = anna.getByRole('log')
  await log.getByRole('button', { name: `Скачать: ${contract.name}` }).waitFor({ timeout: 40_000 })
  expect(await log.getByText('Два файла').count()).toBe(1)
  await expect.poll(() => log.locator('.file-picture img').count()).toBe(1)

  await anna.locator('.composer input[type=file]').setInputFiles({ name: contract.name, mimeType: contract.type, buffer: contract.bytes })
  await anna.locator('.attachments li[data-state=up]').waitFor()
  for (const page of [anna, customer]) expect(await findTooWide(page)).toEqual([])
  expect(await findTooSmall(customer)).toEqual([])
  await journey.picture(anna, 'files-phone-desk')
  await anna.reload()
  await anna.locator('.attachments li[data-state=up]').getByText(contract.name).waitFor()
  await anna.getByRole('button', { name: 'Отправить' }).tap()
  await customer.getByRole('button', { name: `Скачать: ${contract.name}` }).nth(1).waitFor()
  await journey.picture(customer, 'files-phone-customer')
}, 120_000)

import { gzipSync } from 'node:zlib'
import { launchBrowser } from '@otklik/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildWidget, findBarriers, openPage, photograph, shop } from './testing/browser.ts'
import { createFakeCentre, type FakeCentre } from './testing/fake-centre.ts'

let script: string
let browser: Browser
let centre: FakeCentre
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  ;[script, browser] = await Promise.all([buildWidget(), launchBrowser()])
})
afterAll(() => browser.close())
beforeEach(async () => {
  centre = await createFakeCentre(script)
  centre.serve('/', shop(centre.tag))
})
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close()
  await centre.stop()
})

const visit = async (options: Parameters<typeof openPage>[2] = {}, path = '/') => {
  const { context, page, complaints } = await openPage(browser, centre.site + path, options)
  opened.push(context)
  return { context, page, complaints }
}
const field = (page: Page) => page.locator('.write')
const write = async (page: Page, text: string) => {
  await field(page).fill(text)
  await field(page).press('Enter')
}
const open = (page: Page) => page.getByRole('button', { name: /Открыть чат|Open chat/ }).click()
const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
/** For what goes again by itself: looked for from before it comes. */
const comes = (page: Page, text: string | RegExp, act: () => unknown) => Promise.all([shows(page, text), act()])
const marks = (page: Page, label: string) => page.getByRole('img', { name: label, exact: true }).count()

/** A loaded machine takes its time; what is waited for comes by itself. */
const soon = <Value>(look: () => Value | Promise<Value>): Promise<Value> => vi.waitFor(look, { timeout: 15_000, interval: 20 })

it('is small', () => {
  const size = gzipSync(script, { level: 9 }).length
  expect(size).toBeLessThanOrEqual(25 * 1024)
  expect(/\beval\(|new Function|ZodError|\.tsx/.exec(script)?.[0]).toBeUndefined()
})

/** The browser tells its pages some time after it was told. */
const loseNetwork = async (page: Page): Promise<void> => {
  await page.context().setOffline(true)
  await page.waitForFunction(() => !navigator.onLine)
}

it('carries a conversation from the first word to the rating', async () => {
  const { page, complaints } = await visit()
  await open(page)
  await shows(page, 'Здравствуйте! Чем помочь?')
  await shows(page, 'Обычно отвечаем за 20 секунд')
  await page.locator('.write:focus').waitFor()
  await photograph(page, 'open')
  expect(centre.agreed).toEqual([]) // nothing is asked for before the first word

  await write(page, 'Списали 450 ₽ за подписку, я её не подключала')
  await soon(() => expect(centre.texts()).toHaveLength(1))
  expect(centre.agreed).toEqual([{ consentVersion: 'one', language: 'ru', timeZone: 'Europe/Moscow' }])
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  centre.place(3)
  await shows(page, 'Вы 3-й в очереди')
  await photograph(page, 'waiting')
  expect(await findBarriers(page)).toEqual([])

  centre.accept('Глеб')
  centre.readAll()
  await page.getByRole('img', { name: 'прочитано' }).waitFor()
  await comes(page, 'печатает…', centre.type)
  await photograph(page, 'typing')
  centre.reply('Уже вернули: 450 ₽ на счёте, подписка отключена. Подробности: https://shop.example/refund.')
  await shows(page, /Уже вернули/)
  expect(await page.getByRole('link', { name: 'https://shop.example/refund' }).getAttribute('href')).toBe('https://shop.example/refund')
  await soon(() => expect(centre.heard('read').at(-1)?.number).toBe(2))

  const began = Date.now()
  await field(page).pressSequentially('Вижу, всё пришло. Спасибо!')
  await soon(() => expect(centre.heard('typing').length).toBeGreaterThan(0))
  // Once in three seconds, for as long as a loaded machine types.
  expect(centre.heard('typing').length).toBeLessThanOrEqual(1 + (Date.now() - began) / 3000)
  await field(page).press('Enter')
  await page.getByRole('button', { name: 'Закончить чат' }).click()
  await shows(page, 'Закончить чат?')
  await photograph(page, 'ask-end')
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Escape') // the question alone
  await page.getByText('Закончить чат?').waitFor({ state: 'detached' })
  const focused = () => page.evaluate(() => document.querySelector('otklik-chat')?.shadowRoot?.activeElement?.getAttribute('aria-label'))
  expect(await focused()).toBe('Чат с поддержкой')
  await page.getByRole('button', { name: 'Закончить чат' }).click()
  await page.getByRole('button', { name: 'Закончить', exact: true }).press('Enter')
  await shows(page, /Вы закончили чат в \d\d:\d\d/)
  await soon(async () => expect(await focused()).toBe('1 из 5'))
  await page.getByRole('radio', { name: '5 из 5' }).check()
  await page.getByPlaceholder('Что понравилось или чего не хватило?').fill('Быстро и по-доброму')
  await photograph(page, 'rating')
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Отправить оценку' }).click()
  await shows(page, 'Спасибо за оценку!')
  expect(await page.locator('.face5').count(), 'thanks are words, whatever one rated with').toBe(0)
  expect(centre.heard('rate')).toMatchObject([{ score: 5, comment: 'Быстро и по-доброму' }])
  await photograph(page, 'thanks')

  await write(page, 'И ещё вопрос')
  await shows(page, 'Скоро ответим')
  expect(await page.getByText('Спасибо за оценку!').count()).toBe(0)
  expect(complaints).toEqual([])
}, 60_000)

it('shows unread answers on the button, and gives the focus back', async () => {
  const { page } = await visit()
  await open(page)
  await write(page, 'Есть кто?')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  await field(page).press('Escape')
  await soon(async () => expect(await page.evaluate(() => document.querySelector('otklik-chat')?.shadowRoot?.activeElement?.className)).toBe('open'))
  centre.accept('Глеб')
  centre.reply('Да')
  centre.reply('Слушаю вас')
  await page.getByRole('button', { name: 'Открыть чат: 2 новых сообщения' }).waitFor()
  await photograph(page, 'unread')
  expect(await findBarriers(page)).toEqual([])
  expect(centre.heard('read')).toEqual([])
  await open(page)
  await soon(() => expect(centre.heard('read').at(-1)?.number).toBe(3))
})

it('loses nothing when the connection is lost, the page reloaded and the network back', async () => {
  const { page } = await visit()
  await open(page)
  await write(page, 'раз')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  centre.accept('Глеб')
  await page.locator('.face.on').waitFor()
  centre.down(true)
  await page.locator('.face:not(.on)').waitFor()
  expect(await page.getByText('Нет связи').count(), 'nothing waits to go').toBe(0)
  await write(page, 'два')
  await write(page, 'три')
  await shows(page, 'Нет связи. Сообщение уйдёт само')
  expect(await marks(page, 'отправляется')).toBe(2)
  await field(page).fill('начато, не послано')
  await photograph(page, 'offline')
  await page.reload()
  await shows(page, 'раз') // at once, before the server is heard
  await shows(page, 'три')
  expect(await field(page).inputValue()).toBe('начато, не послано')
  centre.down(false)
  await soon(() => expect(centre.texts()).toEqual(['раз', 'два', 'три']))
  await soon(async () => expect(await marks(page, 'доставлено')).toBe(3))
  expect(await page.getByText('Нет связи').count()).toBe(0)
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.out.')))).toEqual([])
}, 60_000)

it('sends the first word when the network comes, and asks for one token only', async () => {
  const { page } = await visit()
  await open(page)
  await shows(page, 'Здравствуйте! Чем помочь?')
  centre.down(true)
  await write(page, 'первое')
  await shows(page, 'Нет связи. Сообщение уйдёт само')
  centre.down(false)
  await soon(() => expect(centre.texts()).toEqual(['первое']))
  expect(centre.agreed).toHaveLength(1)
})

it('hears from the browser that the network is gone, and that it is back', async () => {
  const { page, context } = await visit()
  await open(page)
  await write(page, 'раз')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  await loseNetwork(page)
  await write(page, 'два')
  await shows(page, 'Нет связи. Сообщение уйдёт само')
  expect(centre.texts()).toEqual(['раз'])
  await context.setOffline(false)
  await soon(() => expect(centre.texts()).toEqual(['раз', 'два']))
})

it('agrees with a second tab', async () => {
  const { page, context } = await visit()
  await open(page)
  await write(page, 'из первой')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  const other = await context.newPage()
  await other.goto(centre.site)
  await open(other)
  await shows(other, 'из первой')
  await write(other, 'из второй')
  await shows(page, 'из второй')
  await soon(async () => expect([await marks(page, 'доставлено'), await marks(other, 'доставлено')]).toEqual([2, 2]))
  expect(centre.texts()).toEqual(['из первой', 'из второй'])
  await other.evaluate(() => window.otklik?.logout())
  await page.getByText('из первой').waitFor({ state: 'detached' })
  await soon(() => expect(centre.tokens.size).toBe(0))
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => !key.endsWith('.config')))).toEqual([])
})

it('starts afresh when its token is unknown, with what was not sent', async () => {
  const { page } = await visit()
  await open(page)
  await write(page, 'старое')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  centre.down(true)
  await write(page, 'новое')
  centre.forgetVisitors()
  centre.down(false)
  await soon(() => expect(centre.texts()).toEqual(['новое']))
  await page.getByText('старое').waitFor({ state: 'detached' })
  expect(centre.agreed).toHaveLength(2)
})

it('answers whoever says that the question is not solved: what to do, and where', async () => {
  const { page } = await visit()
  await open(page)
  await write(page, 'Не работает')
  await soon(() => expect(centre.texts()).toEqual(['Не работает']))
  centre.accept('Глеб')
  centre.reply('Перезагрузите роутер')
  centre.end('agentEnded')
  await page.getByRole('button', { name: 'Вопрос остался' }).click()
  await shows(page, 'Напишите, что осталось, и мы продолжим')
  expect(await page.evaluate(() => document.querySelector('otklik-chat')?.shadowRoot?.activeElement?.className)).toBe('write')
})

it('says when it is closed, and takes a message or not', async () => {
  const opensAt = '2026-11-23T06:00:00.000Z' // nine in the visitor's Moscow
  centre.configure({ isOpen: false, opensAt, takesMessages: true, notice: 'Сбой связи в Саранске: чиним до 18:00' })
  const { page } = await visit()
  await open(page)
  await page.getByText('Ответим, когда откроемся: понедельник, 23 ноября в 09:00').waitFor()
  await page.getByText('Оставьте сообщение').waitFor()
  await page.getByText('Сбой связи в Саранске').waitFor()
  await write(page, 'Перезвоните утром')
  await soon(() => expect(centre.texts()).toEqual(['Перезвоните утром']))
  centre.configure({ takesMessages: false, closedText: 'Пишите с 9 до 21' })
  const other = await visit()
  await open(other.page)
  await other.page.getByText('Пишите с 9 до 21').waitFor()
  await other.page.getByText('Откроемся: понедельник').waitFor()
  expect(await other.page.getByRole('textbox').count(), 'nothing to write in').toBe(0)
  centre.configure({ isOpen: true, opensAt: null, takesMessages: true, notice: '', closedText: '' })
})

it('believes of who is there what the server says of this wait, not what the page knew when it was opened', async () => {
  centre.configure({ staffing: 'nobody' })
  const { page } = await visit()
  await open(page)
  await shows(page, 'Сейчас никого нет на линии')
  await write(page, 'Есть кто?')
  await shows(page, 'Ответим, как только кто-нибудь выйдет на линию') // until it is heard otherwise
  centre.place(1)
  await shows(page, 'Скоро ответим')
  await shows(page, 'Обычно отвечаем за 20 секунд')
  centre.place(1, { kind: 'nobody' })
  await shows(page, 'Ответим, как только кто-нибудь выйдет на линию')
  await shows(page, 'Сейчас никого нет на линии')
  centre.place(1, { kind: 'notReady' })
  await shows(page, 'Ответим, как только кто-нибудь освободится')
  centre.place(1)
  await shows(page, 'Скоро ответим')
  await shows(page, 'Обычно отвечаем за 20 секунд')
  centre.configure({ staffing: 'notReady' })
  const other = await visit()
  await open(other.page)
  await shows(other.page, 'Ответим, как только кто-нибудь освободится')
  centre.configure({ staffing: 'available' })
})

it('says what to do when a message is refused', async () => {
  const { page } = await visit()
  await open(page)
  centre.refuseNext('rateLimited', 1)
  await comes(page, 'Много сообщений подряд. Следующее уйдёт само через 1 секунду', () => write(page, 'много'))
  await soon(() => expect(centre.texts()).toEqual(['много']))
  centre.refuseNext('queueClosed')
  await write(page, 'не сейчас')
  await shows(page, 'Не отправлено: чат сейчас не принимает сообщения')
  await photograph(page, 'failed')
  await page.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await soon(() => expect(centre.texts()).toEqual(['много', 'не сейчас']))
  const [first, second] = centre.heard('send').filter((frame) => frame.text === 'не сейчас')
  expect(first?.id).toBe(second?.id)
  centre.block()
  await shows(page, 'Чат недоступен. Свяжитесь с нами другим способом')
  expect(await field(page).count(), 'nothing to write in').toBe(0)
})

it('asks anew when the terms have changed', async () => {
  const { page } = await visit()
  await page.getByRole('button', { name: 'Открыть чат' }).waitFor()
  // Whoever opens the chat asks for the terms once more: those are still the old ones.
  const asked = page.waitForResponse(/\/config$/)
  await open(page)
  await asked
  await shows(page, 'Начиная чат')
  centre.configure({ consentText: 'Новые условия.', consentVersion: 'two' })
  await write(page, 'привет')
  await shows(page, 'Условия изменились')
  await shows(page, 'Новые условия.')
  expect(centre.texts()).toEqual([])
  await page.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await soon(() => expect(centre.texts()).toEqual(['привет']))
})

/** As if they were pasted into the field. */
const paste = (page: Page, ...files: { name: string; size: number }[]) =>
  field(page).evaluate((element, given) => {
    const clipboardData = new DataTransfer()
    for (const { name, size } of given) clipboardData.items.add(new File([new Uint8Array(size)], name))
    element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
  }, files)

it('sends files after they are up, in the order of writing, and says why one is not taken', async () => {
  const { page } = await visit()
  await open(page)
  await field(page).waitFor()
  await paste(page, { name: 'Счёт.pdf', size: 1_500_000 }, { name: 'virus.exe', size: 5 }, { name: 'пустой.txt', size: 0 }, { name: 'фильм.mp4', size: 20 * 1024 * 1024 + 1 })
  await shows(page, 'virus.exe: принимаем только jpg, jpeg, png')
  await shows(page, 'пустой.txt: файл пустой')
  await shows(page, 'фильм.mp4: больше 20 МБ не принимаем')
  expect(await findBarriers(page)).toEqual([])
  await photograph(page, 'files')
  expect(centre.uploads.size, 'nothing goes before it is sent').toBe(0)
  centre.holdUploads(true)
  await field(page).press('Enter')
  await write(page, 'И вопрос к нему')
  await soon(async () => expect(Number(await page.locator('progress').first().getAttribute('value'))).toBe(1))
  expect(await findBarriers(page)).toEqual([])
  expect(centre.heard('send')).toEqual([])
  centre.holdUploads(false)
  await soon(() => expect(centre.heard('send').map(({ text, fileIds }) => [text, fileIds?.length])).toEqual([['', 1], ['И вопрос к нему', undefined]]))
  await soon(async () => expect(await page.getByRole('button', { name: 'Скачать: Счёт.pdf' }).count()).toBe(1))

  centre.refuseUploads('fileMismatch')
  await paste(page, { name: 'не то.pdf', size: 10 })
  await field(page).press('Enter')
  await shows(page, 'не то.pdf: внутри файла не то, что в названии')
  expect(await page.getByRole('button', { name: /^Отправить (ещё|без)/ }).count(), 'nothing would be left to send').toBe(0)
  await page.getByRole('button', { name: 'Удалить' }).click()
  await paste(page, { name: 'не то.pdf', size: 10 }, { name: 'то.pdf', size: 20 })
  await write(page, 'С файлами')
  await shows(page, 'не то.pdf: внутри файла не то, что в названии')
  centre.refuseUploads()
  await page.getByRole('button', { name: 'Отправить без файла' }).click()
  await soon(() => expect(centre.heard('send').at(-1)).toMatchObject({ text: 'С файлами', fileIds: [expect.any(String)] }))
}, 60_000)

it('says that a file was lost with the page that was left, and keeps the words', async () => {
  const { page } = await visit()
  await open(page)
  await write(page, 'Здравствуйте')
  await soon(() => expect(centre.texts()).toHaveLength(1))
  centre.holdUploads(true)
  await paste(page, { name: 'Счёт.pdf', size: 100 })
  await write(page, 'Вот он')
  await page.locator('progress').waitFor()
  await page.reload()
  await shows(page, 'Вот он')
  await shows(page, 'Счёт.pdf: файл не загрузился, прикрепите снова')
  centre.holdUploads(false)
  expect(centre.texts()).toEqual(['Здравствуйте'])
  await page.getByRole('button', { name: 'Отправить без файла' }).click()
  await soon(() => expect(centre.texts()).toEqual(['Здравствуйте', 'Вот он']))
})

it('uploads again when the network is back', async () => {
  const { page } = await visit()
  await open(page)
  await write(page, 'Здравствуйте')
  await soon(() => expect(centre.texts()).toHaveLength(1))
  centre.down(true)
  await paste(page, { name: 'Счёт.pdf', size: 100 })
  await write(page, 'Вот он')
  await shows(page, 'Нет связи. Сообщение уйдёт само')
  centre.down(false)
  await soon(() => expect(centre.texts()).toEqual(['Здравствуйте', 'Вот он']))
  expect([...centre.uploads.values()].map(({ name }) => name)).toEqual(['Счёт.pdf'])
})

it('counts near the limit, grows, and takes new lines', async () => {
  const { page } = await visit()
  await open(page)
  const before = await field(page).evaluate((element) => element.clientHeight)
  await field(page).pressSequentially('раз')
  await field(page).press('Shift+Enter')
  await field(page).pressSequentially('два')
  expect(await field(page).inputValue()).toBe('раз\nдва')
  expect(await field(page).evaluate((element) => element.clientHeight)).toBeGreaterThan(before)
  await field(page).fill('я'.repeat(3990))
  await shows(page, 'Осталось 10 знаков')
  await field(page).fill('я'.repeat(4001))
  await shows(page, 'Лишних: 1 знак')
  await field(page).press('Enter')
  expect(centre.texts()).toEqual([])
})

it.each([
  ['everything', '* { display: none !important; opacity: 0 !important; transform: scale(.1) !important }'],
  ['all unset', 'div, span, button, section, textarea, otklik-chat { all: unset !important } html { font-size: 3px } button { position: absolute !important }'],
  ['above all', 'main { position: fixed; inset: 0; z-index: 2147483647; background: #fff } body { transform: translateX(40px); filter: blur(1px) } * { font: 40px/2 cursive !important; color: red !important; text-transform: uppercase }'],
])('stands on a page whose rules are hostile: %s', async (_name, css) => {
  centre.serve('/hostile', shop(centre.tag, `<style>${css}</style>`))
  const { page } = await visit({}, '/hostile')
  await open(page)
  const box = await page.locator('.w').boundingBox()
  expect(box).toMatchObject({ width: 376, height: 600, x: 1280 - 24 - 376, y: 800 - 24 - 600 })
  const style = await field(page).evaluate((element) => {
    const { fontSize, color, textTransform } = getComputedStyle(element)
    return { fontSize, color, textTransform }
  })
  expect(style).toEqual({ fontSize: '14px', color: 'rgb(29, 27, 24)', textTransform: 'none' })
  await write(page, 'слышно?')
  await soon(() => expect(centre.texts()).toEqual(['слышно?']))
  await photograph(page, `hostile-${_name.replace(' ', '-')}`)
})

it('works under a strict policy of the page', async () => {
  const policy = `default-src 'none'; script-src ${centre.origin}; connect-src ${centre.origin} ws://localhost:*; require-trusted-types-for 'script'; trusted-types 'none'`
  centre.serve('/strict', shop(centre.tag), { 'Content-Security-Policy': policy })
  const { page, complaints } = await visit({}, '/strict')
  await open(page)
  await write(page, 'строго')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  centre.accept('Глеб')
  centre.reply('<img src=x onerror=alert(1)> javascript:alert(1)')
  await shows(page, '<img src=x onerror=alert(1)>')
  centre.end('agentEnded')
  await page.getByRole('radio', { name: '4 из 5' }).check()
  expect(complaints).toEqual([])
  const box = await page.locator('.w').boundingBox()
  expect(box).toMatchObject({ width: 376, height: 600 })
})

it('covers a phone, keeps Tab inside, and has room for a finger', async () => {
  const { page } = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await photograph(page, 'phone-button')
  await open(page)
  expect(await page.locator('.w').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
  await write(page, 'Списали 450 ₽ за подписку, я её не подключала')
  await page.getByRole('img', { name: 'доставлено' }).waitFor()
  centre.place(3)
  await shows(page, 'Вы 3-й в очереди')
  await photograph(page, 'phone')
  expect(await field(page).evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px')
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('otklik-chat')
  }
  centre.accept('Глеб')
  centre.reply('Готово')
  centre.end('agentEnded')
  await page.getByRole('radio', { name: '2 из 5' }).check()
  const small = await page.evaluate(() => {
    const root = document.querySelector('otklik-chat')?.shadowRoot
    return [...(root?.querySelectorAll('button, .rate label, .write') ?? [])].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      const grown = element.className === 'send' ? 10 : 0
      return width + grown < 44 || height + grown < 44 ? [`${element.className} ${width}×${height}`] : []
    })
  })
  expect(small).toEqual([])
  await photograph(page, 'phone-rating')
})

it('speaks English, stands on the left and wears a light accent', async () => {
  centre.configure({ language: 'en', side: 'left', accent: '#ffd400', title: 'Support', greeting: 'Hello! How can we help?', usualSeconds: 120, consentText: 'By starting a chat you agree to the processing of your personal data.', consentUrl: '' })
  const { page } = await visit({ locale: 'en-GB' })
  await open(page)
  await shows(page, 'We usually answer within 2 minutes')
  await write(page, 'Hello')
  await page.getByRole('img', { name: 'delivered' }).waitFor()
  centre.place(2)
  await shows(page, 'You are number 2 in line')
  await photograph(page, 'english')
  centre.accept('Ann')
  centre.reply('Hi! Looking into it.')
  centre.end('agentEnded')
  await shows(page, /Support ended the chat at/)
  await page.getByRole('radio', { name: '3 of 5' }).check()
  await photograph(page, 'english-rating')
  expect(await findBarriers(page)).toEqual([])
})

it('keeps to the button of the page, and to its own when the page has no channel', async () => {
  centre.serve('/lifted', shop(centre.tag.replace('async', 'data-bottom="96" data-radius="4" async')))
  const { page } = await visit({}, '/lifted')
  const button = await page.getByRole('button', { name: 'Открыть чат' }).boundingBox()
  expect(button).toMatchObject({ y: 800 - 96 - 56, height: 56 })
  await page.evaluate(() => window.otklik?.open())
  await shows(page, 'Здравствуйте! Чем помочь?')
  expect(await page.locator('.w').evaluate((element) => getComputedStyle(element).borderRadius)).toBe('4px')
  await page.evaluate(() => window.otklik?.close())
  await page.getByRole('button', { name: 'Открыть чат' }).waitFor()
})

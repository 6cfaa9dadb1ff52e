/**
 * What browser journeys share: a server with the built pages, a customer's strict site, signed-in people, pictures.
 * Each journey has its own server, database and browser profiles, so that nobody of an earlier one is still around.
 */
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { settingsRoutes } from '@otklik/contract/routes'
import type { ChannelView } from '@otklik/contract/settings'
import type { ContactId } from '@otklik/model/ids'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { AgentClient } from './agent-client.ts'
import { launchBrowser, listenForFaults, takePicture } from './browser.ts'
import type { TestDatabase } from './cluster.ts'
import { runOtklik, testPassword, type Running } from './running.ts'

const root = resolve(import.meta.dirname, '../../..')
const pictures = join(root, 'test-results/journey')

/** A page of somebody, and what it complained about. */
export interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly faults: string[]
}
type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>

export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
} as const satisfies ContextOptions

export interface Journey {
  readonly running: Running
  readonly siteUrl: string
  /** A page of its own browser profile. */
  open(options?: ContextOptions): Promise<Opened>
  /** Somebody of the sample, signed in, at `path` of our own pages. */
  signIn(email: string, path: string, options?: ContextOptions): Promise<Page>
  /** A customer on the site, with the chat open. */
  customer(options?: ContextOptions): Promise<Page>
  /** Signed in without a screen, to set things up. */
  administrator(): Promise<AgentClient>
  /** Where the customer's site asks for its chat. */
  showChannel(channelId: string): void
  /** Lists the customer's site, and whatever else is to be changed, in the channel. */
  changeChannel(part: Partial<ChannelView>): Promise<void>
  picture(page: Page, name: string): Promise<void>
  /** The window is closed; an agent counts as gone some seconds later. */
  leave(page: Page): Promise<void>
}

let launched: Promise<Browser> | undefined

/** One for all journeys of this process; it goes with the process. */
const sharedBrowser = (): Promise<Browser> => (launched ??= launchBrowser())

/**
 * Begins the journey of the running test; at the test's end everything is closed, and no page may have complained.
 * A test that failed leaves pictures of all its pages.
 * @param database of the test's own; closed with the journey
 * @param options.empty nothing is set up yet; else the sample centre stands and its channel lists the customer's site
 */
export const startJourney = async (database: TestDatabase, options: { empty?: true } = {}): Promise<Journey> => {
  mkdirSync(pictures, { recursive: true })
  const running = await runOtklik(database.url, { pages: join(root, 'dist'), ...options })
  const browser = await sharedBrowser()
  let channelId = running.channelId
  const site = await serveSite(running.origin, () => channelId)
  const siteUrl = `http://localhost:${(site.address() as AddressInfo).port}`
  const opened: Opened[] = []
  let keeper: Promise<AgentClient> | undefined

  const journey: Journey = {
    running,
    siteUrl,
    async open(wanted = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', reducedMotion: 'reduce', ...wanted })
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      const one = { context, page, faults: listenForFaults(page) }
      opened.push(one)
      return one
    },
    async signIn(email, path, wanted = {}) {
      const { context, page } = await journey.open({ permissions: ['notifications'], ...wanted })
      const answer = await context.request.post(`${running.origin}/api/v1/session`, {
        headers: { 'X-Otklik': '1', Origin: running.origin },
        data: { email, password: testPassword },
      })
      if (!answer.ok()) throw new Error(`${email} was not let in: ${answer.status()} ${await answer.text()}`)
      await page.goto(`${running.origin}${path}`)
      return page
    },
    async customer(wanted = {}) {
      const { page } = await journey.open(wanted)
      await page.goto(siteUrl)
      await openWidget(page)
      return page
    },
    administrator: () => (keeper ??= running.agent('administrator@sample.example')),
    showChannel(id) {
      channelId = id
    },
    async changeChannel(part) {
      const { api } = await journey.administrator()
      const { items } = await api.call(settingsRoutes.channels.list, {})
      const channel = items.find(({ id }) => id === channelId)
      if (!channel) throw new Error('The sample has a channel')
      const { id, name, origins, language, accent, side, title, consentText, consentUrl, queueId, version } = { ...channel, ...part }
      await api.call(settingsRoutes.channels.put, {
        params: { id },
        body: { name, origins, language, accent, side, title, consentText, consentUrl, queueId, version },
      })
    },
    async picture(page, name) {
      await takePicture(page, join(pictures, `${name}.png`))
    },
    leave: (page) => page.context().close(),
  }
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail')
      for (const [number, { page }] of opened.entries()) if (!page.isClosed()) await journey.picture(page, `failed, ${task.name}, ${number + 1}`)
    await Promise.all(opened.map(({ context }) => context.close()))
    site.close()
    await running.close()
    await database.close()
    expect(opened.flatMap(({ faults }) => faults), 'what the pages complained about').toEqual([])
  })
  if (!options.empty) await journey.changeChannel({ origins: [siteUrl] })
  return journey
}

/** A customer's site with a strict policy and a style sheet that means no good. */
const serveSite = async (server: string, channelId: () => string): Promise<Server> => {
  const site = createServer((_request, response) => {
    response
      .setHeader('Content-Security-Policy', `default-src 'none'; script-src ${server}; connect-src ${server} ${server.replace('http', 'ws')}; style-src 'unsafe-inline'`)
      .setHeader('Content-Type', 'text/html; charset=utf-8')
      .end(
        `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gorod Mobile</title>
         <style>* { font-family: serif; color: red } div { all: unset; display: none !important } button { transform: rotate(3deg) }</style>
         <h1>Gorod Mobile</h1><script src="${server}/widget.js" data-channel="${channelId()}" async></script>`,
      )
  }).listen(0, 'localhost')
  await once(site, 'listening')
  return site
}

export const openWidget = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => 'otklik' in globalThis)
  await page.evaluate(() => (globalThis as unknown as { otklik: { open(): void } }).otklik.open())
  await page.getByRole('dialog').waitFor()
}

/** The customer writes and waits until the words are on the screen. */
export const write = async (customer: Page, text: string): Promise<void> => {
  const field = customer.locator('textarea.write')
  await field.fill(text)
  await field.press('Enter')
  await customer.getByRole('log').getByText(text).first().waitFor()
}

/** What a signed-in page may ask of the interface. */
export const ask = <Value>(page: Page, method: string, path: string, body?: unknown): Promise<Value> =>
  page.evaluate(
    async ([verb, address, text]) => {
      const response = await fetch(`/api/v1${address}`, {
        method: verb as string,
        headers: { 'X-Otklik': '1', ...(text ? { 'Content-Type': 'application/json' } : {}) },
        ...(text ? { body: text } : {}),
      })
      return (response.status === 204 ? null : await response.json()) as never
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  )

/** Which contact the address of an agent's page names. */
export const openContact = (page: Page): ContactId | null => (/\/contacts\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? null) as ContactId | null

/** What is needed of a page; the tests of the server are compiled without the DOM's types. */
interface PageElement {
  readonly tagName: string
  readonly nodeType: number
  readonly data?: string
  readonly value?: unknown
  readonly childNodes: Iterable<PageElement>
  readonly shadowRoot?: PageElement | null
  getAttribute(name: string): string | null
  checkVisibility(): boolean
  readonly className: unknown
  readonly parentElement: PageElement | null
  readonly scrollWidth: number
  getBoundingClientRect(): { readonly left: number; readonly right: number; readonly width: number; readonly height: number }
}
interface PageGlobals {
  readonly innerWidth: number
  readonly document: { readonly documentElement: PageElement; readonly body: PageElement; querySelectorAll(selector: string): Iterable<PageElement> }
  getComputedStyle(element: PageElement): { readonly overflowX: string }
}

/** What reaches out of the window, in words, except inside of what scrolls by itself. */
export const findTooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { document, innerWidth, getComputedStyle } = globalThis as unknown as PageGlobals
    const found: string[] = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) found.push(`page: ${scrollWidth} > ${innerWidth}`)
    const isInScroller = (element: PageElement) => {
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== 'visible') return true
      return false
    }
    for (const element of document.querySelectorAll('body *')) {
      const { left, right, width, height } = element.getBoundingClientRect()
      if (width === 0 || height === 0 || (left >= -1 && right <= innerWidth + 1) || isInScroller(element)) continue
      found.push(`${element.tagName.toLowerCase()}.${String(element.className)}: ${Math.round(left)}–${Math.round(right)}`)
    }
    return found
  })

/** What a finger must hit and cannot: visible controls under 44 px in height or width, in words. Links inside of words may be small. */
export const findTooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as PageGlobals
    const found: string[] = []
    for (const element of document.querySelectorAll('button, [role=option], [role=menuitem], a, textarea, input:not([type=radio], [type=checkbox]), label.radio')) {
      const { width, height } = element.getBoundingClientRect()
      if (width === 0 || height === 0 || !element.checkVisibility()) continue
      if (width < 43.5 || height < 43.5) found.push(`${element.tagName.toLowerCase()}.${String(element.className)} ${element.getAttribute('aria-label') ?? ''}: ${Math.round(width)}×${Math.round(height)}`)
    }
    return found
  })

/** Everything that a page says to eyes and ears, shadow trees included: texts, names, hints, what stands in fields. */
export const readWords = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as PageGlobals
    const words: string[] = []
    const read = (node: PageElement) => {
      if (node.nodeType === 3) words.push(node.data ?? '')
      if (node.nodeType === 1) {
        if (/^(script|style|noscript)$/i.test(node.tagName) || !node.checkVisibility()) return
        for (const name of ['title', 'aria-label', 'placeholder', 'alt']) words.push(node.getAttribute(name) ?? '')
        if (typeof node.value === 'string') words.push(node.value)
        if (node.shadowRoot) read(node.shadowRoot)
      }
      for (const child of node.childNodes) read(child)
    }
    read(document.documentElement)
    return words.filter((word) => word.trim() !== '').join('\n')
  })

/** An offer that has been on the screen for the moment before its keys are taken. */
export const seenOffer = (agent: Page) => agent.locator('.offer[data-seen=true]').first()

/** By finger: becomes available. A tap on a page that has only just come up is lost now and then; a person taps again. */
export const tapAvailable = async (agent: Page): Promise<void> => {
  const banner = agent.locator('.presence-banner')
  // One that was heard asks the server, and is not repeated however long the answer takes: the banner would go from under it.
  let isHeard = false
  const heard = agent.waitForRequest('**/desk/presence').then(() => (isHeard = true), () => undefined)
  for (let tries = 1; !isHeard && tries <= 5; tries += 1) {
    await banner.getByRole('button').tap()
    await Promise.race([heard, agent.waitForTimeout(3000)])
  }
  await banner.waitFor({ state: 'detached' })
}

/** The server has answered, too: what ends or puts off the open contact waits for that. */
export const accepted = (agent: Page) => agent.locator('.talk-head .timer.off').waitFor({ state: 'detached' })

/** Enter twice, a tenth of a second apart by the events' own clock, whatever the machine takes for it. */
export const enterTwice = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 }
  const seconds = Date.now() / 1000
  for (const timestamp of [seconds, seconds + 0.1]) {
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...enter, timestamp })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter, timestamp })
  }
  await session.detach()
}

/** By keyboard: waits for the offer, takes it with Enter, and is ready to write. */
export const takeOffer = async (agent: Page): Promise<void> => {
  await seenOffer(agent).waitFor()
  await agent.keyboard.press('Enter')
  await agent.locator('.composer textarea:focus').waitFor()
}

/** By keyboard: chooses an entry of the presence menu by its words. */
export const choosePresence = async (agent: Page, words: string): Promise<void> => {
  await agent.keyboard.press('Alt+p')
  const menu = agent.locator('.presence-menu')
  await menu.waitFor()
  // It gives the focus to its first entry; until then arrows are for what is behind it.
  await menu.getByRole('menuitem').first().and(agent.locator(':focus')).waitFor()
  const entry = menu.getByRole('menuitem', { name: words })
  while (!(await entry.evaluate((element) => element.matches(':focus')))) await agent.keyboard.press('ArrowDown')
  await agent.keyboard.press('Enter')
  await menu.waitFor({ state: 'hidden' })
}

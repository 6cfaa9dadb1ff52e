/**
 * Loads every page of the gallery in a real browser, under the product's own content security policy, in both
 * languages and widths: no text leaves its box, no page scrolls sideways, axe finds nothing serious, the console stays
 * silent. Leaves pictures in test-results/desk for people to look at.
 */
import { launchBrowser, takePicture } from '@otklik/testing/browser'
import type { AxeResults, RunOptions } from 'axe-core'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildConfig } from '../../vite.shared.ts'
import { pageNames } from './pages.ts'

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const pictures = join(root, 'test-results/desk')
const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const nonce = 'gallery'
const policy = [
  "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' blob:",
  "media-src 'self' blob:", "font-src 'self'", "worker-src 'self'",
  "connect-src 'self'", "frame-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'",
  "frame-ancestors 'self'", "require-trusted-types-for 'script'", 'trusted-types dompurify',
].join('; ')

const serve = (folder: string): Server =>
  createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/widget-preview') return void response.writeHead(
      200,
      { 'content-type': 'text/html' },
    ).end('<!doctype html><title>.</title>')
    const file = pathname === '/axe.js' ? axeFile : join(folder, pathname === '/' ? 'gallery.html' : pathname)
    readFile(file).then(
      (bytes) => {
        const body = file.endsWith('.html') ? bytes.toString().replace('__CSP_NONCE__', nonce) : bytes
        response.writeHead(200, {
          'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
          // Names carry a hash: one page after the other need not fetch and compile the same scripts.
          ...(file.endsWith('.html') ? {} : { 'cache-control': 'max-age=3600, immutable' }),
        }).end(body)
      },
      () => response.writeHead(404).end(),
    )
  })

/** Elements whose own text is wider than they are, unless they are cut on purpose and say the whole in a title. */
const findOverflow = () => {
  const found: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const ownText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (!ownText || element.closest('svg, .hidden-text, [aria-hidden="true"]')) continue
    const box = element.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) continue
    const style = getComputedStyle(element)
    if (style.display === 'inline') continue
    const isCut = style.textOverflow === 'ellipsis'
    if (element.scrollWidth > element.clientWidth + 1 && !(isCut && element.closest('[title]')))
      found.push(
        `${element.tagName.toLowerCase()}.${element.className}: “${element.textContent?.trim().slice(0, 60)}” ${element.scrollWidth} > ${element.clientWidth}`,
      )
    // Text that a parent cuts off without saying so.
    const frame = element.closest<HTMLElement>('button, .chip, .presence, .contact-row, .offer, .banner, .tag')
    if (frame &&
      frame.scrollWidth > frame.clientWidth + 1) found.push(
        `${frame.tagName.toLowerCase()}.${frame.className} holds more than fits`,
      )
  }
  // The bar does not scroll: what leaves it cannot be reached.
  for (const button of document.querySelectorAll<HTMLElement>('.top button')) {
    const { left, right, width } = button.getBoundingClientRect()
    if (width > 0 && (left < 0 || right > innerWidth)) found.push(`top bar: “${button.textContent?.trim().slice(0, 60)}” ${Math.round(left)}–${Math.round(right)} of ${innerWidth}`)
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(
    `page: ${document.documentElement.scrollWidth} > ${innerWidth}`,
  )
  return [...new Set(found)]
}

interface Axe {
  run(context: { readonly exclude: readonly string[] }, options: RunOptions): Promise<AxeResults>
}

/** How much of axe's rules: `contrast` is the dearest of them, and the only one that colours change and widths do not. */
type Rules = 'all' | 'contrast' | 'allButContrast'

/** Held to as well, though axe calls them moderate: who reads by ear finds the way by them. */
const ways = ['landmark-no-duplicate-banner', 'landmark-unique', 'landmark-one-main', 'page-has-heading-one', 'region', 'landmark-contentinfo-is-top-level']

const findAxe = async (page: Page, rules: Rules) => {
  // By the server, as the page's own scripts: the browser keeps it compiled from one page to the next.
  await page.evaluate("import('/axe.js')")
  return page.evaluate(async ([asked, named]) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    // Keys that do not work yet, because nobody can have seen what they would do, are faded as everything is that is disabled.
    const { violations } = await axe.run({ exclude: ['.offer[data-seen="false"] .key'] }, {
      resultTypes: ['violations'],
      preload: false,
      ...(asked === 'contrast' ? { runOnly: ['color-contrast'] } : {}),
      ...(asked === 'allButContrast' ? { rules: { 'color-contrast': { enabled: false } } } : {}),
    })
    return violations
      .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical' || named.includes(violation.id))
      .map((violation) => `${violation.id}: ${violation.nodes
        .slice(0, 3)
        .map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`)
        .join(' | ')}`)
  }, [rules, ways] as const)
}

const wide = { name: 'wide', width: 1280, height: 800 }
const phone = { name: 'phone', width: 390, height: 844 }
type View = typeof wide

interface Round {
  readonly language: 'ru' | 'en'
  /** As what the page is loaded, and as what it is looked at afterwards without a new load. */
  readonly views: readonly [View, View]
  /** At last in dark colours, too. */
  readonly dark: boolean
}

/** Pages that are looked at side by side. */
const atOnce = 3

describe('the gallery', () => {
  let browser: Browser
  let server: Server
  let base: string

  beforeAll(async () => {
    // As people get it: React's own checks would take half of the time that all pages need.
    vi.stubEnv('NODE_ENV', 'production')
    await build({ ...buildConfig('dist/gallery', 'gallery.html'), logLevel: 'error' })
    vi.unstubAllEnvs()
    await mkdir(pictures, { recursive: true })
    server = serve(join(root, 'dist/gallery')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await new Promise((resolve) => server?.close(resolve))
  })

  /** What is wrong with one page: nothing, when all is well. */
  const inspect = async (page: Page, name: string, { language, views, dark }: Round): Promise<string[]> => {
    const remarks: string[] = []
    const look = async (theme: string, { name: width }: View) => {
      await takePicture(page, join(pictures, `${name}-${language}-${theme}-${width}.png`))
      for (const found of await page.evaluate(findOverflow)) remarks.push(`${name} ${language} ${width}: ${found}`)
    }
    page.removeAllListeners()
    page.on('pageerror', (error) => remarks.push(`${name} ${language}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') remarks.push(`${name} ${language}: console: ${message.text().slice(0, 200)}`)
    })
    const [first, second] = views
    await page.setViewportSize(first)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(`${base}/?page=${name}&lang=${language}`)
    await page.waitForSelector('html[data-ready]')
    await look('light', first)
    for (const found of await findAxe(page, first === wide ? 'all' : 'allButContrast')) remarks.push(`${name} ${language} ${first.name}: axe ${found}`)
    await page.setViewportSize(second)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await look('light', second)
    if (!dark) return remarks
    // The colours follow the system's at once; nothing else changes with them.
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.waitForSelector('html[data-mantine-color-scheme="dark"]')
    await look('dark', second)
    for (const found of await findAxe(page, 'contrast')) remarks.push(`${name} ${language} dark: axe ${found}`)
    return remarks
  }

  // Both languages are seen in both widths; axe looks at each width once, as what it looks at does not change with the language.
  const rounds: readonly Round[] = [
    { language: 'ru', views: [phone, wide], dark: true },
    { language: 'en', views: [wide, phone], dark: false },
  ]
  for (const round of rounds)
    it(`${round.language}, from ${round.views[0].name}: every text in its box, a silent console, nothing serious for axe${round.dark ? ', dark colours to be read' : ''}`, async () => {
      // GALLERY=floor looks at the pages whose names begin so, while one works on them.
      const waiting = pageNames.filter((name) => name.startsWith(process.env['GALLERY'] ?? ''))
      const remarks: string[] = []
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          const context = await browser.newContext({ hasTouch: round.views[0] === phone, reducedMotion: 'reduce' })
          const page = await context.newPage()
          for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) remarks.push(
            ...(await inspect(page, name, round)),
          )
          await context.close()
        }),
      )
      expect(remarks.join('\n')).toBe('')
    }, 300_000)
})

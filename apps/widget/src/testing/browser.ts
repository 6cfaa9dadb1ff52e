/** What the browser tests share: the built widget, Chromium, and pages that carry it. */
import { mkdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** The widget as it is shipped. */
export const buildWidget = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'otklik-widget-'))
  try {
    await build({ configFile: join(root, 'apps/widget/vite.config.ts'), logLevel: 'warn', mode: 'production', build: { outDir: folder } })
    return readFileSync(join(folder, 'widget.js'), 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A page of a fresh visitor; what it throws and what its policy refuses is kept. */
export const openPage = async (browser: Browser, url: string, options: BrowserContextOptions = {}) => {
  const context = await browser.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection|ERR_/.test(message.text())) complaints.push(message.text())
  })
  page.setDefaultTimeout(12_000) // sooner than the test, so that what did not come is named
  await page.goto(url)
  return { context, page, complaints }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What WCAG 2.2 AA, as far as a machine can tell, has against the widget as it stands. */
export const findBarriers = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: machine } = window as unknown as { axe: { run(on: unknown, how: unknown): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> } }
    const { violations } = await machine.run('otklik-chat', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`))
  })
}

const pictures = join(root, 'test-results', 'widget')
/** A picture to look at; never compared. */
export const photograph = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
}

export const shop = (tag: string, head = ''): string => `<!doctype html><html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Магазин</title>${head}</head>
<body><main><h1>Связь, которая держит слово</h1><p>Честный счёт, понятный тариф и живые люди в поддержке.</p></main>${tag}</body></html>`

/** The system's Chromium, headless and silent: it asks nobody outside for anything. */
import { writeFile } from 'node:fs/promises'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from '../../../scripts/find-chromium.mjs'

export const launchBrowser = (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('The browser tests need Chromium: apt-get install chromium-headless-shell')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  })
}

/** Collects what a page complains about; refused requests and a network that is away are part of tests and left out. */
export const listenForFaults = (page: Page): string[] => {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(message.text())) faults.push(message.text())
  })
  return faults
}

/** A picture to look at, by the browser's quick encoder: in half the time of the usual one. `path` ends in .png. */
export const takePicture = async (page: Page, path: string): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
  await session.detach()
  await writeFile(path, Buffer.from(data, 'base64'))
}

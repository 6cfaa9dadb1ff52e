/** Where a Chromium is for the browser tests. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The headless shell first: the same engine without a browser's own windows, in which the journeys take a quarter less time. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @returns {string | undefined} CHROMIUM_PATH if it is set, else the first that /usr/bin or PATH has */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH']
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  return (named ? [named] : names.flatMap((name) => folders.map((folder) => join(folder, name)))).find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

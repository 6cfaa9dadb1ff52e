/** Before `npm run setup-link` and `npm run admin`, which run what `npm start` has built. Node built-ins only. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

if (!existsSync(join(resolve(import.meta.dirname, '..'), 'dist', '.stamp'))) {
  console.error('Otklik is not built yet: run `npm start` first; it builds, starts and prints the set-up link itself.')
  process.exit(1)
}

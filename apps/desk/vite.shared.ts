/** What the desk's build and the gallery's build have in common. */
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import type { UserConfig } from 'vite'

export const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * @param outDir folder of the built files, from the repository's root
 * @param page the HTML file that starts it
 */
export const buildConfig = (outDir: string, page: string): UserConfig => ({
  root: here,
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL(`../../${outDir}`, import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: fileURLToPath(new URL(page, import.meta.url)),
      output: {
        codeSplitting: {
          groups: [
            // `strict.ts` must run before zod builds its first schema, so both share a chunk.
            {
              name: 'contract',
              test: /node_modules\/zod\/|packages\/(contract|model|client)\/|src\/strict\.ts/,
              priority: 3,
            },
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next|html-parse-stringify)\//,
              priority: 2,
            },
          ],
        },
      },
    },
  },
})

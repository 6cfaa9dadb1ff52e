import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The widget: one classic script without modules, styles or names of its own on the page. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  // Also where NODE_ENV says `test`: the development runtime would carry file names into the bundle.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/widget', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome111', 'firefox113', 'safari16.4'],
    lib: { entry: fileURLToPath(new URL('src/main.ts', import.meta.url)), formats: ['iife'], name: 'otklikWidget', fileName: () => 'widget.js' },
    rolldownOptions: { output: { exports: 'none', extend: false } },
  },
})

import { defineConfig } from 'vite'
import { buildConfig } from './vite.shared.ts'

/** The gallery: the real components with made-up people. Built on demand, never part of the product. */
export default defineConfig(buildConfig('dist/gallery', 'gallery.html'))

import { defineConfig } from 'vite'
import { buildConfig } from './vite.shared.ts'

/** The desk: `npm start` serves dist/desk. In development the API of a server on this machine is passed through. */
export default defineConfig({
  ...buildConfig('dist/desk', 'index.html'),
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: process.env['OTKLIK_DEV_SERVER'] ?? 'http://localhost:3000', ws: true },
      '/widget-preview': process.env['OTKLIK_DEV_SERVER'] ?? 'http://localhost:3000',
    },
  },
})

/**
 * Builds into dist/: server/ (esbuild; our own packages inlined, third-party ones left to node_modules), migrations/,
 * desk/ and widget/ (Vite). dist/.stamp is removed first and written last: half a build is never taken for a whole one.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build as bundle } from 'esbuild'
import { build as buildPages } from 'vite'
import { hashSources } from './source-hash.mjs'

const root = resolve(import.meta.dirname, '..')
const dist = join(root, 'dist')
const stamp = join(dist, '.stamp')
const hash = hashSources(root)

async function buildServer() {
  const source = join(root, 'apps/server/src')
  const entryPoints = ['main.ts', 'admin.ts', 'setup-cli.ts', 'files/inspector-process.ts']
    .map((name) => ({ in: join(source, name), out: basename(name, '.ts') }))
    .filter((entry) => existsSync(entry.in))
  rmSync(join(dist, 'server'), { recursive: true, force: true })
  rmSync(join(dist, 'migrations'), { recursive: true, force: true })
  // Beside server/, as in the sources: `../migrations` is right in both.
  cpSync(join(root, 'apps/server/migrations'), join(dist, 'migrations'), { recursive: true })
  if (entryPoints.length === 0) return
  await bundle({
    entryPoints,
    outdir: join(dist, 'server'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [thirdPartyOutside],
  })
}

/**
 * Leaves a package outside when dist/server will find the same copy of it; one that npm nested below apps/server, because
 * another version lies at the top, is inlined.
 */
const thirdPartyOutside = {
  name: 'third-party-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async (request) => {
      if (request.pluginData === 'asked' || request.path.startsWith('@otklik/') || request.kind === 'entry-point') return
      const { path, kind, importer, resolveDir } = request
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'asked' })
      if (found.errors.length > 0 || found.external) return found
      return found.path.startsWith(join(root, 'node_modules') + sep) ? { path, external: true } : found
    })
  },
}

/** @param {string} app */
async function buildApp(app) {
  const folder = join(root, 'apps', app)
  const configFile = join(folder, 'vite.config.ts')
  if (!existsSync(configFile)) return
  await buildPages({
    root: folder,
    configFile,
    logLevel: 'warn',
    build: { outDir: join(dist, app), emptyOutDir: true },
  })
}

/** Beside each text that browsers fetch, the same compressed: the server sends what the browser takes. @param {string} folder */
function compressTexts(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css|svg)$/.test(name)) continue
    const text = readFileSync(join(folder, name))
    // Beyond the ninth of eleven levels it takes ten times as long for two hundredths.
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }))
  }
}

rmSync(stamp, { force: true })
await buildServer()
for (const app of ['desk', 'widget']) await buildApp(app)
for (const folder of [join(dist, 'desk', 'assets'), join(dist, 'widget')]) if (existsSync(folder)) compressTexts(folder)
mkdirSync(dist, { recursive: true })
writeFileSync(stamp, hash)

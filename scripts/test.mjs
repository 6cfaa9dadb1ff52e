/**
 * `npm test`: every check of the repository, in the order in which a mistake costs least time. All steps run even when
 * one fails; the last line is `N passed, N failed` with the counts of vitest.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const report = join(root, 'test-results', 'vitest.json')
const failed = []

const chromium = findChromium()
if (chromium === undefined) {
  console.error('The browser tests need Chromium: install it with `apt-get install chromium`, or set CHROMIUM_PATH, and run again.')
  process.exit(1)
}
process.env['CHROMIUM_PATH'] = chromium

step('eslint', 'eslint', ['.'])
step('dependency-cruiser', 'depcruise', ['--output-type', 'err', ...['packages', 'apps', 'bench', 'scripts'].filter(hasFiles)])
step('tsc', 'tsc', ['-p', '.'])
for (const app of ['apps/desk', 'apps/widget'])
  if (hasFiles(`${app}/src`)) step(`tsc ${app}`, 'tsc', ['-p', app])
step('types', 'tsx', ['scripts/generate-types.mjs', '--check'])

mkdirSync(join(root, 'test-results'), { recursive: true })
rmSync(report, { force: true })
const isGreen = step('vitest', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
const counts = readCounts()

if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
console.log(`${counts.passed} passed, ${counts.failed} failed`)

/**
 * Runs one tool of node_modules/.bin, shows its output and its seconds.
 * @returns {boolean} whether it succeeded
 */
function step(name, tool, args) {
  console.log(`\n▸ ${name}`)
  const began = performance.now()
  const bin = join(root, 'node_modules', '.bin', tool)
  const run = spawnSync(bin, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  const isDone = run.status === 0
  if (!isDone) failed.push(name)
  if (run.error !== undefined) console.error(run.error.message)
  console.log(`${isDone ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return isDone
}

/** A file that does not load, or an error outside every test, fails the run without failing a test: it counts as one. */
function readCounts() {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  return { passed: numPassedTests, failed: isGreen ? numFailedTests : Math.max(1, numFailedTests) }
}

function hasFiles(folder) {
  const path = join(root, folder)
  return existsSync(path) && readdirSync(path, { recursive: true, encoding: 'utf8' }).some((name) => /\.(ts|tsx|mjs)$/.test(name))
}

function findChromium() {
  const named = process.env['CHROMIUM_PATH']
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const onPath = (process.env['PATH'] ?? '').split(':').flatMap((folder) => names.map((name) => join(folder, name)))
  return [...(named ? [named] : names.map((name) => `/usr/bin/${name}`)), ...(named ? [] : onPath)].find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

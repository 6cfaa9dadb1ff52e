/**
 * `npm test`: every check of the repository, in the order in which a mistake costs least time. All steps run even
 * when one fails; the last line is `N passed, N failed` with the counts of vitest.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findChromium } from './find-chromium.mjs'

const root = resolve(import.meta.dirname, '..')
const report = join(root, 'test-results', 'vitest.json')
const failed = []

if (findChromium() === undefined) {
  console.error('The browser tests need Chromium: install it with `apt-get install chromium-headless-shell` (or `chromium`), or set CHROMIUM_PATH, and run again.')
  process.exit(1)
}

// Two at a time, as many as there are tests beside each other: what one says is shown when it ends.
const waiting = [
  () => told('eslint', 'eslint', ['.']),
  () => told('tsc', 'tsc', ['-p', '.']),
  ...['apps/desk', 'apps/widget'].filter((app) => hasFiles(`${app}/src`)).map((app) => () => told(`tsc ${app}`, 'tsc', ['-p', app])),
  () => told('dependency-cruiser', 'depcruise', ['--output-type', 'err', ...['packages', 'apps', 'bench', 'demo', 'scripts'].filter(hasFiles)]),
  () => told('types', 'tsx', ['scripts/generate-types.mjs', '--check']),
]
const goOn = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await next()
}
await Promise.all([goOn(), goOn()])

mkdirSync(join(root, 'test-results'), { recursive: true })
rmSync(report, { force: true })
console.log('\n▸ vitest')
const isGreen = await step('vitest', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], 'inherit')
const counts = readCounts()

if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
console.log(`${counts.passed} passed, ${counts.failed} failed`)

/**
 * Runs one tool of node_modules/.bin and shows its seconds.
 * @param {'inherit' | 'pipe'} stdio whether its output is shown as it comes, or afterwards
 * @returns {Promise<boolean>} whether it succeeded
 */
async function step(name, tool, args, stdio) {
  const began = performance.now()
  const child = spawn(join(root, 'node_modules', '.bin', tool), args, { cwd: root, stdio: ['inherit', stdio, stdio], shell: process.platform === 'win32' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text))
  child.on('error', (error) => (output += `${error.message}\n`))
  const isDone = await new Promise((resolve) => child.on('close', (code) => resolve(code === 0)))
  if (!isDone) failed.push(name)
  console.log(`${output}${isDone ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return isDone
}

function told(name, tool, args) {
  return step(name, tool, args, 'pipe')
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

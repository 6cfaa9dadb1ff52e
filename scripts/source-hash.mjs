/** What the build is made from, as one hash: `npm start` builds again only when it changes. Node built-ins only. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const rooms = ['apps', 'packages']
const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs']
const leftOut = new Set(['node_modules', 'dist', 'test-results'])

/**
 * @param {string} root the repository
 * @returns {string} sha256 in hex over the paths and contents of every source that a build reads
 */
export function hashSources(root) {
  const hash = createHash('sha256')
  for (const file of [...files, ...rooms.flatMap((room) => listFiles(root, room))]) {
    if (!existsSync(join(root, file))) continue
    hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0')
  }
  return hash.digest('hex')
}

/** @returns {string[]} paths below `folder`, sorted */
function listFiles(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : listFiles(root, path)
    return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
  })
}

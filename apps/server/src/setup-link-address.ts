/**
 * Where the links lead that are printed at the machine: a server notes its address in the data folder, and the command
 * lines, which are started without the server's variables, read it there.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'

type Place = Pick<Config, 'dataFolder' | 'publicUrl'>

const noteOf = ({ dataFolder }: Place) => join(dataFolder, 'address')

const readNote = (place: Place): string | undefined => {
  try {
    const noted = readFileSync(noteOf(place), 'utf8').trim()
    return URL.canParse(noted) ? noted : undefined
  } catch (error) {
    // A folder that cannot be used is told of when the database is opened.
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(error.code))) return undefined
    throw error
  }
}

/** Remembers the address of the server that has just begun to listen. */
export const noteAddress = (place: Place): void => {
  if (readNote(place) === place.publicUrl) return
  mkdirSync(place.dataFolder, { recursive: true, mode: 0o700 })
  const fresh = `${noteOf(place)}.${process.pid}`
  // Put in place whole; and over the note of another user, when the folder is ours.
  writeFileSync(fresh, `${place.publicUrl}\n`)
  renameSync(fresh, noteOf(place))
}

/**
 * The beginning of a link. What the environment says goes first, then what the server noted; `doubt` is a sentence to
 * print when there is neither.
 */
export const findAddress = (
  place: Place,
  env: Readonly<Record<string, string | undefined>>,
): { readonly publicUrl: string; readonly doubt: string | undefined } => {
  if (env['PORT']?.trim() || env['PUBLIC_URL']?.trim()) return { publicUrl: place.publicUrl, doubt: undefined }
  const noted = readNote(place)
  if (noted !== undefined) return { publicUrl: noted, doubt: undefined }
  const doubt = 'No server has been started with this data folder yet: if yours has its own PORT or PUBLIC_URL, give it here too, such as PORT=3001 before npm.'
  return { publicUrl: place.publicUrl, doubt }
}

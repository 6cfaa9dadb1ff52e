/**
 * Uploaded bytes on disk, outside of everything that is served as it lies there: `files/ab/cdef…` by the hash of what is
 * handed out, 0600. A file appears there whole (written aside, flushed, renamed) or not at all. Several servers may share
 * the folder: nothing in it is changed once it is there, and who removes holds the database's lock of that hash.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FileVariant } from '@otklik/contract/attachments'
import { pictureOf, previewOf } from './beside.ts'

type Received =
  | { readonly ok: true; readonly path: string; readonly bytes: number; readonly sha256: Buffer }
  | { readonly ok: false; readonly code: 'fileTooLarge' | 'fileEmpty' | 'unavailable' }

/** The sender went away in the middle. */
export class UploadAborted extends Error {
  override readonly name = 'UploadAborted'
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** So much stays free: the database may lie on the same disk, and must not stop for somebody's files. Visitors stop at twice as much, so that they leave some to the agents. */
const keptFreeBytes = 1024 ** 3

/** @param folder made when the first file comes */
export const createDisk = (folder: string, keptFree: number = keptFreeBytes) => {
  const aside = join(folder, 'tmp')
  const placeOf = (sha256: Buffer, variant: FileVariant): { folder: string; path: string } => {
    const hex = sha256.toString('hex')
    const own = join(folder, hex.slice(0, 2))
    const path = join(own, hex.slice(2))
    return { folder: own, path: variant === 'preview' ? previewOf(path) : path }
  }

  /** Removes an upload that was not kept, or what is left of one that was. */
  const discard = async (path: string): Promise<void> => {
    for (const each of [path, pictureOf(path), previewOf(path)]) await rm(each, { force: true })
  }

  return {
    /** Writes a stream aside as it comes; memory holds one piece of it. */
    async receive(body: Readable, mostBytes: number, by: 'agent' | 'visitor'): Promise<Received> {
      await mkdir(aside, { recursive: true, mode: 0o700 })
      const { bavail, bsize } = await statfs(aside)
      if (bavail * bsize < keptFree * (by === 'visitor' ? 2 : 1) + mostBytes) return { ok: false, code: 'unavailable' }
      const path = join(aside, randomBytes(16).toString('hex'))
      const hash = createHash('sha256')
      let file: FileHandle | undefined
      let bytes = 0
      try {
        file = await open(path, 'wx', 0o600)
        // The stream stays whole when we stop reading, so that the sender can be told why.
        for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          bytes += chunk.length
          if (bytes > mostBytes) break
          hash.update(chunk)
          for (let from = 0; from < chunk.length; ) from += (await file.write(chunk, from)).bytesWritten
        }
        await file.sync()
      } catch (error) {
        await file?.close()
        await discard(path)
        if (body.destroyed) throw new UploadAborted('the sender went away', { cause: error })
        throw error
      }
      await file.close()
      if (bytes > 0 && bytes <= mostBytes) return { ok: true, path, bytes, sha256: hash.digest() }
      await discard(path)
      return { ok: false, code: bytes === 0 ? 'fileEmpty' : 'fileTooLarge' }
    },

    discard,

    /** Puts an upload, or the picture drawn of it, in its place. Done before, it does nothing. */
    async keep(path: string, sha256: Buffer, isPicture: boolean): Promise<void> {
      const place = placeOf(sha256, 'file')
      await mkdir(place.folder, { recursive: true, mode: 0o700 })
      if (isPicture) await moveUnlessDone(previewOf(path), previewOf(place.path))
      await moveUnlessDone(isPicture ? pictureOf(path) : path, place.path)
      const own = await open(place.folder)
      try {
        await own.sync()
      } finally {
        await own.close()
      }
    },

    /** A reader of the bytes, from `start` to and with `end`; undefined when they are not there. */
    async read(sha256: Buffer, variant: FileVariant): Promise<{ bytes: number; stream(range?: { start: number; end: number }): Readable } | undefined> {
      const { path } = placeOf(sha256, variant)
      try {
        const { size } = await stat(path)
        return { bytes: size, stream: (range) => createReadStream(path, range) }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },

    /** To be called under the lock of the hash, when nothing names it any more. */
    async remove(sha256: Buffer): Promise<void> {
      for (const variant of ['file', 'preview'] as const) await rm(placeOf(sha256, variant).path, { force: true })
    },

    /** Removes what crashed uploads left aside, and names the contents that lie there since before `time`. */
    async *sweep(time: Date): AsyncGenerator<Buffer> {
      const isOld = async (path: string) => {
        try {
          return (await stat(path)).mtime < time
        } catch (error) {
          if (isMissing(error)) return false // another server was quicker
          throw error
        }
      }
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      for (const name of names) {
        const own = join(folder, name)
        if (name === 'tmp') for (const left of await readdir(own)) if (await isOld(join(own, left))) await rm(join(own, left), { force: true })
        if (!/^[0-9a-f]{2}$/.test(name)) continue
        for await (const entry of await opendir(own))
          // A preview alone is what a crash left between the two.
          if (/^[0-9a-f]{62}(\.preview)?$/.test(entry.name) && (await isOld(join(own, entry.name)))) yield Buffer.from(name + entry.name.slice(0, 62), 'hex')
      }
    },
  }
}
export type Disk = ReturnType<typeof createDisk>

const moveUnlessDone = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to)
  } catch (error) {
    // The transaction around it is being done again.
    if (!isMissing(error)) throw error
    await stat(to)
  }
}

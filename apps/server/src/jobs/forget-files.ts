import type { Task } from 'graphile-worker'
import type { Deps } from '../actions/deps.ts'
import { forgetUnsentFiles, removeContent } from '../actions/attach-files.ts'
import type { Disk } from '../files/disk.ts'
import type { Reader } from '../store/database.ts'
import { findUnnamed, loadUnusedContents } from '../store/files.ts'

export interface FileJobs {
  readonly deps: Deps
  readonly reader: Reader
  readonly disk: Pick<Disk, 'remove' | 'sweep'>
}

/** So many in one go; the rest are the next go's. */
const piece = 500
const dayMs = 86_400_000

/** Uploads that nobody sent for a day, then the bytes that no file names any more. */
export const forgetFiles = async ({ deps, reader, disk }: FileJobs): Promise<void> => {
  while ((await forgetUnsentFiles(deps, piece)) === piece);
  for (let unused = await loadUnusedContents(reader, piece); unused.length > 0; unused = await loadUnusedContents(reader, piece))
    for (const sha256 of unused) await removeContent(deps, sha256, disk.remove)
}

/** What servers that were killed in the middle of an upload left on disk. */
export const sweepFiles = async ({ deps, reader, disk }: FileJobs): Promise<void> => {
  let some: Buffer[] = []
  const settle = async () => {
    for (const sha256 of await findUnnamed(reader, some)) await removeContent(deps, sha256, disk.remove)
    some = []
  }
  for await (const sha256 of disk.sweep(new Date(deps.now().getTime() - dayMs))) if (some.push(sha256) === piece) await settle()
  await settle()
}

export const fileTasks = (own: FileJobs): Record<'forgetFiles' | 'sweepFiles', Task> => ({
  forgetFiles: () => forgetFiles(own),
  sweepFiles: () => sweepFiles(own),
})

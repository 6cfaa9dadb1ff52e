import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EmbeddedPostgres } from './supervisor.ts'

const backupName = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z(-[\w-]+)?$/

/**
 * Takes a backup of the embedded database into `backups/<instant>-<label>` and removes all but the newest `keep`.
 * Folders whose names are not ours stay. Answers the path of the new backup. Throws when the backup fails.
 */
export async function takeKeptBackup(
  embedded: Pick<EmbeddedPostgres, 'backup'>,
  backups: string,
  { now, label, keep = 3 }: { now: Date; label: string; keep?: number },
): Promise<string> {
  const path = join(backups, `${now.toISOString().replaceAll(/[:.]/g, '-')}-${label}`)
  await embedded.backup(path)
  // The names begin with the instant, so they sort by age.
  const ours = (await readdir(backups)).filter((name) => backupName.test(name)).sort()
  for (const name of ours.slice(0, Math.max(0, ours.length - keep))) await rm(join(backups, name), { recursive: true })
  return path
}

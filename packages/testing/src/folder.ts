import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isProcessAlive, processName } from '../../../apps/server/src/postgres/sharing.ts'
import { stopAbandoned } from '../../../apps/server/src/postgres/supervisor.ts'

const prefix = 'otklik-test-'

/** A new temporary folder that carries the name of this process: should it be killed, the next run removes the folder. */
export function makeTestFolder(): string {
  return mkdtempSync(join(tmpdir(), `${prefix}${processName(process.pid)}-`))
}

/** Ends the database servers and removes the folders that killed runs of this user left behind; answers the folders. */
export async function removeAbandonedFolders(): Promise<string[]> {
  const removed: string[] = []
  for (const name of readdirSync(tmpdir())) {
    const maker = /^otklik-test-(\d+-\d+)-/.exec(name)?.[1]
    const folder = join(tmpdir(), name)
    if (maker === undefined || isProcessAlive(maker)) continue
    if (!existsSync(folder) || (process.getuid !== undefined && statSync(folder).uid !== process.getuid())) continue
    const servers = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('cluster/postmaster.pid'))
    const stopped = await Promise.all(servers.map((path) => stopAbandoned(dirname(dirname(join(folder, path))))))
    if (stopped.includes(false)) continue
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    removed.push(folder)
  }
  return removed
}

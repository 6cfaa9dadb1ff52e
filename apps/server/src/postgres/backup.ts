/**
 * A backup of a running cluster without pg_basebackup, which is not shipped: the server is told that a copy begins,
 * its folder is copied while it works, and the write-ahead log of that time makes the copy whole when it starts.
 */
import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, open, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { clusterPaths } from './cluster.ts'

/** Made anew by the server, or valid for the running one only (as pg_basebackup leaves them out). */
const emptyFolders = new Set(['pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_wal'])
const leftOut = /^(postmaster\.(pid|opts)|backup_label|tablespace_map|pgsql_tmp.*|pg_internal\.init.*)$/

/**
 * Copies the cluster of `folder` to a new folder `to`, which `startEmbedded({ folder: to })` can start from.
 * `to` appears only when the copy is complete and on disk; it must not exist. Throws on any failure.
 */
export async function backupCluster(folder: string, connectionString: string, to: string): Promise<void> {
  const source = clusterPaths(folder).cluster
  const partial = `${to}.partial`
  const target = clusterPaths(partial).cluster
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await mkdir(partial, { mode: 0o700 })
  const client = new pg.Client({ connectionString, statement_timeout: 0 })
  await client.connect()
  try {
    // The slot lives as long as this connection and keeps the log of the copy's time from being recycled.
    await client.query("select pg_create_physical_replication_slot('otklik_backup_' || pg_backend_pid(), true, true)")
    const start = await one<{ file: string }>(client, 'select pg_walfile_name(pg_backup_start($1, true)) as file', ['otklik'])
    await copyFolder(source, target, '')
    // Last, so that its checkpoint is not older than the copied files.
    await copyFile(join(source, 'global', 'pg_control'), join(target, 'global', 'pg_control'))
    const stop = await one<{ file: string; labelfile: string; spcmapfile: string }>(
      client,
      'select pg_walfile_name(lsn) as file, labelfile, spcmapfile from pg_backup_stop(false)',
    )
    await writeFile(join(target, 'backup_label'), stop.labelfile, { mode: 0o600 })
    if (stop.spcmapfile.trim() !== '') throw new Error('A backup of a cluster with tablespaces is not supported')
    await copyLog(join(source, 'pg_wal'), join(target, 'pg_wal'), start.file, stop.file)
    await syncTree(partial)
    await rename(partial, to)
    await syncPath(dirname(to))
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  } finally {
    await client.end()
  }
}

async function one<Row extends pg.QueryResultRow>(client: pg.Client, text: string, values: unknown[] = []): Promise<Row> {
  const [row] = (await client.query<Row>(text, values)).rows
  if (row === undefined) throw new Error(`No row from: ${text}`)
  return row
}

/** Copies what belongs to a backup; a file that the server removes meanwhile is none of it. */
async function copyFolder(from: string, to: string, path: string): Promise<void> {
  await mkdir(join(to, path), { mode: 0o700 })
  for (const name of await readdir(join(from, path))) {
    if (leftOut.test(name)) continue
    const inner = join(path, name)
    if (inner === join('global', 'pg_control')) continue
    try {
      const entry = await lstat(join(from, inner))
      if (entry.isSymbolicLink()) await symlink(await readlink(join(from, inner)), join(to, inner))
      else if (entry.isFile()) await copyFile(join(from, inner), join(to, inner), constants.COPYFILE_FICLONE)
      else if (entry.isDirectory() && path === '' && emptyFolders.has(name)) await makeEmpty(to, name)
      else if (entry.isDirectory()) await copyFolder(from, to, inner)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
}

async function makeEmpty(to: string, name: string): Promise<void> {
  await mkdir(join(to, name), { mode: 0o700 })
  if (name === 'pg_wal') await mkdir(join(to, name, 'archive_status'), { mode: 0o700 })
}

/** Copies the log segments from `first` to `last`, both included, and the timeline histories. */
async function copyLog(from: string, to: string, first: string, last: string): Promise<void> {
  const segments = (await readdir(from)).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
  if (!segments.includes(first) || !segments.includes(last)) throw new Error(`Log segments ${first}–${last} are missing`)
  const histories = (await readdir(from)).filter((name) => name.endsWith('.history'))
  for (const name of [...segments, ...histories]) await copyFile(join(from, name), join(to, name))
}

async function syncTree(path: string): Promise<void> {
  const entry = await lstat(path)
  if (entry.isSymbolicLink()) return
  if (entry.isDirectory()) for (const name of await readdir(path)) await syncTree(join(path, name))
  await syncPath(path)
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

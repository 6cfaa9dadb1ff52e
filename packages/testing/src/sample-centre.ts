/** A data folder with the sample centre in it, whose people can sign in; for tests that run the server as a process. */
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../../apps/server/src/postgres/supervisor.ts'
import { startChild } from './child-server.ts'

const testPassword = 'a calm sea and a prosperous voyage'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Runs set-up without a browser and gives the sample's agents the administrator's password. */
export const makeSampleCentre = async (dataFolder: string, env: Record<string, string> = {}): Promise<void> => {
  const passwordFile = `${dataFolder}.password`
  writeFileSync(passwordFile, `${testPassword}\n`, { mode: 0o600 })
  const child = startChild('setup-cli', { OTKLIK_DATA: dataFolder, ...env }, [
    '--admin-email', 'administrator@sample.example', '--password-file', passwordFile, '--time-zone', 'Europe/Moscow', '--sample',
  ])
  let said = ''
  child.stdout?.on('data', (data: Buffer) => (said += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`set-up failed: ${said}`)
  await withDatabase(dataFolder, env.DATABASE_URL, async (pool) => {
    await pool.query(`update agent set password_hash = (select password_hash from agent where role = 'administrator') where password_hash is null`)
  })
}

/** The database of a data folder while no server runs there, or of an address. */
export const withDatabase = async <Result>(
  dataFolder: string,
  databaseUrl: string | undefined,
  work: (pool: pg.Pool) => Promise<Result>,
): Promise<Result> => {
  const embedded = databaseUrl === undefined ? await startEmbedded({ folder: join(dataFolder, 'postgres'), logger: silent }) : undefined
  const pool = new pg.Pool({ connectionString: databaseUrl ?? embedded?.url, max: 4 })
  // A connection that is still closing when PostgreSQL stops is told so; nobody waits for it any more.
  pool.on('error', () => undefined)
  try {
    return await work(pool)
  } finally {
    await pool.end()
    await embedded?.stop()
  }
}

/** The process that holds the embedded database. */
export const postmasterPid = (dataFolder: string): number =>
  Number(readFileSync(join(dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])

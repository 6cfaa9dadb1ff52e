/** From configuration to a database that is running and migrated: embedded or by address. Used by every program of ours. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { checkDataFolder, type Config } from './config.ts'
import { migrate } from './migrations.ts'
import { takeKeptBackup } from './postgres/kept-backups.ts'
import { startEmbedded, type SupervisorLogger } from './postgres/supervisor.ts'
import { explainDatabase } from './start-problem.ts'

/** A database over a slow network answers in a second or two; one that has said nothing by then is none. */
const connectMs = 15_000

export interface OpenedDatabase {
  readonly url: string
  stop(): Promise<void>
}

/** The checkout's folder, from the sources as from the bundle. */
export const findRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'apps/server/migrations'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('apps/server/migrations is missing beside the program')
    folder = parent
  }
  return folder
}

/** Throws ConfigError, StartProblem, PostgresStartError or MigrationError, whose messages say what to do. */
export const openMigratedDatabase = async (config: Config, logger: SupervisorLogger): Promise<OpenedDatabase> => {
  if (!config.databaseUrl) checkDataFolder(config.dataFolder)
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ folder: join(config.dataFolder, 'postgres'), logger })
  const url = embedded?.url ?? config.databaseUrl?.reveal() ?? ''
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: connectMs, application_name: 'otklik-migrations' })
  pool.on('error', (error) => logger.warn(error.message))
  try {
    const applied = await migrate(pool, join(findRoot(), 'apps/server/migrations'), {
      ...(embedded
        ? {
            beforeMigrating: async (pending) => {
              const before = String((pending[0]?.number ?? 1) - 1).padStart(4, '0')
              const path = await takeKeptBackup(embedded, join(config.dataFolder, 'backups'), { now: new Date(), label: `before-${before}` })
              logger.info(`backup before migrating: ${path}`)
            },
          }
        : {}),
    })
    if (applied.length > 0) logger.info(`applied ${applied.length} migrations, up to ${applied.at(-1)?.name ?? ''}`)
  } catch (error) {
    await embedded?.stop()
    throw config.databaseUrl ? explainDatabase(error, url) : error
  } finally {
    await pool.end()
  }
  return { url, stop: () => embedded?.stop() ?? Promise.resolve() }
}

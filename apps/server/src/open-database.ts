/** From configuration to a database that is running and migrated: embedded or by address. Used by every program of ours. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Config } from './config.ts'
import { migrate } from './migrations.ts'
import { takeKeptBackup } from './postgres/kept-backups.ts'
import { startEmbedded, type SupervisorLogger } from './postgres/supervisor.ts'

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

/** Throws PostgresStartError or MigrationError, whose messages say what to do. */
export const openMigratedDatabase = async (config: Config, logger: SupervisorLogger): Promise<OpenedDatabase> => {
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ folder: join(config.dataFolder, 'postgres'), logger })
  const url = embedded?.url ?? config.databaseUrl?.reveal() ?? ''
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'otklik-migrations' })
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
    throw error
  } finally {
    await pool.end()
  }
  return { url, stop: () => embedded?.stop() ?? Promise.resolve() }
}

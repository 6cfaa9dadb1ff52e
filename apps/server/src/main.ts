/** Starts and stops the process. */
import { join } from 'node:path'
import { pino } from 'pino'
import { makeSetupToken } from './actions/set-up.ts'
import { compose } from './compose.ts'
import { ConfigError, loadSecretKey, readConfig } from './config.ts'
import { tellError } from './log-error.ts'
import { findRoot, openMigratedDatabase } from './open-database.ts'
import { explainStart } from './start-problem.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const start = async (): Promise<void> => {
  const config = readConfig(process.env, process.cwd())
  loadSecretKey(config.secretKey)
  const logger = pino({ level: config.logLevel, base: null, serializers: { err: tellError } })
  const opened = await openMigratedDatabase(config, logger)
  const otklik = await compose({ config, databaseUrl: opened.url, logger, pages: join(findRoot(), 'dist') }).catch(async (error: unknown) => {
    await opened.stop()
    throw error
  })

  let stopping: Promise<void> | undefined
  const stop = (signal: NodeJS.Signals) => {
    stopping ??= (async () => {
      logger.info({ signal }, 'stopping')
      await otklik.stop()
      await opened.stop()
      process.exit(0)
    })().catch((error: unknown) => {
      logger.error({ err: error }, 'stopping failed')
      process.exit(1)
    })
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)

  try {
    await otklik.start()
  } catch (error) {
    await otklik.stop()
    await opened.stop()
    throw error
  }
  const token = await makeSetupToken(otklik.deps)
  say('')
  say(token === undefined ? `  Otklik is at ${config.publicUrl}` : `  Set up Otklik within the hour: ${config.publicUrl}/setup#token=${token}`)
  say('')
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : explainStart(error, process.env.PORT ?? '3000')}\n`)
  process.exit(1)
})

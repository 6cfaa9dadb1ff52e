/** Starts and stops the process. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { makeSetupToken } from './actions/set-up.ts'
import { compose } from './compose.ts'
import { checkDataFolder, loadSecretKey, readConfig, type Config } from './config.ts'
import { tellError } from './log-error.ts'
import { findRoot, openMigratedDatabase } from './open-database.ts'
import { createOutageLog } from './postgres/outage-log.ts'
import { noteAddress } from './setup-link-address.ts'
import { checkAddress, explainStart } from './start-problem.ts'

const probeMs = 1000

const say = (line: string) => process.stdout.write(`${line}\n`)

const start = async (config: Config): Promise<void> => {
  // Before anything is made: a start that fails leaves nothing behind.
  await checkAddress(config)
  checkDataFolder(config.dataFolder)
  loadSecretKey(config.secretKey)
  const outages = createOutageLog({
    probe: async () => otklik.database.pool.query('select'),
    pause: () => sleep(probeMs, undefined, { ref: false }),
    onBack: () => logger.warn('the database is reachable again'),
  })
  const logger = pino({ level: config.logLevel, base: null, serializers: { err: tellError }, hooks: { logMethod: outages.logMethod } })
  const opened = await openMigratedDatabase(config, logger)
  const otklik = await compose({ config, databaseUrl: opened.url, logger, pages: join(findRoot(), 'dist') }).catch(async (error: unknown) => {
    await opened.stop()
    throw error
  })

  let forgetAddress = (): void => undefined
  let stopping: Promise<void> | undefined
  const stop = (signal: NodeJS.Signals) => {
    stopping ??= (async () => {
      logger.info({ signal }, 'stopping')
      outages.stop()
      await otklik.stop()
      await opened.stop()
      forgetAddress()
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
  try {
    forgetAddress = noteAddress(config)
  } catch (error) {
    logger.warn({ err: error }, 'the address could not be noted: npm run setup-link needs PORT or PUBLIC_URL')
  }
  const token = await makeSetupToken(otklik.deps)
  say('')
  say(token === undefined ? `  Otklik is at ${config.publicUrl}` : `  Set up Otklik within the hour: ${config.publicUrl}/setup#token=${token}`)
  say('')
}

let config: Config | undefined
const run = async () => {
  config = readConfig(process.env, process.cwd())
  await start(config)
}

run().catch((error: unknown) => {
  process.stderr.write(`${explainStart(error, config)}\n`)
  process.exit(1)
})

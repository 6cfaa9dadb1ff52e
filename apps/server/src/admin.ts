/** `npm run admin -- reset-password --email E`: a link that sets a new password, for whoever has the machine. */
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { AgentId } from '@otklik/model/ids'
import { inviteAgent } from './actions/sign-in.ts'
import { readConfig } from './config.ts'
import { openMigratedDatabase } from './open-database.ts'
import { findAddress } from './setup-link-address.ts'
import { explainStart } from './start-problem.ts'
import { openDatabase } from './store/database.ts'

const usage = 'npm run admin -- reset-password --email anna@example.org'

/** “22 November 2026 at 18:30 GMT+3”, in the time of this machine. */
const tellMoment = (at: Date): string =>
  at.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })

const fail = (text: string): never => {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

const readArguments = () => {
  try {
    return parseArgs({ allowPositionals: true, options: { email: { type: 'string' } } })
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

/** Said once everything is closed again: the database must not be left running. */
class Refused extends Error {}

const run = async (): Promise<void> => {
  const { values, positionals } = readArguments()
  const email = values.email?.trim().toLowerCase()
  if (positionals.length !== 1 || positionals[0] !== 'reset-password' || !email) fail(usage)
  const config = readConfig(process.env, process.cwd())
  const { publicUrl, doubt } = findAddress(config, process.env)
  const warn = (line: string) => void process.stderr.write(`${line}\n`)
  const opened = await openMigratedDatabase(config, { info: () => undefined, warn, error: warn })
  const database = openDatabase({
    url: opened.url,
    connections: 2,
    applicationName: 'otklik-admin',
    onCommit: () => undefined,
    onIdleError: (error) => warn(error.message),
  })
  const deps = { now: () => new Date(), newId: randomUUID, transaction: database.transaction }
  try {
    const agent = await database.reader.db
      .selectFrom('agent')
      .select('id')
      .where('email', '=', email ?? '')
      .where('archivedAt', 'is', null)
      .executeTakeFirst()
    if (!agent) throw new Refused(`Nobody has the e-mail ${email}.`)
    const outcome = await inviteAgent(deps, agent.id as AgentId)
    if (!outcome.ok) throw new Refused(`Nobody has the e-mail ${email} any more.`) // archived a moment ago
    process.stdout.write(`A new password can be set until ${tellMoment(outcome.value.expiresAt)} at\n${publicUrl}/invite#token=${outcome.value.token}\n`)
    if (doubt !== undefined) process.stderr.write(`${doubt}\n`)
  } finally {
    await database.close()
    await opened.stop()
  }
}

run().catch((error: unknown) => fail(error instanceof Refused ? error.message : explainStart(error, undefined)))

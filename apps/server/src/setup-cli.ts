/**
 * `npm run setup-link`: a fresh one-time link. With `--admin-email`: the whole set-up without a browser.
 * Works beside a running server or alone.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { routes } from '@otklik/contract/routes'
import { refuse, type Refusal } from './actions/outcome.ts'
import { atTheMachine, makeSetupToken, setUp } from './actions/set-up.ts'
import { readConfig } from './config.ts'
import { openMigratedDatabase } from './open-database.ts'
import { findAddress } from './setup-link-address.ts'
import { explainStart } from './start-problem.ts'
import { openDatabase } from './store/database.ts'

const usage = `Without a browser:
  npm run setup -- --admin-email anna@example.org --password-file ./password.txt
    [--admin-name "Anna"] [--company "Name"] [--language ru|en] [--time-zone Europe/Moscow] [--sample]`

const fail = (text: string): never => {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

const readArguments = () => {
  try {
    return parseArgs({
      options: {
        'admin-email': { type: 'string' },
        'admin-name': { type: 'string' },
        'password-file': { type: 'string' },
        company: { type: 'string' },
        language: { type: 'string' },
        'time-zone': { type: 'string' },
        sample: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

/** What each flag must be, by the field of the request that it fills. */
const rules: Readonly<Record<string, string>> = {
  'company.name': '--company must be a name of 1 to 120 characters.',
  'company.language': '--language must be ru or en.',
  'company.timeZone': '--time-zone must be a zone such as Europe/Moscow.',
  'administrator.name': '--admin-name must be a name of 1 to 120 characters.',
  'administrator.email': '--admin-email must be an e-mail address, such as anna@example.org.',
  'administrator.password': 'The first line of the file in --password-file must be a password of 1 to 128 characters.',
}

const explainRefusal = ({ code, detail }: Refusal, passwordFile: string, publicUrl: string): string => {
  if (code === 'setupDone') return `Otklik is set up already: sign in at ${publicUrl}/sign-in.`
  if (code === 'passwordTooWeak') return `The password in ${passwordFile} is not taken: ${detail ?? 'choose another one.'}`
  return detail ?? code
}

/** The same schema as the page's, with defaults for what is not said. */
const readRequest = (values: ReturnType<typeof readArguments>) => {
  if (values['admin-email'] === undefined) return fail(`Say who the first administrator is: --admin-email anna@example.org.\n${usage}`)
  const path = values['password-file']
  if (path === undefined) return fail(`Say where the password is: --password-file FILE, with the password in its first line.\n${usage}`)
  let password: string
  try {
    password = readFileSync(path, 'utf8').split('\n')[0]?.replace(/\r$/, '') ?? ''
  } catch {
    return fail(`The file ${path} could not be read.`)
  }
  const email = values['admin-email']
  const request = routes.setUp.body.safeParse({
    token: '',
    company: {
      name: values.company ?? 'Otklik',
      language: values.language ?? 'ru',
      timeZone: values['time-zone'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    administrator: { name: values['admin-name'] ?? email.split('@')[0], email, password },
    sample: values.sample,
  })
  if (request.success) return request.data
  const broken = request.error.issues.map((issue) => rules[issue.path.join('.')] ?? issue.message)
  return fail([...new Set(broken)].join('\n'))
}

/** Said once everything is closed again: the database must not be left running. */
class Refused extends Error {}

const run = async (): Promise<void> => {
  const values = readArguments()
  const { help, ...flags } = values
  if (help) return void process.stdout.write(`${usage}\n`)
  const isSaid = Object.values(flags).some((value) => value !== undefined && value !== false)
  const request = isSaid ? readRequest(values) : undefined
  const config = readConfig(process.env, process.cwd())
  const { publicUrl, doubt } = findAddress(config, process.env)
  const quiet = { info: () => undefined, warn: (line: string) => void process.stderr.write(`${line}\n`), error: (line: string) => void process.stderr.write(`${line}\n`) }
  const opened = await openMigratedDatabase(config, quiet)
  const database = openDatabase({
    url: opened.url,
    connections: 2,
    applicationName: 'otklik-setup',
    onCommit: () => undefined, // a running server reads the log
    onIdleError: (error) => quiet.warn(error.message),
  })
  const deps = { now: () => new Date(), newId: randomUUID, transaction: database.transaction }
  try {
    if (request) {
      const outcome = await setUp(deps, request, atTheMachine)
      if (!outcome.ok) throw new Refused(explainRefusal(outcome, values['password-file'] ?? '', publicUrl))
      process.stdout.write(`Otklik is set up. Start it with \`npm start\` and the same settings unless it runs already, and sign in at ${publicUrl}/sign-in as ${request.administrator.email}.\n`)
      return
    }
    const token = await makeSetupToken(deps)
    if (token === undefined) throw new Refused(explainRefusal(refuse('setupDone'), '', publicUrl))
    process.stdout.write(`Good for an hour: ${publicUrl}/setup#token=${token}\n`)
    if (doubt !== undefined) process.stderr.write(`${doubt}\n`)
  } finally {
    await database.close()
    await opened.stop()
  }
}

run().catch((error: unknown) => fail(error instanceof Refused ? error.message : explainStart(error, undefined)))

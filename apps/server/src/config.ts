/** The environment, read once and checked once; everything else receives values. */
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { inspect } from 'node:util'
import { z } from 'zod'

/** A value that no log, error or JSON shows; `reveal` where it is needed. */
export class Secret<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  reveal(): T {
    return this.#value
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  [inspect.custom](): string {
    return '[redacted]'
  }
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type Config = {
  port: number
  host: string
  /** Absolute path. */
  dataFolder: string
  /** undefined: the embedded PostgreSQL in the data folder. */
  databaseUrl: Secret<string> | undefined
  /** The address in links and the only accepted Origin, without a slash at its end. */
  publicUrl: string
  /** 32 bytes from the environment, or the file that keeps them: `loadSecretKey` answers them. */
  secretKey: { from: 'environment'; key: Secret<Buffer> } | { from: 'file'; path: string }
  logLevel: LogLevel
  /** Networks whose X-Forwarded-For is believed, as CIDR; none by default. */
  trustedProxies: string[]
  /** Rates per minute; 0 is no limit. */
  newVisitorsPerMinute: number
  messagesPerMinute: number
  signInsPerMinute: number
  /** Sign-in over plain HTTP beyond this machine: for a trial in a closed network. */
  isHttpAllowed: boolean
}

export type ConfigRow = { name: string; default: string; meaning: string }

/** Every variable that `readConfig` knows, in the order of the README's table, which is checked against this one. */
export const configTable: readonly ConfigRow[] = [
  { name: 'PORT', default: '3000', meaning: 'port of the web server' },
  { name: 'HOST', default: '127.0.0.1', meaning: 'address it listens on; 0.0.0.0 for all' },
  { name: 'OTKLIK_DATA', default: './data', meaning: 'folder of the database, files and backups' },
  { name: 'DATABASE_URL', default: 'embedded PostgreSQL', meaning: 'postgres:// address of a PostgreSQL 15 or newer' },
  { name: 'PUBLIC_URL', default: 'http://localhost:PORT', meaning: 'address at which browsers reach Otklik; https beyond localhost' },
  { name: 'OTKLIK_SECRET_KEY', default: 'made into OTKLIK_DATA.key', meaning: '32 bytes in base64 or hex that encrypt stored secrets' },
  { name: 'LOG_LEVEL', default: 'info', meaning: logLevels.join(', ') },
  { name: 'OTKLIK_TRUSTED_PROXIES', default: 'none', meaning: 'comma-separated CIDRs whose X-Forwarded-For is believed' },
  { name: 'OTKLIK_NEW_VISITORS_PER_MINUTE', default: '10', meaning: 'new chat visitors per network and minute; 0 = no limit' },
  { name: 'OTKLIK_MESSAGES_PER_MINUTE', default: '30', meaning: 'messages per visitor and minute; 0 = no limit' },
  { name: 'OTKLIK_SIGN_INS_PER_MINUTE', default: '10', meaning: 'sign-in attempts per network and minute; 0 = no limit' },
  { name: 'OTKLIK_INSECURE_HTTP', default: '0', meaning: '1 allows plain http beyond localhost, for a trial in a closed network' },
]

/** The environment cannot be used; `problems` holds one line per variable, each saying what to do. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  ${line}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const whole = (lowest: number, highest: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest)

const rate = (fallback: number) => z.union([z.undefined().transform(() => fallback), whole(0, 1_000_000)])

/** What each variable must look like, and the words that say so when it does not. */
const variables = {
  PORT: [whole(1, 65_535).default(3000), 'must be a whole number from 1 to 65535, such as PORT=3001'],
  HOST: [
    z.string().refine((host) => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)).default('127.0.0.1'),
    'must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all',
  ],
  OTKLIK_DATA: [z.string().default('./data'), 'must be a path of a folder'],
  DATABASE_URL: [
    z.string().refine(isPostgresUrl).optional(),
    'must look like postgres://user:password@host:5432/otklik; leave it out to use the embedded PostgreSQL',
  ],
  PUBLIC_URL: [z.string().refine(isWebOrigin).optional(), 'must be an address without a path, such as https://chat.example.org'],
  OTKLIK_SECRET_KEY: [
    z
      .string()
      .transform(decodeKey)
      .refine((key) => key !== undefined)
      .optional(),
    'must be 32 bytes in base64 or hex: make one with `openssl rand -base64 32`',
  ],
  LOG_LEVEL: [z.enum(logLevels).default('info'), `must be one of ${logLevels.join(', ')}`],
  OTKLIK_TRUSTED_PROXIES: [
    z
      .string()
      .transform((list) => list.split(',').map((part) => part.trim()).filter((part) => part !== ''))
      .refine((list) => list.every(isNetwork))
      .default([]),
    'must be networks in CIDR form separated by commas, such as 10.0.0.0/8,fd00::/8 (an address alone: add /32 or /128)',
  ],
  OTKLIK_NEW_VISITORS_PER_MINUTE: [rate(10), 'must be a whole number, 0 for no limit'],
  OTKLIK_MESSAGES_PER_MINUTE: [rate(30), 'must be a whole number, 0 for no limit'],
  OTKLIK_SIGN_INS_PER_MINUTE: [rate(10), 'must be a whole number, 0 for no limit'],
  OTKLIK_INSECURE_HTTP: [
    z
      .enum(['0', '1'])
      .transform((value) => value === '1')
      .default(false),
    'must be 0 or 1',
  ],
} satisfies Record<string, [z.ZodType, string]>

type Values = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name][0]> }

/**
 * Checks the environment's variables (an empty one counts as absent) and answers them with their defaults; relative
 * paths begin at `cwd`. Touches no file. Throws ConfigError with every problem at once; it never quotes a secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, [schema, rule]] of Object.entries(variables)) {
    const given = env[name]?.trim()
    const result = schema.safeParse(given === '' ? undefined : given)
    if (result.success) values[name] = result.data
    else problems.push(`${name} ${rule}.`)
  }
  problems.push(...unknownVariables(env))
  // Without a problem every name has passed its own schema.
  const parsed = values as Values
  const publicUrl = parsed.PUBLIC_URL === undefined ? `http://localhost:${parsed.PORT}` : new URL(parsed.PUBLIC_URL).origin
  if (parsed.PUBLIC_URL !== undefined && !isSafeAddress(publicUrl) && parsed.OTKLIK_INSECURE_HTTP === false)
    problems.push('PUBLIC_URL must begin with https:// beyond localhost; for a trial in a closed network set OTKLIK_INSECURE_HTTP=1.')
  if (problems.length > 0) throw new ConfigError(problems)

  const dataFolder = resolve(cwd, parsed.OTKLIK_DATA)
  const key = parsed.OTKLIK_SECRET_KEY
  return {
    port: parsed.PORT,
    host: parsed.HOST,
    dataFolder,
    databaseUrl: parsed.DATABASE_URL === undefined ? undefined : new Secret(parsed.DATABASE_URL),
    publicUrl,
    // Beside the data, not in it: a copy of the data folder alone must not open the secrets in it.
    secretKey: key === undefined ? { from: 'file', path: `${dataFolder}.key` } : { from: 'environment', key: new Secret(key) },
    logLevel: parsed.LOG_LEVEL,
    trustedProxies: parsed.OTKLIK_TRUSTED_PROXIES,
    newVisitorsPerMinute: parsed.OTKLIK_NEW_VISITORS_PER_MINUTE,
    messagesPerMinute: parsed.OTKLIK_MESSAGES_PER_MINUTE,
    signInsPerMinute: parsed.OTKLIK_SIGN_INS_PER_MINUTE,
    isHttpAllowed: parsed.OTKLIK_INSECURE_HTTP,
  }
}

/** A misspelt name would silently leave its default in force. */
function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('OTKLIK_') && !(name in variables) && !toolVariables.has(name))
    .map((name) => `${name} is not known: see the table of variables in the README.`)
}

/** Read by tools, not by the server. */
const toolVariables = new Set(['OTKLIK_DEV_SERVER'])

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)
}

function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === ''
}

function isSafeAddress(origin: string): boolean {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/')
  const family = isIP(address)
  // A prefix of 0 would believe every sender.
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128)
}

function decodeKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  const key = Buffer.from(text, 'base64')
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) && key.length === 32 ? key : undefined
}

/** Throws ConfigError when a file stands where the data folder is or is to be made. */
export function checkDataFolder(dataFolder: string): void {
  let place = dataFolder
  // What lies below a file is not there either.
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  if (statSync(place).isDirectory()) {
    if (place === dataFolder) return
    // Some folders hold what the system shows in them, and nothing else: only a try can tell.
    try {
      rmdirSync(mkdtempSync(join(place, '.otklik-')))
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code !== 'ENOENT') return // is told when the folder is made, with the user's name
      throw new ConfigError([`OTKLIK_DATA names ${dataFolder}, but no folder can be made in ${place}: choose another one, such as OTKLIK_DATA=./data.`])
    }
  }
  throw new ConfigError([
    `OTKLIK_DATA names ${dataFolder}, but ${place === dataFolder ? 'that' : place} is a file: choose a folder, such as OTKLIK_DATA=./data.`,
  ])
}

/**
 * The 32 bytes that encrypt stored secrets: from the environment, or from the key file, which is made (mode 0600) when it
 * is missing. Racing starters get the same key. Throws ConfigError for a file that others may read or that holds no key.
 */
export function loadSecretKey(secretKey: Config['secretKey']): Secret<Buffer> {
  if (secretKey.from === 'environment') return secretKey.key
  const { path } = secretKey
  try {
    if (!existsSync(path)) makeKeyFile(path)
    if ((statSync(path).mode & 0o077) !== 0)
      throw new ConfigError([`${path} may be read by other users: run \`chmod 600 ${path}\` and start again.`])
    return readKeyFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EISDIR'].includes(code)) throw error
    throw new ConfigError([`The key file ${path} cannot be made or read (${code}): allow it to this user, or set OTKLIK_SECRET_KEY.`])
  }
}

function readKeyFile(path: string): Secret<Buffer> {
  const key = decodeKey(readFileSync(path, 'utf8').trim())
  if (key === undefined)
    throw new ConfigError([`${path} holds no key of 32 bytes: put the file back from your backup, or set OTKLIK_SECRET_KEY.`])
  return new Secret(key)
}

function makeKeyFile(path: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true })
  const fresh = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`
  writeFileSync(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(fresh, 0o600)
  try {
    // A link appears whole, and never over a file that another starter made first.
    linkSync(fresh, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(fresh)
  }
}

/** A short name of a key for logs and checks, from which the key cannot be learnt. */
export function fingerprintOf(key: Secret<Buffer>): string {
  return createHash('sha256').update('otklik key ').update(key.reveal()).digest('hex').slice(0, 12)
}

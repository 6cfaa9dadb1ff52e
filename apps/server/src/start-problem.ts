/** One sentence for what keeps Otklik from starting; the stack only for what we did not foresee. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { ConfigError, type Config } from './config.ts'
import { MigrationError } from './migrations.ts'
import { PostgresStartError } from './postgres/error.ts'

/** Otklik cannot start; `message` is one sentence that says what to do. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}

type Address = Pick<Config, 'host' | 'port'>

/** The fields that Node and PostgreSQL give their errors; empty where there are none. */
const faultOf = (error: unknown) => {
  const fields: Record<string, unknown> = error instanceof Error ? { ...error } : {}
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { code: text(fields['code']), syscall: text(fields['syscall']), hostname: text(fields['hostname']) }
}

/** What is wrong with HOST or PORT; undefined when the error is about something else. */
export const explainListening = (error: unknown, { host, port }: Address): string | undefined => {
  const { code, syscall, hostname } = faultOf(error)
  if (syscall === 'getaddrinfo' && hostname === host)
    return `HOST=${host} is not known on this machine: use HOST=127.0.0.1, or HOST=0.0.0.0 for all its addresses.`
  if (syscall !== 'listen' && syscall !== 'bind') return undefined
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop the program that has it, or choose another one with PORT=${port < 65_535 ? port + 1 : 3000} npm start.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: choose one above 1023, such as PORT=3000.`
  if (code === 'EADDRNOTAVAIL' || code === 'EINVAL' || code === 'EAFNOSUPPORT')
    return `HOST=${host} is no address of this machine: use HOST=127.0.0.1, or HOST=0.0.0.0 for all its addresses.`
  return `Otklik cannot listen at HOST=${host}, PORT=${port} (${code}): choose another address or port.`
}

/**
 * Tries the address before anything is made on the disk; whoever takes it between this and the real listening is told of then.
 * Throws StartProblem.
 */
export const checkAddress = async ({ host, port }: Address): Promise<void> => {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (error) {
    const sentence = explainListening(error, { host, port })
    throw sentence === undefined ? error : new StartProblem(sentence, { cause: error })
  }
  server.close()
  await once(server, 'close')
}

/** PostgreSQL's own answers, and those of the way to it. */
const answers: Readonly<Record<string, (place: string) => string>> = {
  ECONNREFUSED: (place) => `Nothing answers at ${place}, the address in DATABASE_URL: start PostgreSQL there, or correct the address.`,
  ENOENT: (place) => `Nothing answers at ${place}, the address in DATABASE_URL: start PostgreSQL there, or correct the address.`,
  ENOTFOUND: (place) => `The host of ${place}, the address in DATABASE_URL, is not known: correct it.`,
  EAI_AGAIN: (place) => `The host of ${place}, the address in DATABASE_URL, cannot be looked up now: check the name and the network.`,
  EHOSTUNREACH: (place) => `There is no way to ${place}, the address in DATABASE_URL: check the address and the network.`,
  ENETUNREACH: (place) => `There is no way to ${place}, the address in DATABASE_URL: check the address and the network.`,
  '28P01': (place) => `PostgreSQL at ${place} refused the user or password in DATABASE_URL: correct them.`,
  '28000': (place) => `PostgreSQL at ${place} does not let in the user of DATABASE_URL from this machine: correct the user, or allow it in pg_hba.conf.`,
  '3D000': (place) => `PostgreSQL at ${place} has no database of the name in DATABASE_URL: create it first.`,
  '53300': (place) => `PostgreSQL at ${place} has no connection to spare: end some, or raise max_connections.`,
  '57P03': (place) => `PostgreSQL at ${place} is just starting or stopping: try again in a minute.`,
}

const noAnswer = /connection timeout|timeout expired|timeout exceeded|ETIMEDOUT/
const otherLanguage = /Connection terminated|invalid response|ECONNRESET|EPIPE|Unknown authenticationOk/
const encryption = /SSL|TLS|certificate/i

/** What is wrong with the database that DATABASE_URL names; the error itself when it is about something else. */
export const explainDatabase = (error: unknown, databaseUrl: string): unknown => {
  if (!(error instanceof Error) || error instanceof MigrationError) return error
  const { hostname, port, searchParams } = new URL(databaseUrl)
  const place = searchParams.get('host') ?? `${hostname || 'localhost'}:${port || '5432'}`
  const { code } = faultOf(error)
  const told = `${code} ${error.message}`.trim()
  const problem = (sentence: string) => new StartProblem(sentence, { cause: error })
  const answer = answers[code]
  if (answer) return problem(answer(place))
  if (noAnswer.test(told))
    return problem(`${place}, the address in DATABASE_URL, does not answer: check that PostgreSQL runs there and that no firewall is between.`)
  if (otherLanguage.test(told))
    return problem(`What answers at ${place}, the address in DATABASE_URL, does not speak as PostgreSQL does or hangs up: check host and port.`)
  if (encryption.test(told))
    return problem(`No encrypted connection to ${place} came about (${error.message}): check sslmode in DATABASE_URL and the certificate of that server.`)
  return error
}

export const explainStart = (error: unknown, address: Address | undefined): string => {
  if (error instanceof StartProblem || error instanceof ConfigError || error instanceof MigrationError || error instanceof PostgresStartError)
    return error.message
  const listening = address && explainListening(error, address)
  return listening ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/**
 * Keeps the log readable while PostgreSQL cannot be reached: everything that asks it fails again and again, and each says
 * so once an outage. Errors of any other kind pass as they are.
 *
 *   reachable ── first error ──▶ away: one line per source, the database is asked ── answers ──▶ reachable, one line
 */
import type { LogFn, LoggerOptions } from 'pino'
import { tellError } from '../log-error.ts'

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>

const unreachableStates = /^(08|57P0[123])/
const unreachableCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])
/** The driver gives most of its errors no code; the job runner tells only their words. */
const unreachableWords =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Client was closed|database system is (starting up|shutting down|in recovery mode)|terminating connection|ECONNREFUSED|ECONNRESET/

const isUnreachable = (error: Error): boolean => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // An answer of PostgreSQL itself may quote anybody's words: its code says all.
  if ('severity' in error) return unreachableStates.test(code)
  return unreachableCodes.has(code) || unreachableWords.test(error.message)
}

const errorOf = (first: unknown): Error | undefined =>
  typeof first === 'object' && first !== null && 'err' in first && first.err instanceof Error ? first.err : undefined

export interface OutageLogOptions {
  /** Asks the database anything; fails while it is away. */
  readonly probe: () => Promise<unknown>
  /** Waits a little between two probes. */
  readonly pause: () => Promise<unknown>
  readonly onBack: () => void
}

export interface OutageLog {
  /** For pino: stands before every line. */
  readonly logMethod: LogMethod
  /** The database goes as it was told to: nothing is asked any more, and that it is away is no error. */
  stop(): void
}

export const createOutageLog = ({ probe, pause, onBack }: OutageLogOptions): OutageLog => {
  /** Who has said in this outage that the database is away. */
  const told = new Set<string>()
  let isStopped = false

  const waitForBack = async (): Promise<void> => {
    for (;;) {
      await pause()
      if (isStopped) return
      const answers = await probe().then(
        () => true,
        () => false, // that it is away is what the log says already
      )
      if (!answers) continue
      told.clear()
      return onBack()
    }
  }

  return {
    logMethod(args, method) {
      const [first, message] = args as unknown as [unknown, unknown]
      const error = errorOf(first)
      if (error === undefined || !isUnreachable(error)) return method.apply(this, args)
      const source = String(message)
      if (isStopped) return this.debug({ reason: tellError(error)['message'] }, `${source}: the database is stopped`)
      if (told.has(source)) return
      const isFirst = told.size === 0
      told.add(source)
      const line: Parameters<LogFn> = [{ reason: tellError(error)['message'] }, `${source}: the database is not reachable, trying again`]
      method.apply(this, line)
      if (isFirst) void waitForBack()
    },
    stop: () => void (isStopped = true),
  }
}

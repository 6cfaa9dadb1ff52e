/**
 * An error as it may stand in the log. PostgreSQL repeats what it was given (`where`, `detail`, `parameters`), and that can be a
 * customer's words; so only what names the fault is kept.
 */
const kept = ['code', 'constraint', 'table', 'column', 'severity', 'routine', 'statusCode', 'syscall', 'address', 'port'] as const

/** The first line of a message of PostgreSQL may quote the value: after a colon or in quotation marks. */
const withoutValues = (message: string, isDatabase: boolean): string => (isDatabase ? message.replace(/: .*$/s, '').replace(/"[^"]*"/g, '"…"') : message)

export const tellError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { type: typeof error }
  const fields = error as Error & Record<string, unknown>
  const isDatabase = typeof fields['severity'] === 'string'
  const message = withoutValues(error.message, isDatabase)
  return {
    type: error.name,
    message,
    ...Object.fromEntries(kept.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))),
    stack: error.stack?.replace(error.message, message),
    ...(error.cause === undefined ? {} : { cause: tellError(error.cause) }),
  }
}

/** One sentence for what keeps Otklik from starting; the stack only for what we did not foresee. */
import { MigrationError } from './migrations.ts'
import { PostgresStartError } from './postgres/error.ts'

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

export const explainStart = (error: unknown, port: string): string => {
  if (error instanceof MigrationError || error instanceof PostgresStartError) return error.message
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop the program that has it, or choose another one with PORT=${Number(port) + 1} npm start.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: choose one above 1023, such as PORT=3000.`
  if (code === 'EADDRNOTAVAIL') return 'HOST is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all.'
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return 'The PostgreSQL of DATABASE_URL does not answer: check the address, or leave DATABASE_URL out to use the embedded one.'
  if (code === '28P01' || code === '28000') return 'PostgreSQL refused the user or password of DATABASE_URL.'
  if (code === '3D000') return 'The database that DATABASE_URL names does not exist: create it first.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

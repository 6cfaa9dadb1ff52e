import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { MigrationError } from './migrations.ts'
import { checkAddress, explainDatabase, explainListening, explainStart, StartProblem } from './start-problem.ts'

const listen = async (server: Server) => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    await once(server, 'close')
  })
  return (server.address() as AddressInfo).port
}
const failure = (fields: Record<string, string>) => Object.assign(new Error(Object.values(fields).join(' ')), fields)

it('finds a port that is taken', async () => {
  const port = await listen(createSocketServer())
  await expect(checkAddress({ host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} is in use`)
  await checkAddress({ host: '127.0.0.1', port: 0 })
})

it('names HOST or PORT, whichever is wrong', async () => {
  const address = { host: 'nonsense', port: 65_535 }
  expect(explainListening(failure({ syscall: 'getaddrinfo', code: 'ENOTFOUND', hostname: 'nonsense' }), address)).toContain('HOST=nonsense is not known')
  expect(explainListening(failure({ syscall: 'listen', code: 'EADDRINUSE' }), address)).toContain('PORT=3000')
  expect(explainListening(failure({ syscall: 'listen', code: 'EACCES' }), address)).toContain('above 1023')
  expect(explainListening(failure({ syscall: 'getaddrinfo', code: 'ENOTFOUND', hostname: 'db.example' }), address)).toBeUndefined()
  expect(explainListening(failure({ syscall: 'connect', code: 'ECONNREFUSED' }), address)).toBeUndefined()
  // An address for documentation, which no machine has.
  await expect(checkAddress({ host: '192.0.2.1', port: 3000 })).rejects.toThrow('HOST=192.0.2.1 is no address of this machine')
})

const databaseUrl = 'postgres://anna:secret@db.example:5433/otklik'

it.each([
  [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'Nothing answers at db.example:5433'],
  [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'The host of db.example:5433'],
  [{ code: '28P01', severity: 'FATAL' }, 'refused the user or password'],
  [{ code: '3D000', severity: 'FATAL' }, 'create it first'],
  [{ words: 'Connection terminated due to connection timeout' }, 'does not answer'],
  [{ words: 'The server does not support SSL connections' }, 'check sslmode'],
])('names the database and tells nothing of its password: %j', (fields, words) => {
  const told = explainDatabase(failure(fields), databaseUrl)
  expect(told).toBeInstanceOf(StartProblem)
  expect(told).toMatchObject({ message: expect.stringContaining(words) })
  expect((told as Error).message).not.toMatch(/secret|\n/)
})

it('leaves other errors as they are', () => {
  const bug = new TypeError('x is undefined')
  expect(explainDatabase(bug, databaseUrl)).toBe(bug)
  const old = new MigrationError('oldServer', 'This server is PostgreSQL 12 over SSL')
  expect(explainDatabase(old, databaseUrl)).toBe(old)
  expect(explainStart(old, undefined)).toBe(old.message)
  expect(explainStart(bug, { host: '127.0.0.1', port: 3000 })).toContain('start-problem.test')
})

const connect = async (url: string, connectionTimeoutMillis: number): Promise<unknown> => {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis })
  const error: unknown = await pool.connect().catch((thrown: unknown) => thrown)
  await pool.end()
  return explainDatabase(error, url)
}

it('is told by the driver when something else answers, and when nothing comes', async () => {
  const web = await listen(createServer((_request, response) => void response.end()))
  expect(await connect(`postgres://127.0.0.1:${web}/otklik`, 0)).toMatchObject({ message: expect.stringContaining('does not speak as PostgreSQL') })
  const silent = await listen(createSocketServer((socket) => onTestFinished(() => void socket.destroy())))
  expect(await connect(`postgres://127.0.0.1:${silent}/otklik`, 50)).toMatchObject({ message: expect.stringContaining('does not answer') })
})

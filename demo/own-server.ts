/** The demo's own server: a process with a data folder of its own, set up without a browser. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startChild, startServer, type ChildServer } from '@otklik/testing/child-server'
import { startEmbedded } from '../apps/server/src/postgres/supervisor.ts'
import { emailOf } from './centre.ts'
import { homeZone } from './shifts.ts'
import type { Language, Words } from './texts/shape.ts'

/** The same for everybody: the server listens on this machine only, and whoever starts the demo shall get in. */
export const demoPassword = 'a lively day in the demo centre'

export interface OwnServer {
  readonly port: number
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
}

const envOf = ({ dataFolder, databaseUrl }: OwnServer): Record<string, string> => ({
  OTKLIK_DATA: resolve(dataFolder),
  ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  // Everybody of the demo comes from one address.
  OTKLIK_NEW_VISITORS_PER_MINUTE: '0',
  OTKLIK_MESSAGES_PER_MINUTE: '0',
  OTKLIK_SIGN_INS_PER_MINUTE: '0',
})

/** What `npm start` runs, and out of reach of a Ctrl-C of the terminal: it is stopped in order. */
const apart = { detached: true, built: true } as const

export const isPortFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) return false
    throw error
  }
  server.close()
  await once(server, 'close')
  return true
}

/** Company and administrator, beside the running server. @returns what the set-up said when it failed, else undefined */
export const setUp = async (own: OwnServer, language: Language, words: Words): Promise<string | undefined> => {
  const folder = mkdtempSync(join(tmpdir(), 'otklik-demo-'))
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, `${demoPassword}\n`, { mode: 0o600 })
  const child = startChild(
    'setup-cli',
    { PORT: String(own.port), ...envOf(own) },
    ['--admin-email', emailOf.administrator, '--admin-name', words.administrator, '--password-file', passwordFile, '--company', words.company, '--language', language, '--time-zone', homeZone],
    apart,
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  await once(child, 'close')
  rmSync(folder, { recursive: true })
  return child.exitCode === 0 ? undefined : said
}

/** @throws when it does not come up, with what it said */
export const startOwnServer = async (own: OwnServer): Promise<ChildServer> => {
  const server = startServer(own.port, envOf(own), apart)
  try {
    await server.ready()
    return server
  } catch (error) {
    await stopServer(server)
    throw error
  }
}

export const stopServer = async (server: ChildServer): Promise<void> => {
  server.kill('SIGTERM')
  await server.exited()
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The database while no server of the demo runs: the embedded one of the data folder, or the one of DATABASE_URL. */
export const withDatabaseOf = async <Result>({ dataFolder, databaseUrl }: OwnServer, work: (url: string) => Promise<Result>): Promise<Result> => {
  if (databaseUrl !== undefined) return work(databaseUrl)
  const embedded = await startEmbedded({ folder: join(resolve(dataFolder), 'postgres'), logger: silent })
  try {
    return await work(embedded.url)
  } finally {
    await embedded.stop()
  }
}

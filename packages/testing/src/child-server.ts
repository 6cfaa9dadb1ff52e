/** The server as a process of its own: to be killed, frozen, measured and started again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

/**
 * Below those that systems give to whoever asks for none, or for a connection: in the time until ours is taken they would give it
 * away again. Each process begins elsewhere and goes on from there.
 */
const ports = { from: 20_000, to: 32_000 }
let nextPort = ports.from + Math.floor(Math.random() * (ports.to - ports.from))

export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < 100; tries++) {
    const port = nextPort++
    if (nextPort === ports.to) nextPort = ports.from
    const server = createServer()
    const isFree = new Promise<boolean>((resolve) => server.once('listening', () => resolve(true)).once('error', () => resolve(false)))
    server.listen(port, '127.0.0.1')
    if (!(await isFree)) continue
    server.close()
    await once(server, 'close')
    return port
  }
  throw new Error('no free port')
}

export interface ChildServer {
  readonly url: string
  readonly pid: number
  /** What it printed so far. */
  output(): string
  ready(limitMs?: number): Promise<void>
  kill(signal: NodeJS.Signals): void
  exited(): Promise<void>
}

export interface ChildOptions {
  /** In a process group of its own: a Ctrl-C of the terminal reaches whoever started it, who stops it in order. */
  readonly detached?: boolean
  /** What `npm start` runs, out of dist/, which must be up to date: to be measured. Else the sources: no old bundle is tested. */
  readonly built?: boolean
}

export const startChild = (program: 'main' | 'setup-cli', env: Record<string, string>, args: string[] = [], { detached = false, built = false }: ChildOptions = {}): ChildProcess =>
  spawn(process.execPath, [...(built ? [] : ['--import', 'tsx']), '--enable-source-maps', join(root, built ? `dist/server/${program}.js` : `apps/server/src/${program}.ts`), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached,
  })

export const startServer = (port: number, env: Record<string, string>, options: ChildOptions = {}): ChildServer => {
  const child = startChild('main', { PORT: String(port), LOG_LEVEL: 'warn', ...env }, [], options)
  let output = ''
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()))
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    async ready(limitMs = 120_000) {
      const until = performance.now() + limitMs
      for (;;) {
        if (child.exitCode !== null) throw new Error(`the server ended: ${output}`)
        const answer = await fetch(`${url}/readyz`).catch(() => undefined)
        if (answer?.ok) return
        if (performance.now() > until) throw new Error(`the server was not ready in ${limitMs} ms: ${output}`)
        await new Promise((next) => setTimeout(next, 100))
      }
    },
    kill: (signal) => void child.kill(signal),
    exited: async () => {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

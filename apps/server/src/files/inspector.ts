/** Looks into uploaded files, each in a process of its own, a few at a time. */
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FileExtension } from '@otklik/contract/attachment-rules'
import type { Inspected } from './inspect.ts'

/** More wait than this: the next is asked to come back. */
const mostWaiting = 64
const limitMs = 10_000
/** Until the process runs at all. */
const startMs = 30_000
/** Of JavaScript alone; pictures are bounded by their pixels. */
const heapMegabytes = 256

/** Too many files at once, or too much else to do; nothing is wrong with this one. */
export class InspectorBusy extends Error {
  override readonly name = 'InspectorBusy'
}

export interface Inspector {
  /** @throws InspectorBusy */
  inspect(path: string, extension: FileExtension): Promise<Inspected>
}

// Of the sources, or beside the bundle that holds this file.
const isSource = import.meta.url.endsWith('.ts')
const program = fileURLToPath(new URL(isSource ? './inspector-process.ts' : './inspector-process.js', import.meta.url))

export const createInspector = (options: { limitMs?: number; program?: string; mostWaiting?: number } = {}): Inspector => {
  const waiting: (() => void)[] = []
  let free = Math.max(1, Math.min(4, availableParallelism()))

  const turn = async (): Promise<void> => {
    if (free > 0) {
      free--
      return
    }
    if (waiting.length >= (options.mostWaiting ?? mostWaiting)) throw new InspectorBusy('too many files at once')
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return {
    async inspect(path, extension) {
      await turn()
      try {
        return await run(options.program ?? program, path, extension, options.limitMs ?? limitMs)
      } finally {
        leave()
      }
    },
  }
}

/** What the process says; one that is killed, crashes or hangs has met a file that nobody should open. */
const run = (file: string, path: string, extension: FileExtension, most: number): Promise<Inspected> =>
  new Promise((resolve, reject) => {
    const child = fork(file, [path, extension], {
      // Nothing of the server's environment: it holds the secret key.
      env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '' },
      execArgv: [`--max-old-space-size=${heapMegabytes}`, ...(isSource ? ['--import', 'tsx'] : [])],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let found: Inspected | undefined
    let isReady = false
    let said = ''
    const killIn = (ms: number) => setTimeout(() => child.kill('SIGKILL'), ms)
    let timer = killIn(startMs)
    child.on('message', (message) => {
      clearTimeout(timer)
      timer = killIn(most)
      isReady = true
      if (message !== 'ready') found = message as Inspected
    })
    child.stderr?.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2000)))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (found) resolve(found)
      // Not begun in its time: the machine is too busy, and nothing is known of the file.
      else if (!isReady && signal !== null) reject(new InspectorBusy('no file can be looked into just now'))
      else if (signal !== null || code === 134 || code === 139) resolve({ ok: false, code: 'fileBroken' })
      else reject(new Error(`the inspector ended with ${code}: ${said}`))
    })
  })

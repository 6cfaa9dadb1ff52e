/**
 * Files on their way up, one after the other. The bytes are held by this tab alone, until they are up: a page that is left
 * before takes them along, and the message says so.
 */
import type { ErrorCode } from '@otklik/contract/errors'
import type { OutboxFile, OutboxItem } from './outbox.ts'
import { Unreachable, type Server } from './server.ts'
import { retryMs, type Timers } from './timers.ts'

interface UploadDeps {
  readonly server: Pick<Server, 'upload'>
  readonly timers: Timers
  readonly random: () => number
  readonly token: () => string | null
  readonly onProgress: (progress: Progress | null) => void
  readonly onUp: (item: OutboxItem, fileId: string) => void
  readonly onRefused: (item: OutboxItem, code: ErrorCode, fileId: string) => void
  /** Time for another try. */
  readonly again: () => void
}

export interface Progress {
  readonly id: string
  /** 0–1 */
  readonly ratio: number
}

export const createUploads = (deps: UploadDeps) => {
  const held = new Map<string, File>()
  let isRunning = false
  let attempt = 0

  const later = (ms: number) => deps.timers.after('upload', ms, deps.again)
  const run = async (item: OutboxItem, { id }: OutboxFile, file: File, token: string) => {
    isRunning = true
    try {
      const answer = await deps.server.upload(token, id, file, (ratio) => deps.onProgress({ id, ratio }))
      attempt = 0
      isRunning = false
      if (answer.ok) {
        held.delete(id)
        deps.onUp(item, id)
      } else if (answer.code === 'rateLimited') later(answer.retryAfterSeconds * 1000)
      // The socket hears of it, too, and gets another token.
      else if (answer.code === 'visitorUnknown') later(5000)
      else deps.onRefused(item, answer.code, id)
    } catch (error) {
      isRunning = false
      if (!(error instanceof Unreachable)) throw error
      later(retryMs(attempt++, deps.random, 500, 10_000))
    } finally {
      deps.onProgress(null)
    }
  }

  return {
    hold: (id: string, file: File) => void held.set(id, file),
    /** What this tab can send, now or once its files are up. */
    canSend: ({ files }: OutboxItem): boolean => !files || files.every(({ id, up }) => up || held.has(id)),
    /** True when the message has files that are not up: they are on their way now, or wait for another try. */
    isBusyWith(item: OutboxItem): boolean {
      const file = item.files?.find(({ up }) => !up)
      if (!file) return false
      const token = deps.token()
      const bytes = held.get(file.id)
      if (bytes && token !== null && !isRunning && !deps.timers.isRunning('upload')) void run(item, file, bytes, token)
      return true
    },
    /** The network is back. */
    hurry: () => deps.timers.stop('upload'),
  }
}

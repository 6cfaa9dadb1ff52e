/** Reading frames of a socket one after the other, so that what was sent first is done first. */
import type { RawData, WebSocket } from 'ws'
import type { z } from 'zod'

export interface FrameHandlers<Frame> {
  readonly frame: (frame: Frame) => Promise<void>
  /** The text was no frame of the protocol. */
  readonly malformed: (detail: string, raw: unknown) => void
  readonly failed: (error: unknown) => void
  /** The socket is gone; what was read before it has been handled. */
  readonly closed: () => Promise<void>
}

/** Typing is passed on at most this often, however often it is said. */
export const typingMs = 2000

/** A client that writes faster than it is served is not read any further: the rest waits in its own buffers. */
const mostWaiting = 64

export const readFrames = <Schema extends z.ZodType>(socket: WebSocket, schema: Schema, handlers: FrameHandlers<z.output<Schema>>): void => {
  let work = Promise.resolve()
  let waiting = 0
  const next = (step: () => Promise<void>) => {
    work = work.then(step).catch(handlers.failed)
  }
  socket.on('message', (data: RawData) => {
    if (++waiting >= mostWaiting) socket.pause()
    next(async () => {
      try {
        const raw = readJson(data)
        const parsed = schema.safeParse(raw)
        if (parsed.success) await handlers.frame(parsed.data)
        else handlers.malformed(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'frame'}: ${issue.message}`).join('; '), raw)
      } finally {
        if (--waiting < mostWaiting / 2) socket.resume()
      }
    })
  })
  socket.on('close', () => next(handlers.closed))
  socket.on('error', handlers.failed)
}

const readJson = (data: RawData): unknown => {
  try {
    return JSON.parse(String(data)) as unknown
  } catch {
    return undefined // refused by the schema, which says so to the client
  }
}

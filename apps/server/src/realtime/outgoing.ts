/** The sending half of one socket: frames in order, and an end for those who do not read. */
import type { WebSocket } from 'ws'

/** What a slow reader may owe us before it is cut off, bytes. It resumes from its cursor. */
const largestBacklog = 1024 * 1024

export class Outgoing<Frame extends { readonly t: string }> {
  readonly #socket: WebSocket
  #settled = false
  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  send(frame: Frame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > largestBacklog) return this.#socket.terminate()
    this.#socket.send(JSON.stringify(frame))
  }

  /** The first cursor, behind everything that was missed. */
  settle(frame: Frame): void {
    this.send(frame)
    this.#settled = true
  }

  get settled(): boolean {
    return this.#settled
  }

  close(): void {
    this.#socket.close()
  }
}

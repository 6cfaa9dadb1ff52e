/** The sending half of one socket: frames in order, and an end for those who do not read. */
import type { WebSocket } from 'ws'

/** What a slow reader may owe us before it is cut off, bytes. It resumes from its cursor. */
const largestBacklog = 1024 * 1024
/** Whoever does not answer a goodbye in this time is cut off, milliseconds. */
const goodbyeMs = 1000

export class Outgoing<Frame extends { readonly t: string }> {
  readonly #socket: WebSocket
  /** What came before the beginning. */
  #early: Frame[] | undefined = []
  #settled = false
  #closed = false
  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  /**
   * The frames with which the connection begins. What the hub has sent meanwhile comes behind them: they may take the place of
   * all that was there, and were loaded before.
   */
  begin(...frames: readonly Frame[]): void {
    const early = this.#early ?? []
    this.#early = undefined
    for (const frame of [...frames, ...early]) this.send(frame)
  }

  send(frame: Frame): void {
    if (this.#early) return void this.#early.push(frame)
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

  /** Nothing that still comes is heard: a client that is sent away may go on talking. */
  close(): void {
    this.begin() // the goodbye, if nothing has begun yet
    this.#closed = true
    this.#socket.close()
    setTimeout(() => this.#socket.terminate(), goodbyeMs).unref()
  }

  get closed(): boolean {
    return this.#closed
  }
}

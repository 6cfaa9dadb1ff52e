/** Sockets found by a key, several to each: tabs of one agent, widgets of one chat. */
export class SocketsBy<Key, Socket> {
  readonly #sets = new Map<Key, Set<Socket>>()

  /** @returns the undoing */
  add(key: Key, socket: Socket): () => void {
    const set = this.#sets.get(key)
    if (set) set.add(socket)
    else this.#sets.set(key, new Set([socket]))
    return () => this.remove(key, socket)
  }

  remove(key: Key, socket: Socket): void {
    const set = this.#sets.get(key)
    set?.delete(socket)
    if (set?.size === 0) this.#sets.delete(key)
  }

  has(key: Key): boolean {
    return this.#sets.has(key)
  }

  of(key: Key): Iterable<Socket> {
    return this.#sets.get(key) ?? []
  }

  keys(): Iterable<Key> {
    return this.#sets.keys()
  }

  *all(): Iterable<Socket> {
    for (const set of this.#sets.values()) yield* set
  }

  get size(): number {
    let size = 0
    for (const set of this.#sets.values()) size += set.size
    return size
  }
}

/** A heartbeat to thousands takes its time; whoever waits for an offer must not wait for all of it. */
const atOnce = 50

/** Sends one frame to all, in groups between which everything else has its turn. */
export const sendInGroups = async <Frame>(sockets: readonly { readonly out: { send(frame: Frame): void } }[], frame: Frame): Promise<void> => {
  let sent = 0
  for (const { out } of sockets) {
    out.send(frame)
    if (++sent % atOnce === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Waiting for what a socket will tell, without sleeping: a condition is looked at whenever something has arrived. */
export class Awaited {
  readonly #waiters = new Set<() => void>()

  /** Something arrived. */
  changed(): void {
    for (const look of [...this.#waiters]) look()
  }

  /** The first truthy answer; rejects after `limitMs`, naming what was waited for. */
  until<Value>(what: string, look: () => Value | undefined | null | false, limitMs = 10_000): Promise<Value> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        try {
          const value = look()
          if (!value) return
          resolve(value)
        } catch (error) {
          reject(error)
        }
        clearTimeout(timer)
        this.#waiters.delete(attempt)
      }
      const timer = setTimeout(() => {
        this.#waiters.delete(attempt)
        reject(new Error(`waited in vain for ${what}`))
      }, limitMs)
      this.#waiters.add(attempt)
      attempt()
    })
  }
}

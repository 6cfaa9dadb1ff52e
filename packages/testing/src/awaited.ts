/** Waiting for what a socket will tell, without sleeping: a condition is looked at whenever something has arrived. */
export class Awaited {
  readonly #waiters = new Set<() => void>()

  /** Something arrived. */
  changed(): void {
    for (const look of [...this.#waiters]) look()
  }

  /** The first truthy answer; rejects after `limitMs`, naming what was waited for. */
  async until<Value>(what: string, look: () => Value | undefined | null | false, limitMs = 20_000): Promise<Value> {
    const value = await this.within(look, limitMs)
    if (value === undefined) throw new Error(`waited in vain for ${what}`)
    return value
  }

  /** The first truthy answer, or undefined after `limitMs`: not to come is one of the things that may happen. */
  within<Value>(look: () => Value | undefined | null | false, limitMs: number): Promise<Value | undefined> {
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
        resolve(undefined)
      }, limitMs)
      this.#waiters.add(attempt)
      attempt()
    })
  }
}

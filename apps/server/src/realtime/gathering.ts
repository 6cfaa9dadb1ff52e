/**
 * Work that gathers while the last of it is being done, and is then done together: the busier it gets, the more each
 * round carries.
 */
export interface GatheringOptions<Work> {
  readonly nothing: () => Work
  readonly isNothing: (work: Work) => boolean
  /** Adds to `into` what is in `work`. */
  readonly merge: (into: Work, work: Work) => void
  /** Does the work; when it throws, the same work is done again a little later, with what has come since. */
  readonly perform: (work: Work) => Promise<void>
  readonly onError: (error: unknown) => void
  readonly retryMs?: number
  /** How long a round waits for more that belongs to it; `settle` does not wait. */
  readonly lingerMs?: number
}

export class Gathering<Work> {
  readonly #options: GatheringOptions<Work>
  #pending: Work
  #running: Promise<void> | undefined
  #lingering: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: GatheringOptions<Work>) {
    this.#options = options
    this.#pending = options.nothing()
  }

  /** What the next round takes; add to it, then `go`. */
  get pending(): Work {
    return this.#pending
  }

  go(): void {
    const { lingerMs = 0 } = this.#options
    if (lingerMs === 0) this.#begin()
    else if (!this.#running && !this.#stopped) this.#lingering ??= setTimeout(() => this.#begin(), lingerMs)
  }

  /** Resolves when all that is pending now has been done. What comes later is not waited for. */
  async settle(): Promise<void> {
    this.#begin()
    await this.#running // did not have it all, if it had begun before
    this.#begin()
    await this.#running // began with everything that was pending
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#lingering)
  }

  #begin(): void {
    clearTimeout(this.#lingering)
    this.#lingering = undefined
    if (this.#running || this.#stopped || this.#options.isNothing(this.#pending)) return
    this.#running = this.#round().finally(() => {
      this.#running = undefined
      if (!this.#options.isNothing(this.#pending)) this.go()
    })
  }

  async #round(): Promise<void> {
    const { nothing, merge, perform, onError, retryMs = 500 } = this.#options
    while (!this.#stopped) {
      const work = this.#pending
      this.#pending = nothing()
      try {
        return await perform(work)
      } catch (error) {
        onError(error)
        merge(this.#pending, work)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }
}

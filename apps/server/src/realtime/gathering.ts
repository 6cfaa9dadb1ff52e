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
}

export class Gathering<Work> {
  readonly #options: GatheringOptions<Work>
  #pending: Work
  #running: Promise<void> | undefined
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
    if (this.#running || this.#stopped || this.#options.isNothing(this.#pending)) return
    this.#running = this.#round().finally(() => {
      this.#running = undefined
      this.go()
    })
  }

  /** Resolves when all that is pending now has been done. What comes later is not waited for. */
  async settle(): Promise<void> {
    this.go()
    await this.#running // did not have it all, if it had begun before
    await this.#running // began with everything that was pending
  }

  stop(): void {
    this.#stopped = true
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

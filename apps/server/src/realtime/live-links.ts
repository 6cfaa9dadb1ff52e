/**
 * The sockets of this process as rows in `link`: while one is there, its agent is at work and its visitor is not away.
 */
import { randomUUID } from 'node:crypto'
import type { AgentId, CustomerId } from '@otklik/model/ids'
import type { Reader } from '../store/database.ts'
import { closeLinks, openLinks, type LinkRow } from '../store/links.ts'

export class LiveLinks {
  readonly #reader: Reader
  readonly #nodeId: string
  readonly #open = new Map<string, LinkRow>()
  /** Of sockets that are gone, where the database has not said yet that it knows. */
  readonly #closing = new Set<string>()
  #asserting: Promise<unknown> = Promise.resolve()

  constructor(reader: Reader, nodeId: string) {
    this.#reader = reader
    this.#nodeId = nodeId
  }

  /** @returns what closes it again, at the latest when `tidy` finds the database back */
  async open(whose: { readonly agentId: AgentId } | { readonly customerId: CustomerId }): Promise<() => Promise<void>> {
    const link: LinkRow = {
      id: randomUUID(),
      nodeId: this.#nodeId,
      agentId: 'agentId' in whose ? whose.agentId : null,
      customerId: 'customerId' in whose ? whose.customerId : null,
    }
    const close = async () => {
      this.#open.delete(link.id)
      this.#closing.add(link.id)
      await this.#close([link.id])
    }
    this.#open.set(link.id, link)
    try {
      await openLinks(this.#reader, [link])
    } catch (error) {
      await close().catch(() => undefined) // the first error is the one to tell; whether it was written, nobody knows
      throw error
    }
    return close
  }

  /**
   * Closes what could not be closed in its time.
   * @param again says anew which sockets are open: a process that could not reach the database for a while was taken for silent,
   *   and its links were closed although the sockets stayed
   */
  async tidy(again: boolean): Promise<void> {
    const links = [...this.#open.values()]
    if (again && links.length > 0) {
      const asserting = openLinks(this.#reader, links)
      this.#asserting = asserting.catch(() => undefined)
      await asserting
    }
    if (this.#closing.size > 0) await this.#close([...this.#closing])
  }

  async #close(ids: readonly string[]): Promise<void> {
    await this.#asserting // it may still be opening one of them again
    await closeLinks(this.#reader, ids)
    for (const id of ids) this.#closing.delete(id)
  }
}

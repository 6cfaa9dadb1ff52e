/**
 * The sockets of this process as rows in `link`: while one is there, its agent is at work and its visitor is not away.
 */
import { randomUUID } from 'node:crypto'
import type { AgentId, CustomerId } from '@otklik/model/ids'
import type { Reader } from '../store/database.ts'
import { closeLink, openLinks, type LinkRow } from '../store/links.ts'

export class LiveLinks {
  readonly #reader: Reader
  readonly #nodeId: string
  readonly #open = new Map<string, LinkRow>()
  #asserting: Promise<void> = Promise.resolve()

  constructor(reader: Reader, nodeId: string) {
    this.#reader = reader
    this.#nodeId = nodeId
  }

  /** @returns what closes it again */
  async open(whose: { readonly agentId: AgentId } | { readonly customerId: CustomerId }): Promise<() => Promise<void>> {
    const link: LinkRow = {
      id: randomUUID(),
      nodeId: this.#nodeId,
      agentId: 'agentId' in whose ? whose.agentId : null,
      customerId: 'customerId' in whose ? whose.customerId : null,
    }
    this.#open.set(link.id, link)
    await openLinks(this.#reader, [link])
    return async () => {
      this.#open.delete(link.id)
      await this.#asserting // it may still be opening this one again
      await closeLink(this.#reader, link.id)
    }
  }

  /**
   * Says again which sockets are open. A process that could not reach the database for a while was taken for silent, and its
   * links were closed although the sockets stayed.
   */
  assert(): Promise<void> {
    const links = [...this.#open.values()]
    if (links.length > 0) this.#asserting = openLinks(this.#reader, links)
    return this.#asserting
  }
}

/** Who reads along with a contact in somebody else's hands, of those who are connected here. One contact a screen. */
import type { AgentId, ContactId } from '@otklik/model/ids'
import { SocketsBy } from './sockets-by.ts'

interface Watching {
  readonly agentId: AgentId
  readonly name: string
}

export class Watchers<Socket extends object> {
  readonly #byContact = new SocketsBy<ContactId, Socket>()
  readonly #watching = new Map<Socket, Watching & { readonly contactId: ContactId }>()

  /** @returns the contact that the socket watched before, if it was another one */
  watch(socket: Socket, contactId: ContactId | null, who: Watching): ContactId | undefined {
    const before = this.#watching.get(socket)?.contactId
    if (before === contactId) return undefined
    if (before) this.#byContact.remove(before, socket)
    if (contactId === null) this.#watching.delete(socket)
    else {
      this.#byContact.add(contactId, socket)
      this.#watching.set(socket, { ...who, contactId })
    }
    return before
  }

  has(contactId: ContactId): boolean {
    return this.#byContact.has(contactId)
  }

  of(contactId: ContactId): Iterable<Socket> {
    return this.#byContact.of(contactId)
  }

  /** Names of the colleagues, each once, without the one who holds the contact. */
  names(contactId: ContactId, holder: AgentId | undefined): string[] {
    const names = new Map<AgentId, string>()
    for (const socket of this.of(contactId)) {
      const who = this.#watching.get(socket)
      if (who && who.agentId !== holder) names.set(who.agentId, who.name)
    }
    return [...names.values()].sort((a, b) => a.localeCompare(b))
  }
}

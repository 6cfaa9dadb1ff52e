/** The messages of one contact as the desk holds them: by rising number, each once, gaps known. */
import type { MessageView } from '@otklik/contract/views'

export interface Thread {
  readonly messages: readonly MessageView[]
  /** Nothing older exists than the first message here. */
  readonly reachesStart: boolean
  /** A page was fetched. Messages that only came by themselves, such as during an offer, have no past yet. */
  readonly hasPage: boolean
}

export const emptyThread: Thread = { messages: [], reachesStart: false, hasPage: false }

/** Where added messages come from: one that came by itself, or a page; `start` is a page with nothing before it. */
export type MessageSource = 'single' | 'page' | 'start'

/** The thread with more messages, in any order, some perhaps known already. */
export const addMessages = (thread: Thread, added: readonly MessageView[], source: MessageSource): Thread => {
  const byNumber = new Map(thread.messages.map((message) => [message.number, message]))
  for (const message of added) byNumber.set(message.number, message)
  const messages = [...byNumber.values()].sort((a, b) => a.number - b.number)
  const reachesStart = thread.reachesStart || source === 'start' || messages[0]?.number === 1
  return { messages, reachesStart, hasPage: thread.hasPage || source !== 'single' }
}

/** What to ask the server for: the messages after a number, or the last ones before a number. */
export type Missing = { readonly after: number } | { readonly before: number }

/**
 * What a thread lacks up to the contact's last message, or null.
 * Nothing held: the newest page. A hole, or a newer message that never came: everything after the last sound number.
 */
export const missingIn = (thread: Thread | undefined, lastMessageNumber: number): Missing | null => {
  const first = thread?.messages[0]
  if (!thread || !first) return lastMessageNumber > 0 ? { before: lastMessageNumber + 1 } : null
  if (!thread.hasPage && !thread.reachesStart) return {
    before: Math.max(lastMessageNumber, thread.messages.at(-1)?.number ?? 0) + 1,
  }
  let sound = first.number
  for (const message of thread.messages.slice(1)) {
    if (message.number !== sound + 1) return { after: sound }
    sound = message.number
  }
  return sound < lastMessageNumber ? { after: sound } : null
}

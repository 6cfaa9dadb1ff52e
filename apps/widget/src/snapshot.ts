/** What a tab showed last, so that a reload shows it at once; it dies with the tab, and belongs to one token. */
import type { ChatView, VisitorMessage } from '@otklik/contract/web-chat'
import type { ChatState } from './chat.ts'
import { readJson, type Store } from './storage.ts'

interface Snapshot {
  readonly token: string
  readonly chat: ChatView | null
  readonly messages: readonly VisitorMessage[]
}

const longest = 50

export const writeSnapshot = (session: Store, token: string | null, { chat, messages }: ChatState): void => {
  if (token === null || !chat) return session.remove('view')
  const snapshot: Snapshot = { token, chat, messages: messages.slice(-longest) }
  session.set('view', JSON.stringify(snapshot))
}

export const readSnapshot = (session: Store, token: string): Snapshot | undefined => {
  const value = readJson(session.get('view')) as Snapshot | undefined
  return value?.token === token && Array.isArray(value.messages) ? value : undefined
}

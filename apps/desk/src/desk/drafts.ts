/**
 * What the agent has written and not sent, so that it survives a reload. It is the only personal thing that the desk
 * keeps in the browser: in the tab's own storage, gone when it is sent, when the contact closes and at sign-out.
 */
import type { ContactId } from '@otklik/model/ids'
import type { Outgoing } from './desk-state.ts'

/** `mode`: which of reply and note is being written; `…Files`: what goes along with it (attachments/uploads.ts). */
export type DraftMode = 'reply' | 'note' | 'wrapUp' | 'mode' | 'replyFiles' | 'noteFiles'
const modes: readonly DraftMode[] = ['reply', 'note', 'wrapUp', 'mode', 'replyFiles', 'noteFiles']
const prefix = 'otklik.draft.'
const outboxKey = 'otklik.outbox'

/** What we use of `sessionStorage`. */
export interface KeptStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export const createDrafts = (storage: KeptStorage) => {
  const nameOf = (contactId: ContactId, mode: DraftMode) => `${prefix}${contactId}.${mode}`
  const ours = () =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key !== null &&
    key.startsWith(prefix)) as string[]

  return {
    read: (contactId: ContactId, mode: DraftMode): string => storage.getItem(nameOf(contactId, mode)) ?? '',
    write(contactId: ContactId, mode: DraftMode, text: string) {
      if (text === '') storage.removeItem(nameOf(contactId, mode))
      else storage.setItem(nameOf(contactId, mode), text)
    },
    /** The contact has left the agent's hands. */
    forget(contactId: ContactId) {
      for (const mode of modes) storage.removeItem(nameOf(contactId, mode))
    },
    /** Keeps drafts of these contacts only: what closed while the page was away goes too. */
    keepOnly(contactIds: ReadonlySet<ContactId>) {
      for (const key of ours()) if (!contactIds.has(
        key.slice(prefix.length).split('.')[0] as ContactId,
      )) storage.removeItem(key)
    },
    /** Messages that were sent but not taken yet are drafts as well. */
    readOutbox(): readonly Outgoing[] {
      const kept = storage.getItem(outboxKey)
      return kept === null ? [] : (JSON.parse(kept) as Outgoing[])
    },
    writeOutbox(outgoing: readonly Outgoing[]) {
      if (outgoing.length === 0) storage.removeItem(outboxKey)
      else storage.setItem(outboxKey, JSON.stringify(outgoing))
    },
    forgetAll() {
      for (const key of ours()) storage.removeItem(key)
      storage.removeItem(outboxKey)
    },
  }
}

export type Drafts = ReturnType<typeof createDrafts>

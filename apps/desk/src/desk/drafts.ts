/**
 * What the agent has written and not sent, so that it survives a reload. It is the only personal thing that the desk
 * keeps in the browser: in the tab's own storage, gone when it is sent, when the contact closes and at sign-out. The
 * words are kept on the server, too (draft-keeper.ts).
 */
import type { ContactId } from '@otklik/model/ids'
import type { Outgoing } from './desk-state.ts'

/** What the server keeps as well. */
export const wordModes = ['reply', 'note', 'wrapUp'] as const
export type WordMode = (typeof wordModes)[number]
/**
 * `mode`: which of reply and note is being written; `macro`: with what outcome the reply closes the contact; `…Files`: what goes along with it (attachments/uploads.ts); `unkept`:
 * the server does not have these words yet; `keptAt`: when it got those that it has.
 */
export type DraftMode = WordMode | 'mode' | 'macro' | 'replyFiles' | 'noteFiles' | 'unkept' | 'keptAt'
const modes: readonly DraftMode[] = [...wordModes, 'mode', 'macro', 'replyFiles', 'noteFiles', 'unkept', 'keptAt']
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

  let written = (_contactId: ContactId) => {}
  const taken = new Set<(contactId: ContactId) => void>()
  const put = (contactId: ContactId, mode: DraftMode, text: string) => {
    if (text === '') storage.removeItem(nameOf(contactId, mode))
    else storage.setItem(nameOf(contactId, mode), text)
  }

  return {
    read: (contactId: ContactId, mode: DraftMode): string => storage.getItem(nameOf(contactId, mode)) ?? '',
    write(contactId: ContactId, mode: DraftMode, text: string) {
      put(contactId, mode, text)
      if (!(wordModes as readonly string[]).includes(mode)) return
      put(contactId, 'unkept', 'yes')
      written(contactId)
    },
    /** Tells the one who keeps the words on the server. */
    onWritten(listener: (contactId: ContactId) => void) {
      written = listener
    },
    /** The server has these words. */
    settle(contactId: ContactId, keptAt: string) {
      put(contactId, 'unkept', '')
      put(contactId, 'keptAt', keptAt)
    },
    /** Words from another screen, in the place of those that were here. */
    take(contactId: ContactId, words: Readonly<Record<WordMode, string>> & { readonly changedAt: string }) {
      // What closes belongs to the words that were here.
      if (words.reply !== (storage.getItem(nameOf(contactId, 'reply')) ?? '')) put(contactId, 'macro', '')
      for (const mode of wordModes) put(contactId, mode, words[mode])
      put(contactId, 'keptAt', words.changedAt)
      for (const listener of taken) listener(contactId)
    },
    /** These words were sent from another screen: nobody sends them a second time from here. */
    sentElsewhere(contactId: ContactId, mode: 'reply' | 'note', text: string) {
      const words = storage.getItem(nameOf(contactId, mode))
      if (words === null || words.trim() !== text) return
      put(contactId, mode, '')
      if (mode === 'reply') put(contactId, 'macro', '')
      for (const listener of taken) listener(contactId)
    },
    /** @returns the ending */
    onTaken(listener: (contactId: ContactId) => void): () => void {
      taken.add(listener)
      return () => void taken.delete(listener)
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

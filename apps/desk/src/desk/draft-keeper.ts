/**
 * Keeps what is being written on the server as well, so that it follows the agent to another screen. The tab's own copy
 * leads: it is sent a moment after each change, and only what has not been changed here is taken from the server.
 */
import { ApiRefusal, type Api } from '@otklik/client/http'
import { draftRoutes } from '@otklik/contract/drafts'
import type { ContactId } from '@otklik/model/ids'
import { failureOf } from '../api.ts'
import { wordModes, type Drafts } from './drafts.ts'

/** How long fingers may rest before it is kept, milliseconds. */
const restMs = 1200
/** And how long they may not: who writes without a pause has something kept, too. */
const longestMs = 4000
const againMs = 10_000

export interface DraftKeeperDeps {
  readonly api: Api
  readonly drafts: Drafts
  readonly later: (ms: number, work: () => void) => () => void
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly isHeld: (contactId: ContactId) => boolean
  readonly failed: (error: unknown) => void
}

export const createDraftKeeper = ({ api, drafts, later, now, isHeld, failed }: DraftKeeperDeps) => {
  const waiting = new Map<ContactId, () => void>()
  /** Since when something is written that was not sent. */
  const writtenSince = new Map<ContactId, number>()
  /** What is on its way. */
  const saving = new Map<ContactId, Promise<void>>()

  const saveLater = (contactId: ContactId, ms: number) => {
    waiting.get(contactId)?.()
    waiting.set(contactId, later(ms, () => {
      waiting.delete(contactId)
      void save(contactId)
    }))
  }
  const wordsOf = (contactId: ContactId) => ({ reply: drafts.read(contactId, 'reply'), note: drafts.read(contactId, 'note'), wrapUp: drafts.read(contactId, 'wrapUp') })

  const save = async (contactId: ContactId): Promise<void> => {
    if (!isHeld(contactId) || drafts.read(contactId, 'unkept') === '') return
    if (saving.has(contactId)) return saveLater(contactId, restMs)
    const sent = send(contactId)
    saving.set(contactId, sent)
    await sent
  }
  const send = async (contactId: ContactId): Promise<void> => {
    const words = wordsOf(contactId)
    writtenSince.delete(contactId)
    try {
      const { changedAt } = await api.call(draftRoutes.putDraft, { params: { id: contactId }, body: words, keepalive: true })
      const present = wordsOf(contactId)
      if (!wordModes.every((mode) => present[mode] === words[mode])) saveLater(contactId, restMs)
      else if (isHeld(contactId)) drafts.settle(contactId, changedAt)
    } catch (error) {
      failed(error)
      // Refused: the contact has left, or the words are too long to be kept; the tab has them still.
      if (!(error instanceof ApiRefusal)) saveLater(contactId, againMs)
    } finally {
      saving.delete(contactId)
    }
  }

  drafts.onWritten((contactId) => {
    const since = writtenSince.get(contactId) ?? now()
    writtenSince.set(contactId, since)
    saveLater(contactId, Math.max(0, Math.min(restMs, since + longestMs - now())))
  })

  /** Sends at once what is not kept yet: the contact is about to leave these hands, and may come back. */
  const keepNow = async (contactId: ContactId): Promise<void> => {
    // What is on its way may be older than the last letters.
    await saving.get(contactId)
    waiting.get(contactId)?.()
    waiting.delete(contactId)
    await save(contactId)
  }

  return {
    keepNow,
    /** The page goes out of sight, and perhaps for good. */
    keepAll() {
      for (const contactId of [...waiting.keys()]) void keepNow(contactId)
    },
    /** Takes what was written on another screen, and sends what is not kept yet. A failure is no reason to disturb anybody. */
    async fetch(held: Iterable<ContactId>): Promise<void> {
      try {
        const { items } = await api.call(draftRoutes.drafts, {})
        const kept = new Map(items.map((item) => [item.contactId, item]))
        for (const contactId of held) {
          if (drafts.read(contactId, 'unkept') !== '') saveLater(contactId, 0)
          else {
            const draft = kept.get(contactId)
            if (draft && draft.changedAt > drafts.read(contactId, 'keptAt')) drafts.take(contactId, draft)
          }
        }
      } catch (error) {
        if (failureOf(error) !== 'unreachable') failed(error)
      }
    },
    stop() {
      for (const callOff of waiting.values()) callOff()
      waiting.clear()
    },
  }
}

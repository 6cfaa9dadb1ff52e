/** Fetches the messages that the desk lacks: the newest page of a contact, and holes that a lost frame left. */
import type { Api } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import type { ContactId } from '@otklik/model/ids'
import type { Failure } from '../api.ts'
import type { DeskInput, DeskState } from './desk-state.ts'
import { missingIn, type Missing } from './thread.ts'

interface FetcherDeps {
  readonly api: Api
  readonly state: () => DeskState
  readonly dispatch: (input: DeskInput) => void
  readonly later: (ms: number, work: () => void) => () => void
  readonly failed: (error: unknown) => Failure
}

/** Frames of one conversation come in quick succession; a number may be missing for a moment only. */
const patienceMs = 400
const retryMs = 3000
const pageSize = 60

export const createMessageFetcher = ({ api, state, dispatch, later, failed }: FetcherDeps) => {
  const fetching = new Set<ContactId>()
  /** What was asked last, so that a server which has no answer is not asked for ever. */
  const answered = new Map<ContactId, string>()
  /** Conversations, offers included, whose first page was asked for; once only, so that a server that is away is asked at its pace. */
  const begun = new Set<ContactId>()
  let due: (() => void) | undefined

  const fetchMessages = async (contactId: ContactId, query: Missing): Promise<void> => {
    if (fetching.has(contactId)) return
    fetching.add(contactId)
    try {
      const { items, more } = await api.call(routes.messages, {
        params: { id: contactId },
        query: { ...query, limit: pageSize },
      })
      dispatch({ t: 'messages', contactId, messages: items, source: 'before' in query && !more ? 'start' : 'page' })
    } finally {
      fetching.delete(contactId)
    }
  }

  const fill = () => {
    due = undefined
    if (state().phase !== 'ready') return
    for (const contact of state().contacts.values()) {
      const missing = missingIn(state().threads.get(contact.id), contact.lastMessageNumber)
      const question = JSON.stringify([missing, contact.lastMessageNumber])
      if (!missing || answered.get(contact.id) === question) continue
      fetchMessages(contact.id, missing).then(
        () => answered.set(contact.id, question),
        (error: unknown) => {
          // A refusal says that the contact is no longer ours to read. Without a server, try again.
          if (failed(error) === 'unreachable') check(retryMs)
        },
      )
    }
  }

  /** Whether a conversation has just come, told once each time: as an offer already, so that its words stand when it is accepted. */
  const hasBegun = (): boolean => {
    const { phase, contacts } = state()
    if (phase !== 'ready') return false
    for (const id of begun) if (!contacts.has(id)) begun.delete(id)
    const fresh = [...contacts.values()].filter(({ id }) => !begun.has(id))
    for (const { id } of fresh) begun.add(id)
    return fresh.length > 0
  }

  /** Looks what is missing: soon, and at once where a conversation has just begun. */
  const check = (ms = patienceMs) => {
    if (!hasBegun()) return void (due ??= later(ms, fill))
    due?.()
    fill()
  }

  return {
    check,
    fetchMessages,
    /** After a lost connection anything may be missing again. */
    forgetAnswers: () => answered.clear(),
    stop: () => due?.(),
  }
}

/**
 * Sends what the agent wrote: one message of a contact after the other, so that they stay in order; again after the
 * connection is back, under the same id, so that each is taken once.
 */
import { ApiRefusal } from '@otklik/client/http'
import type { MessageView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import type { Failure } from '../api.ts'
import type { DeskInput, Outgoing } from './desk-state.ts'

interface OutboxDeps {
  readonly state: () => readonly Outgoing[]
  readonly dispatch: (input: DeskInput) => void
  readonly later: (ms: number, work: () => void) => () => void
  readonly send: (message: Outgoing) => Promise<MessageView>
  readonly failed: (error: unknown) => Failure
}

const retryMs = 3000

export const createOutbox = ({ state, dispatch, later, send, failed }: OutboxDeps) => {
  const busy = new Set<ContactId>()
  const works = new Map<ContactId, Promise<void>>()
  let retry: (() => void) | undefined

  const retryIn = (ms: number) => {
    retry ??= later(ms, () => {
      retry = undefined
      resume()
    })
  }

  /** True when the contact's next message may go. */
  const deliver = async (message: Outgoing): Promise<boolean> => {
    if (message.state === 'waiting') dispatch({ t: 'outgoingState', id: message.id, state: 'sending', refusal: null })
    try {
      const taken = await send(message)
      dispatch({ t: 'messages', contactId: message.contactId, messages: [taken], source: 'single' })
      return true
    } catch (error) {
      const failure = failed(error)
      const passing =
        failure === 'unreachable' || failure === 'unavailable' || failure === 'rateLimited' || failure === 'notSignedIn'
      if (!passing) {
        dispatch({ t: 'outgoingState', id: message.id, state: 'failed', refusal: failure })
        return true
      }
      dispatch({ t: 'outgoingState', id: message.id, state: 'waiting', refusal: null })
      const seconds = error instanceof ApiRefusal ? error.problem.retryAfterSeconds : undefined
      if (failure !== 'notSignedIn') retryIn(seconds === undefined ? retryMs : seconds * 1000)
      return false
    }
  }

  const work = async (contactId: ContactId) => {
    busy.add(contactId)
    try {
      for (;;) {
        const next = state().find((message) => message.contactId === contactId && message.state !== 'failed')
        if (!next || !(await deliver(next))) return
      }
    } finally {
      busy.delete(contactId)
    }
  }

  /** Sends whatever is not sent. */
  const resume = () => {
    for (const contactId of new Set(state().map((message) => message.contactId))) {
      if (!busy.has(contactId)) works.set(contactId, work(contactId))
    }
  }
  return {
    resume,
    /** Until what is on its way has arrived or was given up for now; undefined when nothing is. */
    underWay: (contactId: ContactId): Promise<void> | undefined => (busy.has(contactId) ? works.get(contactId) : undefined),
  }
}

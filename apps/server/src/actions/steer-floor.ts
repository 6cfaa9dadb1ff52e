/** What a supervisor does from the floor, to agents and contacts within reach. Whether they are is asked by the caller. */
import type { ErrorCode } from '@otklik/contract/errors'
import type { FloorAlert } from '@otklik/contract/floor'
import type { AgentId, ContactId, MessageId } from '@otklik/model/ids'
import { brokenConstraint, type Tx } from '../store/database.ts'
import { appendEvent } from '../store/log.ts'
import { appendHint, loadMessage, partsOf, saysTheSame } from '../store/messages.ts'
import { lockAgent, lockContacts, lockHeld } from '../store/routing.ts'
import { stepPresence } from './change-presence.ts'
import type { Deps } from './deps.ts'
import type { TransferTarget } from './hand-over.ts'
import { moveWaiting, returnToQueue, withdrawOffer, writeNotice } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'
import { takeByHand } from './park-contact.ts'
import { sendHome } from './send-home.ts'

export const signOutAgent = (deps: Deps, { agentId, by }: { readonly agentId: AgentId; readonly by: AgentId }): Promise<Outcome<null>> =>
  deps.transaction((tx) => sendHome(tx, deps, agentId, ['session'], by))

interface Hint {
  readonly id: MessageId
  readonly contactId: ContactId
  /** The supervisor. */
  readonly agentId: AgentId
  readonly text: string
}

const sameHint = async (tx: Tx, hint: Hint): Promise<Outcome<MessageId> | undefined> => {
  const known = await loadMessage(tx, hint.id)
  if (!known) return undefined
  const { contactId, agentId, visibility, parts } = known
  const isSame = contactId === hint.contactId && agentId === hint.agentId && visibility === 'hint' && saysTheSame(parts, hint.text, [])
  return isSame ? done(known.id) : refuse('idTaken', { detail: 'Choose a new random id for each message.' })
}

/** Whispers to whoever has the contact in hand, exactly once for its id. */
export const whisper = async (deps: Deps, hint: Hint): Promise<Outcome<MessageId>> => {
  try {
    return await deps.transaction(async (tx) => {
      const known = await sameHint(tx, hint)
      if (known) return known
      const at = deps.now()
      const written = await appendHint(tx, { ...hint, parts: partsOf(hint.text) }, at)
      if (!written) return refuse('contactNotActive')
      // To the desk of whoever holds it, as every other message of the contact.
      await appendEvent(tx, at, 'message.noted', hint.contactId, { contactId: hint.contactId, messageId: hint.id, number: written.number, agentId: written.holder })
      return done(hint.id)
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'message_pkey') throw error
    return deps.transaction(async (tx) => (await sameHint(tx, hint)) ?? refuse('idTaken'))
  }
}

/** Takes a contact out of its queue, or out of an agent's hands, into the supervisor's own. */
export const takeOver = (deps: Deps, { contactId, agentId }: { readonly contactId: ContactId; readonly agentId: AgentId }): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const found = await lockHeld(tx, contactId, [agentId])
    if (!found) return refuse('contactClosed')
    const { contact } = found
    if (contact.agentId === agentId && contact.state === 'active') return done(null) // pressed twice
    const at = deps.now()
    if (contact.state === 'offered') await withdrawOffer(tx, contact, 'moved', at)
    else if (contact.state === 'active') {
      await writeNotice(tx, deps, contactId, 'transferred', at, agentId)
      await returnToQueue(tx, contact, { input: 'transfer', cause: 'transferred', queueId: contact.queueId, reservedFor: agentId, by: agentId }, at)
    } else if (contact.state !== 'queued') return refuse('contactNotActive')
    const own = await lockAgent(tx, agentId) // locked above already, in order
    const [free] = await lockContacts(tx, [contactId])
    if (!own || !free) return refuse('notFound')
    if (own.state !== 'offline') return takeByHand(tx, deps, free, own)
    // Who steers without being at the desk has hands from here on, and is asked for nothing else.
    const here = await stepPresence(tx, own, { input: 'becomeNotReady', cause: 'supervisor', reasonId: null }, at)
    return here.ok ? takeByHand(tx, deps, free, here.value) : here
  })

/** Hands one contact to a queue or an agent, whoever has it. */
const moveOne = (deps: Deps, by: AgentId, contactId: ContactId, to: TransferTarget): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const found = await lockHeld(tx, contactId, to.kind === 'agent' ? [to.agentId] : [])
    if (!found) return refuse('contactClosed')
    const { contact } = found
    if (to.kind === 'agent' && contact.agentId === to.agentId) return refuse('sameAgent')
    const at = deps.now()
    const target = {
      queueId: to.kind === 'queue' ? to.queueId : contact.queueId,
      reservedFor: to.kind === 'agent' ? to.agentId : null,
      by,
    }
    if (contact.state === 'active') {
      await writeNotice(tx, deps, contactId, 'transferred', at, by)
      await returnToQueue(tx, contact, { input: 'transfer', cause: 'transferred', ...target }, at)
      return done(null)
    }
    return (await moveWaiting(tx, contactId, target, at)) ? done(null) : refuse('contactNotActive')
  })

export interface Moved {
  readonly moved: number
  readonly refused: { readonly contactId: ContactId; readonly code: ErrorCode }[]
}

/** Hands contacts on, each in a transaction of its own: one that is gone meanwhile does not hold up the rest. */
export const moveContacts = async (
  deps: Deps,
  { by, contactIds, to }: { readonly by: AgentId; readonly contactIds: readonly ContactId[]; readonly to: TransferTarget },
): Promise<Outcome<Moved>> => {
  const refused: Moved['refused'] = []
  let moved = 0
  for (const contactId of new Set(contactIds)) {
    const outcome = await moveOne(deps, by, contactId, to)
    if (outcome.ok) moved += 1
    else refused.push({ contactId, code: outcome.code })
  }
  return done({ moved, refused })
}

/** Replaces a supervisor's alerts. */
export const putAlerts = (deps: Deps, agentId: AgentId, items: readonly FloorAlert[]): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    if (new Set(items.map(({ id }) => id)).size !== items.length) return refuse('validationFailed', { detail: 'Give each alert an id of its own.' })
    await tx.db.deleteFrom('floorAlert').where('agentId', '=', agentId).execute()
    if (items.length > 0) await tx.db.insertInto('floorAlert').values(items.map((item) => ({ ...item, agentId }))).execute()
    return done(null)
  })

/** What an agent does with a contact in hand: write, read, end, return to it, finish. */
import type { AgentId, ContactId, DispositionId, FileId, MessageId } from '@otklik/model/ids'
import { appendEvent } from '../store/log.ts'
import { appendAgentMessage, loadMessage, partsOf, saysTheSame } from '../store/messages.ts'
import { forgetSentDraft } from '../store/drafts.ts'
import { bindFiles, claimFiles } from '../store/files.ts'
import { lockHeld, type RoutingRow } from '../store/routing.ts'
import { brokenConstraint, type Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { beginWrapUp, closeContact, guard, reopen, writeNotice } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'

interface Held {
  readonly agentId: AgentId
  readonly contactId: ContactId
}

/** The contact in this agent's hands, locked with its agent, or why not. */
export const lockOwn = async (tx: Tx, held: Held, others: readonly AgentId[] = []): Promise<Outcome<RoutingRow>> => {
  const found = await lockHeld(tx, held.contactId, others)
  if (!found || found.contact.agentId !== held.agentId) return refuse('contactNotYours')
  return done(found.contact)
}

export interface AgentMessage extends Held {
  readonly id: MessageId
  readonly visibility: 'public' | 'note'
  readonly text: string
  /** Uploaded by the agent before. */
  readonly fileIds?: readonly FileId[] | undefined
}

/** Writes a reply or a note, exactly once for its id. */
export const sendMessage = async (deps: Deps, message: AgentMessage): Promise<Outcome<MessageId>> => {
  try {
    return await deps.transaction(async (tx) => {
      const known = await sameMessage(tx, message)
      if (known) return known
      const at = deps.now()
      const { id, contactId, agentId, visibility, fileIds = [] } = message
      const files = await claimFiles(tx, { kind: 'agent', agentId }, fileIds)
      if (!files) return refuse('fileGone')
      const written = await appendAgentMessage(tx, { id, contactId, agentId, visibility, parts: partsOf(message.text, files) }, at)
      if (!written) {
        const { contact } = (await lockHeld(tx, message.contactId)) ?? {}
        return contact?.agentId === message.agentId ? refuse('contactNotActive') : refuse('contactNotYours')
      }
      await bindFiles(tx, fileIds, id)
      await forgetSentDraft(tx, message, at)
      const place = { contactId, messageId: message.id, number: written.number, agentId }
      if (message.visibility === 'note') await appendEvent(tx, at, 'message.noted', contactId, place)
      else await appendEvent(tx, at, 'message.sent', contactId, { ...place, first: written.first })
      return done(message.id)
    })
  } catch (error) {
    // Two tabs sent the same message at once: the other was first.
    if (brokenConstraint(error) !== 'message_pkey') throw error
    return deps.transaction(async (tx) => (await sameMessage(tx, message)) ?? refuse('idTaken'))
  }
}

const sameMessage = async (tx: Tx, message: AgentMessage): Promise<Outcome<MessageId> | undefined> => {
  const known = await loadMessage(tx, message.id)
  if (!known) return undefined
  const same =
    known.contactId === message.contactId &&
    known.agentId === message.agentId &&
    known.visibility === message.visibility &&
    saysTheSame(known.parts, message.text, message.fileIds ?? [])
  return same ? done(known.id) : refuse('idTaken', { detail: 'Choose a new random id for each message.' })
}

/** The agent has read the customer's messages up to a number. */
export const readMessages = (deps: Deps, held: Held & { readonly number: number }): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const row = await tx.db
      .updateTable('contact')
      .set((eb) => ({
        agentReadNumber: eb.fn('least', [eb.val(held.number), 'lastMessageNumber']),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', held.contactId)
      .where('agentId', '=', held.agentId)
      .where('closedAt', 'is', null)
      .where('agentReadNumber', '<', held.number)
      .where('lastMessageNumber', '>', (eb) => eb.ref('agentReadNumber'))
      .returning('agentReadNumber')
      .executeTakeFirst()
    if (row)
      await appendEvent(tx, deps.now(), 'message.read', held.contactId, {
        contactId: held.contactId,
        by: 'agent',
        number: row.agentReadNumber,
        agentId: held.agentId,
      })
    return done(null) // reading what was read already, or what is gone, is no error
  })

export const endContact = (deps: Deps, held: Held): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const own = await lockOwn(tx, held)
    if (!own.ok) return own
    if (own.value.state === 'wrapUp') return done(null)
    const refusal = guard(own.value.state, 'end')
    if (refusal) return refusal
    await beginWrapUp(tx, deps, own.value, 'agentEnded', deps.now())
    return done(null)
  })

export const reopenContact = (deps: Deps, held: Held): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const own = await lockOwn(tx, held)
    if (!own.ok) return own
    if (own.value.state === 'active') return done(null)
    const refusal = own.value.state === 'wrapUp' ? undefined : refuse('contactNotInWrapUp')
    if (refusal) return refusal
    const at = deps.now()
    // The last that both sides read is that the chat is over.
    await writeNotice(tx, deps, held.contactId, 'reopened', at, held.agentId)
    await reopen(tx, own.value, at)
    return done(null)
  })

export interface Finish extends Held {
  readonly dispositionId: DispositionId
  readonly resolved: boolean
  readonly note: string
}

/** Closes out of wrap-up with a disposition; an active contact passes through wrap-up in the same transaction. */
export const finishContact = (deps: Deps, finish: Finish): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const own = await lockOwn(tx, finish)
    if (!own.ok) return own
    const disposition = await tx.db.selectFrom('disposition').select('archivedAt').where('id', '=', finish.dispositionId).executeTakeFirst()
    if (!disposition) return refuse('notFound', { detail: 'There is no such disposition.' })
    if (disposition.archivedAt) return refuse('archived', { detail: 'Choose a disposition that is in use.' })
    const at = deps.now()
    let contact = own.value
    if (contact.state === 'active') contact = await beginWrapUp(tx, deps, contact, 'agentEnded', at)
    const refusal = guard(contact.state, 'finish')
    if (refusal) return refusal
    if (finish.note) {
      const messageId = deps.newId() as MessageId
      const written = await appendAgentMessage(
        tx,
        { id: messageId, contactId: finish.contactId, agentId: finish.agentId, visibility: 'note', parts: partsOf(finish.note) },
        at,
      )
      if (written)
        await appendEvent(tx, at, 'message.noted', finish.contactId, {
          contactId: finish.contactId,
          messageId,
          number: written.number,
          agentId: finish.agentId,
        })
    }
    const { closeReason } = await tx.db.selectFrom('contact').select('closeReason').where('id', '=', contact.contactId).executeTakeFirstOrThrow()
    await closeContact(
      tx,
      contact,
      {
        input: 'finish',
        by: 'agent',
        reason: (closeReason ?? 'agentEnded') as 'agentEnded',
        dispositionId: finish.dispositionId,
        resolved: finish.resolved,
      },
      at,
    )
    return done(null)
  })

/** Moving a contact on: sideways to a queue or a colleague, up to the second line. */
import type { AgentId, ContactId, MessageId, QueueId } from '@otklik/model/ids'
import { appendEvent } from '../store/log.ts'
import { appendAgentMessage, partsOf } from '../store/messages.ts'
import { lockAgent } from '../store/routing.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { guard, returnToQueue, writeNotice } from './move-contact.ts'
import { done, refuse, type Outcome } from './outcome.ts'
import { lockOwn } from './work-contact.ts'

interface HandOver {
  readonly agentId: AgentId
  readonly contactId: ContactId
  readonly note: string
}

export type TransferTarget = { readonly kind: 'queue'; readonly queueId: QueueId } | { readonly kind: 'agent'; readonly agentId: AgentId }

/** Writes the note for whoever is next, if there is one. */
export const writeNote = async (tx: Tx, deps: Deps, over: HandOver, at: Date): Promise<void> => {
  if (!over.note) return
  const messageId = deps.newId() as MessageId
  const written = await appendAgentMessage(
    tx,
    { id: messageId, contactId: over.contactId, agentId: over.agentId, visibility: 'note', parts: partsOf(over.note) },
    at,
  )
  if (!written) throw new Error(`contact ${over.contactId} took no note from its holder`)
  await appendEvent(tx, at, 'message.noted', over.contactId, {
    contactId: over.contactId,
    messageId,
    number: written.number,
    agentId: over.agentId,
  })
}

/** Hands a contact to another queue, or to a colleague who is at work: it waits for just that one for a minute. */
export const transferContact = (deps: Deps, over: HandOver & { readonly to: TransferTarget }): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const { to } = over
    if (to.kind === 'agent' && to.agentId === over.agentId) return refuse('sameAgent')
    const own = await lockOwn(tx, over, to.kind === 'agent' ? [to.agentId] : [])
    if (!own.ok) return own
    const refusal = guard(own.value.state, 'transfer')
    if (refusal) return refusal
    if (to.kind === 'queue') {
      const queue = await tx.db.selectFrom('queue').select('archivedAt').where('id', '=', to.queueId).executeTakeFirst()
      if (!queue) return refuse('notFound', { detail: 'There is no such queue.' })
      if (queue.archivedAt) return refuse('archived', { detail: 'Choose a queue that is in use.' })
    } else {
      const colleague = await lockAgent(tx, to.agentId) // locked above already, in order
      if (!colleague || colleague.state === 'offline') return refuse('agentUnavailable')
    }
    const at = deps.now()
    await writeNote(tx, deps, over, at)
    await writeNotice(tx, deps, over.contactId, 'transferred', at, over.agentId)
    await returnToQueue(
      tx,
      own.value,
      {
        input: 'transfer',
        cause: 'transferred',
        queueId: to.kind === 'queue' ? to.queueId : own.value.queueId,
        reservedFor: to.kind === 'agent' ? to.agentId : null,
      },
      at,
    )
    return done(null)
  })

/** Raises a contact to its queue's escalation queue; the issue is owned by the second line from now on. */
export const escalateContact = (deps: Deps, over: HandOver): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const own = await lockOwn(tx, over)
    if (!own.ok) return own
    const refusal = guard(own.value.state, 'escalate')
    if (refusal) return refusal
    const target = await tx.db
      .selectFrom('queue')
      .innerJoin('queue as upper', 'upper.id', 'queue.escalationQueueId')
      .select(['upper.id', 'upper.line'])
      .where('queue.id', '=', own.value.queueId)
      .where('upper.archivedAt', 'is', null)
      .executeTakeFirst()
    if (!target) return refuse('noEscalationQueue')
    const at = deps.now()
    await writeNote(tx, deps, over, at)
    await writeNotice(tx, deps, over.contactId, 'escalated', at, over.agentId)
    await tx.db
      .updateTable('contact')
      .set({ escalatedBy: over.agentId, escalatedAt: at, escalatedFrom: own.value.queueId, answeredAt: null })
      .where('id', '=', over.contactId)
      .execute()
    await tx.db
      .updateTable('issue')
      .set({ ownerLine: target.line })
      .where('id', '=', (eb) => eb.selectFrom('contact').select('issueId').where('id', '=', over.contactId))
      .execute()
    await returnToQueue(
      tx,
      own.value,
      { input: 'escalate', cause: 'escalated', queueId: target.id as QueueId, reservedFor: null },
      at,
    )
    return done(null)
  })

/** The second line is done with it: back to the queue where it came from, with the answer, to whoever raised it first of all. */
export const answerRaised = (deps: Deps, over: Omit<HandOver, 'note'> & { readonly answer: string }): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const raised = await tx.db
      .selectFrom('contact as c')
      .innerJoin('queue as q', 'q.id', 'c.escalatedFrom')
      .innerJoin('queue as now', 'now.id', 'c.queueId')
      .select(['c.escalatedBy', 'c.issueId', 'q.id as queueId', 'q.archivedAt', 'q.replacedBy', 'now.line'])
      .where('c.id', '=', over.contactId)
      .where('c.answeredAt', 'is', null)
      .executeTakeFirst()
    const raisedBy = raised?.escalatedBy as AgentId | null | undefined
    const own = await lockOwn(tx, over, raisedBy ? [raisedBy] : [])
    if (!own.ok) return own
    const refusal = guard(own.value.state, 'transfer')
    if (refusal) return refusal
    if (!raised || !raisedBy || raised.line !== 2 || raisedBy === over.agentId) return refuse('contactNotRaised')
    const at = deps.now()
    const first = await lockAgent(tx, raisedBy) // locked above already, in order
    await writeNote(tx, deps, { ...over, note: over.answer }, at)
    await writeNotice(tx, deps, over.contactId, 'answered', at, over.agentId)
    await tx.db.updateTable('contact').set({ answeredAt: at }).where('id', '=', over.contactId).execute()
    await tx.db.updateTable('issue').set({ ownerLine: 1 }).where('id', '=', raised.issueId).execute()
    await returnToQueue(
      tx,
      own.value,
      {
        input: 'transfer',
        cause: 'answered',
        queueId: ((raised.archivedAt && raised.replacedBy) || raised.queueId) as QueueId,
        reservedFor: first && first.state !== 'offline' ? raisedBy : null,
      },
      at,
    )
    return done(null)
  })

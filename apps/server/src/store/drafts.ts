import type { DraftView } from '@otklik/contract/drafts'
import type { AgentId, ContactId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'

interface Row {
  contactId: ContactId
  reply: string
  note: string
  wrapUp: string
  changedAt: Date
}

export const loadDrafts = async (reader: Reader, agentId: AgentId): Promise<DraftView[]> =>
  (
    await reader.named<Row & Record<string, unknown>>(
      'desk-drafts',
      `select d.contact_id as "contactId", d.reply, d.note, d.wrap_up as "wrapUp", d.changed_at as "changedAt"
       from contact_routing held join draft d on d.contact_id = held.contact_id and d.agent_id = held.agent_id
       where held.agent_id = $1`,
      [agentId],
    )
  ).map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }))

/** @returns false: the contact is not in the agent's hands */
export const writeDraft = async (
  tx: Tx,
  { contactId, agentId, reply, note, wrapUp }: { contactId: ContactId; agentId: AgentId; reply: string; note: string; wrapUp: string },
  at: Date,
): Promise<boolean> => {
  const rows = await tx.named(
    'write-draft',
    `insert into draft (contact_id, agent_id, reply, note, wrap_up, changed_at)
     select contact_id, agent_id, $3, $4, $5, $6 from contact_routing where contact_id = $1 and agent_id = $2
     on conflict (contact_id, agent_id) do update set reply = excluded.reply, note = excluded.note, wrap_up = excluded.wrap_up, changed_at = excluded.changed_at
     returning 1`,
    [contactId, agentId, reply, note, wrapUp, at],
  )
  return rows.length > 0
}

/** What is sent is no draft any more, nor is its beginning, kept before the last letters: no other screen must offer it a second time. */
export const forgetSentDraft = (
  tx: Tx,
  { contactId, agentId, visibility, text }: { contactId: ContactId; agentId: AgentId; visibility: 'public' | 'note'; text: string },
  at: Date,
): Promise<unknown> => {
  const column = visibility === 'note' ? 'note' : 'reply'
  return tx.named(
    `sent-${column}`,
    `update draft set ${column} = '', changed_at = $4 where contact_id = $1 and agent_id = $2 and ${column} <> '' and starts_with($3, ${column})`,
    [contactId, agentId, text, at],
  )
}

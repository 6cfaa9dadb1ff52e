/**
 * The narrow rows that the router and the actions both write. Lock order for every writer: lease → files by id →
 * agents by id → contacts by id. A contact's holder is not known before it is read, so it is read first without a lock, then agent and
 * contact are locked in order, and the reading is repeated if it had changed.
 */
import type { ContactState } from '@otklik/model/contact'
import type { AgentId, ContactId, OfferId, QueueId } from '@otklik/model/ids'
import type { Presence } from '@otklik/model/presence'
import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import { TryAgain, type Reader, type Tx } from './database.ts'
import type { AgentCapacity, ContactRouting, DB } from './schema.generated.ts'

export type RoutingRow = Omit<Selectable<ContactRouting>, 'state' | 'contactId' | 'agentId' | 'queueId' | 'offerId'> & {
  contactId: ContactId
  state: Exclude<ContactState, 'closed'>
  agentId: AgentId | null
  queueId: QueueId
  offerId: OfferId | null
}
export type CapacityRow = Omit<Selectable<AgentCapacity>, 'state' | 'agentId'> & { agentId: AgentId; state: Presence }

const asRouting = (row: Selectable<ContactRouting>) => row as RoutingRow
const asCapacity = (row: Selectable<AgentCapacity>) => row as CapacityRow

/** Locks agents' capacity rows, by id. Agents that do not exist are left out. */
export const lockAgents = async (tx: Tx, ids: readonly AgentId[]): Promise<Map<AgentId, CapacityRow>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('agentCapacity')
    .selectAll()
    .where('agentId', 'in', [...new Set(ids)])
    .orderBy('agentId')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.agentId as AgentId, asCapacity(row)]))
}

export const lockAgent = async (tx: Tx, id: AgentId): Promise<CapacityRow | undefined> => (await lockAgents(tx, [id])).get(id)

export const lockContacts = async (tx: Tx, ids: readonly ContactId[]): Promise<RoutingRow[]> =>
  ids.length === 0
    ? []
    : (
        await tx.db.selectFrom('contactRouting').selectAll().where('contactId', 'in', ids).orderBy('contactId').forUpdate().execute()
      ).map(asRouting)

/** The open contact without a lock; undefined when it is closed or does not exist. */
export const peekContact = async (reader: Reader, id: ContactId): Promise<RoutingRow | undefined> => {
  const row = await reader.db.selectFrom('contactRouting').selectAll().where('contactId', '=', id).executeTakeFirst()
  return row && asRouting(row)
}

/**
 * Locks an open contact and whoever holds it, in the order that all writers keep.
 * @param others agents to be locked with them, such as the colleague who receives it
 */
export const lockHeld = async (
  tx: Tx,
  id: ContactId,
  others: readonly AgentId[] = [],
): Promise<{ contact: RoutingRow; agents: Map<AgentId, CapacityRow> } | undefined> => {
  const seen = await peekContact(tx, id)
  if (!seen) return undefined
  const agents = await lockAgents(tx, seen.agentId ? [seen.agentId, ...others] : others)
  const [contact] = await lockContacts(tx, [id])
  if (!contact) return undefined
  // The holder changed between the look and the lock. Another agent may not be locked after a contact, so the whole
  // transaction starts over.
  if (contact.agentId !== seen.agentId) throw new TryAgain()
  return { contact, agents }
}

/** Contacts that an agent holds, locked; the agent must be locked already. */
export const lockContactsOf = async (tx: Tx, agentId: AgentId): Promise<RoutingRow[]> =>
  (await tx.db.selectFrom('contactRouting').selectAll().where('agentId', '=', agentId).orderBy('contactId').forUpdate().execute()).map(
    asRouting,
  )

/**
 * Changes an open contact's row; its version rises by one.
 * @param goesLast it begins to wait anew, behind all who arrived at the same moment
 */
export const updateRouting = async (
  tx: Tx,
  id: ContactId,
  change: Omit<Updateable<ContactRouting>, 'version' | 'contactId' | 'seq'>,
  goesLast = false,
): Promise<RoutingRow> =>
  asRouting(
    await tx.db
      .updateTable('contactRouting')
      .set((eb) => ({ ...change, version: eb('version', '+', 1), ...(goesLast ? { seq: sql<number>`nextval('contact_seq')` } : {}) }))
      .where('contactId', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow(),
  )

/** What is written to a contact's row when nobody holds it. */
export const unheld = {
  state: 'queued',
  agentId: null,
  offerId: null,
  offerExpiresAt: null,
  wrapUpUntil: null,
} as const

/** Removes a closed contact's row; answers the version that it ended with. */
export const removeRouting = async (tx: Tx, id: ContactId): Promise<number> => {
  const row = await tx.db.deleteFrom('contactRouting').where('contactId', '=', id).returning('version').executeTakeFirstOrThrow()
  return row.version + 1
}

/**
 * Changes an agent's row; its version rises by one.
 * @param freshTicket the agent becomes free at another load: it goes behind those who were free before
 */
export const updateCapacity = async (
  tx: Tx,
  id: AgentId,
  change: { state?: Presence; pending?: number; chatBy?: number; lostAt?: Date | null },
  freshTicket: boolean,
): Promise<CapacityRow> => {
  const [row] = await tx.named<Record<string, unknown>>(
    'update-capacity',
    `update agent_capacity set
       version = version + 1,
       state = coalesce($2, state),
       pending = coalesce($3, pending),
       chat = chat + $4,
       max_chat = greatest((select max_chats from agent where id = $1), chat + $4),
       max_total = greatest((select max_total from agent where id = $1), voice + mail + chat + $4 + coalesce($3, pending)),
       lost_at = case when $5 then $6 else lost_at end,
       ticket = case when $7 then nextval('agent_ticket') else ticket end
     where agent_id = $1
     returning agent_id as "agentId", version, state, voice, chat, mail, pending, ticket, occupancy,
       max_chat as "maxChat", max_total as "maxTotal", lost_at as "lostAt"`,
    [id, change.state ?? null, change.pending ?? null, change.chatBy ?? 0, change.lostAt !== undefined, change.lostAt ?? null, freshTicket],
  )
  if (!row) throw new Error(`agent ${id} has no capacity row`)
  return row as unknown as CapacityRow
}

/** Nothing is left to be given back. Routing does not look at it, so the version stays. */
export const clearLost = async (tx: Tx, id: AgentId): Promise<void> => {
  await tx.db.updateTable('agentCapacity').set({ lostAt: null }).where('agentId', '=', id).execute()
}

/** Keeps an agent from being asked for this contact until then. */
export const excludeAgent = async (tx: Tx, contactId: ContactId, agentId: AgentId, until: Date): Promise<void> => {
  await tx.db
    .insertInto('contactExclusion')
    .values({ contactId, agentId, until })
    .onConflict((conflict) => conflict.columns(['contactId', 'agentId']).doUpdateSet({ until }))
    .execute()
}

export const closeOffer = async (tx: Tx, id: OfferId, outcome: 'accepted' | 'declined' | 'missed' | 'withdrawn' | 'left', at: Date): Promise<void> => {
  await tx.db.updateTable('offer').set({ outcome, decidedAt: at }).where('id', '=', id).where('outcome', '=', 'open').execute()
}

/** Ends the running part of a contact and, if `next` is given, begins another. */
export const nextSegment = async (
  tx: Tx,
  contactId: ContactId,
  at: Date,
  next?: { queueId: QueueId; agentId: AgentId | null },
): Promise<void> => {
  await tx.db.updateTable('segment').set({ endedAt: at }).where('contactId', '=', contactId).where('endedAt', 'is', null).execute()
  if (next) await tx.db.insertInto('segment').values({ contactId, ...next, startedAt: at } as Insertable<DB['segment']>).execute()
}

/** Presence intervals: one open interval for each agent, no gaps. */
import type { AgentId, ReasonId } from '@otklik/model/ids'
import type { Presence, PresenceCause } from '@otklik/model/presence'
import type { Reader, Tx } from './database.ts'

export interface PresenceInterval {
  readonly state: Presence
  readonly cause: PresenceCause
  readonly reasonId: ReasonId | null
}

/** Ends the agent's open interval and begins the next; the agent's capacity row must be locked. */
export const setPresence = async (tx: Tx, agentId: AgentId, next: PresenceInterval, at: Date): Promise<void> => {
  await tx.db
    .updateTable('presenceInterval')
    .set((eb) => ({ endedAt: eb.fn('greatest', ['startedAt', eb.val(at)]) }))
    .where('agentId', '=', agentId)
    .where('endedAt', 'is', null)
    .execute()
  await tx.db.insertInto('presenceInterval').values({ agentId, ...next, startedAt: at }).execute()
}

/** The newest intervals of an agent, newest first. */
export const loadLastPresences = async (reader: Reader, agentId: AgentId, count: number): Promise<(PresenceInterval & { startedAt: Date })[]> =>
  (
    await reader.db
      .selectFrom('presenceInterval')
      .select(['state', 'cause', 'reasonId', 'startedAt'])
      .where('agentId', '=', agentId)
      .orderBy('id', 'desc')
      .limit(count)
      .execute()
  ).map((row) => row as PresenceInterval & { startedAt: Date })

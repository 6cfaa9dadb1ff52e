import type { AgentId } from '@otklik/model/ids'
import { removeCredentialsOf } from '../store/credentials.ts'
import type { Tx } from '../store/database.ts'
import { appendEvent } from '../store/log.ts'
import { leaveDesk } from './change-presence.ts'
import type { Deps } from './deps.ts'
import { done, type Outcome } from './outcome.ts'

/** Everything in an agent's hands goes back to its queue, and the credentials of these kinds end. @param by the supervisor who does it */
export const sendHome = async (tx: Tx, deps: Deps, id: AgentId, kinds: Parameters<typeof removeCredentialsOf>[2], by?: AgentId): Promise<Outcome<null>> => {
  const left = await leaveDesk({ ...deps, transaction: (work) => work(tx) }, id, 'returnToQueue', by)
  if (!left.ok) return left
  await removeCredentialsOf(tx, id, kinds)
  await appendEvent(tx, deps.now(), 'session.revoked', id, { agentId: id, chain: null })
  return done(null)
}

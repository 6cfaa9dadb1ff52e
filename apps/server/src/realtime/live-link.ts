/** One socket's row in `link`: while it is there, its agent is at work and its visitor is not away. */
import { randomUUID } from 'node:crypto'
import type { AgentId, CustomerId } from '@otklik/model/ids'
import type { Reader } from '../store/database.ts'
import { closeLink, openLink } from '../store/links.ts'

export const openLiveLink = async (
  reader: Reader,
  nodeId: string,
  whose: { agentId: AgentId } | { customerId: CustomerId },
): Promise<() => Promise<void>> => {
  const id = randomUUID()
  await openLink(reader, { id, nodeId, agentId: 'agentId' in whose ? whose.agentId : null, customerId: 'customerId' in whose ? whose.customerId : null })
  return () => closeLink(reader, id)
}

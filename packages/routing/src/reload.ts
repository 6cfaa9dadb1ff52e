import type { RoutingState } from './state.ts'
import type { AgentId, ContactId } from '@otklik/model/ids'

/** Asks the shell to load rows and to send them as `syncAgent` and `syncContact`. */
export const askReload = (state: RoutingState, contactId?: ContactId, agentId?: AgentId): void => {
  state.decisions.push({ kind: 'reload', ...(contactId && { contactId }), ...(agentId && { agentId }) })
}

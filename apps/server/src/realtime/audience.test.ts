import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import { expect, it } from 'vitest'
import { audienceOf } from './audience.ts'

it('has the desks fetch what they choose from when a queue was changed, and not when its overflow begins or ends', () => {
  const queueId = '01890000-0000-7000-8000-000000000001' as QueueId
  const changed = (payload: { queueId: QueueId; only?: 'overflow' }) => audienceOf({ kind: 'queue.changed', payload } as LoggedEvent)
  expect(changed({ queueId })).toEqual({ agents: [], me: [], catalogue: true })
  expect(changed({ queueId, only: 'overflow' })).toBeUndefined()
})

it('tells whoever put a contact off that it is in the queue again', () => {
  const [contactId, anna] = ['01890000-0000-7000-8000-000000000002' as ContactId, '01890000-0000-7000-8000-000000000003' as AgentId]
  const queued = (cause: 'woken' | 'transferred') => audienceOf({ kind: 'contact.queued', payload: { contactId, cause, fromAgentId: null, reservedFor: anna } } as LoggedEvent)
  expect(queued('woken')).toEqual({ contactId, agents: [anna], me: [] })
  expect(queued('transferred'), 'an offer will tell').toEqual({ contactId, agents: [], me: [] })
})

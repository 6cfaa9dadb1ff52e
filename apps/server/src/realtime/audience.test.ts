import type { LoggedEvent } from '@otklik/contract/events'
import type { QueueId } from '@otklik/model/ids'
import { expect, it } from 'vitest'
import { audienceOf } from './audience.ts'

it('has the desks fetch what they choose from when a queue was changed, and not when its overflow begins or ends', () => {
  const queueId = '01890000-0000-7000-8000-000000000001' as QueueId
  const changed = (payload: { queueId: QueueId; only?: 'overflow' }) => audienceOf({ kind: 'queue.changed', payload } as LoggedEvent)
  expect(changed({ queueId })).toEqual({ agents: [], me: [], catalogue: true })
  expect(changed({ queueId, only: 'overflow' })).toBeUndefined()
})

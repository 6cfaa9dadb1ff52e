/** What is foretold of waits when the rows tell more than the log did, or a queue sleeps. The engine itself is tested in packages/routing. */
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import type { AgentRow, ContactRow } from '@otklik/routing/input'
import { expect, it } from 'vitest'
import type { RoutingQueue, Versioned } from '../store/routing-rows.ts'
import type { WaitingStep } from '../store/waiting-steps.ts'
import { Foretelling } from './foretelling.ts'
import { WaitingRoom } from './waiting-room.ts'

const queueId = 'queue' as QueueId
const anna = 'anna' as AgentId
const queue: RoutingQueue = {
  definition: { queueId, skills: [], priority: 3, targetSeconds: 60, offerSeconds: 20, open: true, rings: [] },
  hours: null, overflow: { overSeconds: 300, overflowing: false }, steps: [], helpers: [],
}
const contact = (id: string, state: ContactRow['state'], version: number, agentId: AgentId | null): Versioned<ContactRow> => ({
  version,
  row: { contactId: id as ContactId, state, queueId, channel: 'chat', language: null, arrivedAt: 0, seq: 1, agentId, offerExpiresAt: null, reservedFor: null, exclusions: [] },
})
const agent = (version: number): Versioned<AgentRow> => ({
  version,
  row: { agentId: anna, base: 'available', ticket: 1, occupancy: 0, skills: [], languages: [], caps: { voice: 0, chat: 3, mail: 0, total: 3 } },
})
let number = 0
const event = (kind: LoggedEvent['kind'], payload: object, at: number): LoggedEvent => ({ kind, at: new Date(at), id: String(++number), tx: '1', payload }) as unknown as LoggedEvent
const minutes = (count: number) => count * 60_000

it('takes nobody for waiting whom an agent has by the rows, whatever the log tells of it later', () => {
  const room = new WaitingRoom()
  room.take({ queues: [queue], agents: [agent(1)], contacts: [contact('first', 'queued', 1, null), contact('second', 'queued', 1, null)] }, 0)
  room.start(0)
  // Another process's pick was faster than the claim, and a conversation has ended: the rows come before the log.
  room.claimLost('first' as ContactId, anna, 10)
  room.take({ queues: [], agents: [agent(2)], contacts: [contact('first', 'active', 2, anna)] }, 20)
  room.forget(['second' as ContactId], 20)
  room.follow(event('contact.picked', { contactId: 'first', contactVersion: 2, agentId: anna, agentVersion: 2, offerId: 'offer', queueId, waitedSeconds: 0, ticket: 2, occupancy: 0 }, 30), 30)
  expect(room.overflowsDue(minutes(20)), 'nobody waits').toEqual([])
})

it('counts a wait from the opening of a queue on: a night is none', () => {
  const foretelling = new Foretelling()
  foretelling.turn(queueId, false, 0)
  const queued = (id: string, at: number) => foretelling.follow(event('contact.queued', { contactId: id, queueId }, at))
  queued('left in the night', 0)
  queued('came and went', 0)
  foretelling.follow(event('contact.closed', { contactId: 'came and went', reason: 'abandoned' }, minutes(5)))
  const morning = minutes(600)
  expect(foretelling.pressure(queueId, morning)).toBe(0)
  foretelling.turn(queueId, true, morning)
  foretelling.turn(queueId, true, morning)
  expect(foretelling.pressure(queueId, morning + minutes(2))).toBe(120)
  // Closed while somebody waits: the wait goes on in the morning.
  foretelling.turn(queueId, false, morning + minutes(3))
  expect(foretelling.pressure(queueId, morning + minutes(60))).toBe(0)
  foretelling.turn(queueId, true, morning + minutes(60))
  foretelling.follow(event('contact.picked', { contactId: 'left in the night' }, morning + minutes(61)))
  expect(foretelling.pressure(queueId, morning + minutes(70))).toBe(0)
})

it('says after a restart what was learned of waits before it, and takes no night for one', () => {
  const foretelling = new Foretelling()
  const step = (kind: WaitingStep['kind'], id: string, at: number): WaitingStep =>
    ({ kind, at, contactId: id as ContactId, queueId: kind === 'contact.queued' ? queueId : null, gaveUp: false })
  // One agent, six minutes a contact, each next one comes when the last was begun. Who comes after the closing waits until the morning.
  const opening = Date.parse('2026-11-23T09:00:00Z')
  const day = (number: number): WaitingStep[] => {
    const from = opening + number * minutes(24 * 60)
    const life = (id: string, came: number, begun: number) =>
      [step('contact.queued', id, came), step('contact.accepted', id, begun), step('contact.closed', id, begun + minutes(6))]
    const evening = Array.from({ length: 5 }, (_, at) => from + minutes(633 + 6 * at)) // until 20:03
    return [
      ...evening.map((begun, at) => life(`${number}-${at}`, begun - minutes(6), begun)),
      life(`${number}-night`, from + minutes(661), from + minutes(24 * 60)),
    ].flat()
  }
  const steps = Array.from({ length: 14 }, (_, number) => day(number)).flat()
    .sort((a, b) => a.at - b.at || (a.kind === 'contact.closed' ? -1 : 1) - (b.kind === 'contact.closed' ? -1 : 1))
  const hours = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: 540, to: 1200 }]), holidays: [] }

  const now = opening + minutes(15 * 24 * 60)
  const contacts = (where: Foretelling) => {
    where.believe({ contactId: 'in hand' as ContactId, queueId, state: 'active' }, now)
    where.believe({ contactId: 'waits' as ContactId, queueId, state: 'queued' }, now)
    return where
  }
  expect(contacts(new Foretelling()).say('waits' as ContactId, 1, now), 'nothing is known').toBeUndefined()
  foretelling.learn(queueId, steps, hours)
  expect(contacts(foretelling).say('waits' as ContactId, 1, now)).toEqual({ kind: 'between', fromMinutes: 6, toMinutes: 6 })
  const sleepless = new Foretelling()
  sleepless.learn(queueId, steps, null)
  expect(contacts(sleepless).say('waits' as ContactId, 1, now), 'with nights among them nothing fits').toBeUndefined()
})

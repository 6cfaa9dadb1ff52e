import { expect, it } from 'vitest'
import type { AgentId, QueueId } from '@otklik/model/ids'
import type { Trace } from '@otklik/routing/decision'
import { occupancyRatio, traceOf } from './trace.ts'

const at = new Date('2026-11-28T12:00:00Z')
const instant = at.getTime() / 1000 / 1800
const [second, third] = ['second', 'third'] as [QueueId, QueueId]

const trace: Trace = {
  rule: 'arrival', policy: 'evenOccupancy', queueId: 'queue' as QueueId, seq: 1, waitedSeconds: 12.34, urgency: 0.61789, ring: 1, fit: 2, way: 2, load: 1,
  occupancy: Math.log(0.25) + instant, reservedFor: null, reservationEnd: null, freeCandidates: 2,
  runnerUpAgent: { agentId: 'anna' as AgentId, fit: 0, load: 1, ticket: 3, occupancy: -Math.log(0.4) - instant }, runnerUpContact: null,
}

it('tells how busy agents were out of the number that orders them', () => {
  expect([occupancyRatio(0, at), occupancyRatio(Math.log(0.25) + instant, at), occupancyRatio(-Math.log(0.4) - instant, at)]).toEqual([0, 0.25, 0.6])
})

it('names what decided: the policy, the next one’s measures, whose people helped, what the ring asks no more', () => {
  const steps = [{ afterSeconds: 30, kind: 'addQueue', queueId: third } as const, { afterSeconds: 60, kind: 'lowerLevels' } as const]
  const helpers = [{ queueId: second, byOverflow: true }, { queueId: third, byOverflow: false }]
  expect(traceOf(trace, { steps, helpers }, at)).toMatchObject({
    waitedSeconds: 12.3,
    candidates: 1,
    decided: {
      policy: 'evenOccupancy', occupancyRatio: 0.25, runnerUp: { fit: 0, load: 1, occupancyRatio: 0.6 }, helpersOf: third, byOverflow: false,
      relaxed: { levels: 0, skillIds: [], queueIds: [third], anyLanguage: false }, reservation: null,
    },
  })
  const kept = traceOf({ ...trace, way: 1, ring: 0, reservedFor: 'anna' as AgentId, reservationEnd: 'timeOver' }, { steps, helpers }, at)
  expect(kept.decided).toMatchObject({ helpersOf: second, byOverflow: true, relaxed: null, reservation: { agentId: 'anna', end: 'timeOver' } })
})

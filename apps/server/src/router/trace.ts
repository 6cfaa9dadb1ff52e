/** What the log keeps of the engine's reasons, in figures that stay true when settings change. Pure. */
import type { EventPayload } from '@otklik/contract/events'
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { Trace } from '@otklik/routing/decision'
import type { RoutingQueue } from '../store/routing-rows.ts'

type Offered = EventPayload<'contact.offered'>
type Told = Omit<Offered, 'contactId' | 'contactVersion' | 'agentId' | 'agentVersion' | 'offerId' | 'queueId' | 'expiresAt' | 'epoch'>
type Decided = NonNullable<Offered['decided']>

/** Over which the share of busy time forgets; as in the database, `follow_occupancy`. */
const forgettingSeconds = 1800

/**
 * The share of lately that an agent was busy, out of the number that only orders agents: below zero for those with something in
 * hand, above for those without, zero for who never had anything.
 */
export const occupancyRatio = (occupancy: number, at: Date): number => {
  const instant = at.getTime() / 1000 / forgettingSeconds
  if (occupancy === 0) return 0
  const ratio = occupancy < 0 ? 1 - Math.exp(-(occupancy + instant)) : Math.exp(occupancy - instant)
  return Math.round(Math.min(1, Math.max(0, ratio)) * 1000) / 1000
}

/** What so many steps together ask no more. */
export const relaxedBy = (steps: readonly RelaxationStep[]): Decided['relaxed'] =>
  steps.length === 0
    ? null
    : {
        levels: steps.filter(({ kind }) => kind === 'lowerLevels').length,
        skillIds: steps.flatMap((step) => (step.kind === 'dropSkill' ? [step.skillId] : [])),
        queueIds: steps.flatMap((step) => (step.kind === 'addQueue' ? [step.queueId] : [])),
        anyLanguage: steps.some(({ kind }) => kind === 'anyLanguage'),
      }

export const traceOf = (trace: Trace, { steps, helpers }: Pick<RoutingQueue, 'steps' | 'helpers'>, at: Date): Told => {
  const { runnerUpAgent: other } = trace
  const helper = trace.way === 0 ? undefined : helpers[trace.way - 1]
  return {
    rule: trace.rule,
    seq: trace.seq,
    waitedSeconds: Math.round(trace.waitedSeconds * 10) / 10,
    urgency: Math.round(trace.urgency * 1000) / 1000,
    ring: trace.ring,
    fit: trace.fit,
    load: trace.load,
    // Others: the one who is asked does not count.
    candidates: Math.max(0, trace.freeCandidates - 1),
    runnerUpAgentId: other?.agentId ?? null,
    runnerUpContactId: trace.runnerUpContact?.contactId ?? null,
    decided: {
      policy: trace.policy,
      occupancyRatio: occupancyRatio(trace.occupancy, at),
      runnerUp: other && { fit: other.fit, load: other.load, occupancyRatio: occupancyRatio(other.occupancy, at) },
      helpersOf: helper?.queueId ?? null,
      byOverflow: helper?.byOverflow ?? false,
      relaxed: relaxedBy(steps.slice(0, trace.ring)),
      reservation: trace.reservedFor && trace.reservationEnd && { agentId: trace.reservedFor, end: trace.reservationEnd },
    },
  }
}

/**
 * The events that figures come from: what of the log's vocabulary is read here, field by field, so that a logged event can be
 * given as it is. Ids are plain strings: nothing here makes or looks up any.
 */
import type { CloseReason } from '@otklik/model/contact'
import type { Presence } from '@otklik/model/presence'
import type { Sums } from './sums.ts'

interface Payloads {
  'contact.queued': {
    readonly contactId: string
    readonly cause: 'arrived' | 'transferred' | 'escalated' | 'agentLost' | 'signedOut' | 'woken' | 'answered'
    readonly issueId: string
    readonly channel: string
    readonly queueId: string
    /** Of the queue, as they were when the contact came: a later change does not rewrite the past. */
    readonly line: number
    readonly targetSeconds: number
    readonly region: string
    /** Epoch milliseconds. */
    readonly arrivedAt: number
    readonly fromAgentId: string | null
  }
  'contact.accepted': { readonly contactId: string; readonly agentId: string }
  'contact.picked': { readonly contactId: string; readonly agentId: string }
  'contact.declined': { readonly contactId: string; readonly agentId: string }
  'contact.missed': { readonly contactId: string; readonly agentId: string }
  'contact.snoozed': { readonly contactId: string; readonly agentId: string }
  'contact.wrapUpStarted': { readonly contactId: string; readonly agentId: string }
  'contact.reopened': { readonly contactId: string; readonly agentId: string }
  'contact.closed': { readonly contactId: string; readonly agentId: string | null; readonly reason: CloseReason; readonly resolved: boolean | null }
  /** `endedAt`, epoch milliseconds, is when the contact ended: its rating counts there, however late it comes. */
  'contact.rated': {
    readonly agentId: string | null
    readonly queueId: string
    readonly channel: string
    readonly region: string
    readonly endedAt: number
    readonly score: number
  }
  'message.sent': { readonly contactId: string; readonly agentId: string | null }
  'presence.changed': { readonly agentId: string; readonly to: Presence }
}

export const metricEventKinds = [
  'contact.queued', 'contact.accepted', 'contact.picked', 'contact.declined', 'contact.missed', 'contact.snoozed', 'contact.wrapUpStarted',
  'contact.reopened', 'contact.closed', 'contact.rated', 'message.sent', 'presence.changed',
] as const satisfies readonly (keyof Payloads)[]
export type MetricEventKind = keyof Payloads
export type MetricEvent = { [Kind in MetricEventKind]: { readonly at: Date; readonly kind: Kind; readonly payload: Payloads[Kind] } }[MetricEventKind]
export type PayloadOf<Kind extends MetricEventKind> = Payloads[Kind]

/** Whose a figure is. A figure of an agent's time has the agent only. */
export interface Subject {
  readonly queueId?: string
  readonly channel?: string
  readonly region?: string
  readonly agentId?: string
}

export const distributions = ['wait', 'firstResponse', 'handle'] as const
/** What has percentiles: queue wait of answered stays, first response time, talk and wrap-up of finished handlings. */
export type Distribution = (typeof distributions)[number]

/** What an event adds to the figures. */
export interface Increment {
  /** In whose interval it counts, epoch milliseconds: a stay with all that becomes of it where it began. */
  readonly at: number
  readonly subject: Subject
  readonly sums: Sums
  readonly samples?: { readonly [Name in Distribution]?: number }
}


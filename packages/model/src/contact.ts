/**
 * The life of a contact: one routed piece of work in one channel.
 *
 *            ┌───── decline, miss, withdraw ─────┐
 *            ▼                                   │
 *  ──▶ queued ───────────── offer ──────────▶ offered ── leave ──▶ closed (abandoned)
 *        │ ▲                                     │
 *        │ └── transfer, escalate, loseAgent ─┐  │ accept
 *        │ leave                              │  ▼
 *        ▼                                   active ◀── customerMessage ──┐
 *      closed (abandoned)                       │                         │
 *                                               └── end ──▶ wrapUp ───────┘
 *                                                             │ finish, wrapUpLimit, loseAgent
 *                                                             ▼
 *                                                           closed
 *
 * Beside that: an agent may take a waiting contact without being asked (queued ── pick ──▶ active) and put one off (active
 * ── snooze ──▶ snoozed), which comes back by its time or by the customer's word (── wake, customerMessage ──▶ queued), or by
 * the agent's own hand (── pick ──▶ active).
 *
 * A contact keeps its first arrival time through every return to the queue; one that was put off waits anew.
 */
import { listTransitions, type Transition, type TransitionTable } from './transition.ts'

export const contactStates = ['queued', 'offered', 'active', 'wrapUp', 'snoozed', 'closed'] as const
export type ContactState = (typeof contactStates)[number]

export const contactInputs = [
  'offer',
  'accept',
  'decline',
  'miss',
  'withdraw',
  'transfer',
  'escalate',
  'loseAgent',
  'pick',
  'snooze',
  'wake',
  'leave',
  'end',
  'customerMessage',
  'finish',
  'wrapUpLimit',
] as const
export type ContactInput = (typeof contactInputs)[number]

/** Why a contact ended; `abandoned` only while nobody had it in hand, `blocked`: we shut the customer out. */
export const closeReasons = ['abandoned', 'agentEnded', 'customerEnded', 'customerAway', 'customerSilent', 'blocked'] as const
export type CloseReason = (typeof closeReasons)[number]

export type ContactRefusal = 'contactNotOffered' | 'contactNotQueued' | 'contactNotActive' | 'contactNotInWrapUp' | 'contactNotSnoozed' | 'contactClosed'

export const contactTable: TransitionTable<ContactState, ContactInput> = {
  queued: { offer: 'offered', pick: 'active', leave: 'closed', customerMessage: 'queued', transfer: 'queued' },
  offered: {
    accept: 'active',
    decline: 'queued',
    miss: 'queued',
    withdraw: 'queued',
    leave: 'closed',
    customerMessage: 'offered',
  },
  active: {
    transfer: 'queued',
    escalate: 'queued',
    loseAgent: 'queued',
    snooze: 'snoozed',
    end: 'wrapUp',
    leave: 'wrapUp',
    customerMessage: 'active',
  },
  wrapUp: { customerMessage: 'active', finish: 'closed', wrapUpLimit: 'closed', loseAgent: 'closed' },
  snoozed: { wake: 'queued', customerMessage: 'queued', pick: 'active', leave: 'closed' },
  closed: {},
}

const refusals: Record<ContactInput, ContactRefusal> = {
  offer: 'contactNotQueued',
  accept: 'contactNotOffered',
  decline: 'contactNotOffered',
  miss: 'contactNotOffered',
  withdraw: 'contactNotOffered',
  transfer: 'contactNotActive',
  escalate: 'contactNotActive',
  loseAgent: 'contactNotActive',
  pick: 'contactNotQueued',
  snooze: 'contactNotActive',
  wake: 'contactNotSnoozed',
  leave: 'contactNotActive',
  end: 'contactNotActive',
  customerMessage: 'contactClosed',
  finish: 'contactNotInWrapUp',
  wrapUpLimit: 'contactNotInWrapUp',
}

/** The contact's next state for an input, or why it is refused. A closed contact refuses everything as `contactClosed`. */
export const decideContact = (state: ContactState, input: ContactInput): Transition<ContactState, ContactRefusal> => {
  const next = contactTable[state][input]
  if (next) return { ok: true, state: next }
  return { ok: false, refusal: state === 'closed' ? 'contactClosed' : refusals[input] }
}

/** States in which an agent holds the contact, so that it occupies one of the agent's slots. */
export const isHeld = (state: ContactState): boolean => state === 'offered' || state === 'active' || state === 'wrapUp'

export const contactTransitions = listTransitions(contactTable)

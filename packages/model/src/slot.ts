/**
 * A slot: the place that one contact takes in an agent's hands.
 *
 *  free ──offer──▶ offered ──accept──▶ active ──end──▶ wrapUp ──finish, wrapUpLimit──▶ free
 *   ▲                │                  │  ▲             │
 *   └─ decline, miss, withdraw, leave ──┤  └─customerMessage
 *   └───── transfer, escalate, loseAgent, snooze ───────┘
 *
 *  free ──pick──▶ active: taken by hand.
 *
 * Wrap-up keeps its slot until it is done or its queue's limit has passed.
 */
import type { ContactInput, ContactState } from './contact.ts'
import { listTransitions, type Transition, type TransitionTable } from './transition.ts'

export const slotStates = ['free', 'offered', 'active', 'wrapUp'] as const
export type SlotState = (typeof slotStates)[number]
export type SlotRefusal = 'slotTaken' | 'slotFree' | 'slotNotOffered' | 'slotNotActive' | 'slotNotInWrapUp'

/** The slot that a contact's state asks of the agent who holds it. */
export const slotOf = (contact: ContactState): SlotState => (contact === 'queued' || contact === 'snoozed' || contact === 'closed' ? 'free' : contact)

export const slotTable: TransitionTable<SlotState, ContactInput> = {
  free: { offer: 'offered', pick: 'active' },
  offered: {
    accept: 'active',
    decline: 'free',
    miss: 'free',
    withdraw: 'free',
    leave: 'free',
    customerMessage: 'offered',
  },
  active: {
    transfer: 'free',
    escalate: 'free',
    loseAgent: 'free',
    snooze: 'free',
    end: 'wrapUp',
    leave: 'wrapUp',
    customerMessage: 'active',
  },
  wrapUp: { customerMessage: 'active', finish: 'free', wrapUpLimit: 'free', loseAgent: 'free' },
}

const refusalOf: Record<Exclude<SlotState, 'free'>, SlotRefusal> = {
  offered: 'slotNotOffered',
  active: 'slotNotActive',
  wrapUp: 'slotNotInWrapUp',
}

/** The slot's next state for an input to the contact that takes it, or why it is refused. */
export const decideSlot = (state: SlotState, input: ContactInput): Transition<SlotState, SlotRefusal> => {
  const next = slotTable[state][input]
  if (next) return { ok: true, state: next }
  if (state === 'free') return { ok: false, refusal: 'slotFree' }
  if (input === 'offer') return { ok: false, refusal: 'slotTaken' }
  const wanted = (['offered', 'active', 'wrapUp'] as const).find((candidate) => slotTable[candidate][input])
  return { ok: false, refusal: wanted ? refusalOf[wanted] : 'slotFree' }
}

export const slotTransitions = listTransitions(slotTable)

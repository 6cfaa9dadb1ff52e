/**
 * An agent's presence, kept as intervals without gaps or overlaps.
 *
 *              becomeAvailable
 *  offline ─────────────────────▶ available
 *   │  ▲ ▲                         │  ▲  │
 *   │  │ └── signOut, lose ────────┘  │  │ becomeNotReady(reason), miss
 *   │  │                              │  ▼
 *   │  └── signOut, lose ────────── notReady
 *   └───── becomeNotReady(reason) ────▲
 *
 * Reserved, engaged and wrap-up are shown to people but are not presences: they follow from presence and slots.
 * An agent who is lost (no socket) keeps the contacts in hand for a grace period; coming back restores the
 * presence of before.
 */
import { listTransitions, type Transition, type TransitionTable } from './transition.ts'

export const presences = ['offline', 'available', 'notReady'] as const
export type Presence = (typeof presences)[number]

export const presenceInputs = ['becomeAvailable', 'becomeNotReady', 'miss', 'signOut', 'lose'] as const
export type PresenceInput = (typeof presenceInputs)[number]

/** Why the interval began. `chosen` carries the reason that the agent picked; `missed` is the system's. */
export const presenceCauses = ['chosen', 'missed', 'signedOut', 'lost', 'returned', 'supervisor'] as const
export type PresenceCause = (typeof presenceCauses)[number]

export type PresenceRefusal = 'alreadyAvailable' | 'alreadyOffline' | 'agentNotAvailable'

export const presenceTable: TransitionTable<Presence, PresenceInput> = {
  offline: { becomeAvailable: 'available', becomeNotReady: 'notReady' },
  available: { becomeNotReady: 'notReady', miss: 'notReady', signOut: 'offline', lose: 'offline' },
  notReady: { becomeAvailable: 'available', becomeNotReady: 'notReady', signOut: 'offline', lose: 'offline' },
}

const refusals: Record<PresenceInput, PresenceRefusal> = {
  becomeAvailable: 'alreadyAvailable',
  becomeNotReady: 'agentNotAvailable',
  miss: 'agentNotAvailable',
  signOut: 'alreadyOffline',
  lose: 'alreadyOffline',
}

/** The agent's next presence for an input, or why it is refused. */
export const decidePresence = (state: Presence, input: PresenceInput): Transition<Presence, PresenceRefusal> => {
  const next = presenceTable[state][input]
  return next ? { ok: true, state: next } : { ok: false, refusal: refusals[input] }
}

/** What people see of an agent: presence and slots together. */
export type ShownPresence = Presence | 'reserved' | 'engaged' | 'wrapUp'

/**
 * The presence that screens and reports show.
 * @param slots how many contacts the agent has in each state
 */
export const shownPresence = (
  presence: Presence,
  slots: { readonly offered: number; readonly active: number; readonly wrapUp: number },
): ShownPresence => {
  if (presence === 'offline') return 'offline'
  if (slots.active > 0) return 'engaged'
  if (slots.wrapUp > 0) return 'wrapUp'
  if (slots.offered > 0) return 'reserved'
  return presence
}

export const presenceTransitions = listTransitions(presenceTable)

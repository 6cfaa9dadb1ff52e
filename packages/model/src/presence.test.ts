import { describe, expect, it } from 'vitest'
import { decidePresence, presenceInputs, presences, presenceTable, shownPresence } from './presence.ts'

const nobody = { offered: 0, active: 0, wrapUp: 0 }

describe('presence', () => {
  it('takes exactly what the table says', () => {
    for (const state of presences)
      for (const input of presenceInputs) {
        const next = decidePresence(state, input)
        expect(next.ok ? next.state : undefined).toBe(presenceTable[state][input])
      }
  })

  it('makes a missed offer notReady, and only of someone available', () => {
    expect(decidePresence('available', 'miss')).toEqual({ ok: true, state: 'notReady' })
    expect(decidePresence('notReady', 'miss')).toEqual({ ok: false, refusal: 'agentNotAvailable' })
    expect(decidePresence('offline', 'miss')).toEqual({ ok: false, refusal: 'agentNotAvailable' })
  })

  it('changes the reason of notReady without leaving it', () => {
    expect(decidePresence('notReady', 'becomeNotReady')).toEqual({ ok: true, state: 'notReady' })
  })

  it('says when there is nothing to do', () => {
    expect(decidePresence('available', 'becomeAvailable')).toEqual({ ok: false, refusal: 'alreadyAvailable' })
    expect(decidePresence('offline', 'signOut')).toEqual({ ok: false, refusal: 'alreadyOffline' })
  })

  it('shows work before presence, and nothing of someone who is away', () => {
    expect(shownPresence('available', nobody)).toBe('available')
    expect(shownPresence('available', { ...nobody, offered: 1 })).toBe('reserved')
    expect(shownPresence('notReady', { ...nobody, active: 2, wrapUp: 1 })).toBe('engaged')
    expect(shownPresence('available', { ...nobody, wrapUp: 1, offered: 1 })).toBe('wrapUp')
    expect(shownPresence('offline', { ...nobody, active: 1 })).toBe('offline')
  })
})

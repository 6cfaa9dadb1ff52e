import type { StoryEntry } from '@otklik/contract/work'
import { expect, it } from 'vitest'
import { translator } from '../texts/texts.ts'
import { tellOffer } from './offer-reasons.ts'

type Offered = Extract<StoryEntry, { kind: 'offered' }>
type Decided = NonNullable<Offered['decided']>

const decided = (runnerUp: Decided['runnerUp'], policy: Decided['policy'] = 'bestFit'): Decided =>
  ({ policy, helpersOf: null, byOverflow: false, relaxed: null, reservation: null, occupancyRatio: 0.4, runnerUp }) as Decided
const offered = (more: Partial<Offered>): Offered =>
  ({ kind: 'offered', at: '', agent: 'Анна', queue: 'Чат', rule: 'arrival', waitedSeconds: 7, urgency: 0.4, ring: 0, fit: 1, load: 0, candidates: 1, runnerUp: 'Глеб', decided: null, ...more }) as Offered
const why = (more: Partial<Offered>) => tellOffer(offered(more), translator('ru'), 'ru')[0]

it.each([
  ['place', { candidates: 0, runnerUp: null, decided: decided(null) }, 'Почему: место было только здесь'],
  ['skills', { decided: decided({ fit: 2, load: 0, occupancyRatio: 0.4 } as never) }, 'Почему: есть место, и навыки ближе всех к нужным'],
  ['load', { decided: decided({ fit: 1, load: 1, occupancyRatio: 0.4 } as never) }, 'Почему: в работе меньше контактов, чем у других'],
  ['time', { decided: decided({ fit: 1, load: 0, occupancyRatio: 0.4 } as never) }, 'Почему: дольше всех без нового контакта'],
  ['occupancy', { decided: decided({ fit: 1, load: 0, occupancyRatio: 0.6 } as never, 'evenOccupancy') }, 'Почему: есть место, и загрузка меньше, чем у других: контакты делятся поровну'],
  ['urgency', { rule: 'agent', decided: decided(null) }, 'Почему: появилось место, а этот контакт был самым срочным'],
] as const)('says that the %s decided, where it did', (_what, more, words) => expect(why(more as Partial<Offered>)).toBe(words))

it('speaks of urgency only where contacts were chosen from', () => {
  expect(tellOffer(offered({}), translator('ru'), 'ru').join()).not.toContain('срочность')
  expect(tellOffer(offered({ rule: 'agent' }), translator('ru'), 'ru').join()).toContain('срочность 0,40')
})

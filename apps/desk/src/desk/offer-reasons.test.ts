import type { StoryEntry } from '@otklik/contract/work'
import { expect, it } from 'vitest'
import { translator } from '../texts/texts.ts'
import { tellOffer } from './offer-reasons.ts'
import { tellEntry } from './story-dialog.tsx'

type Offered = Extract<StoryEntry, { kind: 'offered' }>
type Decided = NonNullable<Offered['decided']>

const decided = (runnerUp: Decided['runnerUp'], policy: Decided['policy'] = 'bestFit'): Decided =>
  ({ policy, helpersOf: null, byOverflow: false, relaxed: null, reservation: null, occupancyRatio: 0.4, runnerUp }) as Decided
const offered = (more: Partial<Offered>): Offered =>
  ({ kind: 'offered', at: '', agent: 'Анна', queue: 'Чат', rule: 'arrival', waitedSeconds: 7, customerWaitedSeconds: 7.4, urgency: 0.4, ring: 0, fit: 1, load: 0, candidates: 1, runnerUp: 'Глеб', decided: null, ...more }) as Offered
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

it('says how long the customer waits in all, where that is longer than the stay in the queue', () => {
  expect(tellOffer(offered({}), translator('ru'), 'ru').join()).not.toContain('с прихода')
  expect(tellOffer(offered({ rule: 'agent', waitedSeconds: 4, customerWaitedSeconds: 60.4, urgency: 6.04 }), translator('ru'), 'ru').at(-1)).toMatch(/ждал 4\sс · с прихода клиента прошло 60\sс · срочность 6,04/)
})

it('says who moved a contact, where the log tells', () => {
  const tell = (cause: 'transferred' | 'signedOut' | 'arrived', by: string | null, language: 'ru' | 'en' = 'ru') =>
    tellEntry({ kind: 'queued', at: '', cause, queue: 'Чат', reservedFor: null, by }, translator(language), language, 'UTC')
  expect([tell('transferred', 'Ирина'), tell('transferred', null), tell('arrived', null)]).toEqual(['Передан в очередь «Чат»: Ирина', 'Передан в очередь «Чат»', 'Пришёл в очередь «Чат»'])
  expect([tell('signedOut', 'Irina', 'en'), tell('signedOut', null, 'en')]).toEqual(['Back in “Чат”: Irina ended the agent’s shift', 'Back in “Чат”: the agent went home'])
})

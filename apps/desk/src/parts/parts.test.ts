import type { OfferReason } from '@otklik/contract/views'
import { describe, expect, it } from 'vitest'
import { transferOptions } from '../desk/transfer-dialog.tsx'
import { agentId, buildContact, buildOffered, queueId } from '../desk/desk-builders.ts'
import { snippetOf } from '../settings/channels.tsx'
import { zoneOptions } from '../setup/time-zones.ts'
import { translator } from '../texts/texts.ts'
import { customerName, regionWords, wordDuration } from './customer-name.ts'
import { againReason, offerReason } from './offer-card.tsx'
import { levelOf } from './target-mark.tsx'

const [ru, en] = [translator('ru'), translator('en')]

describe('a wait against its target', () => {
  it('is close from three quarters on, and missed only beyond the target', () => {
    expect([0, 44.9, 45, 60, 60.1].map((seconds) => levelOf(seconds, 60))).toEqual(['ok', 'ok', 'warn', 'warn', 'bad'])
  })
  it('is worded short', () => {
    expect([0, 14, 89, 90, 3000, 5400].map((seconds) => wordDuration(seconds, ru))).toEqual([
      '0 с',
      '14 с',
      '89 с',
      '2 мин',
      '50 мин',
      '2 ч',
    ])
  })
})

describe('why this agent', () => {
  const reason = { rule: 'arrival', waitedSeconds: 3, fit: 0, candidates: 2, isHelp: false } as const
  it('is said as the router decided', () => {
    expect(offerReason({ ...reason, rule: 'sticky' }, ru)).toBe('Почему вы: этот контакт оставлен за вами')
    expect(offerReason({ ...reason, rule: 'sticky' }, ru, true), 'by nobody’s hand').toBe('Почему вы: вы помогали этому клиенту в прошлый раз')
    expect(offerReason({ ...reason, rule: 'agent' }, ru)).toBe('Почему вы: вы свободны, а он ждёт дольше других')
    expect(offerReason({ ...reason, rule: 'agent', isHelp: true }, ru)).toBe('Почему вы: помогаете этой очереди, своих людей ей сейчас не хватает')
    expect(offerReason({ ...reason, candidates: 0 }, ru)).toBe('Почему вы: из тех, кто умеет, свободны только вы')
    expect(offerReason(reason, ru)).toBe('Почему вы: ваши навыки подходят точно. Могли бы ещё 2 коллеги')
    expect(offerReason({
      ...reason,
      fit: 3,
      candidates: 1,
    }, en)).toBe('Why you: you can help and are free. 1 colleague could as well')
  })
  it('is that it was refused only where that is true', () => {
    const { offer } = buildOffered(1)
    const why = (part: Partial<OfferReason>) => offer && againReason({ ...offer, before: 'declined', reason: { ...reason, ...part } }, ru)
    expect(why({ candidates: 0 })).toBe('Вы его уже отклоняли, но больше предложить некому')
    expect(why({ rule: 'sticky', candidates: 0 })).toBe('Почему вы: этот контакт оставлен за вами')
    expect(why({})).toBe('Почему вы: ваши навыки подходят точно. Могли бы ещё 2 коллеги')
  })
})

describe('names', () => {
  it('fall back to a number; an unknown region takes no place', () => {
    expect(customerName({ name: null, number: 4821 }, ru)).toBe('Посетитель 4821')
    expect(customerName({ name: 'Марина', number: 4821 }, ru)).toBe('Марина')
    expect(regionWords('unknown')).toEqual([])
  })
})

describe('where a contact may go', () => {
  const colleague = (
    number: number,
    presence: 'available' | 'notReady' | 'offline',
    freeSlots: number,
  ) => ({ id: agentId(number), name: `К${number}`, presence, freeSlots, teamName: null })
  it('offers other queues, then colleagues on duty, the freest first, never oneself', () => {
    const catalogue = {
      queues: [
        { id: queueId(1), name: 'Своя', line: 1, escalationQueueId: queueId(2), onDuty: 1, onBreak: 0, picking: false },
        { id: queueId(2), name: 'Другая', line: 2, escalationQueueId: null, onDuty: 0, onBreak: 0, picking: false },
      ],
      colleagues: [
        colleague(1, 'available', 3),
        colleague(2, 'notReady', 3),
        colleague(3, 'available', 0),
        colleague(4, 'available', 2),
        colleague(5, 'offline', 3),
      ],
    }
    expect(
      transferOptions(catalogue, buildContact(1), agentId(1)).map((option) => option.name),
    ).toEqual(['Другая', 'К4', 'К3', 'К2'])
  })
})

describe('the set-up', () => {
  it('knows Russian cities by their Russian names, and every zone of the browser', () => {
    const at = new Date('2026-11-22T11:07:00Z')
    const zones = zoneOptions('ru', at)
    expect(zones.find((zone) => zone.value === 'Europe/Moscow')?.label).toBe('Москва · GMT+3')
    expect(new Set(zones.map((zone) => zone.value)).size).toBe(zones.length)
    expect(zones.length).toBeGreaterThan(300)
  })
  it('gives the line for the site', () => {
    expect(
      snippetOf('https://chat.example.ru', 'a1'),
    ).toBe('<script src="https://chat.example.ru/widget.js" data-channel="a1" async></script>')
  })
})

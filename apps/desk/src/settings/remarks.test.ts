import { settingsRoutes } from '@otklik/contract/routes'
import type { QueueId } from '@otklik/model/ids'
import { expect, it } from 'vitest'
import { translator } from '../texts/texts.ts'
import { rangeRemark, remarksOn } from './checks.ts'
import { colourOf } from './colour.ts'
import { cleanOrigins, wrongOrigin } from './origins.ts'
import { routingRemarks, type RoutingDraft } from './routing-draft.ts'

const t = translator('ru')

it('names both limits of a number', () => {
  expect(rangeRemark(99, 0, 20, t, 'ru')).toBe('Нужно целое число от 0 до 20')
  expect(rangeRemark(Number.NaN, 1, 600, translator('en'), 'en')).toBe('A whole number from 1 to 600 is needed')
  expect(rangeRemark(0, 0, 600, t, 'ru')).toBeUndefined()
})

it('asks for a choice where an id is missing', () => {
  const team = { name: 'Утренняя', siteId: '', version: 0 }
  expect(remarksOn(settingsRoutes.teams.put.body, team, t)).toEqual({ siteId: 'Выберите' })
  const agent = { name: 'Анна', email: '', role: 'agent', language: 'ru', serves: ['ru'], maxChats: 3, maxTotal: 3, teamId: null, skills: [], version: 0 }
  expect(remarksOn(settingsRoutes.agents.put.body, agent, t)).toEqual({ email: 'Заполните' })
})

it('says which line is no site, and what was meant', () => {
  expect(wrongOrigin(['https://a.example', '', ' https://b.example '])).toBeUndefined()
  expect(wrongOrigin(['https://a.example', '', 'b.example/cart'])).toEqual({ line: 3, text: 'b.example/cart', meant: 'https://b.example' })
  expect(wrongOrigin(['https://a.example/'])?.meant).toBe('https://a.example')
  expect(wrongOrigin(['просто сайт'])).toEqual({ line: 1, text: 'просто сайт', meant: undefined })
  expect(cleanOrigins([' https://a.example', '', 'https://a.example'])).toEqual(['https://a.example'])
})

it('takes colours as people write them', () => {
  const named = (text: string) => (text === 'teal' ? '#008080' : undefined)
  expect(['#FFF', 'abc', '0D6475', ' #0d6475 ', 'teal', 'бирюзовый', '#12345'].map((text) => colourOf(text, named))).toEqual([
    '#ffffff', '#aabbcc', '#0d6475', '#0d6475', '#008080', undefined, undefined,
  ])
})

it('finds what is wrong with a queue’s routing, where it stands', () => {
  const night = [{ from: 1320, to: 360 }]
  const draft: RoutingDraft = {
    policy: 'bestFit', preferredSeconds: 0, closedText: { ru: '', en: '' }, takesMessages: true, noticeText: { ru: '', en: '' }, picking: false, overflow: null, ratingStyle: 'faces', ratingComment: true, ratingDays: 0,
    rings: [{ afterSeconds: 0, kind: 'lowerLevels' }, { afterSeconds: 30, kind: 'addQueue', queueId: 'archived' as QueueId }],
    hours: {
      timeZone: 'Europe/Moscow',
      week: [night, [], [], [], [], [], []],
      holidays: [{ date: '2027-01-01', intervals: [] }, { date: '2027-01-01', intervals: [] }],
    },
  }
  const inUse = { skills: new Set<string>(), queues: new Set<string>() }
  expect(routingRemarks(draft, { skills: undefined, queues: undefined }, t, 'ru'), 'lists that are still on their way').not.toHaveProperty('rings.1.what')
  expect(routingRemarks(draft, inUse, t, 'ru')).toEqual({
    'rings.0.afterSeconds': 'Нужно целое число от 1 до 86\u00a0400',
    'rings.1.what': 'Это в архиве: выберите другое или уберите шаг',
    'hours.week.0.0': 'Конец раньше начала. Ночь разделите: до 24:00 и с 0:00 следующего дня',
    'hours.holidays.1.date': 'Этот день уже есть в списке',
  })
})

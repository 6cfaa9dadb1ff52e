import { describe, expect, it } from 'vitest'
import { clock, dayName, textsOf } from './texts.ts'

const ru = textsOf('ru')
const en = textsOf('en')

describe('numbers with their words', () => {
  it.each([
    [1, 'за 1 секунду'],
    [2, 'за 2 секунды'],
    [20, 'за 20 секунд'],
    [21, 'за 21 секунду'],
    [60, 'за 1 минуту'],
    [61, 'за 2 минуты'],
    [300, 'за 5 минут'],
    [3601, 'за 2 часа'],
    [86_400, 'за 24 часа'],
  ])('%i s in Russian', (seconds, words) => expect(ru.usually(seconds)).toBe(`Обычно отвечаем ${words}`))

  it.each([
    [1, '1 second'],
    [20, '20 seconds'],
    [90, '2 minutes'],
    [7200, '2 hours'],
  ])('%i s in English', (seconds, words) => expect(en.usually(seconds)).toBe(`We usually answer within ${words}`))

  it('counts messages', () => {
    expect([1, 2, 5, 11, 21, 104].map(ru.newMessages)).toEqual([
      '1 новое сообщение',
      '2 новых сообщения',
      '5 новых сообщений',
      '11 новых сообщений',
      '21 новое сообщение',
      '104 новых сообщения',
    ])
    expect([1, 2].map(en.newMessages)).toEqual(['1 new message', '2 new messages'])
  })

  it('says the place in the queue', () => {
    expect(ru.place(3)).toBe('Вы 3-й в очереди')
    expect(en.place(21)).toBe('You are number 21 in line')
  })

  it('says how long it takes', () => {
    const between = (fromMinutes: number, toMinutes: number, longer = false) => ({ kind: 'between', fromMinutes, toMinutes, longer }) as const
    const waits = [between(0, 1), between(0, 2), between(1, 3), between(5, 5), between(2, 21, true), { kind: 'moreThan', minutes: 10, longer: false } as const]
    expect(waits.map((wait) => ru.expected(wait))).toEqual([
      'Обычно меньше минуты',
      'Обычно до 2 минут',
      'Обычно 1–3 минуты',
      'Обычно около 5 минут',
      'Дольше, чем обычно: ещё 2–21 минута',
      'Обычно больше 10 минут',
    ])
    expect(waits.map((wait) => en.expected(wait))).toEqual([
      'Usually less than a minute',
      'Usually up to 2 minutes',
      'Usually 1–3 minutes',
      'Usually about 5 minutes',
      'Longer than usual: 2–21 minutes more',
      'Usually more than 10 minutes',
    ])
    const closed = { kind: 'closed', opensAt: new Date(2026, 10, 23, 9, 0).toISOString() } as const
    expect(ru.expected(closed)).toBe('Ответим, когда откроемся: понедельник, 23 ноября в 09:00')
    expect(en.expected(closed)).toBe('We answer when we open: Monday 23 November at 09:00')
    expect(ru.expected(closed, true), 'nothing can be asked, so nothing is answered').toBe('Откроемся: понедельник, 23 ноября в 09:00')
    expect(ru.expected({ kind: 'closed', opensAt: null })).toBe('Сейчас мы не отвечаем')
  })

  it('counts characters that are left or too many', () => {
    expect([ru.left(1), ru.left(-2), en.left(0), en.left(-1)]).toEqual(['Осталось 1 знак', 'Лишних: 2 знака', '0 characters left', '1 character too many'])
  })
})

it('tells the day and the time of the visitor', () => {
  const now = new Date(2026, 10, 22, 0, 30)
  expect(dayName(ru, new Date(2026, 10, 22, 0, 10), now)).toBe('Сегодня')
  expect(dayName(ru, new Date(2026, 10, 21, 23, 59), now)).toBe('Вчера')
  expect(dayName(en, new Date(2026, 10, 20, 12), now)).toBe('20 November')
  expect(dayName(ru, new Date(2026, 10, 20, 12), now)).toBe('20 ноября')
  expect(dayName(en, new Date(2026, 10, 22, 0, 31), now)).toBe('Today') // the server's clock may be ahead
  expect([clock(ru, new Date(2026, 10, 22, 9, 5)), clock(en, new Date(2026, 10, 22, 14, 9))]).toEqual(['09:05', '14:09'])
})

import { describe, expect, it } from 'vitest'
import { matchTyped } from './matching.ts'

const outcomes = [
  'Вопрос по тарифу',
  'Возврат за подписку',
  'Перенос номера',
  'Консультация',
  'Отказ от услуги',
  'Ещё раз',
]
const found = (typed: string, items: readonly string[] = outcomes) =>
  matchTyped(items, typed, (name) => name).map((match) => match.item)

describe('finding by letters', () => {
  it('offers everything while nothing is typed', () => expect(found('  ')).toEqual(outcomes))
  it('begins with names that begin so, in their order', () => expect(found('во')).toEqual([
    'Вопрос по тарифу',
    'Возврат за подписку',
  ]))
  it('looks at the beginnings of words', () => expect(found('но')[0]).toBe('Перенос номера'))
  it('knows initials', () => expect(found('пн')).toEqual(['Перенос номера']))
  it('forgives the wrong layout', () => {
    expect(found('dj')).toEqual(['Вопрос по тарифу', 'Возврат за подписку'])
    expect(found('куа', ['Refund', 'Delivery'])).toEqual(['Refund'])
  })
  it('reads ё as е', () => expect(found('еще')).toEqual(['Ещё раз']))
  it('tells where the letters stand', () =>
    expect(matchTyped(outcomes, 'ном', (name) => name)[0]).toMatchObject({ from: 8, to: 11 }))
  it('knows hidden words by their beginnings, in either layout and after all names', () => {
    const items = ['Звук', 'Отложить', 'Язык']
    const by = (typed: string) => matchTyped(items, typed, (name) => name, (name) => (name === 'Отложить' ? 'Put off snooze язва' : '')).map(({ item }) => item)
    expect(by('snoo')).toEqual(['Отложить'])
    expect(by('ыищщ')).toEqual([])
    expect(by('ытщщ')).toEqual(['Отложить'])
    expect(by('яз')).toEqual(['Язык', 'Отложить'])
    expect(by('ooze'), 'the middle of a word that nobody sees').toEqual([])
  })
  it('tells a beginning from the middle of a word, and the other layout from both', () => {
    const grades = (typed: string) => matchTyped(outcomes, typed, (name) => name).map(({ item, grade }) => [item, grade])
    expect(grades('во')).toEqual([['Вопрос по тарифу', 0], ['Возврат за подписку', 0]])
    expect(grades('от').slice(0, 1)).toEqual([['Отказ от услуги', 0]])
    expect(grades('рос')).toEqual([['Вопрос по тарифу', 1]])
    expect(grades('hjc')).toEqual([['Вопрос по тарифу', 3]])
    expect(grades('gj').map(([, grade]) => grade)).toEqual([2, 2])
  })
  it('finds nothing where there is nothing', () => expect(found('яяя')).toEqual([]))
})

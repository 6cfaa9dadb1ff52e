import type { FloorAlert, FloorQueue } from '@otklik/contract/floor'
import type { Language } from '@otklik/contract/fields'
import { expect, it } from 'vitest'
import { translator } from '../texts/texts.ts'
import { tellCall } from './alerts.tsx'

it('says what calls, in as many words as there are people', () => {
  const tell = (figure: FloorAlert['figure'], value: number, language: Language = 'ru') =>
    tellCall({ key: '', alert: { figure } as FloorAlert, queue: { name: 'Чат' } as FloorQueue, value }, translator(language), language)
  expect([1, 3, 5, 21].map((value) => tell('waiting', value))).toEqual(['Чат: ждёт 1', 'Чат: ждут 3', 'Чат: ждут 5', 'Чат: ждёт 21'])
  expect([0, 1, 2].map((value) => tell('available', value))).toEqual(['Чат: свободно 0', 'Чат: свободен 1', 'Чат: свободны 2'])
  expect([tell('waiting', 1, 'en'), tell('serviceLevel', 0.815, 'en')]).toEqual(['Чат: 1 waiting', 'Чат: service level 82%'])
  // A wait runs, an average has been measured.
  expect([tell('longestWait', 65.7), tell('firstResponse', 65.7)]).toEqual(['Чат: ждут уже 1:05', 'Чат: первый ответ за 1:06'])
})

import type { DeskTemplate } from '@otklik/contract/templates'
import { expect, it } from 'vitest'
import { fillTemplate, findTemplates, joinWords, wordsFor } from './fill.ts'

const values = { customer: 'Марина', agent: 'Анна', company: 'Город', queue: 'Тарифы' }
const template = (name: string, ru: string, en = ''): DeskTemplate => ({
  id: name as never, version: 1, shared: true, name, ru, en, macro: null, ownUses: 0, uses: 0,
})

it('fills what it knows, in either language’s names, and shows what it does not', () => {
  expect(fillTemplate('Здравствуйте, {{имя}}! Это {{ оператор }} из «{{company}}».', values)).toBe('Здравствуйте, Марина! Это Анна из «Город».')
  expect(fillTemplate('Номер {{договор}}', values)).toBe('Номер {{договор}}')
})

it('leaves no hole where nothing is known', () => {
  expect(fillTemplate('Здравствуйте, {{имя}}!', { ...values, customer: '' })).toBe('Здравствуйте!')
  expect(fillTemplate('{{имя}}, добрый день', { ...values, customer: '' })).toBe('Добрый день')
})

it('speaks the customer’s language where it can', () => {
  expect(wordsFor({ ru: 'Да', en: 'Yes' }, 'en')).toBe('Yes')
  expect(wordsFor({ ru: 'Да', en: '' }, 'en')).toBe('Да')
})

it('finds by name before words, with the wrong layout and without ё', () => {
  const all = [template('Счёт', 'Пришлём на почту'), template('Возврат', 'Вернём за счет компании'), template('Прощание', 'До свидания')]
  expect(findTemplates(all, 'счет').map(({ name }) => name)).toEqual(['Счёт', 'Возврат'])
  expect(findTemplates(all, 'djp').map(({ name }) => name), 'воз in Latin letters').toEqual(['Возврат'])
  expect(findTemplates(all, '')).toHaveLength(3)
})

it('joins words to what is written, wherever the cursor is', () => {
  expect(joinWords('', 0, 'Да')).toEqual({ text: 'Да', cursor: 2 })
  expect(joinWords('Марина,', 7, 'деньги вернутся')).toEqual({ text: 'Марина, деньги вернутся', cursor: 23 })
  expect(joinWords('До  после', 3, 'между')).toEqual({ text: 'До между после', cursor: 8 })
  expect(joinWords('Допосле', 2, 'одно\nдругое')).toEqual({ text: 'До\nодно\nдругое\nпосле', cursor: 14 })
})

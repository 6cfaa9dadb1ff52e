import type { DeskTemplate } from '@otklik/contract/templates'
import { expect, it } from 'vitest'
import { askedBySlash, fillTemplate, findTemplates, joinWords, otherLanguageOf, wordsFor } from './fill.ts'

const values = { customer: 'Марина', agent: 'Анна', company: 'Город', queue: 'Тарифы' }
const template = (name: string, ru: string, en = ''): DeskTemplate => ({
  id: name as never, version: 1, shared: true, name, ru, en, macro: null, ownUses: 0, uses: 0, usedAt: null,
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
  expect(otherLanguageOf({ ru: 'Да', en: '' }, 'en'), 'and says where it cannot').toBe('ru')
  expect(otherLanguageOf({ ru: 'Да', en: '' }, 'ru')).toBeNull()
})

it('finds by name before words, with the wrong layout and without ё', () => {
  const all = [template('Счёт', 'Пришлём на почту'), template('Возврат', 'Вернём за счет компании'), template('Прощание', 'До свидания')]
  expect(findTemplates(all, 'счет').map(({ name }) => name)).toEqual(['Счёт', 'Возврат'])
  expect(findTemplates(all, 'djp').map(({ name }) => name), 'воз in Latin letters').toEqual(['Возврат'])
  expect(findTemplates(all, '')).toHaveLength(3)
})

it('joins words to what is written, wherever the cursor is', () => {
  const join = (text: string, from: number, words: string, to = from) => {
    const { piece, cursor } = joinWords(text, { from, to }, words)
    return { text: text.slice(0, from) + piece + text.slice(to), cursor }
  }
  expect(join('', 0, 'Да')).toEqual({ text: 'Да', cursor: 2 })
  expect(join('Марина,', 7, 'деньги вернутся')).toEqual({ text: 'Марина, деньги вернутся', cursor: 23 })
  expect(join('До  после', 3, 'между')).toEqual({ text: 'До между после', cursor: 8 })
  expect(join('Допосле', 2, 'одно\nдругое')).toEqual({ text: 'До\nодно\nдругое\nпосле', cursor: 14 })
  expect(join('До /воз после', 3, 'вернём', 7)).toEqual({ text: 'До вернём после', cursor: 9 })
})

it('hears a slash at a beginning and after a space, never inside a word or an address', () => {
  const asked = (text: string, cursor = text.length) => askedBySlash(text, cursor)
  expect(asked('/возврат денег')).toEqual({ letters: 'возврат денег', from: 0, to: 14 })
  expect(asked('Марина, /воз')).toEqual({ letters: 'воз', from: 8, to: 12 })
  expect(asked('Добрый день!\n/')).toEqual({ letters: '', from: 13, to: 14 })
  expect(asked('До /воз после', 7)).toEqual({ letters: 'воз', from: 3, to: 7 })
  expect(asked('/реш', 0), 'with the cursor put back before it').toEqual({ letters: 'реш', from: 0, to: 4 })
  expect(asked('До /воз после', 3)).toEqual({ letters: 'воз', from: 3, to: 7 })
  expect([asked('и/или', 1), asked('https://site.example', 6)]).toEqual([null, null])
  for (const words of ['24/7', 'да / нет', 'https://site.example/help', 'папка /usr/bin', 'Марина, /воз ']) expect(asked(words), words).toBeNull()
})

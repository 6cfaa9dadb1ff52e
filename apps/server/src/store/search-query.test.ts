import { normalisePhone } from '@otklik/contract/customers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptOf, findInName, fold, hitEnd, hitStart, joinRanges, literally, readMarks, readQuery } from './search-query.ts'

const shown = (text: string, ranges: readonly (readonly [number, number])[]) => ranges.map(([from, to]) => text.slice(from, to))

describe('a phone number', () => {
  it.each([
    ['+7 916 123-45-67', '+79161234567'],
    ['8 (916) 123-45-67', '+79161234567'],
    ['9161234567', '+79161234567'],
    ['0037491123456', '+37491123456'],
    ['+374 91 123456', '+37491123456'],
  ])('%s is %s', (text, e164) => expect(normalisePhone(text)).toBe(e164))

  it.each(['', '123', '1234567', '+0123456789', 'позвоните', '+7916123456789012', '8 916 123-45-67 доб. 3'])('%s is none', (text) => expect(normalisePhone(text)).toBeUndefined())
})

describe('a line of search', () => {
  it('may be a number, a phone or a part of one', () => {
    expect(readQuery('№ 4821')).toEqual({ number: 4821, phone: '4821', email: undefined, name: undefined })
    expect(readQuery('8 (916) 123-45-67')).toMatchObject({ number: undefined, phone: '79161234567', name: undefined })
    expect(readQuery('123-45')).toMatchObject({ phone: '12345' })
    expect(readQuery('482')).toMatchObject({ number: 482, phone: undefined })
    expect(readQuery('Посетитель 12').number).toBe(12)
    expect(readQuery('Visitor Anna').name?.whole).toBe('visitor anna')
  })

  it('may be an e-mail or a name, and a Latin word either', () => {
    expect(readQuery('Marina@Mail.')).toMatchObject({ email: 'marina@mail.', name: undefined })
    expect(readQuery('Ivanov')).toMatchObject({ email: 'ivanov', name: { whole: 'ivanov', isShort: false } })
    expect(readQuery(' Семён   Соловьёв ')).toMatchObject({ email: undefined, name: { whole: 'семен соловьев', parts: ['семен', 'соловьев'] } })
    expect(readQuery('Ан')).toMatchObject({ name: { isShort: true } })
  })

  it('never throws, and never makes a pattern of what was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { number, phone } = readQuery(text)
        if (number !== undefined) expect(Number.isSafeInteger(number)).toBe(true)
        if (phone !== undefined) expect(phone).toMatch(/^\d{4,}$/)
        expect(literally(text).replace(/\\[\\%_]/g, '')).not.toMatch(/[\\%_]/)
      }),
      { seed: 20_261_122 },
    )
  })
})

describe('what was found', () => {
  it('stands out in a name, with its е and ё and its slips', () => {
    const name = 'Алёна Семёнова'
    expect(shown(name, findInName(name, ['алена']))).toEqual(['Алёна'])
    expect(shown(name, findInName(name, ['семенва']))).toEqual(['Семёнова'])
    expect(shown(name, findInName(name, ['лена', 'нова']))).toEqual(['лёна', 'нова'])
    expect(findInName(name, ['петр'])).toEqual([])
  })

  it('stands out in a line of what was said', () => {
    const text = `${'слово '.repeat(60)}про роуминг и ещё роуминги ${'слово '.repeat(60)}`
    const marked = text.replace(/роуминг[и]?/g, (word) => `${hitStart}${word}${hitEnd}`)
    const { excerpt, ranges } = excerptOf(text, readMarks(text, marked))
    expect(shown(excerpt, ranges)).toEqual(['роуминг', 'роуминги'])
    expect(excerpt).toMatch(/^… .*…$/)
    expect(excerpt.length).toBeLessThan(190)
  })

  it('is nowhere when the marks are of another text', () => expect(readMarks('кратко', `${hitStart}другое${hitEnd} и длиннее`)).toEqual([]))

  it('folds letter by letter, so that places are the same', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'аёЁЕеяЯabZ 9-') }), (text) => fold(text).length === text.length), { seed: 1 })
  })

  it('has ranges in order that do not overlap', () => {
    const range = fc.tuple(fc.nat(50), fc.nat(50)).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const joined = joinRanges(ranges)
        joined.forEach(([from], at) => expect(from).toBeGreaterThan(joined[at - 1]?.[1] ?? -1))
      }),
      { seed: 2 },
    )
  })
})

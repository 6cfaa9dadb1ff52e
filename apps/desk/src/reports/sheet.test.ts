import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { addTexts, translator } from '../texts/texts.ts'
import { reports as en } from '../texts/en/reports.ts'
import { reports as ru } from '../texts/ru/reports.ts'
import { addUp } from './figures-data.ts'
import { aboutSheet, csvOf, harmless, sheetOf, type Shown } from './sheet.ts'
import { workbookOf } from './workbook.ts'

addTexts('reports', { ru, en })

const row = (id: string, sums: Record<string, number>) => ({ id, label: id, figures: addUp([{ day: null, minute: null, again: false, key: null, name: null, sums, histograms: {} }]), opens: null })
const shown: Shown = {
  title: 'День', filters: 'Очередь =Тарифы; "все"', countedTo: '14:05', of: 'Очередь', columns: ['offered', 'serviceLevel', 'asa', 'waitP90'],
  total: row('Всего', { offered: 1050, answered: 1000, answeredInTarget: 860, waitMs: 25_440_000 }), rows: [row('=cmd|/c calc', { offered: 2, answered: 1, waitMs: 900 }), row('Пустая', {})],
}

describe('what is saved', () => {
  it('is numbers that one can count with, and nothing where nothing happened', () => {
    expect(sheetOf(shown, translator('ru')).rows).toEqual([
      ['Очередь', 'Пришли', 'Уровень сервиса, %', 'Среднее ожидание, с', 'Ожидание p90, с'],
      ['Всего', 1050, 81.9, 25.4, null],
      ['=cmd|/c calc', 2, 0, 0.9, null],
      ['Пустая', 0, null, null, null],
    ])
    expect(aboutSheet(shown, translator('en')).rows.at(-3)).toEqual(['Service level', 1, 'Answered within the target / (offered − short abandons).'])
  })
  it('opens in the table programs of either language', () => {
    const sheets = [sheetOf(shown, translator('ru')), aboutSheet(shown, translator('ru'))]
    const russian = csvOf(sheets, 'ru').split('\r\n')
    expect(russian[0]).toBe('\uFEFFОчередь;Пришли;Уровень сервиса, %;Среднее ожидание, с;Ожидание p90, с')
    expect(russian[1]).toBe('Всего;1050;81,9;25,4;')
    expect(russian).toContain('Условия;"Очередь =Тарифы; ""все"""')
    expect(csvOf(sheets, 'en').split('\r\n').slice(0, 2)).toEqual(['\uFEFFОчередь,Пришли,"Уровень сервиса, %","Среднее ожидание, с","Ожидание p90, с"', 'Всего,1050,81.9,25.4,'])
  })
  it('is never a formula', () => {
    for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) expect(harmless(`${sign}1`)).toBe(`'${sign}1`)
    expect(harmless('1 = 1')).toBe('1 = 1')
    expect(csvOf([sheetOf(shown, translator('ru'))], 'ru')).toContain("'=cmd|/c calc;2;0;0,9;")
    expect(csvOf([{ name: '', rows: [[-1.5]] }], 'ru')).toBe('\uFEFF-1,5\r\n')
  })
})

it('is a workbook with a sheet of definitions, texts as texts', () => {
  const files = unzipSync(workbookOf([sheetOf(shown, translator('ru')), aboutSheet(shown, translator('ru')), { name: 'День', rows: [['a\u0001<&>"', null, 0.5]] }]))
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  expect(Object.keys(files).sort()).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml', 'xl/worksheets/sheet3.xml'])
  expect([...read('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map((match) => match[1])).toEqual(['День', 'О показателях', 'День 3'])
  expect(read('xl/worksheets/sheet1.xml')).toContain(`<c r="A3" t="inlineStr"><is><t xml:space="preserve">'=cmd|/c calc</t></is></c><c r="B3"><v>2</v></c>`)
  expect(read('xl/worksheets/sheet3.xml')).toContain('a&lt;&amp;&gt;&quot;</t></is></c><c r="C1"><v>0.5</v></c>')
  expect(Object.values(files).some((bytes) => strFromU8(bytes).includes('<f>'))).toBe(false)
})

it('takes a sheet of any size without a worker', () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => [`Оператор ${at}`, at, at / 7])
  expect(workbookOf([{ name: 'x', rows }]).length).toBeGreaterThan(160_000)
})

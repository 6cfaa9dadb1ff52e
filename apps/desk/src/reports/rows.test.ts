import type { FiguresRow } from '@otklik/contract/figures'
import { expect, it } from 'vitest'
import { reports as en } from '../texts/en/reports.ts'
import { reports as ru } from '../texts/ru/reports.ts'
import { addTexts, translator } from '../texts/texts.ts'
import { addUp, targetSecondsOf, valueOf } from './figures-data.ts'
import { scoresOf } from './ratings-page.tsx'
import { columnsOf, mainFigures, rowsByDay, rowsByInterval } from './rows.ts'
import { isFew, wordChange, wordInterval, wordListed, wordTarget, wordValue } from './words.ts'

addTexts('reports', { ru, en })
const t = translator('ru')
const at = (minute: number, offered: number, again = false): FiguresRow => ({ day: '2026-10-25', minute, again, key: null, name: null, sums: { offered }, histograms: {} })

it('has a row for every interval, and two for the hour that comes twice', () => {
  const rows = rowsByInterval([at(120, 1), at(120, 2, true), at(165, 4, true), at(600, 8)], '2026-10-25', 'Europe/Berlin', 60, t)
  expect(rows).toHaveLength(25)
  expect(rows.slice(2, 4).map(({ label, figures, opens }) => [label, figures.sums.offered, opens])).toEqual([
    ['02:00', 1, { fromMinute: 120, untilMinute: 180, again: 'no' }],
    ['02:00 второй раз', 6, { fromMinute: 120, untilMinute: 180, again: 'yes' }],
  ])
  expect(rows[11]).toMatchObject({ label: '10:00', opens: { fromMinute: 600, untilMinute: 660 } })
  expect(rowsByInterval([], '2026-03-29', 'Europe/Berlin', 15, t)).toHaveLength(92)
  expect(rowsByDay([], '2026-11-01', '2026-11-30', 'ru')).toHaveLength(30)
})

it('shows of people what is theirs', () => {
  expect(columnsOf({ team: 't' }, 'interval', false)).not.toContain('serviceLevel')
  expect(columnsOf({}, 'agent', false)).toContain('occupancy')
  expect(columnsOf({ queue: 'q' }, 'agent', false)).not.toContain('occupancy')
  expect(columnsOf({}, 'queue', true)).toContain('waitP90')
  expect(mainFigures({ region: 'Москва' })).not.toContain('occupancy')
})

it('words figures with their unit, sign and interval', () => {
  const now = valueOf('serviceLevel', addUp([{ ...at(0, 20), sums: { offered: 20, answeredInTarget: 15 } }]))
  expect([wordValue(0.8186, 'share', 'ru'), wordValue(25_440, 'duration', 'ru'), wordValue(null, 'count', 'ru')]).toEqual(['81,9\u00a0%', '0:25', '–'])
  expect(wordChange(now, { value: 0.8, n: 100, interval: null }, 'share', 'ru', t)).toBe('−5,0\u00a0п.\u00a0п.')
  expect(wordChange({ value: 90_000, n: 1, interval: null }, { value: 60_000, n: 1, interval: null }, 'duration', 'en', translator('en'))).toBe('+0:30')
  expect(wordChange({ value: 5, n: 5, interval: null }, { value: 0, n: 0, interval: null }, 'count', 'ru', t)).toBeNull()
  expect(isFew(now, 'serviceLevel')).toBe(true)
  expect(wordInterval(now, 'ru', t)).toBe('53–89\u00a0% при n\u00a0=\u00a020')
  expect(wordTarget('occupancy', null, 'ru', t)).toBe('цель 80–88\u00a0%')
})

it('measures the speed of answer by the target of the queue that is shown, or of all, if they have the same', () => {
  const queues = [['a', 20], ['b', 60], ['c', 60]].map(([id, targetSeconds]) => ({ id, name: id, targetSeconds })) as never[]
  const of = (from: number, id?: string) => targetSecondsOf(queues.slice(from), id)
  expect([of(0), of(1), of(0, 'a'), of(0, 'b'), of(0, 'foreign'), of(3), targetSecondsOf(undefined, 'a')]).toEqual([null, 60, 20, 60, null, null, undefined])
  expect([60, null, undefined].map((seconds) => wordTarget('asa', seconds, 'ru', t))).toEqual(['цель до 1:00', 'цели у очередей свои', null])
})

it('counts contacts and cases, where a contact is several', () => {
  const listed = (...cases: number[]) => wordListed(cases.map((count) => ({ cases: count })), t)
  expect([listed(1, 1), listed(1, 2, 1), listed(21)]).toEqual(['показаны 2 контакта', 'показаны 3 контакта, всего 4 раза', 'показан 1 контакт, всего 21 раз'])
})

it('tells every score from the sums of neighbours', () => {
  const figures = addUp([{ ...at(0, 0), sums: { rated: 20, topTwo: 14, topBox: 10, bottomTwo: 3, bottomBox: 1 } }])
  expect(scoresOf(figures).map(({ score, count }) => [score, count])).toEqual([[5, 10], [4, 4], [3, 3], [2, 2], [1, 1]])
})

import { expect, it } from 'vitest'
import { disposition, readName, tidyName } from './names.ts'

it('keeps the name of a file, and nothing that would lead somewhere or deceive', () => {
  const names: [string, string][] = [
    ['Счёт № 7.pdf', 'Счёт № 7.pdf'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\Anna\\фото.jpg', 'фото.jpg'],
    ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie_ x.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['  ..hidden.txt ', 'hidden.txt'],
    ['и\u0306.txt', 'й.txt'],
    ['a<b>"c".txt', 'a_b__c_.txt'],
    ['', ''],
  ]
  for (const [raw, kept] of names) expect(tidyName(raw)).toBe(kept)
  const long = tidyName(`${'я'.repeat(500)}.pdf`)
  expect([long.length, long.slice(-5)]).toEqual([200, 'я.pdf'])
})

it('reads a header, or says that it cannot', () => {
  expect(readName(encodeURIComponent('Счёт.pdf'))).toBe('Счёт.pdf')
  for (const header of [undefined, '%', '%E0%A4', ['a', 'b']]) expect(readName(header)).toBeUndefined()
})

it('offers a name for saving to old programs and to new ones', () => {
  expect(disposition('attachment', 'Счёт (1) "x".pdf')).toBe(`attachment; filename="____ (1) _x_.pdf"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%20%281%29%20%22x%22.pdf`)
})

import { expect, it } from 'vitest'
import { safeHref, splitLinks } from './links.ts'

it('opens pages only', () => {
  expect(safeHref('https://shop.example/refund?id=1#two')).toBe('https://shop.example/refund?id=1#two')
  expect(safeHref('HTTP://SHOP.example')).toBe('http://shop.example/')
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//shop.example', 'shop.example', 'https://bank.example@evil.example', 'https://', '']) expect(safeHref(bad), bad).toBeUndefined()
})

it('keeps every letter, and leaves the sentence its stops', () => {
  const text = 'Вот (https://shop.example/a), потом «http://shop.example/b?c=d»: и https://user:word@shop.example.\njavascript:alert(1) <b>https://shop.example</b>'
  const pieces = splitLinks(text)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces.flatMap(({ href }) => href ?? [])).toEqual(['https://shop.example/a', 'http://shop.example/b?c=d', 'https://shop.example/'])
  expect(splitLinks('')).toEqual([])
})

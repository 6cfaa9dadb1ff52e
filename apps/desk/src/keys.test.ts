import { describe, expect, it } from 'vitest'
import { actionsOf, keyGroups, keyLabel, keyMap, meansAction, needsAlt, type KeyAction, type KeyPress } from './keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key, code: key.length === 1
    ? `Key${key.toUpperCase()}`
    : key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...more,
})

describe('the keyboard map', () => {
  it('lists every action in exactly one group', () => {
    expect(keyGroups.flatMap(actionsOf).sort()).toEqual(Object.keys(keyMap).sort())
  })

  it('gives no letter to two actions that may be meant on one screen', () => {
    const onDesk = keyGroups.filter((group) => group !== 'floor')
    for (const groups of [onDesk, ['floor', 'everywhere'] as const]) {
      const letters = groups.flatMap(actionsOf).flatMap((action) => {
        const { chord } = keyMap[action]
        return 'letter' in chord ? [chord.letter] : []
      })
      expect(new Set(letters).size, groups.join()).toBe(letters.length)
    }
  })

  it('takes letters by their place, so a Russian layout works', () => {
    expect(meansAction('transfer', press('е', { code: 'KeyT' }), 'none')).toBe(true)
  })

  it('leaves letters to whoever is writing, unless Alt is held', () => {
    expect(meansAction('transfer', press('t'), 'text')).toBe(false)
    expect(meansAction('transfer', press('t'), 'empty')).toBe(false)
    expect(meansAction('transfer', press('†', { code: 'KeyT', altKey: true }), 'text')).toBe(true)
    expect(meansAction('transfer', press('t', { ctrlKey: true }), 'none')).toBe(false)
  })

  it('accepts with Enter when the box is empty or nothing is focused, never from a button or over written text', () => {
    const places = ['none', 'empty', 'text', 'control'] as const
    expect(places.map((place) => meansAction('accept', press('Enter'), place))).toEqual([true, true, false, false])
    expect(places.map((place) =>
      meansAction('accept', press('Enter', { altKey: true }), place))).toEqual([true, true, true, true])
    expect(meansAction('accept', press('Enter', { repeat: true }), 'none')).toBe(false)
    expect(meansAction('accept', press('Enter', { ctrlKey: true }), 'none')).toBe(false)
  })

  it('says Alt wherever the key alone is not heard', () => {
    for (const action of ['accept', 'decline', 'transfer'] satisfies KeyAction[])
      for (const place of ['none', 'empty', 'text', 'control'] as const) {
        const code = action === 'accept' ? 'Enter' : `Key${keyLabel(action, false)}`
        const alone = press(action === 'accept' ? 'Enter' : 'x', { code })
        expect([action, place, needsAlt(action, place)]).toEqual([action, place, !meansAction(action, alone, place)])
        expect(meansAction(action, { ...alone, altKey: true }, place)).toBe(true)
      }
  })

  it('ends and finishes with Ctrl or Cmd and Enter from anywhere', () => {
    for (const action of ['end', 'done'] satisfies KeyAction[]) {
      expect(meansAction(action, press('Enter', { ctrlKey: true }), 'text')).toBe(true)
      expect(meansAction(action, press('Enter', { metaKey: true }), 'none')).toBe(true)
      expect(meansAction(action, press('Enter'), 'none')).toBe(false)
    }
  })

  it('leaves a field by Escape, with words and without', () => {
    expect((['none', 'empty', 'text', 'control'] as const).map((place) => meansAction('leave', press('Escape'), place))).toEqual([true, true, true, true])
  })

  it('writes the cap of the machine', () => {
    expect(keyLabel('end', false)).toBe('Ctrl Enter')
    expect(keyLabel('end', true)).toBe('⌘ Enter')
    expect(keyLabel('transfer', true)).toBe('T')
  })
})

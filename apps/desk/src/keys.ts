/**
 * The keyboard map: every action and its key, in one place. Letters are physical keys (`event.code`), so they work on
 * a Russian layout too. A plain letter works while nobody is writing; with Alt it works always.
 */
import type { TextKey } from './texts/texts.ts'

/** `letter`: as above; `also`: another physical key for the same, in no field. `enter`, `escape`, `modEnter` (Ctrl or Cmd with Enter): as each place decides. */
type Chord = { readonly letter: string; readonly also?: string } | {
  readonly special: 'enter' | 'escape' | 'modEnter' | 'modK' | 'shiftEnter' | 'question'
}
export type KeyGroup = 'contacts' | 'conversation' | 'wrapUp' | 'floor' | 'everywhere'
type Action = { readonly chord: Chord; readonly group: KeyGroup; readonly text: TextKey }

export const keyMap = {
  accept: { chord: { special: 'enter' }, group: 'contacts', text: 'keys.accept' },
  decline: { chord: { letter: 'X' }, group: 'contacts', text: 'keys.decline' },
  nextContact: { chord: { letter: 'J' }, group: 'contacts', text: 'keys.nextContact' },
  previousContact: { chord: { letter: 'K' }, group: 'contacts', text: 'keys.previousContact' },
  firstWaiting: { chord: { letter: 'G' }, group: 'contacts', text: 'keys.firstWaiting' },
  waiting: { chord: { letter: 'W' }, group: 'contacts', text: 'keys.waiting' },
  back: { chord: { letter: 'B' }, group: 'contacts', text: 'keys.back' },
  send: { chord: { special: 'enter' }, group: 'conversation', text: 'keys.send' },
  newLine: { chord: { special: 'shiftEnter' }, group: 'conversation', text: 'keys.newLine' },
  reply: { chord: { letter: 'R' }, group: 'conversation', text: 'keys.reply' },
  note: { chord: { letter: 'N' }, group: 'conversation', text: 'keys.note' },
  transfer: { chord: { letter: 'T' }, group: 'conversation', text: 'keys.transfer' },
  escalate: { chord: { letter: 'U' }, group: 'conversation', text: 'keys.escalate' },
  snooze: { chord: { letter: 'Z' }, group: 'conversation', text: 'keys.snooze' },
  templates: { chord: { letter: 'Q' }, group: 'conversation', text: 'templates.ownTitle' },
  knowledge: { chord: { letter: 'V' }, group: 'conversation', text: 'knowledge.open' },
  story: { chord: { letter: 'H' }, group: 'conversation', text: 'keys.story' },
  attach: { chord: { letter: 'L' }, group: 'conversation', text: 'attachments.attach' },
  end: { chord: { special: 'modEnter' }, group: 'conversation', text: 'keys.end' },
  customer: { chord: { letter: 'I' }, group: 'conversation', text: 'keys.customer' },
  rename: { chord: { letter: 'M' }, group: 'conversation', text: 'keys.rename' },
  done: { chord: { special: 'modEnter' }, group: 'wrapUp', text: 'keys.done' },
  resolved: { chord: { letter: 'Y' }, group: 'wrapUp', text: 'keys.resolved' },
  reopen: { chord: { letter: 'O' }, group: 'wrapUp', text: 'keys.reopen' },
  floorWall: { chord: { letter: 'W' }, group: 'floor', text: 'floor.wall' },
  floorOpen: { chord: { letter: 'L' }, group: 'floor', text: 'floor.open' },
  floorHint: { chord: { letter: 'N' }, group: 'floor', text: 'floor.hint' },
  floorTake: { chord: { letter: 'O' }, group: 'floor', text: 'floor.take' },
  floorMove: { chord: { letter: 'T' }, group: 'floor', text: 'floor.move' },
  floorAlerts: { chord: { letter: 'E' }, group: 'floor', text: 'floor.alerts.title' },
  presence: { chord: { letter: 'P' }, group: 'everywhere', text: 'keys.presence' },
  available: { chord: { letter: 'A' }, group: 'everywhere', text: 'keys.available' },
  leave: { chord: { special: 'escape' }, group: 'everywhere', text: 'keys.leave' },
  save: { chord: { special: 'modEnter' }, group: 'everywhere', text: 'keys.save' },
  create: { chord: { letter: 'C' }, group: 'everywhere', text: 'keys.create' },
  search: { chord: { letter: 'S', also: 'Slash' }, group: 'everywhere', text: 'customers.search' },
  palette: { chord: { special: 'modK' }, group: 'everywhere', text: 'palette.title' },
  help: { chord: { special: 'question' }, group: 'everywhere', text: 'keys.help' },
} as const satisfies Record<string, Action>

export type KeyAction = keyof typeof keyMap
export const keyGroups: readonly KeyGroup[] = ['contacts', 'conversation', 'wrapUp', 'floor', 'everywhere']
export const actionsOf = (group: KeyGroup) =>
  (Object.keys(keyMap) as KeyAction[]).filter((action) => keyMap[action].group === group)

/** How a key is written on a cap: `Enter`, `Ctrl Enter`, `⌘ Enter`, `T`. */
export const keyLabel = (action: KeyAction, isMac: boolean): string => {
  const { chord } = keyMap[action]
  if ('letter' in chord) return chord.letter
  return {
    enter: 'Enter',
    escape: 'Esc',
    modEnter: isMac ? '⌘ Enter' : 'Ctrl Enter',
    modK: isMac ? '⌘ K' : 'Ctrl K',
    shiftEnter: 'Shift Enter',
    question: '?',
  }[chord.special]
}

/** The same for `aria-keyshortcuts`. */
export const keyShortcut = (action: KeyAction, isMac: boolean): string => {
  const { chord } = keyMap[action]
  if ('letter' in chord) return `${chord.letter} Alt+${chord.letter}`
  return {
    enter: 'Enter',
    escape: 'Escape',
    modEnter: isMac ? 'Meta+Enter' : 'Control+Enter',
    modK: isMac ? 'Meta+K' : 'Control+K',
    shiftEnter: 'Shift+Enter',
    question: '?',
  }[chord.special]
}

/** What we need of a KeyboardEvent. */
export interface KeyPress {
  readonly code: string
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
}

/** Where the press landed: in no field, in a field without or with text, on a button or link (`control`). */
export type PressPlace = 'none' | 'empty' | 'text' | 'control'

const isWriting = (place: PressPlace) => place === 'empty' || place === 'text'

/** Whether an action is done here with Alt only: its key alone belongs to the field or to the button. */
export const needsAlt = (action: KeyAction, place: PressPlace): boolean => {
  const { chord } = keyMap[action]
  if ('letter' in chord) return isWriting(place)
  return chord.special === 'enter' && (place === 'text' || place === 'control')
}

/** Whether a press means an action here. Held-down keys never do: a contact is accepted once. */
export const meansAction = (action: KeyAction, press: KeyPress, place: PressPlace): boolean => {
  if (press.repeat) return false
  const { chord } = keyMap[action]
  const mod = press.ctrlKey || press.metaKey
  if ('letter' in chord) {
    const isAlso = 'also' in chord && press.code === chord.also && !press.altKey
    if ((press.code !== `Key${chord.letter}` && !isAlso) || mod || press.shiftKey) return false
    return press.altKey || !isWriting(place)
  }
  switch (chord.special) {
    case 'question':
      // Shift+7 types ? on a Russian layout, Shift+/ on an English one.
      return !isWriting(place) && !mod && !press.altKey && press.key === '?'
    case 'modK':
      return press.code === 'KeyK' && mod && !press.altKey && !press.shiftKey
    case 'modEnter':
      return press.key === 'Enter' && mod && !press.altKey && !press.shiftKey
    case 'shiftEnter':
      return press.key === 'Enter' && press.shiftKey && !mod && !press.altKey
    case 'enter':
      // Enter in a field with text belongs to the field, and on a button to the button; Alt+Enter always counts.
      return press.key === 'Enter' && !mod && !press.shiftKey && (press.altKey || place === 'none' || place === 'empty')
    case 'escape':
      return press.key === 'Escape' && !mod && !press.altKey && !press.shiftKey
  }
}

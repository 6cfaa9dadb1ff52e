/** Binds actions of the keyboard map while a component stands. Inner ones come first; a dialog keeps its own keys. */
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { meansAction, needsAlt, type KeyAction, type PressPlace } from '../keys.ts'
import { createTypingBurst } from './typing-burst.ts'

const fieldTypes = new Set(['checkbox', 'radio', 'button', 'submit', 'color', 'range'])

const placeOf = (target: EventTarget | null): PressPlace => {
  if (target instanceof HTMLTextAreaElement) return target.value === '' ? 'empty' : 'text'
  if (target instanceof HTMLInputElement && !fieldTypes.has(target.type)) return target.value === '' ? 'empty' : 'text'
  if (target instanceof HTMLElement && 'yieldsEnter' in target.dataset) return 'none'
  if (target instanceof HTMLInputElement ||
    target instanceof HTMLButtonElement ||
    target instanceof HTMLAnchorElement) return 'control'
  return 'none'
}

/** One of the page: whoever binds keys sees the same fingers. */
const burst = createTypingBurst()
const noteTyping = (event: KeyboardEvent) => {
  const place = placeOf(event.target)
  burst.typed(event, place === 'text' || place === 'empty' ? (event.target as Element) : null)
}

const isModEnter = (event: KeyboardEvent) => event.key === 'Enter' && (event.ctrlKey || event.metaKey)

const isInDialog = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null

const watchFocus = (onChange: () => void) => {
  const changes = ['focusin', 'focusout', 'input', 'keyup'] as const
  for (const change of changes) addEventListener(change, onChange)
  return () => {
    for (const change of changes) removeEventListener(change, onChange)
  }
}
/** Whether Alt belongs on the cap of an action now. `data-takes-enter`: a field that has what to send, though it is empty. */
export const useNeedsAlt = (action: KeyAction): boolean =>
  useSyncExternalStore(watchFocus, () => {
    const { activeElement } = document
    const place = activeElement instanceof HTMLElement && 'takesEnter' in activeElement.dataset ? 'text' : placeOf(activeElement)
    return needsAlt(action, place)
  })

/** A field of a list to choose from; null for anything else. */
const listState = ({ target }: Event): 'open' | 'closed' | null => {
  const list = target instanceof Element ? target.closest('[aria-haspopup="listbox"]') : null
  return list && (list.getAttribute('aria-expanded') === 'true' ? 'open' : 'closed')
}
/** Presses that an action of ours has taken. */
const taken = new WeakSet<Event>()

/** What is bound on the page now, the innermost first; keys of dialogs are their own. */
const bound: { current: KeyHandlers }[] = []

/** Actions that something on the page would take now. */
export const boundActions = (): readonly KeyAction[] => [
  ...new Set(bound.flatMap(({ current }) => (Object.keys(current) as KeyAction[]).filter((action) => current[action] !== undefined))),
]

/** The first place of the newest dialog where one can write or press, unless the focus is in it already. */
const enterDialog = () => {
  const dialog = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1)
  if (!dialog || dialog.contains(document.activeElement)) return
  const place = dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog.querySelector<HTMLElement>('input, textarea, select, button, a[href]')
  place?.focus({ preventScroll: true })
}

/**
 * What an action opens is on the page and has the focus before the next key is read: quick fingers write into the dialog
 * and never into the answer to a customer behind it.
 */
const perform = (handle: () => boolean | void): boolean => {
  let isTaken = false
  flushSync(() => {
    isTaken = handle() !== false
  })
  if (isTaken) enterDialog()
  return isTaken
}

/** Does an action as its key would. False: nothing took it. */
export const performAction = (action: KeyAction): boolean => bound.some(({ current }) => current[action] !== undefined && perform(current[action]))

/**
 * An action that returns false has not happened here: the next one that is bound to the key gets it. One that is known to
 * do nothing now is undefined: the palette does not list it.
 */
export type KeyHandlers = { readonly [Action in KeyAction]?: (() => boolean | void) | undefined }

/**
 * @param handlers what each action does
 * @param options `inDialog`: these are the keys of a dialog
 */
export const useKeys = (handlers: KeyHandlers, { inDialog = false } = {}) => {
  const latest = useRef(handlers)
  // Before it is drawn: whoever sees it may press its key.
  useLayoutEffect(() => {
    latest.current = handlers
  })
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A list opens at Enter, or takes what is marked in it, and calls that its own; with Ctrl the press is ours besides.
      const isOurs = !event.defaultPrevented || (listState(event) !== null && isModEnter(event) && !taken.has(event))
      if (!isOurs || event.isComposing || isInDialog(event.target) !== inDialog) return
      const place = placeOf(event.target)
      if (place === 'none' && burst.isLost(event)) return
      for (const [action, handle] of Object.entries(latest.current) as [KeyAction, KeyHandlers[KeyAction]][]) {
        if (!handle || !meansAction(action, event, place)) continue
        if (!perform(handle)) continue
        event.preventDefault()
        taken.add(event)
        burst.over()
        return
      }
    }
    /** Before a closed list opens for nothing. */
    const pressEarly = (event: KeyboardEvent) => {
      if (!isModEnter(event) || listState(event) !== 'closed') return
      press(event)
      if (taken.has(event)) event.stopPropagation()
    }
    addEventListener('keydown', noteTyping, true) // the same listener is added once
    addEventListener('keydown', pressEarly, true)
    addEventListener('keydown', press)
    if (!inDialog) bound.push(latest)
    return () => {
      removeEventListener('keydown', pressEarly, true)
      removeEventListener('keydown', press)
      const at = bound.indexOf(latest)
      if (at >= 0) bound.splice(at, 1)
    }
  }, [inDialog])
}

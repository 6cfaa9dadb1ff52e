/** What a menu offers, as data: the menu shows it, and the palette finds it by its words. */
import { useId, useLayoutEffect, useSyncExternalStore } from 'react'

export interface Command {
  readonly id: string
  readonly name: string
  /** What the menu writes above it, and the palette beside it. */
  readonly group: string
  /** More words that find it and are never shown. */
  readonly words: string
  /** Of several to choose from, or switched on. */
  readonly isOn?: boolean
  readonly go: () => void
}

/** By the menu that has them. */
const bound = new Map<string, readonly Command[]>()
let offered: readonly Command[] = []
const listeners = new Set<() => void>()
const tell = () => {
  offered = [...bound.values()].flat()
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** What the menus of the page offer now; what one of them comes to know later is there, too. */
export const useBoundCommands = (): readonly Command[] => useSyncExternalStore(subscribe, () => offered)

/** Lets the palette find commands while the menu that has them stands. */
export const useCommands = (commands: readonly Command[]): void => {
  const id = useId()
  useLayoutEffect(() => {
    bound.set(id, commands)
    tell()
  })
  useLayoutEffect(() => () => {
    bound.delete(id)
    tell()
  }, [id])
}

/** What a menu offers, as data: the menu shows it, and the palette finds it by its words. */
import { useEffect, useRef } from 'react'

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

const bound: { current: readonly Command[] }[] = []

/** What the menus of the page offer now. */
export const boundCommands = (): readonly Command[] => bound.flatMap(({ current }) => current)

/** Lets the palette find commands while the menu that has them stands. */
export const useCommands = (commands: readonly Command[]): void => {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    bound.push(latest)
    return () => void bound.splice(bound.indexOf(latest), 1)
  }, [])
}

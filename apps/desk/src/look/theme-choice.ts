/** Light, dark, or as the system says: kept in this browser, read by every tab of it. */
import { useColorScheme } from '@mantine/hooks'
import { useSyncExternalStore } from 'react'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const storageKey = 'otklik.theme'
const listeners = new Set<() => void>()

const read = (): ThemeChoice => {
  const stored = localStorage.getItem(storageKey)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

const apply = (choice: ThemeChoice) => {
  if (choice === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = choice
}

const subscribe = (listener: () => void) => {
  const changedElsewhere = (change: StorageEvent) => {
    if (change.key !== storageKey) return
    apply(read())
    listener()
  }
  listeners.add(listener)
  addEventListener('storage', changedElsewhere)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', changedElsewhere)
  }
}

/** Puts the kept choice on the page; called once, before the first paint. */
export const restoreTheme = () => apply(read())

export const chooseTheme = (choice: ThemeChoice) => {
  if (choice === 'system') localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, choice)
  apply(choice)
  for (const listener of listeners) listener()
}

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, read)

/** The scheme that is on screen now. */
export const useShownScheme = (): 'light' | 'dark' => {
  const system = useColorScheme('light', { getInitialValueInEffect: false })
  const choice = useThemeChoice()
  return choice === 'system' ? system : choice
}

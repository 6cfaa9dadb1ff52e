import { keyLabel, type KeyAction } from '../keys.ts'

/** Whether keys are written the Apple way. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * The key of an action, as it stands on the keyboard.
 * @param withAlt shown where somebody is writing, so that the letter alone would be a letter
 */
export const KeyCap = ({ action, withAlt = false }: { action: KeyAction; withAlt?: boolean }) => (
  <kbd className="key">
    {withAlt && (isMac ? '⌥ ' : 'Alt ')}
    {keyLabel(action, isMac)}
  </kbd>
)

import { keyLabel, type KeyAction } from '../keys.ts'

/** Whether keys are written the Apple way. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The key of an action, as it stands on the keyboard. */
export const KeyCap = ({ action }: { action: KeyAction }) => <kbd className="key">{keyLabel(action, isMac)}</kbd>

import type { Ref } from 'react'
import type { KeyAction } from '../keys.ts'
import { keyShortcut } from '../keys.ts'
import { Hint } from './hint.tsx'
import { Icon, type IconName } from './icons.tsx'
import { isMac } from './key-cap.tsx'

/** A control that is only an icon; its name and key show on hover and are read aloud. */
export const IconButton = ({ icon, label, action, onClick, disabled = false, ref }: {
  icon: IconName
  label: string
  action?: KeyAction
  onClick: () => void
  disabled?: boolean
  ref?: Ref<HTMLButtonElement>
}) => (
  <Hint text={label} {...(action ? { action } : {})}>
    <button
      ref={ref}
      type="button"
      className="icon-button"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      {...(action ? { 'aria-keyshortcuts': keyShortcut(action, isMac) } : {})}
    >
      <Icon name={icon} />
    </button>
  </Hint>
)

import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import type { KeyAction } from '../keys.ts'
import { KeyCap } from './key-cap.tsx'

/** A tooltip that names a control and shows its key. */
export const Hint = ({ text, action, children }: { text: string; action?: KeyAction; children: ReactElement }) => (
  <Tooltip
    label={
      <>
        {text}
        {action && <KeyCap action={action} />}
      </>
    }
  >
    {children}
  </Tooltip>
)

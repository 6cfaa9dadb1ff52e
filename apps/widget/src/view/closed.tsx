import { canEnd } from '../chat.ts'
import type { Shown } from './shown.ts'

/** Nobody answers now, and no message may be left; a chat that runs goes on. */
export const isShut = ({ state, config }: Pick<Shown, 'state' | 'config'>): boolean => !config.isOpen && !config.takesMessages && !canEnd(state)

/** Outside the hours: when we are back, and whether a message may be left. */
export const Closed = ({ state, config, texts }: Shown) =>
  config.isOpen || canEnd(state) ? null : (
    <div class="card">
      <h3>{texts.expected({ kind: 'closed', opensAt: config.opensAt }, !config.takesMessages)}</h3>
      {config.closedText !== '' && <p>{config.closedText}</p>}
      {config.closedText === '' && config.takesMessages && <p>{texts.leaveMessage}</p>}
    </div>
  )

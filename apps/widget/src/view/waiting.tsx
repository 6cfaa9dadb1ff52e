import type { ExpectedWait } from '@otklik/contract/realtime'
import type { Shown } from './shown.ts'

/** More dots than this would not fit beside the place. */
const mostDots = 4

/** The place in the queue, while there is one; or when the agent will be back with an answer. */
export const Waiting = ({ state, config, texts }: Shown) => {
  const { chat, position, wait, heardAt } = state
  if (chat?.state === 'active' && chat.snoozedUntil !== null)
    return (
      <div class="card">
        <h3>{texts.backBy(chat.snoozedUntil)}</h3>
      </div>
    )
  if (chat?.state !== 'queued') return null
  // Before the server has said anything of this very wait: what was true when the panel was opened.
  const { isOpen, isStaffed, opensAt } = config
  const said: ExpectedWait | null = position !== null || (isOpen && isStaffed) ? wait : isOpen ? { kind: 'nobody' } : { kind: 'closed', opensAt }
  const isLong = heardAt - Date.parse(chat.arrivedAt) > 2000 * Math.max(config.targetSeconds, 30)
  return (
    <div class="card">
      {position !== null && (
        <div class="steps">
          {Array.from({ length: Math.min(position - 1, mostDots) }, () => [<i />, <u />])}
          <i class="me">{texts.place(position)}</i>
        </div>
      )}
      <h3>{said ? texts.expected(said) : isLong ? texts.longer : texts.soon}</h3>
      <p>{texts.mayLeave}</p>
    </div>
  )
}

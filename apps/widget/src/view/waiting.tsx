import type { ExpectedWait } from '@otklik/contract/realtime'
import type { Shown } from './shown.ts'

/** More dots than this would not fit beside the place. */
const mostDots = 4

/** What may be said of the wait, one for the whole panel; `isLong`: the usual time is over, and nothing better is known. */
export const expectation = ({ state, config }: Pick<Shown, 'state' | 'config'>): { readonly wait: ExpectedWait | null; readonly isLong: boolean } => {
  const { chat, position, heardAt } = state
  const { isOpen, staffing, opensAt, targetSeconds } = config
  // Before the server has said anything of this very wait: what was true when the panel was opened.
  const wait: ExpectedWait | null =
    position !== null ? state.wait : !isOpen ? { kind: 'closed', opensAt } : staffing === 'available' ? state.wait : { kind: staffing }
  return { wait, isLong: !wait && chat !== null && heardAt - Date.parse(chat.queuedAt) > 2000 * Math.max(targetSeconds, 30) }
}

/** The place in the queue, while there is one; or when the agent will be back with an answer. */
export const Waiting = ({ state, config, texts }: Shown) => {
  const { chat, position } = state
  if (chat?.state === 'active' && chat.snoozedUntil !== null)
    return (
      <div class="card">
        <h3>{texts.backBy(chat.snoozedUntil)}</h3>
      </div>
    )
  if (chat?.state !== 'queued') return null
  const { wait, isLong } = expectation({ state, config })
  const isClosed = wait?.kind === 'closed'
  return (
    <div class="card">
      {position !== null && !isClosed && (
        <div class="steps">
          {Array.from({ length: Math.min(position - 1, mostDots) }, () => [<i />, <u />])}
          <i class="me">{texts.place(position)}</i>
        </div>
      )}
      <h3>{wait ? texts.expected(wait) : isLong ? texts.longer : texts.soon}</h3>
      {!isClosed && <p>{texts.mayLeave}</p>}
    </div>
  )
}

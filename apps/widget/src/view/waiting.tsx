import type { Shown } from './shown.ts'

/** More dots than this would not fit beside the place. */
const mostDots = 4

/** The place in the queue, while there is one. */
export const Waiting = ({ state, config, texts }: Shown) => {
  const { chat, position, wait, heardAt } = state
  if (chat?.state !== 'queued') return null
  const isLong = heardAt - Date.parse(chat.arrivedAt) > 2000 * Math.max(config.targetSeconds, 30)
  return (
    <div class="card">
      {position !== null && (
        <div class="steps">
          {Array.from({ length: Math.min(position - 1, mostDots) }, () => [<i />, <u />])}
          <i class="me">{texts.place(position)}</i>
        </div>
      )}
      <h3>{wait ? texts.expected(wait) : isLong ? texts.longer : texts.soon}</h3>
      <p>{texts.mayLeave}</p>
    </div>
  )
}

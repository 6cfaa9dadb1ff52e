/** One calm line above the composer: what stands in the way, or whether to end. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Problem } from '../chat.ts'
import type { Texts } from '../texts.ts'
import { Icon } from './icons.tsx'
import type { Shown } from './shown.ts'

export const Status = (shown: Shown) => {
  const { state, texts } = shown
  if (state.asksEnd) return <AskEnd {...shown} />
  const words = state.problem ? problemWords(texts, state.problem) : state.isOffline && state.outbox.length > 0 ? texts.offline : ''
  return (
    <div class={words === '' ? 'status' : 'status says'} role="status">
      {words !== '' && <Icon name={state.problem ? 'failed' : 'clock'} />}
      <span>{words}</span>
    </div>
  )
}

const problemWords = (texts: Texts, problem: Problem): string => (problem.kind === 'wait' ? texts.wait(problem.seconds) : texts[problem.kind])

const AskEnd = ({ state: { chat }, texts, engine }: Shown) => {
  const stay = useRef<HTMLButtonElement>(null)
  // With the question itself: a key that comes at once must find it.
  useLayoutEffect(() => stay.current?.focus(), [])
  if (!chat) return null
  const isQueued = chat.state === 'queued'
  return (
    <div class="status says ask" role="group" aria-label={texts.end}>
      <span class="grow">{texts.askEnd(isQueued)}</span>
      <button type="button" class="wbtn" ref={stay} onClick={engine.stay}>
        {texts.stay}
      </button>
      <button type="button" class="wbtn p" onClick={() => engine.end(chat.contactId)}>
        {texts.doEnd(isQueued)}
      </button>
    </div>
  )
}

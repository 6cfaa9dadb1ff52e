import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { isShut } from './closed.tsx'
import { Icon } from './icons.tsx'
import type { Shown } from './shown.ts'

/** The contract's limit of one message, characters. */
const messageLimit = 4000
/** With fewer left than this the counter is worth its place. */
const counterBelow = 400
const tallestPx = 132

/** The field: grows with its text, keeps its draft over a reload, sends by Enter. */
export const Composer = ({ state, config, texts, engine, session }: Shown) => {
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState(() => session.get('draft') ?? '')
  const left = messageLimit - draft.trim().length
  const isShown = state.problem?.kind !== 'blocked' && !isShut({ state, config })
  const canSend = draft.trim() !== '' && left >= 0

  useLayoutEffect(() => {
    const { current } = field
    if (!current) return
    current.style.height = 'auto'
    current.style.height = `${Math.min(tallestPx, current.scrollHeight)}px`
  }, [draft, isShown])

  const change = (text: string) => {
    setDraft(text)
    if (text === '') session.remove('draft')
    else session.set('draft', text)
  }
  const send = () => {
    if (!canSend) return
    engine.send(draft)
    change('')
    field.current?.focus()
  }

  if (!isShown) return null
  return (
    <form
      class="in-box"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        class="write"
        ref={field}
        rows={1}
        enterkeyhint="send"
        placeholder={texts.write}
        aria-label={texts.write}
        value={draft}
        onInput={({ currentTarget }) => {
          change(currentTarget.value)
          if (currentTarget.value !== '') engine.typing()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      {left < counterBelow && (
        <span class={left < 0 ? 'count bad' : 'count'} role="status">
          {texts.left(left)}
        </span>
      )}
      <button type="submit" class="send" title={texts.send} aria-label={texts.send} aria-disabled={!canSend}>
        <Icon name="send" />
      </button>
    </form>
  )
}

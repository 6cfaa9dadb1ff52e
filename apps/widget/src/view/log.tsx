/** The conversation, newest at the bottom, and what follows it: place in the queue, somebody typing, the rating. */
import type { VisitorMessage } from '@otklik/contract/web-chat'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { canEnd, lastOurs, unsent } from '../chat.ts'
import { clock, dayName, type Texts } from '../texts.ts'
import { Closed } from './closed.tsx'
import { Bubble, UnsentBubble } from './bubble.tsx'
import { Rating } from './rating.tsx'
import type { Shown } from './shown.ts'
import { Waiting } from './waiting.tsx'

/** Nearer to the bottom than this, the log follows new messages, pixels. */
const nearPx = 60

export const Log = (shown: Shown) => {
  const { state, config, texts } = shown
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const [isBehind, setBehind] = useState(false)
  const waiting = unsent(state)
  const written = useRef(waiting.length)
  const ours = lastOurs(state)
  const seen = useRef(ours)

  const toEnd = () => {
    follows.current = true
    if (box.current) box.current.scrollTop = box.current.scrollHeight
    setBehind(false)
  }
  useLayoutEffect(() => {
    // One's own words are always shown; others' do not pull away from what is being read.
    if (waiting.length > written.current || follows.current) toEnd()
    else if (ours > seen.current) setBehind(true)
    written.current = waiting.length
    seen.current = ours
  })
  useEffect(() => {
    const { current } = box
    if (!current) return
    const observer = new ResizeObserver(() => follows.current && toEnd()) // the keyboard of a phone comes and goes
    observer.observe(current)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    // The answer takes the question away, and the focus with it: it goes on to what was said, and from there to the rating.
    if (state.asksEnd || state.isEnding)
      return () => {
        const { current } = box
        if (document.activeElement === document.body || current?.matches(':focus')) (current?.querySelector('input') ?? current)?.focus()
      }
  }, [state.asksEnd, state.isEnding])

  return (
    <div class="body">
      <div
        class="log"
        ref={box}
        role="log"
        aria-live="polite"
        aria-label={texts.chatWith}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < nearPx
          if (follows.current) setBehind(false)
        }}
      >
        <div class="push" />
        {state.messages[0] && <p class="sys">{dayOf(texts, state.messages[0])}</p>}
        {config.greeting !== '' && <div class="m bot">{config.greeting}</div>}
        <Closed {...shown} />
        {state.messages.map((message, index) => (
          <Entry key={message.id} {...shown} message={message} before={state.messages[index - 1]} />
        ))}
        {waiting.map((item, index) => (
          <UnsentBubble key={item.id} {...shown} item={item} isRun={index > 0 || (canEnd(state) && state.messages.at(-1)?.author === 'customer')} />
        ))}
        <Ended {...shown} />
        {state.isTyping && (
          <div class="m in dots" role="img" aria-label={texts.typing}>
            <i />
            <i />
            <i />
          </div>
        )}
        <Waiting {...shown} />
        <Rating {...shown} />
      </div>
      {isBehind && (
        <button type="button" class="newest" onClick={toEnd}>
          {texts.toNewest}
        </button>
      )}
    </div>
  )
}

const dayOf = (texts: Texts, message: VisitorMessage): string => dayName(texts, new Date(message.at), new Date())

interface EntryProps extends Shown {
  readonly message: VisitorMessage
  readonly before: VisitorMessage | undefined
}

const endings = { endedBySilence: 'customerSilent', endedByAway: 'customerAway', endedByCustomer: 'customerEnded', endedByAgent: 'agentEnded', endedByBlock: 'blocked' } as const
const isEnding = (code: string): code is keyof typeof endings => code in endings

const Entry = (props: EntryProps) => {
  const { message, before, texts } = props
  const day = dayOf(texts, message)
  const [part] = message.parts
  return (
    <>
      {before && dayOf(texts, before) !== day && <p class="sys">{day}</p>}
      {part?.kind === 'notice' ? (
        <p class="sys">{isEnding(part.code) ? texts.ended(endings[part.code], clock(texts, new Date(message.at))) : texts.notice[part.code]}</p>
      ) : (
        <Bubble {...props} />
      )}
    </>
  )
}

/** The end that no message of the server tells: of a chat that nobody had answered. */
const Ended = ({ state, texts }: Shown) => {
  const { chat } = state
  if (chat?.state !== 'ended' || chat.endedAt === null) return null
  const isTold = state.messages.some(
    ({ contactId, parts: [part] }) => contactId === chat.contactId && part?.kind === 'notice' && isEnding(part.code),
  )
  return isTold ? null : <p class="sys">{texts.ended(chat.endReason, clock(texts, new Date(chat.endedAt)))}</p>
}

/** The messages of a conversation, newest at the bottom; reading further back does not lose the place. */
import { Button } from '@mantine/core'
import type { ContactView, MessageView } from '@otklik/contract/views'
import { useLayoutEffect, useRef, useState } from 'react'
import { MayRemoveFiles } from '../attachments/remove-file.tsx'
import { customerName, wordDuration } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { Message, OutgoingMessage } from '../parts/message.tsx'
import { Skeleton } from '../parts/states.tsx'
import { useTick } from '../parts/timer.tsx'
import { toastFailure } from '../parts/toast.ts'
import { formatDayTime, withCapital } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { pageClock } from '../parts/clock.ts'
import { useDesk, useDeskState } from './desk-context.tsx'
import type { Thread } from './thread.ts'

/** So near the end still counts as the end, pixels. */
const nearEnd = 48

const isSameSpeaker = (a: MessageView | undefined, b: MessageView) =>
  a !== undefined &&
    a.visibility === b.visibility &&
    a.author.kind === b.author.kind &&
    a.author.agentId === b.author.agentId

/** That the customer writes, and that an answer begun already may cross it; goes by itself when they stop. */
const Typing = ({ contact }: { contact: ContactView }) => {
  const { t } = useTexts()
  const { drafts } = useDesk()
  const words = useRef<HTMLSpanElement>(null)
  const until = useDeskState((state) => state.typingUntil.get(contact.id))
  const ref = useRef<HTMLParagraphElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.hidden = until === undefined || until <= now
    if (words.current) words.current.textContent = t(drafts.read(contact.id, 'reply') === '' ? 'conversation.typing' : 'conversation.typingCross')
  })
  return (
    <p ref={ref} className="typing" hidden>
      <i>
        <b />
        <b />
        <b />
      </i>
      <span ref={words} />
    </p>
  )
}

const Away = ({ since }: { since: string }) => {
  const { t } = useTexts()
  const ref = useRef<HTMLSpanElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = t('conversation.away', {
      time: wordDuration((now - Date.parse(since)) / 1000, t),
    })
  })
  return (
    <p className="away">
      <Icon name="wifiOff" size={14} />
      <span ref={ref} />
    </p>
  )
}

/** How a conversation began: when, and on which page. */
export const Beginning = ({ contact, timeZone }: {
  contact: Pick<ContactView, 'arrivedAt' | 'page'>
  timeZone: string
}) => {
  const { t, language } = useTexts()
  const when = withCapital(formatDayTime(contact.arrivedAt, pageClock.now(), language, timeZone))
  const page = contact.page?.title
  return <p className="system-line">{page ? t('conversation.opened', { when, page }) : t('conversation.openedPlain', { when })}</p>
}

/** Messages as they are, for a live conversation and for one of the past. */
export const Messages = ({ messages, customerReadNumber, timeZone, me }: {
  messages: readonly MessageView[]
  customerReadNumber: number
  timeZone: string
  me: string | undefined
}) => (
  <>
    {messages.map((message, index) => (
      <Message
        key={message.id}
        message={message}
        follows={isSameSpeaker(messages[index - 1], message)}
        read={message.number <= customerReadNumber}
        timeZone={timeZone}
        own={message.author.agentId === me}
      />
    ))}
  </>
)

/** What the customer says to it. */
export const Rated = ({ contact: { rating } }: { contact: ContactView }) => {
  const { t } = useTexts()
  if (!rating) return null
  const words = t('wrapUp.rated', { score: rating.score })
  return <p className="system-line">{rating.comment ? `${words}: ${t('common.quoted', { text: rating.comment })}` : words}</p>
}

export const MessageLog = ({ contact, thread }: { contact: ContactView; thread: Thread | undefined }) => {
  const { t } = useTexts()
  const { store } = useDesk()
  const me = useDeskState((state) => state.me)
  const outgoing = useDeskState((state) => state.outgoing)
  const own = outgoing.filter((message) => message.contactId === contact.id)
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef({ atEnd: true, height: 0, first: 0, own: 0 })
  const [below, setBelow] = useState(false)
  const [loading, setLoading] = useState(false)
  const timeZone = me?.timeZone ?? 'UTC'
  const messages = thread?.messages ?? []
  const first = messages[0]?.number ?? 0
  const waiting = thread === undefined && contact.lastMessageNumber > 0

  const toEnd = () => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }
  const count = messages.length + own.length
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const before = place.current
    // Whoever sends something wants to see it there.
    const atEnd = before.atEnd || own.length > before.own
    if (atEnd) {
      setBelow(false)
      toEnd()
    } else if (first < before.first) box.scrollTop += box.scrollHeight - before.height
    else if (count > 0) setBelow(true)
    place.current = { atEnd, height: box.scrollHeight, first, own: own.length }
  }, [count, first, own.length])
  // The box shrinks when the composer grows; whoever read the end goes on reading it.
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const watcher = new ResizeObserver(() => {
      if (place.current.atEnd) toEnd()
    })
    watcher.observe(box)
    // What is in it grows without a new message, too: a row becomes the picture that it stood for.
    if (box.firstElementChild) watcher.observe(box.firstElementChild)
    return () => watcher.disconnect()
  }, [])

  const older = async () => {
    setLoading(true)
    const outcome = await store.loadOlder(contact.id)
    setLoading(false)
    if (!outcome.ok) toastFailure(t(`errors.${outcome.failure}`))
  }

  return (
    <div className="log-frame">
      <div
        ref={scroller}
        className="log"
        role="log"
        aria-label={`${t('conversation.log')}: ${customerName(contact.customer, t)}`}
        tabIndex={0}
        onScroll={({ currentTarget: box }) => {
          const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd
          place.current.atEnd = atEnd
          if (atEnd) setBelow(false)
        }}
      >
        <div className="log-words">
          {waiting ? (
            <Skeleton rows={4} height={56} />
          ) : thread && !thread.reachesStart && first > 1 ? (
            <Button variant="subtle" className="older" loading={loading} onClick={() => void older()}>
              {t('conversation.older')}
            </Button>
          ) : (
            <Beginning contact={contact} timeZone={timeZone} />
          )}
          <MayRemoveFiles value={contact.agentId === me?.id || me?.role === 'supervisor'}>
            <Messages
              messages={messages}
              customerReadNumber={contact.customerReadNumber}
              timeZone={timeZone}
              me={me?.id}
            />
          </MayRemoveFiles>
          {own.map((message) => (
            <OutgoingMessage
              key={message.id}
              message={message}
              uploads={store.uploads}
              timeZone={timeZone}
              onAgain={() => store.sendAgain(message.id)}
              onDiscard={() => store.discard(message.id)}
            />
          ))}
          <Rated contact={contact} />
          <Typing contact={contact} />
          {contact.awaySince && contact.state === 'active' && <Away since={contact.awaySince} />}
        </div>
      </div>
      {below && (
        <Button
          className="to-end"
          onClick={() => {
            setBelow(false)
            toEnd()
          }}
          rightSection={<Icon name="down" size={14} />}
        >
          {t('conversation.newBelow')}
        </Button>
      )}
    </div>
  )
}

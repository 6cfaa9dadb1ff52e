import { Button } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import type { ContactId } from '@otklik/model/ids'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Drafts } from '../desk/drafts.ts'
import { keyShortcut } from '../keys.ts'
import { useTexts } from '../texts/texts.ts'
import { Hint } from './hint.tsx'
import { Icon } from './icons.tsx'
import { isMac, KeyCap } from './key-cap.tsx'
import { useKeys } from './use-keys.ts'

type Mode = 'reply' | 'note'
const modes: readonly Mode[] = ['reply', 'note']

/** A finger on glass: the keyboard must not jump up by itself. */
export const isTouch = () => matchMedia('(pointer: coarse)').matches

/** A second Enter within this is the first one's echo, milliseconds. */
const twiceMs = 600

interface ComposerProps {
  readonly contactId: ContactId
  readonly drafts: Drafts
  readonly onSend: (visibility: 'public' | 'note', text: string) => void
  readonly onTyping: () => void
  readonly onEnd: () => void
}

/**
 * Where the agent writes: a reply to the customer or a note for our side. Each keeps its own draft, and it stays with what
 * was chosen: the second note of two must not go to the customer.
 */
export const Composer = ({ contactId, drafts, onSend, onTyping, onEnd }: ComposerProps) => {
  const { t } = useTexts()
  const [mode, setMode] = useState<Mode>(() => (drafts.read(contactId, 'mode') === 'note' ? 'note' : 'reply'))
  const [text, setText] = useState(() => drafts.read(contactId, mode))
  const field = useRef<HTMLTextAreaElement>(null)
  const sentAt = useRef(-Infinity)
  const excess = text.trim().length - messageLimit

  useLayoutEffect(() => {
    if (!isTouch()) field.current?.focus()
  }, [])
  // Grows with its text, up to what the style allows.
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text])

  const change = (next: string) => {
    if (text === '' && next.trim() === '') return // nothing to begin with: neither a space nor an empty line
    setText(next)
    drafts.write(contactId, mode, next)
    if (mode === 'reply' && next.trim() !== '') onTyping()
  }
  const choose = (next: Mode) => {
    setMode(next)
    drafts.write(contactId, 'mode', next === 'reply' ? '' : next)
    setText(drafts.read(contactId, next))
    field.current?.focus()
  }
  const send = () => {
    const words = text.trim()
    if (words === '' || excess > 0) return
    change('')
    onSend(mode === 'note' ? 'note' : 'public', words)
    field.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' ||
      event.shiftKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.nativeEvent.isComposing) return
    if (text.trim() === '') {
      if (text !== '') change('')
      // An empty box has nothing to send; Enter may accept an offer. But not the second of two quick ones.
      if (event.timeStamp - sentAt.current < twiceMs) event.preventDefault()
      return
    }
    event.preventDefault()
    sentAt.current = event.timeStamp
    send()
  }
  useKeys({ reply: () => choose('reply'), note: () => choose('note') })

  return (
    <div className="composer" data-mode={mode}>
      <textarea
        ref={field}
        rows={1}
        value={text}
        placeholder={t(mode === 'reply' ? 'composer.replyHint' : 'composer.noteHint')}
        aria-label={t(mode === 'reply' ? 'composer.replyHint' : 'composer.noteHint')}
        aria-invalid={excess > 0}
        enterKeyHint="send"
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={press}
      />
      {excess > 0 && (
        <p className="too-long" role="alert">
          {t('composer.tooLong', { count: excess })}
        </p>
      )}
      <div className="composer-tools">
        <span className="segments" role="group" aria-label={t('composer.mode')}>
          {modes.map((each) => (
            <Hint key={each} text={t(`composer.${each}Hint`)} action={each}>
              <button
                type="button"
                aria-pressed={mode === each}
                aria-keyshortcuts={keyShortcut(each, isMac)}
                onClick={() => choose(each)}
              >
                {t(`composer.${each}`)}
              </button>
            </Hint>
          ))}
        </span>
        <span className="grow" />
        <Button
          variant="subtle"
          onClick={onEnd}
          aria-keyshortcuts={keyShortcut('end', isMac)}
          rightSection={<KeyCap action="end" />}
        >
          {t('conversation.end')}
        </Button>
        <Button
          variant="filled"
          className="send"
          disabled={text.trim() === '' || excess > 0}
          onClick={send}
          rightSection={<KeyCap action="send" />}
        >
          <span className="no-phone">{t(mode === 'note' ? 'composer.saveNote' : 'composer.send')}</span>
          <span className="only-phone">
            <Icon name="send" />
            <span className="hidden-text">{t(mode === 'note' ? 'composer.saveNote' : 'composer.send')}</span>
          </span>
        </Button>
      </div>
    </div>
  )
}

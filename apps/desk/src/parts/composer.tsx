import { Button } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { AttachmentChips } from '../attachments/attachment-chips.tsx'
import { AttachButton, DropArea, useAttachments } from '../attachments/use-attachments.tsx'
import type { Uploads } from '../attachments/uploads.ts'
import type { Drafts } from '../desk/drafts.ts'
import { keyShortcut } from '../keys.ts'
import { findTemplates, insertTemplate, insertWords, joinWords } from '../templates/fill.ts'
import { TemplateMenu, useMenuId } from '../templates/template-menu.tsx'
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
  readonly uploads: Uploads
  /** @param macro closes the contact with its outcome once the words are sent */
  readonly onSend: (visibility: 'public' | 'note', text: string, macro: DeskTemplate['macro']) => void
  readonly templates: readonly DeskTemplate[]
  /** A template's words for this customer, filled in. */
  readonly wordsOf: (template: DeskTemplate) => string
  readonly onTemplate: (template: DeskTemplate) => void
  readonly onTyping: () => void
  readonly onEnd: () => void
}

/**
 * Where the agent writes: a reply to the customer or a note for our side. Each keeps its own draft, and it stays with what
 * was chosen: the second note of two must not go to the customer.
 */
export const Composer = ({ contactId, drafts, uploads, templates, wordsOf, onTemplate, onSend, onTyping, onEnd }: ComposerProps) => {
  const { t } = useTexts()
  const [mode, setMode] = useState<Mode>(() => (drafts.read(contactId, 'mode') === 'note' ? 'note' : 'reply'))
  const [text, setText] = useState(() => drafts.read(contactId, mode))
  const field = useRef<HTMLTextAreaElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const files = useAttachments(uploads, contactId, mode)
  const sentAt = useRef(-Infinity)
  const [macro, setMacro] = useState<DeskTemplate['macro']>(null)
  const [chosen, setChosen] = useState(0)
  const [isShut, setShut] = useState(false)
  const menuId = useMenuId()
  // `/` at the beginning of a reply looks for a template.
  const found = mode === 'reply' && !isShut && /^\/[^\n]*$/.test(text) ? findTemplates(templates, text.slice(1)) : null
  const excess = text.trim().length - messageLimit

  useLayoutEffect(() => {
    const area = field.current
    if (!area || isTouch()) return
    area.focus()
    // A draft is gone on with: a field that comes up filled has its cursor before the first letter.
    area.setSelectionRange(area.value.length, area.value.length)
  }, [])
  // Written on another screen meanwhile.
  useEffect(() => drafts.onTaken((of) => (of === contactId ? setText(drafts.read(contactId, mode)) : undefined)), [drafts, contactId, mode])
  const cursorThen = useRef<number | null>(null)
  // Grows with its text, up to what the style allows.
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    if (cursorThen.current !== null) area.setSelectionRange(cursorThen.current, cursorThen.current)
    cursorThen.current = null
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text])

  const change = (next: string) => {
    if (text === '' && next.trim() === '') return // nothing to begin with: neither a space nor an empty line
    setText(next)
    setChosen(0)
    if (next === '') {
      setShut(false)
      setMacro(null)
    }
    drafts.write(contactId, mode, next)
    if (mode === 'reply' && next.trim() !== '') onTyping()
  }
  const choose = (next: Mode) => {
    setMode(next)
    drafts.write(contactId, 'mode', next === 'reply' ? '' : next)
    setText(drafts.read(contactId, next))
    field.current?.focus()
  }
  const canSend = (text.trim() !== '' || files.list.length > 0) && files.isSound && excess <= 0
  const addFiles = (added: readonly File[]) => {
    files.add(added)
    field.current?.focus()
  }
  const send = () => {
    const words = text.trim()
    if (!canSend) return
    change('')
    onSend(mode === 'note' ? 'note' : 'public', words, mode === 'note' ? null : macro)
    field.current?.focus()
  }
  const insert = (template: DeskTemplate) => {
    const words = wordsOf(template)
    setMode('reply') // it is for the customer, whatever was being written
    drafts.write(contactId, 'mode', '')
    setText(words)
    drafts.write(contactId, 'reply', words)
    setMacro(template.macro)
    onTemplate(template)
    field.current?.focus()
  }
  /** Words for the customer, beside those that are written already. */
  const join = (words: string) => {
    const before = mode === 'reply' ? text : drafts.read(contactId, 'reply')
    const joined = joinWords(before, mode === 'reply' ? (field.current?.selectionEnd ?? before.length) : before.length, words)
    setMode('reply')
    drafts.write(contactId, 'mode', '')
    setText(joined.text)
    drafts.write(contactId, 'reply', joined.text)
    cursorThen.current = joined.cursor
    field.current?.focus()
  }
  const latest = useRef({ insert, join })
  useEffect(() => {
    latest.current = { insert, join }
  })
  useEffect(() => {
    const takeTemplate = (event: Event) => latest.current.insert((event as CustomEvent<DeskTemplate>).detail)
    const takeWords = (event: Event) => {
      event.preventDefault()
      latest.current.join((event as CustomEvent<string>).detail)
    }
    addEventListener(insertTemplate, takeTemplate)
    addEventListener(insertWords, takeWords)
    return () => {
      removeEventListener(insertTemplate, takeTemplate)
      removeEventListener(insertWords, takeWords)
    }
  }, [])
  /** Whether the press was meant for the open list of templates. */
  const pressInMenu = (event: KeyboardEvent): boolean => {
    if (found === null || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setChosen(Math.min(found.length - 1, Math.max(0, chosen + (event.key === 'ArrowDown' ? 1 : -1))))
      return true
    }
    if (event.key === 'Escape') {
      setShut(true)
      return true
    }
    const template = found[chosen]
    if (!template || (event.key !== 'Enter' && event.key !== 'Tab') || event.shiftKey) return false
    insert(template)
    return true
  }
  const press = (event: KeyboardEvent) => {
    if (pressInMenu(event)) return event.preventDefault()
    if (event.key !== 'Enter' ||
      event.shiftKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.nativeEvent.isComposing) return
    if (text.trim() === '' && files.list.length === 0) {
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
    <div ref={box} className="composer" data-mode={mode}>
      <DropArea within={box} onFiles={addFiles} />
      <AttachmentChips uploads={uploads} contactId={contactId} mode={mode} list={files.list} onLeave={() => field.current?.focus()} />
      {found !== null && <TemplateMenu id={menuId} items={found} areThereAny={templates.length > 0} index={chosen} wordsOf={wordsOf} onChoose={insert} />}
      <textarea
        ref={field}
        rows={1}
        value={text}
        placeholder={t(mode === 'reply' ? 'composer.replyPlaceholder' : 'composer.noteHint')}
        aria-label={t(mode === 'reply' ? 'composer.replyHint' : 'composer.noteHint')}
        aria-invalid={excess > 0}
        {...(found === null ? {} : { 'aria-controls': menuId, 'aria-activedescendant': `${menuId}-${chosen}` })}
        enterKeyHint="send"
        {...(files.list.length > 0 ? { 'data-takes-enter': '' } : {})}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={press}
        onPaste={files.onPaste}
      />
      {excess > 0 && (
        <p className="too-long" role="alert">
          {t('composer.tooLong', { count: excess })}
        </p>
      )}
      {macro && mode === 'reply' && (
        <p className="composer-macro">
          <Icon name="check" size={14} />
          <span className="grow">{t('templates.willClose', { name: macro.dispositionName })}</span>
          <button type="button" onClick={() => setMacro(null)}>
            {t('templates.willStay')}
          </button>
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
        <AttachButton onFiles={addFiles} />
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
          disabled={!canSend}
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

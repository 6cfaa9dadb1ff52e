import { Button } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { AttachmentChips } from '../attachments/attachment-chips.tsx'
import { AttachButton, DropArea, useAttachments } from '../attachments/use-attachments.tsx'
import type { Uploads } from '../attachments/uploads.ts'
import type { Drafts } from '../desk/drafts.ts'
import { keyShortcut } from '../keys.ts'
import { askedBySlash, findTemplates, hasBoth, insertTemplate, insertWords, type Span } from '../templates/fill.ts'
import { readMacro, writeMacro } from '../templates/kept-macro.ts'
import { TemplateMenu, useMenuId, type KnownTemplates } from '../templates/template-menu.tsx'
import { useTexts } from '../texts/texts.ts'
import { Hint } from './hint.tsx'
import { Icon } from './icons.tsx'
import { isMac, KeyCap } from './key-cap.tsx'
import { typeWords } from './type-words.ts'
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
  readonly templates: KnownTemplates
  /** A template's words for this customer, filled in; or, where it has both, in the other language. */
  readonly wordsOf: (template: DeskTemplate, isOther?: boolean) => string
  readonly onTemplate: (template: DeskTemplate) => void
  /** Asked before a macro closes the contact: false keeps all as it is. */
  readonly mayClose: () => boolean
  readonly onTyping: () => void
  readonly onEnd: () => void
}

/**
 * Where the agent writes: a reply to the customer or a note for our side. Each keeps its own draft, and it stays with what
 * was chosen: the second note of two must not go to the customer.
 */
export const Composer = ({ contactId, drafts, uploads, templates, wordsOf, onTemplate, onSend, mayClose, onTyping, onEnd }: ComposerProps) => {
  const { t } = useTexts()
  const [mode, setMode] = useState<Mode>(() => (drafts.read(contactId, 'mode') === 'note' ? 'note' : 'reply'))
  const [text, setText] = useState(() => drafts.read(contactId, mode))
  const field = useRef<HTMLTextAreaElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const files = useAttachments(uploads, contactId, mode)
  const sentAt = useRef(-Infinity)
  const [macro, setMacro] = useState<DeskTemplate['macro']>(() => readMacro(drafts, contactId))
  const [cursor, setCursor] = useState(text.length)
  const [chosen, setChosen] = useState(0)
  /** Where the slash stands whose list was put away. */
  const [shutAt, setShutAt] = useState<number | null>(null)
  const menuId = useMenuId()
  const asked = askedBySlash(text, cursor)
  const fitting = asked === null || asked.from === shutAt ? null : findTemplates(typeof templates === 'string' ? [] : templates, asked.letters)
  // Within an answer a slash may be a slash: a list that has nothing to offer is not in the way there.
  const found = fitting?.length === 0 && asked?.from !== 0 ? null : fitting
  const excess = text.trim().length - messageLimit

  useLayoutEffect(() => {
    const area = field.current
    if (!area || isTouch()) return
    area.focus()
    // A draft is gone on with: a field that comes up filled has its cursor before the first letter.
    area.setSelectionRange(area.value.length, area.value.length)
  }, [])
  // Written on another screen meanwhile.
  useEffect(() => drafts.onTaken((of) => {
    if (of !== contactId) return
    setText(drafts.read(contactId, mode))
    setMacro(readMacro(drafts, contactId))
  }), [drafts, contactId, mode])
  // Grows with its text, up to what the style allows.
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text])

  const keepMacro = (next: DeskTemplate['macro']) => {
    setMacro(next)
    writeMacro(drafts, contactId, next)
  }
  const change = (next: string, at = next.length) => {
    if (text === '' && next.trim() === '') return // nothing to begin with: neither a space nor an empty line
    setText(next)
    setCursor(at)
    setChosen(0)
    if (askedBySlash(next, at)?.from !== shutAt) setShutAt(null)
    if (next === '' && mode === 'reply') keepMacro(null)
    drafts.write(contactId, mode, next)
    if (mode === 'reply' && next.trim() !== '') onTyping()
  }
  const choose = (next: Mode) => {
    setMode(next)
    drafts.write(contactId, 'mode', next === 'reply' ? '' : next)
    const words = drafts.read(contactId, next)
    setText(words)
    setCursor(words.length)
    field.current?.focus()
  }
  const canSend = (text.trim() !== '' || files.isAny) && excess <= 0
  const addFiles = (added: readonly File[]) => {
    files.add(added)
    field.current?.focus()
  }
  const send = () => {
    const words = text.trim()
    if (!canSend || (macro !== null && mode === 'reply' && !mayClose())) return
    change('')
    files.leaveOut()
    onSend(mode === 'note' ? 'note' : 'public', words, mode === 'note' ? null : macro)
    field.current?.focus()
  }
  /** At the cursor, or in the place of what asked for it. A note takes a template's words, and nothing that closes. */
  const insert = (template: DeskTemplate, at?: Span, isOther = false) => {
    if (!field.current) return
    typeWords(field.current, wordsOf(template, isOther), at)
    if (mode === 'reply' && template.macro) keepMacro(template.macro)
    onTemplate(template)
  }
  const insertAsked = (template: DeskTemplate, isOther?: boolean) => insert(template, asked ?? undefined, isOther)
  /** From beside: it is for the customer, whatever was being written. */
  const insertIntoReply = (write: (composer: typeof latest.current) => void) => {
    if (mode !== 'reply') flushSync(() => choose('reply'))
    write(latest.current)
  }
  const join = (words: string) => field.current && typeWords(field.current, words)
  const latest = useRef({ insert, join, insertIntoReply })
  useLayoutEffect(() => {
    latest.current = { insert, join, insertIntoReply }
  })
  useEffect(() => {
    const takeTemplate = (event: Event) => latest.current.insertIntoReply((now) => now.insert((event as CustomEvent<DeskTemplate>).detail))
    const takeWords = (event: Event) => {
      event.preventDefault()
      latest.current.insertIntoReply((now) => now.join((event as CustomEvent<string>).detail))
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
      setShutAt(asked?.from ?? null)
      return true
    }
    const template = found[chosen]
    // With nothing to choose from, what was meant for the list is not sent to the customer instead.
    if (!template) return event.key === 'Enter' && !event.shiftKey
    if (event.key !== 'Enter' && (event.key !== 'Tab' || event.shiftKey)) return false
    insertAsked(template, event.shiftKey && hasBoth(template))
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
    if (text.trim() === '' && !files.isAny) {
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
      {found !== null && <TemplateMenu id={menuId} items={found} known={templates} index={chosen} contactId={contactId} wordsOf={wordsOf} onChoose={insertAsked} />}
      <textarea
        ref={field}
        rows={1}
        value={text}
        placeholder={t(mode === 'reply' ? 'composer.replyPlaceholder' : 'composer.noteHint')}
        aria-label={t(mode === 'reply' ? 'composer.replyHint' : 'composer.noteHint')}
        aria-invalid={excess > 0}
        {...(found === null ? {} : { 'aria-controls': menuId, 'aria-activedescendant': `${menuId}-${chosen}` })}
        enterKeyHint="send"
        {...(files.isAny ? { 'data-takes-enter': '' } : {})}
        onChange={(event) => change(event.currentTarget.value, event.currentTarget.selectionStart)}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
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
          <button type="button" onClick={() => keepMacro(null)}>
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

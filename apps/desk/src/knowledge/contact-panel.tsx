/** What stands beside a conversation: the customer, and the knowledge. */
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { keyShortcut } from '../keys.ts'
import { isTouch } from '../parts/composer.tsx'
import { CustomerPanel } from '../parts/customer-panel.tsx'
import { Hint } from '../parts/hint.tsx'
import { Icon } from '../parts/icons.tsx'
import { isMac, KeyCap } from '../parts/key-cap.tsx'
import { Skeleton } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.ts'
import type { KnowledgeAddress } from './address.ts'
import type { ListKeys, ShownList } from './article-list.tsx'

const Knowledge = lazy(() => import('./knowledge.tsx').then((module) => ({ default: module.Knowledge })))

const searchId = 'knowledge-search'
const hitsId = 'knowledge-hits'

/** Puts the fingers into the search at once: it stands there, seen or not, so that no letter is lost on the way. */
export const focusKnowledge = (): boolean => {
  const field = document.getElementById(searchId)
  if (!(field instanceof HTMLInputElement)) return false
  field.focus({ preventScroll: true })
  field.select()
  return true
}

/** Back to where the agent writes. False: that is nowhere now. */
const focusComposer = (): boolean => {
  const field = document.querySelector<HTMLElement>('.composer textarea, .wrap-up input')
  field?.focus()
  return field !== null
}

/** Puts the fingers on the first thing of the card that stands beside the conversation; from within it, back to where the agent writes. */
export const focusCard = ({ isOpen, close }: KnowledgeAddress): boolean => {
  const panel = document.querySelector<HTMLElement>('.beside-talk')
  if (!panel) return false
  if (!isOpen && panel.contains(document.activeElement)) return focusComposer()
  const first = (isOpen ? null : panel.querySelector<HTMLElement>('.panel-inner button')) ?? panel.querySelector<HTMLElement>('.panel-head button')
  first?.focus()
  if (isOpen) close()
  return true
}

interface ContactPanelProps {
  readonly contact: ContactView
  readonly opened: ContactId | null
  readonly timeZone: string
  readonly address: KnowledgeAddress
  /** It covers the conversation: who has taken something from it is to see where it went. */
  readonly covers: boolean
}

export const ContactPanel = ({ contact, opened, timeZone, address, covers }: ContactPanelProps) => {
  const { t } = useTexts()
  const [text, setText] = useState('')
  const [shown, setShown] = useState<ShownList | null>(null)
  /** What the list of hits does with the arrows and Enter; null: it is not there. */
  const list = useRef<ListKeys | null>(null)
  const { isOpen, articleId } = address
  useEffect(() => {
    if (!isOpen) return undefined
    return () => {
      // Left by Back: nobody types into a field that is not shown any more.
      if (document.activeElement?.id === searchId) focusComposer()
    }
  }, [isOpen])
  return (
    <div
      className="beside-talk"
      onKeyDown={(event) => {
        // What a dialog of the card is told is not meant for the card.
        if (event.key !== 'Escape' || event.defaultPrevented || covers || !event.currentTarget.contains(event.target as Node)) return
        if (focusComposer()) event.preventDefault()
      }}
    >
      <div className="panel-head">
        <span className="segments" role="group" aria-label={t('knowledge.beside')}>
          <button type="button" aria-pressed={!isOpen} onClick={() => isOpen && (covers ? address.toCard() : address.close())}>
            {t('knowledge.customer')}
          </button>
          <Hint text={t('knowledge.open')} action="knowledge">
            <button type="button" aria-pressed={isOpen} aria-keyshortcuts={keyShortcut('knowledge', isMac)} onClick={() => !isOpen && address.open()}>
              {t('knowledge.title')}
            </button>
          </Hint>
        </span>
        <div className="find-box" data-shown={isOpen} role="search">
          <Icon name="search" />
          <input
            id={searchId}
            type="search"
            role="combobox"
            aria-label={t('knowledge.search')}
            aria-expanded={shown !== null}
            {...(shown === null ? {} : { 'aria-controls': hitsId, 'aria-activedescendant': shown.chosenId })}
            aria-autocomplete="list"
            {...(isOpen ? {} : { tabIndex: -1 })}
            {...(isOpen && articleId === null && !isTouch() ? { 'data-autofocus': true } : {})}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            value={text}
            placeholder={t('knowledge.placeholder')}
            onFocus={() => {
              if (!isOpen) address.open()
            }}
            onChange={(event) => {
              setText(event.currentTarget.value)
              if (articleId !== null) address.toList()
            }}
            onKeyDown={(event) => {
              if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp' && event.key !== 'Enter') return
              // Also with nothing in the field: Enter here is never meant for an offer.
              event.preventDefault()
              if (articleId !== null) address.toList()
              else if (event.key === 'Enter') list.current?.take()
              else list.current?.move(event.key === 'ArrowDown' ? 1 : -1)
            }}
          />
          <span className="no-phone"><KeyCap action="knowledge" /></span>
        </div>
      </div>
      {isOpen ? (
        <Suspense fallback={<Skeleton rows={4} height={64} />}>
          <Knowledge contact={contact} text={text} listId={hitsId} address={address} list={list} onShown={setShown} timeZone={timeZone} onInserted={() => covers && address.close()} />
        </Suspense>
      ) : (
        <CustomerPanel contact={contact} opened={opened} timeZone={timeZone} />
      )}
    </div>
  )
}

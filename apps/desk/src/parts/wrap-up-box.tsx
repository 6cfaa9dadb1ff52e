import { Button } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import type { ContactView } from '@otklik/contract/views'
import type { DispositionId } from '@otklik/model/ids'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Drafts } from '../desk/drafts.ts'
import { keyShortcut } from '../keys.ts'
import { formatClock } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { pageClock } from './clock.ts'
import { isTouch } from './composer.tsx'
import { Hint } from './hint.tsx'
import { isMac, KeyCap } from './key-cap.tsx'
import { OptionList, type MarkedOption } from './option-list.tsx'
import { StateDot } from './state-dot.tsx'
import { Elapsed, SpanBar } from './timer.tsx'
import { useKeys } from './use-keys.ts'

export interface WrapUpOutcome {
  readonly dispositionId: DispositionId
  readonly resolved: boolean
  readonly note: string
}

interface Draft {
  readonly dispositionId: DispositionId | null
  /** Null: nobody has said. */
  readonly resolved: boolean | null
  readonly note: string
}
const emptyDraft: Draft = { dispositionId: null, resolved: true, note: '' }

/** So long before the limit the desk itself closes with the outcome that was chosen; the server would close without. */
const beforeLimitMs = 1500

interface WrapUpBoxProps {
  readonly contact: ContactView
  readonly dispositions: readonly { readonly id: DispositionId; readonly name: string }[]
  readonly drafts: Drafts
  /** `byItself`: the limit was over, nobody pressed anything. */
  readonly onFinish: (outcome: WrapUpOutcome, byItself: boolean) => void
  /** The conversation runs again and waits for the agent, who turns to it by this; null: it does not. */
  readonly onReply: (() => void) | null
}

/** Of a customer who was blocked nothing is taken for granted. */
const readDraftOf = (drafts: Drafts, { id, customer }: Pick<ContactView, 'id' | 'customer'>): Draft => {
  const kept = drafts.read(id, 'wrapUp')
  return kept === '' ? { ...emptyDraft, resolved: customer.blocked ? null : true } : (JSON.parse(kept) as Draft)
}

/** How it ended: an outcome by two letters, whether it is resolved, a note. Takes the composer's place. */
export const WrapUpBox = ({ contact, dispositions, drafts, onFinish, onReply }: WrapUpBoxProps) => {
  const { t } = useTexts()
  const [draft, setDraft] = useState(() => readDraftOf(drafts, contact))
  /** What stood in the way of finishing: no outcome is chosen, or the letters fit more than one. */
  const [needed, setNeeded] = useState<'outcome' | 'choice' | null>(null)
  const marked = useRef<MarkedOption<WrapUpBoxProps['dispositions'][number]> | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const note = useRef<HTMLTextAreaElement>(null)
  const resolvedField = useRef<HTMLInputElement>(null)
  const { wrapUp } = contact
  const latest = useRef(contact)
  useEffect(() => {
    latest.current = contact
  })
  useEffect(() => drafts.onTaken((of) => (of === contact.id ? setDraft(readDraftOf(drafts, latest.current)) : undefined)), [drafts, contact.id])
  const chosen = dispositions.find((disposition) => disposition.id === draft.dispositionId) ?? null

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    setNeeded(null)
    drafts.write(contact.id, 'wrapUp', JSON.stringify(next))
  }
  const reply = useRef<HTMLButtonElement>(null)
  const finish = (byItself = false) => {
    if (onReply) return reply.current?.focus()
    const dispositionId = chosen?.id ?? (marked.current?.isSure ? marked.current.item.id : null)
    if (dispositionId === null) {
      setNeeded(marked.current ? 'choice' : 'outcome')
      field.current?.focus()
      return
    }
    if (draft.resolved === null && !byItself) return resolvedField.current?.focus()
    // What time closes without a word is not called resolved.
    onFinish({ dispositionId, resolved: draft.resolved ?? false, note: draft.note.trim() }, byItself)
  }
  useKeys({ done: () => finish(), resolved: () => change({ resolved: !draft.resolved }) })

  // The outcomes may be known later than the box stands there; whoever writes the note by then goes on with it.
  const areKnown = dispositions.length > 0
  useLayoutEffect(() => {
    if (!isTouch() && document.activeElement !== note.current) field.current?.focus()
  }, [areKnown])

  const finishLatest = useRef(finish)
  useEffect(() => {
    finishLatest.current = finish
  })
  const until = wrapUp?.until
  const hasChosen = chosen !== null
  useEffect(() => {
    if (!hasChosen || until === undefined) return
    const timer = setTimeout(
      () => finishLatest.current(true),
      Math.max(0, Date.parse(until) - pageClock.now() - beforeLimitMs),
    )
    return () => clearTimeout(timer)
  }, [hasChosen, until])

  return (
    <section className="wrap-up" aria-label={t('wrapUp.title')}>
      <header>
        <StateDot state="wrapUp" />
        <span className="nowrap">{t('wrapUp.title')}</span>
        {wrapUp && (
          <>
            <Elapsed since={wrapUp.startedAt} />
            <SpanBar from={wrapUp.startedAt} until={wrapUp.until} shows="gone" />
            <span className="limit cut">
              {t(hasChosen ? 'wrapUp.limitWith' : 'wrapUp.limitWithout', {
                time: formatClock((Date.parse(wrapUp.until) - Date.parse(wrapUp.startedAt)) / 1000),
              })}
            </span>
          </>
        )}
      </header>
      {onReply && (
        <div className="wrap-up-again" role="alert">
          <p>{t('wrapUp.again')}</p>
          <Button
            ref={reply}
            variant="filled"
            onClick={onReply}
            aria-keyshortcuts={keyShortcut('reply', isMac)}
            rightSection={<KeyCap action="reply" withAlt />}
          >
            {t('wrapUp.toReply')}
          </Button>
        </div>
      )}
      <div className="wrap-up-body">
        <span className="label">{t('wrapUp.disposition')}</span>
        <div>
          {dispositions.length === 0 ? (
            <p className="t3">{t('wrapUp.noDispositions')}</p>
          ) : (
            <OptionList
              items={dispositions}
              idOf={(item) => item.id}
              nameOf={(item) => item.name}
              aside={() => <kbd className="key on-selected">Enter</kbd>}
              label={t('wrapUp.disposition')}
              placeholder=""
              hint={t('wrapUp.hint')}
              chosen={chosen}
              onChoose={(item) => change({ dispositionId: item?.id ?? null })}
              onDone={() => note.current?.focus()}
              onMark={(item) => {
                marked.current = item
                setNeeded(null)
              }}
              invalid={needed !== null}
              fieldRef={field}
            />
          )}
          {needed && (
            <p className="field-error" role="alert">
              {t(needed === 'choice' ? 'common.severalFit' : 'wrapUp.needed')}
            </p>
          )}
        </div>
        <label className="label" htmlFor={`note-${contact.id}`}>
          {t('wrapUp.note')}
        </label>
        <textarea
          ref={note}
          id={`note-${contact.id}`}
          className="wrap-up-note"
          rows={2}
          maxLength={messageLimit}
          value={draft.note}
          placeholder={t('wrapUp.noteHint')}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <span className="label" id={`resolved-${contact.id}`}>
          {t('wrapUp.resolved')}
        </span>
        <div className="wrap-up-last">
          <Hint text={t('keys.resolved')} action="resolved">
            <span role="radiogroup" aria-labelledby={`resolved-${contact.id}`} className="radios">
              {[true, false].map((resolved) => (
                <label key={String(resolved)} className="radio">
                  <input
                    type="radio"
                    ref={resolved ? resolvedField : null}
                    name={`resolved-${contact.id}`}
                    checked={draft.resolved === resolved}
                    onChange={() => change({ resolved })}
                  />
                  {t(resolved ? 'wrapUp.yes' : 'wrapUp.no')}
                </label>
              ))}
            </span>
          </Hint>
          <span className="grow" />
          <Button
            variant="filled"
            disabled={onReply !== null}
            onClick={() => finish()}
            aria-keyshortcuts={keyShortcut('done', isMac)}
            rightSection={<KeyCap action="done" />}
          >
            {t('wrapUp.done')}
          </Button>
        </div>
      </div>
    </section>
  )
}

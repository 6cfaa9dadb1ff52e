/** Putting a contact off: until when, and why. */
import { Button, Modal, Textarea } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import { snoozeDays } from '@otklik/contract/work'
import { useRef, useState } from 'react'
import { pageClock } from '../parts/clock.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { OptionList, type MarkedOption } from '../parts/option-list.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { formatDayTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { useDeskState } from './desk-context.tsx'
import { dayAt, readLocal, writeLocal } from './snooze-times.ts'

const minute = 60_000
const kinds = ['minutes15', 'hour1', 'hours3', 'today', 'tomorrow', 'word', 'custom'] as const
type Kind = (typeof kinds)[number]

/** @param until epoch milliseconds; null: until the customer writes */
type OnSnooze = (until: number | null, note: string) => void

const SnoozeForm = ({ onSnooze }: { onSnooze: OnSnooze }) => {
  const { t, language } = useTexts()
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const [now] = useState(() => pageClock.now())
  const [chosen, setChosen] = useState<Kind | null>(null)
  const [local, setLocal] = useState(() => writeLocal(now + 60 * minute, timeZone))
  const [note, setNote] = useState('')
  const [bad, setBad] = useState(false)
  const [needed, setNeeded] = useState<'time' | 'choice' | null>(null)
  const marked = useRef<MarkedOption<Kind> | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const customField = useRef<HTMLInputElement>(null)

  const times: Record<Exclude<Kind, 'word' | 'custom'>, number> = {
    minutes15: now + 15 * minute,
    hour1: now + 60 * minute,
    hours3: now + 180 * minute,
    today: dayAt(0, 9, now, timeZone),
    tomorrow: dayAt(1, 9, now, timeZone),
  }
  // At night the morning is still today's.
  const offered = times.today > now ? kinds : kinds.filter((kind) => kind !== 'today')
  const aside = (kind: Kind) =>
    kind === 'word' ? t('work.wordAside') : kind === 'custom' ? '' : formatDayTime(times[kind], now, language, timeZone)
  const goOn = (kind: Kind) => void setTimeout(() => (kind === 'custom' ? customField : noteField).current?.focus())
  const go = () => {
    const kind = chosen ?? (marked.current?.isSure ? marked.current.item : null)
    if (kind === null) {
      setNeeded(marked.current ? 'choice' : 'time')
      return field.current?.focus()
    }
    if (kind === 'word') return onSnooze(null, note.trim())
    if (kind !== 'custom') return onSnooze(times[kind], note.trim())
    if (chosen === null) {
      setChosen(kind)
      return goOn(kind) // its time is not said yet
    }
    const at = readLocal(local, timeZone)
    const present = pageClock.now()
    if (at === undefined || at <= present || at > present + snoozeDays * 24 * 60 * minute) {
      setBad(true)
      return customField.current?.focus()
    }
    return onSnooze(at, note.trim())
  }
  useKeys({ done: go }, { inDialog: true })

  return (
    <div className="stack">
      <p className="t2">{t('work.snoozeText')}</p>
      <OptionList
        items={offered}
        idOf={(kind) => kind}
        nameOf={(kind) => t(`work.${kind}`)}
        aside={(kind) => <span className="aside num">{aside(kind)}</span>}
        label={t('work.snoozeUntil')}
        placeholder={t('work.snoozeUntil')}
        hint={t('work.snoozeKeys')}
        chosen={chosen}
        onChoose={setChosen}
        onDone={goOn}
        onMark={(item) => {
          marked.current = item
          setNeeded(null)
        }}
        invalid={needed !== null}
        fieldRef={field}
      />
      {needed && (
        <p className="field-error" role="alert">
          {t(needed === 'choice' ? 'common.severalFit' : 'work.snoozeNeeded')}
        </p>
      )}
      {chosen === 'custom' && (
        <label className="stack custom-time">
          <span className="label">{t('work.customLabel')}</span>
          <input
            ref={customField}
            type="datetime-local"
            className="plain-field"
            value={local}
            aria-invalid={bad}
            onChange={(event) => {
              setLocal(event.currentTarget.value)
              setBad(false)
            }}
          />
          {bad && (
            <span className="field-error" role="alert">
              {t('work.customBad')}
            </span>
          )}
        </label>
      )}
      <Textarea
        ref={noteField}
        label={t('work.note')}
        placeholder={t('work.noteHint')}
        rows={2}
        maxLength={messageLimit}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className="dialog-acts">
        <span className="t3 s12 grow">{chosen !== null && t(chosen === 'word' ? 'work.notTold' : 'work.told')}</span>
        <Button variant="filled" size="md" onClick={go} rightSection={<KeyCap action="done" />}>
          {t('work.doSnooze')}
        </Button>
      </div>
    </div>
  )
}

export const SnoozeDialog = ({ opened, onClose, onSnooze }: { opened: boolean; onClose: () => void; onSnooze: OnSnooze }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('work.snoozeTitle')}
      size={520}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <SnoozeForm onSnooze={onSnooze} />
    </Modal>
  )
}

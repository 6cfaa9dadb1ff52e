/** Notes about the person, for our side only: pinned ones first. A contact has its own. */
import { Button } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import type { CustomerNoteId } from '@otklik/model/ids'
import { useState } from 'react'
import { pageClock } from '../parts/clock.ts'
import { Icon } from '../parts/icons.tsx'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Overtaken, useSaving } from './edited.tsx'
import { useWriting } from './use-writing.ts'

type Note = CustomerView['notes'][number]

const NoteForm = ({ customer, note, onDone }: { customer: CustomerView; note: Note | undefined; onDone: () => void }) => {
  const { t } = useTexts()
  const [base, setBase] = useState(note)
  const [id, setId] = useState(() => note?.id ?? (crypto.randomUUID() as CustomerNoteId))
  const [text, setText] = useState(note?.text ?? '')
  const saving = useSaving<Note>(customer.id)
  const put = async (over: Note | undefined, as = id) => {
    const isSaved = await saving.save({
      find: ({ notes }) => notes.find((one) => one.id === as),
      base: over,
      put: (api, version) => api.call(routes.putCustomerNote, { params: { id: customer.id, noteId: as }, body: { text: text.trim(), pinned: over?.pinned ?? true, version } }),
    })
    if (isSaved) onDone()
  }
  const submit = () => {
    if (text.trim() !== '' && !saving.isSaving) void put(base)
  }
  const keepMine = () => {
    const theirs = saving.conflict?.theirs
    const fresh = theirs ? id : (crypto.randomUUID() as CustomerNoteId)
    setBase(theirs)
    setId(fresh)
    void put(theirs, fresh)
  }
  return (
    <form
      className="card-form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        const isSubmit = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
        if (event.key !== 'Escape' && !isSubmit) return
        event.preventDefault()
        event.stopPropagation()
        if (isSubmit) submit()
        else onDone()
      }}
    >
      <textarea
        className="plain-field"
        autoFocus
        rows={3}
        maxLength={messageLimit}
        value={text}
        aria-label={t(note ? 'card.changeNote' : 'card.addNote')}
        placeholder={t('card.noteHint')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {saving.conflict && <Overtaken theirs={saving.conflict.theirs?.text} onKeepMine={keepMine} onTakeTheirs={onDone} />}
      {!saving.conflict && (
        <div className="row">
          <Button type="submit" variant="filled" disabled={text.trim() === ''} loading={saving.isSaving}>
            {t('common.save')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </div>
      )}
    </form>
  )
}

const OneNote = ({ customer, note, timeZone, edits }: { customer: CustomerView; note: Note; timeZone: string; edits: object }) => {
  const { t, language } = useTexts()
  const [isAsking, setAsking] = useState(false)
  const saving = useSaving<Note>(customer.id)
  const find = ({ notes }: CustomerView) => notes.find((one) => one.id === note.id)
  const pin = () =>
    void saving.save({
      find, base: note,
      put: (api, version) => api.call(routes.putCustomerNote, { params: { id: customer.id, noteId: note.id }, body: { text: note.text, pinned: !note.pinned, version } }),
    })
  const remove = () =>
    void saving.save({ find, base: note, put: (api, version) => api.call(routes.removeCustomerNote, { params: { id: customer.id, noteId: note.id }, body: { version } }) })
  const when = formatShort(note.editedAt ?? note.at, pageClock.now(), language, timeZone)
  return (
    <li className="note">
      <div className="by">
        {note.pinned && <Icon name="pin" size={12} />}
        <span className="cut grow" title={note.by}>
          {note.by}
        </span>
        <time dateTime={note.editedAt ?? note.at} title={formatExact(note.editedAt ?? note.at, language, timeZone)}>
          {note.editedAt === null ? when : t('card.edited', { when })}
        </time>
      </div>
      <p className="words">{note.text}</p>
      {isAsking ? (
        <div className="row" role="group" aria-label={t('card.removeNoteAsk')}>
          <span className="grow">{t('card.removeNoteAsk')}</span>
          <Button loading={saving.isSaving} onClick={remove}>{t('common.remove')}</Button>
          <Button variant="subtle" onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
        </div>
      ) : (
        <div className="note-acts">
          <button type="button" className="icon-button" aria-pressed={note.pinned} aria-label={t(note.pinned ? 'card.unpin' : 'card.pin')} title={t(note.pinned ? 'card.unpin' : 'card.pin')} disabled={saving.isSaving} onClick={pin}>
            <Icon name="pin" size={14} />
          </button>
          {note.mayEdit && (
            <>
              <button type="button" className="icon-button" aria-label={t('card.changeNote')} title={t('card.changeNote')} {...edits}>
                <Icon name="edit" size={14} />
              </button>
              <button type="button" className="icon-button" aria-label={t('card.removeNote')} title={t('card.removeNote')} onClick={() => setAsking(true)}>
                <Icon name="close" size={14} />
              </button>
            </>
          )}
        </div>
      )}
    </li>
  )
}

export const CustomerNotes = ({ customer, timeZone }: { customer: CustomerView; timeZone: string }) => {
  const { t } = useTexts()
  const { section, writing, begins, end } = useWriting<CustomerNoteId | 'new'>()
  return (
    <section ref={section} aria-label={t('card.notes')}>
      <h3>{t('card.notes')}</h3>
      {customer.notes.length === 0 && writing === null && <p className="t3">{t('card.noNotes')}</p>}
      <ul className="card-notes">
        {customer.notes.map((note) =>
          writing === note.id ? (
            <li key={note.id}>
              <NoteForm customer={customer} note={note} onDone={end} />
            </li>
          ) : (
            <OneNote key={note.id} customer={customer} note={note} timeZone={timeZone} edits={begins(note.id)} />
          ),
        )}
      </ul>
      {writing === 'new' ? (
        <NoteForm customer={customer} note={undefined} onDone={end} />
      ) : (
        <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} {...begins('new')}>
          {t('card.addNote')}
        </Button>
      )}
    </section>
  )
}

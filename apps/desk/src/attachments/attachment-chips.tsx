/** What goes along with the words: each file with its way up, and a way to call it back. */
import { fileSize } from '@otklik/contract/attachment-rules'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useState } from 'react'
import { IconButton } from '../parts/icon-button.tsx'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'
import { wordRefusal } from './file-words.ts'
import type { Upload, Uploads, WritingMode } from './uploads.ts'

/** What a chip says below its name. */
const Told = ({ one }: { one: Upload }) => {
  const { t, language } = useTexts()
  const size = fileSize(one.bytes, language)
  switch (one.state) {
    case 'refused':
      return <span role="alert">{one.refusal && wordRefusal(one.refusal, language, t)}</span>
    case 'waiting':
      return `${size} · ${t(one.refusal === null || one.refusal === 'rateLimited' ? 'attachments.inTurn' : 'attachments.waiting')}`
    case 'sending':
      return `${size} · ${one.ratio < 1 ? t('attachments.uploading', { percent: Math.floor(one.ratio * 100) }) : t('attachments.checking')}`
    case 'up':
      return size
  }
}

/** The picture itself, as long as this tab has it; the browser cannot draw every kind. */
const Thumbnail = ({ file }: { file: File }) => {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url === null ? <Icon name="file" /> : <img className="thumbnail" src={url} alt="" onError={() => setUrl(null)} />
}

const Mark = ({ one, picture }: { one: Upload; picture: File | undefined }) =>
  picture && one.state !== 'refused' ? <Thumbnail file={picture} /> : <Icon name={one.state === 'refused' ? 'alert' : 'file'} />

/** What cannot be sent, in one place: each reason once, with the names that it is about. */
const Refused = ({ list, onRemove }: { list: readonly Upload[]; onRemove: () => void }) => {
  const { t, language } = useTexts()
  const reasons = [...new Set(list.map(({ refusal }) => refusal))]
  return (
    <div className="attachments-refused">
      <Icon name="alert" />
      <span className="grow" role="alert">
        {reasons.map((reason) => (
          <span key={reason} className="reason">
            {list.filter(({ refusal }) => refusal === reason).map(({ name }) => name).join(', ')}
            <small>{reason && wordRefusal(reason, language, t)}</small>
          </span>
        ))}
      </span>
      <IconButton icon="close" label={t('attachments.remove', { name: list.map(({ name }) => name).join(', ') })} onClick={onRemove} />
    </div>
  )
}

export const AttachmentChips = ({ uploads, contactId, mode, list, onLeave }: {
  uploads: Uploads
  contactId: ContactId
  mode: WritingMode
  list: readonly Upload[]
  /** The control that had the focus is gone. */
  onLeave: () => void
}) => {
  const { t } = useTexts()
  if (list.length === 0) return null
  const lost = list.filter(uploads.isLost)
  const rest = list.filter((one) => !uploads.isLost(one))
  const remove = (some: readonly Upload[]) => {
    for (const { id } of some) uploads.remove(contactId, mode, id)
    onLeave()
  }
  return (
    <>
      {lost.length > 0 && <Refused list={lost} onRemove={() => remove(lost)} />}
      {rest.length > 0 && (
        <ul className="attachments" aria-label={t('attachments.list')}>
          {rest.map((one) => (
            <li key={one.id} data-state={one.state}>
              <Mark one={one} picture={uploads.pictureOf(one.id)} />
              <span className="grow">
                <span className="cut" title={one.name}>{one.name}</span>
                <small>
                  <Told one={one} />
                </small>
              </span>
              {one.state === 'refused' && (
                <IconButton icon="retry" label={t('attachments.retry', { name: one.name })} onClick={() => uploads.retry(one.id)} />
              )}
              <IconButton
                icon="close"
                label={t(one.state === 'waiting' || one.state === 'sending' ? 'attachments.cancel' : 'attachments.remove', { name: one.name })}
                onClick={() => remove([one])}
              />
              {(one.state === 'waiting' || one.state === 'sending') && (
                <progress max={1} value={one.ratio} aria-label={t('attachments.uploading', { percent: Math.floor(one.ratio * 100) })} />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

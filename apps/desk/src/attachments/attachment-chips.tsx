/** What goes along with the words: each file with its way up, and a way to call it back. */
import { fileSize } from '@otklik/contract/attachment-rules'
import type { ContactId } from '@otklik/model/ids'
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
      return `${size} · ${t('attachments.waiting')}`
    case 'sending':
      return `${size} · ${one.ratio < 1 ? t('attachments.uploading', { percent: Math.floor(one.ratio * 100) }) : t('attachments.checking')}`
    case 'up':
      return size
  }
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
  return (
    <ul className="attachments" aria-label={t('attachments.list')}>
      {list.map((one) => (
        <li key={one.id} data-state={one.state}>
          <Icon name={one.state === 'refused' ? 'alert' : 'file'} />
          <span className="grow">
            <span className="cut" title={one.name}>{one.name}</span>
            <small>
              <Told one={one} />
            </small>
          </span>
          {one.state === 'refused' && uploads.canRetry(one.id) && (
            <IconButton icon="retry" label={t('attachments.retry', { name: one.name })} onClick={() => uploads.retry(one.id)} />
          )}
          <IconButton
            icon="close"
            label={t(one.state === 'waiting' || one.state === 'sending' ? 'attachments.cancel' : 'attachments.remove', { name: one.name })}
            onClick={() => {
              uploads.remove(contactId, mode, one.id)
              onLeave()
            }}
          />
          {(one.state === 'waiting' || one.state === 'sending') && (
            <progress max={1} value={one.ratio} aria-label={t('attachments.uploading', { percent: Math.floor(one.ratio * 100) })} />
          )}
        </li>
      ))}
    </ul>
  )
}

import type { FileView } from '@otklik/contract/attachments'
import type { MessagePart, MessageView } from '@otklik/contract/views'
import { memo, useSyncExternalStore, type ReactNode } from 'react'
import { MessageFile, OutgoingFile } from '../attachments/message-file.tsx'
import { RemoveFile } from '../attachments/remove-file.tsx'
import type { Uploads } from '../attachments/uploads.ts'
import type { Outgoing } from '../desk/desk-state.ts'
import { formatExact, formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Icon } from './icons.tsx'
import { LinkedWords } from './linked-words.tsx'

const Part = ({ part, by, isOurs }: { part: Exclude<MessagePart, { kind: 'text' }>; by: string | null; isOurs: boolean }) => {
  const { t } = useTexts()
  if (part.kind === 'file' && part.removedBy !== undefined) return <span className="t3">{t('attachments.removedBy', { name: part.removedBy })}</span>
  if (part.kind === 'file')
    return isOurs ? (
      <span className="file-ours">
        <MessageFile file={part} />
        <RemoveFile file={part} />
      </span>
    ) : (
      <MessageFile file={part} />
    )
  if (by !== null && (part.code === 'transferred' || part.code === 'escalated')) return t(`handed.${part.code}`, { name: by })
  if (by !== null && part.code === 'answered') return t('message.answeredBy', { name: by })
  return t(`message.${part.code}`)
}

/** A note for our side, in plum: the customer never sees it. */
const Note = ({ by, title, time, children }: { by: string | null; title?: string; time: ReactNode; children: ReactNode }) => {
  const { t } = useTexts()
  return (
    <div className="note">
      <div className="by">
        <Icon name="lock" size={12} />
        <span className="by-what">{title ?? t('message.note')}</span>
        {by && <span className="by-name">{by}</span>}
        {time}
      </div>
      {children}
    </div>
  )
}

/** One message of a conversation. `follows`: the one before is by the same author, so they stand closer. */
export const Message = memo(function Message({ message, follows, read, timeZone, own }: {
  message: MessageView
  follows: boolean
  read: boolean
  timeZone: string
  own: boolean
}) {
  const { t, language } = useTexts()
  const time = (
    <time dateTime={message.at} title={formatExact(message.at, language, timeZone)}>
      {formatTime(message.at, language, timeZone)}
    </time>
  )
  const parts = message.parts.map((part, index) =>
    part.kind === 'text' ? (
      <span key={index} className={part.text === '' ? 't3' : 'words'}>{part.text === '' ? t('card.erasedWords') : <LinkedWords text={part.text} />}</span>
    ) : (
      <Part key={index} part={part} by={message.author.name} isOurs={message.author.kind === 'agent'} />
    ))
  if (message.author.kind === 'system')
    return (
      <p className="system-line">
        {parts} · {time}
      </p>
    )
  if (message.visibility === 'hint')
    return (
      <Note by={null} title={t('floor.hintBy', { name: message.author.name ?? '' })} time={time}>
        {parts}
      </Note>
    )
  if (message.visibility === 'note')
    return (
      <Note by={own ? null : message.author.name} time={time}>
        {parts}
      </Note>
    )
  const out = message.author.kind === 'agent'
  return (
    <div className="message" data-side={out ? 'out' : 'in'} data-follows={follows}>
      {out && !own && !follows && message.author.name && <span className="by">{message.author.name}</span>}
      {parts}
      <span className="meta">
        {time}
        {out && (
          <span
            className={read ? 'read' : undefined}
            role="img"
            aria-label={t(read ? 'message.read' : 'message.delivered')}
            title={t(read ? 'message.read' : 'message.delivered')}
          >
            <Icon name={read ? 'readTwice' : 'check'} size={14} />
          </span>
        )}
      </span>
    </div>
  )
})

const Outgone = ({ file, uploads }: { file: FileView; uploads: Uploads }) =>
  <OutgoingFile file={file} upload={useSyncExternalStore(uploads.subscribe, () => uploads.find(file.id))} />

/** A message of ours on its way: shown at once, honest about where it is. */
export const OutgoingMessage = ({ message, uploads, timeZone, onAgain, onDiscard }: {
  message: Outgoing
  uploads: Uploads
  timeZone: string
  onAgain: () => void
  onDiscard: () => void
}) => {
  const { t, language } = useTexts()
  const time = <time dateTime={message.at}>{formatTime(message.at, language, timeZone)}</time>
  const state =
    message.state === 'failed' ? (
      <div className="not-sent" role="alert">
        <Icon name="alert" size={14} />
        <span className="grow">
          {t('message.failed')}
          {message.refusal && `: ${t(`errors.${message.refusal}`)}`}
        </span>
        <button type="button" onClick={onAgain}>
          {t('message.sendAgain')}
        </button>
        <button type="button" onClick={onDiscard}>
          {t('message.discard')}
        </button>
      </div>
    ) : null
  const said = (
    <>
      {message.text !== '' && <span className="words"><LinkedWords text={message.text} /></span>}
      {message.files?.map((file) => <Outgone key={file.id} file={file} uploads={uploads} />)}
    </>
  )
  if (message.visibility === 'note')
    return (
      <>
        <Note by={null} time={message.state === 'failed' ? null : time}>
          {said}
        </Note>
        {state}
      </>
    )
  return (
    <>
      <div className="message" data-side="out" data-state={message.state}>
        {said}
        <span className="meta">
          {time}
          {message.state !== 'failed' && (
            <span role="img" aria-label={t(`message.${message.state}`)} title={t(`message.${message.state}`)}>
              <Icon name="clock" size={12} />
            </span>
          )}
        </span>
      </div>
      {state}
    </>
  )
}

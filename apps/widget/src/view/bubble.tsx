/** One message: the server's, or one on its way. */
import { fileSize } from '@otklik/contract/attachment-rules'
import { splitLinks } from '@otklik/contract/links'
import type { VisitorMessage } from '@otklik/contract/web-chat'
import { isReadByAgent, type unsent } from '../chat.ts'
import { clock } from '../texts.ts'
import { FileLine, FileView } from './file.tsx'
import { Icon, type IconName } from './icons.tsx'
import type { Shown } from './shown.ts'

export const Bubble = ({ state, texts, engine, message, before }: Shown & { message: VisitorMessage; before: VisitorMessage | undefined }) => {
  const isOwn = message.author === 'customer'
  const isRun = before?.author === message.author && before.name === message.name && before.contactId === message.contactId
  const isRead = isOwn && isReadByAgent(state, message)
  return (
    <div class={`m ${isOwn ? 'out' : 'in'}${isRun ? ' same' : ''}`}>
      {isOwn ? <span class="vh">{texts.you}: </span> : !isRun && message.name !== null && <span class="by">{message.name}</span>}
      {message.parts.map((part) => (part.kind === 'text' ? <Words text={part.text} /> : part.kind === 'file' ? part.removedBy ? <Words text={texts.removed(part.removedBy)} /> : <FileView key={part.id} part={part} engine={engine} texts={texts} /> : null))}
      <span class="meta">
        <time dateTime={message.at}>{clock(texts, new Date(message.at))}</time>
        {isOwn && <Mark name={isRead ? 'read' : 'accepted'} label={isRead ? texts.read : texts.accepted} />}
      </span>
    </div>
  )
}

/** @param isRun follows another of the visitor's own */
export const UnsentBubble = ({ state, texts, engine, item, isRun }: Shown & { item: ReturnType<typeof unsent>[number]; isRun: boolean }) => {
  const bad = item.files?.find(({ refused }) => refused)
  return (
  <>
    <div class={`m out${isRun ? ' same' : ''}${item.failed ? ' bad' : ''}`}>
      <span class="vh">{texts.you}: </span>
      {item.text !== '' && <Words text={item.text} />}
      {item.files?.map(({ id, name, bytes, up }) => (
        <div class="file">
          <FileLine name={name} more={fileSize(bytes, texts.locale)} />
          {!up && !item.failed && <progress max={1} value={state.progress?.id === id ? state.progress.ratio : 0} aria-label={texts.sending} />}
        </div>
      ))}
      <span class="meta">
        <time>{clock(texts, new Date(item.at))}</time>
        {item.failed ? (
          <Icon name="failed" />
        ) : (
          <Mark name={item.isSent ? 'accepted' : 'clock'} label={item.isSent ? texts.accepted : texts.sending} />
        )}
      </span>
    </div>
    {item.failed && (
      <p class="sys again" role="alert">
        {texts.failed(item.failed, bad?.name)}
        {(!bad || item.text || item.files?.some(({ refused }) => !refused)) && (
          <button type="button" class="link" onClick={() => engine.sendAgain(item.id)}>
            {bad ? texts.sendWithout : texts.sendAgain}
          </button>
        )}
        <button type="button" class="link" onClick={() => engine.discard(item.id)}>
          {texts.discard}
        </button>
      </p>
    )}
  </>
  )
}

const Mark = ({ name, label }: { name: IconName; label: string }) => (
  <span class="mark" role="img" aria-label={label} title={label}>
    <Icon name={name} />
  </span>
)

/** Text as text; only web addresses become links. */
const Words = ({ text }: { text: string }) => (
  <span class="words">
    {splitLinks(text).map(({ text: words, href }) =>
      href ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {words}
        </a>
      ) : (
        words
      ))}
  </span>
)

import type { ContactView } from '@otklik/contract/views'
import { Link } from 'react-router'
import { wordsOrFile } from '../attachments/file-words.ts'
import { useTexts } from '../texts/texts.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { customerName } from './customer-name.ts'
import { StateDot } from './state-dot.tsx'
import { Elapsed, Timer } from './timer.tsx'

/** One contact in the list: channel, name, last words, and the clock that matters. */
export const ContactRow = ({ contact, inWrapUp, current, draft }: {
  contact: ContactView
  inWrapUp: boolean
  current: boolean
  draft: string
}) => {
  const { t } = useTexts()
  const name = customerName(contact.customer, t)
  const last = contact.lastMessage
  const said = last && wordsOrFile(last.text, last.file, t)
  const words = inWrapUp
    ? t('desk.needsDisposition')
    : draft
      ? t('desk.draft', { text: draft })
      : last === null || said === null
        ? t('desk.noWords')
        : last.author === 'agent'
          ? t(last.agentId === contact.agentId ? 'desk.answeredByYou' : 'desk.answered', { text: said })
          : said
  return (
    <Link
      className="contact-row"
      to={`/contacts/${contact.id}`}
      data-unread={contact.unread > 0}
      {...(current ? { 'aria-current': 'true' as const } : {})}
    >
      <ChannelIcon channel={contact.channel} />
      <span className="grow">
        <span className="line">
          <span className="name cut" title={name}>
            {name}
          </span>
          {inWrapUp ? (
            <span className="timer inner">
              <StateDot state="wrapUp" />
              {contact.wrapUp && <Elapsed since={contact.wrapUp.startedAt} />}
            </span>
          ) : contact.waitingSince !== null ? (
            <Timer since={contact.waitingSince} targetSeconds={contact.queue.targetSeconds} />
          ) : (
            <span className="timer off">{t('desk.waitsForCustomer')}</span>
          )}
        </span>
        <span className="line below">
          <span className="cut grow" title={words}>
            {words}
          </span>
          {contact.unread > 0 && !inWrapUp && (
            <span className="badge">
              <span aria-hidden="true">{contact.unread}</span>
              <span className="hidden-text">{t('desk.unread', { count: contact.unread })}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  )
}

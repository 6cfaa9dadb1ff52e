import { Button } from '@mantine/core'
import type { ContactSummary } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { Link } from 'react-router'
import { wordsOrFile } from '../attachments/file-words.ts'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { pageClock } from './clock.ts'
import { Icon } from './icons.tsx'

const outcomeOf = (contact: ContactSummary, isCurrent: boolean, inWrapUp: boolean, t: Translate): string => {
  if (isCurrent) return t(inWrapUp ? 'timeline.wrapUp' : 'timeline.now')
  if (contact.state === 'queued') return t('timeline.queued')
  if (contact.state !== 'closed') return t('timeline.withAgent', { name: contact.agentName ?? contact.queueName })
  return [
    contact.closeReason === 'abandoned' ? t('timeline.abandoned') : (contact.dispositionName ?? t('timeline.closed')),
    ...(contact.resolved === false ? [t('timeline.notResolved')] : []),
    contact.score === null ? t('timeline.noScore') : t('timeline.score', { score: contact.score }),
  ].join(' · ')
}

const TimelineEntry = ({ contact, isCurrent, isOpened, to, inWrapUp, timeZone }: {
  contact: ContactSummary
  isCurrent: boolean
  isOpened: boolean
  /** Null: it is open already. */
  to: string | null
  inWrapUp: boolean
  timeZone: string
}) => {
  const { t, language } = useTexts()
  const words = contact.readable
    ? wordsOrFile(contact.firstWords, contact.firstFile, t) ?? t(contact.firstWords === '' ? 'card.erasedWords' : 'timeline.noWords')
    : t('card.notYours')
  const outcome = outcomeOf(contact, isCurrent, inWrapUp, t)
  const body = (
    <>
      <span className="node">
        {contact.readable ? <ChannelIcon channel={contact.channel} bare /> : <Icon name="lock" size={12} />}
      </span>
      <span className="grow">
        <span className="cut words" title={words}>
          {words}
        </span>
        <span className="cut t3 s12 words" title={outcome}>
          {outcome}
        </span>
      </span>
      <time dateTime={contact.arrivedAt} title={formatExact(contact.arrivedAt, language, timeZone)}>
        {formatShort(contact.arrivedAt, pageClock.now(), language, timeZone)}
      </time>
    </>
  )
  return (
    <li data-now={isCurrent} data-readable={contact.readable}>
      {to === null || !contact.readable ? (
        <span className="entry">{body}</span>
      ) : (
        <Link className="entry" to={to} {...(isOpened && !isCurrent ? { 'aria-current': 'true' as const } : {})}>
          {body}
        </Link>
      )}
    </li>
  )
}

/** Contacts of one issue after each other, as far as they stand together. */
const byIssue = (contacts: readonly ContactSummary[]): readonly (readonly ContactSummary[])[] => {
  const groups: ContactSummary[][] = []
  for (const contact of contacts) {
    const last = groups.at(-1)
    if (last?.[0]?.issueId === contact.issueId) last.push(contact)
    else groups.push([contact])
  }
  return groups
}

interface TimelineProps {
  readonly contacts: readonly ContactSummary[]
  /** Where an earlier contact opens. */
  readonly linkOf: (id: ContactId) => string
  /** The one in hand; null where none is. */
  readonly current: ContactId | null
  /** The current contact waits for its outcome. */
  readonly inWrapUp: boolean
  readonly opened: ContactId | null
  readonly timeZone: string
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly onMore: () => void
}

/** All contacts of a customer through all channels, newest first, by issue. An earlier one opens in the middle, to read. */
export const Timeline = ({
  contacts,
  linkOf,
  current,
  inWrapUp,
  opened,
  timeZone,
  hasMore,
  isLoadingMore,
  onMore,
}: TimelineProps) => {
  const { t, language } = useTexts()
  if (contacts.length === 0) return <p className="t3">{t('timeline.empty')}</p>
  return (
    <>
      {byIssue(contacts).map((group) => {
        const [newest] = group
        const oldest = group.at(-1)
        return (
          <div key={newest?.id} className="issue">
            {oldest && (
              <h4>{t('card.issue', { when: formatShort(oldest.arrivedAt, pageClock.now(), language, timeZone) })}</h4>
            )}
            <ol className="timeline">
              {group.map((contact) => (
                <TimelineEntry key={contact.id} contact={contact} isCurrent={contact.id === current} isOpened={contact.id === opened} to={contact.id === current && opened === null ? null : linkOf(contact.id)} inWrapUp={inWrapUp} timeZone={timeZone} />
              ))}
            </ol>
          </div>
        )
      })}
      {hasMore && (
        <Button variant="subtle" fullWidth loading={isLoadingMore} onClick={onMore}>
          {t('common.more')}
        </Button>
      )}
    </>
  )
}

import { Button } from '@mantine/core'
import type { ContactSummary } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { Link } from 'react-router'
import { wordsOrFile } from '../attachments/file-words.ts'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { pageClock } from './clock.ts'

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

interface TimelineProps {
  readonly contacts: readonly ContactSummary[]
  readonly current: ContactId
  /** The current contact waits for its outcome. */
  readonly inWrapUp: boolean
  readonly opened: ContactId | null
  readonly timeZone: string
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly onMore: () => void
}

/** All contacts of a customer through all channels, newest first. An earlier one opens in the middle, to read. */
export const Timeline = ({
  contacts,
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
      <ol className="timeline">
        {contacts.map((contact) => {
          const isCurrent = contact.id === current
          const words = wordsOrFile(contact.firstWords, contact.firstFile, t) ?? t('timeline.noWords')
          const outcome = outcomeOf(contact, isCurrent, inWrapUp, t)
          const body = (
            <>
              <span className="node">
                <ChannelIcon channel={contact.channel} bare />
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
            <li key={contact.id} data-now={isCurrent}>
              {isCurrent ? (
                opened === null ? (
                  <span className="entry">{body}</span>
                ) : (
                  <Link className="entry" to={`/contacts/${current}`}>
                    {body}
                  </Link>
                )
              ) : (
                <Link
                  className="entry"
                  to={`/contacts/${current}?earlier=${contact.id}`}
                  {...(opened === contact.id ? { 'aria-current': 'true' as const } : {})}
                >
                  {body}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
      {hasMore && (
        <Button variant="subtle" fullWidth loading={isLoadingMore} onClick={onMore}>
          {t('common.more')}
        </Button>
      )}
    </>
  )
}

/** A contact's story: what happened and when, and why each agent was asked. */
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { StoryEntry } from '@otklik/contract/work'
import type { ContactId } from '@otklik/model/ids'
import { failureOf, useApi } from '../api.ts'
import { wordDuration } from '../parts/customer-name.ts'
import { Failed, Skeleton } from '../parts/states.tsx'
import { formatExact, formatShort, formatTime } from '../texts/format.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { tellOffer } from './offer-reasons.ts'
import { pageClock } from '../parts/clock.ts'

const seconds = (from: StoryEntry, to: StoryEntry) => (Date.parse(to.at) - Date.parse(from.at)) / 1000

const tellQueued = ({ cause, queue, by }: Extract<StoryEntry, { kind: 'queued' }>, t: Translate): string => {
  const key = cause === 'answered' ? 'answeredBack' : cause
  const isMoved = key === 'transferred' || key === 'escalated' || key === 'answeredBack' || key === 'signedOut'
  return by !== null && isMoved ? t(`story.by.${key}`, { queue, name: by }) : t(`story.${key}`, { queue })
}

/** One entry in words. */
export const tellEntry = (entry: StoryEntry, t: Translate, language: Language, timeZone: string): string => {
  switch (entry.kind) {
    case 'queued':
      return tellQueued(entry, t)
    case 'snoozed':
      return t('story.snoozed', { agent: entry.agent, when: formatShort(entry.until, Date.parse(entry.at), language, timeZone) })
    case 'picked':
      return t('story.picked', { agent: entry.agent, queue: entry.queue })
    case 'offered':
    case 'accepted':
    case 'declined':
    case 'missed':
    case 'withdrawn':
    case 'answered':
    case 'wrapUpStarted':
      return t(`story.${entry.kind}`, { agent: entry.agent })
    case 'reopened':
    case 'away':
    case 'back':
      return t(`story.${entry.kind}`)
    case 'closed':
      return entry.disposition === null ? t('story.closed') : t('story.closedWith', { disposition: entry.disposition })
    case 'rated':
      return t('story.rated', { score: entry.score })
  }
}

/** What stands below an entry: the reasons of an offer, how a contact closed. */
export const tellDetails = (entry: StoryEntry, t: Translate, language: Language): readonly string[] => {
  switch (entry.kind) {
    case 'queued':
      return entry.reservedFor === null ? [] : [t('story.reservedFor', { name: entry.reservedFor })]
    case 'offered':
      return tellOffer(entry, t, language)
    case 'picked':
      return [t('story.waited', { time: wordDuration(entry.waitedSeconds, t) })]
    case 'wrapUpStarted':
      return [t(`story.reasons.${entry.reason}`)]
    case 'closed':
      return [
        [
          ...(entry.reason === 'abandoned' || entry.reason === 'blocked' ? [t(`story.reasons.${entry.reason}`)] : []),
          ...(entry.by === 'limit' ? [t('story.byLimit')] : []),
          ...(entry.resolved === null ? [] : [t(entry.resolved ? 'story.resolved' : 'story.notResolved')]),
        ].join(' · '),
      ].filter(Boolean)
    default:
      return []
  }
}

/** The story as a list, wherever it stands. */
export const Story = ({ id, timeZone }: { id: ContactId; timeZone: string }) => {
  const { t, language } = useTexts()
  const api = useApi()
  const story = useQuery({
    queryKey: ['story', id],
    queryFn: ({ signal }) => api.call(routes.story, { params: { id }, signal }),
    refetchOnMount: 'always',
  })
  if (story.isPending) return <Skeleton rows={5} height={36} />
  if (story.isError) return <Failed title={t('story.failed')} failure={failureOf(story.error)} onRetry={() => void story.refetch()} />
  const { items: entries, seenBy } = story.data
  return (
    <>
    <ol className="story">
      {entries.map((entry, index) => {
        const before = entries[index - 1]
        const pause = before ? seconds(before, entry) : 0
        return (
          <li key={index} data-kind={entry.kind}>
            <time dateTime={entry.at} title={formatExact(entry.at, language, timeZone)}>
              {before === undefined || pause > 12 * 3600
                ? formatShort(entry.at, pageClock.now(), language, timeZone)
                : formatTime(entry.at, language, timeZone)}
              {pause >= 1 && <small>{t('story.after', { time: wordDuration(pause, t) })}</small>}
            </time>
            <div className="grow">
              <p>{tellEntry(entry, t, language, timeZone)}</p>
              {tellDetails(entry, t, language).map((line) => (
                <p key={line} className="t3 s12">
                  {line}
                </p>
              ))}
            </div>
          </li>
        )
      })}
    </ol>
    {seenBy.length > 0 && (
      <p className="t3 s12 story-seen">
        {t('story.seenBy', { who: seenBy.map(({ agent, lastAt }) => `${agent} (${formatShort(lastAt, pageClock.now(), language, timeZone)})`).join(', ') })}
      </p>
    )}
    </>
  )
}

export const StoryDialog = ({ id, timeZone, opened, onClose }: { id: ContactId; timeZone: string; opened: boolean; onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('story.title')} size={640} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Story id={id} timeZone={timeZone} />
    </Modal>
  )
}

/**
 * A contact of the past, or one in a colleague's hands, to read in the place of the conversation; the current one stays in
 * hand. What is running is followed as it goes on, and its agent sees who reads along.
 */
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { typingSeconds } from '@otklik/contract/realtime'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { failureOf, useApi } from '../api.ts'
import { MayRemoveFiles } from '../attachments/remove-file.tsx'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { customerName } from '../parts/customer-name.ts'
import { Hint } from '../parts/hint.tsx'
import { Icon } from '../parts/icons.tsx'
import { PlaceHeading } from '../parts/place-heading.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { pageClock } from '../parts/clock.ts'
import { Failed, Skeleton } from '../parts/states.tsx'
import { useTick } from '../parts/timer.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { formatDayTime } from '../texts/format.ts'
import { useSession } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { useOptionalDesk } from './desk-context.tsx'
import { Story } from './story-dialog.tsx'
import { Beginning, Messages, Rated } from './message-log.tsx'

/** How it ended: what was written down, whether it is solved, what the customer says to that. */
const Outcome = ({ contact }: { contact: ContactView }) => {
  const { t } = useTexts()
  const { closeReason, disposition, resolved } = contact
  return (
    <>
      {(closeReason || disposition) && (
        <p className="system-line">
          {[
            disposition?.name ?? (closeReason && t(closeReason === 'abandoned' ? 'timeline.abandoned' : 'timeline.noOutcome')),
            resolved !== null && t(resolved ? 'timeline.resolved' : 'timeline.notResolved'),
          ].filter(Boolean).join(' · ')}
        </p>
      )}
      <Rated contact={contact} />
    </>
  )
}

/** Follows a running contact. @returns for the line that says that its agent is typing */
const useWatch = (id: ContactId, isRunning: boolean) => {
  const desk = useOptionalDesk()
  const queries = useQueryClient()
  const typingUntil = useRef(0)
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!isRunning || !desk) return undefined
    return desk.store.watch(id, (isTyping) => {
      if (isTyping) typingUntil.current = pageClock.now() + typingSeconds * 1000
      else for (const kind of ['contact', 'messages']) void queries.invalidateQueries({ queryKey: [kind, id] })
    })
  }, [desk, id, isRunning, queries])
  useTick((now) => {
    if (line.current) line.current.hidden = !isRunning || typingUntil.current <= now
  })
  return line
}

/** Who has it now, as its last words tell; or until when it is put off. */
const useStanding = (contact: ContactView | undefined, agentName: string | null | undefined, timeZone: string) => {
  const { t, language } = useTexts()
  if (!contact || contact.state === 'closed') return t('timeline.readOnly')
  if (contact.snooze) return contact.snooze.told ? t('work.snoozed', { when: formatDayTime(contact.snooze.until, pageClock.now(), language, timeZone) }) : t('work.snoozedByWord')
  return agentName ? t('watching.running', { name: agentName }) : t('watching.runningPlain')
}

/**
 * @param onBack where one came from
 * @param act what may be done with it, beside the way back
 * @param inDialog it stands in a drawer, whose keys are its own
 */
export const EarlierContact = ({ id, timeZone, backText, onBack, act, inDialog = false }: { id: ContactId; timeZone: string; backText: string; onBack: () => void; act?: ReactNode; inDialog?: boolean }) => {
  const { t } = useTexts()
  const isSupervisor = useSession().data?.agent.role === 'supervisor'
  const [isStory, setStory] = useState(false)
  useKeys({ story: () => setStory((shown) => !shown) }, { inDialog })
  const api = useApi()
  const contact = useQuery({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => api.call(routes.contact, { params: { id }, signal }),
  })
  const messages = useInfiniteQuery({
    queryKey: ['messages', id],
    queryFn: ({ pageParam, signal }) => api.call(routes.messages, {
      params: { id },
      query: { after: pageParam, limit: 100 },
      signal,
    }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.more ? last.items.at(-1)?.number : undefined),
  })
  const failed = contact.error ?? messages.error
  const isRunning = contact.data !== undefined && contact.data.state !== 'closed'
  const typing = useWatch(id, isRunning)
  const agentId = contact.data?.agentId
  const said = messages.data?.pages.flatMap((page) => page.items).findLast(({ author }) => agentId && author.agentId === agentId)
  const standing = useStanding(contact.data, said?.author.name, timeZone)
  const name = contact.data && customerName(contact.data.customer, t)
  const where = [standing, contact.data?.queue.name, contact.data?.disposition?.name].filter(Boolean).join(' · ')
  return (
    <>
      <header className="talk-head earlier" {...(inDialog ? { role: 'presentation' } : {})}>
        <div className="grow">
          <PlaceHeading alone={640}>
            <Icon name={isRunning ? 'eye' : 'clock'} />
            <span className="cut" title={name}>
              {name ?? '…'}
            </span>
          </PlaceHeading>
          <p className="talk-where">
            <ChannelIcon channel={contact.data?.channel ?? 'webChat'} bare />
            <span className="cut" title={where}>
              {where}
            </span>
          </p>
        </div>
        <Hint text={t('story.title')} action="story">
          <button type="button" className="icon-button" aria-pressed={isStory} aria-label={t('story.title')} onClick={() => setStory(!isStory)}>
            <Icon name="clock" />
          </button>
        </Hint>
        <Button onClick={onBack} rightSection={<KeyCap action="back" />}>
          {backText}
        </Button>
        {act}
      </header>
      <div className="log-frame">
        <div className="log" role="log" aria-label={name === undefined ? standing : `${name}. ${standing}`} tabIndex={0}>
          {isStory ? (
            <Story id={id} timeZone={timeZone} />
          ) : failed ? (
            <Failed
              title={t('conversation.messagesFailed')}
              failure={failureOf(failed)}
              onRetry={() => {
                void contact.refetch()
                void messages.refetch()
              }}
            />
          ) : !contact.data || !messages.data ? (
            <Skeleton rows={4} height={56} />
          ) : (
            <div className="log-words">
              <Beginning contact={contact.data} timeZone={timeZone} />
              <MayRemoveFiles value={isSupervisor}>
                <Messages
                  messages={messages.data.pages.flatMap((page) => page.items)}
                  customerReadNumber={contact.data.customerReadNumber}
                  timeZone={timeZone}
                  me={undefined}
                />
              </MayRemoveFiles>
              {messages.hasNextPage && (
                <Button
                  variant="subtle"
                  className="older"
                  loading={messages.isFetchingNextPage}
                  onClick={() => void messages.fetchNextPage()}
                >
                  {t('common.more')}
                </Button>
              )}
              <Outcome contact={contact.data} />
              <p ref={typing} className="typing" hidden>
                {t('watching.typing')}
              </p>
            </div>
          )}
        </div>
      </div>
    </>
  )
}

/** The contacts behind a number that was opened, below the table; each opens to be read, by those who read conversations. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { figuresRoutes, type FigureContact, type FigureContactsQuery } from '@otklik/contract/figures'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { customerName } from '../parts/customer-name.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Empty, Failed, Skeleton } from '../parts/states.tsx'
import { formatDuration, formatExact, formatShort } from '../texts/format.ts'
import { useSession } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { wordListed } from './words.ts'

export type BehindQuery = Omit<FigureContactsQuery, 'cursor' | 'limit'>

const useContactsBehind = (query: BehindQuery) => {
  const api = useApi()
  const found = useInfiniteQuery({
    queryKey: ['figureContacts', query],
    queryFn: ({ pageParam, signal }) => api.call(figuresRoutes.figureContacts, { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  })
  // A page looks at so many contacts and no more: while nothing was among them, the next one is looked at.
  const isEmpty = found.data?.pages.at(-1)?.items.length === 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = found
  useEffect(() => {
    if (isEmpty && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [isEmpty, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  return found
}

const ContactLine = ({ contact, timeZone, opens }: { contact: FigureContact; timeZone: string; opens: boolean }) => {
  const { t, language } = useTexts()
  const { id, channel, customer, queueName, agentName, arrivedAt, durationMs, cases, score } = contact
  const name = customer ? customerName(customer, t) : t('reports.erased')
  const where = [queueName, agentName].filter(Boolean).join(' · ')
  const words = (
    <>
      <ChannelIcon channel={channel} />
      <span className="grow">
        <span className="name cut" title={name}>{name}</span>
        <span className="below cut" title={where}>{where}</span>
      </span>
      <span className="behind-facts num">
        <time dateTime={arrivedAt} title={formatExact(arrivedAt, language, timeZone)}>{formatShort(arrivedAt, Date.parse(arrivedAt), language, timeZone)}</time>
        <span className="below">
          {[durationMs === null ? null : formatDuration(durationMs), cases > 1 ? t('reports.cases', { count: cases }) : null, score === null ? null : t('reports.score', { score })]
            .filter((text) => text !== null)
            .join(' · ')}
        </span>
      </span>
    </>
  )
  return <li>{customer && opens ? <Link className="behind-row" to={`/customers/${customer.id}?contact=${id}`}>{words}</Link> : <span className="behind-row">{words}</span>}</li>
}

/** @param title which number these are behind */
export const ContactsBehind = ({ title, query, timeZone, onClose }: { title: string; query: BehindQuery; timeZone: string; onClose: () => void }) => {
  const { t } = useTexts()
  const session = useSession()
  const found = useContactsBehind(query)
  const heading = useRef<HTMLHeadingElement>(null)
  const asked = JSON.stringify(query)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'center' })
  }, [asked])
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  const isLooking = found.isPending || (items.length === 0 && found.hasNextPage)
  return (
    <section className="behind" aria-label={t('reports.behind', { what: title })}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('reports.behind', { what: title })}
        </h2>
        {items.length > 0 && <span className="t3 s12" role="status">{wordListed(items, t)}</span>}
        <IconButton icon="close" label={t('reports.closeList')} onClick={onClose} />
      </header>
      {found.isError ? (
        <Failed title={t('reports.behindFailed')} failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
      ) : isLooking ? (
        <Skeleton rows={4} height={48} />
      ) : items.length === 0 ? (
        <Empty icon="inbox" title={t('reports.behindEmpty')} />
      ) : (
        <ul>
          {items.map((contact) => (
            <ContactLine key={contact.id} contact={contact} timeZone={timeZone} opens={session.data?.agent.role !== 'administrator'} />
          ))}
        </ul>
      )}
      {!isLooking && found.hasNextPage && (
        <Button className="behind-more" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </section>
  )
}

/** What a search has found: people, and below them what was said. */
import { Button } from '@mantine/core'
import type { CustomerHit, WordsHit } from '@otklik/contract/customers'
import type { CustomerId } from '@otklik/model/ids'
import { Link } from 'react-router'
import { failureOf } from '../api.ts'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { pageClock } from '../parts/clock.ts'
import { customerName, regionWords } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { Failed, Skeleton } from '../parts/states.tsx'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Marked } from './marked.tsx'
import type { usePeople, useWords } from './use-search.ts'

/** Beside somebody whose card this agent may not open. */
export const ClosedCard = () => {
  const { t } = useTexts()
  return (
    <span className="closed-card">
      <Icon name="lock" size={12} />
      {t('customers.closedShort')}
    </span>
  )
}

const PersonRow = ({ hit, query, timeZone, current }: { hit: CustomerHit; query: string; timeZone: string; current: boolean }) => {
  const { t, language } = useTexts()
  const name = customerName(hit, t)
  const why = [t('customers.number', { number: hit.number }), hit.match.shown ?? t(`customers.matched.${hit.match.kind}`), ...regionWords(hit.region)].join(' · ')
  const body = (
    <>
      <span className="avatar" aria-hidden="true">{hit.name === null ? <Icon name="person" /> : hit.name.charAt(0).toUpperCase()}</span>
      <span className="grow">
        <span className="line">
          <span className="cut name grow" title={name}>
            {hit.match.kind === 'name' && hit.name !== null ? <Marked text={hit.name} ranges={hit.match.ranges} /> : name}
          </span>
          {hit.lastContactAt !== null && (
            <time dateTime={hit.lastContactAt} title={`${t('customers.lastContact')}: ${formatExact(hit.lastContactAt, language, timeZone)}`}>
              {formatShort(hit.lastContactAt, pageClock.now(), language, timeZone)}
            </time>
          )}
        </span>
        <span className="line below">
          <span className="cut grow" title={why}>{why}</span>
          {!hit.mayOpen && <ClosedCard />}
        </span>
      </span>
    </>
  )
  if (!hit.mayOpen)
    return (
      <div className="hit" data-hit tabIndex={0} role="note" aria-label={`${name}. ${t('customers.closed')}`} title={t('customers.closed')}>
        {body}
      </div>
    )
  return (
    <Link className="hit" data-hit to={`/customers/${hit.id}`} state={{ query }} {...(current ? { 'aria-current': 'true' as const } : {})}>
      {body}
    </Link>
  )
}

const WordsRow = ({ hit, query, timeZone, current }: { hit: WordsHit; query: string; timeZone: string; current: boolean }) => {
  const { t, language } = useTexts()
  const who = t(hit.visibility === 'note' ? 'customers.note' : hit.author === 'customer' ? 'customers.byCustomer' : 'customers.byAgent')
  const where = [hit.queueName, who].join(' · ')
  return (
    <Link className="hit" data-hit to={`/customers/${hit.customer.id}?contact=${hit.contactId}`} state={{ query }} {...(current ? { 'aria-current': 'true' as const } : {})}>
      <ChannelIcon channel={hit.channel} />
      <span className="grow">
        <span className="line">
          <span className="cut name grow" title={customerName(hit.customer, t)}>{customerName(hit.customer, t)}</span>
          <time dateTime={hit.at} title={formatExact(hit.at, language, timeZone)}>{formatShort(hit.at, pageClock.now(), language, timeZone)}</time>
        </span>
        <span className="excerpt"><Marked text={hit.excerpt} ranges={hit.ranges} /></span>
        <span className="line below">
          <span className="cut grow" title={where}>{where}</span>
        </span>
      </span>
    </Link>
  )
}

type ListProps<Found> = { readonly found: Found; readonly query: string; readonly timeZone: string }

export const PeopleList = ({ found, query, timeZone, current, areWordsFound }: ListProps<ReturnType<typeof usePeople>> & {
  current: CustomerId | undefined
  /** Or may yet be: then it is only that nobody is called so. */
  areWordsFound: boolean
}) => {
  const { t } = useTexts()
  const hits = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('customers.people')} aria-busy={found.isFetching}>
      <h2 className="list-order">{t('customers.people')}</h2>
      {found.isError ? (
        <Failed title={t('customers.failed')} failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton rows={4} height={48} />
      ) : hits.length === 0 ? (
        <p className="none">{areWordsFound ? t('customers.nobodyCalledSo') : `${t('customers.nothing')}. ${t('customers.nothingText')}`}</p>
      ) : (
        <ul>
          {hits.map((hit) => (
            <li key={hit.id}>
              <PersonRow hit={hit} query={query} timeZone={timeZone} current={hit.id === current} />
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage && !found.isError && (
        <Button variant="subtle" fullWidth loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </section>
  )
}

export const WordsList = ({ found, query, timeZone, current }: ListProps<ReturnType<typeof useWords>> & { current: string | null }) => {
  const { t } = useTexts()
  const hits = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('customers.words')} aria-busy={found.isFetching}>
      <h2 className="list-order">{t('customers.words')}</h2>
      {found.data?.pages[0]?.isAlike === true && <p className="none">{t('customers.alikeWords')}</p>}
      {found.isError ? (
        <Failed title={t('customers.failed')} failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton rows={3} height={64} />
      ) : hits.length === 0 ? (
        <p className="none">{t('customers.noWords')}</p>
      ) : (
        <ul>
          {hits.map((hit) => (
            <li key={hit.messageId}>
              <WordsRow hit={hit} query={query} timeZone={timeZone} current={hit.contactId === current} />
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage && !found.isError && (
        <Button variant="subtle" fullWidth loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </section>
  )
}

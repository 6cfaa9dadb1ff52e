/** What customers say: satisfaction with its interval, how many of each score, and their words. */
import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { figuresRoutes, type RatingItem, type RatingsQuery } from '@otklik/contract/figures'
import type { SessionView } from '@otklik/contract/views'
import type { Figures } from '@otklik/metrics/evaluate'
import { Link, useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { customerName } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { Empty, Failed, Skeleton } from '../parts/states.tsx'
import { formatExact, formatNumber, formatShort } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { asQuery, readRatings, subjectKinds, writeRatings, type SubjectKind } from './address.ts'
import { dayIn } from './days.ts'
import { PeriodWords } from './day-words.tsx'
import { addUp, isForeign, useFigures, useFigureSubjects } from './figures-data.ts'
import { MainFigures, ReportBody, ReportHead, Segments, TableOr, useCountedTo } from './report-parts.tsx'
import { ReportTable } from './report-table.tsx'
import { ratingsRequests } from './requests.ts'
import { rowsApart, rowsByDay, type TableRow } from './rows.ts'
import { SubjectWords } from './sentence.tsx'
import type { Shown } from './sheet.ts'
import { useAddress } from './use-address.ts'
import { wordDay, wordKey, wordValue } from './words.ts'

const columns = ['csat', 'topBox', 'bottomBox', 'responseRate'] as const
const main = ['csat', 'responseRate', 'topBox', 'bottomBox'] as const

/** How many of each score, five first: the counters tell the sums of neighbours. */
export const scoresOf = ({ sums: { rated = 0, topTwo = 0, topBox = 0, bottomTwo = 0, bottomBox = 0 } }: Figures): readonly { readonly score: number; readonly count: number }[] =>
  [topBox, topTwo - topBox, rated - topTwo - bottomTwo, bottomTwo - bottomBox, bottomBox].map((count, at) => ({ score: 5 - at, count }))

const Scores = ({ figures }: { figures: Figures }) => {
  const { t, language } = useTexts()
  const scores = scoresOf(figures)
  const all = scores.reduce((sum, { count }) => sum + count, 0)
  const words = scores.map(({ score, count }) => `${score}: ${formatNumber(count, language)}`).join(', ')
  return (
    <section className="scores" role="img" aria-label={t('reports.chartRatings', { scores: words })}>
      <h2 aria-hidden="true">{t('reports.scores')}</h2>
      {scores.map(({ score, count }) => (
        <div key={score} aria-hidden="true">
          <span className="num">{score}</span>
          {/* Its length is its share; a style of the element itself would be refused by the page's policy in markup, and is not by a property. */}
          <span className="score-bar">
            <i style={{ width: `${all === 0 ? 0 : (count / all) * 100}%` }} />
          </span>
          <span className="num">{formatNumber(count, language)}</span>
          <span className="num t3">{all === 0 ? '' : wordValue(count / all, 'share', language)}</span>
        </div>
      ))}
    </section>
  )
}

const Said = ({ item, timeZone, opens }: { item: RatingItem; timeZone: string; opens: boolean }) => {
  const { t, language } = useTexts()
  const { contactId, customer, queueName, agentName, score, comment, hasComment, ratedAt } = item
  const name = customer ? customerName(customer, t) : t('reports.erased')
  const where = [name, queueName, agentName].filter(Boolean).join(' · ')
  const words = (
    <>
      <span className="score-of" data-low={score <= 3} aria-label={t('reports.score', { score })} role="img">
        {score} <Icon name="star" size={14} />
      </span>
      <span className="grow">
        <span className={comment === null ? 't3' : 'said'}>{comment ?? (hasComment ? t('reports.wordsHidden') : t('reports.noWords'))}</span>
        <span className="below cut" title={where}>{where}</span>
      </span>
      <time className="num" dateTime={ratedAt} title={formatExact(ratedAt, language, timeZone)}>{formatShort(ratedAt, Date.now(), language, timeZone)}</time>
    </>
  )
  return <li>{customer && opens ? <Link className="behind-row" to={`/customers/${customer.id}?contact=${contactId}`}>{words}</Link> : <span className="behind-row">{words}</span>}</li>
}

const Comments = ({ query, timeZone, opens }: { query: Omit<RatingsQuery, 'cursor' | 'limit'>; timeZone: string; opens: boolean }) => {
  const { t } = useTexts()
  const api = useApi()
  const found = useInfiniteQuery({
    queryKey: ['ratings', query],
    queryFn: ({ pageParam, signal }) => api.call(figuresRoutes.ratings, { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (found.isError) return <Failed title={t('reports.behindFailed')} failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Skeleton rows={4} height={56} />
  const items = found.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <Empty icon="star" title={t('reports.noComments')} />
  return (
    <>
      <ul>
        {items.map((item) => (
          <Said key={item.contactId} item={item} timeZone={timeZone} opens={opens} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button className="behind-more" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  )
}

export const RatingsPage = ({ timeZone, role }: { timeZone: string; role: SessionView['agent']['role'] }) => {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const [address, go] = useAddress(readRatings, writeRatings, timeZone)
  const { from, to, subject, by, lowOnly, commentedOnly } = address
  const requests = ratingsRequests(address)
  const subjects = useFigureSubjects()
  const all = useFigures(requests.all)
  const days = useFigures(requests.days)
  const apart = useFigures(requests.apart)
  const countedTo = useCountedTo(all.data?.countedTo, timeZone)

  const figures = all.data ? addUp(all.data.rows) : null
  const kind = requests.apart === null ? 'day' : by
  const rows = kind === 'day' ? (days.data ? rowsByDay(days.data.rows, from, to, language) : null) : apart.data && !apart.isPlaceholderData ? rowsApart(apart.data.rows.filter(({ key }) => key !== null), kind, t) : null
  const total: TableRow | null = figures && { id: 'total', label: t('reports.columns.total'), figures, opens: null }
  const nameOf = (own: SubjectKind, id: string) => {
    const known = { queue: subjects.data?.queues, agent: subjects.data?.agents, team: subjects.data?.teams, site: subjects.data?.sites, channel: [], region: [] }[own]?.find((each) => each.id === id)
    return wordKey(own, id, known?.name ?? null, t)
  }
  const filters = [...subjectKinds.flatMap((own) => (subject[own] === undefined ? [] : [`${t(`reports.${own}`)} ${nameOf(own, subject[own])}`])), `${wordDay(from, language)} – ${wordDay(to, language)}`].join(', ')
  const isBusy = all.isPlaceholderData || days.isPlaceholderData
  const shown: Shown | null = rows && all.data && !isBusy ? { title: t('reports.ratings'), filters, countedTo: formatExact(all.data.countedTo, language, timeZone), of: t(`reports.columns.${kind}`), rows, total, columns } : null
  const failed = all.error ?? days.error
  const isEmpty = figures !== null && !figures.sums.rated
  const retry = () => {
    for (const each of [all, days, apart]) if (each.isError) void each.refetch()
  }
  return (
    <main className="report">
      <ReportHead file={`otklik-ratings-${from}-${to}`} shown={isEmpty ? null : shown} countedTo={countedTo}>
        <SubjectWords kinds={subjectKinds} subject={subject} subjects={subjects.data} onChange={(next) => go({ ...address, subject: next })} />
        <PeriodWords from={from} to={to} today={dayIn(timeZone, Date.now())} onChange={(since, until) => go({ ...address, from: since, to: until })} />
      </ReportHead>
      <ReportBody failed={failed} isOutOfReach={subjects.data !== undefined && isForeign(subject, subjects.data)} empty={isEmpty && <Empty icon="star" title={t('reports.emptyRatings')} text={t('reports.emptyRatingsText')} />} isBusy={isBusy} onRetry={retry}>
        <MainFigures metrics={main} figures={figures} before={null} countedTo={countedTo} onOpen={(metric) => void navigate({ search: writeRatings({ ...address, lowOnly: metric === 'bottomBox' }) })} />
        {figures ? <Scores figures={figures} /> : <div className="scores scores-wait" data-loading="true" />}
        <div className="report-tools">
          <h2>{t('reports.table')}</h2>
          <Segments<'day' | 'queue' | 'agent'>
            label={t('reports.apart')}
            values={subject.region === undefined ? ['day', 'queue', 'agent'] : ['day', 'queue']}
            value={kind}
            wordOf={(each) => t(`reports.apartBy.${each}`)}
            onChange={(next) => go({ ...address, by: next })}
          />
        </div>
        <TableOr table={rows && <ReportTable title={t('reports.table')} of={t(`reports.columns.${kind}`)} rows={rows} columns={columns} total={total} onOpen={() => undefined} />} failed={apart.error} onRetry={retry} />
        <section className="behind" aria-label={t('reports.comments')}>
          <header>
            <h2>{t('reports.comments')}</h2>
            <Checkbox label={t('reports.lowOnly')} checked={lowOnly} onChange={(happened) => go({ ...address, lowOnly: happened.currentTarget.checked })} />
            <Checkbox label={t('reports.commentedOnly')} checked={commentedOnly} onChange={(happened) => go({ ...address, commentedOnly: happened.currentTarget.checked })} />
          </header>
          {role === 'administrator' && <p className="t3 behind-note">{t('reports.wordsHidden')}</p>}
          <Comments query={{ from, to, ...asQuery(subject), ...(lowOnly ? { maxScore: 3 } : {}), ...(commentedOnly ? { commented: 'yes' } : {}) }} timeZone={timeZone} opens={role !== 'administrator'} />
        </section>
      </ReportBody>
    </main>
  )
}

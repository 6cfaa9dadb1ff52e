/** One day: its figures, its course by quarters of an hour, its table, and the contacts behind any number. */
import type { Figures } from '@otklik/metrics/evaluate'
import { addSums, type Counter } from '@otklik/metrics/sums'
import { useCallback } from 'react'
import { Empty } from '../parts/states.tsx'
import { formatExact, formatNumber, formatShare } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { asQuery, chooseSubject, moveDay, readDay, steps, subjectKinds, writeDay, type DayAddress, type Opened, type Step } from './address.ts'
import { barsAndLines, type Colours } from './chart-options.ts'
import { Chart } from './chart.tsx'
import { ContactsBehind } from './contacts-behind.tsx'
import { clockOf, dayIn } from './days.ts'
import { BesideWord, DayWord } from './day-words.tsx'
import { addUp, isForeign, targetSecondsOf, useFigures, useFigureSubjects, valueOf } from './figures-data.ts'
import { MainFigures, ReportBody, ReportHead, Segments, TableOr, useCountedTo } from './report-parts.tsx'
import { ReportTable } from './report-table.tsx'
import { canTellApart, dayRequests } from './requests.ts'
import { columnsOf, mainFigures, rowsApart, rowsByInterval, type TableRow } from './rows.ts'
import { ListWord, SubjectWords } from './sentence.tsx'
import type { Shown } from './sheet.ts'
import { useAddress } from './use-address.ts'
import { wordDay, wordKey, wordOpened, wordValue } from './words.ts'

/** A day's figures with people's time, which is asked for apart. */
const useDay = ({ all, time }: Pick<ReturnType<typeof dayRequests>, 'all' | 'time'> | { all: null; time: null }): { figures: Figures | null; query: ReturnType<typeof useFigures> } => {
  const query = useFigures(all)
  const times = useFigures(time)
  if (!query.data || all === null) return { figures: null, query }
  const { sums, histograms } = addUp(query.data.rows)
  const both: { [Name in Counter]?: number } = { ...sums }
  if (time !== null && times.data && !times.isPlaceholderData) addSums(both, addUp(times.data.rows).sums)
  return { figures: { sums: both, histograms }, query }
}

const DayChart = ({ rows, before, date, compareWith, onPick }: { rows: readonly TableRow[]; before: readonly TableRow[]; date: string; compareWith: string | null; onPick: (row: TableRow) => void }) => {
  const { t, language } = useTexts()
  const whole = rows.some(({ figures }) => figures.sums.offered) ? 'offered' : 'handled'
  const count = (of: readonly TableRow[], metric: 'offered' | 'handled' | 'answered') => of.map(({ figures }) => valueOf(metric, figures).value ?? 0)
  const values = count(rows, whole)
  const peak = rows[values.indexOf(Math.max(...values))]
  const total = (own: readonly number[]) => formatNumber(own.reduce((sum, value) => sum + value, 0), language)
  const byId = new Map(before.map((row) => [row.id, row]))
  const word = (value: number) => formatNumber(value, language)
  const percent = (share: number) => wordValue(share, 'share', language)
  const name = t(whole === 'offered' ? 'reports.bars.offered' : 'reports.metric.handled')
  const lines = [
    ...(whole === 'offered' ? [{ name: t('reports.line.serviceLevel'), values: rows.map(({ figures }) => valueOf('serviceLevel', figures).value), word: percent, isShare: true }] : []),
    ...(compareWith === null
      ? []
      : [{ name: t('reports.line.before', { name, date: wordDay(compareWith, language) }), values: rows.map(({ id }) => (byId.has(id) ? (valueOf(whole, byId.get(id)?.figures ?? addUp([])).value ?? 0) : null)), word, isShare: false, isThin: true }]),
  ]
  const data = JSON.stringify([values, count(rows, 'answered'), lines.map((line) => line.values), language])
  const build = useCallback(
    (colours: Colours) =>
      barsAndLines({
        labels: rows.map(({ label }) => label), whole: { name, values }, lines, word, percent: (share) => formatShare(share, language),
        ...(whole === 'offered' ? { part: { name: t('reports.bars.answered'), values: count(rows, 'answered') } } : {}),
      })(colours),
    // Drawn anew when what it shows has changed, and not whenever the page is.
    [data],
  )
  return (
    <Chart
      build={build}
      label={t('reports.chartDay', { date: wordDay(date, language), offered: total(values), answered: total(count(rows, 'answered')), peak: peak?.label ?? '' })}
      legend={[
        { mark: whole === 'offered' ? 'quietBar' : 'bar', name },
        ...(whole === 'offered' ? [{ mark: 'bar' as const, name: t('reports.bars.answered') }] : []),
        ...lines.map(({ name: own, isShare }) => ({ mark: isShare ? ('line' as const) : ('dots' as const), name: own })),
      ]}
      onPick={(index) => {
        const row = rows[index]
        if (row) onPick(row)
      }}
    />
  )
}

/** The time that is open, in words. */
const wordTime = ({ fromMinute, untilMinute }: Opened): string | null => (fromMinute === undefined || untilMinute === undefined ? null : `${clockOf(fromMinute)}–${clockOf(untilMinute)}`)

const filtersOf = (address: DayAddress, t: ReturnType<typeof useTexts>['t'], language: ReturnType<typeof useTexts>['language'], nameOf: (kind: (typeof subjectKinds)[number], id: string) => string): string =>
  [...subjectKinds.flatMap((kind) => (address.subject[kind] === undefined ? [] : [`${t(`reports.${kind}`)} ${nameOf(kind, address.subject[kind])}`])), wordDay(address.date, language)].join(', ')

export const DayPage = ({ timeZone }: { timeZone: string }) => {
  const { t, language } = useTexts()
  const [address, go] = useAddress(readDay, writeDay, timeZone)
  const { date, compareWith, subject, by, step, opened } = address
  const today = dayIn(timeZone, Date.now())
  const requests = dayRequests(address, today)
  const subjects = useFigureSubjects()
  const { figures, query } = useDay(requests)
  const before = useDay(requests.before ?? { all: null, time: null })
  const quarters = useFigures(requests.quarters)
  const quartersBefore = useFigures(requests.before?.quarters ?? null)
  const soFar = useFigures(requests.beforeSoFar)
  const apart = useFigures(requests.apart)
  const countedTo = useCountedTo(query.data?.countedTo, timeZone)

  const open = (next: Opened) => go({ ...address, opened: next })
  const intervals = quarters.data ? rowsByInterval(quarters.data.rows, date, timeZone, 15, t) : null
  const kind = requests.apart === null ? 'interval' : by
  const rows = kind === 'interval' ? (quarters.data ? rowsByInterval(quarters.data.rows, date, timeZone, step, t) : null) : apart.data && !apart.isPlaceholderData ? rowsApart(apart.data.rows, kind, t) : null
  const columns = columnsOf(subject, kind, kind === 'queue' || kind === 'channel' || kind === 'region')
  const total: TableRow | null = figures && { id: 'total', label: t('reports.columns.total'), figures, opens: {} }
  const queueOf = (row: TableRow) => (kind === 'queue' && row !== total ? row.id : subject.queue)
  const nameOf = (own: (typeof subjectKinds)[number], id: string) => {
    const known = { queue: subjects.data?.queues, agent: subjects.data?.agents, team: subjects.data?.teams, site: subjects.data?.sites, channel: [], region: [] }[own]?.find((each) => each.id === id)
    return wordKey(own, id, known?.name ?? null, t)
  }
  const beside = requests.beforeSoFar === null ? (before.query.isPlaceholderData ? null : before.figures) : soFar.data && !soFar.isPlaceholderData ? addUp(soFar.data.rows) : null
  const filters = filtersOf(address, t, language, nameOf)
  const isBusy = query.isPlaceholderData || quarters.isPlaceholderData
  const shown: Shown | null = rows && query.data && !isBusy ? { title: t('reports.day'), filters, countedTo: formatExact(query.data.countedTo, language, timeZone), of: t(`reports.columns.${kind}`), rows, total, columns } : null
  const failed = query.error ?? quarters.error ?? before.query.error ?? quartersBefore.error ?? soFar.error
  const isEmpty = figures !== null && !figures.sums.offered && !figures.sums.handled && !figures.sums.rated && !figures.sums.busyMs
  const openedSubject = opened?.key !== undefined && kind !== 'interval' ? chooseSubject(subject, kind, opened.key) : subject
  const retry = () => {
    for (const each of [query, quarters, before.query, quartersBefore, soFar, apart]) if (each.isError) void each.refetch()
  }

  return (
    <main className="report">
      <ReportHead file={`otklik-${date}`} shown={isEmpty ? null : shown} countedTo={countedTo}>
        <SubjectWords kinds={subjectKinds} subject={subject} subjects={subjects.data} onChange={(next) => go({ ...address, subject: next, opened: null })} />
        <DayWord date={date} today={today} onChange={(next) => go(moveDay(address, next))} />
        {' '}
        <BesideWord date={date} compareWith={compareWith} onChange={(next) => go({ ...address, compareWith: next })} />
        {requests.beforeSoFar !== null && <span className="clause">{t('reports.soFar')}</span>}
      </ReportHead>
      <ReportBody failed={failed} isOutOfReach={subjects.data !== undefined && isForeign(subject, subjects.data)} empty={isEmpty && <Empty icon="chart" title={t('reports.emptyTitle')} text={t('reports.emptyText')} />} isBusy={isBusy} onRetry={retry}>
        <MainFigures metrics={mainFigures(subject)} figures={figures} before={beside} targetSeconds={targetSecondsOf(subjects.data?.queues, subject.queue)} countedTo={countedTo} onOpen={(metric, part) => open({ metric, part })} />
        {intervals ? (
          <DayChart
            rows={intervals}
            before={requests.before && quartersBefore.data && !quartersBefore.isPlaceholderData ? rowsByInterval(quartersBefore.data.rows, requests.before.quarters.from, timeZone, 15, t) : []}
            date={date}
            compareWith={compareWith}
            onPick={(row) => open({ metric: columns[0] ?? 'offered', part: 'counted', ...row.opens })}
          />
        ) : (
          <div className="chart chart-waits" data-loading="true" />
        )}
        <div className="report-tools">
          <h2>{t('reports.table')}</h2>
          <ListWord
            label={t('reports.apart')}
            items={(['interval', ...subjectKinds] as const).filter((each) => each === 'interval' || canTellApart(each, subject)).map((each) => ({ id: each, name: t(`reports.apartBy.${each}`) }))}
            chosen={kind}
            onChoose={(next) => go({ ...address, by: (['interval', ...subjectKinds] as const).find((each) => each === next) ?? 'interval', opened: null })}
          />
          {kind === 'interval' && (
            <Segments<'15' | '30' | '60'> label={t('reports.chooseStep')} values={['15', '30', '60']} value={`${step}`} wordOf={(each) => t(`reports.steps.${each} min`)} onChange={(next) => go({ ...address, step: steps.find((each) => `${each}` === next) ?? (15 satisfies Step), opened: null })} />
          )}
        </div>
        <TableOr table={rows && <ReportTable title={t('reports.table')} of={t(`reports.columns.${kind}`)} rows={rows} columns={columns} total={total} targetOfRow={(row) => targetSecondsOf(subjects.data?.queues, queueOf(row))} onOpen={open} />} failed={apart.error} onRetry={retry} />
        {opened && (
          <ContactsBehind
            title={[wordOpened(opened.metric, opened.part, t), opened.key !== undefined && kind !== 'interval' ? nameOf(kind, opened.key) : null, wordTime(opened)].filter((text) => text !== null).join(', ')}
            query={{
              from: date, to: date, fromMinute: opened.fromMinute ?? 0, untilMinute: opened.untilMinute ?? 1440, ...(opened.again === undefined ? {} : { again: opened.again }),
              metric: opened.metric, part: opened.part, ...asQuery(openedSubject),
            }}
            timeZone={timeZone}
            onClose={() => go({ ...address, opened: null })}
          />
        )}
      </ReportBody>
    </main>
  )
}

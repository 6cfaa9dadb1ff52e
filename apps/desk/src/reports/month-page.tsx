/** A month by day, channel, region and queue, beside the month before. */
import type { Figures } from '@otklik/metrics/evaluate'
import { useCallback } from 'react'
import { Empty } from '../parts/states.tsx'
import { formatExact, formatNumber, formatShare } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { asQuery, chooseSubject, monthRows, readMonth, writeMonth, type Opened, type SubjectKind } from './address.ts'
import { barsAndLines, type Colours } from './chart-options.ts'
import { Chart } from './chart.tsx'
import { ContactsBehind } from './contacts-behind.tsx'
import { dayIn, daysOfMonth } from './days.ts'
import { MonthWord } from './day-words.tsx'
import { addUp, isForeign, targetSecondsOf, useFigures, useFigureSubjects, valueOf } from './figures-data.ts'
import { MainFigures, ReportBody, ReportHead, Segments, TableOr, useCountedTo } from './report-parts.tsx'
import { ReportTable } from './report-table.tsx'
import { daysBeside, monthRequests } from './requests.ts'
import { columnsOf, mainFigures, rowsApart, rowsByDay, type TableRow } from './rows.ts'
import { SubjectWords } from './sentence.tsx'
import type { Shown } from './sheet.ts'
import { useAddress } from './use-address.ts'
import { wordDay, wordDays, wordKey, wordMonth, wordOpened, wordValue } from './words.ts'

const kinds = ['queue', 'channel', 'region'] as const satisfies readonly SubjectKind[]

const MonthChart = ({ rows, month, onPick }: { rows: readonly TableRow[]; month: string; onPick: (row: TableRow) => void }) => {
  const { t, language } = useTexts()
  const [offered, answered] = (['offered', 'answered'] as const).map((metric) => rows.map(({ figures }) => valueOf(metric, figures).value ?? 0))
  const levels = rows.map(({ figures }) => valueOf('serviceLevel', figures).value)
  const total = (own: readonly number[] = []) => formatNumber(own.reduce((sum, value) => sum + value, 0), language)
  const data = JSON.stringify([offered, answered, levels, language])
  const build = useCallback(
    (colours: Colours) =>
      barsAndLines({
        labels: rows.map(({ id }) => String(Number(id.slice(8)))),
        whole: { name: t('reports.bars.offered'), values: offered ?? [] },
        part: { name: t('reports.bars.answered'), values: answered ?? [] },
        lines: [{ name: t('reports.line.serviceLevel'), values: levels, word: (value) => wordValue(value, 'share', language), isShare: true }],
        word: (value) => formatNumber(value, language),
        percent: (share) => formatShare(share, language),
      })(colours),
    // Drawn anew when what it shows has changed, and not whenever the page is.
    [data],
  )
  return (
    <Chart
      build={build}
      label={t('reports.chartMonth', { month: wordMonth(month, language), offered: total(offered), answered: total(answered) })}
      legend={[{ mark: 'quietBar', name: t('reports.bars.offered') }, { mark: 'bar', name: t('reports.bars.answered') }, { mark: 'line', name: t('reports.line.serviceLevel') }]}
      onPick={(index) => {
        const row = rows[index]
        if (row) onPick(row)
      }}
    />
  )
}

/** Nothing happened, or nobody was there yet: a month that is no measure for another. */
const isWithout = ({ sums }: Figures): boolean => !sums.offered && !sums.handled && !sums.rated

export const MonthPage = ({ timeZone }: { timeZone: string }) => {
  const { t, language } = useTexts()
  const [address, go] = useAddress(readMonth, writeMonth, timeZone)
  const { month, subject, by, opened } = address
  const today = dayIn(timeZone, Date.now())
  const requests = monthRequests(address, today)
  const subjects = useFigureSubjects()
  const all = useFigures(requests.all)
  const days = useFigures(requests.days)
  const before = useFigures(requests.before)
  const apart = useFigures(requests.apart)
  const countedTo = useCountedTo(all.data?.countedTo, timeZone)
  const { from, to } = daysOfMonth(month)

  const figures = all.data ? addUp(all.data.rows) : null
  const byDay = days.data ? rowsByDay(days.data.rows, from, to, language) : null
  const rows = by === 'day' ? byDay : apart.data && !apart.isPlaceholderData ? rowsApart(apart.data.rows, by, t) : null
  const columns = columnsOf(subject, by, true)
  const total: TableRow | null = figures && { id: 'total', label: t('reports.columns.total'), figures, opens: {} }
  const queueOf = (row: TableRow) => (by === 'queue' && row !== total ? row.id : subject.queue)
  const nameOf = (kind: SubjectKind, id: string) => wordKey(kind, id, subjects.data?.queues.find((queue) => queue.id === id)?.name ?? null, t)
  const filters = [...kinds.flatMap((kind) => (subject[kind] === undefined ? [] : [`${t(`reports.${kind}`)} ${nameOf(kind, subject[kind])}`])), wordMonth(month, language)].join(', ')
  const isBusy = all.isPlaceholderData || days.isPlaceholderData
  const shown: Shown | null = rows && all.data && !isBusy ? { title: t('reports.month'), filters, countedTo: formatExact(all.data.countedTo, language, timeZone), of: t(`reports.columns.${by}`), rows, total, columns } : null
  const failed = all.error ?? days.error ?? before.error
  const isEmpty = figures !== null && isWithout(figures)
  const figuresBefore = before.data && !before.isPlaceholderData ? addUp(before.data.rows) : null
  const open = (next: Opened) => go({ ...address, opened: next })
  const openedSubject = opened?.key !== undefined && by !== 'day' ? chooseSubject(subject, by, opened.key) : subject
  const retry = () => {
    for (const each of [all, days, before, apart]) if (each.isError) void each.refetch()
  }

  return (
    <main className="report">
      <ReportHead file={`otklik-${month}`} shown={isEmpty ? null : shown} countedTo={countedTo}>
        <SubjectWords kinds={kinds} subject={subject} subjects={subjects.data} onChange={(next) => go({ ...address, subject: next, opened: null })} />
        <MonthWord month={month} today={today} onChange={(next) => go({ ...address, month: next, opened: null })} />
        <span className="clause">{t('reports.beside')} {wordDays(daysBeside(month, today), language)}</span>
      </ReportHead>
      <ReportBody failed={failed} isOutOfReach={subjects.data !== undefined && isForeign(subject, subjects.data)} empty={isEmpty && <Empty icon="chart" title={t('reports.emptyTitle')} text={t('reports.emptyText')} />} isBusy={isBusy} onRetry={retry}>
        <MainFigures
          metrics={mainFigures(subject).filter((metric) => metric !== 'occupancy')}
          figures={figures}
          before={figuresBefore && !isWithout(figuresBefore) ? figuresBefore : null}
          targetSeconds={targetSecondsOf(subjects.data?.queues, subject.queue)}
          countedTo={countedTo}
          onOpen={(metric, part) => open({ metric, part })}
        />
        {byDay ? <MonthChart rows={byDay} month={month} onPick={(row) => open({ metric: 'offered', part: 'counted', ...row.opens })} /> : <div className="chart chart-waits" data-loading="true" />}
        <div className="report-tools">
          <h2>{t('reports.table')}</h2>
          <Segments label={t('reports.apart')} values={monthRows} value={by} wordOf={(each) => t(`reports.apartBy.${each}`)} onChange={(next) => go({ ...address, by: next, opened: null })} />
        </div>
        <TableOr table={rows && <ReportTable title={t('reports.table')} of={t(`reports.columns.${by}`)} rows={rows} columns={columns} total={total} targetOfRow={(row) => targetSecondsOf(subjects.data?.queues, queueOf(row))} onOpen={open} />} failed={apart.error} onRetry={retry} />
        {opened && (
          <ContactsBehind
            title={[wordOpened(opened.metric, opened.part, t), opened.key !== undefined && by !== 'day' ? nameOf(by, opened.key) : null, opened.day === undefined ? null : wordDay(opened.day, language)].filter((text) => text !== null).join(', ')}
            query={{ from: opened.day ?? from, to: opened.day ?? to, fromMinute: 0, untilMinute: 1440, metric: opened.metric, part: opened.part, ...asQuery(openedSubject) }}
            timeZone={timeZone}
            onClose={() => go({ ...address, opened: null })}
          />
        )}
      </ReportBody>
    </main>
  )
}

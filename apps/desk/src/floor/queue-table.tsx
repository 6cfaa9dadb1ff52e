/** Queues as they are: who waits and how long, and how the day goes against its targets. */
import type { FloorQueue } from '@otklik/contract/floor'
import { judge, targets } from '@otklik/metrics/targets'
import type { QueueId } from '@otklik/model/ids'
import { memo } from 'react'
import { Link } from 'react-router'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { Timer } from '../parts/timer.tsx'
import { formatNumber, formatShare } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Cell } from './figure.tsx'
import { serviceByQuarter, valueOf } from './figures.ts'
import { useFloorQueue } from './use-floor.tsx'

const [width, height] = [96, 20]
const target = targets.serviceLevel

/** Four hours of service level in one line; dashes where the target is. */
export const Sparkline = memo(({ quarters }: { quarters: FloorQueue['quarters'] }) => {
  const { t, language } = useTexts()
  const values = serviceByQuarter(quarters)
  const last = values.at(-1)
  const latest = quarters.at(-1)
  if (last === undefined) return <span className="t3">—</span>
  // From half upwards, or from the lowest: a day between 70 and 95 % must not look flat.
  const floor = Math.min(0.5, ...values)
  const y = (value: number) => 2 + ((1 - value) / (1 - floor)) * (height - 4)
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const words = `${t('floor.sparkline')}: ${values.map((value) => formatShare(value, language)).join(', ')}`
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
      {target?.way === 'more' && <line x1="0" x2={width} y1={y(target.value)} y2={y(target.value)} />}
      {values.length > 1 && <path d={values.map((value, index) => `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${y(value).toFixed(1)}`).join('')} />}
      <circle data-level={(latest && judge('serviceLevel', valueOf('serviceLevel', latest), null)) ?? undefined} cx={values.length > 1 ? width : width / 2} cy={y(last)} r="2.4" />
    </svg>
  )
})
Sparkline.displayName = 'QueueSparkline'

/** Who could be asked now; nobody, while somebody waits, is a word. */
export const AvailableCount = ({ queue: { available, waiting } }: { queue: FloorQueue }) => {
  const { t, language } = useTexts()
  return available === 0 && waiting > 0 ? <span className="v" data-none>{t('floor.nobodyAvailable')}</span> : formatNumber(available, language)
}

type NameProps = Pick<FloorQueue, 'id' | 'name' | 'line' | 'isOpen' | 'helpedBy'> & { current: boolean }
/** By itself, because it stays while the numbers beside it change. */
const Name = memo(({ id, name, line, isOpen, helpedBy, current }: NameProps) => {
  const { t } = useTexts()
  return (
    <Link to={`/floor?queue=${id}`} className="q" {...(current ? { 'aria-current': 'true' as const } : {})}>
      <ChannelIcon channel="webChat" bare />
      <b className="cut" title={name}>{name}</b>
      {line === 2 && <span className="tag">{t('floor.line2')}</span>}
      {!isOpen && <span className="tag">{t('floor.closed')}</span>}
      {helpedBy !== null && <span className="tag cut" title={t('floor.helpedByHint', { queue: helpedBy })}>{t('floor.helpedBy', { queue: helpedBy })}</span>}
    </Link>
  )
})
Name.displayName = 'QueueName'

const Row = memo(({ id, current }: { id: QueueId; current: boolean }) => {
  const { language } = useTexts()
  const queue = useFloorQueue(id)
  if (!queue) return null
  const { today, targetSeconds } = queue
  return (
    <tr data-current={current} data-queue={id}>
      <th scope="row">
        <Name id={id} name={queue.name} line={queue.line} isOpen={queue.isOpen} helpedBy={queue.helpedBy} current={current} />
      </th>
      <td>{formatNumber(queue.waiting, language)}</td>
      <td>{queue.oldestAt === null ? <span className="t3">—</span> : <Timer since={queue.oldestAt} targetSeconds={targetSeconds} />}</td>
      <td><AvailableCount queue={queue} /></td>
      <td><Cell metric="serviceLevel" sums={today} targetSeconds={targetSeconds} /></td>
      <td><Cell metric="firstResponseTime" sums={today} targetSeconds={targetSeconds} /></td>
      <td><Cell metric="abandonment" sums={today} targetSeconds={targetSeconds} /></td>
      <td>{formatNumber(today['handled'] ?? 0, language)}</td>
      <td><Cell metric="csat" sums={today} targetSeconds={targetSeconds} /></td>
      <td><Sparkline quarters={queue.quarters} /></td>
    </tr>
  )
})
Row.displayName = 'QueueRow'

const columns = ['waiting', 'longestShort', 'available', 'serviceLevelShort', 'firstResponse', 'abandonment', 'handled', 'rating', 'hours'] as const

export const QueueTable = ({ ids, current }: { ids: readonly QueueId[]; current: QueueId | null }) => {
  const { t } = useTexts()
  if (ids.length === 0) return <p className="t3 floor-none">{t('floor.noQueues')}</p>
  return (
    <div className="floor-scroll" tabIndex={0} role="region" aria-label={t('floor.queue')}>
      <table className="floor-table">
        <thead>
          <tr>
            <th scope="col">{t('floor.queue')}</th>
            {columns.map((column) => <th key={column} scope="col">{t(`floor.${column}`)}</th>)}
          </tr>
        </thead>
        <tbody>{ids.map((id) => <Row key={id} id={id} current={id === current} />)}</tbody>
      </table>
    </div>
  )
}

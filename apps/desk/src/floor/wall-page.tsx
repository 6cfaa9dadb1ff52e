/** The wall: the same figures, large enough to be read from five metres. Nothing is pressed here but the way back. */
import '../look/floor.css'
import type { MetricId } from '@otklik/metrics/definitions'
import type { Sums } from '@otklik/metrics/sums'
import { useRef, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useDeskState } from '../desk/desk-context.tsx'
import { TargetMark } from '../parts/target-mark.tsx'
import { Elapsed, Timer, useTick } from '../parts/timer.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useSession } from '../sign-in/session.ts'
import { formatClock, formatNumber, formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { CallLine, useCalls } from './alerts.tsx'
import { Cell, formatShare } from './figure.tsx'
import { standing, valueOf } from './figures.ts'
import { shownOf, type FloorState } from './floor-state.ts'
import { targetShare, useTotal } from './totals.tsx'
import { FloorRoom, useFloor } from './use-floor.tsx'

const Clock = ({ timeZone }: { timeZone: string }) => {
  const { language } = useTexts()
  const ref = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = formatTime(now, language, timeZone)
  })
  return <time ref={ref} />
}

const Big = ({ label, value, mark, below }: { label: string; value: ReactNode; mark?: ReactNode; below: ReactNode }) => (
  <div>
    <span className="l">{label}</span>
    <b>
      {value}
      {mark}
    </b>
    <span className="d">{below}</span>
  </div>
)

const BigShare = ({ metric, label, sums, below }: { metric: MetricId; label: string; sums: Sums; below: string }) => {
  const { language } = useTexts()
  const figure = valueOf(metric, sums)
  const { value } = figure
  const level = standing(metric, figure, null)
  return <Big label={label} value={value === null ? '—' : formatShare(value, language)} mark={level && <TargetMark level={level} />} below={below} />
}

/** Queues that fit on a wall: those with somebody waiting first, the longest wait before. */
const mostQueues = 9
const pressing = (queues: FloorState['queues']) =>
  [...queues.values()].sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || (a.oldestAt ?? '~').localeCompare(b.oldestAt ?? '~')).slice(0, mostQueues)

const Wall = () => {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const session = useSession()
  const { waiting, oldestAt, today, targetSeconds } = useTotal()
  const queues = useFloor((state) => state.queues)
  const agents = useFloor((state) => state.agents)
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const calls = useCalls()
  const shown = [...agents.values()].map(shownOf)
  const count = (state: (typeof shown)[number]) => shown.filter((one) => one === state).length
  const leave = () => void navigate('/floor')
  useKeys({ floorWall: leave, leave, back: leave })
  return (
    <main className="wall" aria-label={t('floor.wall')}>
      <CallLine calls={calls} />
      <header>
        <b>{session.data?.company.name}</b>
        <span>{t('floor.onShift', { count: shown.length - count('offline') })} · {t('floor.talking', { count: count('engaged') })}</span>
        <Clock timeZone={timeZone} />
      </header>
      <div className="big">
        <Big label={t('floor.waitingNow')} value={formatNumber(waiting, language)} below={oldestAt === null ? t('floor.nobodyWaits') : <>{t('floor.longest')} <Elapsed since={oldestAt} /></>} />
        <BigShare metric="serviceLevel" label={t('floor.serviceLevel')} sums={today} below={targetSeconds === null ? '' : t('floor.targetIn', { target: targetShare('serviceLevel', language), time: formatClock(targetSeconds) })} />
        <BigShare metric="abandonment" label={t('floor.abandonment')} sums={today} below={t('floor.target', { target: targetShare('abandonment', language) })} />
        <BigShare metric="csat" label={t('floor.csat')} sums={today} below={t('floor.ratings', { count: valueOf('csat', today).n })} />
      </div>
      <div className="wall-queues" tabIndex={0} role="region" aria-label={t('floor.queue')}>
        <table className="floor-table">
          <thead>
            <tr>
              <th scope="col">{t('floor.queue')}</th>
              <th scope="col">{t('floor.waiting')}</th>
              <th scope="col">{t('floor.longestShort')}</th>
              <th scope="col">{t('floor.available')}</th>
              <th scope="col">{t('floor.serviceLevelShort')}</th>
            </tr>
          </thead>
          <tbody>
            {pressing(queues).map((queue) => (
              <tr key={queue.id}>
                <th scope="row"><span className="cut" title={queue.name}>{queue.name}</span></th>
                <td>{formatNumber(queue.waiting, language)}</td>
                <td>{queue.oldestAt === null ? <span className="t3">—</span> : <Timer since={queue.oldestAt} targetSeconds={queue.targetSeconds} />}</td>
                <td>{formatNumber(queue.available, language)}</td>
                <td><Cell metric="serviceLevel" sums={queue.today} targetSeconds={queue.targetSeconds} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Link className="wall-leave" to="/floor">{t('floor.leaveWall')}</Link>
    </main>
  )
}

export const WallPage = () => (
  <FloorRoom>
    <Wall />
  </FloorRoom>
)

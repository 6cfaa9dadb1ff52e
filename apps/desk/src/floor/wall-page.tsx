/** The wall: the same figures, large enough to be read from five metres. Nothing is pressed here but the way back. */
import '../look/floor.css'
import type { MetricId } from '@otklik/metrics/definitions'
import { fewCases } from '@otklik/metrics/evaluate'
import type { Sums } from '@otklik/metrics/sums'
import { judge } from '@otklik/metrics/targets'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useDeskState } from '../desk/desk-context.tsx'
import { TargetMark } from '../parts/target-mark.tsx'
import { Elapsed, Timer, useTick } from '../parts/timer.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useSession } from '../sign-in/session.ts'
import { formatClock, formatNumber, formatShare, formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { CallLine, useCalls } from './alerts.tsx'
import { Stale } from './stale.tsx'
import { Cell } from './figure.tsx'
import { valueOf } from './figures.ts'
import { AvailableCount } from './queue-table.tsx'
import { shownOf, type FloorState } from './floor-state.ts'
import { targetShare, useTotal } from './totals.tsx'
import { FloorRoom, useFloor, useStaleSince } from './use-floor.tsx'

const Clock = ({ timeZone }: { timeZone: string }) => {
  const { language } = useTexts()
  const ref = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = formatTime(now, language, timeZone)
  })
  return <time ref={ref} />
}

const Big = ({ label, value, mark, below, few = false }: { label: string; value: ReactNode; mark?: ReactNode; below: ReactNode; few?: boolean }) => (
  <div data-few={few}>
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
  const level = judge(metric, figure, null)
  return <Big label={label} few={figure.n < fewCases} value={value === null ? '—' : formatShare(value, language)} mark={level && <TargetMark level={level} />} below={below} />
}

/** Heights of the wall's table in `floor.css`: its head, a row, and the line that says how many more there are. */
const heights = { head: 36, row: 54, more: 34 }

/** How many queues stand whole on this wall: nobody scrolls one. */
const useRoom = (count: number) => {
  const ref = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(9)
  useEffect(() => {
    const box = ref.current
    if (!box) return
    const observer = new ResizeObserver(() => {
      const left = box.clientHeight - heights.head
      setRoom(Math.max(1, Math.floor((count * heights.row <= left ? left : left - heights.more) / heights.row)))
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [count])
  return { ref, room }
}

/** Those with somebody waiting first, the longest wait before. */
const pressing = (queues: FloorState['queues'], most: number) =>
  [...queues.values()].sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || (a.oldestAt ?? '~').localeCompare(b.oldestAt ?? '~')).slice(0, most)

const Wall = () => {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const session = useSession()
  const { waiting, oldestAt, today, targetSeconds } = useTotal()
  const queues = useFloor((state) => state.queues)
  const agents = useFloor((state) => state.agents)
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const calls = useCalls()
  const isStale = useStaleSince() !== null
  const { ref, room } = useRoom(queues.size)
  const shownQueues = pressing(queues, room)
  const shown = [...agents.values()].map(shownOf)
  const count = (state: (typeof shown)[number]) => shown.filter((one) => one === state).length
  const leave = () => void navigate('/floor')
  useKeys({ floorWall: leave, leave, back: leave })
  return (
    <main className="wall" data-stale={isStale} aria-label={t('floor.wall')}>
      <CallLine {...calls} />
      <header>
        <b>{session.data?.company.name}</b>
        <Stale />
        <span>{t('floor.onShift', { count: shown.length - count('offline') })} · {t('floor.talking', { count: count('engaged') })}</span>
        <Clock timeZone={timeZone} />
      </header>
      <div className="big">
        <Big label={t('floor.waitingNow')} value={formatNumber(waiting, language)} below={oldestAt === null ? t('floor.nobodyWaits') : <>{t('floor.longest')} <Elapsed since={oldestAt} /></>} />
        <BigShare metric="serviceLevel" label={t('floor.serviceLevel')} sums={today} below={targetSeconds === null ? t('floor.target', { target: targetShare('serviceLevel', language) }) : t('floor.targetIn', { target: targetShare('serviceLevel', language), time: formatClock(targetSeconds) })} />
        <BigShare metric="abandonment" label={t('floor.abandonment')} sums={today} below={t('floor.target', { target: targetShare('abandonment', language) })} />
        <BigShare metric="csat" label={t('floor.csat')} sums={today} below={t('floor.ratings', { count: valueOf('csat', today).n })} />
      </div>
      <div ref={ref} className="wall-queues" tabIndex={0} role="region" aria-label={t('floor.queue')}>
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
            {shownQueues.map((queue) => (
              <tr key={queue.id}>
                <th scope="row"><span className="cut" title={queue.name}>{queue.name}</span></th>
                <td>{formatNumber(queue.waiting, language)}</td>
                <td>{queue.oldestAt === null ? <span className="t3">—</span> : <Timer since={queue.oldestAt} targetSeconds={queue.targetSeconds} />}</td>
                <td><AvailableCount queue={queue} /></td>
                <td><Cell metric="serviceLevel" sums={queue.today} targetSeconds={queue.targetSeconds} /></td>
              </tr>
            ))}
          </tbody>
        </table>
        {queues.size > shownQueues.length && <p className="wall-more">{t('floor.moreQueues', { count: queues.size - shownQueues.length })}</p>}
        {queues.size === 0 && <p className="wall-more">{t('floor.noQueues')}</p>}
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

/** Agents as tiles by site: state, what is in hand, since when. */
import { Switch } from '@mantine/core'
import type { AgentId } from '@otklik/model/ids'
import type { ShownPresence } from '@otklik/model/presence'
import { memo, useRef } from 'react'
import { Link } from 'react-router'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { Icon } from '../parts/icons.tsx'
import { StateDot } from '../parts/state-dot.tsx'
import { Elapsed, useTick } from '../parts/timer.tsx'
import { formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { shownOf, shownSince, type Group } from './floor-state.ts'
import { useFloorAgent } from './use-floor.tsx'

interface FaceProps {
  readonly id: AgentId
  readonly name: string
  readonly shown: ShownPresence
  readonly isLost: boolean
  readonly words: string
  /** The reason of a break, while nothing is in hand. */
  readonly reason: string | null
  /** States of what is in hand, by commas. */
  readonly slots: string
  readonly since: string
  readonly current: boolean
}

/** What a tile shows, and nothing else: figures of the day change more often than that. */
const Face = memo(({ id, name, shown, isLost, words, reason, slots, since, current }: FaceProps) => {
  const held = slots === '' ? [] : slots.split(',')
  return (
    <Link
      className="tile"
      to={`/floor?agent=${id}`}
      data-state={shown}
      data-lost={isLost}
      title={`${name}: ${words}`}
      {...(current ? { 'aria-current': 'true' as const } : {})}
    >
      <span className="a">
        <StateDot state={shown} />
        <b className="cut">{name}</b>
      </span>
      <span className="b">
        {isLost && <Icon name="wifiOff" size={12} />}
        {held.slice(0, 4).map((state, index) => <span key={index} data-slot={state}><ChannelIcon channel="webChat" bare /></span>)}
        {held.length > 4 && <small>+{held.length - 4}</small>}
        {reason !== null && <small className="cut" aria-hidden="true">{reason}</small>}
        <span className="hidden-text">{words}</span>
        <Elapsed since={since} />
      </span>
    </Link>
  )
})
Face.displayName = 'AgentTile'

const Tile = memo(({ id, current }: { id: AgentId; current: boolean }) => {
  const { t } = useTexts()
  const agent = useFloorAgent(id)
  if (!agent) return null
  const shown = shownOf(agent)
  const { reasonName } = agent.presence
  const words = [
    agent.isLost ? t('floor.lost') : shown === 'notReady' ? (reasonName ?? t('floor.states.notReady')) : t(`floor.states.${shown}`),
    ...(agent.slots.length > 0 ? [t('floor.inHand', { count: agent.slots.length })] : []),
  ].join(', ')
  return (
    <Face
      id={id}
      name={agent.name}
      shown={shown}
      isLost={agent.isLost}
      words={words}
      reason={agent.slots.length === 0 && shown === 'notReady' ? reasonName : null}
      slots={agent.slots.map(({ state }) => state).join()}
      since={shownSince(agent)}
      current={current}
    />
  )
})
Tile.displayName = 'FloorTile'

/** The time of day at a site. */
const SiteTime = ({ timeZone }: { timeZone: string }) => {
  const { language } = useTexts()
  const ref = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = formatTime(now, language, timeZone)
  })
  return <time ref={ref} title={timeZone} />
}

export const AgentTiles = ({ groups, current, withOffline, onOffline }: {
  groups: readonly Group[]
  current: AgentId | null
  withOffline: boolean
  onOffline: (shown: boolean) => void
}) => {
  const { t } = useTexts()
  return (
    <div className="floor-people">
      <div className="floor-people-head">
        <Switch label={t('floor.withOffline')} checked={withOffline} onChange={(event) => onOffline(event.currentTarget.checked)} />
      </div>
      {groups.map(({ site, agentIds, present, engaged }) => (
        <section key={site?.id ?? 'none'} className="site" aria-label={site?.name ?? t('floor.noSite')}>
          <header>
            <h2>{site?.name ?? t('floor.noSite')}</h2>
            <span className="t3 s12">
              {site && <><SiteTime timeZone={site.timeZone} /> · </>}
              {t('floor.onShift', { count: present })}, {t('floor.talking', { count: engaged })}
            </span>
          </header>
          {agentIds.length === 0 ? <p className="t3 s12">{t('floor.nobodyHere')}</p> : <div className="tiles">{agentIds.map((id) => <Tile key={id} id={id} current={id === current} />)}</div>}
        </section>
      ))}
    </div>
  )
}

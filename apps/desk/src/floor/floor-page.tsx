/** The floor: the day in figures, queues, people, and beside them whatever was chosen. The address says what that is. */
import '../look/floor.css'
import { Button } from '@mantine/core'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useDeskState } from '../desk/desk-context.tsx'
import { Icon } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Empty, Skeleton } from '../parts/states.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { AgentPanel } from './agent-panel.tsx'
import { AgentTiles } from './agent-tiles.tsx'
import { AlertsDialog, CallLine, useCalls } from './alerts.tsx'
import { Peek } from './peek.tsx'
import { QueuePanel } from './queue-panel.tsx'
import { QueueTable } from './queue-table.tsx'
import { Totals } from './totals.tsx'
import { Stale } from './stale.tsx'
import { FloorRoom, useFloor, useGroups, useQueueIds } from './use-floor.tsx'
import { useSteering } from './use-steering.ts'

const Floor = () => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const [address] = useSearchParams()
  const [agentId, queueId, contactId] = [address.get('agent') as AgentId | null, address.get('queue') as QueueId | null, address.get('contact') as ContactId | null]
  const [withOffline, setWithOffline] = useState(false)
  const [settingAlerts, setSettingAlerts] = useState(false)
  const known = useFloor((state) => state.at !== null)
  const queueIds = useQueueIds()
  const groups = useGroups(withOffline)
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const steering = useSteering()
  const calls = useCalls()
  const beside = agentId ? `agent=${agentId}` : queueId ? `queue=${queueId}` : ''
  const open = (id: ContactId, hinting = false) => void navigate(`/floor?${[beside, `contact=${id}`, ...(hinting ? ['hint'] : [])].filter(Boolean).join('&')}`)
  const close = () => void navigate(beside ? `/floor?${beside}` : '/floor')
  useKeys({
    floorWall: () => void navigate('/floor/wall'),
    floorAlerts: () => setSettingAlerts(true),
    back: beside === '' ? undefined : () => void navigate('/floor'),
  })
  return (
    <main className="floor-page" data-beside={beside !== ''} aria-label={t('floor.title')}>
      <CallLine {...calls} />
      <header className="ptitle">
        <h1>{t('floor.title')}</h1>
        <Stale />
        <span className="grow" />
        <Button variant="subtle" leftSection={<Icon name="bell" />} rightSection={<KeyCap action="floorAlerts" />} onClick={() => setSettingAlerts(true)}>
          {t('floor.alerts.title')}
        </Button>
        <Button variant="subtle" leftSection={<Icon name="eye" />} rightSection={<KeyCap action="floorWall" />} onClick={() => void navigate('/floor/wall')}>
          {t('floor.wall')}
        </Button>
      </header>
      {!known ? (
        <Skeleton rows={8} height={44} />
      ) : queueIds.length === 0 && groups.length === 0 ? (
        <Empty icon="floor" title={t('floor.empty')} text={t('floor.emptyText')} />
      ) : (
        <div className="floor">
          <div className="floor-main">
            <Totals />
            <QueueTable ids={queueIds} current={queueId} />
            <AgentTiles groups={groups} current={agentId} withOffline={withOffline} onOffline={setWithOffline} />
          </div>
          {beside !== '' && (
            <aside className="side" aria-label={t('floor.side')}>
              {agentId ? (
                <AgentPanel key={agentId} id={agentId} contactId={contactId} steering={steering} onContact={open} onHint={(id) => open(id, true)} />
              ) : (
                queueId && <QueuePanel key={queueId} id={queueId} steering={steering} onContact={open} />
              )}
            </aside>
          )}
        </div>
      )}
      {contactId && <Peek contactId={contactId} hinting={address.has('hint')} timeZone={timeZone} steering={steering} onClose={close} />}
      <AlertsDialog opened={settingAlerts} onClose={() => setSettingAlerts(false)} />
    </main>
  )
}

export const FloorPage = () => (
  <FloorRoom>
    <Floor />
  </FloorRoom>
)

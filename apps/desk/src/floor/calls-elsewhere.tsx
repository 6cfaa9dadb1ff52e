/** A supervisor's alerts on the pages that do not show the floor. It is watched there only by those who have set some. */
import { useLocation } from 'react-router'
import { CallLine, useAlerts, useCalls } from './alerts.tsx'
import { FloorRoom } from './use-floor.tsx'

const Calls = () => <CallLine {...useCalls()} />

export const CallsElsewhere = () => {
  const { pathname } = useLocation()
  const { data } = useAlerts()
  if (pathname.startsWith('/floor') || !data || data.items.length === 0) return null
  return (
    <FloorRoom>
      <Calls />
    </FloorRoom>
  )
}

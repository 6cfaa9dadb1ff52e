/** While the connection is gone the picture is that of a moment, and says of which. */
import { useDeskState } from '../desk/desk-context.tsx'
import { Icon } from '../parts/icons.tsx'
import { formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { useFloor, useIsStale } from './use-floor.tsx'

export const Stale = () => {
  const { t, language } = useTexts()
  const isStale = useIsStale()
  const at = useFloor((state) => state.at)
  const timeZone = useDeskState((state) => state.me?.timeZone)
  if (at === null || !isStale) return null
  return <span className="chip warn" role="status"><Icon name="wifiOff" />{t('floor.stale', { time: formatTime(at, language, timeZone) })}</span>
}

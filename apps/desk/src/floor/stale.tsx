/** While nothing is heard the picture is that of a moment, and says of which. */
import { useDeskState } from '../desk/desk-context.tsx'
import { Icon } from '../parts/icons.tsx'
import { formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { useStaleSince } from './use-floor.tsx'

export const Stale = () => {
  const { t, language } = useTexts()
  const since = useStaleSince()
  const timeZone = useDeskState((state) => state.me?.timeZone)
  if (since === null) return null
  return <span className="chip warn" role="status"><Icon name="wifiOff" />{t('floor.stale', { time: formatTime(since, language, timeZone) })}</span>
}

/** What the hours mean at this moment: open or closed, and until when. Follows the form, saved or not. */
import type { Language } from '@otklik/contract/fields'
import { useSyncExternalStore } from 'react'
import { pageClock } from '../parts/clock.ts'
import { zoneOption } from '../setup/time-zones.ts'
import { formatTime } from '../texts/format.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { dayAfter, formatMinutes, openState, wallClock, type Hours, type OpenState } from './hours.ts'

const minuteMs = 60_000

/** Now, in whole minutes; shows again when the minute turns. */
export const useMinute = (): number =>
  useSyncExternalStore((changed) => pageClock.subscribe(changed), () => Math.floor(pageClock.now() / minuteMs) * minuteMs)

const dayOf = (at: number, language: Language, timeZone: string) =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(at)

const words = (state: OpenState, now: number, timeZone: string, language: Language, t: Translate): string => {
  if (state.open) return state.untilMinutes === null ? t('settings.hours.open') : t('settings.hours.openUntil', { time: formatMinutes(state.untilMinutes) })
  if (state.opensAt === undefined) return t('settings.hours.neverOpens')
  const time = formatTime(state.opensAt, language, timeZone)
  const [today, that] = [wallClock(now, timeZone).date, wallClock(state.opensAt, timeZone).date]
  if (that === today) return t('settings.hours.opensToday', { time })
  if (that === dayAfter(today)) return t('settings.hours.opensTomorrow', { time })
  return t('settings.hours.opensOn', { day: dayOf(state.opensAt, language, timeZone), time })
}

export const OpenNow = ({ hours }: { hours: Hours }) => {
  const { t, language } = useTexts()
  const now = useMinute()
  const state = openState(hours, now)
  const [city] = zoneOption(hours.timeZone, language, new Date(now)).label.split(' · ')
  return (
    <p className="open-now" data-open={state.open} role="status">
      <i aria-hidden="true" />
      <b>{words(state, now, hours.timeZone, language, t)}</b>
      <span className="t3 num">{t('settings.hours.there', { city: city ?? '', time: formatTime(now, language, hours.timeZone) })}</span>
    </p>
  )
}

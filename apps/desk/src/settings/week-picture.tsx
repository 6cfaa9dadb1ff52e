/** The open hours of a week at a glance, with today's moment. */
import { useTexts } from '../texts/texts.ts'
import { formatMinutes, usableHours, wallClock, type Hours } from './hours.ts'
import { useMinute } from './open-now.tsx'
import { dayName, days, weekText } from './week-words.ts'

const wholeDay = 1440
const share = (minutes: number) => `${(minutes / wholeDay) * 100}%`
const ticks = [0, 6, 12, 18, 24]

export const WeekPicture = ({ hours }: { hours: Hours }) => {
  const { t, language } = useTexts()
  const now = wallClock(useMinute(), hours.timeZone)
  const { week } = usableHours(hours)
  return (
    <figure className="week" role="img" aria-label={weekText(week, language, t)}>
      <div className="week-ticks num" aria-hidden="true">
        {ticks.map((hour) => (
          <span key={hour} style={{ left: share(hour * 60) }}>
            {hour}
          </span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} className="week-day" data-today={day === now.weekday} aria-hidden="true">
          <span>{dayName(day, language, 'short')}</span>
          <div>
            {(week[day] ?? []).map(({ from, to }) => (
              <i
                key={`${from}-${to}`}
                title={`${formatMinutes(from)}–${formatMinutes(to)}`}
                style={{ left: share(from), width: share(to - from) }}
              />
            ))}
            {day === now.weekday && <b style={{ left: share(now.minutes) }} />}
          </div>
        </div>
      ))}
    </figure>
  )
}

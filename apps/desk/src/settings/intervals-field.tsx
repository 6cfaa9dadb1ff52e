/** The open hours of one day: one row for each interval. Times are typed as one likes: 9, 9:30, 0930. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'
import { formatMinutes, parseTime, type Interval } from './hours.ts'

const atMost = 4
const endOfDay = 1440

const TimeField = ({ label, minutes, onChange, invalid, disabled }: {
  label: string
  minutes: number
  onChange: (minutes: number) => void
  invalid: boolean
  disabled: boolean
}) => {
  // While one types, what is typed stands; then the time that it means, or one that came from elsewhere.
  const [typed, setTyped] = useState<string | null>(null)
  const meant = typed === null ? undefined : parseTime(typed)
  const isTyped = Object.is(meant, minutes) || (meant === 0 && minutes === endOfDay)
  return (
    <TextInput
      className="time-field"
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      placeholder="09:00"
      value={isTyped && typed !== null ? typed : formatMinutes(minutes)}
      disabled={disabled}
      error={invalid}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(parseTime(event.currentTarget.value))
      }}
      onBlur={() => {
        // What is no time stays as it was typed, to be mended.
        if (typed !== null && !Number.isNaN(parseTime(typed))) setTyped(null)
      }}
    />
  )
}

/** After the last: an hour of pause, then the rest of a usual day. */
const nextInterval = (intervals: readonly Interval[]): Interval => {
  const last = intervals.at(-1)
  if (!last || !Number.isInteger(last.to)) return { from: 9 * 60, to: 18 * 60 }
  const from = Math.min(endOfDay - 60, last.to + 60)
  return { from, to: Math.min(endOfDay, from + 4 * 60) }
}

export const IntervalsField = ({ day, intervals, onChange, remarkAt, disabled }: {
  /** Whose hours these are. */
  day: string
  intervals: readonly Interval[]
  onChange: (intervals: Interval[]) => void
  remarkAt: (index: number) => string | undefined
  disabled: boolean
}) => {
  const { t } = useTexts()
  const change = (index: number, part: Partial<Interval>) =>
    onChange(intervals.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const canAdd = !disabled && intervals.length < atMost && (intervals.at(-1)?.to ?? 0) !== endOfDay
  const add = (
    <button
      type="button"
      className="icon-button"
      aria-label={`${day}: ${t('settings.hours.addInterval')}`}
      title={t('settings.hours.addInterval')}
      onClick={() => onChange([...intervals, nextInterval(intervals)])}
    >
      <Icon name="plus" size={14} />
    </button>
  )
  if (intervals.length === 0)
    return (
      <div className="intervals">
        <div className="interval">
          <span className="t3 interval-none">{t('settings.hours.isClosed')}</span>
          {canAdd && add}
        </div>
      </div>
    )
  return (
    <div className="intervals">
      {intervals.map((interval, index) => {
        const remark = remarkAt(index)
        const nth = intervals.length > 1 ? ` ${index + 1}` : ''
        return (
          // Places are the only identity that intervals have; fields hold what is typed by it.
          <div key={index}>
            <div className="interval">
              <TimeField
                label={`${day}${nth}: ${t('settings.hours.from')}`}
                minutes={interval.from}
                invalid={remark !== undefined}
                disabled={disabled}
                onChange={(from) => change(index, { from })}
              />
              <span aria-hidden="true">–</span>
              <TimeField
                label={`${day}${nth}: ${t('settings.hours.to')}`}
                minutes={interval.to}
                invalid={remark !== undefined}
                disabled={disabled}
                // Midnight at the end of a day is its 24:00.
                onChange={(to) => change(index, { to: to === 0 ? endOfDay : to })}
              />
              {!disabled && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`${day}${nth}: ${t('settings.hours.removeInterval')}`}
                  title={t('settings.hours.removeInterval')}
                  onClick={() => onChange(intervals.filter((_, at) => at !== index))}
                >
                  <Icon name="close" size={14} />
                </button>
              )}
              {canAdd && index === intervals.length - 1 && add}
            </div>
            {remark !== undefined && (
              <p className="field-error" role="alert">
                {remark}
              </p>
            )}
          </div>
        )
      })}
    </div>
  )
}

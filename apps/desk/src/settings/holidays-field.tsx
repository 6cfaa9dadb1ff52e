/** Days that differ from the week: closed, or with hours of their own. */
import { Button, TextInput } from '@mantine/core'
import { useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'
import { dayAfter, intervalsOn, wallClock, type Hours } from './hours.ts'
import { IntervalsField } from './intervals-field.tsx'
import { useMinute } from './open-now.tsx'

const atMost = 100
type Holidays = Hours['holidays']

/** Tomorrow, or the first day after it that is not in the list. */
const freeDate = (holidays: Holidays, today: string): string => {
  let date = dayAfter(today)
  while (holidays.some((holiday) => holiday.date === date)) date = dayAfter(date)
  return date
}

const dateWords = (date: string, language: string) =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(Date.parse(`${date}T00:00:00Z`))

export const HolidaysField = ({ hours, onChange, errors, disabled }: {
  hours: Hours
  onChange: (holidays: Holidays) => void
  errors: FieldErrors
  disabled: boolean
}) => {
  const { t, language } = useTexts()
  const group = useId()
  const { holidays } = hours
  const today = wallClock(useMinute(), hours.timeZone).date
  const change = (index: number, part: Partial<Holidays[number]>) =>
    onChange(holidays.map((holiday, at) => (at === index ? { ...holiday, ...part } : holiday)))
  const rows = useRef<HTMLDivElement>(null)
  const add = () => {
    flushSync(() => onChange([...holidays, { date: freeDate(holidays, today), intervals: [] }]))
    rows.current?.lastElementChild?.querySelector('input')?.focus()
  }
  return (
    <>
      {holidays.length === 0 && <p className="t3">{t('settings.hours.noHolidays')}</p>}
      <div ref={rows} className="holidays">
        {holidays.map((holiday, index) => {
          const name = holiday.date === '' ? t('settings.hours.newDay') : dateWords(holiday.date, language)
          const isClosed = holiday.intervals.length === 0
          return (
            <div key={index} role="group" aria-label={name} data-past={holiday.date !== '' && holiday.date < today}>
              <TextInput
                type="date"
                className="date-field"
                aria-label={t('settings.hours.date')}
                value={holiday.date}
                disabled={disabled}
                onChange={(event) => change(index, { date: event.currentTarget.value })}
                error={errorAt(errors, `hours.holidays.${index}.date`)}
              />
              <span className="holiday-name s12">
                {name}
                {holiday.date !== '' && holiday.date < today && <span className="tag">{t('settings.hours.past')}</span>}
              </span>
              {!disabled && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`${t('common.remove')}: ${name}`}
                  onClick={() => onChange(holidays.filter((_, at) => at !== index))}
                >
                  <Icon name="close" size={14} />
                </button>
              )}
              <span className="segments holiday-kind" role="group" aria-label={name}>
                {[true, false].map((closed) => (
                  <button
                    key={String(closed)}
                    type="button"
                    disabled={disabled}
                    aria-pressed={closed === isClosed}
                    onClick={() => {
                      if (closed === isClosed) return
                      const usual = holiday.date === '' ? [] : intervalsOn({ ...hours, holidays: [] }, holiday.date)
                      change(index, { intervals: closed ? [] : usual.length > 0 ? [...usual] : [{ from: 600, to: 960 }] })
                    }}
                  >
                    {t(closed ? 'settings.hours.dayClosed' : 'settings.hours.dayHours')}
                  </button>
                ))}
              </span>
              {!isClosed && (
                <IntervalsField
                  key={`${group}-${index}`}
                  day={name}
                  intervals={holiday.intervals}
                  onChange={(intervals) => change(index, { intervals })}
                  remarkAt={(at) => errorAt(errors, `hours.holidays.${index}.intervals.${at}`)}
                  disabled={disabled}
                />
              )}
            </div>
          )
        })}
      </div>
      {!disabled && (holidays.length < atMost ? (
        <Button
          className="start"
          leftSection={<Icon name="plus" size={14} />}
          onClick={add}
        >
          {t('settings.hours.addHoliday')}
        </Button>
      ) : (
        <p className="t3 s12">{t('settings.hours.enough', { count: atMost })}</p>
      ))}
    </>
  )
}

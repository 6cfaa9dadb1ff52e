/** The hours of each day of the week, with a way to give one day's hours to others. */
import { Menu } from '@mantine/core'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'
import type { Hours } from './hours.ts'
import { IntervalsField } from './intervals-field.tsx'
import { dayName, days } from './week-words.ts'

const workdays = [0, 1, 2, 3, 4]

const CopyMenu = ({ from, onCopy }: { from: number; onCopy: (to: readonly number[]) => void }) => {
  const { t, language } = useTexts()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className="icon-button"
          aria-label={`${dayName(from, language, 'long')}: ${t('settings.hours.copy')}`}
          title={t('settings.hours.copy')}
        >
          <Icon name="copy" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('settings.hours.copyTo')}</Menu.Label>
        <Menu.Item onClick={() => onCopy(workdays)}>{t('settings.hours.workdays')}</Menu.Item>
        <Menu.Item onClick={() => onCopy(days)}>{t('settings.hours.allDays')}</Menu.Item>
        <Menu.Divider />
        {days.filter((day) => day !== from).map((day) => (
          <Menu.Item key={day} onClick={() => onCopy([day])}>
            {dayName(day, language, 'long')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export const WeekField = ({ week, onChange, errors, disabled }: {
  week: Hours['week']
  onChange: (week: Hours['week']) => void
  errors: FieldErrors
  disabled: boolean
}) => {
  const { language } = useTexts()
  return (
    <div className="week-field">
      {days.map((day) => {
        const name = dayName(day, language, 'long')
        const intervals = week[day] ?? []
        return (
          <div key={day} role="group" aria-label={name}>
            <span className="week-field-day">{name}</span>
            <IntervalsField
              day={name}
              intervals={intervals}
              onChange={(next) => onChange(days.map((other) => (other === day ? next : (week[other] ?? []))))}
              remarkAt={(index) => errorAt(errors, `hours.week.${day}.${index}`)}
              disabled={disabled}
            />
            {!disabled && (
              <CopyMenu from={day} onCopy={(to) => onChange(days.map((other) => (to.includes(other) ? intervals : (week[other] ?? []))))} />
            )}
          </div>
        )
      })}
    </div>
  )
}

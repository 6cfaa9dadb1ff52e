/** When a queue is open, what it says when it is not, and what it says before anybody waits. */
import { SegmentedControl, Switch } from '@mantine/core'
import { useRef } from 'react'
import { errorAt } from '../field-errors.ts'
import { TimeZoneField } from '../setup/time-zone-field.tsx'
import { ownZone } from '../setup/time-zones.ts'
import { useSession } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { Section } from './fields.tsx'
import { HolidaysField } from './holidays-field.tsx'
import type { Hours } from './hours.ts'
import { LocalTextField } from './local-text-field.tsx'
import { OpenNow } from './open-now.tsx'
import type { RoutingFieldsProps } from './routing-fields.tsx'
import { WeekField } from './week-field.tsx'
import { WeekPicture } from './week-picture.tsx'

/** What most begin with: Monday to Friday, nine to six. */
const usualHours = (timeZone: string): Hours => ({
  timeZone,
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 9 * 60, to: 18 * 60 }] : [])),
  holidays: [],
})

export const HoursFields = ({ draft, set, errors, disabled }: RoutingFieldsProps) => {
  const { t } = useTexts()
  const companyZone = useSession().data?.company.timeZone ?? ownZone()
  const { hours } = draft
  // Who looks what "always" means finds the hours again.
  const last = useRef<Hours | null>(null)
  const setHours = (changed: Partial<Hours>) => hours && set({ hours: { ...hours, ...changed } })
  return (
    <>
      <div>
        <span className="field-label" id="queue-open">
          {t('settings.hours.when')}
        </span>
        <SegmentedControl
          fullWidth
          disabled={disabled}
          aria-labelledby="queue-open"
          value={hours === null ? 'always' : 'hours'}
          onChange={(value) => {
            if (value === 'always') {
              last.current = hours
              set({ hours: null })
            } else set({ hours: last.current ?? usualHours(companyZone) })
          }}
          data={[
            { value: 'always', label: t('settings.hours.always') },
            { value: 'hours', label: t('settings.hours.byHours') },
          ]}
        />
      </div>
      {hours !== null && (
        <>
          <OpenNow hours={hours} />
          <WeekPicture hours={hours} />
          <WeekField week={hours.week} onChange={(week) => setHours({ week })} errors={errors} disabled={disabled} />
          <TimeZoneField
            label={t('settings.hours.zone')}
            value={hours.timeZone}
            onChange={(timeZone) => setHours({ timeZone })}
            error={errorAt(errors, 'hours.timeZone')}
            disabled={disabled}
          />
          <Section title="settings.hours.holidays">
            <HolidaysField hours={hours} onChange={(holidays) => setHours({ holidays })} errors={errors} disabled={disabled} />
          </Section>
          <Section title="settings.hours.closed">
            <LocalTextField
              label={t('settings.hours.closedText')}
              description={t('settings.hours.closedTextHint')}
              field="closedText"
              value={draft.closedText}
              errors={errors}
              disabled={disabled}
              onChange={(closedText) => set({ closedText })}
            />
            <Switch
              label={t('settings.hours.takesMessages')}
              description={t(draft.takesMessages ? 'settings.hours.takesMessagesHint' : 'settings.hours.takesNone')}
              checked={draft.takesMessages}
              disabled={disabled}
              onChange={(event) => set({ takesMessages: event.currentTarget.checked })}
            />
          </Section>
        </>
      )}
      <Section title="settings.hours.notice">
        <LocalTextField
          label={t('settings.hours.noticeText')}
          description={t('settings.hours.noticeHint')}
          placeholder={t('settings.hours.noticeExample')}
          field="noticeText"
          value={draft.noticeText}
          errors={errors}
          disabled={disabled}
          onChange={(noticeText) => set({ noticeText })}
        />
      </Section>
    </>
  )
}

/** How a queue's customers are asked what they think of the answer. */
import { SegmentedControl, Switch } from '@mantine/core'
import { ratingStyles } from '@otklik/contract/queue-routing'
import { errorAt } from '../field-errors.ts'
import { useTexts } from '../texts/texts.ts'
import { Section, WholeNumber } from './fields.tsx'
import type { RoutingFieldsProps } from './routing-fields.tsx'

export const RatingFields = ({ draft, set, errors, disabled }: RoutingFieldsProps) => {
  const { t } = useTexts()
  return (
    <Section title="settings.rating.title">
      <SegmentedControl
        aria-label={t('settings.rating.title')}
        data={ratingStyles.map((value) => ({ value, label: t(`settings.rating.${value}`) }))}
        value={draft.ratingStyle}
        disabled={disabled}
        onChange={(ratingStyle) => set({ ratingStyle: ratingStyle as typeof draft.ratingStyle })}
      />
      {draft.ratingStyle !== 'none' && (
        <>
          <Switch
            label={t('settings.rating.comment')}
            checked={draft.ratingComment}
            disabled={disabled}
            onChange={(event) => set({ ratingComment: event.currentTarget.checked })}
          />
          <WholeNumber
            label={t('settings.rating.days')}
            description={t('settings.rating.daysHint')}
            value={draft.ratingDays}
            min={0}
            max={365}
            disabled={disabled}
            onChange={(ratingDays) => set({ ratingDays })}
            error={errorAt(errors, 'ratingDays')}
          />
        </>
      )}
    </Section>
  )
}

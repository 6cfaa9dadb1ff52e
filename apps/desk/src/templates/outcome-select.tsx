/** The outcome that a macro closes with: letters mark one, and what is marked is taken by Enter, by saving and by going on. */
import { Select } from '@mantine/core'
import type { DispositionId } from '@otklik/model/ids'
import { useTexts } from '../texts/texts.ts'

/** Stands first: an emptied field marks it. */
const none = 'none'

interface OutcomeSelectProps {
  readonly outcomes: readonly { readonly value: string; readonly label: string }[]
  readonly value: DispositionId | null
  readonly onChange: (id: DispositionId | null) => void
  /** The title stands above already. */
  readonly isTitled?: boolean
  readonly disabled?: boolean
  readonly error?: string | undefined
}

export const OutcomeSelect = ({ outcomes, value, onChange, isTitled = false, disabled = false, error }: OutcomeSelectProps) => {
  const { t } = useTexts()
  const title = t('templates.disposition')
  return (
    <Select
      {...(isTitled ? { 'aria-label': title } : { label: title })}
      placeholder={t('templates.noDisposition')}
      data={[{ value: none, label: t('templates.noDisposition') }, ...outcomes]}
      value={value}
      clearable
      clearButtonProps={{ 'aria-label': t('common.remove') }}
      allowDeselect={false}
      searchable
      selectFirstOptionOnChange
      autoSelectOnBlur
      nothingFoundMessage={t('common.nothingFound')}
      disabled={disabled}
      error={error}
      onInput={(event) => {
        if (event.currentTarget.value === '') onChange(null)
      }}
      onChange={(id) => onChange(id === none ? null : (id as DispositionId | null))}
    />
  )
}

/** Words for customers, in both languages; the language of the screen stands first. */
import { Textarea } from '@mantine/core'
import type { Language, LocalText } from '@otklik/contract/fields'
import type { ReactNode } from 'react'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { useTexts } from '../texts/texts.ts'

export const noWords: LocalText = { ru: '', en: '' }

const languages: Record<Language, readonly Language[]> = { ru: ['ru', 'en'], en: ['en', 'ru'] }

interface LocalTextFieldProps {
  readonly label: string
  readonly description?: ReactNode
  readonly placeholder?: string
  /** Where it stands in the form's draft, for remarks. */
  readonly field: string
  readonly value: LocalText
  readonly errors: FieldErrors
  readonly disabled: boolean
  readonly onChange: (value: LocalText) => void
}

export const LocalTextField = ({ label, description, placeholder, field, value, errors, disabled, onChange }: LocalTextFieldProps) => {
  const { t, language } = useTexts()
  return (
    <>
      {languages[language].map((each, place) => (
        <Textarea
          key={each}
          label={t(`settings.localText.${each}`, { label })}
          description={place === 0 ? description : t('settings.localText.otherHint')}
          placeholder={place === 0 ? placeholder : undefined}
          rows={2}
          maxLength={500}
          lang={each}
          disabled={disabled}
          value={value[each]}
          onChange={(event) => onChange({ ...value, [each]: event.currentTarget.value })}
          error={errorAt(errors, `${field}.${each}`)}
        />
      ))}
    </>
  )
}

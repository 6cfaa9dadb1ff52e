import { PasswordInput } from '@mantine/core'
import { useTexts } from '../texts/texts.ts'

/** The shortest password that the server takes for somebody without a second factor. */
export const passwordLength = 15

/** A new password, with the rule and how much is missing. */
export const NewPasswordField = ({ label, value, onChange, error, autoFocus = false }: {
  label: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  autoFocus?: boolean
}) => {
  const { t } = useTexts()
  const missing = passwordLength - value.length
  return (
    <PasswordInput
      size="md"
      label={label}
      autoComplete="new-password"
      maxLength={128}
      required
      withAsterisk={false}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      description={value === ''
        ? t('password.rule')
        : missing > 0 ? t('password.left', { count: missing }) : t('password.enough')}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
    />
  )
}

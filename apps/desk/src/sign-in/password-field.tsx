import { PasswordInput } from '@mantine/core'
import { useTexts } from '../texts/texts.ts'

/** The shortest password that the server takes for somebody without a second factor. */
const passwordLength = 15

/** How much is missing, counted as the server counts. */
export const missingLetters = (password: string): number => passwordLength - password.normalize('NFKC').length

/** A new password, with one hint: the rule, how much is missing, or what is wrong. */
export const NewPasswordField = ({ label, value, onChange, error, autoFocus = false }: {
  label: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  autoFocus?: boolean
}) => {
  const { t } = useTexts()
  const missing = missingLetters(value)
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
      // The hint gives its place to the remark: two of them would contradict each other.
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={error !== undefined
        ? undefined
        : value === ''
          ? t('password.rule')
          : missing > 0 ? t('password.left', { count: missing }) : t('password.enough')}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
    />
  )
}

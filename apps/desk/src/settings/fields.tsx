/** Fields that several forms share. */
import { Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import type { SkillId } from '@otklik/model/ids'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { Icon } from '../parts/icons.tsx'
import { useTexts, type TextKey } from '../texts/texts.ts'
import { rangeRemark } from './checks.ts'
import { useChoices, useItems, type Kind } from './kept.ts'

/** A part of a form with its heading. */
export const Section = ({ title, children }: { title: TextKey; children: ReactNode }) => {
  const { t } = useTexts()
  return (
    <fieldset>
      <legend>{t(title)}</legend>
      {children}
    </fieldset>
  )
}

export const NameField = ({ label, value, onChange, errors, disabled }: {
  label?: string
  value: string
  onChange: (name: string) => void
  errors: FieldErrors
  disabled: boolean
}) => {
  const { t } = useTexts()
  return <TextInput
    label={label ?? t('settings.name')}
    maxLength={120}
    value={value}
    disabled={disabled}
    onChange={(event) => onChange(event.currentTarget.value)}
    error={errorAt(errors, 'name')}
  />
}

interface WholeNumberProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly error: string | undefined
  readonly disabled: boolean
  readonly min: number
  readonly max: number
  readonly description?: ReactNode
  readonly hideLabel?: boolean
  /** Nothing typed means something, too: what stands there then. */
  readonly none?: string
}

/** Nothing typed is NaN, which no schema takes: 0 may well be a value. A fraction is kept as it was typed, and refused. */
export const WholeNumber = ({ label, value, onChange, error, disabled, min, max, description, hideLabel = false, none }: WholeNumberProps) => {
  const { t, language } = useTexts()
  const [isLeft, setLeft] = useState(false)
  // In the middle of a fraction it is no number yet, and the field must not lose its point: what follows it would join what stands before.
  const [typed, setTyped] = useState<string | number>('')
  const isNone = none !== undefined && Number.isNaN(value)
  const outside = isNone ? undefined : rangeRemark(value, min, max, t, language)
  return (
    <NumberInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...(none === undefined ? {} : { placeholder: none })}
      value={typed !== '' && Number(typed) === value ? typed : Number.isNaN(value) || value === null ? '' : value}
      min={min}
      max={max}
      disabled={disabled}
      error={error !== undefined || isLeft || !(Number.isInteger(value) || Number.isNaN(value)) ? (outside ?? error) : undefined}
      description={description}
      onBlur={() => setLeft(true)}
      onChange={(next) => {
        setTyped(next)
        onChange(next === '' ? Number.NaN : Number(next))
      }}
    />
  )
}

/** Nothing of that kind exists: where it is made. */
export const NoneYet = ({ kind }: { kind: Kind }) => {
  const { t } = useTexts()
  return <Link to={`/settings/${kind}/new`}>{t('settings.noneYet', { kind: t(`settings.${kind}`) })}</Link>
}

/** What is allowed, but may not be what was meant. */
export const Caution = ({ children }: { children: ReactNode }) => (
  <p className="caution" role="status">
    <Icon name="alert" size={14} />
    <span>{children}</span>
  </p>
)

/** One thing of another kind; `none` words that nothing is chosen, where that is allowed. */
export const Choice = ({ kind, label, value, onChange, error, disabled, none, exclude }: {
  kind: Kind
  label: string
  value: string | null
  onChange: (id: string | null) => void
  error: string | undefined
  disabled: boolean
  none?: string
  exclude?: string
}) => {
  const { t } = useTexts()
  const choices = useChoices(kind, value).filter((choice) => choice.value !== exclude)
  const isEmpty = useItems(kind).isSuccess && choices.length === 0
  return (
    <Select
      label={label}
      description={isEmpty && none === undefined && <NoneYet kind={kind} />}
      data={choices}
      value={value === '' ? null : value}
      onChange={onChange}
      error={error}
      disabled={disabled}
      searchable={choices.length > 8}
      clearable={none !== undefined}
      placeholder={none ?? t('settings.notChosen')}
      nothingFoundMessage={t('common.nothingFound')}
      clearButtonProps={{ 'aria-label': t('common.remove') }}
    />
  )
}

/** Some of a kind, or all of them: nothing chosen is null, and means all. */
export const Choices = ({ kind, label, description, value, all, onChange, error, disabled }: {
  kind: Kind
  label: string
  description?: string
  value: readonly string[] | null
  all: string
  onChange: (ids: string[] | null) => void
  error?: string | undefined
  disabled: boolean
}) => {
  const { t } = useTexts()
  const items = useItems(kind).data ?? []
  const shown = items.filter(({ id, archivedAt }) => archivedAt === null || value?.includes(id)).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <MultiSelect
      label={label}
      description={description}
      error={error}
      data={shown}
      value={value === null ? [] : [...value]}
      onChange={(ids) => onChange(ids.length === 0 ? null : ids)}
      disabled={disabled}
      searchable
      {...(value === null ? { placeholder: all } : {})}
      nothingFoundMessage={t('common.nothingFound')}
    />
  )
}

type SkillLevels = readonly { readonly skillId: SkillId; readonly level: number }[]
const levels = [1, 2, 3, 4, 5]

/** Skills with their levels, 1 to 5. */
export const SkillLevelsField = ({ title, none, value, onChange, errors, disabled }: {
  title: string
  none: string
  value: SkillLevels
  onChange: (value: { skillId: SkillId; level: number }[]) => void
  errors: FieldErrors
  disabled: boolean
}) => {
  const { t } = useTexts()
  const choices = useChoices('skills', value.map((entry) => entry.skillId))
  const free = choices.filter((choice) => !value.some((entry) => entry.skillId === choice.value))
  const nameOf = (id: SkillId) => choices.find((choice) => choice.value === id)?.label ?? t('common.loading')
  const error = errorAt(errors, 'skills')
  const isEmpty = useItems('skills').isSuccess && choices.length === 0
  return (
    <div role="group" aria-label={title} data-invalid={error !== undefined}>
      <span className="field-label">{title}</span>
      {value.length === 0 && <p className="t3">{none}</p>}
      {isEmpty && !disabled && <p className="s12"><NoneYet kind="skills" /></p>}
      <ul className="skill-levels">
        {value.map((entry) => (
          <li key={entry.skillId}>
            <span className="grow">{nameOf(entry.skillId)}</span>
            <span
              className="segments"
              role="group"
              aria-label={`${nameOf(entry.skillId)}: ${t('settings.fields.level')}`}
            >
              {levels.map((level) => (
                <button
                  key={level}
                  type="button"
                  disabled={disabled}
                  aria-pressed={entry.level === level}
                  onClick={() => onChange(value.map((other) => (other.skillId === entry.skillId
                    ? { ...other, level }
                    : other)))}
                >
                  {level}
                </button>
              ))}
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={`${t('common.remove')}: ${nameOf(entry.skillId)}`}
              disabled={disabled}
              onClick={() => onChange(value.filter((other) => other.skillId !== entry.skillId))}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
      {free.length > 0 && !disabled && (
        <Select
          aria-label={t('settings.fields.addSkill')}
          placeholder={t('settings.fields.addSkill')}
          data={free}
          value={null}
          searchable={free.length > 8}
          onChange={(id) => id !== null && onChange([...value, { skillId: id as SkillId, level: 3 }])}
          leftSection={<Icon name="plus" size={14} />}
        />
      )}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

/** A text to hand on, with a button that copies it. */
export const CopyLine = ({ text, label, copied, onCopy }: {
  text: string
  label: string
  copied: boolean
  onCopy: () => void
}) => {
  const { t } = useTexts()
  return (
    <div className="copy-line">
      <input readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <Button onClick={onCopy} leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />}>
        {t(copied ? 'common.copied' : 'common.copy')}
      </Button>
    </div>
  )
}

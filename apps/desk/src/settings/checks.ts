/** What is wrong with a form, in words, before it is sent: by the contract's own schemas. */
import type { z } from 'zod'
import type { Problem } from '@otklik/contract/errors'
import { fieldErrors, type FieldErrors } from '../field-errors.ts'
import { formatNumber } from '../texts/format.ts'
import type { Language } from '@otklik/contract/fields'
import type { Translate } from '../texts/texts.ts'

/** An answer as the server would give it. */
const asProblem = (issues: readonly z.core.$ZodIssue[]): Problem => ({
  type: 'about:blank',
  title: '',
  status: 422,
  code: 'validationFailed',
  errors: issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
})

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((within, key) => (typeof within === 'object' && within !== null ? (within as Record<PropertyKey, unknown>)[key] : undefined), value)

/**
 * The remarks of a route's schema on what would be sent.
 * @returns empty when the server would take it
 */
export const remarksOn = (schema: z.ZodType, body: unknown, t: Translate): FieldErrors => {
  const { error } = schema.safeParse(body)
  if (!error) return {}
  const better = error.issues.flatMap((issue): [string, string][] => {
    const path = issue.path.join('.')
    if (issue.code !== 'invalid_format') return []
    if (issue.format === 'uuid') return [[path, t('settings.choose')]]
    return valueAt(body, issue.path) === '' ? [[path, t('fieldErrors.required')]] : []
  })
  return { ...fieldErrors(asProblem(error.issues), t), ...Object.fromEntries(better) }
}

/** What is wrong with a number; undefined when it lies within its limits. Nothing typed is NaN. */
export const rangeRemark = (value: number, min: number, max: number, t: Translate, language: Language): string | undefined =>
  Number.isInteger(value) && value >= min && value <= max
    ? undefined
    : t('settings.range', { min: formatNumber(min, language), max: formatNumber(max, language) })

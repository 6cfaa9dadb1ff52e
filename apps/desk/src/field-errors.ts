/** The server's remarks about single fields, in the reader's language, at the field that they belong to. */
import type { Problem } from '@otklik/contract/errors'
import type { TextKey, Translate } from './texts/texts.ts'

/** Path of a field, `skills.0.level`, to what is wrong with it. */
export type FieldErrors = Readonly<Record<string, string>>

const pathOf = (path: string) =>
  path.replace(/^\$/, '').replace(/\[(\d+)\]/g, '.$1').replaceAll('/', '.').replace(/^\.+/, '').replace(/^body\./, '')

const textOf = (code: string, message: string): TextKey => {
  const said = message.toLowerCase()
  switch (code) {
    case 'required':
      return 'fieldErrors.required'
    case 'too_small':
      return said.includes('string') || said.includes('character')
        ? (/>=\s*1\b/.test(said) ? 'fieldErrors.required' : 'fieldErrors.tooShort')
        : said.includes('array') ? 'fieldErrors.required' : 'fieldErrors.tooSmall'
    case 'too_big':
      return said.includes('string') || said.includes('character') ? 'fieldErrors.tooLong' : 'fieldErrors.tooBig'
    case 'invalid_format':
      return said.includes('email') || said.includes('e-mail')
        ? 'fieldErrors.email'
        : said.includes('colour')
          ? 'fieldErrors.colour'
          : said.includes('url') ? 'fieldErrors.url' : 'fieldErrors.invalid'
    case 'custom':
      return said.includes('time zone')
        ? 'fieldErrors.timeZone'
        : said.includes('origin') ? 'fieldErrors.url' : 'fieldErrors.invalid'
    case 'invalid_type':
      return said.includes('number') || said.includes('int') ? 'fieldErrors.number' : 'fieldErrors.required'
    default:
      return 'fieldErrors.invalid'
  }
}

/** Codes that speak of one field without a list of fields. */
const fieldOfCode: Partial<Record<Problem['code'], string>> = {
  nameTaken: 'name',
  emailTaken: 'email',
  passwordTooWeak: 'password',
  signInFailed: 'password',
}

/**
 * @returns the remark for each field; empty when the problem is not about fields
 */
export const fieldErrors = (problem: Problem | null, t: Translate): FieldErrors => {
  if (!problem) return {}
  const single = fieldOfCode[problem.code]
  if (single) return { [single]: t(`errors.${problem.code}`) }
  return Object.fromEntries((problem.errors ?? []).map((error) => [
    pathOf(error.path),
    t(textOf(error.code, error.message)),
  ]))
}

/** The remark on a field, or on something within it; undefined when there is none. */
export const errorAt = (errors: FieldErrors, field: string): string | undefined =>
  errors[field] ?? Object.entries(errors).find(([path]) => path.startsWith(`${field}.`))?.[1]

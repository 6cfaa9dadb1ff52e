/** The forms before the sign-in: looked at here first and remarked on in our words, for the browser's own are in its language. */
import { useMutation } from '@tanstack/react-query'
import { Email } from '@otklik/contract/fields'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { failureOf, problemOf, type Failure } from '../api.ts'
import { fieldErrors, type FieldErrors } from '../field-errors.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { missingLetters } from './password-field.tsx'

export type Remarks = Readonly<Record<string, string | undefined>>

export const remarkOnText = (value: string, t: Translate): string | undefined =>
  (value.trim() === '' ? t('fieldErrors.required') : undefined)

export const remarkOnEmail = (value: string, t: Translate): string | undefined =>
  remarkOnText(value, t) ?? (Email.safeParse(value).success ? undefined : t('fieldErrors.email'))

export const remarkOnNewPassword = (value: string, t: Translate): string | undefined => {
  if (value === '') return t('fieldErrors.required')
  const missing = missingLetters(value)
  return missing > 0 ? t('password.left', { count: missing }) : undefined
}

export interface Door<Values> {
  readonly errors: FieldErrors
  /** Why the server refused, unless that was about fields; with the error that says more. */
  readonly failure: Failure | null
  readonly error: Error | null
  /** What was sent last. */
  readonly sent: Values | undefined
  readonly isSending: boolean
  readonly isDone: boolean
  readonly submit: () => void
  readonly form: RefObject<HTMLFormElement | null>
}

const isEmpty = (errors: FieldErrors) => Object.keys(errors).length === 0

/**
 * @param values what is typed: the same object until something is typed again
 * @param check its remarks, from the first try on
 */
export const useDoor = <Values extends object, Given>({ values, check, send, onDone }: {
  readonly values: Values
  readonly check: (values: Values) => Remarks
  readonly send: (values: Values) => Promise<Given>
  readonly onDone: (given: Given) => void
}): Door<Values> => {
  const { t } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  /** What stood there when the server refused: its remarks are about that. */
  const [refused, setRefused] = useState<Values>()
  const newest = useRef(values)
  useEffect(() => {
    newest.current = values
  }, [values])
  const { mutate, error, variables, isPending, isSuccess } = useMutation({
    mutationFn: send,
    onSuccess: onDone,
    onError: () => setRefused(newest.current),
  })
  const problem = problemOf(error)
  const theirs = problem?.code === 'passwordTooWeak' ? { password: t('password.weak') } : fieldErrors(problem, t)
  const ours = Object.fromEntries(Object.entries(tries > 0 ? check(values) : {})
    .flatMap(([field, remark]) => (remark === undefined ? [] : [[field, remark]])))
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries, refused])
  return {
    form,
    errors: { ...(refused === values ? theirs : {}), ...ours },
    failure: error !== null && isEmpty(theirs) ? failureOf(error) : null,
    error,
    sent: variables,
    isSending: isPending,
    isDone: isSuccess,
    submit: () => {
      if (isPending) return
      setTries((before) => before + 1)
      if (Object.values(check(values)).every((remark) => remark === undefined)) mutate(values)
    },
  }
}

export const DoorForm = ({ door, wide = false, children }: { door: Pick<Door<never>, 'form' | 'submit'>; wide?: boolean; children: ReactNode }) => (
  <form
    ref={door.form}
    className={wide ? 'door-form wide' : 'door-form'}
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      door.submit()
    }}
  >
    {children}
  </form>
)

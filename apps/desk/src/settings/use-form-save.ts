/** Saving a form: checked here first, then sent; remarks stand at their fields until these are written again. */
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { failureOf, problemOf, type Failure } from '../api.ts'
import { fieldErrors, type FieldErrors } from '../field-errors.ts'
import { useTexts } from '../texts/texts.ts'
import { isSame } from './drafts.tsx'

export interface FormSave {
  readonly submit: () => void
  readonly isSaving: boolean
  /** What is still to be shown. */
  readonly errors: FieldErrors
  /** All that the last attempt found; a new object with each attempt. */
  readonly remarks: FieldErrors
  /** Why the server refused, unless that was about fields. */
  readonly failure: Failure | null
  /** These fields were written again. */
  readonly wrote: (fields: readonly string[]) => void
  readonly reset: () => void
}

const nothingFound: FieldErrors = {}
const isEmpty = (errors: FieldErrors) => Object.keys(errors).length === 0

export const useFormSave = <Saved,>({ check, send, onSaved }: {
  readonly check: () => FieldErrors
  readonly send: () => Promise<Saved>
  readonly onSaved: (saved: Saved) => void
}): FormSave => {
  const { t } = useTexts()
  const [found, setFound] = useState(nothingFound)
  // Once something was found here, each remark stands until it is mended, and comes back if it is broken again.
  const [isWatched, setWatched] = useState(false)
  const [rewritten, setRewritten] = useState<ReadonlySet<string>>(new Set())
  const { mutate, reset, error, isPending } = useMutation({ mutationFn: send, onSuccess: onSaved })
  const remarks = useMemo(() => (isEmpty(found) ? fieldErrors(problemOf(error), t) : found), [found, error, t])
  return {
    submit: () => {
      if (isPending) return
      const wrong = check()
      setRewritten(new Set())
      setFound(wrong)
      setWatched(!isEmpty(wrong))
      reset()
      if (isEmpty(wrong)) mutate()
    },
    isSaving: isPending,
    errors: isWatched
      ? check()
      : Object.fromEntries(Object.entries(remarks).filter(([path]) => !rewritten.has(path.split('.')[0] ?? path))),
    remarks,
    failure: error === null || !isEmpty(remarks) ? null : failureOf(error),
    wrote: (fields) => setRewritten((before) => new Set([...before, ...fields])),
    reset: () => {
      setFound(nothingFound)
      setWatched(false)
      reset()
    },
  }
}

/**
 * Sends a change on top of the version that it began from. When that is not the newest any more, it goes on top of the
 * newest all the same if nobody touched these very fields: the thing has other fields beside them.
 * @throws the refusal, when somebody did
 */
export const putOver = async <Draft, Stored extends { readonly version: number }>({ draft, base, draftOf, put, newest }: {
  readonly draft: Draft
  /** Null creates. */
  readonly base: Stored | null
  readonly draftOf: (stored: Stored) => Draft
  readonly put: (version: number) => Promise<Stored>
  readonly newest: () => Promise<Stored | undefined>
}): Promise<Stored> => {
  try {
    return await put(base?.version ?? 0)
  } catch (error) {
    if (base === null || failureOf(error) !== 'versionConflict') throw error
    const now = await newest()
    if (now === undefined || !isSame(draftOf(now), draftOf(base))) {
      // It may be our own change, whose answer was lost on the way.
      if (now !== undefined && isSame(draftOf(now), draft)) return now
      throw error
    }
    return put(now.version)
  }
}

/**
 * What is typed and not saved in the settings, for as long as somebody is signed in: another row, another part of a form,
 * another section may be looked at meanwhile.
 */
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'

/** A draft belongs to the version that it began from: saved over another one, it would undo what somebody else wrote. */
export interface KeptDraft<Draft, Base> {
  readonly draft: Draft
  readonly base: Base
}

interface Drafts {
  readonly all: ReadonlyMap<string, unknown>
  readonly put: (key: string, kept: unknown) => void
}

const DraftsContext = createContext<Drafts>({ all: new Map(), put: () => undefined })

export const DraftsRoom = ({ children }: { children: ReactNode }) => {
  const [all, setAll] = useState<ReadonlyMap<string, unknown>>(new Map())
  const put = useCallback((key: string, kept: unknown) => setAll((before) => {
    const next = new Map(before)
    if (kept === null) next.delete(key)
    else next.set(key, kept)
    return next
  }), [])
  const isUnsaved = all.size > 0
  // The browser asks before the tab goes with them.
  useEffect(() => {
    if (!isUnsaved) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnsaved])
  return <DraftsContext value={useMemo(() => ({ all, put }), [all, put])}>{children}</DraftsContext>
}

/** Same in every field, as it would be sent. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Says which keys have something unsaved. */
export const useHasDraft = (): ((key: string) => boolean) => {
  const { all } = use(DraftsContext)
  return (key) => all.has(key)
}

/** In how many forms something is unsaved. */
export const useUnsavedCount = (): number => use(DraftsContext).all.size

/**
 * One draft and how to keep it; null forgets it.
 * @param key always of the same kind of form, so that what comes back is what was put
 */
export const useDraft = <Draft, Base>(key: string): readonly [
  KeptDraft<Draft, Base> | undefined,
  (kept: KeptDraft<Draft, Base> | null) => void,
] => {
  const { all, put } = use(DraftsContext)
  return [all.get(key) as KeptDraft<Draft, Base> | undefined, (kept) => put(key, kept)]
}

/** How components reach the desk's store. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import { useApi } from '../api.ts'
import type { DeskState } from './desk-state.ts'
import type { DeskStore } from './desk-store.ts'
import type { Drafts } from './drafts.ts'
import type { Ringer } from './ringer.ts'
import { contactsInHand, openOffers } from './sorting.ts'

export interface Desk {
  readonly store: DeskStore
  readonly drafts: Drafts
  readonly ringer: Ringer
  /** Ends the session for good: presence first, then the cookie, then everything kept here. */
  readonly signOut: (contacts: 'none' | 'returnToQueue') => ReturnType<DeskStore['leave']>
}

/** Null for administrators, who have no desk. */
export const DeskContext = createContext<Desk | null>(null)

export const useOptionalDesk = (): Desk | null => useContext(DeskContext)

export const useDesk = (): Desk => {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('This screen needs a desk')
  return desk
}

/** A part of the desk's state. The selector returns what the state holds, nothing newly made. */
export const useDeskState = <Part,>(select: (state: DeskState) => Part): Part => {
  const { store } = useDesk()
  return useSyncExternalStore(store.subscribe, () => select(store.getState()))
}

const heldOf = (state: DeskState) => state.contacts
const pendingOf = (state: DeskState) => state.pending

export const useContactsInHand = () => {
  const contacts = useDeskState(heldOf)
  const pending = useDeskState(pendingOf)
  return useMemo(() => contactsInHand({ contacts, pending }), [contacts, pending])
}

export const useOpenOffers = () => {
  const contacts = useDeskState(heldOf)
  const pending = useDeskState(pendingOf)
  return useMemo(() => openOffers({ contacts, pending }), [contacts, pending])
}

/** Who is on duty changes all the time and is not announced: a list that somebody looks at is fetched this often. */
const liveMs = 5000

/**
 * Queues, reasons, dispositions, colleagues; fetched again when the server says that they changed.
 * @param live also fetched now and every few seconds: somebody is choosing a colleague
 */
export const useCatalogue = ({ live = false } = {}) => {
  const api = useApi()
  const version = useDeskState((state) => state.catalogueVersion)
  return useQuery({
    queryKey: ['catalogue', version],
    queryFn: ({ signal }) => api.call(routes.catalogue, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnMount: live ? 'always' : true,
    refetchInterval: live ? liveMs : false,
  })
}

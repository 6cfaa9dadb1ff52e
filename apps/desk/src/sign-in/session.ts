/** Who is signed in, as far as the screens know. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { SessionView } from '@otklik/contract/views'
import { useCallback } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useApi } from '../api.ts'

export const sessionKey = ['session'] as const

const signedInKey = 'otklik.signedIn'

/** Whether somebody was signed in with this browser and has not left by choice: only then a session can have ended. */
export const wasSignedIn = (): boolean => localStorage.getItem(signedInKey) === 'yes'

const noteSession = (session: SessionView): SessionView => {
  localStorage.setItem(signedInKey, 'yes')
  return session
}

export const useSession = () => {
  const api = useApi()
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => noteSession(await api.call(routes.session, { signal })),
    staleTime: Infinity,
  })
}

/** Where a role starts: administrators keep the settings and read no contacts. */
export const homeOf = (role: SessionView['agent']['role']): string => (role === 'administrator'
  ? '/settings'
  : '/contacts')

/** Takes a session that the server has just given. */
export const useTakeSession = () => {
  const queries = useQueryClient()
  return useCallback((session: SessionView) => queries.setQueryData(sessionKey, noteSession(session)), [queries])
}

/** Leaves for the sign-in; after a session that ended by itself, the way back is kept in the address. */
export const useSessionEnd = () => {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  return useCallback(
    ({ byChoice }: { byChoice: boolean }) => {
      if (byChoice) localStorage.removeItem(signedInKey)
      queries.removeQueries({ queryKey: sessionKey })
      void navigate(byChoice ? '/sign-in' : `/sign-in?back=${encodeURIComponent(pathname + search)}`, { replace: true })
    },
    [queries, navigate, pathname, search],
  )
}

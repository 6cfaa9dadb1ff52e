/** The templates of whoever is signed in, as the desk has them. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useApi } from '../api.ts'
import { useDeskState } from '../desk/desk-context.tsx'

const key = 'templates'

/** Fetched again when somebody's settings have changed; the list at hand serves until then. */
export const useTemplates = () => {
  const api = useApi()
  const version = useDeskState((state) => state.catalogueVersion)
  return useQuery({
    queryKey: [key, version],
    queryFn: ({ signal }) => api.call(routes.deskTemplates, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  })
}

export const useTemplatesChanged = () => {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: [key] })
}

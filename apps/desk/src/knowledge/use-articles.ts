/** Articles as the desk has them. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { ArticleId, QueueId } from '@otklik/model/ids'
import { askPatiently, useApi } from '../api.ts'
import { useDeskState } from '../desk/desk-context.tsx'

const versionOf = (state: { readonly catalogueVersion: number }) => state.catalogueVersion

/** With words: what they find. Without: those of the queue first. Without a queue all are alike. */
export const useArticles = (q: string, queueId: QueueId | null, language: Language, { enabled = true } = {}) => {
  const api = useApi()
  const version = useDeskState(versionOf)
  return useInfiniteQuery({
    queryKey: ['articles', version, queueId, language, q],
    queryFn: ({ pageParam, signal }) =>
      api.call(routes.deskArticles, { query: { ...(queueId === null ? {} : { queueId }), language, ...(q === '' ? {} : { q }), ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    enabled,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    ...askPatiently,
    staleTime: 60_000,
    networkMode: 'always',
  })
}

export const useArticle = (id: ArticleId) => {
  const api = useApi()
  const version = useDeskState(versionOf)
  return useQuery({
    queryKey: ['article', version, id],
    queryFn: ({ signal }) => api.call(routes.deskArticle, { params: { id }, signal }),
    staleTime: 60_000,
    networkMode: 'always',
  })
}

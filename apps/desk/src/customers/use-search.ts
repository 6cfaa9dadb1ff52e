/** Searching while somebody types: what was found stays until the next answer is there. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useApi } from '../api.ts'

/** A pause in typing, after which it is searched. */
const pauseMs = 250

/** What was typed, once the fingers rest. */
export const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return text === '' ? '' : settled
}

const page = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { readonly next: string | null }) => last.next,
  placeholderData: keepPreviousData,
  // Whoever was found may be somebody else's, erased or renamed in the next minute.
  staleTime: 10_000,
  gcTime: 60_000,
  networkMode: 'always',
} as const
const bodyOf = (query: string, cursor: string | null) => ({ query, ...(cursor === null ? {} : { cursor }) })

export const usePeople = (query: string) => {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['find', 'people', query],
    queryFn: ({ pageParam, signal }) => api.call(routes.findCustomers, { body: bodyOf(query, pageParam), signal }),
    enabled: query !== '',
    ...page,
  })
}

export const useWords = (query: string, enabled: boolean) => {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['find', 'words', query],
    queryFn: ({ pageParam, signal }) => api.call(routes.findWords, { body: bodyOf(query, pageParam), signal }),
    enabled: enabled && query !== '',
    ...page,
  })
}

/** Arrows go through the hits, up from the first one back into the field. */
export const moveAmongHits = (event: KeyboardEvent<HTMLElement>): void => {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')]
  const at = hits.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? (by === 1 ? hits[0] : undefined) : at + by < 0 ? event.currentTarget.querySelector<HTMLElement>('.find-field') : hits[at + by]
  if (at === -1 && by === -1) return
  event.preventDefault()
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

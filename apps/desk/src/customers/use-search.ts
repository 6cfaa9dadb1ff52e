/** Searching while somebody types: what was found stays until the next answer is there. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react'
import { askPatiently, useApi } from '../api.ts'
import { swapLayout } from '../parts/matching.ts'

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
  ...askPatiently,
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

type People = ReturnType<typeof usePeople>
type Words = ReturnType<typeof useWords>
/** What is there answers what is asked now, and not what was asked before. */
export const isAnswered = ({ isPending, isPlaceholderData }: People | Words) => !isPending && !isPlaceholderData
export const isEmpty = (found: People | Words) => found.isSuccess && isAnswered(found) && found.data.pages.every(({ items }) => items.length === 0)

/** Words are looked for once the people are there: whoever types on asks half as much. */
const useBoth = (query: string, mayReadWords: boolean) => {
  const people = usePeople(query)
  return { people, words: useWords(query, mayReadWords && isAnswered(people)) }
}

/** People and words; where there are none, what the same keys find in the other layout. */
export const useFinding = (query: string, mayReadWords: boolean) => {
  const own = useBoth(query, mayReadWords)
  const isNothing = (of: typeof own) => isEmpty(of.people) && (!mayReadWords || isEmpty(of.words))
  const swapped = swapLayout(query.toLowerCase())
  const asked = isNothing(own) && swapped !== query.toLowerCase() ? swapped : ''
  const other = useBoth(asked, mayReadWords)
  const isOther = asked !== '' && !other.people.isError && !isNothing(other)
  const shown = isOther ? other : own
  const hasPerson = shown.people.data?.pages.some(({ items }) => items.some(({ mayOpen }) => mayOpen)) ?? false
  return {
    ...shown,
    /** What was searched instead; null: what is written. */
    swapped: isOther && isAnswered(other.people) ? asked : null,
    /** Nothing that is yet to come would stand before the first hit. */
    isFirstThere: isAnswered(shown.people) && (hasPerson || !mayReadWords || isAnswered(shown.words)),
  }
}

/** What is written in a field is searched when the fingers rest, or at Enter, which is for the first hit of just that. */
export const useWritten = (text: string) => {
  const written = text.trim()
  const settled = useSettled(written)
  const [asked, setAsked] = useState('')
  const isAsked = asked !== '' && asked === written
  return {
    query: isAsked ? written : settled,
    /** The first hit is to be opened as soon as it is there. */
    isAsked,
    ask: () => setAsked(written),
    letBe: () => setAsked(''),
  }
}

/** Opens what was asked for by Enter. */
export const useOpenFirst = (within: RefObject<HTMLElement | null>, { isAsked, letBe }: ReturnType<typeof useWritten>, isFirstThere: boolean) => {
  useEffect(() => {
    if (!isAsked || !isFirstThere) return
    letBe()
    within.current?.querySelector<HTMLElement>('[data-hit]:is(a, button)')?.click()
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

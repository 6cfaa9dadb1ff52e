/** A customer's card: fetched once for whoever shows it, changed on top of what was read. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { Api } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import type { CustomerId } from '@otklik/model/ids'
import { useCallback } from 'react'
import { failureOf, useApi, type Failure } from '../api.ts'

/** A card that is open and told of by nobody is asked for this often. */
const liveMs = 10_000

export const cardKey = (id: CustomerId) => ['customer', id] as const

/** @param live nobody else says when it changes */
export const useCard = (id: CustomerId, { live = false } = {}) => {
  const api = useApi()
  return useQuery({
    queryKey: cardKey(id),
    queryFn: ({ signal }) => api.call(routes.customer, { params: { id }, signal }),
    refetchInterval: live ? liveMs : false,
    networkMode: 'always',
  })
}

/** What came of a change. In conflict: what stands there now; undefined when it is gone. */
export type Written<Item> = { readonly ok: true } | { readonly ok: false; readonly failure: Failure } | { readonly ok: false; readonly theirs: Item | undefined }

export interface Change<Item> {
  /** What is being changed, as a card has it; undefined where it has none. */
  readonly find: (card: CustomerView) => Item | undefined
  /** The same when the writer began; undefined: it is new. */
  readonly base: Item | undefined
  readonly put: (api: Api, version: number) => Promise<CustomerView>
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const tries = 3

/**
 * Sends a change on the newest card. When somebody changed the card meanwhile, but not this very thing, it goes on top of
 * that; when this very thing, nothing is sent and the writer is told what stands there.
 */
export const writeCard = async <Item>(api: Api, queries: QueryClient, id: CustomerId, { find, base, put }: Change<Item>): Promise<Written<Item>> => {
  const take = (card: CustomerView) => queries.setQueryData(cardKey(id), card)
  for (let attempt = 1; ; attempt++) {
    try {
      const known = queries.getQueryData<CustomerView>(cardKey(id)) ?? (await api.call(routes.customer, { params: { id } }))
      const there = find(known)
      if (base !== undefined && !same(there, base)) return { ok: false, theirs: there }
      take(await put(api, base === undefined ? 0 : known.version))
      return { ok: true }
    } catch (error) {
      const failure = failureOf(error)
      if (failure !== 'versionConflict' || attempt === tries) return { ok: false, failure }
      take(await api.call(routes.customer, { params: { id } }))
    }
  }
}

export const useWriteCard = (id: CustomerId) => {
  const api = useApi()
  const queries = useQueryClient()
  return useCallback(<Item,>(change: Change<Item>) => writeCard(api, queries, id, change), [api, queries, id])
}

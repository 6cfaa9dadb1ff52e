/** The kinds of settings that are kept alike: their routes, called with types, and their lists, cached. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Api } from '@otklik/client/http'
import { settingsRoutes, type Route } from '@otklik/contract/routes'
import type * as s from '@otklik/contract/settings'
import type { z } from 'zod'
import { useApi } from '../api.ts'

export interface Views {
  readonly agents: s.AgentView
  readonly teams: s.TeamView
  readonly sites: s.SiteView
  readonly skills: s.SkillView
  readonly queues: s.QueueView
  readonly reasons: s.ReasonView
  readonly dispositions: s.DispositionView
  readonly channels: s.ChannelView
  readonly templates: s.TemplateView
  readonly articles: s.ArticleView
}
interface Writes {
  readonly agents: s.AgentWrite
  readonly teams: s.TeamWrite
  readonly sites: s.SiteWrite
  readonly skills: s.NamedWrite
  readonly queues: s.QueueWrite
  readonly reasons: s.NamedWrite
  readonly dispositions: s.NamedWrite
  readonly channels: s.ChannelWrite
  readonly templates: s.TemplateWrite
  readonly articles: s.ArticleWrite
}
export type Kind = keyof Views
export type Draft<K extends Kind> = Omit<Writes[K], 'version'>
export type Uses = z.infer<typeof s.UsesView>

/** What every kind has, whatever else it holds. */
export type Stored = {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly archivedAt: string | null
}

/**
 * The five calls of one kind. The route table gives each kind its own schemas of the same form; indexing it by a
 * variable loses that link, so it is restated here, once.
 */
export const callsOf = <K extends Kind>(kind: K, api: Api) => {
  const routes = settingsRoutes[kind] as unknown as Record<'list' | 'put' | 'uses' | 'archive' | 'restore', Route>
  const call = <Answer>(route: Route, options: {
    params?: { id: string }
    body?: unknown
    signal?: AbortSignal
  }) => api.call(route, options as never) as Promise<unknown> as Promise<Answer>
  return {
    list: (signal: AbortSignal) => call<{ items: Views[K][] }>(routes.list, { signal }),
    put: (
      id: string,
      draft: Draft<K>,
      version: number,
    ) => call<Views[K]>(routes.put, { params: { id }, body: { ...draft, version } }),
    uses: (id: string, signal: AbortSignal) => call<Uses>(routes.uses, { params: { id }, signal }),
    archive: (
      id: string,
      version: number,
      replaceWith: string | null,
    ) => call<Views[K]>(routes.archive, { params: { id }, body: { version, replaceWith } }),
    restore: (id: string, version: number) => call<Views[K]>(routes.restore, { params: { id }, body: { version } }),
  }
}

/** What the server takes when one is written. */
export const putSchemaOf = (kind: Kind): z.ZodType => settingsRoutes[kind].put.body

export const listKey = (kind: Kind) => ['settings', kind] as const

/** All items of a kind, archived ones included. */
export const useItems = <K extends Kind>(kind: K) => {
  const api = useApi()
  return useQuery({
    queryKey: listKey(kind),
    queryFn: ({ signal }) => callsOf(kind, api).list(signal),
    staleTime: 15_000,
    // Without a network it is asked all the same, so that the page can say that nothing answered.
    networkMode: 'always',
    select: (answer) => answer.items,
  })
}

/** Items that may be chosen in a form: those in use, and the one that is chosen already. */
export const useChoices = (kind: Kind, chosen: string | readonly string[] | null) => {
  const items: readonly Stored[] = useItems(kind).data ?? []
  const kept = new Set(typeof chosen === 'string' ? [chosen] : (chosen ?? []))
  return items.filter((item) => item.archivedAt === null || kept.has(item.id)).map((item) => ({
    value: item.id,
    label: item.name,
  }))
}

/** Puts an item that the server has just given into its list. */
export const useTakeItem = <K extends Kind>(kind: K) => {
  const queries = useQueryClient()
  return (item: Views[K]) =>
    queries.setQueryData<{ items: Views[K][] }>(listKey(kind), (before) => {
      const rest = (before?.items ?? []).filter((other) => other.id !== item.id)
      return { items: [...rest, item] }
    })
}

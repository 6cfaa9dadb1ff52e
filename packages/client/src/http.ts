/** A typed client of the route table, for browser and Node. */
import { Problem } from '@otklik/contract/errors'
import { apiPrefix, type Route } from '@otklik/contract/routes'
import type { z } from 'zod'

type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : never
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What a call of a route takes; `idempotencyKey` makes a repeated POST do its work once, `keepalive` lets it outlive the page (bodies up to 64 KiB). */
export type CallOptions<R extends Route> = (R extends { params: infer P } ? { params: Input<P> } : { params?: undefined }) &
  (R extends { query: infer Q } ? { query?: Input<Q> } : { query?: undefined }) &
  (R extends { body: infer B } ? { body: Input<B> } : { body?: undefined }) & { idempotencyKey?: string; signal?: AbortSignal; keepalive?: true }

export type CallResult<R extends Route> = R extends { response: infer S } ? Output<S> : undefined

/** The server refused, with the problem that it gave. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title)
  }
}

/** The server was not reached, or something between us answered in its place. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable'
}

export interface ApiOptions {
  /** Where the server is, such as `https://chat.example.ru`; empty for the page's own origin. */
  readonly baseUrl: string
  readonly fetch?: typeof fetch
  /** For Node: `Cookie`, `Origin`. */
  readonly headers?: () => Record<string, string>
}

export const createApi = ({ baseUrl, fetch: doFetch = globalThis.fetch.bind(globalThis), headers }: ApiOptions) => ({
  /**
   * Calls a route. Answers are trusted to have the contract's shape: both ends are built from it.
   * @throws ApiRefusal with the problem, ApiUnreachable without an answer of ours
   */
  async call<R extends Route>(route: R, options: CallOptions<R>): Promise<CallResult<R>> {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String((options.params as Record<string, unknown> | undefined)?.[name])),
    )
    const query = new URLSearchParams(
      Object.entries((options.query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    ).toString()
    const response = await doFetch(`${baseUrl}${apiPrefix}${path}${query && `?${query}`}`, {
      method: route.method,
      headers: {
        ...headers?.(),
        'X-Otklik': '1',
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options.idempotencyKey ? { 'Idempotency-Key': options.idempotencyKey } : {}),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.keepalive ? { keepalive: true } : {}),
    }).catch((error: unknown) => {
      throw new ApiUnreachable('The server could not be reached', { cause: error })
    })
    if (response.status === 204) return undefined as CallResult<R>
    const answer: unknown = await response.json().catch((error: unknown) => {
      throw new ApiUnreachable(`The answer (${response.status}) was not from Otklik`, { cause: error })
    })
    if (response.ok) return answer as CallResult<R>
    const problem = Problem.safeParse(answer)
    if (!problem.success) throw new ApiUnreachable(`The answer (${response.status}) was not from Otklik`)
    throw new ApiRefusal(problem.data)
  },
})

export type Api = ReturnType<typeof createApi>

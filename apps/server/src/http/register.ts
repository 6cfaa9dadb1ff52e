/**
 * Puts the contract's routes into fastify: who may call, what comes in, which handler. A route is open to nobody but
 * those whom its `access` names.
 */
import type { Route } from '@otklik/contract/routes'
import { apiPrefix } from '@otklik/contract/routes'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '@otklik/contract/errors'
import { z } from 'zod'
import type { Deps } from '../actions/deps.ts'
import type { Outcome } from '../actions/outcome.ts'
import { networkOf } from '../access/network.ts'
import type { RateLimit } from '../access/rate-limit.ts'
import { hashRequest, onceFor, type Context, type SignedInContext } from './context.ts'
import { sendProblem, sendRefusal } from './problem.ts'
import type { Sessions } from './sessions.ts'

type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
/** A request as the route's schemas have read it. */
export interface Input<R extends Route> {
  readonly params: R extends { params: infer P } ? Out<P> : undefined
  readonly query: R extends { query: infer Q } ? Out<Q> : undefined
  readonly body: R extends { body: infer B } ? Out<B> : undefined
}
type Answer<R extends Route> = R extends { response: infer S } ? Out<S> : null
type ContextOf<R extends Route> = R['access'] extends 'public' ? Context : SignedInContext
export type Handler<R extends Route> = (context: ContextOf<R>, input: Input<R>) => Promise<Outcome<Answer<R>>>

export interface RegisterOptions {
  readonly app: FastifyInstance
  readonly deps: Deps
  readonly sessions: Sessions
  readonly apiRate: RateLimit
  /** Where a page may call unsafe methods from. */
  readonly ownOrigins: ReadonlySet<string>
}

const unsafe = (method: string) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

/** Told in the OpenAPI document; `isSameSite` and the key's own check judge them, with codes of their own. */
const unsafeHeaders = z.object({
  'x-otklik': z.string().optional().describe('Must be `1`; with an `Origin` of the server itself.'),
  'idempotency-key': z.string().optional().describe('Up to 200 characters: the same request under the same key acts once.'),
})

/** CSRF: our header, which a foreign page cannot set without asking, and a page of our own by the browser's word. */
export const isSameSite = (request: FastifyRequest, own: ReadonlySet<string>): boolean => {
  if (request.headers['x-otklik'] !== '1') return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return request.headers.origin !== undefined && own.has(request.headers.origin)
}

export interface RegisterRouteOptions {
  readonly crossSite?: true
  /** Its answer is a secret: it is not kept for a repeated request. */
  readonly secret?: true
  /** Its body is a stream of bytes that the handler reads; the route's own id makes a repetition harmless. */
  readonly bytes?: true
}

export const createRegister =
  ({ app, deps, sessions, apiRate, ownOrigins }: RegisterOptions) =>
  <const R extends Route>(route: R, handler: Handler<R>, options: RegisterRouteOptions = {}): void => {
    const name = `${route.method} ${route.path}`
    const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      if (unsafe(route.method) && !options.crossSite && !isSameSite(request, ownOrigins)) return sendProblem(request, reply, 'crossSiteRefused')
      const input = { params: request.params, query: request.query, body: request.body } as Input<R>
      let context: Context = { deps, request, reply }
      if (route.access === 'public') {
        const wait = apiRate.take(networkOf(request.ip))
        if (wait > 0) return sendProblem(request, reply, 'rateLimited', { retryAfterSeconds: wait })
      } else {
        const actor = await sessions.authenticate(request, reply)
        if (!actor) return sendProblem(request, reply, 'notSignedIn')
        if (!route.access.includes(actor.role)) return sendProblem(request, reply, 'notAllowed')
        const wait = apiRate.take(actor.id)
        if (wait > 0) return sendProblem(request, reply, 'rateLimited', { retryAfterSeconds: wait })
        const key = request.headers['idempotency-key']
        if (Array.isArray(key) || (key !== undefined && (key.length < 1 || key.length > 200)))
          return sendProblem(request, reply, 'badRequest', { detail: 'Idempotency-Key must have 1 to 200 characters.' })
        const repeated =
          key !== undefined && unsafe(route.method) && !options.secret && !options.bytes
            ? onceFor(deps, { actor: actor.id, route: name, key, hash: hashRequest(request.params, request.body) })
            : deps
        context = { deps: repeated, request, reply, actor } as SignedInContext
      }
      const outcome = await handler(context as ContextOf<R>, input)
      if (!outcome.ok) return sendRefusal(request, reply, outcome)
      return route.response ? reply.code(200).send(outcome.value) : reply.code(204).send()
    }
    app.route({
      method: route.method,
      url: `${apiPrefix}${route.path}`,
      schema: {
        summary: route.summary,
        operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
        ...(route.access === 'public' ? {} : { security: [{ session: [] }] }),
        ...(unsafe(route.method) && !options.crossSite ? { headers: unsafeHeaders } : {}),
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { querystring: route.query } : {}),
        ...(route.body ? { body: route.body } : {}),
        response: {
          ...(route.response ? { 200: route.response } : { 204: z.null().describe('Done.') }),
          default: Problem.describe(`Problem details (RFC 9457). Codes of its own: ${(route.refusals ?? []).join(', ') || 'none'}.`),
        },
      },
      config: { bytes: options.bytes ?? false },
      handler: handle,
    })
  }

export type Register = ReturnType<typeof createRegister>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is read by the handler, as long as bytes keep coming. */
    bytes?: boolean
  }
}

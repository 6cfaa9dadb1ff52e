/** The widget's requests, from pages of other sites: exact origins by channel, no credentials. */
import { fileNameHeader } from '@otklik/contract/attachment-rules'
import { apiPrefix, routes } from '@otklik/contract/routes'
import type { ChannelAccountId } from '@otklik/model/ids'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from '../../access/network.ts'
import type { RateLimit } from '../../access/rate-limit.ts'
import { forgetVisitor, loadWidgetConfig, recordNewVisitor } from '../../actions/greet-visitor.ts'
import { refuse } from '../../actions/outcome.ts'
import type { Reader } from '../../store/database.ts'
import { allowWidgetPage } from '../origins.ts'
import type { Register } from '../register.ts'

interface Own {
  readonly app: FastifyInstance
  readonly reader: Reader
  readonly ownOrigins: ReadonlySet<string>
  readonly newVisitors: RateLimit
}

export const registerWebChat = (register: Register, { app, reader, ownOrigins, newVisitors }: Own): void => {
  const allow = (request: FastifyRequest, reply: FastifyReply, channelId: ChannelAccountId) => allowWidgetPage({ reader, ownOrigins }, request, reply, channelId)

  register(routes.widgetConfig, async ({ deps, request, reply }, { params }) =>
    (await allow(request, reply, params.id)) ? loadWidgetConfig(deps, params.id) : refuse('originRefused'),
  )
  register(
    routes.newVisitor,
    async ({ deps, request, reply }, { params, body }) => {
      if (!(await allow(request, reply, params.id))) return refuse('originRefused')
      const wait = newVisitors.take(networkOf(request.ip))
      if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
      return recordNewVisitor(deps, { ...body, channelId: params.id, origin: request.headers.origin ?? null })
    },
    { crossSite: true },
  )
  register(
    routes.forgetVisitor,
    async ({ deps, request, reply }, { params, body }) => {
      // Also from a site that was taken off the list: who holds the token may end it.
      await allow(request, reply, params.id)
      return forgetVisitor(deps, params.id, body.token)
    },
    { crossSite: true },
  )

  app.options<{ Params: { id: string } }>(`${apiPrefix}/web-chat/:id/*`, { schema: { hide: true } }, async (request, reply) => {
    const known = routes.widgetConfig.params.safeParse(request.params)
    const allowed = known.success && (await allow(request, reply, known.data.id))
    if (allowed)
      void reply
        .header('Access-Control-Allow-Methods', 'GET, POST, PUT')
        .header('Access-Control-Allow-Headers', `Content-Type, X-Otklik, Authorization, ${fileNameHeader}`)
        .header('Access-Control-Max-Age', '600')
    return reply.code(204).send()
  })
}

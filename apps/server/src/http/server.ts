/** The web server: security headers, the contract's routes, both sockets, health, pages. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import websocket from '@fastify/websocket'
import { attachmentLimits } from '@otklik/contract/attachment-rules'
import { apiPrefix } from '@otklik/contract/routes'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod'
import type { Config } from '../config.ts'
import type { IntakeDeps } from '../actions/record-visitor-message.ts'
import { createRateLimit } from '../access/rate-limit.ts'
import { serveDeskSocket, type DeskSession } from '../realtime/desk-socket.ts'
import type { Hub } from '../realtime/hub.ts'
import type { LiveLinks } from '../realtime/live-links.ts'
import { serveVisitorSocket } from '../realtime/visitor-socket.ts'
import type { Spine } from '../spine/spine.ts'
import type { Database } from '../store/database.ts'
import type { ErasureLedger } from '../actions/erase-customer.ts'
import { registerCustomers } from './handlers/customers.ts'
import { registerDesk } from './handlers/desk.ts'
import { registerFiles, type FileRoom } from './handlers/files.ts'
import { registerFigures } from './handlers/figures.ts'
import { registerFloor } from './handlers/floor.ts'
import { registerKnowledge } from './handlers/knowledge.ts'
import { registerSession } from './handlers/session.ts'
import { registerSettings } from './handlers/settings.ts'
import { registerWebChat } from './handlers/web-chat.ts'
import { registerDrafts } from './handlers/drafts.ts'
import { registerTemplates } from './handlers/templates.ts'
import { registerWork } from './handlers/work.ts'
import { ownOrigins } from './origins.ts'
import { registerPages } from './pages.ts'
import { registerPrometheus } from './prometheus.ts'
import { handleError, refuseRubbish, sendProblem } from './problem.ts'
import { createRegister } from './register.ts'
import { createSessions } from './sessions.ts'

export interface ServerOptions {
  readonly config: Pick<
    Config,
    'publicUrl' | 'trustedProxies' | 'newVisitorsPerMinute' | 'messagesPerMinute' | 'signInsPerMinute' | 'isHttpAllowed'
  >
  readonly logger: FastifyBaseLogger
  readonly deps: IntakeDeps
  readonly database: Database
  readonly hub: Hub
  readonly spine: Spine
  readonly links: LiveLinks
  readonly files: FileRoom
  readonly ledger: ErasureLedger
  /** What keeps this process from serving, or nothing. */
  readonly notReady: () => Promise<string[]>
  /** Folder of the built pages; absent in tests of the interface alone. */
  readonly pages: string | undefined
  readonly onError: (error: unknown, doing: string) => void
}

const apiPerMinute = 600
/** Slow fingers ask after each letter, people and then words. */
const searchesPerMinute = 120
const exportsPerHour = 5
const largestBody = 256 * 1024
const largestFrame = 64 * 1024
/** A request is here by then; but a file, which may take as long as its bytes keep coming. */
const requestMs = 30_000
const longestUploadMs = 15 * 60_000

export const createServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const { config, deps, database, hub, spine, links, onError } = options
  const own = ownOrigins(config.publicUrl)
  const secure = config.publicUrl.startsWith('https:')
  const clock = () => deps.now().getTime()

  const app = fastify({
    loggerInstance: options.logger,
    bodyLimit: largestBody,
    requestTimeout: longestUploadMs,
    http: { headersTimeout: requestMs },
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
    clientErrorHandler: refuseRubbish,
    // An address that cannot be read at all never reaches a route.
    frameworkErrors: (error, request, reply) => void handleError(error, request as FastifyRequest, reply as FastifyReply),
  })
  app.setValidatorCompiler(validatorCompiler)
  // Answers have the contract's shape by type; checking each again would cost more than the rest of the request.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.setErrorHandler(handleError)

  await app.register(helmet, {
    contentSecurityPolicy: false, // each page says its own, pages.ts
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: false, // frame-ancestors says it, and exactly
    hsts: secure ? { maxAge: 31_536_000 } : false,
  })
  await app.register(cookie)
  await app.register(websocket, { options: { maxPayload: largestFrame, perMessageDeflate: false } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Otklik', version: '1', description: 'Errors are problem details (RFC 9457) with stable codes.' },
      servers: [{ url: config.publicUrl }],
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: secure ? '__Host-otklik' : 'otklik' } } },
    },
    transform: jsonSchemaTransform,
  })

  app.addHook('onRequest', (request, reply, next) => {
    if (request.url.startsWith(apiPrefix)) void reply.header('Cache-Control', 'no-store')
    next()
  })
  // Node's own limit holds for all requests, so that of the short ones is kept here.
  app.addHook('preParsing', (request, _reply, payload, next) => {
    const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
    if (hasBody && request.routeOptions.config.bytes !== true) {
      const tooSlow = setTimeout(() => request.raw.destroy(), requestMs)
      payload.once('close', () => clearTimeout(tooSlow)).once('end', () => clearTimeout(tooSlow))
    }
    next(null, payload)
  })
  // One line a request, by route pattern: no query, no body, no identity.
  app.addHook('onResponse', (request, reply, next) => {
    if (request.routeOptions.url?.startsWith(apiPrefix))
      request.log.info({ route: request.routeOptions.url, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
    next()
  })

  registerPrometheus(app, { reader: database.reader, hub, spine, now: deps.now })
  const sessions = createSessions({ deps, reader: database.reader, secure, insecureHttpAllowed: config.isHttpAllowed })
  const registering = { deps, sessions, ownOrigins: own, apiRate: createRateLimit(apiPerMinute, clock) }
  const register = createRegister({ app, ...registering })
  registerSession(register, {
    sessions,
    reader: database.reader,
    signIns: createRateLimit(config.signInsPerMinute, clock),
    publicUrl: config.publicUrl,
  })
  registerDesk(register, { database, routerUp: () => hub.routerUp, now: deps.now })
  registerDrafts(register, { reader: database.reader })
  registerTemplates(register, { reader: database.reader })
  registerKnowledge(register, { database, searches: createRateLimit(searchesPerMinute, clock) })
  registerCustomers(register, {
    database,
    ledger: options.ledger,
    searches: createRateLimit(searchesPerMinute, clock),
    exports: createRateLimit(exportsPerHour, () => clock() / 60),
    links: options.files.links,
    now: deps.now,
  })
  registerWork(register, { reader: database.reader, now: deps.now })
  registerFigures(register, { database, now: deps.now })
  registerFloor(register, { reader: database.reader, now: deps.now })
  registerSettings(register, { reader: database.reader })
  registerWebChat(register, {
    app,
    reader: database.reader,
    ownOrigins: own,
    newVisitors: createRateLimit(config.newVisitorsPerMinute, clock),
  })

  await app.register(async (scope) =>
    registerFiles(createRegister({ app: scope, ...registering }), {
      ...options.files,
      app: scope,
      reader: database.reader,
      ownOrigins: own,
      visitorUploads: createRateLimit(attachmentLimits.visitorUploadsPerMinute, clock),
      agentUploads: createRateLimit(attachmentLimits.agentUploadsPerMinute, clock),
      now: deps.now,
    }),
  )

  const socketDeps = { deps, reader: database.reader, hub, spine, links, onError }
  const messages = createRateLimit(config.messagesPerMinute, clock)
  app.get(
    `${apiPrefix}/desk/socket`,
    {
      websocket: true,
      schema: { hide: true },
      preValidation: async (request, reply) => {
        const { origin } = request.headers
        if (origin === undefined || !own.has(origin)) return sendProblem(request, reply, 'crossSiteRefused')
        const session = await sessions.look(request)
        if (!session) return sendProblem(request, reply, 'notSignedIn')
        if (session.agent.role === 'administrator') return sendProblem(request, reply, 'notAllowed')
        const { id, role, name } = session.agent
        request.deskSession = { agentId: id, role, name, chain: session.chain }
        return undefined
      },
    },
    (socket, request) => {
      const session = request.deskSession
      if (!session) return socket.close()
      serveDeskSocket(socket, session, socketDeps)
    },
  )
  app.get(`${apiPrefix}/web-chat/socket`, { websocket: true, schema: { hide: true } }, (socket, request) =>
    serveVisitorSocket(socket, request.headers.origin, { ...socketDeps, messages, ownOrigins: own }),
  )

  app.get(`${apiPrefix}/openapi.json`, { schema: { hide: true } }, () => app.swagger())
  app.get('/healthz', { schema: { hide: true } }, () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    const reasons = await options.notReady()
    if (reasons.length === 0) return { ok: true }
    return sendProblem(request, reply, reasons.includes('router') ? 'routerDown' : 'unavailable', { detail: reasons.join(', ') })
  })

  if (options.pages === undefined) app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 'notFound'))
  else await registerPages(app, options.pages)
  return app
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the desk socket's check before the upgrade. */
    deskSession?: DeskSession
  }
}

/** Files: taken in as streams of bytes, handed out by signed addresses. */
import type { Readable } from 'node:stream'
import { attachmentLimits, extensionOf, fileNameHeader, fileTypes, refusalOf } from '@otklik/contract/attachment-rules'
import { FileAddress, type FileView } from '@otklik/contract/attachments'
import { FileId } from '@otklik/contract/fields'
import { apiPrefix, routes } from '@otklik/contract/routes'
import type { ChannelAccountId, FileId as Id } from '@otklik/model/ids'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RateLimit } from '../../access/rate-limit.ts'
import { hashToken, looksLikeToken } from '../../access/tokens.ts'
import { findAgentsFile, findUpload, findVisitorsFile, recordUpload, refuseUpload, removeSentFile } from '../../actions/attach-files.ts'
import { done, refuse, type Outcome } from '../../actions/outcome.ts'
import { UploadAborted, type Disk } from '../../files/disk.ts'
import { InspectorBusy, type Inspector } from '../../files/inspector.ts'
import type { Links } from '../../files/links.ts'
import { disposition, readName } from '../../files/names.ts'
import { loadVisitor, type VisitorSession } from '../../store/credentials.ts'
import type { Reader } from '../../store/database.ts'
import { loadFile, type StoredFile, type Uploader } from '../../store/files.ts'
import { allowWidgetPage } from '../origins.ts'
import { sendProblem } from '../problem.ts'
import type { Context } from '../context.ts'
import type { Register } from '../register.ts'

export interface FileRoom {
  readonly disk: Disk
  readonly inspector: Inspector
  readonly links: Links
}

interface Own extends FileRoom {
  /** A scope of its own, in which `application/octet-stream` is a stream. */
  readonly app: FastifyInstance
  readonly reader: Reader
  readonly ownOrigins: ReadonlySet<string>
  readonly visitorUploads: RateLimit
  readonly agentUploads: RateLimit
  readonly now: () => Date
}

/** A sender who is silent for so long has gone. */
const silenceMs = 30_000

export const registerFiles = (register: Register, own: Own): void => {
  const { app, disk, inspector, links, reader, now } = own
  app.addContentTypeParser('application/octet-stream', (_request, body, parsed) => parsed(null, body))

  /** @param most bytes that this uploader may send at once */
  const take = async ({ deps, request }: Context, id: Id, uploader: Uploader, most: number): Promise<Outcome<FileView>> => {
    const name = readName(request.headers[fileNameHeader.toLowerCase()])
    if (name === undefined) return refuse('badRequest', { detail: `${fileNameHeader} must hold the percent-encoded name of the file.` })
    if (!isStream(request.body)) return refuse('unsupportedMediaType', { detail: 'Send the bytes as application/octet-stream.' })
    const length = Number(request.headers['content-length'] ?? 1)
    const extension = extensionOf(name)
    const early = refusalOf(name, length, most)
    if (early || !extension) return refuse(early ?? 'fileTypeRefused', early === 'fileTooLarge' ? { detail: `At most ${most} bytes.` } : {})

    request.raw.setTimeout(silenceMs, () => request.raw.destroy())
    const received = await disk.receive(request.body, most, uploader.kind)
    request.raw.setTimeout(0)
    if (!received.ok) {
      if (received.code === 'unavailable') request.log.error('no file is taken any more: the disk of OTKLIK_DATA is nearly full')
      return refuse(received.code)
    }
    const { path } = received
    try {
      const known = await findUpload(reader, id, uploader, received.sha256)
      if (known) return known
      const found = await inspector.inspect(path, extension)
      if (!found.ok) return refuse(found.code)
      const { picture } = found
      const upload = {
        id,
        uploader,
        name,
        type: fileTypes[extension],
        bytes: picture?.bytes ?? received.bytes,
        sha256: picture ? Buffer.from(picture.sha256, 'hex') : received.sha256,
        image: picture && { width: picture.width, height: picture.height },
        receivedBytes: received.bytes,
        receivedSha256: received.sha256,
      }
      return await recordUpload(deps, upload, (sha256) => disk.keep(path, sha256, picture !== null))
    } catch (error) {
      if (error instanceof InspectorBusy) return refuse('rateLimited', { retryAfterSeconds: 5 })
      throw error
    } finally {
      await disk.discard(path)
    }
  }
  /** Nobody is left to be told that the upload broke off. */
  const orGone = async (work: Promise<Outcome<FileView>>): Promise<Outcome<FileView>> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof UploadAborted) return refuse('badRequest', { detail: 'The upload broke off.' })
      throw error
    }
  }

  register(
    routes.uploadFile,
    async (context, { params }) => {
      const wait = own.agentUploads.take(context.actor.id)
      if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
      return orGone(take(context, params.id, { kind: 'agent', agentId: context.actor.id }, attachmentLimits.agentBytes))
    },
    { bytes: true },
  )
  register(routes.fileLink, async ({ actor }, { params }) => linkOf(await findAgentsFile(reader, actor, params.id)))

  register(routes.removeFile, async ({ deps, actor }, { params }) =>
    (await findAgentsFile(reader, actor, params.id)) ? removeSentFile(deps, actor, params.id) : refuse('notFound'),
  )

  /** The visitor of the token in the header, on a page that may show the channel. */
  const visitorOf = async ({ request, reply }: Context, channelId: ChannelAccountId): Promise<Outcome<VisitorSession>> => {
    if (!(await allowWidgetPage(own, request, reply, channelId))) return refuse('originRefused')
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const visitor = looksLikeToken(token) ? await loadVisitor(reader, hashToken(token), now()) : undefined
    if (!visitor || visitor.channelAccountId !== channelId) return refuse('visitorUnknown')
    if (request.headers.origin !== undefined && visitor.origin !== request.headers.origin) return refuse('originRefused')
    return visitor.blocked ? refuse('visitorBlocked') : done(visitor)
  }
  register(
    routes.uploadVisitorFile,
    async (context, { params }) => {
      const found = await visitorOf(context, params.id)
      if (!found.ok) return found
      const { customerId, channelAccountId } = found.value
      const wait = own.visitorUploads.take(customerId)
      if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
      const refusal = await refuseUpload(reader, found.value, Number(context.request.headers['content-length'] ?? 0), now())
      if (refusal) return refusal
      return orGone(take(context, params.fileId, { kind: 'visitor', customerId, channelAccountId }, attachmentLimits.visitorBytes))
    },
    { crossSite: true, bytes: true },
  )
  register(routes.visitorFileLink, async (context, { params }) => {
    const found = await visitorOf(context, params.id)
    return found.ok ? linkOf(await findVisitorsFile(reader, found.value, params.fileId, now())) : found
  })
  const linkOf = (file: StoredFile | undefined) => (file ? done(links.make(file.id, file.image !== null)) : refuse('notFound'))

  app.get<{ Params: { id: Id }; Querystring: FileAddress }>(
    `${apiPrefix}/files/:id/content`,
    {
      // Hidden: its addresses come from links, nobody makes one up.
      schema: { hide: true, params: z.object({ id: FileId }), querystring: FileAddress },
    },
    async (request, reply) => {
      const { id } = request.params
      const { variant } = request.query
      const file = links.isGood(id, request.query) ? await loadFile(reader, id) : undefined
      const content = file && (await disk.read(file.sha256, variant))
      if (!file || !content) return sendProblem(request, reply, 'notFound', { detail: 'The address has expired or the file is deleted: ask for a new link.' })
      const isPreview = variant === 'preview'
      void reply
        .header('Content-Type', isPreview ? 'image/webp' : file.type)
        .header('Content-Disposition', disposition(isPreview ? 'inline' : 'attachment', isPreview ? 'preview.webp' : file.name))
        .header('Content-Security-Policy', "sandbox; default-src 'none'")
        .header('Cache-Control', `private, max-age=${attachmentLimits.linkMinutes * 60}`)
        // Who has the address has the file; a widget reads it from a page of another site.
        .header('Access-Control-Allow-Origin', '*')
        .header('Cross-Origin-Resource-Policy', 'cross-origin')
        .header('Accept-Ranges', 'bytes')
      return sendBytes(request, reply, content)
    },
  )
}

type FileAddress = z.output<typeof FileAddress>

const isStream = (body: unknown): body is Readable => typeof body === 'object' && body !== null && 'iterator' in body

/** All of it, or the one range that was asked for, as players of sound and pictures do. */
const sendBytes = (request: FastifyRequest, reply: FastifyReply, { bytes, stream }: { bytes: number; stream(range?: { start: number; end: number }): Readable }): FastifyReply => {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '')
  const [, from = '', to = ''] = asked ?? []
  if (!asked || (from === '' && to === '')) return reply.header('Content-Length', bytes).send(stream())
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes - 1 : Math.min(bytes - 1, Number(to))
  if (start > end) return reply.code(416).header('Content-Range', `bytes */${bytes}`).send()
  return reply
    .code(206)
    .header('Content-Range', `bytes ${start}-${end}/${bytes}`)
    .header('Content-Length', end - start + 1)
    .send(stream({ start, end }))
}

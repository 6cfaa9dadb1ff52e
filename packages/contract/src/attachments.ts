/** Files in a conversation: how a message names them, and the routes that take them in and hand them out. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { attachmentLimits } from './attachment-rules.ts'
import type { ErrorCode } from './errors.ts'
import { ChannelAccountId, FileId, Instant, outUuid } from './fields.ts'

export const FileView = z.object({
  id: outUuid<Ids.FileId>(),
  name: z.string(),
  /** A media type, told by the content. */
  type: z.string(),
  bytes: z.int(),
  /** The size of a picture, so that its place is kept while it loads; null for what has no preview. */
  image: z.object({ width: z.int(), height: z.int() }).nullable(),
})
export type FileView = z.infer<typeof FileView>

/** A file as a part of its message. */
export const FilePart = FileView.extend({
  kind: z.literal('file'),
  /** Who of our side took it back: its bytes and its name are gone. */
  removedBy: z.string().optional(),
})
export type FilePart = z.infer<typeof FilePart>

/** What a line about a message says of its first file when it has no words. */
export const FileSummary = z.object({ name: z.string(), isPicture: z.boolean() })
export type FileSummary = z.infer<typeof FileSummary>

/** Files of a message that is being sent, uploaded before by the same sender. */
export const FileIds = z
  .array(FileId)
  .max(attachmentLimits.perMessage)
  .refine((ids) => new Set(ids).size === ids.length, 'must name each file once')

/** A message is words, files, or both. */
export const saysSomething = ({ text, fileIds }: { text: string; fileIds?: readonly string[] | undefined }): boolean =>
  text !== '' || (fileIds !== undefined && fileIds.length > 0)

/** Addresses on this server, without its origin; they are good until `expiresAt`. */
export const FileLink = z.object({ url: z.string(), previewUrl: z.string().nullable(), expiresAt: Instant })
export type FileLink = z.infer<typeof FileLink>

const desk = ['agent', 'supervisor'] as const
const uploadRefusals = ['fileTooLarge', 'fileTypeRefused', 'fileMismatch', 'fileBroken', 'fileEmpty', 'fileLimitReached', 'idTaken', 'rateLimited'] as const satisfies ErrorCode[]
const VisitorFile = z.object({ id: ChannelAccountId, fileId: FileId })

export const attachmentRoutes = {
  uploadFile: {
    method: 'PUT', path: '/files/:id', access: desk,
    summary: 'Upload a file to send: the bytes as `application/octet-stream`, the name percent-encoded in `X-File-Name`. The id is the client’s: sent twice, taken once',
    params: z.object({ id: FileId }), response: FileView, refusals: uploadRefusals,
  },
  fileLink: {
    method: 'GET', path: '/files/:id/link', access: desk, summary: 'Where a file of a message that one may read, or of one’s own, is for five minutes',
    params: z.object({ id: FileId }), response: FileLink,
  },
  removeFile: {
    method: 'DELETE', path: '/files/:id', access: desk,
    summary: 'Take back a file that our side has sent, for good: by whoever has the contact in hand, or a supervisor within reach. Its message says who did',
    params: z.object({ id: FileId }), refusals: ['notFound', 'contactNotYours'],
  },
  uploadVisitorFile: {
    method: 'PUT', path: '/web-chat/:id/files/:fileId', access: 'public',
    summary: 'The same for a visitor, whose token is in `Authorization: Bearer …`',
    params: VisitorFile, response: FileView, refusals: [...uploadRefusals, 'originRefused', 'visitorUnknown', 'visitorBlocked'],
  },
  visitorFileLink: {
    method: 'GET', path: '/web-chat/:id/files/:fileId/link', access: 'public', summary: 'Where a file of the visitor’s chat is for five minutes',
    params: VisitorFile, response: FileLink, refusals: ['originRefused', 'visitorUnknown', 'visitorBlocked'],
  },
} as const

/** What a signed address says. */
export const FileAddress = z.object({
  variant: z.enum(['file', 'preview']),
  /** Milliseconds since 1970. */
  expires: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  signature: z.string().max(64),
})
export type FileVariant = z.infer<typeof FileAddress>['variant']
